"""markup-unclosed: a comment that hides the rest of the file."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "markup-unclosed":
            yield Hit(problem.span, f"{problem.message}, so that the rest of the file is hidden")


RULE = Rule(
    id="markup-unclosed",
    scope="record",
    severity=Severity.WARNING,
    summary="An HTML comment opens and never ends.",
    why="Everything below it is invisible to readers.",
    help="Close it with “-->”, or delete the opening mark.",
    check=_check,
    good=(
        Example(
            "Closed.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.

<!-- reviewed -->
""",
        ),
        Example(
            "In code it is an example.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will write `<!--` in templates.

## Consequences

Operations runs one more database.
""",
        ),
    ),
    bad=(
        Example(
            "Open.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.

<!-- reviewed

## Notes

Nobody sees this.
""",
        ),
    ),
)
