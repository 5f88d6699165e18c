"""supersedes-self: a record that replaces itself."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, quote


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    name = record.path.rsplit("/", 1)[-1]
    for relation, targets in (("superseded by", record.superseded_by), ("superseding", record.supersedes)):
        for target in targets:
            if target.split("#")[0].removeprefix("./") == name:
                yield Hit(record.slots["status"].span or record.span, f"it names itself as {relation} {quote(target)}")


RULE = Rule(
    id="supersedes-self",
    scope="record",
    severity=Severity.ERROR,
    summary="The record says that it replaces, or is replaced by, itself.",
    why="The chain of decisions ends in a circle of one.",
    help="Name the other record, for example “Superseded by [0012](0012-use-kafka.md)”.",
    check=_check,
    good=(
        Example(
            "Another record.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Superseded by [0012](0012-use-kafka.md)

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.
""",
            others=("docs/adr/0012-use-kafka.md",),
        ),
    ),
    bad=(
        Example(
            "Itself.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Superseded by [0007](0007-example.md)

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.
""",
        ),
    ),
)
