"""Quotes for values that YAML stumbles over: `title: ADR-1: Use Redis`, `owners: [@ann]`.

Quoted is only what leaves no doubt: a value on one line, which then is the very text that stands there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LINES = 5  # a block with more faults than this is better looked at by a person
_ENTRY = re.compile(
    r"(?P<lead>\s*(?:-[ ]+)?(?:(?P<key>[^\s:#\-\[\]{}][^:#\[\]{}]{0,60}):[ ]+|(?<=- )))(?P<value>\S.*)\Z"
)
_RESERVED = "@`%"
_LINK = re.compile(r"\[[^\[\]]*\]\([^()\s]*\)")  # a Markdown link where a name is meant
_QUOTED = re.compile(r"\"[^\"\\]*\"|'[^']*'")
_STRUCTURE = re.compile(r"[\[\]{}\"']")
_SENTENCES = {  # keys whose value is a sentence; in any other, a second “key: ” may have lost its line
    *("title", "subtitle", "subject", "name", "description", "summary", "abstract", "excerpt"),
    *("titel", "beschreibung", "titre", "título", "titulo", "titolo", "tytuł", "название", "заголовок"),
    *("タイトル", "标题", "題名", "제목"),
}


def quote_values(lines: Sequence[str]) -> dict[int, str]:
    """Return new text for some lines of a YAML block, by 0-based index, with which it is valid; {} when in doubt."""
    from onrecord.markdown.yaml_source import read_yaml

    current, mended = list(lines), dict[int, str]()
    while len(mended) <= MAX_LINES:
        tree = read_yaml("\n".join(current))
        if not tree.problems:
            return mended if isinstance(tree.value, dict) else {}
        at = tree.problems[0].line
        line = _quoted(current[at]) if at < len(current) and at not in mended else None
        if line is None:
            return {}
        mended[at] = current[at] = line
    return {}


def _quoted(line: str) -> str | None:
    """Return the line with its value in quotes, None when quotes may not be what is missing."""
    entry = _ENTRY.match(line.rstrip())
    if entry is None or " #" in entry["value"]:
        return None
    value = entry["value"]
    new = None
    if value.startswith("["):
        end = _closing_bracket(value)
        new = _quoted_items(value) if end == len(value) - 1 else _quote(value) if end > 0 else None
    elif value[0] in _RESERVED + "*" or _is_sentence(entry["key"] or "", value):
        new = _quote(value)
    return None if new is None else entry["lead"] + new


def _is_sentence(key: str, value: str) -> bool:
    """Tell whether a value with a colon in it can only be a text, not a second key that lost its line."""
    return key.strip().lower() in _SENTENCES and value[0] not in "\"'{}|>&!*?-" and ":" in value


def _closing_bracket(value: str) -> int:
    """Return where the bracket closes that opens a value, -1 when none does."""
    depth = 0
    for i, character in enumerate(value):
        depth += (character == "[") - (character == "]")
        if depth == 0:
            return i
    return -1


def _quoted_items(value: str) -> str | None:
    """Return a list on one line with quotes around the items that need them, None when items cannot be told apart."""
    out = []
    for item in value[1:-1].split(","):
        text = item.strip()
        if _LINK.fullmatch(text) or (text[:1] in _RESERVED and text and not _STRUCTURE.search(text)):
            out.append(item.replace(text, _quote(text)))
        elif _QUOTED.fullmatch(text) or not _STRUCTURE.search(text):
            out.append(item)
        else:
            return None
    return f"[{','.join(out)}]"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
