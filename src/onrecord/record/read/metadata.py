"""Fill status, dates and people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.markdown import ListBlock, Paragraph, plain
from onrecord.record.dates import read_date
from onrecord.record.header import Field, header_zone, split_field
from onrecord.record.model import Mark, Review, Slot, Status
from onrecord.record.people import read_people
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.read.context import how_found, how_read, lines_of
from onrecord.record.status import ReadStatus, first_status, read_status, read_status_lines
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from onrecord.record.model import SlotState
    from onrecord.record.outline import Part
    from onrecord.record.read.context import Reading
    from onrecord.record.vocabulary import Vocabulary

MOST_WORDS = 12  # of a status; "Accepted on 2 May by the architecture board, replaces ADR-4" is one
_HANDLE = re.compile(r"(?<![\w`])@[A-Za-z0-9][\w-]{0,38}")
_OPTIONS = ("considered_options", "alternatives", "pros_cons")
_THANKS = re.compile(
    r"\b(?:after|per|thanks to|comments?|review(?:s|ed)?|feedback|suggest\w*)\b.*", re.IGNORECASE | re.DOTALL
)
_ROLES = {
    "decision_makers": ("decision_makers", "owner"),
    "authors": ("authors",),
    "consulted": ("consulted",),
    "informed": ("informed",),
}


def fill_status(reading: Reading) -> None:
    """Prefer a status section to header fields, a known word to an unknown one, and both to a word within prose.

    An unpicked choice is no status.
    """
    best: tuple[Status, Slot] | None = None
    left = Slot("absent", None, "")
    for status, slot in _status_candidates(reading):
        if status is None:
            left = slot if left.state in ("absent", "empty") else left
        elif best is None or _strength(status) > _strength(best[0]):
            best = (status, slot)
    if best and best[0].value == "unknown" and is_unfilled(best[0].text, reading.vocabulary):
        left, best = best[1]._replace(state="placeholder"), None
    reading.record.status = best[0] if best else None
    reading.slot("status", best[1] if best else left)


def _strength(status: Status) -> int:
    """Tell how surely a status is one: a word nobody knows, a known one somewhere in a sentence, or hardly more than the word."""
    return 0 if status.value == "unknown" else 1 if len(status.text.split()) > MOST_WORDS else 2


def _status_candidates(reading: Reading) -> list[tuple[Status | None, Slot]]:
    vocabulary = reading.vocabulary
    found: list[tuple[Status | None, Slot]] = []
    of_options = {k for i in reading.outline.with_role(*_OPTIONS) for k in reading.outline.subtree(i)}
    for i in reading.outline.with_role("status"):
        part = reading.outline.parts[i]
        if part.inline or i in of_options:
            continue
        ticked, open_ = _choices(part, vocabulary)
        lines = ticked or _outside_boxes(part)
        read = read_status_lines(lines, vocabulary)
        if open_ and not ticked and read.status and read.status.value == "unknown":
            read = ReadStatus(None, True)  # words about a list of choices
        unfilled = read.unpicked or (open_ and not ticked) or any(is_unfilled(line, vocabulary) for line in lines)
        state: SlotState = "filled" if read.status else "placeholder" if unfilled else "empty"
        found.append((read.status, Slot(state, reading.outline.span(i), how_read(part))))
    for f in reading.values("status"):
        if isinstance(f.value, str) and f.value.strip():
            read = read_status(f.value, vocabulary)
            found.append((read.status, Slot("filled" if read.status else "placeholder", f.span, how_found(f))))
    return found


def _choices(part: Part, vocabulary: Vocabulary) -> tuple[list[str], bool]:
    """Return the ticked entries of a choice list (`- [x] accepted`), and whether any entry of one is open."""
    choices = [(text, checked) for text, checked in _boxes(part) if _begins_with_status(text, vocabulary)]
    return [text for text, checked in choices if checked], any(not checked for _, checked in choices)


def _outside_boxes(part: Part) -> list[str]:
    """Return the lines of a part but for choices that nobody ticked, and tasks ("- [ ] requirements to be drafted")."""
    boxes = {text for text, _ in _boxes(part)}
    return [line for line in lines_of(part) if line not in boxes]


def _boxes(part: Part) -> list[tuple[str, bool]]:
    items = [item for block in part.blocks if isinstance(block, ListBlock) for item in block.items]
    return [(text, item.checked) for item in items if item.checked is not None for text, _ in pieces(item.blocks)]


def _begins_with_status(text: str, vocabulary: Vocabulary) -> bool:
    words = plain(text).split()
    if not 0 < len(words) <= MOST_WORDS // 2:
        return False
    beginnings = (" ".join(words[:size]) for size in (1, 2, 3))  # "In review"
    return first_status(words[0], vocabulary) is not None or any(fold(w) in vocabulary.statuses for w in beginnings)


def fill_dates(reading: Reading) -> None:
    """Take the decision's date, else another date of the record, a lone date line, or the one in the status."""
    record, vocabulary = reading.record, reading.vocabulary
    slot = Slot("absent", None, "")
    fields = (
        reading.values("date")
        + reading.sections_as_fields("date")
        + sorted(reading.values("date_other"), key=_is_update)
        + _lone_dates(reading)
    )
    for f in fields:
        text = plain(str(f.value)) if isinstance(f.value, str | int) else ""
        if not text:
            continue
        read = read_date(text, vocabulary)
        if read.state == "unread" and not any(ch.isdigit() for ch in text):
            slot = Slot("placeholder", f.span, how_found(f))
            continue
        record.date, record.date_text, record.date_state = read.value, text, read.state
        slot = Slot("filled", f.span, how_found(f))
        break
    if record.date_text is None and record.status:
        read = read_date(record.status.text, vocabulary)
        if read.state == "ok":
            record.date, record.date_text, record.date_state = read.value, record.status.text, "ok"
            slot = Slot("filled", record.slots["status"].span, "the status line")
    reading.slot("date", slot)
    record.decide_by, record.review_by = _one_date(reading, "decide_by"), _one_date(reading, "review_by")
    record.last_reviewed = max(_reviews(reading), default=None)


