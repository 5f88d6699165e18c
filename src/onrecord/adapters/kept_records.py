"""Records as they were read before: each text is read only once."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters.files import RST, Content, read_as_records
from onrecord.adapters.kept import Kept, key_of
from onrecord.check import ReadFile
from onrecord.markdown import document_later
from onrecord.record.stored import HEAD, said_and_placed, stored_later, to_stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.record import DecisionRecord, Vocabulary

_SUM = 20  # bytes


class Origin(NamedTuple):
    """The record, and what changes with: its text, anything that it says but its prose, and where that stands."""

    record: DecisionRecord
    text: bytes
    said: bytes
    placed: bytes


class KeptRecords:
    """Reads as `read_as_records` does, with the help of what earlier runs kept."""

    def __init__(self, kept: Kept) -> None:
        """Take what holds the results; without a folder of its own it holds them for this run."""
        self.kept = kept
        self._words: dict[int, tuple[Vocabulary, str]] = {}
        self._texts: dict[tuple[int, str], tuple[Content, Vocabulary, bytes]] = {}
        self._origins: dict[int, Origin] = {}

    def key(self, content: Content, hint: str, vocabulary: Vocabulary) -> bytes:
        """Return under what the records of a text are kept."""
        known = self._texts.get((id(content), hint))
        if known is None or known[1] is not vocabulary:
            problems = [problem.message for problem in content.problems]
            key = key_of("records of a text", hint, content.text, self._words_key(vocabulary), problems)
            known = self._texts[id(content), hint] = content, vocabulary, key
        return known[2]

    def read(self, content: Content, shown: str, hint: str, vocabulary: Vocabulary) -> list[ReadFile]:
        """Return the records of a text; the arguments are those of `read_as_records`."""
        if hint.lower().endswith(RST):  # rewritten before it is read
            return read_as_records(content, shown, hint, vocabulary)
        key = self.key(content, hint, vocabulary)
        stored = self.kept.get(key)
        if stored is None:
            files = read_as_records(content, shown, hint, vocabulary)
            made = [to_stored(file.record) for file in files]
            said, placed = zip(*map(said_and_placed, made), strict=True)
            sums = key_of("said", as_json(said)) + key_of("placed", as_json(placed))
            stored = sums + b"\n".join(_in_two(made))
            self.kept.put(key, stored)
        else:
            head, rest = stored[2 * _SUM :].split(b"\n")  # which JSON on one line has not
            whole, document = cache(lambda: json.loads(rest.decode())), document_later(content.text)
            files = [
                ReadFile(document, stored_later(one, partial(_at, whole, i), shown))
                for i, one in enumerate(json.loads(head.decode()))
            ]
        for i, file in enumerate(files):
            own = key_of("record", key, str(i))
            self._origins[id(file.record)] = Origin(file.record, own, stored[:_SUM], stored[_SUM : 2 * _SUM])
        return files

    def origin(self, record: DecisionRecord) -> Origin | None:
        """Return from what a record was read; None when it was not read here."""
        return self._origins.get(id(record))

    def _words_key(self, vocabulary: Vocabulary) -> str:
        if id(vocabulary) not in self._words:
            self._words[id(vocabulary)] = vocabulary, key_of("words", vocabulary.told()).hex()
        return self._words[id(vocabulary)][1]


def _in_two(made: list[dict[str, Any]]) -> tuple[bytes, bytes]:
    """Return as JSON what every run asks of records, and all the rest."""
    heads = [{name: value for name, value in one.items() if name in HEAD} for one in made]
    return as_json(heads), as_json([{name: one[name] for name in one if name not in HEAD} for one in made])


def _at(whole: Callable[[], list[dict[str, Any]]], i: int) -> dict[str, Any]:
    return whole()[i]


def as_json(value: Any) -> bytes:
    """Return a value as short JSON."""
    return json.dumps(value, separators=(",", ":")).encode()
