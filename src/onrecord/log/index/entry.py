"""One entry of a list of records: which record it means, and where in it number, title, link, status and date stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from onrecord.log.index.names import date_before, file_or_folder, stem
from onrecord.markdown import plain
from onrecord.record.identity import read_heading
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.log.index.here import Here
    from onrecord.record import DecisionRecord

Part: TypeAlias = Literal[
    "number", "title", "file", "link", "status", "date", "lead", "owner", "author", "successor", "predecessor"
]

_LINK = re.compile(
    r"(?<!!)\[(?P<label>(?:\\.|[^\\\[\]]|\[(?:\\.|[^\\\[\]])*\])*)\]"
    r"\((?P<target><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)"
)
_NUMBER = re.compile(r"(?P<lead>\[?(?:[A-Za-z]{1,15}[-_ #.]{0,3}|#)?)(?P<number>\d{1,5})(?!\d)(?P<sep>[\s\]).:|–—-]*)")
_SERIES = re.compile(r"\[?(?P<number>[A-Za-z][\w-]{0,20}-\d{1,5})(?!\d)(?P<sep>[\s\]).:|–—-]*)")
_LEADS = frozenset(("adr", "ad", "dr", "rfc", "rfd", "kep", "pdr", "tdr", "edr", "decision"))
_DATE = re.compile(r"(?<![\w-])\d{4}-\d{2}(?:-\d{2})?(?![\w-])")
_NOTE = re.compile(  # a status behind a title: "(accepted)", " — Accepted", " *superseded by ADR-3*"
    r"(?P<open>\s*(?:[-–—,:·]\s+)?(?:\(\s*[*_`]{0,2}|\[\s*|[*_]{1,2}|`|(?<=[-–—,:·] )))(?P<word>(?=[^\s–—-])[^()\[\]*_`\n]{2,60}?"
    r"(?:\[[^\[\]]*\](?:\([^()]*\))?)?)(?P<close>[*_`]{0,2}\s*\)|\s*\]|[*_]{1,2}|`|)[.\s]*\Z"
)
_MOST_NOTE = 200  # characters behind a title in which a status is looked for
_TRIM = re.compile(r"[\s*_~`]*")
_GAP = re.compile(r"[\s:–—|-]*")
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+)?")
_LETTER = re.compile(r"\w")
_HARMLESS = re.compile(r"[A-Za-z0-9.,:;()/'\"+=@#$%^?-]+(?: [A-Za-z0-9.,:;()/'\"+=@#$%^?-]+)*")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_MARKUP = re.compile(r"[\\`*\[\]|{}~]|(?<!\w)_|_(?!\w)|(?<=<)!")


class Link(NamedTuple):
    """A link in a text: its label and its target as written, and where each stands in the text."""

    label: str
    target: str
    start: int
    label_span: tuple[int, int]
    target_span: tuple[int, int]
    end: int


class Slot(NamedTuple):
    """A part of an entry and its place in the text; `opening` and `closing` are what stands around it and goes with it."""

    part: Part
    start: int
    end: int
    opening: str = ""
    closing: str = ""


def find_links(text: str) -> Iterator[Link]:
    """Yield the inline links of a Markdown text; images are none."""
    for match in _LINK.finditer(text):
        yield Link(
            match["label"], match["target"], match.start(), match.span("label"), match.span("target"), match.end()
        )


def slots_of(text: str, record: DecisionRecord, here: Here) -> tuple[Slot, ...]:
    """Return the parts of an entry for this record that can be found in its text, in order."""
    key = (text, id(record))
    if key not in here.slots:
        here.slots[key] = _slots_of(text, record, here)
    return here.slots[key]


def _slots_of(text: str, record: DecisionRecord, here: Here) -> tuple[Slot, ...]:
    links = list(find_links(text))
    link = next((one for one in links if here.meant_by(one.target) is record), links[0] if links else None)
    if link is None:
        return tuple(_with_note(text, 0, record, here))
    found = [*_name(text, *link.label_span, record), Slot("link", *link.target_span)]
    front = _name(text, 0, link.start, record)
    found += [slot for slot in front if slot.part == "number" and not any(one.part == "number" for one in found)]
    if any(slot.part in ("title", "file") for slot in found):
        found += _note(text, link.end, len(text), here)
    else:
        gap = _GAP.match(text, link.end)
        found += _with_note(text, gap.end() if gap else link.end, record, here)
    if not any(slot.part == "status" and _DATE.search(text, slot.start, slot.end) for slot in found):
        found += [
            Slot("date", *match.span())
            for start, end in ((0, link.start), (link.end, len(text)))
            for match in [_DATE.search(text, start, end)]
            if match and not any(slot.start < match.end() and match.start() < slot.end for slot in found)
        ][:1]
    return tuple(sorted(found, key=lambda slot: slot.start))


def is_title(text: str, record: DecisionRecord) -> bool:
    """Tell whether a Markdown text says the record's title, with or without its number, however it is marked up."""
    return bool(record.title) and _says(text, record.title or "")


