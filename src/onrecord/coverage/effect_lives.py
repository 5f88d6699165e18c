"""What became of each record over time: proposed when, accepted when, replaced when, as far as git shows its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.records import DECIDED, OPEN
from onrecord.coverage.survival import Wait
from onrecord.log.upkeep.facts import days_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

STUCK_DAYS = 30
REVERSED_DAYS = 30


class Version(NamedTuple):
    """The status that a record had from an ISO day on, empty when none could be read; no other files' history."""

    day: str
    status: str


class Life(NamedTuple):
    """One record through history, the oldest version first: in any commit, and on the main line, where it was merged.

    `seen` has the day on which a version was written, `merged` the day it reached the branch that is checked out.
    """

    id: str
    seen: tuple[Version, ...]
    merged: tuple[Version, ...]

    @property
    def born(self) -> Version | None:
        """Return the first version."""
        return self.seen[0] if self.seen else None

    @property
    def accepted_on(self) -> str | None:
        """Return the first day on which the main line had it as decided; replaced or deprecated later, it was."""
        return _first(self.merged, DECIDED)

    @property
    def open_since(self) -> str | None:
        """Return since when it has been proposed or a draft; None when it is neither now."""
        return self._since(OPEN)

    def _since(self, statuses: frozenset[str]) -> str | None:
        """Return the first day of the last run of these statuses."""
        day = None
        for version in reversed(self.seen):
            if version.status not in statuses:
                break
            day = version.day
        return day


class Stuck(NamedTuple):
    """A record that has been open for more than STUCK_DAYS: since which ISO day, and for how many days."""

    id: str
    since: str
    days: int


class Reversal(NamedTuple):
    """A record that was replaced within REVERSED_DAYS of being accepted."""

    id: str
    days: int


def acceptance(lives: Iterable[Life], today: str) -> list[Wait]:
    """Return for each record that began open the days until it was accepted on the main line.

    One that is open still was watched until today; one that was turned down, or lost its status, until that day.
    """
    found = []
    for life in lives:
        if not life.born or life.born.status not in OPEN:
            continue
        if life.accepted_on:
            found.append(Wait(life.id, _days(life.born.day, life.accepted_on), True))
        else:
            left = next((one.day for one in life.seen if one.status not in OPEN), today)
            found.append(Wait(life.id, _days(life.born.day, left), False))
    return found


def stuck(lives: Iterable[Life], today: str) -> list[Stuck]:
    """Return the proposals that wait for more than STUCK_DAYS, the oldest first."""
    found = [Stuck(one.id, since, _days(since, today)) for one in lives if (since := one.open_since)]
    return sorted((one for one in found if one.days > STUCK_DAYS), key=lambda one: (one.since, one.id))


def replacement(lives: Sequence[Life], successors: Mapping[str, Sequence[str]], today: str) -> list[Wait]:
    """Return for each record that was ever accepted the days until another replaced it whole.

    That is the day its status says so, or the day the first of its `successors` (ids by id) was accepted, whichever came
    first. One that is in force was watched until today, a deprecated one until it became so. One that was replaced from
    its first version on is left out: nobody can tell how long it had held.
    """
    accepted = {life.id: life.accepted_on for life in lives}
    found = []
    for life in lives:
        start = _first(life.merged, frozenset(("accepted",)))
        if not start:
            continue
        days = [_first_after(life.merged, start, "superseded")]
        days += [day for name in successors.get(life.id, ()) if (day := accepted.get(name))]
        ends = [day for day in days if day]
        over = min(ends, default=None)
        until = over or _first_after(life.merged, start, "deprecated") or today
        found.append(Wait(life.id, _days(start, until), over is not None))
    return found


def lead_time(
    pulls: Iterable[tuple[int, str, Sequence[str]]],
    lives: Mapping[str, Life],
    added: Callable[[str], str | None],
    today: str,
) -> list[Wait]:
    """Return for pull requests (number, first day, ids of records that cover it) the days until one of them was accepted.

    0 where that was so before. Where history shows no acceptance, the day it was `added` counts. Without a record, the
    wait was watched until today.
    """
    found = []
    for number, start, records in pulls:
        days = [day for name in records if (day := (lives[name].accepted_on if name in lives else None) or added(name))]
        end = min(days, default=None)
        found.append(Wait(number, _days(start, end or today), end is not None))
    return found


def _first(versions: Iterable[Version], statuses: frozenset[str]) -> str | None:
    return next((one.day for one in versions if one.status in statuses), None)


def _first_after(versions: Iterable[Version], day: str, status: str) -> str | None:
    return next((one.day for one in versions if one.day >= day and one.status == status), None)


def _days(start: str, end: str) -> int:
    return max(0, days_between(start, end))
