"""options-too-few: one option only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote
from onrecord.rules.samples import madr, nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    options = facts["considered_options"]
    return f"the only option is {quote(options[0]['title'])}" if options else "the options part names no option"


RULE = Rule(
    id="options-too-few",
    scope="record",
    severity=Severity.WARNING,
    summary="Only one option is listed.",
    why="One option is no choice: readers cannot see what was weighed, nor challenge it.",
    help="Add the rival that was closest, or write why there was none: “No other option, because …”.",
    seen=_seen,
    slot="considered_options",
    good=(
        Example(
            "Two options.",
            madr(),
        ),
        Example(
            "One option with a reason.",
            madr(options="* Redis\n\nNo alternatives were considered, because the platform team runs nothing else."),
        ),
        Example(
            "A section of alternatives holds the rejected ones.",
            nygard(more="\n## Alternatives considered\n\n* MongoDB: no transactions across collections.\n"),
        ),
    ),
    bad=(
        Example(
            "One option and no reason.",
            madr(options="* Redis"),
        ),
    ),
)
