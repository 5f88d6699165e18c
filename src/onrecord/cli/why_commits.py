"""What the commits behind a place say: read once, as a commit never changes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters.kept import Kept, key_of
from onrecord.log.why import Source

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.adapters.blame import Brought
    from onrecord.cli.why_log import Settings
    from onrecord.log.why import Via
    from onrecord.record import Vocabulary

# What a commit is read with, in steps: they are loaded while git is at work, as far as it takes that long.
READERS = (
    "onrecord.markdown",
    "onrecord.record.vocabulary",
    "onrecord.record.outline",
    "onrecord.change.told",
    "onrecord.change.rivals",
    "onrecord.change.owner",
    "onrecord.change.waiver",
    "onrecord.change.body",
    "onrecord.change.history",
    "onrecord.change.message",
)


class Said(NamedTuple):
    """What a commit says; `is_squash` tells that it is one whole pull request: no merge brought it."""

    source: Source
    is_squash: bool


class Commits:
    """The commits of a repository, each read only once."""

    def __init__(self, root: Path, settings: Settings, kept: Kept, keeps: bool) -> None:
        """Read below `root`; `keeps` tells whether a commit's id says all about it here."""
        self._root, self._settings, self._kept, self._keeps = root, settings, kept, keeps

    def read(self, via: Via, shas: list[str]) -> list[Said]:
        """Return what commits say, in this order; `via` tells how they lead to the place."""
        stored = {sha: found for sha in shas if self._keeps and (found := self._kept.get(self._key(sha)))}
        missing = [sha for sha in shas if sha not in stored]
        if missing:
            stored |= self._read(missing)
        return [_said(via, sha, json.loads(stored[sha])) for sha in shas if sha in stored]

    def _read(self, shas: list[str]) -> dict[str, bytes]:
        from onrecord.adapters.blame import read_brought

        found = read_brought(self._root, shas)
        vocabulary = self._settings.vocabulary()
        made = {one.commit.sha: json.dumps(facts_of(one, vocabulary)).encode() for one in found}
        for sha, facts in made.items():
            if self._keeps:
                self._kept.put(self._key(sha), facts)
        return made

    def _key(self, sha: str) -> bytes:
        return key_of("commit", self._settings.key(), sha)


def _said(via: Via, sha: str, values: list[Any]) -> Said:
    is_squash, title, author, date, pull, files, links, decision, stated, owner, size, short = values
    touched = tuple((status, path) for status, path in files)
    source = Source(sha, via, title, author, date, pull, touched, tuple(links), decision, stated, owner, size, short)
    return Said(source, is_squash)


def facts_of(brought: Brought, vocabulary: Vocabulary) -> list[Any]:
    """Read what a commit's message says, as a description where it holds one; in the order in which `_said` takes it."""
    from onrecord.change.body import read_description
    from onrecord.change.history import login_of, pull_numbers, read_commit
    from onrecord.change.message import read_message
    from onrecord.log.one_line import one_line

    commit = brought.commit
    pulls = read_commit(commit)
    message = read_message(commit.message, comment=None)
    title, body, number = message.title, message.body, None
    is_word = message.kind == "written" and not pulls
    if len(pulls) == 1:  # in a batch of several, nobody can tell whose the line is
        change, body_from = pulls[0].change, pulls[0].body_from
        title, number = change.title, change.number
        body = body if body_from == "commits" else change.body  # a list of commits may cite a record as well
        is_word = body_from == "description" and not change.is_bot
    said = read_description(title, body, vocabulary)
    author = login_of(commit.author, commit.email)
    decides = is_word and said.decision is not None and said.waived is None
    decision = said.decision.text if decides and said.decision else ""
    return [
        len(commit.parents) == 1 and bool(pull_numbers(commit.message)),
        title,
        author,
        commit.merged_at,
        number,
        [[file.status, file.path] for file in brought.files if file.status != "removed"],
        list(said.record_links),
        decision,
        said.stated,
        said.owner or author,
        brought.size,
        one_line(decision),
    ]
