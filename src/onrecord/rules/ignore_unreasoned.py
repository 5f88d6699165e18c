"""ignore-unreasoned: a suppression without a reason."""

from __future__ import annotations

from onrecord.rules.model import Example, Rule, Severity

RULE = Rule(
    id="ignore-unreasoned",
    scope="record",
    severity=Severity.NOTICE,
    summary="A suppression gives no reason, and is not followed.",
    why="The next reader cannot tell a considered exception from a forgotten one.",
    help="Add the reason behind a colon: “<!-- onrecord-disable-file owner-missing: imported from the wiki -->”.",
    good=(
        Example(
            "With a reason.",
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

<!-- onrecord-disable-file owner-missing: imported from the wiki -->
""",
        ),
    ),
    bad=(
        Example(
            "Without.",
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

<!-- onrecord-disable-file owner-missing -->
""",
        ),
    ),
)
