"""number-duplicate: two records with one number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from onrecord.log import same_number
from onrecord.markdown import Span
from onrecord.record import DecisionRecord
from onrecord.record.edit.model import Fix
from onrecord.rules.model import Hit, LogSubject, Rule, Severity


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    here_first = {record.path for record in subject.others}
    renumbered: list[str] = []
    for group in same_number((*subject.records, *subject.others)):
        first, *others = sorted(group, key=lambda record: (record.path not in here_first, *_age(record, subject)))
        fixes = _fixes(group, subject, renumbered)
        for record in (r for r in others if r.path not in here_first):
            span = (
                Span(record.slots["title"].span.start, record.slots["title"].span.start)
                if record.slots["title"].span
                else Span(1, 1)
            )
            fix = next(fixes, None)
            seen = f"number {record.number} is also taken by {first.path.rsplit('/', 1)[-1]}"
            yield record.path, Hit(span, seen, fix=fix)


def _age(record: DecisionRecord, subject: LogSubject) -> tuple[int, str]:
    """Return what puts the older of two first: when it came, as far as that is known, else its path."""
    return subject.added.get(record.path, 0), record.path


def _fixes(group: list[DecisionRecord], subject: LogSubject, renumbered: list[str]) -> Iterator[Fix | None]:
    """Yield for each record but the oldest the fix that gives it the next free number; none where the age is not known."""
    ages = [subject.added.get(record.path) for record in group]
    known = [age for age in ages if age is not None]
    if len(known) < len(group) or len(set(known)) < len(known):
        return
    from onrecord.log import next_number
    from onrecord.log.references import log_of
    from onrecord.record.edit.move import renumber

    every = (*subject.records, *subject.others)
    first, *newer = sorted(group, key=lambda record: subject.added[record.path])
    place = first.path.rpartition("/")[0]
    home = log_of(first.path)
    elsewhere = {one.path for one in every if one.kind == "record" and log_of(one.path) != home}
    beside = [one for one in every if one.path.rpartition("/")[0] == place]
    for record in newer:
        folder, _, name = record.path.rpartition("/")
        written = re.match(r"(?P<series>[A-Za-z_ -]*)(?P<number>\d+)", name)
        series = [one for one in beside if written and one.path.rpartition("/")[2].startswith(written["series"])]
        taken = [*renumbered, *subject.unread, *(one.path for one in every), *subject.taken]
        number = next_number(series, taken)
        if written is None or number is None or _is_named(record, [one for one in every if one.path not in elsewhere]):
            yield None
            continue
        to = f"{folder}/" if folder else ""
        to += f"{written['series']}{number}{name[written.end() :]}"
        rivals = [one.path for one in group if one is not record]
        fix = None
        if not (to in subject.documents or to in renumbered):
            fix = renumber(record, to, (int(written["number"]), int(number)), subject.documents, rivals, elsewhere)
        if fix:
            renumbered.append(to)
        yield fix


def _is_named(record: DecisionRecord, every: Iterable[DecisionRecord]) -> bool:
    """Tell whether a record names this number as a relation: which of the records it means, nobody can tell."""
    names = (name for one in every for name in (*one.supersedes, *one.superseded_by, *one.amends, *one.relates_to))
    return any(re.fullmatch(rf"\D{{0,12}}0*{re.escape(record.number or '')}", name) for name in names)


RULE = Rule(
    id="number-duplicate",
    scope="log",
    severity=Severity.ERROR,
    summary="Two records in one folder have the same number.",
    why="“ADR 19” then means two things, and links and talk go to the wrong one.",
    help="Give the newer one the next free number.",
    check_log=_check_log,
)
