"""An audit by hand: which pull requests to look at, and what the answers say of the share that is on record.

The signs that ask or hint at a decision are wrong both ways. Looking at some of those they marked, and at some of the
rest, tells how wrong, and corrects the share.
"""

from __future__ import annotations

from bisect import bisect
from functools import cache
from hashlib import sha256
from itertools import accumulate
from math import exp, lgamma, log, log1p
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.intervals import Interval, wilson, wilson_of_sample
from onrecord.coverage.score import HINT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onrecord.coverage.model import Pull, PullCoverage

DRAWS = 2_000
_SEED = 6  # of the bootstrap: the same answers give the same interval
_LARGEST_DRAW = 1_000  # of the bootstrap; beyond it the interval would not change visibly
_FLAGGED_PART = 3  # one third of a sample that is not split: 30 of 90
_TAIL = 0.025


class Size(NamedTuple):
    """How many to look at in all, and how many of them flagged; None: a sensible part."""

    whole: int
    flagged: int | None = None

    def told(self) -> str:
        """Return it as it is given on the command line: "90", or "30+60"."""
        return str(self.whole) if self.flagged is None else f"{self.flagged}+{self.whole - self.flagged}"


class Stratum(NamedTuple):
    """Pull requests of one kind: all their numbers, and those drawn from them; the newest first."""

    every: tuple[int, ...]
    drawn: tuple[int, ...]


class Sample(NamedTuple):
    """What is looked at: of those that were asked or hinted at (`flagged`), and of the rest."""

    flagged: Stratum
    rest: Stratum

    @property
    def numbers(self) -> frozenset[int]:
        """Return all numbers that were drawn."""
        return frozenset((*self.flagged.drawn, *self.rest.drawn))


class Answer(NamedTuple):
    """What somebody judged: is it a decision, and is that on record; None where nothing was filled in."""

    is_decision: bool | None
    is_on_record: bool | None

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing: of what is no decision, nobody needs to know whether it is on record."""
        return self.is_decision is False or (self.is_decision is True and self.is_on_record is not None)


class Judged(NamedTuple):
    """The answers of one stratum: out of so many pull requests, how many were judged, are decisions, are on record."""

    of: int
    judged: int
    decisions: int
    on_record: int

    @property
    def all_decisions(self) -> float:
        """Return how many decisions the whole stratum is taken to hold."""
        return self.of * self.decisions / self.judged if self.judged else 0.0

    @property
    def all_on_record(self) -> float:
        """Return how many of them are taken to be on record."""
        return self.of * self.on_record / self.judged if self.judged else 0.0


class Estimate(NamedTuple):
    """A number and its 95 % interval."""

    value: float
    interval: Interval


class Audit(NamedTuple):
    """What the answers say. Shares are None where nothing was judged that they could be counted from.

    `decisions` is how many pull requests decide something, `coverage` the share of them that is on record. `precision` is
    the share of flagged ones that decide something, `recall` the share of the decisions that was flagged, `missed` the
    share of the rest that decides something. `agrees` are the judged decisions of which this tool says the same, of all.
    """

    flagged: Judged
    rest: Judged
    unanswered: tuple[int, ...]
    decisions: Estimate | None
    coverage: Estimate | None
    precision: Estimate | None
    recall: Estimate | None
    missed: Estimate | None
    agrees: tuple[int, int]


def split_sample(size: Size, flagged: int, rest: int) -> tuple[int, int]:
    """Return how many to draw from each stratum: as wanted, else a third flagged; what one lacks, the other gives."""
    wanted = round(size.whole / _FLAGGED_PART) if size.flagged is None else size.flagged
    if size.flagged is None and size.whole > 1:
        wanted = max(1, wanted)
    first = min(wanted, flagged)
    second = min(size.whole - first, rest)
    return min(size.whole - second, flagged), second


def draw(found: PullCoverage, size: Size, seed: int) -> Sample:
    """Draw from the pull requests of which something may be asked; the same seed gives the same ones."""
    left = [pull for pull in found.pulls if not pull.excluded]
    flagged = [pull.number for pull in left if is_flagged(pull)]
    rest = [pull.number for pull in left if not is_flagged(pull)]
    first, second = split_sample(size, len(flagged), len(rest))
    return Sample(_stratum(flagged, first, seed), _stratum(rest, second, seed))


def is_flagged(pull: Pull) -> bool:
    """Tell whether a pull request was asked for a decision, or looks like one by what it changed."""
    return pull.is_asked or pull.score >= HINT


def _stratum(numbers: list[int], size: int, seed: int) -> Stratum:
    """Draw by a hash, so that any Python draws the same, and a longer window most of them again."""
    drawn = set(sorted(numbers, key=lambda number: sha256(f"{seed} {number}".encode()).digest())[:size])
    return Stratum(tuple(numbers), tuple(number for number in numbers if number in drawn))


def correct(sample: Sample, answers: Mapping[int, Answer], covered: frozenset[int] = frozenset()) -> Audit:
    """Return what the answers say; `covered` are the pull requests that this tool takes to be on record."""
    whole = {number: one for number, one in answers.items() if one.is_whole}
    first, second = (_judged(stratum, whole) for stratum in (sample.flagged, sample.rest))
    draws = _draws(first, second) if first.judged + second.judged else []
    is_complete = all(one.judged or not one.of for one in (first, second))
    total = first.all_decisions + second.all_decisions
    known = is_complete and bool(draws)
    judged = [(number in covered) == one.is_on_record for number, one in whole.items() if one.is_decision]
    return Audit(
        first,
        second,
        tuple(sorted(number for number in sample.numbers if number not in whole)),
        _decisions(first, second, draws) if known else None,
        _coverage(first, second, draws) if known and total else None,
        _share(first),
        _recall(first, second, draws) if known and total else None,
        _share(second),
        (sum(judged), len(judged)),
    )


def _decisions(first: Judged, second: Judged, draws: Sequence[_Draw]) -> Estimate:
    """Return how many decide something in all; where no draw differs, what the answers of both kinds leave open."""
    found = _interval([d.total for d in draws])
    if found.low == found.high:
        ends = [_of_all(one) for one in (first, second)]
        found = Interval(sum(one.low for one in ends), sum(one.high for one in ends))
    return Estimate(first.all_decisions + second.all_decisions, found)


def _coverage(first: Judged, second: Judged, draws: Sequence[_Draw]) -> Estimate:
    """Return the share that is on record; where no draw differs, with Wilson's interval of the decisions that were judged."""
    found = _interval([d.on_record / d.total for d in draws if d.total])
    if found.low == found.high and not (_is_census(first) and _is_census(second)):
        found = wilson(first.on_record + second.on_record, first.decisions + second.decisions)
    value = (first.all_on_record + second.all_on_record) / (first.all_decisions + second.all_decisions)
    return Estimate(value, found)


