"""What the commits behind a place say: read once, as a commit never changes."""

from __future__ import annotations

import json

from onrecord.adapters.kept import Kept, key_of
from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.log.why import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from onrecord.adapters.blame import Brought
    from onrecord.cli.why_log import Settings
    from onrecord.log.why import Via
    from onrecord.record import Vocabulary

# What a commit is read with, if it may hold a decision or a link.
READERS = ("onrecord.change.body", "onrecord.log.one_line")


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
        words = self._kept.once(key_of("words that tell", self._settings.key()), self._telling_words)
        made = {one.commit.sha: json.dumps(facts_of(one, words, self._settings.vocabulary)).encode() for one in found}
        for sha, facts in made.items():
            if self._keeps:
                self._kept.put(self._key(sha), facts)
        return made

    def _telling_words(self) -> list[str]:
        from onrecord.change.silent import telling_words

        return telling_words(self._settings.vocabulary())

    def _key(self, sha: str) -> bytes:
        return key_of("commit", self._settings.key(), sha)


def _said(via: Via, sha: str, values: list[Any]) -> Said:
    is_squash, title, author, date, pull, files, links, decision, stated, owner, size, short = values
    touched = tuple((status, path) for status, path in files)
    source = Source(sha, via, title, author, date, pull, touched, tuple(links), decision, stated, owner, size, short)
    return Said(source, is_squash)


def facts_of(brought: Brought, words: list[str], vocabulary: Callable[[], Vocabulary]) -> list[Any]:
    """Read what a commit's message says, as a description where it holds one; in the order in which `_said` takes it.

    `words` are those of `telling_words`; `vocabulary` is loaded for a message that may hold something.
    """
    from onrecord.change.history import login_of, pull_numbers, read_commit
    from onrecord.change.message import read_message

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
    author = login_of(commit.author, commit.email)
    decision, stated, owner, links = _read_words(title, body, is_word, words, vocabulary)
    return [
        len(commit.parents) == 1 and bool(pull_numbers(commit.message)),
        title,
        author,
        commit.merged_at,
        number,
        [[file.status, file.path] for file in brought.files if file.status != "removed"],
        links,
        decision,
        stated,
        owner or author,
        brought.size,
        _one_line(decision),
    ]


def _read_words(
    title: str, body: str, is_word: bool, words: list[str], vocabulary: Callable[[], Vocabulary]
) -> tuple[str, bool, str | None, list[str]]:
    """Return the decision, whether it is marked as one, who owns it, and the links; `is_word` when it may decide at all."""
    from onrecord.change.silent import may_link, may_tell

    may_decide = is_word and (bool(body.strip()) or may_tell(title, words))
    if not may_decide and not may_link(f"{title}\n{body}"):
        return "", False, None, []
    from onrecord.change.body import read_description

    said = read_description(title, body, vocabulary())
    decides = is_word and said.decision is not None and said.waived is None
    decision = said.decision.text if decides and said.decision else ""
    return decision, said.stated, said.owner, list(said.record_links)


def _one_line(decision: str) -> str:
    if not decision:
        return ""
    from onrecord.log.one_line import one_line

    return one_line(decision)
