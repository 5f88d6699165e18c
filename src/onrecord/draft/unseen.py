"""Characters that show nothing and may say something to a program, as the inside of a pattern's brackets.

Control and direction characters, those without width, fillers, halves of a pair, and the "tag" characters that spell
ASCII. Joiners and selectors of a letter's form are not among them: some scripts need them.
"""

from __future__ import annotations

UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
