"""How the headline moved, out of history alone: one window of asked pull requests for each point in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage.fractions import Fraction
from onrecord.log.upkeep.facts import days_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.coverage.model import Link, Pull
    from onrecord.coverage.records import Known

ROLLED = 50  # asked pull requests in the window of a point
_MONTHS = 12


class Point(NamedTuple):
    """One window: the last ROLLED asked pull requests that were merged up to a day, as it stood on that day.

    `day` is the ISO day this window ends, `sha` and `number` are those of the newest pull request in it, asked or not;
    `coverage` is the decision coverage of the window (links that came later do not count), and `records` tells how many
    of today's records were there by that day.
    """

    day: str
    sha: str
    number: int
    coverage: Fraction
    answered: Fraction
    records: int

    def as_json(self) -> dict[str, Any]:
        """Return the point with the ids of both fractions."""
        shares = {"coverage": self.coverage.as_json(), "answered": self.answered.as_json()}
        return {"day": self.day, "sha": self.sha, "number": self.number, "records": self.records} | shares


class Ends(NamedTuple):
    """Where windows end: after every so many merged pull requests, or at ISO days; points before `first` are left out."""

    every: int = 0
    days: tuple[str, ...] = ()
    first: str = ""


def month_ends(first: str, last: str) -> tuple[str, ...]:
    """Return the last day of each month from one ISO day on, and `last` itself in place of the end of its month."""
    found = []
    year, month = (int(part) for part in first.split("-")[:2])
    while (end := f"{year:04}-{month:02}-{days_in(year, month):02}") < last:
        found.append(end)
        year, month = (year + 1, 1) if month == _MONTHS else (year, month + 1)
    return (*found, last)


def days_in(year: int, month: int) -> int:
    """Return how many days a month has."""
    following = (year + 1, 1) if month == _MONTHS else (year, month + 1)
    return days_between(f"{year:04}-{month:02}-01", f"{following[0]:04}-{following[1]:02}-01")


class Since(NamedTuple):
    """From which ISO day on a record counts: by its id, when it came, and by id and number, when it listed a pull request."""

    added: Mapping[str, str]
    listed: Mapping[tuple[str, int], str]


def since_when(known: Iterable[Known], listed: Mapping[tuple[str, int], str]) -> Since:
    """Return the days of some records; `listed` is by path and number. A record that nobody committed never came."""
    records = list(known)
    return Since(
        {one.id: one.added.day if one.added else "" for one in records},
        {(one.id, n): listed.get((one.record.path, n), "") for one in records for n in one.names},
    )


def trend(pulls: Sequence[Pull], days: Since, ends: Ends) -> tuple[Point, ...]:
    """Return the points, the oldest first; `pulls` are all merged ones, the newest first."""
    if ends.every:
        starts = [(at, pulls[at].merged_at) for at in range(0, len(pulls), ends.every)]
    else:
        starts = [(_newest(pulls, day), day) for day in ends.days]
    found = [_point(pulls, at, day, days) for at, day in starts if at < len(pulls) and day >= ends.first]
    return tuple(sorted(found, key=lambda point: point.day) if not ends.every else reversed(found))


def without_silence(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points from the first on in which something was asked."""
    start = next((at for at, point in enumerate(points) if point.answered.of), len(points))
    return tuple(points[start:])


def _newest(pulls: Sequence[Pull], day: str) -> int:
    return next((at for at, pull in enumerate(pulls) if pull.merged_at <= day), len(pulls))


def _point(pulls: Sequence[Pull], at: int, day: str, days: Since) -> Point:
    asked: list[Pull] = []
    for place in range(at, len(pulls)):
        if len(asked) == ROLLED:
            break
        if pulls[place].is_asked:
            asked.append(pulls[place])
    covered = {pull.number for pull in asked if _is_covered(pull, day, days)}
    waived = {pull.number for pull in asked if pull.state == "waived"}
    open_ = tuple(pull.number for pull in asked if pull.number not in waived)
    every = tuple(pull.number for pull in asked)
    return Point(
        day,
        pulls[at].sha,
        pulls[at].number,
        Fraction(tuple(n for n in open_ if n in covered), open_),
        Fraction(tuple(n for n in every if n in covered | waived), every),
        sum(bool(added) and added <= day for added in days.added.values()),
    )


def _is_covered(pull: Pull, day: str, days: Since) -> bool:
    """Tell whether a link was there by a day; that of a record in another change counts from the day the record came."""
    return pull.state == "covered" and any(not link.lacks and _since(link, pull, days) <= day for link in pull.links)


def _since(link: Link, pull: Pull, days: Since) -> str:
    if link.way in ("description", "touches"):
        return pull.merged_at
    listed = days.listed.get((link.record, pull.number), "") if link.way == "listed" else ""
    return max(pull.merged_at, days.added.get(link.record, ""), listed)
