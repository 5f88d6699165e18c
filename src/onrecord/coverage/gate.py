"""Is decision coverage as high as a team wants it, and as high as it was? Asked for by flags alone, never by default.

Below ENOUGH asked pull requests nothing is judged, and that is said: such a share is luck. The ratchet keeps the best
figure; a rolled window moves a little by itself, so it gives way by SLACK points below that best, and never more,
whatever happens in between, because what is kept does not fall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage.fractions import ENOUGH, plain_share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onrecord.coverage.fractions import Fraction

SLACK = 2  # points, of 100 (coverage.md: threshold of the statuses)
RATCHET_VERSION = 1
_MOST_DECIMALS = 4


class Verdict(NamedTuple):
    """Whether the gate held; None: nothing was judged. `told` says so in a sentence."""

    holds: bool | None
    told: str


class Best(NamedTuple):
    """The best figure so far: covered pull requests, out of how many, at which commit and day, by which configuration."""

    covered: int
    of: int
    sha: str
    day: str
    config: str

    def as_json(self) -> dict[str, Any]:
        """Return what stands in the ratchet's file."""
        return {
            "version": RATCHET_VERSION,
            "k": self.covered,
            "n": self.of,
            "sha": self.sha,
            "day": self.day,
            "config": self.config,
        }


def judge_floor(share: Fraction, least: float) -> Verdict:
    """Return whether a share is at least so many percent."""
    few = _too_few(share)
    if few:
        return Verdict(None, f"--fail-under {least:g} was not judged: {few}")
    holds = 100 * len(share.part) >= least * len(share.of)
    told = _told(share, _decimals(lambda digits: (round(_percent(share), digits) >= least) == holds))
    reached = "is not below" if holds else "is below"
    return Verdict(holds, f"decision coverage {told} {reached} {least:g} % (--fail-under)")


def judge_ratchet(share: Fraction, best: Best | None, config: str) -> Verdict:
    """Return whether a share is at most SLACK points below the best one; `config` tells today's configuration apart."""
    few = _too_few(share)
    if few:
        return Verdict(None, f"the ratchet was not judged: {few}")
    if best is None:
        return Verdict(True, f"the ratchet begins with {_told(share)}")
    above = _above(share, best)
    holds = -100 * above <= SLACK * len(share.of) * best.of

    def is_clear(digits: int) -> bool:
        now, then = (round(one, digits) for one in (_percent(share), 100 * best.covered / best.of))
        return (now > then) == (above > 0) and (round(then - now, digits) <= SLACK) == holds

    digits = _decimals(is_clear)
    told = _told(share, digits)
    kept = f"the best so far, {plain_share(best.covered, best.of, digits)} on {best.day}"
    if best.config != config:
        kept += " by another configuration"
    if above > 0:
        return Verdict(True, f"decision coverage {told} is above {kept}")
    if holds:
        return Verdict(True, f"decision coverage {told} is not more than {SLACK} points below {kept}")
    return Verdict(False, f"decision coverage {told} is more than {SLACK} points below {kept} (--ratchet)")


def raised(share: Fraction, best: Best | None, sha: str, day: str, config: str) -> Best | None:
    """Return the new best figure, None when the old one stays."""
    if _too_few(share) or (best and _above(share, best) <= 0):
        return None
    return Best(len(share.part), len(share.of), sha, day, config)


def read_best(value: Any) -> Best:
    """Return what a ratchet's file holds; raises ValueError, with what is wrong, when that has another shape."""
    if not isinstance(value, dict) or not isinstance(value.get("version"), int):
        raise ValueError("this is no ratchet of “onrecord coverage”")
    if value["version"] != RATCHET_VERSION:
        raise ValueError(f"its version is {value['version']}, and this onrecord knows {RATCHET_VERSION}")
    return Best(*_counts(value), *(_word(value, name) for name in ("sha", "day", "config")))


def _counts(value: Mapping[str, Any]) -> tuple[int, int]:
    covered, of = value.get("k"), value.get("n")
    if type(covered) is not int or type(of) is not int or not 0 <= covered <= of or not of:
        raise ValueError("k and n are no fraction")
    return covered, of


def _word(value: Mapping[str, Any], name: str) -> str:
    word = value.get(name)
    if not isinstance(word, str):
        raise ValueError(f"{name} is no text")
    return word


def _above(share: Fraction, best: Best) -> int:
    """Return how much higher a share is than the best one, times both of their denominators: exact, without a float."""
    return len(share.part) * best.of - best.covered * len(share.of)


def _told(share: Fraction, decimals: int = 0) -> str:
    return plain_share(len(share.part), len(share.of), decimals)


def _percent(share: Fraction) -> float:
    return 100 * len(share.part) / len(share.of)


def _decimals(is_clear: Callable[[int], bool]) -> int:
    """Return how many decimals it takes until the figures that are shown say what was judged."""
    return next((digits for digits in range(_MOST_DECIMALS) if is_clear(digits)), _MOST_DECIMALS)


def _too_few(share: Fraction) -> str:
    if not share.of:
        return "no pull request of the window was asked for a decision"
    return f"{_told(share)} is on record, and below {ENOUGH} a share says nothing" if len(share.of) < ENOUGH else ""