@lru_cache(maxsize=4_096)  # a row is looked at by several steps
def _says(text: str, title: str) -> bool:
    if text == escaped(title):
        return True
    folded = fold(title)
    return fold(plain(text)) == folded or fold(read_heading(text).title or "") == folded


def is_name_of(text: str, record: DecisionRecord) -> bool:
    """Tell whether a text is the name of the record's file, with or without its extension, or of its own folder."""
    name = record.path.rsplit("/", 1)[-1]
    return text == name or (name.startswith(text) and text == stem(name)) or text == file_or_folder(record.path)


def escaped(text: str) -> str:
    """Return a plain text of someone else as inline Markdown that says just that, on one line and inside a table."""
    if _HARMLESS.fullmatch(text):
        return text
    text = " ".join(_UNSEEN.sub(" ", text).split())
    text = _ENTITY.sub("&amp;", text).replace("<", "\0lt;")
    return _MARKUP.sub(r"\\\g<0>", text).replace("\0", "&")


def _with_note(text: str, start: int, record: DecisionRecord, here: Here) -> list[Slot]:
    """Return title (and number) in the rest of a text, and a status behind it that is no part of the title."""
    if is_title(text[start:].strip(), record):
        return _name(text, start, len(text), record)
    note = _note(text, start, len(text), here)
    return [*_name(text, start, note[0].start if note else len(text), record), *note]


def _note(text: str, start: int, end: int, here: Here) -> list[Slot]:
    match = _NOTE.search(text, max(start, end - _MOST_NOTE), end)
    if match is None:
        return []
    first = _FIRST_WORDS.match(plain(match["word"]))
    words = (first[0], first[0].split(" ")[0]) if first else ()
    if not any(fold(word) in here.vocabulary.statuses for word in (*words, plain(match["word"]))):
        return []
    return [Slot("status", match.start(), match.end("close"), match["open"], match["close"])]


def _name(text: str, start: int, end: int, record: DecisionRecord) -> list[Slot]:
    """Return number and title, or file name, in a stretch of a text."""
    piece = text[start:end]
    if not piece.strip():
        return []
    start, end = start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
    is_whole = is_title(text[start:end], record) and not date_before(text[start:end])
    if start < end and is_whole and not _numbered(text[start:end], record):
        return [Slot("title", start, end)]
    if lead := _edge(text[start:end]):
        start, end = start + lead, end - _edge(text[start + lead : end][::-1])
    piece = text[start:end]
    if not _LETTER.search(piece):
        return []
    if is_name_of(piece, record):
        return [Slot("file", start, end)]
    if dated := date_before(piece):
        return [Slot("lead", start, start + len(dated.date)), *_name(text, start + dated.end, end, record)]
    number = None if record.title and fold(plain(piece)) == fold(record.title) else _numbered(piece, record)
    if number is None:
        return [Slot("title", start, end)]
    found = [Slot("number", start + number.start("number"), start + number.end("number"))]
    rest = start + number.end()
    if _LETTER.search(text, rest, end):
        found.append(Slot("file" if is_name_of(text[rest:end], record) else "title", rest, end))
    return found


def _numbered(piece: str, record: DecisionRecord) -> re.Match[str] | None:
    """Return the number at the beginning of a text: the record's own, or one that can be nothing but another's."""
    if record.number is None:
        return None
    if not record.number.isdigit():
        series = _SERIES.match(piece)
        return series if series and series["number"].casefold() == record.number.casefold() else None
    match = _NUMBER.match(piece)
    if match is None:
        return None
    is_named = fold(match["lead"].strip("[-_ #.")) in _LEADS or match["number"].startswith("0")
    is_set_off = bool(match["sep"].strip()) or match.end() == len(piece)
    if int(match["number"]) == int(record.number):
        return match if is_set_off or match["lead"] or is_named else None
    return match if is_named and is_set_off else None


def _edge(text: str) -> int:
    match = _TRIM.match(text)
    return match.end() if match else 0
