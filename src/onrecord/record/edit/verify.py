"""Read a record again with an edit in it: only what was to change may read otherwise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.markdown import Span, parse_document
from onrecord.record.edit.model import edited
from onrecord.record.facts import record_facts
from onrecord.record.read import read_record
from onrecord.record.read.context import Reading
from onrecord.record.vocabulary import shipped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onrecord.markdown import Document
    from onrecord.record.edit.model import Edit
    from onrecord.record.model import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary

_NEVER_COMPARED = frozenset(("reading", "lines", "links"))  # where things stand, and links that an edit may bring
KEPT = 8  # texts, before and after each edit of a file
_DOUBTS = frozenset(("front-matter-invalid", "front-matter-key-repeated"))


class Draft(NamedTuple):
    """A record that is to be edited: as it was read, and its outline and fields."""

    record: DecisionRecord
    document: Document
    vocabulary: Vocabulary
    reading: Reading

    def try_edits(
        self, edits: Iterable[Edit | None], may_change: Collection[str]
    ) -> Iterable[tuple[Edit, DecisionRecord]]:
        """Yield those of the edits that change nothing but these facts, with the record each leaves."""
        before = self._facts(self.record, may_change)
        problems = {problem.code for problem in self.record.problems}
        for edit in edits:
            if edit is None:
                continue
            after = read_text("\n".join(edited(self.document.lines, (edit,))), self.record.path, self.vocabulary)
            if self._facts(after, may_change) == before and {problem.code for problem in after.problems} <= problems:
                yield edit, after

    def _facts(self, record: DecisionRecord, without: Collection[str]) -> dict[str, object]:
        return {name: value for name, value in compared(record).items() if name not in without}


def compared(record: DecisionRecord) -> dict[str, object]:
    """Return the facts of a record by which an edit is judged."""
    return {name: value for name, value in record_facts(record).value.items() if name not in _NEVER_COMPARED}


@lru_cache(maxsize=KEPT)  # each edit of a file asks for what the one before it has read
def parsed(text: str) -> Document:
    """Return what `parse_document` returns."""
    return parse_document(text)


@lru_cache(maxsize=KEPT)
def read_text(text: str, path: str, vocabulary: Vocabulary) -> DecisionRecord:
    """Return the one record that is read from a text; nobody changes it."""
    return read_record(parsed(text), path, vocabulary)


def draft_of(
    record: DecisionRecord,
    document: Document,
    vocabulary: Vocabulary | None = None,
    again: DecisionRecord | None = None,
) -> Draft | None:
    """Return a record ready for edits; None for one of several in a file, and one that was read in other words.

    None too when its front matter cannot be read, or says something twice: which of it holds, nobody can tell. `again` is
    what all of the document is read as in these words, where that is known.
    """
    if record.kind != "record" or record.span != Span(1, len(document.lines)):
        return None
    if any(problem.code in _DOUBTS for problem in document.problems):
        return None
    words = vocabulary or shipped()
    again = again or read_record(document, record.path, words)
    if (again.status, again.number, again.title) != (record.status, record.number, record.title):
        return None
    return Draft(again, document, words, Reading(document, words))
