"""placeholder-left: template text that was not filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote
from onrecord.rules.samples import nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:
    return f"{quote(at(facts, pointer))} is not filled in"


RULE = Rule(
    id="placeholder-left",
    scope="record",
    severity=Severity.WARNING,
    summary="A piece of the template is still there.",
    why="Readers cannot tell a forgotten blank from a deliberate one.",
    help="Fill it in, or delete the line; an optional part may simply be left out.",
    seen=_seen,
    good=(
        Example(
            "Code and paths may hold braces.",
            nygard(decision="We will serve `{tenant id}` under /api/{id}/items and keep `{{ jinja }}` templates."),
        ),
        Example(
            "A word inside a sentence.",
            nygard(decision="We will describe each TODO comment in the tracker."),
        ),
    ),
    bad=(
        Example(
            "A brace from the template.",
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

{what becomes easier, e.g. reports}

Operations runs one more database.
""",
        ),
        Example(
            "A bare TBD.",
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

TBD
""",
        ),
    ),
)
