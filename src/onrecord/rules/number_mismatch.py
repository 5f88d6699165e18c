"""number-mismatch: the heading has another number than the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.record.identity import number_in_path, read_heading
from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard

_DATE = re.compile(r"\W*\d{4}[-_./]\d{1,2}[-_./]\d{1,2}")
_OUTSIDE = re.compile(r"\W*(?:RFC|PEP|KEP|BIP|ISO)\b", re.IGNORECASE)  # in a title, often a standard


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    in_file = number_in_path(record.path)
    title, number = record.slots.get("title"), record.slots.get("number")
    if not in_file or not title or not title.span or title.how != "first heading":
        return
    if number is not None and number.how == "heading":  # one of several in a file
        return
    line = subject.document.lines[title.span.start - 1].lstrip(" #")
    name = record.path.rsplit("/", 1)[-1]
    if _DATE.match(line) or (_OUTSIDE.match(line) and not _OUTSIDE.match(name)):
        return
    in_heading = read_heading(line).number
    if in_heading and _value(in_heading) != _value(in_file):
        yield Hit(place_of(record), f"the heading says {in_heading}, and the file name {in_file}")


def _value(number: str) -> int:
    found = re.search(r"\d+$", number)
    return int(found[0]) if found else -1


RULE = Rule(
    id="number-mismatch",
    scope="record",
    severity=Severity.WARNING,
    summary="The number in the heading is not the one in the file name.",
    why="Its number then means one record to who reads it and another to who looks for it.",
    help="Set the heading to the number of the file.",
    check=_check,
    good=(
        Example("The same, with zeros or without.", nygard(), path="docs/adr/0007-keep-invoices.md"),
        Example("No number in the heading.", nygard().replace("# 7. ", "# "), path="docs/adr/0012-keep-invoices.md"),
        Example("A dated file has no number.", nygard(), path="docs/adr/2026-03-01-keep-invoices.md"),
        Example("A series of its own.", nygard().replace("# 7. ", "# API-007: "), path="docs/adr/0007-api.md"),
    ),
    bad=(Example("Copied from another record.", nygard(), path="docs/adr/0012-keep-invoices.md"),),
)
