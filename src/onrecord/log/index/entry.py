"""One entry of a list of records: which record it means, and where in it number, title, link, status and date stand."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from onrecord.log.index.names import date_before, file_or_folder, stem
from onrecord.markdown import plain
from onrecord.record.identity import read_heading
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.record import DecisionRecord, Vocabulary

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
_VIEW = re.compile(r"https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw)/[^/]+/(?P<path>.+)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Here(NamedTuple):
    """Where a list stands and what is known around it.

    `path` is the index file, `records` are those of the log; `exists` answers for a path relative to the repository.
    """

    path: str
    records: tuple[DecisionRecord, ...]
    exists: Callable[[str], bool]
    vocabulary: Vocabulary

    def resolve(self, target: str) -> str:
        """Return the path a link leads to, relative to the repository; empty for an address or an anchor."""
        text = unquote(re.split(r"[#?]", target.strip("<>"), maxsplit=1)[0]).replace("\\", "/")
        if view := _VIEW.fullmatch(text):
            return posixpath.normpath(view["path"])
        if not text or _ABSOLUTE.match(text):
            return ""
        folder = "" if text.startswith("/") else posixpath.dirname(self.path)
        path = posixpath.normpath(posixpath.join(folder, text.lstrip("/")))
        return "" if path.startswith("..") else path


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


def meant_by(target: str, here: Here) -> DecisionRecord | None:
    """Return the record that a link leads to, with or without its extension, in this repository or on a site made of it."""
    path = here.resolve(target)
    if path:
        names = (path, *(f"{path}{end}" for end in (".md", ".mdx", "/README.md", "/index.md")))
        exact = next((one for name in names for one in here.records if one.path == name), None)
        if exact or not target.startswith("/"):
            return exact
    name = stem(unquote(re.split(r"[#?]", target.strip("<>"), maxsplit=1)[0]).rstrip("/"))
    found = [one for one in here.records if stem(one.path) == name and re.search(r"\d", name)]
    return found[0] if len(found) == 1 else None


def slots_of(text: str, record: DecisionRecord, here: Here) -> tuple[Slot, ...]:
    """Return the parts of an entry for this record that can be found in its text, in order."""
    links = list(find_links(text))
    link = next((one for one in links if meant_by(one.target, here) is record), links[0] if links else None)
    if link is None:
        return tuple(_with_note(text, 0, record, here))
    found = [*_name(text, *link.label_span, record), Slot("link", *link.target_span)]
    front = _name(text, 0, link.start, record)
    found += [slot for slot in front if slot.part == "number" and not any(one.part == "number" for one in found)]
    if any(slot.part in ("title", "file") for slot in found):
        found += _note(text, link.end, len(text), here)
    else:
        gap = re.match(r"[\s:–—|-]*", text[link.end :])
        found += _with_note(text, link.end + (gap.end() if gap else 0), record, here)
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
    if not record.title:
        return False
    return text == escaped(record.title) or fold(record.title) in (
        fold(plain(text)),
        fold(read_heading(text).title or ""),
    )


def is_name_of(text: str, record: DecisionRecord) -> bool:
    """Tell whether a text is the name of the record's file, with or without its extension, or of its own folder."""
    return text in (record.path.rsplit("/", 1)[-1], stem(record.path), file_or_folder(record.path))


def escaped(text: str) -> str:
    """Return a plain text of someone else as inline Markdown that says just that, on one line and inside a table."""
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+", " ", text)
    text = " ".join(text.split())
    text = re.sub(r"&(?=#?\w{1,32};)", "&amp;", text).replace("<", "\0lt;")
    text = re.sub(r"[\\`*\[\]|{}~]|(?<!\w)_|_(?!\w)|(?<=<)!", lambda match: f"\\{match[0]}", text)
    return text.replace("\0", "&")


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
    first = re.match(r"[^\W\d_]+(?:[- ][^\W\d_]+)?", plain(match["word"]))
    words = (first[0], first[0].split(" ")[0]) if first else ()
    if not any(fold(word) in here.vocabulary.statuses for word in (*words, plain(match["word"]))):
        return []
    return [Slot("status", match.start(), match.end("close"), match["open"], match["close"])]


def _name(text: str, start: int, end: int, record: DecisionRecord) -> list[Slot]:
    """Return number and title, or file name, in a stretch of a text."""
    start, end = start + _edge(text[start:end], r"\s*"), end - _edge(text[start:end][::-1], r"\s*")
    is_whole = is_title(text[start:end], record) and not date_before(text[start:end])
    if start < end and is_whole and not _numbered(text[start:end], record):
        return [Slot("title", start, end)]
    lead = _edge(text[start:end], _TRIM.pattern)
    start, end = start + lead, end - _edge(text[start + lead : end][::-1], _TRIM.pattern if lead else r"\s*")
    piece = text[start:end]
    if not re.search(r"\w", piece):
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
    if re.search(r"\w", text[rest:end]):
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


def _edge(text: str, pattern: str) -> int:
    match = re.match(pattern, text)
    return match.end() if match else 0
