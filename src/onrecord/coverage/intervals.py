"""How sure a fraction is: Wilson's interval, a sample of a finite number, and Newcombe's difference of two.

A full window is a census, and its fraction exact; the interval answers whether the process behind it differs.
Sources: Wilson 1927 (10.1080/01621459.1927.10502953), Newcombe 1998 (10.1002/(SICI)1097-0258(19980430)17:8<873)).
"""

from __future__ import annotations

from math import inf, sqrt
from typing import NamedTuple

Z = 1.959963984540054  # the normal quantile of a nominal 95 %
_NO_CLEAR_CHANGE = "no clear change"


class Interval(NamedTuple):
    """Where a share lies, from 0 to 1, both ends included."""

    low: float
    high: float


class Change(NamedTuple):
    """How much a share has changed, from -1 to 1, and the interval around that."""

    by: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Tell whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def wilson(part: float, of: float) -> Interval:
    """Return the 95 % interval of `part` out of `of`, clipped to 0 and 1; raises ValueError when there is nothing."""
    if of <= 0 or not 0 <= part <= of:
        raise ValueError(f"{part} of {of} is no fraction")
    return _wilson(part / of, of)


def wilson_of_sample(part: int, of: int, population: int) -> Interval:
    """Return the interval of a share of `population` of which `of` were looked at; of all of them, it has no width."""
    if not 0 < of <= population or not 0 <= part <= of:
        raise ValueError(f"{part} of {of} is no sample of {population}")
    return _wilson(part / of, inf if of == population else of * (population - 1) / (population - of))


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> Change:
    """Return how much higher the first share (part, of) is than the second."""
    share1, share2 = (part / of for part, of in (first, second))
    (low1, high1), (low2, high2) = wilson(*first), wilson(*second)
    by = share1 - share2
    return Change(
        by,
        by - sqrt((share1 - low1) ** 2 + (high2 - share2) ** 2),
        by + sqrt((high1 - share1) ** 2 + (share2 - low2) ** 2),
    )


def change_in_words(change: Change) -> str:
    """Return "+13 to +48 points", and say so where there is no clear change."""
    told = f"{_signed(change.low)} to {_signed(change.high)} points"
    return told if change.is_clear else f"{told} ({_NO_CLEAR_CHANGE})"


def _wilson(share: float, of: float) -> Interval:
    square = Z * Z / of
    center = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return Interval(max(0.0, center - half), min(1.0, center + half))


def _signed(share: float) -> str:
    points = round(100 * share)
    return f"{points:+d}" if points else "0"
