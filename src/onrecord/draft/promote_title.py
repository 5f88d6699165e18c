"""The title of a pull request or commit as that of a record: without what only the log of changes needs."""

from __future__ import annotations

import re

from onrecord.draft.entered import as_name

MOST = 120  # characters of a title that still reads as one
_TYPES = r"feat(?:ure)?|(?:bug|hot)?fix|chore|refactor|perf|docs?|tests?|ci|build|style|revert|security|deps?|release|rfc|adr|decision"
_TYPE = re.compile(rf"(?:{_TYPES})(?:\([^()\n]{{0,80}}\))?!?:[ \t]*(?=\S)|[a-z][\w./-]{{0,40}}\([^()\n]{{1,80}}\)!?:[ \t]*(?=\S)", re.IGNORECASE)  # fmt: skip
_KEY = r"(?:[A-Z][A-Z0-9]{1,9}-\d{1,7}|(?:GH-|#)\d{1,9})"
_KEY_BEFORE = re.compile(rf"(?:\[(?:Issue )?{_KEY}\]|\({_KEY}\)|{_KEY}(?=[ \t]*[:|–—-]))[ \t]*[:|–—-]?[ \t]*(?=\S)")
_KEY_BEHIND = re.compile(
    rf"(?<![ \t])[ \t]*+[(\[](?:{_KEY}|[\w.-]{{1,100}}/[\w.-]{{1,100}}#\d{{1,9}})(?:[,; ]+{_KEY})*[)\]][ \t.]*\Z"
)
_LABELS = re.compile(r"(?:\[[a-z][\w./-]{0,40}\])+[ \t]*(?=\S)")  # "[chore][cmd/mdatagen] …"; "[BREAKING]" says more
_PLAIN_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*(?=[\s,]|\Z)")


def title_of(title: str) -> str:
    """Return the title in one line; empty when nothing of it is left."""
    text = " ".join(title.split())
    while match := _TYPE.match(text) or _KEY_BEFORE.match(text) or _LABELS.match(text):
        text = text[match.end() :]
    while match := _KEY_BEHIND.search(text):
        text = text[: match.start()]
    text = text.rstrip(" .") if not text.endswith("...") else text
    if _PLAIN_WORD.match(text):
        text = text[0].upper() + text[1:]
    if len(text) > MOST:
        text = f"{text[: text.rfind(' ', 0, MOST)] if ' ' in text[:MOST] else text[:MOST]} …"
    return as_name(text) if any(map(str.isalnum, text)) else ""
