"""status-unknown: a status word that is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return f"the status says {quote(at(facts, '/status/text'))}"


RULE = Rule(
    id="status-unknown",
    scope="record",
    severity=Severity.WARNING,
    summary="The status is a word that is not known.",
    why="A reader, and every report, needs to tell an open proposal from a decision in force.",
    help="Use proposed, accepted, rejected, deprecated or superseded, or add the team's word under “vocabulary: statuses:” in the configuration.",
    seen=_seen,
    slot="status",
    good=(
        Example(
            "Synonyms and other languages are known.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

✅ Angenommen am 2. Mai

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.
""",
        ),
        Example(
            "A sentence.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted on 2 May, after the review.

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
            "An own word.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Cromulent

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
