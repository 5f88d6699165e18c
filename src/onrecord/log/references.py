"""Which record of the same log a text in a record means: "ADR-12", "0012-x.md", "../a.md", "/adr/32", "ADR 0032"."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar
from urllib.parse import unquote

from onrecord.log.homes import home_of
from onrecord.record.folders import in_records_folder
from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.record import DecisionRecord

_T = TypeVar("_T")
Reason: TypeAlias = Literal["no such number", "no such file", "elsewhere"]

_NUMBERED = re.compile(r"\[?(?:(?P<series>[A-Za-z][A-Za-z_-]{0,15}?)[-_ #]{0,3})?(?P<number>\d{1,5})\]?")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_UNFILLED = re.compile(r"[<>{}*…]|yyyy|xxx|nnn|example", re.IGNORECASE)
_FILE = re.compile(r"\.(?:mdx?|markdown|mdown|rst|adoc)$", re.IGNORECASE)
_PREFIX = re.compile(r"[A-Za-z]+(?=[-_ .#]*\d)")
_LOCALE = re.compile(r"\.[a-z]{2}(?:-[A-Z]{2})?(?=\.)")
_ASIDE = re.compile(r"histor|archiv|\bold\b|outdated|supersed|retired|deprecat|legacy|obsolete|rejected", re.IGNORECASE)
_USUAL = frozenset(("adr", "ad", "dr"))  # what any log's records are called


_Kind: TypeAlias = tuple[bool, str, str]  # of a number: is it a number alone, its series, and the home of its record


@dataclass(frozen=True)
class Log:
    """Many records and what is known of the files around them; `home` gives the folder of records each one lives in.

    `exists` answers for a path relative to the repository. `folders` were looked through whole ("" is all of it), and
    `unread` are the files in them that were left out: only then can a number be said to be missing. What is looked up
    often is sorted once, when it is first asked for: names are followed from every record.
    """

    records: tuple[DecisionRecord, ...]
    by_path: dict[str, list[DecisionRecord]]
    by_home: dict[str, list[DecisionRecord]]
    exists: Callable[[str], bool]
    folders: tuple[str, ...]
    unread: tuple[str, ...]

    @cached_property
    def by_digits(self) -> dict[tuple[str, int], list[DecisionRecord]]:
        """Return the records of each home by the digits that their numbers end with."""
        return self._sorted_by(lambda one: _digits(one.number))

    @cached_property
    def by_number(self) -> dict[tuple[str, str], list[DecisionRecord]]:
        """Return the records of each home by their number as it stands."""
        return self._sorted_by(lambda one: one.number)

    @cached_property
    def by_stem(self) -> dict[tuple[str, str], list[DecisionRecord]]:
        """Return the records of each home by the name of their file, in small letters and without its extension."""
        return self._sorted_by(lambda one: _stem(one.path))

    @cached_property
    def by_kind(self) -> dict[str, dict[_Kind, dict[str, list[DecisionRecord]]]]:
        """Return the numbered records of each home by the kind of their number, and by path without its language."""
        found: dict[str, dict[_Kind, dict[str, list[DecisionRecord]]]] = {}
        for home, records in self.by_home.items():
            for one in records:
                if one.kind == "record" and one.number is not None:
                    kinds = found.setdefault(home, {}).setdefault(_kind(one), {})
                    kinds.setdefault(_LOCALE.sub("", one.path), []).append(one)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[DecisionRecord]]:
        """Return the records by the name of their file, in small letters; none under that of another file."""
        found: dict[str, list[DecisionRecord]] = {}
        for one in self.records:
            found.setdefault(one.path.rsplit("/", 1)[-1].casefold(), []).extend([one] if one.kind == "record" else [])
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """Return the folders of all that was read."""
        return frozenset(posixpath.dirname(path) for path in self.by_path)

    @cached_property
    def taken(self) -> frozenset[tuple[str, int | None]]:
        """Return the digits of numbers that files which are no records have, each with their home."""
        others = (one.path for one in self.records if one.kind != "record")
        return frozenset((log_of(path), _digits(number_in_path(path))) for path in others)

    @cached_property
    def left_out(self) -> frozenset[int | None]:
        """Return the digits of numbers that files have which were not read."""
        return frozenset(_digits(number_in_path(path)) for path in self.unread)

    def _sorted_by(self, key: Callable[[DecisionRecord], _T | None]) -> dict[tuple[str, _T], list[DecisionRecord]]:
        found: dict[tuple[str, _T], list[DecisionRecord]] = {}
        for home, records in self.by_home.items():
            for one in records:
                if one.kind == "record" and (value := key(one)) is not None:
                    found.setdefault((home, value), []).append(one)
        return found


def make_log(
    records: Iterable[DecisionRecord],
    exists: Callable[[str], bool],
    folders: Iterable[str] = (),
    unread: Iterable[str] = (),
) -> Log:
    """Sort records by path and home, so that names can be followed among them."""
    ordered = tuple(sorted(records, key=lambda record: (record.path, record.span)))
    by_path: dict[str, list[DecisionRecord]] = {}
    by_home: dict[str, list[DecisionRecord]] = {}
    for record in ordered:
        by_path.setdefault(record.path, []).append(record)
        by_home.setdefault(log_of(record.path), []).append(record)
    return Log(ordered, by_path, by_home, exists, tuple(folders), tuple(unread))


def follow(text: str, record: DecisionRecord, log: Log) -> DecisionRecord | Reason:
    """Return the record that a text in `record` names, else why there is none.

    "elsewhere" is whatever nobody can settle here: an address, an issue, another log, several records, a placeholder.
    """
    name = text.strip().strip("<>")
    if not name or _ADDRESS.match(name) or _UNFILLED.search(text):
        return "elsewhere"
    if mention := _NUMBERED.fullmatch(name):
        return _by_number((mention["series"] or "").casefold(), mention["number"], record, log)
    path = unquote(re.split(r"[#?]", name, maxsplit=1)[0]).replace("\\", "/")
    if _FILE.search(path):
        return _by_file(path, record, log)
    last = path.rstrip("/").rsplit("/", 1)[-1]
    if "/" in path and (site := _NUMBERED.fullmatch(re.sub(r"\.html?$", "", last))):
        return _by_number((site["series"] or "adr").casefold(), site["number"], record, log)
    return _only(_neighbors(record, log.by_stem.get((log_of(record.path), last.casefold()), ()))) or "elsewhere"


@lru_cache(maxsize=16_384)
def log_of(path: str) -> str:
    """Return the folder of the log a file belongs to: where old records are put aside, that is the one around it."""
    home = home_of(path)
    while "/" in home and _ASIDE.search(home.rsplit("/", 1)[-1]):
        home = home.rpartition("/")[0]
    return home


def is_whole(home: str, folders: Sequence[str]) -> bool:
    """Tell whether all files of a folder of records were read: one around it was looked through, and its name says it all.

    In a folder of another name, only files that look like records are read.
    """
    return in_records_folder(f"{home}/x") and any(
        folder in ("", home) or home.startswith(f"{folder}/") for folder in folders
    )


def series_of(record: DecisionRecord) -> str:
    """Return what stands before a record's number, in small letters: of the number itself ("api"), or of its file ("adr")."""
    if record.number and not record.number.isdigit():
        return re.split(r"[-_]?\d", record.number, maxsplit=1)[0].casefold()
    found = _PREFIX.match(record.path.rsplit("/", 1)[-1])
    return found[0].casefold() if found else ""


