"""date-ambiguous: day and month could be swapped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return f"the date says {quote(facts.get('date_text'))}, in which day and month could be swapped"


RULE = Rule(
    id="date-ambiguous",
    scope="record",
    severity=Severity.NOTICE,
    summary="Day and month of the date could be swapped.",
    why="Half of the readers will read another month, and reports leave the date out rather than guess.",
    help="Write the day as year-month-day, for example 2026-11-22.",
    seen=_seen,
    good=(
        Example(
            "A day above twelve.",
            "# 7. Keep invoices in PostgreSQL\n\nDate: 27/06/2026\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use PostgreSQL, because billing needs transactions.\n",
        ),
        Example(
            "Dots are written day first.",
            "# 7. Keep invoices in PostgreSQL\n\nDate: 04.01.2026\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use PostgreSQL, because billing needs transactions.\n",
        ),
    ),
    bad=(
        Example(
            "Either could be the month.",
            "# 7. Keep invoices in PostgreSQL\n\nDate: 07/06/2026\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use PostgreSQL, because billing needs transactions.\n",
        ),
    ),
)
