"""Edits put into a text, in which every other byte stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.record.edit.model import Edit

_LINE_END = re.compile(r"\r\n|\r|\n")


def edit_text(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits in it that do not overlap; everything else stays as it is, line ends included.

    A new line ends as the one it takes the place of, else as the one before it.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix("\ufeff")
    ends = _LINE_END.findall(body)
    lines = list(zip(_LINE_END.split(body), [*ends, ""], strict=True))
    for edit in sorted(edits, key=lambda one: one.span, reverse=True):
        _replace(lines, edit.span.start - 1, max(edit.span.end, edit.span.start - 1), edit.lines)
    return mark + "".join(f"{line}{end}" for line, end in lines)


def _replace(lines: list[tuple[str, str]], start: int, stop: int, new: Sequence[str]) -> None:
    old = [end for _, end in lines[start:stop]]
    usual = next((end for _, end in (*reversed(lines[:start]), *lines[start:]) if end), "\n")
    closing = old[-1] if old else usual
    if start == len(lines) and new:  # behind a last line that has no end: that gets one, and the new last line none
        lines[-1], closing = (lines[-1][0], usual), ""
    inner = [end or usual for end in old[: len(new) - 1]]
    inner += [next((end for end in reversed(old) if end), usual)] * (len(new) - 1 - len(inner))
    lines[start:stop] = zip(new, [*inner, closing], strict=True) if new else []
    if not new and old and not closing and start == len(lines) and lines:
        lines[-1] = (lines[-1][0], "")  # the text still ends without a line end
