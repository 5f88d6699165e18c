"""Takes out of a transcript what no reader of it sees, before anything is counted, searched or quoted.

Instructions can hide in comments, in characters without width, in those that turn the direction of writing, and in the
"tag" characters that spell ASCII invisibly.
"""

from __future__ import annotations

import re

MOST_CHARACTERS = 4_000_000  # of a transcript: about three days of talk
MOST_OF_A_TURN = 8_000  # characters
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def without_unseen(text: str) -> str:
    """Return a text without characters that nobody sees; line ends become line feeds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _UNSEEN.sub("", text)


def without_comments(text: str) -> str:
    """Return a text without HTML comments, on as many lines; what follows one that never ends is part of it."""
    return _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text)


def one_line(text: str, most: int = MOST_OF_A_TURN) -> str:
    """Return a cleaned text on one line, cut at a word."""
    text = " ".join(without_comments(without_unseen(text)).split())
    return text if len(text) <= most else text[:most].rpartition(" ")[0] or text[:most]
