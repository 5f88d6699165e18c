"""ignore-unused: a suppression that hides nothing."""

from __future__ import annotations

import re
from typing import Any

from onrecord.markdown import Document, Span, parse_document
from onrecord.rules.model import Example, Rule, Severity, Suggestion
from onrecord.rules.samples import madr, nygard

_IN_TEXT = re.compile(
    r"<!--\s*onrecord-disable-(?:file|line|next-line)\s+(?P<rules>[a-z0-9-](?:[a-z0-9, -]*[a-z0-9-])?)[\s,]*:.*?-->",
    re.DOTALL,
)
_IN_FRONT_MATTER = re.compile(r"#\s*onrecord:\s*ignore\[(?P<rules>[^\]]*)\].*")


def without_suppression(document: Document, line: int, rule: str) -> Suggestion | None:
    """Return how the comment that begins on this line loses one rule, and goes when it names no other.

    None when it cannot be told from another one, or when it holds the text around it apart.
    """
    block = document.front_matter
    comments = (*document.comments, *(block.comments if block else ()))
    at = max(comment.span for comment in comments if comment.span.start == line)
    pattern = _IN_FRONT_MATTER if block and at.end <= block.span.end else _IN_TEXT
    text = "\n".join(document.lines[at.start - 1 : at.end])
    last = text.rfind("-->") + 3 if pattern is _IN_TEXT else len(text)
    found = [match for match in pattern.finditer(text, 0, last) if rule in _names(match)]
    if len(found) != 1:
        return None
    left = ", ".join(name for name in _names(found[0]) if name != rule)
    start, end = found[0].span("rules") if left else found[0].span()
    before = text[:start] if left else text[:start].rstrip(" \t")
    after = text[end:] if left or before else text[end:].lstrip(" \t")
    new = before + left + after
    fix = Suggestion(at, tuple(new.split("\n"))) if new else _with_blank_line(document.lines, at)
    return fix if _shape(document) == _shape(parse_document("\n".join(fix.apply(document.lines)))) else None


def _names(match: re.Match[str]) -> list[str]:
    return [name for name in re.split(r"[\s,]+", match["rules"]) if name]


def _with_blank_line(lines: tuple[str, ...], at: Span) -> Suggestion:
    """Return the deletion of whole lines; between two blank ones, or at the end, one of those goes too."""
    above = lines[at.start - 2].strip() if at.start > 1 else ""
    below = [line.strip() for line in lines[at.end : at.end + 1]]
    if not above and below == [""] and at.end + 1 < len(lines):
        return Suggestion(Span(at.start, at.end + 1), ())
    if not above and at.start > 1 and at.end + 1 >= len(lines):
        return Suggestion(Span(at.start - 1, at.end), ())
    return Suggestion(at, ())


def _shape(document: Document) -> Any:
    """Return all that stands in a document, without its places."""
    data = document.front_matter.data if document.front_matter else None
    return data, [(s.level, _unplaced(s.title), s.parent, _unplaced(s.blocks)) for s in document.sections]


def _unplaced(value: Any) -> Any:
    if isinstance(value, tuple):
        return [type(value), *(_unplaced(part) for part in value if not isinstance(part, Span))]
    return " ".join(value.split()) if isinstance(value, str) else value


RULE = Rule(
    id="ignore-unused",
    scope="record",
    severity=Severity.NOTICE,
    summary="A suppression hides nothing.",
    why="A leftover suppression will hide the next, real finding.",
    help="Delete it, or correct it: “<!-- onrecord-disable-file RULE: reason -->”, also -line and -next-line.",
    good=(
        Example(
            "It hides something.",
            nygard(more="\n<!-- onrecord-disable-file owner-missing: imported from the wiki -->\n"),
        ),
    ),
    bad=(
        Example(
            "No such rule.",
            nygard(more="\n<!-- onrecord-disable-file ownr-missing: imported from the wiki -->\n"),
        ),
        Example(
            "Nothing to hide.",
            madr(more="\n<!-- onrecord-disable-file owner-missing: imported from the wiki -->\n"),
        ),
    ),
)
