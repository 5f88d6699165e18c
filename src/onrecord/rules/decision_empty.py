"""decision-empty: an accepted record whose decision has a heading and no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at
from onrecord.rules.samples import nygard


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
            nygard(),
        ),
        Example(
            "A table under the heading is content.",
            nygard(decision="| Data | Store |\n|---|---|\n| invoices | PostgreSQL |"),
        ),
        Example(
            "A proposed record may be undecided.",
            nygard(status="Proposed", decision=""),
        ),
    ),
    bad=(
        Example(
            "The heading has no text.",
            nygard(decision=""),
        ),
        Example(
            "A comment is not seen by readers.",
            nygard(decision="<!-- describe the decision here -->"),
        ),
        Example(
            "Code is not a decision.",
            nygard(decision="```\nuse postgres\n```"),
        ),
        Example(
            "Nothing is filled in, and the status says that it was decided.",
            "# 7. Keep invoices in PostgreSQL\n\n## Status\n\nAccepted\n\n## Decision\n",
        ),
    ),
)
