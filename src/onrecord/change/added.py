"""Which lines a change adds, from the hunks of a unified diff."""

from __future__ import annotations

import re

from onrecord.markdown import Span

_HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(?P<start>\d+)(?:,\d+)? @@")


def added_lines(patch: str) -> list[tuple[int, str]]:
    """Return number (1-based, in the new file) and text of each added line; lines of no hunk are passed over."""
    out: list[tuple[int, str]] = []
    number = 0
    for line in patch.split("\n"):
        if hunk := _HUNK.match(line):
            number = int(hunk["start"])
        elif number and line.startswith("+"):
            out.append((number, line[1:]))
            number += 1
        elif number and line.startswith(" "):
            number += 1
    return out


def touches(span: Span, added: frozenset[int]) -> bool:
    """Tell whether any line of a span was added."""
    return any(number in added for number in range(span.start, span.end + 1))
