"""Dates as people write them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from onrecord.record.vocabulary import Vocabulary, fold

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?:T|\b)")
_YEAR_MONTH = re.compile(r"(?<![\d-])(\d{4})[-/](\d{1,2})(?![\d-])")
_NAMED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th|º|er|\.)?[\s,./-]*(?:of |de |d')?\s*)?(?P<month>[^\W\d_]{3,12})\.?"
    r"(?:[\s,./-]+(?:de |del )?(?P<day2>\d{1,2})(?:st|nd|rd|th|\.)?(?=[\s,]))?[\s,./-]*(?:de |del |of )?\s*(?P<year>\d{4}|'?\d{2})(?!\d)",
    re.IGNORECASE,
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

State = Literal["ok", "impossible", "ambiguous", "unread"]


class ReadDate(NamedTuple):
    """`value` is `YYYY-MM-DD` or `YYYY-MM`; None unless the state is ok."""

    value: str | None
    state: State


def read_date(text: str, vocabulary: Vocabulary) -> ReadDate:
    """Read the first date in `text`. A day and month that could be swapped are ambiguous, never guessed."""
    if match := _ISO.search(text):
        read = _checked if match[0][4] == "-" else _either_order  # ISO 8601 has one order only
        return read(int(match[1]), int(match[2]), int(match[3]))
    if match := _CJK.search(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := _NUMBERS.search(text):
        return _day_and_month(int(match[1]), int(match[3]), _full_year(match[4]), match[2])
    for match in _NAMED.finditer(text):
        if month := vocabulary.months.get(fold(match["month"])):
            day = match["day"] or match["day2"]
            return _checked(_full_year(match["year"]), month, int(day) if day else None)
    if match := _COMPACT.search(text):
        return _checked(int(match[1]), int(match[2]), int(match[3]))
    if match := _YEAR_MONTH.search(text):
        return _checked(int(match[1]), int(match[2]), None)
    return ReadDate(None, "unread")


def without_date(text: str) -> str:
    """Return `text` without an ISO date in it."""
    return _ISO.sub("", text).strip(" :-–—")


def _full_year(text: str) -> int:
    year = int(text.lstrip("'"))
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _day_and_month(first: int, second: int, year: int, mark: str) -> ReadDate:
    if mark == ".":  # only day-first is written with dots
        return _either_order(year, second, first)
    if first > 12 or second > 12:
        return _checked(year, first, second) if second > 12 else _checked(year, second, first)
    if first == second:
        return _checked(year, first, second)
    return ReadDate(None, "ambiguous")


def _either_order(year: int, month: int, day: int) -> ReadDate:
    """Read "2026/25/04" and "05.13.2026": a month that cannot be one is the day."""
    return _checked(year, day, month) if month > 12 >= day else _checked(year, month, day)


def _checked(year: int, month: int, day: int | None) -> ReadDate:
    if not 1 <= month <= 12:
        return ReadDate(None, "impossible")
    if day is None:
        return ReadDate(f"{year:04}-{month:02}", "ok")
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 28 if month == 2 and not leap else _DAYS[month - 1]
    return ReadDate(f"{year:04}-{month:02}-{day:02}", "ok") if 1 <= day <= last else ReadDate(None, "impossible")
