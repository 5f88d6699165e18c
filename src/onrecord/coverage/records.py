"""What a report asks of each record: was a decision taken in it, over what, by whom, and which pull requests it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.record.draft_hash import KEY, is_untouched
from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.check import ReadFile
    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord

# What was accepted once stays decided, whatever replaced it later.
DECIDED = frozenset(("accepted", "superseded", "deprecated"))
OPEN = frozenset(("proposed", "draft"))
UNTOUCHED = "nobody has edited the draft"
_KEY = r"(?:implemented[-_ ]by|implementations?|pull[-_ ]requests?|prs?)"
_FIELD = re.compile(rf"\W*{_KEY}\W*:(?P<value>.{{0,500}})", re.IGNORECASE)
_NAME = re.compile(_KEY, re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w/])#(?P<number>\d{1,9})\b|/pull/(?P<pull>\d{1,9})\b|^\s*(?P<alone>\d{1,9})\s*$")


_SLUG = re.compile(r"(?<![\w./-])\d{2,8}[-_]\w[\w-]{5,150}(?![\w/-])")


class Added(NamedTuple):
    """When a record came into the repository (ISO day), and the name of who committed it."""

    day: str
    author: str


class Known(NamedTuple):
    """A record under its id: its path, with the line it begins in where the file holds several.

    `lacks` says in words what keeps it from covering a pull request, empty when nothing does; `is_open` tells that
    all it lacks is to be accepted. `names` are the pull requests that it lists.
    """

    id: str
    record: DecisionRecord
    lacks: str
    is_open: bool
    names: tuple[int, ...]
    added: Added | None


def know(files: Iterable[ReadFile], added: Mapping[str, Added]) -> list[Known]:
    """Return the records among some files, in order of their paths; `added` gives by path how they came."""
    read = [file for file in files if file.record.kind == "record"]
    paths = [file.record.path for file in read]
    several = {path for path in paths if paths.count(path) > 1}
    found = []
    for file in sorted(read, key=lambda one: (one.record.path, one.record.span)):
        record = file.record
        name = f"{record.path}:{record.span.start}" if record.path in several else record.path
        lacks = lacking(record)
        named = pulls_named(file.document, record)
        is_open = lacks == _not_accepted(record) and _status(record) in OPEN
        if _is_draft(file.document) and (is_open or not lacks):
            lacks = f"{lacks}, and {UNTOUCHED}" if lacks else UNTOUCHED
        found.append(Known(name, record, lacks, is_open, named, added.get(record.path)))
    return found


def _is_draft(document: Document) -> bool:
    """Tell whether a machine wrote all of it, and nobody has worked on it since."""
    data: Mapping[str, Any] = document.front_matter.data if document.front_matter else {}
    return KEY in data and is_untouched("\n".join(document.lines))


def lacking(record: DecisionRecord) -> str:
    """Return what keeps a record from being a decision on record, in words; empty when nothing does.

    Its owner is not asked for here: whoever approved or wrote it stands in.
    """
    if not record.decision:
        return "it states no decision"
    if not has_alternative(record):
        return "it names no alternative"
    return _not_accepted(record)


def has_alternative(record: DecisionRecord) -> bool:
    """Tell whether a record names a rival that was not taken, or says why there was none."""
    options = record.considered_options
    return bool(record.no_alternatives_reason) or len(options) > 1 or any(o.outcome == "rejected" for o in options)


def _not_accepted(record: DecisionRecord) -> str:
    status = _status(record)
    if status in DECIDED:
        return ""
    return "its status was not found" if status in ("", "unknown") else f"it is {status}, not accepted"


def _status(record: DecisionRecord) -> str:
    return record.status.value if record.status else ""


def pulls_named(document: Document, record: DecisionRecord) -> tuple[int, ...]:
    """Return the numbers of the pull requests a record lists as its implementation: in front matter or a line."""
    found: dict[int, None] = {}
    data: Mapping[str, Any] = document.front_matter.data if document.front_matter else {}
    for key, value in data.items():
        if isinstance(key, str) and _NAME.fullmatch(key):
            for one in value if isinstance(value, list) else [value]:
                found |= dict.fromkeys(_numbers(str(one)))
    for line in document.lines[record.span.start - 1 : record.span.end]:
        if match := _FIELD.fullmatch(line[:600]):
            found |= dict.fromkeys(_numbers(match["value"]))
    return tuple(found)


def numbers_listed(line: str) -> list[int]:
    """Return the numbers of pull requests that a line of a record may list: any with a mark, and a bare one behind the key."""
    match = _FIELD.fullmatch(line[:600])
    return _numbers(match["value"] if match else line)


def _numbers(text: str) -> list[int]:
    return [int(m["number"] or m["pull"] or m["alone"]) for m in _NUMBER.finditer(text[:500])]


class Paths:
    """Finds the records that a changed file is today."""

    def __init__(self, known: Sequence[Known], renamed: Mapping[str, str] = {}) -> None:
        """Sort records by path and by file name; `renamed` gives by a path that is gone the name it has today."""
        self._renamed_to = renamed
        self.by_path: dict[str, list[Known]] = {}
        self._by_name: dict[str, list[Known]] = {}
        self._by_slug: dict[str, list[Known]] = {}
        self._by_number: dict[tuple[str, str], list[Known]] = {}
        for one in known:
            self.by_path.setdefault(one.record.path, []).append(one)
            self._by_name.setdefault(_name_of(one.record.path), []).append(one)
            self._by_slug.setdefault(_slug_of(one.record.path), []).append(one)
            if number := number_in_path(one.record.path):
                self._by_number.setdefault((one.record.path.rpartition("/")[0], number), []).append(one)

    def at(self, path: str) -> Sequence[Known]:
        """Return the records at a path; else where git says it was renamed to; else those of its file name, or its number."""
        if found := self.by_path.get(path) or self.by_path.get(self._renamed_to.get(path, "")):
            return found
        name = _name_of(path)
        if name.casefold().startswith(("readme.", "index.")):
            return ()
        moved = self._by_name.get(name) or self._renamed(path)
        return moved if len({one.record.path for one in moved}) == 1 else ()

    def named_in(self, text: str) -> list[Known]:
        """Return the records whose own names stand in a text: "2026-06-18-lib-modules", "0012-count-calls"."""
        found = (self._by_slug.get(name, ()) for name in dict.fromkeys(_SLUG.findall(text)))
        return [some[0] for some in found if len(some) == 1]

    def _renamed(self, path: str) -> list[Known]:
        """Return the record of the same folder and number whose file name shares a word: a number may be given again."""
        number = number_in_path(path)
        same = self._by_number.get((path.rpartition("/")[0], number), []) if number else []
        return [one for one in same if _words(path) & _words(one.record.path)]


def _words(path: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", _name_of(path).rpartition(".")[0].casefold()))


def _slug_of(path: str) -> str:
    """Return what a record is called by its place: the stem of its file, or its folder where that holds a README."""
    *folders, name = path.split("/")
    stem = name.rpartition(".")[0]
    return folders[-1] if folders and stem.casefold() in ("readme", "index") else stem


def _name_of(path: str) -> str:
    return path.rsplit("/", 1)[-1]
