"""options-missing: no alternative was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return "no alternatives were found"


RULE = Rule(
    id="options-missing",
    scope="record",
    severity=Severity.NOTICE,
    summary="No alternative is named, and nothing says that there was none.",
    why="The rejected way is what somebody will propose again in a year; the reason against it saves that day.",
    help="Name what else was possible, for example: “Instead of Memcached, which loses data at a restart.”",
    seen=_seen,
    slot="considered_options",
    good=(
        Example(
            "Options have a section.",
            """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
""",
        ),
        Example(
            "A record may say that there was none.",
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

## Alternatives

No alternatives were considered, because the license forces this.
""",
        ),
        Example(
            "Alternatives may stand in prose.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will use PostgreSQL. We also considered MongoDB, but it has no transactions across collections.

## Consequences

Operations runs one more database.
""",
        ),
    ),
    bad=(
        Example(
            "Only the decision is there.",
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
""",
        ),
    ),
)
