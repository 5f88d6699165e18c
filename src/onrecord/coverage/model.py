"""One merged pull request in a report, and all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from onrecord.coverage.fractions import Fraction

if TYPE_CHECKING:
    from collections.abc import Iterable

Way: TypeAlias = Literal["description", "touches", "names", "listed"]
State: TypeAlias = Literal["covered", "pending", "waived", "unconfirmed", "later", "uncovered"]
LATE_DAYS = 14  # a choice, not a measurement


class Link(NamedTuple):
    """How a pull request is tied to a record: it touches the record's file, names it, or is listed by it.

    Its own description may stand for one: then `record` is empty. `lacks` says what keeps the record from covering it,
    `is_open` that this is its status alone; `is_late` tells that the record came more than LATE_DAYS later.
    """

    way: Way
    record: str
    lacks: str
    is_open: bool = False
    is_late: bool = False


class Pull(NamedTuple):
    """A merged pull request that was looked at; `excluded` is why nothing is asked of it, empty when something may be.

    `asked_by` are what asks, as (who, what); `state` says how it is answered, and `lacks` what is missing in words.
    `unconfirmed` is a waiver with a reason of which no approval by somebody else was found; `later` was put off for a week.
    `owner_source` tells for a covered one who stands for the decision: "explicit", "approver" or "author". `areas` are
    where the code it changed belongs: folders, two levels deep, or owners.
    """

    number: int
    sha: str
    merged_at: str
    title: str
    excluded: str
    asked_by: tuple[tuple[str, str], ...]
    score: int
    signs: tuple[str, ...]
    is_described: bool
    state: State
    links: tuple[Link, ...]
    lacks: str
    waived: str
    owner_source: str
    areas: tuple[str, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Tell whether a decision is asked for."""
        return not self.excluded and bool(self.asked_by)

    @property
    def is_covered_in_time(self) -> bool:
        """Tell whether it is covered by a link that was there in time."""
        return self.state == "covered" and any(not link.lacks and not link.is_late for link in self.links)

    @property
    def is_in_records(self) -> bool:
        """Tell whether a record in the repository covers it, not its description alone."""
        return self.state == "covered" and any(not link.lacks and link.record for link in self.links)


class Gone(NamedTuple):
    """A record that a pull request touched, or that it names as written in `path`, and that is not there."""

    number: int
    path: str
    way: Literal["touches", "names"] = "touches"


class PullCoverage(NamedTuple):
    """Pull-request decision coverage over a window. All merged ones are in `pulls`, the newest first.

    `direct` are the commits between them that name no pull request: they are outside of everything.
    """

    pulls: tuple[Pull, ...]
    gone: tuple[Gone, ...]
    direct: tuple[str, ...]
    repeated: tuple[str, ...]

    def asked(self) -> list[Pull]:
        """Return those that are asked for a decision."""
        return [pull for pull in self.pulls if pull.is_asked]

    def hinted(self, least: int) -> list[Pull]:
        """Return those that nobody asked, and that look like a decision by what they changed."""
        return [pull for pull in self.pulls if not pull.excluded and not pull.asked_by and pull.score >= least]

    def decision_coverage(self) -> Fraction:
        """Return the headline: covered, of those asked and not waived."""
        return _covered(self.asked())

    def in_time(self) -> Fraction:
        """Return the same as it stood when each was merged: late links left out."""
        asked = [pull for pull in self.asked() if pull.state != "waived"]
        return Fraction(_numbers(pull for pull in asked if pull.is_covered_in_time), _numbers(asked))

    def answered(self) -> Fraction:
        """Return covered or waived, of those asked."""
        return _having(self.asked(), "covered", "waived")

    def waiver_rate(self) -> Fraction:
        """Return waived, of those asked."""
        return _having(self.asked(), "waived")

    def wide(self, least: int) -> Fraction:
        """Return decision coverage with the hinted ones counted as asked."""
        hinted = {pull.number for pull in self.hinted(least)}
        return _covered([pull for pull in self.pulls if pull.is_asked or pull.number in hinted])

    def by_area(self) -> dict[str, Fraction]:
        """Return decision coverage for each area, the most asked first; one in two areas counts in both."""
        asked = [pull for pull in self.asked() if pull.state != "waived"]
        areas = dict.fromkeys(area for pull in asked for area in pull.areas)
        found = {area: _covered([pull for pull in asked if area in pull.areas]) for area in areas}
        return dict(sorted(found.items(), key=lambda row: (-len(row[1].of), row[0])))

    def owner_sources(self) -> dict[str, int]:
        """Return of how many covered ones a record or description names the owner, and of how many another stands in."""
        found = Counter(pull.owner_source for pull in self.asked() if pull.state == "covered")
        return {source: found[source] for source in ("explicit", "approver", "author")}

    def fan_out(self) -> dict[str, list[int]]:
        """Return for each record the pull requests that it covers."""
        found: dict[str, list[int]] = {}
        for pull in self.asked():
            if pull.state != "covered":
                continue
            for record in dict.fromkeys(link.record for link in pull.links if link.record and not link.lacks):
                found.setdefault(record, []).append(pull.number)
        return found


def _covered(pulls: list[Pull]) -> Fraction:
    return _having([pull for pull in pulls if pull.state != "waived"], "covered")


def _having(pulls: list[Pull], *states: State) -> Fraction:
    return Fraction(_numbers(pull for pull in pulls if pull.state in states), _numbers(pulls))


def _numbers(pulls: Iterable[Pull]) -> tuple[int, ...]:
    return tuple(pull.number for pull in pulls)
