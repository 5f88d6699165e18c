"""number-duplicate: two records with one number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from onrecord.log import same_number
from onrecord.log.numbering import Counting, bearer, counting, digits_in, place_of_number
from onrecord.log.references import log_of
from onrecord.record import DecisionRecord
from onrecord.record.edit.model import Fix
from onrecord.rules.model import Hit, LogSubject, Rule, Severity, place_of

_WRITTEN = re.compile(r"(?P<series>[A-Za-z_ -]*)(?P<number>\d+)")
_NAMED = re.compile(r"\D{0,12}(\d+)")


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    here_first = {record.path for record in subject.others}
    numbers = _Numbers(subject)
    for group in same_number((*subject.records, *subject.others)):
        first, *others = sorted(group, key=lambda record: (record.path not in here_first, *_age(record, subject)))
        fixes = _fixes(group, here_first, subject, numbers)
        for record in (r for r in others if r.path not in here_first):
            fix = next(fixes, None)
            seen = f"number {record.number} is also taken by {bearer(first.path)[1]}"
            yield record.path, Hit(place_of(record), seen, fix=fix)


def _age(record: DecisionRecord, subject: LogSubject) -> tuple[int, str]:
    """Return what puts the older of two first: when it came, as far as that is known, else its path."""
    return subject.added.get(record.path, 0), record.path


def _fixes(
    group: list[DecisionRecord], here_first: set[str], subject: LogSubject, numbers: _Numbers
) -> Iterator[Fix | None]:
    """Yield the fixes that give newer records the next free number, the oldest first; none where ages are not known.

    Of those that are not checked, the oldest is moved where a checked one was here before all of them, no other.
    """
    ages = [subject.added.get(record.path) for record in group]
    known = [age for age in ages if age is not None]
    if len(known) < len(group) or len(set(known)) < len(known):
        return
    from onrecord.record.edit.move import renumber

    first, *newer = sorted(group, key=lambda record: subject.added[record.path])
    beside = [record for record in newer if record.path in here_first]
    newer = [record for record in newer if record.path not in here_first]
    if first.path not in here_first:
        newer = [*beside[:1], *newer]
    place = bearer(first.path)[0]
    for record in newer:
        folder, _, name = record.path.rpartition("/")
        written = _WRITTEN.match(name)
        number = numbers.free(place, written["series"]) if written else None
        if written is None or number is None or numbers.is_named(record, first):
            yield None
            continue
        to = f"{folder}/" if folder else ""
        to += f"{written['series']}{number}{name[written.end() :]}"
        rivals = [one.path for one in group if one is not record]
        fix = None
        if not (to in subject.documents or numbers.is_given(to)):
            both = (int(written["number"]), int(number))
            fix = renumber(record, to, both, subject.texts, rivals, numbers.elsewhere(first))
        if fix:
            numbers.give(to)
        yield fix


class _Numbers:
    """Which numbers of a log are free, and which are spoken of: looked up once for all that need another one."""

    def __init__(self, subject: LogSubject) -> None:
        self._every = (*subject.records, *subject.others)
        self._taken = (*subject.unread, *(one.path for one in self._every), *subject.taken)
        self._given: set[str] = set()
        self._highest: dict[tuple[str, str], int] = {}  # of the numbers that were given away here
        self._counted: dict[tuple[str, str], Counting | None] = {}
        self._elsewhere: dict[str, frozenset[str]] = {}
        self._names: dict[str, list[str]] = {}
        self._named: dict[str, frozenset[str]] = {}

    def free(self, folder: str, series: str) -> str | None:
        """Return the next free number in a folder, of the series that a name begins with."""
        key = (folder, series)
        if key not in self._counted:
            beside = [one for one in self._in_folder.get(folder, ()) if bearer(one.path)[1].startswith(series)]
            self._counted[key] = counting(beside, self._taken_in_folder.get(folder, ()))
        found = self._counted[key]
        return found.following(self._highest.get(found.place, 0)) if found else None

    def give(self, path: str) -> None:
        """Take the number in a path as given away."""
        self._given.add(path)
        if place := place_of_number(path):
            self._highest[place] = max(self._highest.get(place, 0), int(digits_in(path)))

    def is_given(self, path: str) -> bool:
        """Tell whether another record moves to this path."""
        return path in self._given

    def elsewhere(self, first: DecisionRecord) -> frozenset[str]:
        """Return the paths of records of other logs."""
        home = log_of(first.path)
        if home not in self._elsewhere:
            records = (one for one in self._every if one.kind == "record")
            self._elsewhere[home] = frozenset(one.path for one in records if log_of(one.path) != home)
        return self._elsewhere[home]

    def is_named(self, record: DecisionRecord, first: DecisionRecord) -> bool:
        """Tell whether a record names this number as a relation: which of the records it means, nobody can tell."""
        home, number = log_of(first.path), record.number or ""
        if home not in self._names:
            here = [one for one in self._every if one.path not in self.elsewhere(first)]
            fields = [(*one.supersedes, *one.superseded_by, *one.amends, *one.relates_to) for one in here]
            self._names[home] = [name for names in fields for name in names]
            digits = (match[1] for name in self._names[home] if (match := _NAMED.fullmatch(name)))
            self._named[home] = frozenset(one.lstrip("0") or "0" for one in digits)
        if number.isdecimal() and number == (number.lstrip("0") or "0"):
            return number in self._named[home]
        return any(re.fullmatch(rf"\D{{0,12}}0*{re.escape(number)}", name) for name in self._names[home])

    @cached_property
    def _in_folder(self) -> dict[str, list[DecisionRecord]]:
        found: dict[str, list[DecisionRecord]] = {}
        for one in self._every:
            found.setdefault(bearer(one.path)[0], []).append(one)
        return found

    @cached_property
    def _taken_in_folder(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._taken:
            found.setdefault(bearer(path)[0], []).append(path)
        return found


RULE = Rule(
    id="number-duplicate",
    scope="log",
    severity=Severity.ERROR,
    summary="Two records in one folder have the same number.",
    why="The number then means two things, and links and talk go to the wrong one.",
    help="Give the newer one the next free number.",
    check_log=_check_log,
)