def _is_update(f: Field) -> bool:
    """Tell whether a date is of a later change: the first date of a record is nearer to its decision."""
    return bool(re.search(r"updat|modif|chang|actuali|aktuali|geänd|mis à jour|обновл|更新", f.key, re.IGNORECASE))


def _lone_dates(reading: Reading) -> list[Field]:
    """Return header lines that are nothing but a date, and a Title section that begins with one."""
    found = []
    for i in header_zone(reading.outline):
        part = reading.outline.parts[i]
        for block in part.blocks:
            if not isinstance(block, Paragraph) or (part.role != "title" and len(block.text.split()) > 4):
                continue
            if part.role != "title" and split_field(block.text.split("\n")[0], reading.vocabulary):
                continue  # "Review by: 2027-01-31" is another date
            if read_date(plain(block.text), reading.vocabulary).state == "ok":
                found.append(Field("date", "date", block.text, block.span, "a line that is only a date:"))
    return found


def _one_date(reading: Reading, role: str) -> str | None:
    """Return the first date of a role, and note where it stands."""
    for f in reading.values(role):
        value = read_date(f.value, reading.vocabulary).value if isinstance(f.value, str) else None
        if value:
            reading.slot(role, Slot("filled", f.span, how_found(f)))
            return value
    return None


def _reviews(reading: Reading) -> list[Review]:
    """Return the marks of a review: "2026-11-22 by Ann Example", or only the date."""
    found = []
    for text in (f.value for f in reading.values("last_reviewed") if isinstance(f.value, str)):
        if day := read_date(text, reading.vocabulary).value:
            _, _, name = plain(text).partition(" by ")
            found.append(Review(day, " ".join(name.split())))
    return found


def fill_people(reading: Reading) -> None:
    """Keep decision-makers, authors, consulted and informed apart; a changelog's first entry may name the author."""
    record = reading.record
    for name, roles in _ROLES.items():
        slot = Slot("absent", None, "")
        into: list[str] = getattr(record, name)
        for f in (f for role in roles for f in reading.values(role) + reading.sections_as_fields(role)):
            names, generic = read_people(f.value, reading.vocabulary)
            into += [n for n in names if n not in into]
            if name == "decision_makers":
                record.generic_owners += [Mark(text, f.span) for text in generic]
            state: SlotState = "filled" if names else "placeholder" if generic else "empty"
            if slot.state != "filled":
                slot = Slot(state, f.span, how_found(f))
        if name == "decision_makers" or slot.state != "absent":
            reading.slot(name, slot)
    if not record.authors:
        _fill_changelog_authors(reading)


def _fill_changelog_authors(reading: Reading) -> None:
    """Take the handles of the first entry of a changelog: "20 April 2021: first draft (@ann)"."""
    for i in reading.outline.with_role("changelog"):
        for text, span in pieces(reading.outline.parts[i].blocks)[:1]:
            if handles := _HANDLE.findall(_THANKS.sub("", text)):
                reading.record.authors = handles
                reading.slot("authors", Slot("filled", span, "first entry of the changelog"))
