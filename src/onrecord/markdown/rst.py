"""reStructuredText, as far as decision records use it: its headings and fields as Markdown, line by line.

Only what differs in a way that matters is rewritten; every line keeps its number.
"""

from __future__ import annotations

import re

_ADORNMENT = re.compile(r"([=\-~^\"'`#*+.:_<>])\1{2,}\s*$")
_FIELD = re.compile(r"^:(?P<key>[A-Za-z][\w -]{0,40}):(?:\s+(?P<value>.*))?$")
_DIRECTIVE = re.compile(r"^\.\.(?:\s|$)")


def rst_as_markdown(text: str) -> str:
    """Return the text with `===` headings as `#` headings, field lists as `Key: value`, directives as comments."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    out = list(lines)
    styles: list[str] = []
    i = 0
    while i < len(lines):
        over = bool(_ADORNMENT.match(lines[i])) and i + 2 < len(lines) and lines[i + 1].strip() != ""
        if over and _ADORNMENT.match(lines[i + 2]) and lines[i][0] == lines[i + 2][0]:
            out[i : i + 3] = ["", _heading(lines[i + 1], lines[i][0] * 2, styles), ""]
            i += 3
        elif i + 1 < len(lines) and _is_title(lines[i], lines[i + 1]):
            out[i : i + 2] = [_heading(lines[i], lines[i + 1][0], styles), ""]
            i += 2
        else:
            out[i] = _line(lines[i])
            i += 1
    return "\n".join(out)


def _is_title(line: str, below: str) -> bool:
    """Tell whether a line is a heading: text at the margin, underlined by a run that is about as long."""
    return (
        bool(line.strip())
        and not line[0].isspace()
        and bool(_ADORNMENT.match(below))
        and len(below.rstrip()) >= len(line.rstrip()) - 2
    )


def _heading(title: str, style: str, styles: list[str]) -> str:
    if style not in styles:
        styles.append(style)
    return f"{'#' * min(styles.index(style) + 1, 6)} {title.strip()}"


def _line(line: str) -> str:
    if match := _FIELD.match(line):
        return f"- {match['key']}: {match['value'] or ''}".rstrip()
    return "" if _DIRECTIVE.match(line) else line
