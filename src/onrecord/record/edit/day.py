"""The day of a decision, where the record has its date, or beside its other fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import Span
from onrecord.record.edit.model import Edit
from onrecord.record.edit.text import edit_text
from onrecord.record.touch import Mark, attempts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.record.edit.page import Page
    from onrecord.record.edit.verify import Draft
    from onrecord.record.model import DecisionRecord

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MOST_WORDS = 4  # "12th of March 2026"; a longer text says more than a date
_FACTS = ("date", "date_text")


def write_date(page: Page, day: str, key: str = "Date") -> Page | None:
    """Return the page with this date (ISO) as the decision's; None where it is not certain where it belongs.

    A day of creation stays, and gets the date of the decision under `key` beside it.
    """
    draft = page.draft()
    record = draft.record

    def is_meant(after: DecisionRecord) -> bool:
        return after.date == day

    if record.date == day:
        return page
    if record.date_text is None or _is_of_another(draft):
        mark = Mark("date", key.lower().replace(" ", "-"), key, day)
        return page.first_sound(attempts(page.text, page.vocabulary, mark), _FACTS, is_meant)
    if record.slots["date"].how == "the status line" or not _is_plain(record.date_text):
        return None
    return page.first_sound(_in_place(page, draft, record.date_text, day), _FACTS, is_meant)


def _is_of_another(draft: Draft) -> bool:
    """Tell whether the date is that of the file or of a change, not of the decision."""
    span = draft.record.slots["date"].span
    dates = {role: any(field.span == span for field in draft.reading.values(role)) for role in ("date", "date_other")}
    return dates["date_other"] and not dates["date"]


def _is_plain(text: str) -> bool:
    return len(_YEAR.findall(text)) <= 1 and len(text.split()) <= _MOST_WORDS


def _in_place(page: Page, draft: Draft, old: str, day: str) -> Iterator[str]:
    span, lines = draft.record.slots["date"].span, draft.document.lines
    for number in range(span.start, min(span.end, len(lines)) + 1) if span else ():
        head, found, tail = lines[number - 1].partition(old)
        if not found or old in tail:
            continue
        gap = " " * (len(old) - len(day)) if re.match(r" {2,}\|", tail) else ""  # the columns stay in line
        yield edit_text(page.text, (Edit(page.path, Span(number, number), (f"{head}{day}{gap}{tail}",)),))
