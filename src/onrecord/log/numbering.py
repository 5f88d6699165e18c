"""Numbers of records within their series."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onrecord.record import DecisionRecord

_NAME = re.compile(r"(?P<series>[A-Za-z_ -]*)(?P<number>\d+)")
_DATE = re.compile(r"(?:\d{14}|\d{12}|\d{8}|\d{4}[-_.]\d{2}[-_.]\d{2})(?:[-_. ]+|$)")
_PAGE = re.compile(r"(?:readme|index)\.\w+", re.IGNORECASE)
_FEW = 10  # names, for which it is quicker to look at those of the others alone that hold one of their numbers
_VARIANT = re.compile(r"(?:[-_.](?:new|old|draft|v\d+|[a-z]{2}(?:-[A-Z]{2})?))+$")


def same_number(records: Iterable[DecisionRecord]) -> list[list[DecisionRecord]]:
    """Return the groups of records that share folder, series and written number, in order of their paths.

    Translations (`0001-x.de.md`), variants of one name (`0001-x-new.md`) and other paddings are other series.
    """
    groups: dict[tuple[str, str], dict[str, DecisionRecord]] = {}
    for record in sorted(records, key=lambda r: r.path):
        if key := written_number(record):
            groups.setdefault(key, {}).setdefault(_stem(record.path), record)
    return [list(group.values()) for group in groups.values() if len(group) > 1]


def numbers_beside(folder: str, names: Collection[str], others: Collection[str]) -> set[str]:
    """Return the paths of those names in a folder beside which another file may have the same number, by its name alone."""
    written = _written(folder, names)
    if len(written) < _FEW:
        numbers = {match["number"] for match in written.values()}
        others = {name for number in numbers for name in others if number in name}
    stems: dict[str, set[str]] = {}
    for path, match in _written(folder, others).items():
        stems.setdefault(match[0].casefold(), set()).add(_stem(path))
    return {path for path, match in written.items() if stems.get(match[0].casefold(), set()) - {_stem(path)}}


def _written(folder: str, names: Iterable[str]) -> dict[str, re.Match[str]]:
    paths = (posixpath.join(folder, name) for name in names)
    return {path: match for path in paths if (match := _NAME.match(_split(path)[1]))}


def written_number(record: DecisionRecord) -> tuple[str, str] | None:
    """Return folder, and series with number as the file name has them ("adr-0012"); None for what is not numbered."""
    folder, name = _split(record.path)
    written = _NAME.match(name)
    if record.kind != "record" or record.number is None or written is None:
        return None
    return folder, written[0].casefold()


class Counting(NamedTuple):
    """How most files of a log are numbered: in which folder and series, with how many digits, and how far."""

    place: tuple[str, str]
    width: int
    highest: int

    def following(self, highest: int = 0) -> str:
        """Return the number behind the highest, which may be a later one."""
        return str(max(self.highest, highest) + 1).zfill(self.width)


def next_number(records: Iterable[DecisionRecord], taken: Iterable[str] = ()) -> str | None:
    """Return the next free number of a log as a file name has it ("0013"), None where files are not numbered.

    It counts on in the folder and series that most of the records are in. `taken` are paths of other files, such as on
    other branches; those of other folders and series do not count.
    """
    found = counting(records, taken)
    return found.following() if found else None


def next_beginning(records: Iterable[DecisionRecord]) -> str:
    """Return what the name of the next file of a log begins with ("adr-013"), empty where files are not numbered."""
    known = list(records)
    found = counting(known)
    if found is None:
        return ""
    names = (_NAME.match(_split(one.path)[1]) for one in known if place_of_number(one.path) == found.place)
    series = Counter(match["series"] for match in names if match)
    return series.most_common(1)[0][0] + found.following()


def counting(records: Iterable[DecisionRecord], taken: Iterable[str] = ()) -> Counting | None:
    """Return how a log counts, `taken` as in `next_number`; None where files are not numbered."""
    paths = [record.path for record in records if record.kind == "record"]
    of_paths = [place_of_number(path) for path in paths]
    places = Counter(place for place in of_paths if place)
    if not places:
        return None
    home = min(places, key=lambda place: (-places[place], place))
    numbers = [digits_in(path) for path, place in zip(paths, of_paths, strict=True) if place == home]
    padded = Counter(len(number) for number in numbers if number.startswith("0"))
    width = min(padded, key=lambda one: (-padded[one], one)) if padded else 1
    others = (digits_in(path) for path in taken if place_of_number(path) == home)
    return Counting(home, width, max(int(number) for number in (*numbers, *others)))


def place_of_number(path: str) -> tuple[str, str] | None:
    """Return folder and series of a numbered file."""
    folder, name = _split(path)
    match = _NAME.match(name)
    return (folder, match["series"].casefold()) if match and number_in_path(path) else None


def digits_in(path: str) -> str:
    """Return the number of a numbered file as its name has it."""
    match = _NAME.match(_split(path)[1])
    return match["number"] if match else ""


def bearer(path: str) -> tuple[str, str]:
    """Return folder and name of what bears a record's number: its file, or the folder of `0007-x/README.md`."""
    folder, _, name = path.rpartition("/")
    if folder and _PAGE.fullmatch(name):
        folder, _, name = folder.rpartition("/")
    return folder, name


def _stem(path: str) -> str:
    return _VARIANT.sub("", _split(path)[1].rsplit(".", 1)[0]).casefold()


def _split(path: str) -> tuple[str, str]:
    """Return folder and name, without the date that some begin with (`2021-06-05_001-x.md`)."""
    folder, name = bearer(path)
    return folder, _DATE.sub("", name) if _DATE.match(name) else name
