"""Takes out of a transcript what no reader of it sees, before anything is counted, searched or quoted.

Instructions can hide in comments, in characters without width, in those that turn the direction of writing, and in the
"tag" characters that spell ASCII invisibly.
"""

from __future__ import annotations

import re

from onrecord.draft.unseen import UNSEEN

MOST_CHARACTERS = 4_000_000  # of a transcript: about three days of talk
MOST_OF_A_TURN = 8_000  # characters
_UNSEEN = re.compile(
    f"[{UNSEEN}\u200c\u200d\u2800\ufdd0-\ufdef\ufe00-\ufe0f\ufff0-\ufff8\ufffe\uffff\U000f0000-\U0010ffff]"
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
