"""Files that hold several records, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.markdown import Document, Span, parse_part
from onrecord.record.identity import read_heading
from onrecord.record.outline import read_outline

if TYPE_CHECKING:
    from onrecord.record.vocabulary import Vocabulary


class PartialDocument(NamedTuple):
    """One record's lines as a document of its own, its lines numbered as in the whole file."""

    document: Document
    number: str
    span: Span


def split_records(document: Document, vocabulary: Vocabulary) -> list[PartialDocument]:
    """Return the records in a document when it holds two or more; a record is a numbered heading with its own decision."""
    for level in (1, 2):
        heads = [
            (i, number)
            for i, section in enumerate(document.sections)
            if section.level == level
            and (number := read_heading(section.title).number)
            and not number.startswith("0" * 5)
        ]
        if len(heads) < 2 or len({number for _, number in heads}) < len(heads):
            continue
        parts = []
        for i, number in heads:
            part = _cut(document, i, number)
            if not _is_complete(part.document, vocabulary):
                break
            parts.append(part)
        else:
            return parts
    return []


def _cut(document: Document, index: int, number: str) -> PartialDocument:
    section = document.sections[index]
    start, end = section.span.start, section.end
    return PartialDocument(parse_part(document, start, end), number, Span(start, end))


def _is_complete(document: Document, vocabulary: Vocabulary) -> bool:
    """Tell whether a cut is a record: it has a decision, and a status or a context beside it."""
    roles = {part.role for part in read_outline(document, vocabulary).parts}
    return "decision" in roles and bool(roles & {"status", "context"})
