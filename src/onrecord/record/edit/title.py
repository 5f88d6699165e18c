"""Another number in a record's heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import Span
from onrecord.record.edit.model import Edit
from onrecord.record.edit.verify import draft_of
from onrecord.record.identity import read_heading

if TYPE_CHECKING:
    from onrecord.markdown import Document
    from onrecord.record.model import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary


def number_in_title(record: DecisionRecord, document: Document) -> str | None:
    """Return the number that stands in the first heading ("7", "API-007"), None when there is none."""
    slot = record.slots.get("title")
    if slot is None or slot.span is None or slot.how != "first heading":
        return None
    return read_heading(_heading(document, slot.span.start)).number


def set_number_in_title(
    record: DecisionRecord, document: Document, number: int, vocabulary: Vocabulary | None = None
) -> Edit | None:
    """Return the edit that gives the heading another number, with as many digits as before; None when not certain."""
    draft = draft_of(record, document, vocabulary)
    old = number_in_title(record, document)
    slot = record.slots.get("title")
    if draft is None or old is None or slot is None or slot.span is None:
        return None
    line = document.lines[slot.span.start - 1]
    for found in re.finditer(r"\d+", line):
        if int(found[0]) == _value(old):
            digits = str(number).zfill(len(found[0])) if found[0].startswith("0") else str(number)
            new = f"{line[: found.start()]}{digits}{line[found.end() :]}"
            edit = Edit(record.path, Span(slot.span.start, slot.span.start), (new,))
            for right, _ in draft.try_edits((edit,), ("number",)):
                if _value(read_heading(new.lstrip(" #")).number or "") == number:
                    return right
            return None
    return None


def _heading(document: Document, line: int) -> str:
    return document.lines[line - 1].lstrip(" #")


def _value(number: str) -> int:
    found = re.search(r"\d+$", number)
    return int(found[0]) if found else -1
