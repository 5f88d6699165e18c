"""A decision as one line, for lists and answers."""

from __future__ import annotations

import re

from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain

_SENTENCE_END = lazy_pattern(r"(?<=[.!?。！？])\s+")
_ABBREVIATED = lazy_pattern(
    r"(?:(?<!\w)(?:[^\W\d_]\.){2,}|(?:^|[\s(])(?:al|approx|bzw|ca|cf|dr|e\.g|esp|evtl|excl|fig|ggf|i\.e|incl|inkl|max|min|"
    r"mr|mrs|ms|prof|resp|sec|sog|st|usw?|vgl|viz|vs)\.)\Z",
    re.IGNORECASE,
)
_ABBREVIATED_BEFORE_A_NUMBER = lazy_pattern(r"(?:^|[\s(])(?:art|ch|no|nos|nr|p|pp|v|ver|vol)\.\Z", re.IGNORECASE)
_NUMBERING = lazy_pattern(r"(?:^|[\"“„«‘']|:\s)\d{1,2}(?:\.\d{1,2})*\.\Z")  # "1.1. Use Redis", in quotes as well
_LIST_MARK = lazy_pattern(r"^\s*(?:[-*+]|\d{1,2}[.)])\s+")
MAX_DECISION = 160  # characters
MAX_HEADING = 4  # words; more of them are a sentence


def one_line(decision: str) -> str:
    """Return the first sentence of a decision without markup, cut where it is long; empty when there is none.

    What only heads the text below it ("Logging pattern") is passed over; what introduces a list takes its first item along.
    """
    lines = [" ".join(plain(_LIST_MARK.sub("", line).strip("#> \t")).split()) for line in decision.split("\n")]
    lines = [line for line in lines if any(ch.isalnum() for ch in line)]
    while len(lines) > 1 and _only_heads(lines[0]):
        lines.pop(0)
    text = " ".join(lines[: 2 if lines and lines[0].endswith(":") else 1])
    text = next((text[: end.start()] for end in _SENTENCE_END.finditer(text) if _ends(text, end)), text)
    return text if len(text) <= MAX_DECISION else text[: MAX_DECISION - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _ends(text: str, end: re.Match[str]) -> bool:
    """Tell whether a sentence ends here, and not just an abbreviation or the number of what follows."""
    before, after = text[max(end.start() - 20, 0) : end.start()], text[end.end() : end.end() + 1]
    if _NUMBERING.search(before):
        return False
    if _ABBREVIATED.search(before) or (after.isdigit() and _ABBREVIATED_BEFORE_A_NUMBER.search(before)):
        return False
    return not (before.casefold().endswith("etc.") and not after.isupper())


def _only_heads(line: str) -> bool:
    return len(line.split()) <= MAX_HEADING and line[-1] not in ".!?。！？:：" and line[:1].isupper()
