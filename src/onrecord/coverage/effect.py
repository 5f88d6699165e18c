"""Does the practice work? What can be told from data that is there already: of areas and logs, never of a person."""

from __future__ import annotations

from math import comb
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.completeness import is_active
from onrecord.coverage.effect_lives import (
    REVERSED_DAYS,
    Life,
    Reversal,
    Stuck,
    acceptance,
    lead_time,
    replacement,
    stuck,
)
from onrecord.coverage.effect_owners import fewest_for_half
from onrecord.coverage.fractions import Fraction, fraction_of
from onrecord.coverage.records import DECIDED, OPEN
from onrecord.coverage.survival import days_until, kaplan_meier
from onrecord.log.upkeep.facts import days_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.change.history import Nudge
    from onrecord.coverage.effect_owners import Kept
    from onrecord.coverage.model import Pull
    from onrecord.coverage.records import Known
    from onrecord.coverage.report import Report
    from onrecord.coverage.survival import Wait

ANSWERS = ("recorded", "waived", "ignored", "removed")  # by somebody else than us, the last one
FIRST = 5  # results that a person looks at
TWIN, FEW_WORDS = 0.85, 8  # likeness from which on two records are one text; words in which no alternative is weighed


class Duration(NamedTuple):
    """How long something takes: every wait, those that still last among them."""

    waits: tuple[Wait, ...]

    def days(self, share: float) -> int | None:
        """Return by how many days that share has ended (Kaplan and Meier), None when that was not seen."""
        return days_until(kaplan_meier(self.waits), share)

    def ended(self) -> int:
        """Return how many have ended."""
        return sum(wait.ended for wait in self.waits)


class Asked(NamedTuple):
    """A question to the search: a pull request's number and title, the ids of the records it is about; were they new?"""

    number: int
    title: str
    records: tuple[str, ...]
    is_new: bool


class Finding(NamedTuple):
    """Which pull requests found their record among the first FIRST results, and how many would by chance (0 to 1)."""

    found: Fraction
    chance: float | None


class Log(NamedTuple):
    """One log, or one area's: its folder, its active records, the waiting ones, and how long acceptance takes there."""

    folder: str
    active: int
    stuck: int
    acceptance: Duration


class Seen(NamedTuple):
    """What was read for this report beside the coverage report. All ids are those of the report's records.

    `lives` is the history of records that stand alone in their file; `starts` gives by number the first day of a pull
    request's work; `successors` the records that replaced one whole; `linked` those that another one relates or links to;
    `likeness` is that of each active record and its nearest other, and `thin` those whose alternatives are all told in
    fewer than FEW_WORDS words, out of `weighed`. `stale` are rules by id, `due` the active ones with a review date and
    whether it has passed. `hits` tells by number whether the search found it, of `records_in_search` records.
    `nudges` gives by number what became of our comment; None where GitHub was not asked.
    """

    lives: tuple[Life, ...] = ()
    starts: Mapping[int, str] = {}
    successors: Mapping[str, Sequence[str]] = {}
    linked: frozenset[str] = frozenset()
    likeness: Mapping[str, float] = {}
    thin: frozenset[str] = frozenset()
    weighed: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    stale: Mapping[str, Sequence[str]] = {}
    due: Mapping[str, bool] = {}
    asked: tuple[Asked, ...] = ()
    hits: frozenset[int] = frozenset()
    records_in_search: int = 0
    folders: Mapping[str, str] = {}
    nudges: Mapping[int, Nudge] | None = None


class Effect(NamedTuple):
    """What the practice does, with the ids behind every number.

    `nudged` are those of the pull requests, and `answers` how they were answered (ANSWERS); None where GitHub was not asked.
    """

    nudged: Fraction | None
    answers: dict[str, Fraction] | None
    lead_time: Duration
    acceptance: Duration
    born_accepted: Fraction
    stuck: tuple[Stuck, ...]
    open: tuple[str, ...]
    minimal: Fraction
    twins: Fraction
    thin: Fraction
    orphans: Fraction
    bus_factor: int | None
    owners: int
    single_owner: Fraction
    left: Fraction
    stale: Fraction
    stale_rules: dict[str, tuple[str, ...]]
    replacement: Duration
    reversals: tuple[Reversal, ...]
    due: Fraction
    found_new: Finding
    found_edited: Finding
    waived: Fraction
    late: Fraction
    logs: tuple[Log, ...]

    def stuck_days(self) -> float | None:
        """Return the median age of the stuck ones in days."""
        return median(one.days for one in self.stuck) if self.stuck else None


