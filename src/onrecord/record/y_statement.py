"""Y-statements: one sentence that is a whole record.

"In the context of …, facing …, we decided for … and neglected …, to achieve …, accepting that …."
Source: Zimmermann et al., "Y-Statements" (2012).
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Each clause is looked for behind the one before, so that the time grows with the text and no faster.
_CLAUSES = (
    re.compile(r"\bin the context of\b", re.IGNORECASE),
    re.compile(r"\bfacing\b", re.IGNORECASE),
    re.compile(r"\bwe (?:have )?(?:decided|chose|opted)\b(?: (?:for|to|on|that)\b)?", re.IGNORECASE),
    re.compile(r"\bto (?:achieve|have|get)\b\s*:?", re.IGNORECASE),
)
_NEGLECTED = re.compile(r"\band (?:neglected|against|rejected|not)\b", re.IGNORECASE)
_ACCEPTING = re.compile(r"\baccepting\b(?:\s+(?:that|downsides?))?\s*:?", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:,|;|\band\b|\bor\b)\s*", re.IGNORECASE)
_END = re.compile(r"\.(?:\s|$)")
MAX_LENGTH = 6_000  # one sentence is never longer


class YStatement(NamedTuple):
    """The clauses; one that holds nothing is empty, and `accepting`, which may be left out, then None."""

    context: str
    decision: str
    neglected: list[str]
    achieve: str
    accepting: str | None


def read_y_statement(text: str) -> YStatement | None:
    """Read the first Y-statement in a plain text; only where its four fixed clauses follow each other."""
    text = " ".join(text[:MAX_LENGTH].split())
    marks = []
    at = 0
    for clause in _CLAUSES:
        match = clause.search(text, at)
        if match is None:
            return None
        marks.append(match)
        at = match.end()
    context, facing, decided, achieve = marks
    decision = text[decided.end() : achieve.start()]
    neglected = ""
    if match := _NEGLECTED.search(decision):
        decision, neglected = decision[: match.start()], decision[match.end() :]
    rest = text[achieve.end() :]
    accepting = None
    if match := _ACCEPTING.search(rest):
        rest, accepting = rest[: match.start()], _trim(_END.split(rest[match.end() :])[0])
    told = _trim(text[context.end() : facing.start()]), _trim(text[facing.end() : decided.start()])
    around = ", facing ".join(filter(None, told))
    names = [name for part in _ITEM.split(neglected) if (name := _trim(part))]
    return YStatement(around, _trim(decision), names, _trim(_END.split(rest)[0]), accepting)


def _trim(text: str) -> str:
    return text.strip(" ,;:.")
