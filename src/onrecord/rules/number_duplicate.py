"""number-duplicate: two records with one number."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log import same_number
from onrecord.markdown import Span
from onrecord.rules.model import Hit, LogSubject, Rule, Severity


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    here_first = {record.path for record in subject.others}
    for group in same_number((*subject.records, *subject.others)):
        first, *others = sorted(group, key=lambda record: record.path not in here_first)
        for record in (r for r in others if r.path not in here_first):
            span = (
                Span(record.slots["title"].span.start, record.slots["title"].span.start)
                if record.slots["title"].span
                else Span(1, 1)
            )
            yield record.path, Hit(span, f"number {record.number} is also taken by {first.path.rsplit('/', 1)[-1]}")


RULE = Rule(
    id="number-duplicate",
    scope="log",
    severity=Severity.ERROR,
    summary="Two records in one folder have the same number.",
    why="“ADR 19” then means two things, and links and talk go to the wrong one.",
    help="Give the newer one the next free number.",
    check_log=_check_log,
)
