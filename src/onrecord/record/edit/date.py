"""A date in the one form that sorts and cannot be misread."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import Span
from onrecord.record.dates import read_date
from onrecord.record.edit.model import Edit
from onrecord.record.edit.verify import draft_of

if TYPE_CHECKING:
    from onrecord.markdown import Document
    from onrecord.record.model import DecisionRecord
    from onrecord.record.vocabulary import Vocabulary

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SWAPPABLE = re.compile(r"(\d{1,2})[-/. ]\s?(\d{1,2})[-/. ]\s?\d{2,4}")
MAX_WORDS = 6  # "Friday, the 12th of March 2026"; a longer text says more than a date


def set_date(record: DecisionRecord, document: Document, vocabulary: Vocabulary | None = None) -> Edit | None:
    """Return the edit that writes the record's date as `YYYY-MM-DD`, or `YYYY-MM` where that is all it says.

    None when day and month could be swapped, the year has two digits, or the text says more than a date.
    """
    draft = draft_of(record, document, vocabulary)
    slot = record.slots.get("date")
    text, value = record.date_text, record.date
    if (
        draft is None
        or slot is None
        or slot.span is None
        or not text
        or not value
        or text == value
        or _is_doubtful(text)
    ):
        return None
    if read_date(text, draft.vocabulary).value != value:
        return None
    for number in range(slot.span.start, min(slot.span.end, len(document.lines)) + 1):
        line = document.lines[number - 1]
        if line.count(text) == 1:
            head, _, tail = line.partition(text)
            gap = " " * (len(text) - len(value)) if re.match(r" {2,}\|", tail) else ""  # the columns stay in line
            edit = Edit(record.path, Span(number, number), (f"{head}{value}{gap}{tail}",))
            for right, after in draft.try_edits((edit,), ("date_text",)):
                if (after.date, after.date_text) == (value, value):
                    return right
    return None


def _is_doubtful(text: str) -> bool:
    """Tell whether the text is more than one date with a year of four digits, or could be read as another one."""
    rest = re.sub(r"\b(?:of|the|de|del|st|nd|rd|th)\b|(?<=\d)(?:st|nd|rd|th)\b", " ", text)
    words = re.findall(r"[^\W\d_]+", rest)
    if not _YEAR.search(text) or len(words) > 1 or len(text.split()) > MAX_WORDS or ":" in text:
        return True
    both = _SWAPPABLE.fullmatch(text.strip())
    return both is not None and int(both[1]) <= 12 and int(both[2]) <= 12 and both[1] != both[2]
