"""Words that show a decision or a task in talk: markers, which people write on purpose, and cues, which only hint.

Cues were measured: precise in writing (.77), no better than chance in speech. They highlight, and decide nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKER = re.compile(
    r"(?:(?<![\w\"'“‘])(?:\*\*|__)?(?P<what>DECISION|DECIDED|AGREED|RESOLVED|ACTIONS?(?: ITEMS?)?)(?:\*\*|__)?\s*:|\[ADR\]:?)(?:\*\*|__)?"
)
_LEADING = re.compile(
    r"\A[\s*_\[>-]*(?:(?P<what>decision|decided|agreed|resolved|actions?(?: items?)?)\]?[\s*_]*:|\[adr\]:?)[\s*_]*(?P<text>.*)\Z",
    re.IGNORECASE,
)
_CUES = tuple(
    re.compile(source, re.IGNORECASE)
    for source in (
        r"\b(?:we|we've|we have|team|group|it(?:'s| has| was)?(?: been)?)\b[^.?!]{0,25}\b(?:decided|agreed|chosen|settled on|concluded|approved)\b",
        r"\blet'?s\s+(?:go (?:with|for|ahead)|use|do|take|keep|drop|stick (?:with|to)|make it|choose|pick|adopt|say|just)\b",
        r"\b(?:we(?:'re| are| will|'ll)?|I(?:'m| am|'ll| will)?)\s+(?:(?:gonna|going to|just)\s+)?(?:go|going|stick|sticking|settle|settling)\s+(?:with|for|on|to)\b",
        r"\b(?:the |our |final |my )?(?:decision|conclusion|verdict|resolution)\s+(?:is|was|:|to)\b",
        r"^\s*(?:agreed|approved|done deal|motion (?:carried|agreed)|so moved|carried)\b",
        r"\b(?:we(?:'ll| will| shall| should)|we(?:'re| are) (?:gonna|going to))\s+(?:\w+\s+){0,2}(?:use|have|keep|make|adopt|switch|move|migrate|drop|remove|replace|implement|include|not)\b",
    )
)
_RIVAL = re.compile(r"\b(?:instead of|rather than|in favou?r of|over using)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:no decisions?|(?:did|do|does|have|has|had|was|were|is|are|will|can)(?:n't| not|n’t) (?:yet |been |be )?(?:decided?|agreed?|resolved?|settled?)"
    r"|not (?:yet )?(?:decided|agreed|resolved|settled)|undecided|postponed?|deferr?(?:ed)?|decide (?:later|next|tomorrow|on (?:mon|tues|wednes|thurs|fri)day)"
    r"|tbd|tbc|still open|to be (?:decided|discussed|confirmed)|never (?:agreed|decided))\b",
    re.IGNORECASE,
)
_ENDINGS = re.compile(r"(?:ations?|ings?|ions?|ies|ed|es|ly|s|e|y)\Z")


class Marked(NamedTuple):
    """What stands behind a marker, verbatim up to the next one; an action, or a decision."""

    kind: Literal["decision", "action"]
    text: str


def marked(text: str) -> list[Marked]:
    """Return what people marked in a turn: “DECISION: …” anywhere, “Decision: …” where the turn begins with it."""
    if (leading := _LEADING.match(text)) and not _MARKER.match(text):
        only = _cut(leading["text"])
        return [Marked(_kind(leading["what"]), only)] if only else []
    marks = list(_MARKER.finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)][1:]
    said = [(mark, _cut(text[mark.end() : end])) for mark, end in zip(marks, ends, strict=True)]
    return [Marked(_kind(mark["what"]), words) for mark, words in said if words]


def is_open(text: str) -> bool:
    """Tell whether a text asks, or says that nothing is decided yet."""
    return bool(_OPEN.search(text)) or text.rstrip(" \"'”’)").endswith("?")


def is_cue(text: str) -> bool:
    """Tell whether a turn sounds like deciding; a question or “we did not decide” does not."""
    sentences = re.split(r"(?<=[.?!])\s+", text.replace("’", "'"))
    return any(not is_open(one) and any(cue.search(one) for cue in (*_CUES, _RIVAL)) for one in sentences)


def names_rival(text: str) -> bool:
    """Tell whether a turn sets one thing against another: “instead of”, “rather than”."""
    return bool(_RIVAL.search(text))


def mentions(text: str, terms: Iterable[str]) -> int:
    """Return how many of these words a text has, in any of their common endings."""
    stems = {stem(word) for word in re.findall(r"[^\W_]+", text.casefold())}
    return sum(stem(term) in stems for term in terms)


def stem(word: str) -> str:
    """Return a word without a common English ending, for a rough comparison: "caching" and "caches" are one."""
    return _ENDINGS.sub("", word, count=1) if len(word) > 4 else word.removesuffix("s") if len(word) > 3 else word


def _kind(what: str | None) -> Literal["decision", "action"]:
    return "action" if (what or "").casefold().startswith("action") else "decision"


def _cut(text: str) -> str:
    return text.strip().strip("*_").strip(" \t-–—:")
