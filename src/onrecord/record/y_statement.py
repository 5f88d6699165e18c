"""Y-statements: one sentence that is a whole record.

"In the context of …, facing …, we decided for … and neglected …, to achieve …, accepting that …."
Source: Zimmermann et al., "Y-Statements" (2012).
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SENTENCE = re.compile(
    r"in the context of\s+(?P<context>.{3,600}?),?\s+facing\s+(?P<facing>.{3,600}?),?\s+"
    r"we (?:have )?(?:decided|chose|opted)\s*(?:for|to|on|that)?\s*(?P<decision>.{2,600}?)"
    r"(?:,?\s+and (?:neglected|against|rejected|not)\s+(?P<neglected>.{2,600}?))?,?\s+"
    r"to (?:achieve|have|get)\s*:?\s*(?P<achieve>.{2,800}?)(?:,?\s*accepting\s*(?:that|downside|downsides)?\s*:?\s*(?P<accepting>.{2,800}?))?\s*(?:\.\s|\.?$|\n\n)",
    re.IGNORECASE | re.DOTALL,
)
_ITEM = re.compile(r"\s*(?:,|;|\band\b|\bor\b)\s*", re.IGNORECASE)


class YStatement(NamedTuple):
    """The clauses; `accepting` is empty when left out."""

    context: str
    decision: str
    neglected: list[str]
    achieve: str
    accepting: str


def read_y_statement(text: str) -> YStatement | None:
    """Read the first Y-statement in a plain text; only where its three fixed clauses follow each other."""
    lowered = text.lower()
    if "in the context of" not in lowered or "facing" not in lowered:
        return None
    match = _SENTENCE.search(" ".join(text.split()))
    if not match:
        return None
    neglected = [part.strip() for part in _ITEM.split(match["neglected"] or "") if part and part.strip()]
    return YStatement(
        f"{match['context']}, facing {match['facing']}",
        match["decision"].strip(),
        neglected,
        match["achieve"].strip(),
        (match["accepting"] or "").strip(),
    )
