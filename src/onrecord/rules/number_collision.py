"""number-collision: another record takes the same number, on another branch or in another open change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from onrecord.log import same_number
from onrecord.log.numbering import written_number
from onrecord.record import DecisionRecord
from onrecord.record.identity import number_in_path
from onrecord.rules.model import ChangeSubject, Hit, LogSubject, Rule, Severity, place_of

_Numbered: TypeAlias = dict[tuple[str, str] | None, list[DecisionRecord]]  # by folder, and series with number


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    new = {file.path for file in subject.change.files or () if file.status in ("added", "renamed", "copied")}
    here = {record.path for record in subject.records} | {f.previous for f in subject.change.files or () if f.previous}
    gone = {file.path for file in subject.change.files or () if file.status == "removed"}
    aside = here | gone
    base = _by_number(record for record in subject.base if record.path not in aside)  # number-duplicate sees the others
    known = here | {record.path for record in subject.base}
    open_ones = _by_number(_by_path(path for path in subject.taken if path not in known))
    mine = [record for record in subject.records if record.path in new] if subject.records else _by_path(sorted(new))
    for record in mine:
        if rival := _rival(record, base):
            where = "on the branch this goes to"
        elif rival := _rival(record, open_ones):
            where = f"in #{subject.taken[rival.path]}"
        else:
            continue
        yield record.path, _hit(record, rival, where)


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    here = {record.path for record in (*subject.records, *subject.others)}
    others = _by_number(_by_path(path for path in subject.taken if path not in here))
    for record in (one for one in subject.records if one.path in subject.new):
        if rival := _rival(record, others):
            yield record.path, _hit(record, rival, subject.taken[rival.path])


def _by_path(paths: Iterable[str]) -> list[DecisionRecord]:
    """Return records of which nothing but the path is known."""
    return [DecisionRecord(path=path, number=number_in_path(path)) for path in paths]


def _by_number(records: Iterable[DecisionRecord]) -> _Numbered:
    found: _Numbered = {}
    for record in records:
        found.setdefault(written_number(record), []).append(record)
    return found


def _rival(record: DecisionRecord, others: _Numbered) -> DecisionRecord | None:
    for group in same_number([record, *others.get(written_number(record), ())]):
        if record in group:
            return next((other for other in group if other is not record), None)
    return None


def _hit(record: DecisionRecord, rival: DecisionRecord, where: str) -> Hit:
    name = rival.path.rsplit("/", 1)[-1]
    return Hit(place_of(record), f"number {record.number} is also taken by {name[:80]}, {where[:120]}")


RULE = Rule(
    id="number-collision",
    scope="change",
    severity=Severity.WARNING,
    summary="A record that is added has a number that another one takes first.",
    why="Both look fine alone; once both are merged, one number means two things.",
    help="Give this one the next free number before it is merged.",
    check_log=_check_log,
    check_change=_check,
)
