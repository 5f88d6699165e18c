"""What tells whether a record still holds: who looked at it when, and what has happened to the code under it since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.log.scope import in_scope, scope_globs
from onrecord.log.upkeep.owners import Person, Seen, owners_seen
from onrecord.log.upkeep.paths import Dead, Gone, Tree, dead_globs, dead_paths, folders_above, living_paths, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from onrecord.markdown import Document
    from onrecord.record import DecisionRecord

BUSY_DAYS = 180
OVER = frozenset(("superseded", "rejected", "deprecated"))
_DONE = re.compile(r"\W*(?:achieved|done|completed?|closed|shipped|delivered|finished)\W*", re.IGNORECASE)


class Work(NamedTuple):
    """A commit that a person made: its day (ISO) and the paths it really changed, no mere formatting or renaming."""

    day: str
    paths: tuple[str, ...]


class Past(NamedTuple):
    """What git knows. Without history, `has_history` is false and only `files` are there.

    `files` are those of HEAD. `edits` gives for the path of a record the days of its commits, the oldest first: the one
    that added it, wherever it lay then, and those that changed its words. `recent` are the commits of the last BUSY_DAYS
    days, and `since` those that touched what a scope names, as far back as any of these records was looked at. `gone` are
    paths that are no longer there. `owners` are the people that CODEOWNERS names, None when it names teams or is not
    there; `last` is the day of the last commit.
    """

    files: tuple[str, ...] = ()
    edits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    recent: tuple[Work, ...] = ()
    since: tuple[Work, ...] = ()
    gone: tuple[Gone, ...] = ()
    people: tuple[Person, ...] = ()
    owners: tuple[str, ...] | None = None
    last: str = ""
    has_history: bool = True


class Reviewed(NamedTuple):
    """The last day somebody looked at a record, and what tells so: its date, an edit, or a review mark."""

    day: str
    by: str


class Churn(NamedTuple):
    """What happened under a record's scope since it was looked at: files it governs, how many changed, by how many commits."""

    files: int
    changed: int
    commits: int


class Standing(NamedTuple):
    """How one record stands today. `first` is the day it was first committed, `edited` the last day its words changed.

    `recent` counts the commits of the last BUSY_DAYS days under its scope, or under the paths it names where it has none.
    """

    record: DecisionRecord
    first: str | None = None
    edited: str | None = None
    reviewed: Reviewed | None = None
    churn: Churn | None = None
    recent: int = 0
    dead_scope: tuple[Dead, ...] = ()
    dead_prose: tuple[Dead, ...] = ()
    owners: tuple[Seen, ...] = ()


def is_over(record: DecisionRecord) -> bool:
    """Tell whether nobody needs to look at a record any more: it is no record, was turned down, or was replaced whole."""
    is_replaced = any(name not in record.partly for name in record.superseded_by)
    if record.kind != "record" or is_replaced or record.status is None:
        return record.kind != "record" or is_replaced
    is_done = record.status.value == "unknown" and bool(_DONE.fullmatch(record.status.text))
    return record.status.value in OVER or is_done


def standings(
    records: Iterable[DecisionRecord], documents: Mapping[str, Document], past: Past, today: str
) -> list[Standing]:
    """Return how each record stands that is still of interest."""
    known = [record for record in records if not is_over(record)]
    edits = dict(past.edits)
    tree = tree_of(past.files)
    living = {id(record): _under(record, documents[record.path], tree) for record in known}
    index = _index({target for under in living.values() for target in under}, past.recent)
    return [
        _standing(record, documents[record.path], past, tree, edits.get(record.path, ()), today)._replace(
            recent=len(set().union(*(index.get(target, set()) for target in living[id(record)])))
        )
        for record in known
    ]


def _standing(
    record: DecisionRecord, document: Document, past: Past, tree: Tree, edits: tuple[str, ...], today: str
) -> Standing:
    reviewed = last_reviewed(record, edits, today)
    one = Standing(record, next(iter(edits), None), edits[-1] if edits else None, reviewed)
    if not past.files:
        return one
    since = reviewed.day if reviewed else ""
    return one._replace(
        churn=_churn(record, past, tree, since) if past.has_history and since else None,
        dead_scope=tuple(dead_globs(record, document, tree, past.gone)),
        dead_prose=tuple(dead_paths(record, document, tree, past.gone, one.first or since)),
        owners=owners_seen(record, past.people, past.owners),
    )


def last_reviewed(record: DecisionRecord, edits: Sequence[str], today: str) -> Reviewed | None:
    """Return the last of a record's own date, the last edit of its words, and its review mark; never a day to come."""
    mark = record.last_reviewed
    found = [
        Reviewed(_full(mark.date), f"review mark{f' by {mark.by}' if mark.by else ''}") if mark else None,
        Reviewed(edits[-1], "last edit") if edits else None,
        Reviewed(_full(record.date), "its date") if record.date else None,
    ]
    return max((one for one in found if one and one.day <= today), key=lambda one: one.day, default=None)


def days_between(first: str, second: str) -> int:
    """Return how many days lie between two ISO days; a month stands for its first day."""
    return _day_number(_full(second)) - _day_number(_full(first))


def _day_number(day: str) -> int:
    """Count days in the Gregorian calendar, with years that begin in March so that the odd day comes last."""
    year, month, number = (int(part) for part in day.split("-"))
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + number


def _full(day: str) -> str:
    return day if len(day) > 7 else f"{day}-01"


def _churn(record: DecisionRecord, past: Past, tree: Tree, since: str) -> Churn | None:
    """Count what happened under an explicit scope after a day; None without one, or with one that names too much."""
    files = set(in_scope(record, tree.files))
    if not files or tree.is_broad(len(files)):
        return None
    touched = [found for work in past.since if work.day > since and (found := files.intersection(work.paths))]
    return Churn(len(files), len(set().union(*touched)), len(touched))


def _under(record: DecisionRecord, document: Document, tree: Tree) -> set[str]:
    """Return the files under a record: those of its scope, else the files and folders it names; never too many."""
    if not scope_globs(record):
        return living_paths(record, document, tree)
    found = set(in_scope(record, tree.files))
    return set() if tree.is_broad(len(found)) else found


def _index(targets: set[str], recent: Sequence[Work]) -> dict[str, set[int]]:
    """Return which commits touched each of these files and folders."""
    index: dict[str, set[int]] = {}
    for number, work in enumerate(recent):
        for path in work.paths:
            for target in targets.intersection((path, *folders_above(path))):
                index.setdefault(target, set()).add(number)
    return index
