"""status-unknown: a status word that is not known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, near_to, quote
from onrecord.rules.samples import nygard

_WORDS = ("proposed", "draft", "accepted", "rejected", "deprecated", "superseded")
_TYPO = 0.8  # so near is a slip of the fingers; a word of the team's own (Achieved, Planned) is further away


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    text = str(at(facts, "/status/text"))
    first = (text.split() or [""])[0].strip(".,;:()").lower()
    near = near_to(first, _WORDS, _TYPO)
    return f"the status says {quote(text)}{f'; {near} is near' if near else ''}"


RULE = Rule(
    id="status-unknown",
    scope="record",
    severity=Severity.WARNING,
    summary="The status is a word that is not known.",
    why="A reader, and every report, needs to tell an open proposal from a decision in force.",
    help="Use proposed, accepted, rejected, deprecated or superseded, or add the team's word under “vocabulary: statuses:” in the configuration.",
    seen=_seen,
    slot="status",
    good=(
        Example(
            "Synonyms and other languages are known.",
            nygard(status="✅ Angenommen am 2. Mai"),
        ),
        Example(
            "A sentence.",
            nygard(status="Accepted on 2 May, after the review."),
        ),
    ),
    bad=(
        Example(
            "An own word.",
            nygard(status="Cromulent"),
        ),
        Example(
            "A slip of the fingers.",
            nygard(status="Acepted on 2 May"),
        ),
    ),
)
