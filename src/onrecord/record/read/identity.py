"""Fill number and title, as the text itself has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.markdown import Paragraph, Span
from onrecord.record.dates import without_date
from onrecord.record.identity import is_generic, read_heading
from onrecord.record.model import Slot
from onrecord.record.outline import BODY_ROLES
from onrecord.record.placeholders import is_unfilled
from onrecord.record.read.context import how_found, how_read
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from onrecord.record.read.context import Reading

_Source = tuple[str, Span | None, str]


def fill_identity(reading: Reading) -> None:
    """Take the title from the first heading, a Title section or the front matter, and the number from beside it."""
    record = reading.record
    source, span, how = _first_heading(reading)
    if not source or is_generic(read_heading(source).title or ""):
        source, span, how = _elsewhere(reading) or (source, span, how)
    unfilled = bool(source) and is_unfilled(source, reading.vocabulary)
    heading = read_heading("" if unfilled else source)
    record.title, reading.is_numbered = heading.title, heading.number is not None
    reading.slot("title", Slot("filled" if heading.title else "placeholder" if unfilled else "absent", span, how))
    for number, where, place in (
        (reading.number, span, "heading"),
        (heading.number, span, how),
        _number_field(reading),
    ):
        if number:
            record.number = number
            reading.slot("number", Slot("filled", where, place))
            break


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
