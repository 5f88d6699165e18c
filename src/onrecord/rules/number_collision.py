"""number-collision: another record takes the same number, on the branch this one goes to or in another open change."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log import same_number
from onrecord.markdown import Span
from onrecord.record import DecisionRecord
from onrecord.record.identity import number_in_path
from onrecord.rules.model import ChangeSubject, Hit, Rule, Severity


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    new = {file.path for file in subject.change.files or () if file.status in ("added", "renamed", "copied")}
    here = {record.path for record in subject.records} | {f.previous for f in subject.change.files or () if f.previous}
    gone = {file.path for file in subject.change.files or () if file.status == "removed"}
    base = [record for record in subject.base if record.path not in here | gone]  # number-duplicate sees the others
    known = here | {record.path for record in subject.base}
    open_ones = {
        path: DecisionRecord(path=path, number=number_in_path(path)) for path in subject.taken if path not in known
    }
    for record in (one for one in subject.records if one.path in new):
        if rival := _rival(record, base):
            where = "on the branch this goes to"
        elif rival := _rival(record, list(open_ones.values())):
            where = f"in #{subject.taken[rival.path]}"
        else:
            continue
        title = record.slots["title"].span if "title" in record.slots else None
        line = title.start if title else 1
        name = rival.path.rsplit("/", 1)[-1]
        yield record.path, Hit(Span(line, line), f"number {record.number} is also taken by {name}, {where}")


def _rival(record: DecisionRecord, others: list[DecisionRecord]) -> DecisionRecord | None:
    for group in same_number([record, *others]):
        if record in group:
            return next((other for other in group if other is not record), None)
    return None


RULE = Rule(
    id="number-collision",
    scope="change",
    severity=Severity.WARNING,
    summary="A record that is added has a number that another one takes first.",
    why="Both look fine alone; once both are merged, one number means two things.",
    help="Give this one the next free number before it is merged.",
    check_change=_check,
)
