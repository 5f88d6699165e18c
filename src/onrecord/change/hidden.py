"""Text that the page does not show, because a comment or a code block opens and never ends."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Document

_OPENER = lazy_pattern(r"[ \t]*(?:<!--|`{3,}[^`\n]*|~{3,}[^\n]*)")


class Hidden(NamedTuple):
    """Text hidden from a 1-based line on: worth a look for what is there, never to be quoted."""

    line: int
    text: str


def read_hidden(document: Document) -> Hidden | None:
    """Return what stands behind the first opener without an end, None when the page shows everything."""
    lines = [problem.span.start for problem in document.problems if problem.code == "markup-unclosed"]
    if not lines:
        return None
    first = min(lines)
    rest = "\n".join(document.lines[first - 1 :])
    at = rest.find("<!--")
    opener = _OPENER.match(rest)
    text = rest[opener.end() :] if opener else rest[at + 4 :] if at >= 0 else rest
    return Hidden(first, text)
