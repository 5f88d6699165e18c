"""answer-contradictory: a decision is stated, and "no decision here" as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    decision = facts.get("decision") or {}
    stated = f"states a decision ({quote(decision['text'], 50)})" if decision.get("text") else "asks for a decision"
    return f"the description {stated} and says that there is none"


RULE = Rule(
    id="answer-contradictory",
    scope="change",
    severity=Severity.WARNING,
    summary="The description states a decision and says that there is none.",
    why="Nobody can tell later which of the two was meant.",
    help="Take out the one that does not apply.",
    seen=_seen,
    good=(
        Example(
            "A decision.", "Decision: keep the queue, because it is paid for. Instead of: Kafka. Owner: Ann Example.\n"
        ),
        Example("None.", "No decision here, because only a label changes.\n"),
        Example(
            "The template's line in a comment is nobody's answer.",
            "Decision: keep the queue, because it is paid for. Instead of: Kafka. Owner: Ann Example.\n\n"
            "<!-- No decision here, because … -->\n",
        ),
    ),
    bad=(
        Example(
            "Both.",
            "Decision: keep the queue, because it is paid for.\n\nNo decision here, because only a label changes.\n",
        ),
        Example(
            "Asked or not.",
            "## Decision\n\nKeep the queue, because it is paid for.\n\n## Notes\n\nNo decision needed.\n",
            labels=("decision",),
        ),
    ),
)
