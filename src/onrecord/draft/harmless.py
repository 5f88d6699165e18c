"""What others said, made harmless for a record: no link, no tag, no mention, no markup, one line, not too long."""

from __future__ import annotations

import re

from onrecord.draft.transcript.clean import one_line

MOST = 400  # characters of one field
_LINK = re.compile(r"!?\[(?P<shown>[^\[\]]*)\]\s?(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])")
_URL = re.compile(
    r"<?\b(?:[a-z][a-z0-9+.-]{1,15}://|(?:javascript|data|vbscript|mailto|tel):|www\.)[^\s<>\"”’)]*>?", re.IGNORECASE
)
_MARKUP = re.compile(r"[\\`*_\[\]|~]")
_LEAD = re.compile(r"\A\s*(?:#{1,6}(?=\s)|[-+>=]+(?=\s|\Z)|\d+[.)](?=\s))\s*")
_LEFT = "(link left out)"


def harmless(text: str, most: int = MOST) -> str:
    """Return a text as Markdown that shows these words and does nothing else."""
    text = one_line(text, most)
    for _ in range(3):
        text = _LINK.sub(lambda m: m["shown"], text)
    text = _URL.sub(_LEFT, text)
    text = _LEAD.sub("", text)
    text = _MARKUP.sub(lambda m: f"\\{m[0]}", text)
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
    text = re.sub(r"@(?=\w)", "@\u200b", text)
    return re.sub(r"(?<!\w)#(?=\d)", "#\u200b", text)
