"""Records as they were read before: each text is read only once, wherever it stands and whatever its file is called."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters.files import RST, Content, read_as_records, read_content
from onrecord.adapters.kept import Kept, key_of
from onrecord.check import ReadFile
from onrecord.markdown import document_later
from onrecord.record.stored import HEAD, said_and_placed, stored_later, to_stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord, Vocabulary
    from onrecord.record.naming import Unnamed

_SUM = 20  # bytes


class Origin(NamedTuple):
    """The record, its file's place, and what changes with: its text, all that it says but prose, and where that stands."""

    record: DecisionRecord
    hint: str
    text: bytes
    said: bytes
    placed: bytes


class KeptRecords:
    """Reads as `read_as_records` does, with the help of what earlier runs kept, also of the same text elsewhere."""

    def __init__(self, kept: Kept) -> None:
        """Take what holds the results; without a folder of its own it holds them for this run."""
        self.kept = kept
        self._words: dict[int, tuple[Vocabulary, str]] = {}
        self._texts: dict[int, tuple[Content, Vocabulary, bytes]] = {}
        self._origins: dict[int, Origin] = {}
        self._last: tuple[bytes, Document, list[Unnamed]] | None = None

    def key(self, content: Content, vocabulary: Vocabulary) -> bytes:
        """Return under what the records of a text are kept."""
        known = self._texts.get(id(content))
        if known is None or known[1] is not vocabulary:
            problems = [problem.message for problem in content.problems]
            key = key_of("records of a text", content.text, self._words_key(vocabulary), problems)
            known = self._texts[id(content)] = content, vocabulary, key
        return known[2]

    def read(self, content: Content, shown: str, hint: str, vocabulary: Vocabulary) -> list[ReadFile]:
        """Return the records of a text; the arguments are those of `read_as_records`."""
        if hint.lower().endswith(RST):  # rewritten before it is read
            return read_as_records(content, shown, hint, vocabulary)
        key = self.key(content, vocabulary)
        stored = self.kept.get(key)
        if stored is None:
            self._last = key, *read_content(content, vocabulary)
            stored = _as_bytes(self._last[2])
            self.kept.put(key, stored)
        if self._last and self._last[0] == key:  # the same text again, as in a log with a copy beside it
            document = self._last[1]
            records = [one.named(hint, shown) for one in self._last[2]]
        else:
            head, rest = stored[2 * _SUM :].split(b"\n")  # which JSON on one line has not
            whole = cache(lambda: json.loads(rest.decode()))
            document = document_later(content.text)
            heads = enumerate(json.loads(head.decode()))
            records = [stored_later(one, partial(_at, whole, i), hint, shown) for i, one in heads]
        for i, record in enumerate(records):
            named = f"{record.kind} {record.reason} {record.number}".encode()
            said, placed = stored[:_SUM] + named, stored[_SUM : 2 * _SUM]
            self._origins[id(record)] = Origin(record, hint, b"%b%d" % (key, i), said, placed)
        return [ReadFile(document, record) for record in records]

    def origin(self, record: DecisionRecord) -> Origin | None:
        """Return from what a record was read; None when it was not read here."""
        return self._origins.get(id(record))

    def _words_key(self, vocabulary: Vocabulary) -> str:
        if id(vocabulary) not in self._words:
            self._words[id(vocabulary)] = vocabulary, key_of("words", vocabulary.told()).hex()
        return self._words[id(vocabulary)][1]


def _as_bytes(read: list[Unnamed]) -> bytes:
    """Return as JSON what every run asks of records, and all the rest, behind what tells whether they say the same."""
    made = [to_stored(one) for one in read]
    said, placed = zip(*map(said_and_placed, made), strict=True)
    heads = [{name: value for name, value in one.items() if name in HEAD} for one in made]
    rests = [{name: value for name, value in one.items() if name not in HEAD} for one in made]
    sums = key_of("said", as_json(said)) + key_of("placed", as_json(placed))
    return sums + as_json(heads) + b"\n" + as_json(rests)


def _at(whole: Callable[[], list[dict[str, Any]]], i: int) -> dict[str, Any]:
    return whole()[i]


def as_json(value: Any) -> bytes:
    """Return a value as short JSON."""
    return json.dumps(value, separators=(",", ":")).encode()
