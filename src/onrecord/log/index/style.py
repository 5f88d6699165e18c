"""How a list of records is written: what it says of each record, and in which words, learned from its own entries."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from onrecord.log.index.entry import escaped, is_name_of
from onrecord.log.index.links import LinkForm, form_of, link_to
from onrecord.log.index.names import (
    date_before,
    date_in_name,
    digits_of,
    file_or_folder,
    is_folder_record,
    says_title,
)
from onrecord.log.index.words import date_form, words_of, written_date
from onrecord.markdown import plain
from onrecord.record.dates import read_date
from onrecord.record.people import read_people
from onrecord.record.relations import read_references
from onrecord.record.status import first_status
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.log.index.entry import Part, Slot
    from onrecord.log.index.here import Here
    from onrecord.record import DecisionRecord

Shape: TypeAlias = tuple["str | Slot", ...]  # literal text, and parts (their places mean nothing)
Entry: TypeAlias = "tuple[str, DecisionRecord, tuple[Slot, ...]]"  # a text, the record it is about, its parts

_CLOSED = re.compile(r"(?:\s+\"[^\"]*\")?\)[*_~]*")
_SAID_OF_LINK = re.compile(r"\s+\"[^\"]*\"")
_CLOSING = re.compile(r"[)\]*_~`]*")
_LETTER = re.compile(r"\w")
_WORDY = re.compile(r"\w{2,}(?:\W+\w{2,}){2}")


class Style(NamedTuple):
    """How a list writes: digits of a number (0: no zeros in front), links, dates, and status words by their value.

    `shown` are the statuses that stand behind a title, None when every record's does; `note` is what stands around them.
    `is_dated` tells that a date stands in front of titles.
    """

    width: int
    link: LinkForm
    date: str
    words: dict[str, str]
    shown: frozenset[str] | None = frozenset()
    note: tuple[str, str] = (" (", ")")
    is_dated: bool = False

    def shows(self, record: DecisionRecord) -> bool:
        """Tell whether an entry of a list (not of a table) says this record's status."""
        if record.status is None or record.status.value == "unknown":
            return False
        return self.shown is None or record.status.value in self.shown


def learn(entries: Sequence[Entry], statuses: Iterable[str], dates: Iterable[str], here: Here) -> Style:
    """Learn the style from entries, and from the status and date cells of a table."""
    parts = [(slot, text[slot.start : slot.end], record) for text, record, slots in entries for slot in slots]
    numbers = [text for slot, text, _ in parts if slot.part == "number"]
    usual = here.width
    padded = [len(text) for text in numbers if text.startswith("0")]
    links = Counter(
        form for slot, text, record in parts if slot.part == "link" for form in [form_of(text, record, here)] if form
    )
    notes = [(slot, text) for slot, text, _ in parts if slot.part == "status"]
    words = [*statuses, *(_inside(slot, text) for slot, text in notes)]
    around = Counter((slot.opening, slot.closing) for slot, _ in notes)
    return Style(
        max(padded) if padded else usual if all(len(text) >= usual for text in numbers) else 0,
        links.most_common(1)[0][0] if links else LinkForm(),
        date_form([*dates, *(text for slot, text, _ in parts if slot.part in ("date", "lead"))], here),
        words_of(words, here),
        _shown(entries),
        around.most_common(1)[0][0] if around else (" (", ")"),
        any(slot.part == "lead" for slot, _, _ in parts),
    )


def wanted(slot: Slot, text: str, record: DecisionRecord, style: Style, here: Here) -> str | None:
    """Return what a part of an entry should be, None when what it says is so, or when the record says nothing of it."""
    if slot.part == "status" and slot.opening and record.status and record.status.value == "unknown":
        return None  # words of its own behind a title would be read as a part of it
    if slot.part == "lead" or (slot.part == "title" and not here.is_own_title(record)):
        return None
    new = written(slot, record, style, here)
    return None if new is None or text == new or _agrees(slot, text, record, here) else new


def written(slot: Slot, record: DecisionRecord, style: Style, here: Here) -> str | None:
    """Return a part of an entry as the list writes it, None when the record says nothing of it."""
    name = record.path.rsplit("/", 1)[-1]
    if slot.part == "number":
        return number_of(record, style.width)
    if slot.part == "title":
        title = here.title_of(record)
        lead = date_before(title) if style.is_dated else None
        return escaped(title[lead.end :] if lead else title)
    if slot.part == "file":
        return escaped(file_or_folder(record.path) if is_folder_record(record.path) else name)
    if slot.part == "link":
        return link_to(record, style.link, here)
    if slot.part == "date":
        return written_date(record.date or date_in_name(record.path), style.date)
    if slot.part == "lead":
        return written_date(lead_of(record), style.date)
    if slot.part == "status":
        word = status_word(record, style)
        return word and f"{slot.opening}{word}{slot.closing}"
    if slot.part in ("owner", "author"):
        return ", ".join(name for person in people_of(record, slot.part) if (name := escaped(person))) or None
    return _references(slot.part, record, style, here)