def _recall(first: Judged, second: Judged, draws: Sequence[_Draw]) -> Estimate:
    """Return the share that was flagged; where no draw differs, with what the answers of both kinds leave open."""
    found = _interval([d.flagged / d.total for d in draws if d.total])
    if found.low == found.high:
        flagged, rest = _of_all(first), _of_all(second)
        lowest, highest = flagged.low + rest.high, flagged.high + rest.low
        found = Interval(flagged.low / lowest if lowest else 0.0, flagged.high / highest if highest else 1.0)
    return Estimate(first.all_decisions / (first.all_decisions + second.all_decisions), found)


def _of_all(one: Judged) -> Interval:
    """Return between which numbers the decisions of one kind lie, with Wilson's interval of those judged."""
    if not one.judged:
        return Interval(0.0, 0.0)
    low, high = wilson_of_sample(one.decisions, one.judged, one.of)
    return Interval(one.of * low, one.of * high)


def _is_census(one: Judged) -> bool:
    return one.judged == one.of


class _Draw(NamedTuple):
    total: float
    flagged: float
    on_record: float


def _judged(stratum: Stratum, answers: Mapping[int, Answer]) -> Judged:
    mine = [answers[number] for number in stratum.drawn if number in answers]
    decisions = [one for one in mine if one.is_decision]
    return Judged(len(stratum.every), len(mine), len(decisions), sum(bool(one.is_on_record) for one in decisions))


def _share(one: Judged) -> Estimate | None:
    if not one.judged:
        return None
    return Estimate(one.decisions / one.judged, wilson_of_sample(one.decisions, one.judged, one.of))


def _draws(first: Judged, second: Judged) -> list[_Draw]:
    """Draw both strata again and again, each from its own answers (a stratified bootstrap)."""
    random = Random(_SEED)  # noqa: S311 - no secret
    found = []
    for (flagged, first_on), (rest, second_on) in zip(_again(first, random), _again(second, random), strict=True):
        found.append(_Draw(flagged + rest, flagged, first_on + second_on))
    return found


def _again(one: Judged, random: Random) -> list[tuple[float, float]]:
    """Return decisions, and those of them on record, of the whole stratum for each draw.

    A sample of few is surer than one of many: n(N-1)/(N-n) are drawn for n; of all of them, nothing is left to chance.
    """
    if _is_census(one):
        return [(one.all_decisions, one.all_on_record)] * DRAWS
    if not one.judged:
        return [(0.0, 0.0)] * DRAWS
    size = min(_LARGEST_DRAW, round(one.judged * (one.of - 1) / (one.of - one.judged)))
    recorded = _binomial(size, one.on_record / one.judged)
    others = cache(lambda left: _binomial(left, (one.decisions - one.on_record) / (one.judged - one.on_record)))
    found = []
    for _ in range(DRAWS):
        on_record = bisect(recorded, random.random())
        more = bisect(others(size - on_record), random.random()) if one.decisions > one.on_record else 0
        found.append((one.of * (on_record + more) / size, one.of * on_record / size))
    return found


def _binomial(size: int, share: float) -> list[float]:
    """Return for 0 to size - 1 the chance that no more than that many of `size` draws succeed."""
    if share in (0, 1):
        return [] if not share else [0.0] * size
    logs = [
        lgamma(size + 1) - lgamma(k + 1) - lgamma(size - k + 1) + k * log(share) + (size - k) * log1p(-share)
        for k in range(size)
    ]
    return list(accumulate(exp(one) for one in logs))


def _interval(values: Sequence[float]) -> Interval:
    ordered = sorted(values)
    last = len(ordered) - 1
    return Interval(ordered[round(_TAIL * last)], ordered[round((1 - _TAIL) * last)])
