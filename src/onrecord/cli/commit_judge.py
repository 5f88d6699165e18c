"""What a commit leaves open: judged alone, with the commit that it may amend, and with the others of its branch."""

from __future__ import annotations

import re
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.adapters.branch import OwnCommit, own_commits
from onrecord.adapters.git import GitError, author_of_commit, last_subject, staged_changes
from onrecord.adapters.settings import load_config
from onrecord.change import Change, ChangedFile, Triggers, judge_change
from onrecord.change.message import read_message
from onrecord.cli.common import vocabulary_of
from onrecord.cli.pull_request import read_log, triggers_of

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.change.message import Message
    from onrecord.check import Config
    from onrecord.record import DecisionRecord, Vocabulary

Facts: TypeAlias = dict[str, Any]
_PRIVATE_MAIL = re.compile(r"(?:\d+\+)?(?P<login>[\w-]+(?:\[bot\])?)@users\.noreply\.[\w.-]+", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z]+://|[\w-]+(?:\.[\w-]+)+/", re.IGNORECASE)
_HERE = "this/checkout"  # numbers and paths lead into it, whatever its name


class CommitJudge:
    """The commit that is about to be made with a message; what there is to know is read once, when it is needed."""

    def __init__(self, root: Path, message: Message) -> None:
        self._root, self._message = root, message
        self._files = self._changed("HEAD")

    @cached_property
    def config(self) -> Config:
        """The team's configuration."""
        return load_config(self._root, None)

    def left_open(self) -> Facts | None:
        """Return the facts about the commit, as of a pull request, if they leave something to say; else None.

        What an earlier commit of the branch answers is not open. The branch is looked at only when all else says it is.
        """
        facts = self._judged(self._files)
        return None if facts is None or self._is_answered_on_branch() else facts

    def is_open_with_last(self) -> bool:
        """Tell whether a commit that may amend the last one leaves something open together with it.

        git tells a hook nothing about --amend; a message with the same subject is what is left to go by.
        """
        try:
            if last_subject(self._root) != self._message.title:
                return True
            files = self._changed("HEAD^")
        except GitError:  # nothing to amend, or the very first commit is amended
            return True
        return self._judged(files) is not None

    def was_asked(self, facts: Facts) -> bool:
        """Tell whether the branch was asked for all the same reasons before, and the message itself gives no new one."""
        if facts["unresolved_links"]:
            return False
        left = {(asked["by"], asked["what"]) for asked in facts["asked_by"]}
        for path in dict.fromkeys(path for commit in self._earlier() for path, _ in commit.files):
            if asked := self._triggers.asked_by_path(path):
                left.discard((asked.by, asked.what))
            if not left:
                return True
        return False

    def _changed(self, base: str) -> tuple[ChangedFile, ...]:
        return tuple(ChangedFile(path, status) for path, status in staged_changes(self._root, base))

    def _judged(self, files: tuple[ChangedFile, ...]) -> Facts | None:
        if not files or self._message.kind != "written":
            return None
        triggers = self._triggers if files is self._files else self._triggers_of(files)
        if not self._message.body and not any(triggers.asked_by_path(file.path) for file in files):
            return None  # nothing can ask: spares reading the vocabulary
        change = Change(
            title=self._message.title,
            body=self._message.body,
            author=self._author,
            files=files,
            created=time.strftime("%Y-%m-%d"),
        )
        facts = judge_change(change, triggers, self._vocabulary).facts
        return facts if facts["nudge"] else None

    @cached_property
    def _author(self) -> str:
        name, mail = author_of_commit(self._root)
        login = _PRIVATE_MAIL.fullmatch(mail)
        return login["login"] if login else name

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary_of(self.config)

    @cached_property
    def _log(self) -> tuple[DecisionRecord, ...]:
        return read_log(self._root, self.config)

    @cached_property
    def _triggers(self) -> Triggers:
        return self._triggers_of(self._files)

    def _triggers_of(self, files: tuple[ChangedFile, ...]) -> Triggers:
        """Return when the team asks. Hints are for pull requests; only they know in whose repository an address leads."""
        triggers = triggers_of(self.config, self._root, log=lambda: self._log, changed=files, repository=_HERE)
        return triggers._replace(
            hints="off", resolves=lambda link: None if _ADDRESS.match(link) else triggers.resolves(link)
        )

    @cached_property
    def _branch(self) -> list[OwnCommit]:
        try:
            return own_commits(self._root)
        except GitError:  # there is no commit yet
            return []

    def _earlier(self) -> list[OwnCommit]:
        """Return the commits of the branch that a person wrote, without the one that this one may amend."""
        read = [(commit, read_message(commit.message, None)) for commit in self._branch]
        first = 1 if read and read[0][1].title == self._message.title else 0
        return [commit for commit, message in read[first:] if message.kind == "written"]

    def _is_answered_on_branch(self) -> bool:
        """Tell whether the branch brings a record, or one of its messages answers completely, or waives."""
        there: set[str] = set()
        staged = [(file.path, file.status) for file in self._files]
        for files in (*(commit.files for commit in reversed(self._branch)), staged):
            there -= {path for path, status in files if status == "removed"}
            there |= {path for path, status in files if status != "removed"}
        return any(map(self._triggers.is_record, there)) or any(map(self._answers, self._branch))

    def _answers(self, commit: OwnCommit) -> bool:
        message = read_message(commit.message, None)
        facts = judge_change(Change(message.title, message.body, ""), self._triggers, self._vocabulary).facts
        return facts["covered"] or facts["waived"] is not None
