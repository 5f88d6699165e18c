"""decision-placeholder: an accepted record whose decision is still a placeholder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote
from onrecord.rules.samples import madr, nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    how = at(facts, "/reading/slots/decision/how") or "the decision"
    return f"{how} is there, and below it stands only {_left(facts)}"


def _left(facts: Mapping[str, Any]) -> str:
    """Quote what is left where it is all that is unfilled in the record: which of several stands here, the facts do not say."""
    left = at(facts, "/reading/placeholders")
    return quote(left[0]) if left and len(left) == 1 else "unfilled text"


RULE = Rule(
    id="decision-placeholder",
    scope="record",
    severity=Severity.ERROR,
    summary="The record is accepted, and its decision is still a placeholder.",
    why="An accepted “TBD” tells readers that something was decided and hides what.",
    help="Replace it by the choice in one sentence, or delete it and set the status back to “Proposed”.",
    seen=_seen,
    slot="decision",
    good=(
        Example(
            "The word may stand inside a sentence.",
            nygard(decision="We will mark open points with TBD in all plans."),
        ),
    ),
    bad=(
        Example(
            "A bare TBD.",
            nygard(decision="TBD"),
        ),
        Example(
            "A template's brace is left.",
            madr(outcome='Chosen option: "{title of option 1}", because {justification}'),
        ),
    ),
)
