"""decision-empty: an accepted record whose decision has a heading and no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    how = at(facts, "/reading/slots/decision/how") or "the decision"
    return f"{how} is there, and no readable text stands below it"


RULE = Rule(
    id="decision-empty",
    scope="record",
    severity=Severity.ERROR,
    summary="The record is accepted, and nothing stands under its decision heading.",
    why="The decision is the one sentence that readers come for; everything else explains it.",
    help="Write the choice in one sentence, for example: “We will use PostgreSQL, because billing needs transactions.”",
    seen=_seen,
    slot="decision",
    good=(
        Example(
            "One sentence is enough.",
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
            "A table under the heading is content.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

| Data | Store |
|---|---|
| invoices | PostgreSQL |

## Consequences

Operations runs one more database.
""",
        ),
        Example(
            "A proposed record may be undecided.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Proposed

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision



## Consequences

Operations runs one more database.
""",
        ),
    ),
    bad=(
        Example(
            "The heading has no text.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision



## Consequences

Operations runs one more database.
""",
        ),
        Example(
            "A comment is not seen by readers.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

<!-- describe the decision here -->

## Consequences

Operations runs one more database.
""",
        ),
        Example(
            "Code is not a decision.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

```
use postgres
```

## Consequences

Operations runs one more database.
""",
        ),
    ),
)
