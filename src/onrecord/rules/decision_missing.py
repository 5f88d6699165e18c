"""decision-missing: no decision was found in the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at
from onrecord.rules.samples import nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    slot = at(facts, "/reading/slots/decision") or {}
    if slot.get("state") in ("empty", "placeholder"):
        return f"{slot.get('how')} is there, and nothing is filled in below it"
    found = [
        name for name, part in at(facts, "/reading/slots").items() if part["state"] == "filled" and name != "title"
    ]
    return "no decision was found; read so far: " + (
        ", ".join(name.replace("_", " ") for name in found) or "nothing else"
    )


RULE = Rule(
    id="decision-missing",
    scope="record",
    severity=Severity.WARNING,
    summary="No part of the record says what was decided.",
    why="A record without its decision leaves readers to guess it from the code.",
    help="Add a heading “Decision” with one sentence, for example: “We will use PostgreSQL, because billing needs transactions.”",
    seen=_seen,
    slot="decision",
    good=(
        Example(
            "A heading in another language.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Kontext

Billing writes to three tables at once and lost two invoices last month.

## Entscheidung

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.
""",
        ),
        Example(
            "A Y-statement is a decision.",
            """\
# Session store

In the context of the web shop, facing lost sessions at each deploy, we decided for Redis and neglected Memcached, to achieve restart safety, accepting one more server.
""",
        ),
        Example(
            "A proposal may still be open.",
            nygard(status="Proposed", decision=None),
        ),
    ),
    bad=(
        Example(
            "There is no decision at all.",
            nygard(decision=None),
        ),
        Example(
            "A heading inside a code block is an example.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

~~~markdown
## Decision

Write it here.
~~~

## Consequences

Operations runs one more database.
""",
        ),
    ),
)