def lead_of(record: DecisionRecord) -> str | None:
    """Return the date (ISO) that goes in front of a title: that of the file's or folder's name, else the record's."""
    return date_in_name(record.path) or record.date


def people_of(record: DecisionRecord, part: Part) -> list[str]:
    """Return who wrote a record, or (for an owner) who decided it, else who wrote it."""
    return record.authors if part == "author" else record.decision_makers or record.authors


def number_of(record: DecisionRecord, width: int) -> str | None:
    """Return a record's number with zeros in front up to a width."""
    return record.number.zfill(width) if record.number and record.number.isdigit() else record.number


def status_word(record: DecisionRecord, style: Style) -> str | None:
    """Return a record's status in the list's words; one that no vocabulary knows in the author's."""
    if record.status is None:
        return None
    return style.words.get(record.status.value) or escaped(record.status.text)[:60].rstrip("\\") or None


def shapes_of(entries: Sequence[Entry]) -> list[tuple[Shape, bool]]:
    """Return the shape of each entry in which parts were found, and whether a status is one of them."""
    return [(_shape(text, slots), any(slot.part == "status" for slot in slots)) for text, _, slots in entries if slots]


def common_shape(shapes: Sequence[tuple[Shape, bool]], with_status: bool | None) -> Shape | None:
    """Return the shape most entries have, those with (without) a status first; None when each is written in its own way."""
    counts = Counter(shape for shape, has_status in shapes if with_status in (None, has_status))
    counts = counts or Counter(shape for shape, _ in shapes)
    for shape, count in counts.most_common():
        if count > 1 or not any(isinstance(piece, str) and _WORDY.search(piece) for piece in shape):
            return shape
    return None


def _shape(text: str, slots: tuple[Slot, ...]) -> Shape:
    """Return the text with its parts taken out; words of its own behind the last part are no part of the shape."""
    pieces: list[str | Slot] = []
    at = 0
    for slot in slots:
        pieces += [text[at : slot.start], slot._replace(start=0, end=0)]
        at = slot.end
    tail = text[at:]
    if slots and slots[-1].part == "link":
        closed = _CLOSED.match(tail)
        tail = tail if not _LETTER.search(tail) else ")" if closed is None else _SAID_OF_LINK.sub("", closed[0])
    elif _LETTER.search(tail):
        tail = _CLOSING.match(tail)[0]  # type: ignore[index]
    return tuple(piece for piece in (*pieces, tail) if piece != "")


def _agrees(slot: Slot, text: str, record: DecisionRecord, here: Here) -> bool:
    """Tell whether a part says what the record says, in whatever way."""
    if slot.part == "number":
        own = record.number or ""
        return text == own or (text.isdigit() and own.isdigit() and int(text) == int(own))
    if slot.part == "title":
        return says_title(text, record)
    if slot.part == "file":
        return is_name_of(text, record)
    if slot.part == "link":
        meant = here.meant_by(text)
        return meant is not None and meant.path == record.path
    if slot.part == "status":
        return _says_status(_inside(slot, text), record, here)
    if slot.part == "date":
        read = read_date(plain(text), here.vocabulary).value
        known = [date for date in (record.date, date_in_name(record.path)) if date]
        return read is not None and any(read[: len(date)] == date[: len(read)] for date in known)
    if slot.part in ("owner", "author"):
        named = {fold(name).lstrip("@") for name in read_people(text, here.vocabulary)[0]}
        return named == {fold(name).lstrip("@") for name in people_of(record, slot.part)}
    named_there = read_references(text, here.vocabulary)
    named_here = record.supersedes if slot.part == "predecessor" else record.superseded_by
    return {digits_of(one) for one in named_there} == {digits_of(one) for one in named_here}


def _says_status(text: str, record: DecisionRecord, here: Here) -> bool:
    if record.status is None:
        return True
    if record.status.value == "unknown":
        return fold(plain(text)) == fold(record.status.text)[:60].strip()
    return first_status(plain(text), here.vocabulary) == record.status.value


def _inside(slot: Slot, text: str) -> str:
    return text[len(slot.opening) : len(text) - len(slot.closing)]


def _shown(entries: Sequence[Entry]) -> frozenset[str] | None:
    """Return the statuses that stand behind titles: of the records that have one, most say it. None: of all records."""
    said: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for _, record, slots in entries:
        if record.status and record.status.value != "unknown":
            (said if any(slot.part == "status" for slot in slots) else silent)[record.status.value] += 1
    if said["accepted"] and said["accepted"] >= silent["accepted"]:
        return None
    return frozenset(value for value in said if said[value] >= silent[value])


def _references(part: Part, record: DecisionRecord, style: Style, here: Here) -> str | None:
    """Return links to the records that this one replaces, or is replaced by; None unless each of them is known."""
    named = record.supersedes if part == "predecessor" else record.superseded_by
    out = []
    for name in named:
        digits = digits_of(name)
        found = here.by_digits.get(digits, []) if digits else []
        if len(found) != 1:
            return None
        out.append(f"[{number_of(found[0], style.width)}]({link_to(found[0], style.link, here)})")
    return ", ".join(out) or None
