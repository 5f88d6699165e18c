"""Which record of the same log a text in a record means: "ADR-12", "0012-x.md", "../a.md", "/adr/32", "ADR 0032"."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from onrecord.log.homes import home_of
from onrecord.log.links import has_number
from onrecord.record.folders import in_records_folder
from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from onrecord.record import DecisionRecord

Reason: TypeAlias = Literal["no such number", "no such file", "elsewhere"]

_NUMBERED = re.compile(r"\[?(?:(?P<series>[A-Za-z][A-Za-z_-]{0,15}?)[-_ #]{0,3})?(?P<number>\d{1,5})\]?")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|//|#", re.IGNORECASE)
_UNFILLED = re.compile(r"[<>{}*…]|yyyy|xxx|nnn|example", re.IGNORECASE)
_FILE = re.compile(r"\.(?:mdx?|markdown|mdown|rst|adoc)$", re.IGNORECASE)
_PREFIX = re.compile(r"[A-Za-z]+(?=[-_ .#]*\d)")
_LOCALE = re.compile(r"\.[a-z]{2}(?:-[A-Z]{2})?(?=\.)")
_ASIDE = re.compile(r"histor|archiv|\bold\b|outdated|supersed|retired|deprecat|legacy|obsolete|rejected", re.IGNORECASE)
_USUAL = frozenset(("adr", "ad", "dr"))  # what any log's records are called


class Log(NamedTuple):
    """Many records and what is known of the files around them; `home` gives the folder of records each one lives in.

    `exists` answers for a path relative to the repository. `folders` were looked through whole ("" is all of it), and
    `unread` are the files in them that were left out: only then can a number be said to be missing.
    """

    records: tuple[DecisionRecord, ...]
    by_path: dict[str, list[DecisionRecord]]
    by_home: dict[str, list[DecisionRecord]]
    exists: Callable[[str], bool]
    folders: tuple[str, ...]
    unread: tuple[str, ...]


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
    return _only([one for one in _neighbors(record, log) if _stem(one.path) == last.casefold()]) or "elsewhere"


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
    around = [one for one in _neighbors(record, log) if _fits(series, one, record)]
    found = [one for one in around if has_number(one, number)]
    folder = posixpath.dirname(record.path)
    beside = [one for one in found if posixpath.dirname(one.path) == folder]
    if one := _only(beside) or _only(found):
        return one
    home = log_of(record.path)
    if found or not around or not series or not is_whole(home, log.folders):
        return "elsewhere"  # a number alone may be that of anything
    if series != series_of(around[0]) and not (series == "adr" and series_of(around[0]) == ""):
        return "elsewhere"
    others = [one.path for one in log.by_home[home] if one.kind != "record"]
    taken = (_digits(number_in_path(path)) for path in (*others, *log.unread))
    return "elsewhere" if int(number) in taken else "no such number"


def _fits(series: str, one: DecisionRecord, record: DecisionRecord) -> bool:
    """Tell whether a record can be meant by a number of this series in `record`."""
    if one.number is None:
        return False
    own = series_of(one)
    if not one.number.isdigit():
        return series == own or (series in _USUAL and own == series_of(record))
    if series in _USUAL:
        return own in _USUAL or own in ("", "decision", series_of(record))
    return series in ("", own) or (not own and series in re.split(r"[-_/s]", home_of(one.path).casefold()))


def _by_file(path: str, record: DecisionRecord, log: Log) -> DecisionRecord | Reason:
    folder = "" if path.startswith("/") else posixpath.dirname(record.path)
    target = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    if target in log.by_path:
        return _only([one for one in log.by_path[target] if one.kind == "record"]) or "elsewhere"
    if log.exists(target):
        return "elsewhere"
    name = target.rsplit("/", 1)[-1]
    named = [one for one in log.records if one.path.rsplit("/", 1)[-1].casefold() == name.casefold()]
    if named:  # it was moved
        return _only([one for one in named if one.kind == "record"]) or "elsewhere"
    number = number_in_path(name)  # it may have been given another title since
    renamed = [one for one in _neighbors(record, log) if number and one.number == number and _shares_word(one, name)]
    if renamed:
        return _only(renamed) or "elsewhere"
    beside = any(posixpath.dirname(one.path) == posixpath.dirname(target) for one in log.records)
    return "no such file" if beside and not path.startswith("/") else "elsewhere"


def _neighbors(record: DecisionRecord, log: Log) -> list[DecisionRecord]:
    """Return the other records of the same home; translations of the record itself are no others."""
    own = _LOCALE.sub("", record.path)
    found = log.by_home.get(log_of(record.path), ())
    return [one for one in found if one.kind == "record" and (one is record or _LOCALE.sub("", one.path) != own)]


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
