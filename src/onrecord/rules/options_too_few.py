"""options-too-few: one option only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    options = facts["considered_options"]
    return f"the only option is {quote(options[0]['title'])}" if options else "the options part names no option"


RULE = Rule(
    id="options-too-few",
    scope="record",
    severity=Severity.WARNING,
    summary="Only one option is listed.",
    why="One option is no choice: readers cannot see what was weighed, nor challenge it.",
    help="Add the rival that was closest, or write why there was none: “No other option, because …”.",
    seen=_seen,
    slot="considered_options",
    good=(
        Example(
            "Two options.",
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
            "One option with a reason.",
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

No alternatives were considered, because the platform team runs nothing else.

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
""",
        ),
        Example(
            "A section of alternatives holds the rejected ones.",
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

## Alternatives considered

* MongoDB: no transactions across collections.
""",
        ),
    ),
    bad=(
        Example(
            "One option and no reason.",
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

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
""",
        ),
    ),
)
