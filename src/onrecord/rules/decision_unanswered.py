"""decision-unanswered: a pull request that asks for a decision and states none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Rule, Severity


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return (
        f"{facts['reasons'][0] if facts.get('reasons') else 'a decision is asked for'}, and the description states none"
    )


RULE = Rule(
    id="decision-unanswered",
    scope="change",
    severity=Severity.NOTICE,
    summary="The pull request asks for a decision, and none is written down.",
    why="A pull request is where a decision is still cheap to write; afterwards nobody reads it again.",
    help="Add three sentences: “Decision: … because … Instead of: … Owner: …”, link the record, or write “No decision here, because …”.",
    seen=_seen,
)
