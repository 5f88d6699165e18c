"""The order of a list of records, kept when rows come in, and the marks in front of its items."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.log.index.names import date_in_name, value_of
from onrecord.log.index.places import Chain, FolderPlaces, KeyedPlaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onrecord.log.index.listing import Listing, Row
    from onrecord.log.index.match import Placed
    from onrecord.record import DecisionRecord

_Value: TypeAlias = Any  # None, or what compares with other values of the same key
_Key: TypeAlias = "Callable[[Placed], _Value]"

_MOSTLY = 0.9
_DIGITS = re.compile(r"\d+")
_LAST_DIGITS = re.compile(r"\d+$")
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def marked(listing: Listing, rows: Sequence[Placed]) -> Iterator[Row]:
    """Give each row of a list what stands in front of it: the usual bullet, or its number as it is counted there."""
    marks: Counter[str] = Counter()
    for mark, count in Counter(one.row.mark for one in rows if one.row.mark).items():
        marks[_DIGITS.sub("0", mark)] += count
    usual = marks.most_common(1)[0][0] if marks else "* "
    if listing.kind != "numbers":
        for one in rows:
            yield one.row if one.row.mark or listing.kind == "table" else one.row._replace(mark=usual)
        return
    counted = _counting(listing, rows)
    for i, one in enumerate(rows):
        yield one.row._replace(mark=_DIGITS.sub(counted(i, one), one.row.mark or usual))


def _counting(listing: Listing, rows: Sequence[Placed]) -> Callable[[int, Placed], str]:
    """Return how the items of a list are counted: all the same, by the records' own numbers, or one after the other."""
    there = [(int(digits[0]), one.record) for one in rows for digits in [_DIGITS.search(one.row.mark)] if digits]
    numbers = [number for number, _ in there]
    if len(numbers) > 1 and len(set(numbers)) == 1:
        return lambda _i, _one: str(numbers[0])
    if there and all(record is not None and number == value_of(record) for number, record in there):
        start = numbers[0]
        return lambda i, one: str(start + i if one.record is None or (value := value_of(one.record)) is None else value)
    first = _DIGITS.search(listing.rows[0].mark) if listing.rows else None
    begin = int(first[0]) if first else 1
    return lambda i, _one: str(begin + i)


def merged(rows: Sequence[Placed], new: Sequence[Placed]) -> list[Placed]:
    """Put new rows among those that are there, in the order these have; rows of no record stay behind the one above."""
    if not new:
        return list(rows)
    key, descending = _order(rows)
    chain = Chain(rows)
    values = [key(one) if key else None for one in new]
    there = [key(one) if key and one.record else None for one in rows]
    by_value = KeyedPlaces(chain, there, values, descending)
    by_folder = FolderPlaces(chain, [_sort_key(one.record) if one.record else None for one in rows], descending)
    keyed = [(_sort_key(one.record), value, one) for one, value in zip(new, values, strict=True)]
    for own, value, one in sorted(keyed, key=lambda each: each[0], reverse=descending):
        node = by_folder.insert(one, own) if value is None else by_value.insert(one, value)
        by_folder.note(own, node)
    return list(chain.rows())


def _order(rows: Sequence[Placed]) -> tuple[_Key | None, bool]:
    """Return by what the rows are sorted, and whether the last comes first; no key when they are in an order of their own.

    In a long list a few rows may stand elsewhere: of neighbors, nine of ten are in order.
    """
    known = [one for one in rows if one.record]
    if len(known) < 2:
        return _by_number, False
    read: dict[_Key, list[_Value]] = {}
    for least in (1.0, _MOSTLY):
        for key in (_by_number, _by_path, _by_day, _by_date, _by_lead, _by_title):
            values = read[key] if key in read else read.setdefault(key, [key(one) for one in known])
            if None in values:
                continue
            for descending in (False, True):
                pairs = list(pairwise(reversed(values) if descending else values))
                if sum(a <= b for a, b in pairs) >= least * len(pairs):
                    return key, descending
    numbers = [value for value in read[_by_number] if value]
    falling = sum(a > b for a, b in pairwise(numbers))
    return None, falling * 2 > len(numbers)


def _sort_key(record: DecisionRecord | None) -> tuple[str, int, str]:
    return (posixpath.dirname(record.path), value_of(record) or 0, record.path) if record else ("", 0, "")


def _by_number(one: Placed) -> _Value:
    value = value_of(one.record) if one.record else None
    return None if value is None or one.record is None else (_LAST_DIGITS.sub("", one.record.number or ""), value)


def _by_path(one: Placed) -> _Value:
    return one.record.path if one.record else None


def _by_day(one: Placed) -> _Value:
    return date_in_name(one.record.path) if one.record else None


def _by_date(one: Placed) -> _Value:
    return one.record.date if one.record and one.record.date else None


def _by_lead(one: Placed) -> _Value:
    lead = _DAY.search(one.row.cells[0])
    return lead[0] if lead else None


def _by_title(one: Placed) -> _Value:
    return one.record.title.casefold() if one.record and one.record.title else None
