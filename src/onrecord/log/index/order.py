"""The order of a list of records, kept when rows come in, and the marks in front of its items."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.log.index.match import value_of
from onrecord.log.index.names import date_in_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onrecord.log.index.listing import Listing, Row
    from onrecord.log.index.match import Placed
    from onrecord.record import DecisionRecord

_Value: TypeAlias = Any  # None, or what compares with other values of the same key
_Key: TypeAlias = "Callable[[Placed], _Value]"

_MOSTLY = 0.9


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
    """Return by what the rows are sorted, and whether the last comes first; no key when they are in an order of their own.

    In a long list a few rows may stand elsewhere: of neighbors, nine of ten are in order.
    """
    known = [one for one in rows if one.record]
    if len(known) < 2:
        return _by_number, False
    columns = [
        (key, [key(one) for one in known]) for key in (_by_number, _by_path, _by_day, _by_date, _by_lead, _by_title)
    ]
    columns = [(key, values) for key, values in columns if None not in values]
    for least in (1.0, _MOSTLY):
        for key, values in columns:
            for descending in (False, True):
                pairs = list(pairwise(reversed(values) if descending else values))
                if sum(a <= b for a, b in pairs) >= least * len(pairs):
                    return key, descending
    numbers = [value for one in known if (value := _by_number(one))]
    falling = sum(a > b for a, b in pairwise(numbers))
    return None, falling * 2 > len(numbers)


def _place(
    rows: Sequence[Placed],
    one: Placed,
    key: _Key | None,
    descending: bool,
) -> int:
    """Return where a new row goes in."""
    value = key(one) if key else None
    if key is not None and value is not None:
        return _sorted_in(rows, value, key, descending)
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


def _sorted_in(rows: Sequence[Placed], value: _Value, key: _Key, descending: bool) -> int:
    """Return the last place with the fewest rows on the wrong side of it, before a row of the list."""
    wrong = best = 0
    at = None
    for i, other in enumerate(rows):
        there = key(other) if other.record else None
        if there is None or there == value:
            continue
        is_before = there > value if descending else there < value
        if is_before:
            wrong -= 1
        else:
            if wrong <= best:
                best, at = wrong, i
            wrong += 1
    return _end(rows) if wrong <= best or at is None else at


def _folder(one: Placed) -> str:
    return posixpath.dirname(one.record.path) if one.record else ""


def _sort_key(record: DecisionRecord | None) -> tuple[str, int, str]:
    return (posixpath.dirname(record.path), value_of(record) or 0, record.path) if record else ("", 0, "")


def _by_number(one: Placed) -> _Value:
    value = value_of(one.record) if one.record else None
    return None if value is None or one.record is None else (re.sub(r"\d+$", "", one.record.number or ""), value)


def _by_path(one: Placed) -> _Value:
    return one.record.path if one.record else None


def _by_day(one: Placed) -> _Value:
    return date_in_name(one.record.path) if one.record else None


def _by_date(one: Placed) -> _Value:
    return one.record.date if one.record and one.record.date else None


def _by_lead(one: Placed) -> _Value:
    lead = re.search(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", one.row.cells[0])
    return lead[0] if lead else None


def _by_title(one: Placed) -> _Value:
    return one.record.title.casefold() if one.record and one.record.title else None
