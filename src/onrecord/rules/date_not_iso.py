"""date-not-iso: a date that is read and not written as year-month-day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.record.edit.model import Fix
from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, place_of, quote
from onrecord.rules.samples import nygard

_ISO = re.compile(r"(?<!\d)\d{4}-\d{2}(?:-\d{2})?(?!\d)")


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    slot = record.slots.get("date")
    if record.date is None or record.date_text is None or slot is None or slot.how == "the status line":
        return
    if _ISO.search(record.date_text):
        return
    from onrecord.record.edit.date import set_date

    edit = set_date(record, subject.document)
    yield Hit(place_of(record, "date"), f"the date says {quote(record.date_text)}", fix=Fix((edit,)) if edit else None)


def _dated(date: str) -> str:
    return nygard(header=f"Date: {date}")


RULE = Rule(
    id="date-not-iso",
    scope="record",
    severity=Severity.OFF,
    summary="The date is not written as year-month-day.",
    why="Dates of one form sort by themselves, and nobody has to wonder which number is the month.",
    help="Write the day as year-month-day, for example 2026-11-22.",
    check=_check,
    good=(
        Example("Year, month, day.", _dated("2026-06-27")),
        Example("Only the month is known.", _dated("2026-06")),
    ),
    bad=(
        Example("The month is named.", _dated("27 June 2026")),
        Example("The day is above twelve.", _dated("06/27/2026")),
    ),
)
