"""Text in columns of a terminal: wide characters take two, joined ones none."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_PATH = 255  # characters of a path that somebody would copy; more, without a space, is what a stranger wrote


def width_of(text: str) -> int:
    """Return how many columns a text takes."""
    return len(text) if text.isascii() else sum(_width(ch) for ch in text)


def cut(text: str, columns: int) -> str:
    """Return so much of a text as fits, with an ellipsis where something is left out."""
    if width_of(text) <= columns:
        return text
    kept, used = [], 1
    for ch in text:
        used += _width(ch)
        if used > columns:
            break
        kept.append(ch)
    return "".join(kept).rstrip() + "…" if columns > 0 else ""


def pad(text: str, columns: int) -> str:
    """Return a text filled up with spaces."""
    return text + " " * (columns - width_of(text))


def wrap(text: str, columns: int) -> list[str]:
    """Return a text as lines that fit, broken at spaces, and within a word that is longer than a line; a path stays whole.

    The terminal breaks that by itself, and it can still be copied.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= columns:
            line = joined
            continue
        if line:
            lines.append(line)
        is_path = "/" in word and len(word) <= LONGEST_PATH and word.isascii()
        while width_of(word) > columns and not is_path:
            head = _head(word, columns)
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line] if line else lines


def painter(color: bool) -> Callable[[str, str], str]:
    """Return a function that paints a text with a code of the terminal (ECMA-48, SGR), or leaves it as it is."""
    if not color:
        return lambda text, code: text  # noqa: ARG005
    return lambda text, code: f"\x1b[{code}m{text}\x1b[0m" if code and text else text


def _head(word: str, columns: int) -> str:
    used = 0
    for i, ch in enumerate(word):
        used += _width(ch)
        if used > columns and i:
            return word[:i]
    return word


def _width(ch: str) -> int:
    if unicodedata.category(ch) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(ch) in "WF" else 1
