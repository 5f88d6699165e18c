"""Record completeness: how much of what a record should tell the active ones tell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.coverage.fractions import Fraction
from onrecord.coverage.records import has_alternative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.coverage.records import Known
    from onrecord.record import DecisionRecord

FIELDS = ("decision", "alternatives", "owner", "context", "consequences", "status", "date")
MINIMAL = FIELDS[:3]
FULL = (*FIELDS, "review_by")


class Standing(NamedTuple):
    """An active record: which fields it has, whether the schema passes, and who stands for it.

    `owner` is "decider" or "author" where the record names one, else "committed" or "nobody".
    """

    id: str
    has: tuple[str, ...]
    is_valid: bool
    owner: str

    def holds(self, fields: Sequence[str]) -> bool:
        """Tell whether it has all of these."""
        return all(field in self.has for field in fields)

    def missing(self) -> tuple[str, ...]:
        """Return which of the seven fields and the review date were not found."""
        return tuple(field for field in FULL if field not in self.has)


class Completeness(NamedTuple):
    """The active records of a log."""

    standings: tuple[Standing, ...]

    def share(self, counts: Callable[[Standing], bool]) -> Fraction:
        """Return which records count."""
        return Fraction(tuple(s.id for s in self.standings if counts(s)), tuple(s.id for s in self.standings))

    def valid(self) -> Fraction:
        """Return those that the schema passes."""
        return self.share(lambda one: one.is_valid)

    def minimal(self) -> Fraction:
        """Return those with a decision, an alternative, and an owner of their own."""
        return self.share(lambda one: one.holds(MINIMAL))

    def full(self) -> Fraction:
        """Return those with everything, a date to look again included."""
        return self.share(lambda one: one.holds(FULL))

    def with_decider(self) -> Fraction:
        """Return the minimal ones that name who decided, not only who wrote."""
        return self.share(lambda one: one.holds(MINIMAL) and one.owner == "decider")

    def fields(self) -> dict[str, Fraction]:
        """Return for each field the records that have it."""
        return {field: self.share(lambda one, field=field: field in one.has) for field in FULL}  # type: ignore[misc]

    def mean(self) -> float | None:
        """Return how many of the seven fields a record has on average, None without records."""
        counts = [sum(field in one.has for field in FIELDS) for one in self.standings]
        return sum(counts) / len(counts) if counts else None

    def owners(self) -> dict[str, int]:
        """Return how often each source names an owner."""
        found = Counter(one.owner for one in self.standings)
        return {name: found[name] for name in ("decider", "author", "committed", "nobody")}


def complete(known: Sequence[Known], is_valid: Callable[[DecisionRecord], bool]) -> Completeness:
    """Look at the records that are in force: accepted, and not replaced whole."""
    return Completeness(tuple(_standing(one, is_valid(one.record)) for one in known if is_active(one.record)))


def is_active(record: DecisionRecord) -> bool:
    """Tell whether a record is accepted, and no other has replaced it whole."""
    replaced = any(name not in record.partly for name in record.superseded_by)
    return record.status is not None and record.status.value == "accepted" and not replaced


def _standing(known: Known, is_valid: bool) -> Standing:
    record = known.record
    found = {
        "decision": record.decision is not None,
        "alternatives": has_alternative(record),
        "owner": bool(record.decision_makers or record.authors),
        "context": bool(record.context),
        "consequences": bool(record.consequences),
        "status": record.status is not None,
        "date": bool(record.date),
        "review_by": bool(record.review_by),
    }
    owner = "committed" if known.added and known.added.author else "nobody"
    if record.decision_makers or record.authors:
        owner = "decider" if record.decision_makers else "author"
    return Standing(known.id, tuple(field for field in FULL if found[field]), is_valid, owner)
