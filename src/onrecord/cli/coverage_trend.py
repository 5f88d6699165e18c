"""The trend of a coverage report: which points were wanted, the pull requests before its window, and where rules changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.coverage_tree import commit_named, days_changed
from onrecord.adapters.history import read_merged
from onrecord.cli.common import iso_date
from onrecord.cli.coverage_ground import with_history
from onrecord.cli.main import UsageFault
from onrecord.coverage.pulls import cover
from onrecord.coverage.trend import ROLLED, Ends, month_ends, since_when, trend, without_silence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from onrecord.change.history import Merged, MergedChange
    from onrecord.coverage.model import PullCoverage
    from onrecord.coverage.pulls import Ground
    from onrecord.coverage.report import Window
    from onrecord.coverage.trend import Point

MONTHLY = "monthly"
_SHOWN = 5  # days on which the rules changed
_NOTE = (
    f"Each point of the trend is the last {ROLLED} asked pull requests up to its day, by today's configuration and today's"
    " status of each record; a record counts from the day it was added, and one that is gone by now does not."
)


class Wanted(NamedTuple):
    """Where points are wanted: after every so many merged pull requests, at ISO days, or (neither) at the end of months."""

    every: int = 0
    days: tuple[str, ...] = ()


def wanted_points(given: str) -> Wanted:
    """Return what stands behind `--trend`; raises UsageFault."""
    if given == MONTHLY:
        return Wanted()
    if given.isascii() and given.isdigit() and int(given) > 0:
        return Wanted(every=int(given))
    if "-" in given:
        return Wanted(days=tuple(sorted({iso_date("--trend", day.strip()) for day in given.split(",")})))
    raise UsageFault(f"--trend {given}: a number of pull requests, “{MONTHLY}”, or dates like 2026-06-30,2026-11-22")


def read_trend(
    root: Path, wanted: Wanted, merged: Merged, ground: Ground, window: Window, today: str, is_git: bool
) -> tuple[Point, ...]:
    """Return the points over all of history, or from `since` on; of what is not from git, over the window alone.

    What was merged before the window is read besides.
    """
    if is_git and (older := _older(root, merged, window)):
        merged = merged._replace(changes=(*merged.changes, *older))
        ground = with_history(root, ground, merged.changes)
    pulls = cover(merged, ground).pulls
    if not pulls:
        return ()
    days = since_when(ground.known, ground.listed)
    last = window.until or today
    if wanted.every or wanted.days:
        points = trend(pulls, days, Ends(wanted.every, wanted.days, window.since))
        return points if wanted.days else without_silence(points)
    first = window.since or min(pull.merged_at for pull in pulls if pull.merged_at)
    ends = month_ends(first, max(first, last))
    return without_silence(trend(pulls, days, Ends(days=ends, first=window.since)))


def _older(root: Path, merged: Merged, window: Window) -> list[MergedChange]:
    """Return what was merged before the window, down to the date of adoption."""
    before = commit_named(root, f"{merged.changes[-1].sha}^") if merged.changes else None
    if before is None:
        return []
    numbers = {one.change.number for one in merged.changes}
    found = read_merged(root, None, window.baseline or None, before)
    return [one for one in found.changes if one.change.number not in numbers]


def read_breaks(root: Path, files: Iterable[str], pulls: PullCoverage, points: tuple[Point, ...]) -> tuple[str, ...]:
    """Return the ISO days, within the trend or else the window, on which one of the files changed that decide what counts."""
    days = [*(point.day for point in points), *(pull.merged_at for pull in pulls.pulls if pull.merged_at)]
    return days_changed(root, files, min(days), max(days)) if days else ()


def notes_on_history(points: tuple[Point, ...], breaks: tuple[str, ...]) -> Iterator[str]:
    """Yield what a reader of the trend, and of a window across changed rules, should know."""
    if points:
        yield _NOTE
    if breaks:
        more = f" and on {len(breaks) - _SHOWN} other days" if len(breaks) > _SHOWN else ""
        yield (
            f"What is counted was changed on {', '.join(breaks[-_SHOWN:])}{more}; all that is shown goes by today's"
            " configuration."
        )