def measure(report: Report, seen: Seen) -> Effect:
    """Return what a report and what was read beside it tell. A function: no clock, no order of input in it."""
    active = [one for one in report.known if is_active(one.record)]
    ids = tuple(one.id for one in active)
    lives = seen.lives
    born = [life for life in lives if life.born and life.born.status]
    waiting = stuck(lives, report.today)
    accepting = acceptance(lives, report.today)
    replaced = replacement(lives, seen.successors, report.today)
    kept = [one for one in seen.kept if one.id in set(ids)]
    owned = [one for one in kept if one.owners]
    tied = seen.linked | _tied(report)
    orphans = [one for one in active if not one.record.scope and not one.names and one.id not in tied]
    return Effect(
        *_nudges(report, seen.nudges),
        Duration(tuple(_lead_time(report, seen))),
        Duration(tuple(accepting)),
        fraction_of(born, lambda life: life.id, lambda life: life.seen[0].status in DECIDED),
        tuple(waiting),
        tuple(one.id for one in report.known if one.record.status and one.record.status.value in OPEN),
        report.records.minimal(),
        fraction_of(sorted(seen.likeness), str, lambda name: seen.likeness[name] >= TWIN),
        fraction_of(seen.weighed, str, lambda name: name in seen.thin),
        Fraction(tuple(one.id for one in orphans), ids),
        fewest_for_half([one.owners for one in owned]),
        len({name for one in owned for name in one.owners}),
        fraction_of(owned, lambda one: one.id, lambda one: len(one.owners) == 1),
        fraction_of([o for o in kept if o.is_left is not None], lambda one: one.id, lambda one: bool(one.is_left)),
        fraction_of(ids, str, lambda name: bool(seen.stale.get(name))),
        _by_rule(seen.stale, ids),
        Duration(tuple(replaced)),
        tuple(Reversal(str(one.id), one.days) for one in replaced if one.ended and one.days < REVERSED_DAYS),
        fraction_of(sorted(seen.due), str, lambda name: seen.due[name]),
        _finding([one for one in seen.asked if one.is_new], seen),
        _finding([one for one in seen.asked if not one.is_new], seen),
        report.pulls.waiver_rate(),
        _late(report),
        tuple(_logs(active, waiting, accepting, seen)),
    )


def chance_of_finding(wanted: int, records: int, shown: int = FIRST) -> float:
    """Return how likely it is that one of `wanted` records is among `shown` that are picked blindly."""
    return 1 - comb(max(0, records - wanted), shown) / comb(records, shown) if records > shown else 1.0


def _nudges(report: Report, nudges: Mapping[int, Nudge] | None) -> tuple[Fraction | None, dict[str, Fraction] | None]:
    """Return which pull requests were nudged, of those of which that is known, and what came of it; each counts once."""
    if nudges is None:
        return None, None
    looked = [pull for pull in report.pulls.pulls if pull.number in nudges and nudges[pull.number].shown is not None]
    shown = [pull for pull in looked if nudges[pull.number].shown]
    answers = {pull.number: _answer(pull, nudges[pull.number]) for pull in shown}
    return (
        fraction_of(looked, lambda pull: pull.number, lambda pull: pull.number in answers),
        {way: fraction_of(answers, int, lambda number, way=way: answers[number] == way) for way in ANSWERS},  # type: ignore[misc]
    )


def _answer(pull: Pull, nudge: Nudge) -> str:
    """Return what came of a nudge: where our comment says that nothing is missing and no waiver is there, a record did."""
    if pull.state in ("waived", "unconfirmed"):
        return "waived"
    if pull.state in ("covered", "pending") or nudge.answered:
        return "recorded"
    return "removed" if nudge.deleted else "ignored"


def _lead_time(report: Report, seen: Seen) -> list[Wait]:
    lives = {life.id: life for life in seen.lives}
    added = {one.id: one.added.day for one in report.known if one.added}
    asked = [pull for pull in report.pulls.asked() if pull.state != "waived" and pull.merged_at]
    rows = []
    for pull in asked:
        covering = [link.record for link in pull.links if link.record and not link.lacks]
        start = min(seen.starts.get(pull.number, pull.merged_at), pull.merged_at)
        rows.append((pull.number, start, covering))
    told = {p.number: p.merged_at for p in asked if any(not k.record and not k.lacks for k in p.links)}
    waits = lead_time(rows, lives, added.get, report.today)
    by_number = {number: start for number, start, _ in rows}
    return [_in_description(wait, by_number[int(wait.id)], told.get(int(wait.id))) for wait in waits]


def _in_description(wait: Wait, start: str, merged: str | None) -> Wait:
    """Return a wait that ended at the merge at the latest where the description holds the decision itself."""
    if merged is None:
        return wait
    days = max(0, days_between(start, merged))
    return wait._replace(days=min(wait.days, days), ended=True)


def _tied(report: Report) -> frozenset[str]:
    """Return the records that a pull request with more than records in it touches, names, or is listed by."""
    return frozenset(
        link.record for pull in report.pulls.pulls if not pull.excluded for link in pull.links if link.record
    )


def _by_rule(stale: Mapping[str, Sequence[str]], ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    rules = sorted({rule for name in ids for rule in stale.get(name, ())})
    return {rule: tuple(name for name in ids if rule in stale.get(name, ())) for rule in rules}


def _finding(asked: Sequence[Asked], seen: Seen) -> Finding:
    found = fraction_of(asked, lambda one: one.number, lambda one: one.number in seen.hits)
    if not asked:
        return Finding(found, None)
    chances = [chance_of_finding(len(one.records), seen.records_in_search) for one in asked]
    return Finding(found, sum(chances) / len(chances))


def _late(report: Report) -> Fraction:
    """Return which of the covered pull requests were on record only later."""
    in_time = set(report.pulls.in_time().part)
    covered = report.pulls.decision_coverage().part
    return Fraction(tuple(number for number in covered if number not in in_time), covered)


def _logs(active: Iterable[Known], waiting: Iterable[Stuck], waits: Iterable[Wait], seen: Seen) -> Iterable[Log]:
    """Return the logs, the one with most active records first."""
    folders = [seen.folders.get(one.id, "") for one in active]
    stuck_in = [seen.folders.get(one.id, "") for one in waiting]
    by_folder: dict[str, list[Wait]] = {}
    for wait in waits:
        by_folder.setdefault(seen.folders.get(str(wait.id), ""), []).append(wait)
    names = sorted({*folders, *stuck_in, *by_folder}, key=lambda name: (-folders.count(name), name))
    for name in names:
        yield Log(name, folders.count(name), stuck_in.count(name), Duration(tuple(by_folder.get(name, ()))))
