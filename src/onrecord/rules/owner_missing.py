"""owner-missing: nobody is named as having decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    others = [role for role in ("authors", "consulted", "informed") if facts.get(role)]
    return "no decision-maker is named" + (f", only {' and '.join(others)}" if others else "")


RULE = Rule(
    id="owner-missing",
    scope="record",
    severity=Severity.WARNING,
    summary="Nobody is named as having decided.",
    why="In six months somebody will want to ask why, or to change it; a name is where they start.",
    help="Add who decided, for example “decision-makers: [Ann Example]” in the front matter, or a line “Deciders: Ann Example”.",
    seen=_seen,
    slot="decision_makers",
    good=(
        Example(
            "Front matter.",
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
            "A line in the header.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01
Deciders: Ann Example

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
    bad=(
        Example(
            "No name at all.",
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
        Example(
            "An author is not yet a decider.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01
Author: Ann Example

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
