"""decision-unanswered: a pull request that asks for a decision and states none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, FileExample, Rule, Severity


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
    good=(
        Example(
            "Three sentences.",
            "Decision: keep the queue, because it is paid for. Instead of: Kafka. Owner: Ann Example.\n",
            labels=("decision",),
        ),
        Example("A link to a record.", "See [the record](docs/adr/0012-use-kafka.md).\n", labels=("decision",)),
        Example("A waiver.", "No decision here, because only a label changes.\n", labels=("decision",)),
        Example("Nobody asked.", "Jobs wait in another queue now.\n"),
    ),
    bad=(
        Example("A listed label.", "Jobs wait in another queue now.\n", labels=("decision",)),
        Example(
            "A listed path.",
            "Jobs wait in another queue now.\n",
            files=(FileExample("billing/queue.py", "SIZE = 1\n", "SIZE = 2\n"),),
        ),
    ),
)
