"""decide-by-passed: a proposal whose own deadline has passed."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity
from onrecord.rules.samples import madr


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    if (
        record.decide_by
        and record.status
        and record.status.value in ("proposed", "draft")
        and record.decide_by < subject.today[: len(record.decide_by)]
    ):
        span = record.slots["status"].span or record.span
        yield Hit(span, f"it was to be decided by {record.decide_by} and is still {record.status.value}")


RULE = Rule(
    id="decide-by-passed",
    scope="record",
    severity=Severity.WARNING,
    summary="The proposal's own deadline has passed.",
    why="An open proposal past its date is usually decided in practice and recorded nowhere.",
    help="Record the outcome in the status, or move the date: “decide-by: 2027-01-31”.",
    check=_check,
    good=(
        Example(
            "Still time.",
            madr(status="status: proposed\ndecide-by: 2026-06-01"),
        ),
        Example(
            "Decided.",
            madr(status="status: accepted\ndecide-by: 2026-01-31"),
        ),
    ),
    bad=(
        Example(
            "Passed.",
            madr(status="status: proposed\ndecide-by: 2026-05-31"),
        ),
    ),
)
