"""Fill number and title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import Paragraph, Span
from onrecord.record.dates import without_date
from onrecord.record.identity import is_generic, number_in_path, read_heading
from onrecord.record.model import Slot
from onrecord.record.outline import BODY_ROLES
from onrecord.record.placeholders import is_unfilled
from onrecord.record.read.context import how_found, how_read
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from onrecord.record.read.context import Reading

_Source = tuple[str, Span | None, str]


def fill_identity(reading: Reading) -> None:
    """Take the title from the first heading, a Title section or the front matter; the number first from the file name."""
    record = reading.record
    source, span, how = _first_heading(reading)
    if not source or is_generic(read_heading(source).title or ""):
        source, span, how = _elsewhere(reading) or (source, span, how)
    unfilled = bool(source) and is_unfilled(source, reading.vocabulary)
    heading = read_heading("" if unfilled else source)
    in_path = number_in_path(record.path)
    record.title = _without_series(heading.title, record.path)
    if record.title and in_path and heading.number is None:
        record.title = re.sub(rf"^0*{re.escape(in_path)}\s+(?=\S)", "", record.title)  # "# 6 Retry" in 0006-retry.md
    reading.slot("title", Slot("filled" if heading.title else "placeholder" if unfilled else "absent", span, how))
    for number, where, place in (
        (reading.number, span, "heading"),
        (in_path, None, "file name"),
        (heading.number, span, how),
        _number_field(reading),
    ):
        if number:
            record.number = number
            reading.slot("number", Slot("filled", where, place))
            break


def _without_series(title: str | None, path: str) -> str | None:
    """Drop a series' full name in front of a title ("Open Parcel Hub - …") where the file has its initials (OPH-ADR-…)."""
    match = re.match(r"((?:\w+ ){1,4}\w+)\s+[-–—]\s+(\S.*)", title or "")
    prefix = re.match(r"([A-Za-z]{2,6})[-_]", path.rsplit("/", 1)[-1])
    if match and prefix and "".join(word[0] for word in match[1].split()).casefold() == prefix[1].casefold():
        return match[2]
    return title


def _first_heading(reading: Reading) -> _Source:
    index = reading.outline.title_index
    if index is None:
        return "", None, ""
    part = reading.outline.parts[index]
    if reading.vocabulary.label(part.title) in BODY_ROLES and reading.values("title"):
        return "", None, ""  # "# Abstract" opens the text; the title stands in the front matter
    return f"{part.title}: {part.inline}" if part.inline else part.title, part.span, "first heading"


def _elsewhere(reading: Reading) -> _Source | None:
    for part in reading.outline.parts:
        text = part.inline or next((b.text for b in part.blocks if isinstance(b, Paragraph)), "")
        if part.role == "title" and text:
            return without_date(text), part.span, how_read(part)
    for f in reading.values("title"):
        if isinstance(f.value, str) and f.value.strip() and fold(f.value) not in reading.vocabulary.absent:
            return " ".join(f.value.split()), f.span, how_found(f)
    return None


def _number_field(reading: Reading) -> tuple[str | None, Span | None, str]:
    for f in reading.values("number"):
        text = str(f.value).strip().strip("\"'")
        if text.isdigit() and len(text) <= 5:
            return text.lstrip("0") or "0", f.span, how_found(f)
    matter = reading.document.front_matter
    slug = str(matter.data.get("slug") or "") if matter else ""
    return ((slug.lstrip("0") or "0") if slug.isdigit() else None), None, "front matter `slug`"
