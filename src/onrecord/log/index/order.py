"""The order of a list of records, kept when rows come in, and the marks in front of its items."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.log.index.match import value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onrecord.log.index.listing import Listing, Row
    from onrecord.log.index.match import Placed
    from onrecord.record import DecisionRecord

_Value: TypeAlias = Any  # None, or what compares with other values of the same key
_Key: TypeAlias = "Callable[[DecisionRecord | None], _Value]"


def marked(listing: Listing, rows: Sequence[Placed]) -> Iterator[Row]:
    """Give each row of a list what stands in front of it: the usual bullet, or its number as it is counted there."""
    marks = Counter(re.sub(r"\d+", "0", one.row.mark) for one in rows if one.row.mark)
    usual = marks.most_common(1)[0][0] if marks else "* "
    counted = _counting(listing, rows)
    for i, one in enumerate(rows):
        if listing.kind == "numbers":
            yield one.row._replace(mark=re.sub(r"\d+", counted(i, one), one.row.mark or usual))
        else:
            yield one.row if one.row.mark or listing.kind == "table" else one.row._replace(mark=usual)


def _counting(listing: Listing, rows: Sequence[Placed]) -> Callable[[int, Placed], str]:
    """Return how the items of a list are counted: all the same, by the records' own numbers, or one after the other."""
    there = [(int(digits[0]), one.record) for one in rows for digits in [re.search(r"\d+", one.row.mark)] if digits]
    numbers = [number for number, _ in there]
    if len(numbers) > 1 and len(set(numbers)) == 1:
        return lambda _i, _one: str(numbers[0])
    if there and all(record is not None and number == value_of(record) for number, record in there):
        start = numbers[0]
        return lambda i, one: str(start + i if one.record is None or (value := value_of(one.record)) is None else value)
    first = re.search(r"\d+", listing.rows[0].mark) if listing.rows else None
    begin = int(first[0]) if first else 1
    return lambda i, _one: str(begin + i)


def merged(rows: Sequence[Placed], new: Sequence[Placed]) -> list[Placed]:
    """Put new rows among those that are there, in the order these have; rows of no record stay behind the one above."""
    out = list(rows)
    key, descending = _order(rows)
    for one in sorted(new, key=lambda placed: _sort_key(placed.record), reverse=descending):
        out.insert(_place(out, one, key, descending), one)
    return out


def _order(rows: Sequence[Placed]) -> tuple[_Key | None, bool]:
    """Return by what the rows are sorted, and whether the last comes first; no key when they are in an order of their own."""
    records = [one.record for one in rows if one.record]
    if len(records) < 2:
        return _by_number, False
    for key in (_by_number, _by_path, _by_date, _by_title):
        values = [key(record) for record in records]
        if None in values:
            continue
        if values == sorted(values):
            return key, False
        if values == sorted(values, reverse=True):
            return key, True
    numbers = [value for record in records if (value := _by_number(record))]
    falling = sum(a > b for a, b in pairwise(numbers))
    return None, falling * 2 > len(numbers)


def _place(
    rows: Sequence[Placed],
    one: Placed,
    key: _Key | None,
    descending: bool,
) -> int:
    """Return where a new row goes in."""
    value = key(one.record) if key else None
    if key is not None and value is not None:
        for i, other in enumerate(rows):
            there = key(other.record) if other.record else None
            if there is not None and (there < value if descending else there > value):
                return i
        return _end(rows)
    own = _sort_key(one.record)
    beside = [
        (_sort_key(other.record), i) for i, other in enumerate(rows) if other.record and _folder(other) == _folder(one)
    ]
    before = [pair for pair in beside if (pair[0] > own if descending else pair[0] < own)]
    if not before:
        return min((i for _, i in beside), default=_end(rows)) if beside else _end(rows)
    at = (min(before) if descending else max(before))[1] + 1
    while at < len(rows) and rows[at].record is None:
        at += 1
    return at


def _end(rows: Sequence[Placed]) -> int:
    return len(rows)


def _folder(one: Placed) -> str:
    return posixpath.dirname(one.record.path) if one.record else ""


def _sort_key(record: DecisionRecord | None) -> tuple[str, int, str]:
    return (posixpath.dirname(record.path), value_of(record) or 0, record.path) if record else ("", 0, "")


def _by_number(record: DecisionRecord | None) -> _Value:
    value = value_of(record) if record else None
    return None if value is None or record is None else (re.sub(r"\d+$", "", record.number or ""), value)


def _by_path(record: DecisionRecord | None) -> _Value:
    return record.path if record else None


def _by_date(record: DecisionRecord | None) -> _Value:
    return record.date if record and record.date else None


def _by_title(record: DecisionRecord | None) -> _Value:
    return record.title.casefold() if record and record.title else None
