"""date-impossible: a date that does not exist in any common order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote
from onrecord.rules.samples import nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return f"the date says {quote(facts.get('date_text'))}, which no calendar has"


RULE = Rule(
    id="date-impossible",
    scope="record",
    severity=Severity.ERROR,
    summary="The date does not exist.",
    why="A date that cannot be right makes readers doubt when, and whether, this was decided.",
    help="Write the day as year-month-day, for example 2026-11-22.",
    seen=_seen,
    good=(
        Example(
            "Day first is a date.",
            nygard(header="Date: 27/06/2026"),
        ),
        Example(
            "Words are a date.",
            nygard(header="Date: 9th November 2026"),
        ),
        Example(
            "A month is enough.",
            nygard(header="Date: April 2026"),
        ),
    ),
    bad=(
        Example(
            "Month 13.",
            nygard(header="Date: 2026-13-41"),
        ),
        Example(
            "30 February.",
            nygard(header="Date: 2026-02-30"),
        ),
    ),
)
