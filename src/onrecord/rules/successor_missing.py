"""successor-missing: superseded, and nothing says by what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote
from onrecord.rules.samples import nygard


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return f"the status says {quote(at(facts, '/status/text'))} and names no successor"


RULE = Rule(
    id="successor-missing",
    scope="record",
    severity=Severity.WARNING,
    summary="The record is superseded, and nothing says by what.",
    why="A reader who lands here needs the way to what holds today.",
    help="Name the successor, for example “Superseded by [0012](0012-use-kafka.md)”.",
    seen=_seen,
    good=(
        Example(
            "A link.",
            nygard(status="Superseded by [0012](0012-use-kafka.md)"),
            others=("docs/adr/0012-use-kafka.md",),
        ),
        Example(
            "Words.",
            nygard(status="Superseded by ADR-0012"),
        ),
    ),
    bad=(
        Example(
            "No successor.",
            nygard(status="Superseded"),
        ),
    ),
)
