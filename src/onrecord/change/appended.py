"""What tools add to a description: summaries by assistants, signatures, the notes of a merge."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Comment, Document, Section, Span, plain

_OPENING = lazy_pattern(
    r"(?:CURSOR_SUMMARY|This is an auto-generated (?:comment|description)|TRIAGEBOT_START|copilot:(?:summary|walkthrough|all|poem))",
    re.IGNORECASE,
)
_CLOSING = lazy_pattern(
    r"(?:/CURSOR_SUMMARY|end of (?:an )?auto-generated (?:comment|description)|TRIAGEBOT_END|/copilot:)", re.IGNORECASE
)
_HEADING = lazy_pattern(
    r"\W{0,4}(?:summary by (?:coderabbit|sourcery|bito|cubic|korbit|ellipsis)|copilot (?:summary|overview)|walkthrough by \w+)",
    re.IGNORECASE,
)
_SIGNATURE = lazy_pattern(
    r"\W{0,4}(?:generated|created|written|made) (?:with|by|using) \W{0,2}(?:claude|copilot|cursor|codex|devin|amp|gemini|github copilot)\b",
    re.IGNORECASE,
)
_MERGE_NOTES = lazy_pattern(r"(?:ACKs for top commit:|Top commit has no ACKs|Tree-SHA512:)")
_FORMAL = lazy_pattern(
    r"(?P<key>[A-Za-z0-9]+(?:[- ][A-Za-z0-9]+){0,3}-(?:by|to|id|from)|Reviewed By|Cc) ?: ", re.IGNORECASE
)
MAX_SIGNATURE = 160


class Appended(NamedTuple):
    """The lines that tools wrote, as spans in order of the text."""

    spans: tuple[Span, ...]

    def holds(self, line: int) -> bool:
        """Tell whether a tool wrote this line."""
        return any(span.start <= line <= span.end for span in self.spans)


def read_appended(document: Document) -> Appended:
    """Find what stands between a tool's marks, or below its mark when there is no closing one."""
    last = max(len(document.lines), 1)
    spans: list[Span] = []
    start: int | None = None
    for comment in sorted(document.comments, key=_place):
        if start is None and _OPENING.match(comment.text):
            start = comment.span.start
        elif start is not None and _CLOSING.match(comment.text):
            spans.append(Span(start, comment.span.end))
            start = None
    if start is not None:
        spans.append(Span(start, last))
    spans += [Span(s.span.start, s.end) for s in document.sections if _is_summary(s)]
    return Appended(tuple(spans))


def _place(comment: Comment) -> Span:
    return comment.span


def _is_summary(section: Section) -> bool:
    return bool(section.title and _HEADING.match(plain(section.title)))


def is_formal(line: str) -> bool:
    """Tell whether a line is a signature or a trailer for the log ("Co-authored-by: …"), and no prose."""
    return bool(_FORMAL.match(line) or (len(line) <= MAX_SIGNATURE and _SIGNATURE.match(line)))


def is_merge_note(text: str) -> bool:
    """Tell whether a paragraph is what a merge script writes: acknowledgments and the hash of the tree."""
    return bool(_MERGE_NOTES.match(text))
