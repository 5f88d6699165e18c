"""A number with all it was counted from, so that nobody has to believe it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage.intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    T = TypeVar("T")

ENOUGH = 10  # below that many a percentage says nothing
NOTHING = "n/a"


class Fraction(NamedTuple):
    """Which ids are counted, out of which: numbers of pull requests, or names of records; each once, in order."""

    part: tuple[int | str, ...]
    of: tuple[int | str, ...]

    def told(self) -> str:
        """Return "n/a", "3/4", or "41/50 = 82 % (69–90 %)" with Wilson's interval."""
        return told_share(len(self.part), len(self.of))

    def as_json(self) -> dict[str, Any]:
        """Return counts, ids, and the interval; without any, share and interval are null."""
        return share_json(len(self.part), len(self.of)) | {"ids": list(self.part), "of": list(self.of)}


def told_share(part: int, of: int) -> str:
    """Return a share as `plain_share` does, with Wilson's interval where there are enough."""
    if of < ENOUGH:
        return plain_share(part, of)
    low, high = wilson(part, of)
    return f"{plain_share(part, of)} ({100 * low:.0f}–{100 * high:.0f} %)"


def share_json(part: int, of: int) -> dict[str, Any]:
    """Return counts, share and interval; without any, the last two are null."""
    if not of:
        return {"k": 0, "n": 0, "share": None, "interval": None}
    interval = {name: round(value, 4) for name, value in wilson(part, of)._asdict().items()}
    return {"k": part, "n": of, "share": round(part / of, 4), "interval": interval}


def plain_share(part: int, of: int, decimals: int = 0) -> str:
    """Return "n/a", "3/4" or "41/50 = 82 %"; a share that rounds to 0 or 100 without being it keeps a decimal."""
    if not of:
        return NOTHING
    if of < ENOUGH:
        return f"{part}/{of}"
    share = 100 * part / of
    told = f"{share:.{decimals}f}"
    is_close = told in ("0", "100") and 0 < part < of
    return f"{part:,}/{of:,} = {f'{share:.1f}' if is_close else told} %"


def fraction_of(items: Iterable[T], key: Callable[[T], int | str], counts: Callable[[T], bool]) -> Fraction:
    """Return which of these items count, by their ids."""
    every = list(items)
    return Fraction(tuple(key(one) for one in every if counts(one)), tuple(key(one) for one in every))