def _by_number(series: str, number: str, record: DecisionRecord, log: Log) -> DecisionRecord | Reason:
    home = log_of(record.path)
    numbered = _neighbors(record, log.by_digits.get((home, int(number)), ()))
    found = [one for one in numbered if _fits(series, _kind(one), record)]
    folder = posixpath.dirname(record.path)
    beside = [one for one in found if posixpath.dirname(one.path) == folder]
    if one := _only(beside) or _only(found):
        return one
    if found or not series or not is_whole(home, log.folders):
        return "elsewhere"  # a number alone may be that of anything
    first = _first_fitting(series, record, log)
    if first is None or (series != series_of(first) and not (series == "adr" and series_of(first) == "")):
        return "elsewhere"
    is_taken = (home, int(number)) in log.taken or int(number) in log.left_out
    return "elsewhere" if is_taken else "no such number"


def _first_fitting(series: str, record: DecisionRecord, log: Log) -> DecisionRecord | None:
    """Return the first of the other records that can be meant by a number of this series in `record`."""
    own, firsts = _LOCALE.sub("", record.path), []
    for kind, by_path in log.by_kind.get(log_of(record.path), {}).items():
        if _fits(series, kind, record):
            firsts += [group[0] for path, group in islice(by_path.items(), 2) if path != own]
            firsts += [one for one in by_path.get(own, ()) if one is record]
    return min(firsts, key=lambda one: (one.path, one.span), default=None)


def _kind(record: DecisionRecord) -> _Kind:
    return (record.number or "").isdigit(), series_of(record), home_of(record.path)


def _fits(series: str, kind: _Kind, record: DecisionRecord) -> bool:
    """Tell whether a record with such a number can be meant by a number of this series in `record`."""
    is_plain, own, home = kind
    if not is_plain:
        return series == own or (series in _USUAL and own == series_of(record))
    if series in _USUAL:
        return own in _USUAL or own in ("", "decision", series_of(record))
    return series in ("", own) or (not own and series in re.split(r"[-_/s]", home.casefold()))


def _by_file(path: str, record: DecisionRecord, log: Log) -> DecisionRecord | Reason:
    folder = "" if path.startswith("/") else posixpath.dirname(record.path)
    target = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if target in log.by_path:
        return _only([one for one in log.by_path[target] if one.kind == "record"]) or "elsewhere"
    if log.exists(target):
        return "elsewhere"
    name = target.rsplit("/", 1)[-1]
    if (named := log.by_name.get(name.casefold())) is not None:  # it was moved
        return _only(named) or "elsewhere"
    number = number_in_path(name)  # it may have been given another title since
    numbered = _neighbors(record, log.by_number.get((log_of(record.path), number), ())) if number else []
    renamed = [one for one in numbered if _shares_word(one, name)]
    if renamed:
        return _only(renamed) or "elsewhere"
    beside = posixpath.dirname(target) in log.places
    return "no such file" if beside and not path.startswith("/") else "elsewhere"


def _neighbors(record: DecisionRecord, found: Iterable[DecisionRecord]) -> list[DecisionRecord]:
    """Return those of these that are no translations of the record."""
    own = _LOCALE.sub("", record.path)
    return [one for one in found if one is record or _LOCALE.sub("", one.path) != own]


def _shares_word(record: DecisionRecord, name: str) -> bool:
    words, known = (
        set(re.findall(r"[^\W\d_]{4,}", one.rsplit(".", 1)[0].casefold()))
        for one in (name, record.path.rsplit("/", 1)[-1])
    )
    return bool(words & known) or not words


def _only(found: Sequence[DecisionRecord]) -> DecisionRecord | None:
    return found[0] if len(found) == 1 else None


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()


def _digits(number: str | None) -> int | None:
    found = re.search(r"\d+$", number or "")
    return int(found[0]) if found else None
