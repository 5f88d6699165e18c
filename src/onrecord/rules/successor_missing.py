"""successor-missing: superseded, and nothing says by what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return f"the status says {quote(at(facts, '/status/text'))} and names no successor"


RULE = Rule(
    id="successor-missing",
    scope="record",
    severity=Severity.WARNING,
    summary="The record is superseded, and nothing says by what.",
    why="A reader who lands here needs the way to what holds today.",
    help="Name the successor, for example “Superseded by [0012](0012-use-kafka.md)”.",
    seen=_seen,
    good=(
        Example(
            "A link.",
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
        Example(
            "Words.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Superseded by ADR-0012

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.
""",
        ),
    ),
    bad=(
        Example(
            "No successor.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Superseded

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
