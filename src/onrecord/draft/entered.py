"""What a person typed, as Markdown that says the same: no line of it becomes a heading, a tag or a comment by accident."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
_HEADING = re.compile(r"\A(?P<before> {0,3})(?=#{1,6}(?:\s|$))")
_UNDERLINE = re.compile(r"\A(?P<before> {0,3})(?=(?:=+|-+)\s*$)")
_CODE = re.compile(r"(?<!`)(`++).+?(?<!`)\1(?!`)")
_MAY_MEAN_MORE = re.compile(r"[`~<#=]|^ {0,3}-+\s*$", re.MULTILINE)
_TAG = re.compile(r"(?<!\\)<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>|[\w.+-]+@[\w.-]+>)")


def as_text(typed: str) -> str:
    """Return a text of any length; what stands between fences or in code spans stays as it is."""
    typed = typed.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    lines = typed.split("\n")
    if not _MAY_MEAN_MORE.search(typed):
        return "\n".join(map(str.rstrip, lines)).strip("\n")
    out: list[str] = []
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            fence = "" if found and found["mark"].startswith(fence) else fence
        elif found:
            fence = found["mark"]
        else:
            line = _inline(_HEADING.sub(r"\g<before>\\", line, count=1))
            if out and out[-1].strip():
                line = _UNDERLINE.sub(r"\g<before>\\", line, count=1)
        out.append(line)
    return "\n".join(line.rstrip() for line in out).strip("\n")


def as_name(typed: str) -> str:
    """Return a text of one line, such as a title."""
    return _inline(" ".join(typed.split()))


def _inline(line: str) -> str:
    out, at = [], 0
    for span in _CODE.finditer(line):
        out += [_TAG.sub(r"\\<", line[at : span.start()]), span[0]]
        at = span.end()
    return "".join([*out, _TAG.sub(r"\\<", line[at:])])
