"""On how few people a log rests. Only counts leave this file: nobody is ranked, and nobody is named."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onrecord.log.upkeep.facts import days_between
from onrecord.log.upkeep.owners import owners_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from onrecord.coverage.records import Known
    from onrecord.log.upkeep.owners import Person

AWAY_DAYS = 365


class Kept(NamedTuple):
    """Who stands for a record, as folded names, and whether all of them have been away for a year (None: not known)."""

    id: str
    owners: frozenset[str]
    is_left: bool | None


def kept(known: Iterable[Known], people: Sequence[Person], today: str) -> list[Kept]:
    """Return who stands for each record: those it names, else who committed it."""
    by_name: dict[str, str] = {}
    for person in people:
        name = _fold(person.name)
        by_name[name] = max(person.last, by_name.get(name, ""))
    found = []
    for one in known:
        seen = [(_fold(owner.name), owner.last) for owner in owners_seen(one.record, people, None)]
        if not seen and one.added and one.added.author:
            seen = [(name := _fold(one.added.author), by_name.get(name))]
        lasts = [last for _, last in seen]
        days = [last for last in lasts if last]
        is_left = None
        if any(days_between(last, today) <= AWAY_DAYS for last in days):
            is_left = False
        elif lasts and len(days) == len(lasts):
            is_left = True
        found.append(Kept(one.id, frozenset(name for name, _ in seen if name), is_left))
    return found


def fewest_for_half(groups: Sequence[Set[str]]) -> int | None:
    """Return how many people it takes until half of these groups have one of them; None without any group.

    Who is in most of what is left is taken next, which is the smallest set or, where groups overlap, close to it.
    """
    left = [group for group in groups if group]
    if not left:
        return None
    wanted, taken = len(left) / 2, 0
    total = len(left)
    while total - len(left) < wanted:
        counts = Counter(name for group in left for name in group)
        best = min(counts, key=lambda name: (-counts[name], name))
        left = [group for group in left if best not in group]
        taken += 1
    return taken


def _fold(name: str) -> str:
    return " ".join(name.casefold().lstrip("@").split())
