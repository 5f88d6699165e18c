"""ignore-unused: a suppression that hides nothing."""

from __future__ import annotations

from onrecord.rules.model import Example, Rule, Severity

RULE = Rule(
    id="ignore-unused",
    scope="record",
    severity=Severity.NOTICE,
    summary="A suppression hides nothing.",
    why="A leftover suppression will hide the next, real finding.",
    help="Delete it, or correct it: “<!-- onrecord-disable-file RULE: reason -->”, also -line and -next-line.",
    good=(
        Example(
            "It hides something.",
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
            "No such rule.",
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

<!-- onrecord-disable-file ownr-missing: imported from the wiki -->
""",
        ),
        Example(
            "Nothing to hide.",
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

<!-- onrecord-disable-file owner-missing: imported from the wiki -->
""",
        ),
    ),
)
