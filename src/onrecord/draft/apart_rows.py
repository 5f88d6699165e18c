"""Rows of metadata: a key with its value, as front matter holds it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.draft.matter import listed, quoted
from onrecord.markdown import ListBlock, Paragraph, plain
from onrecord.record.placeholders import pieces
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from onrecord.record import Vocabulary
    from onrecord.record.outline import Part

KEYS = {
    "status": "status",
    "date": "date",
    "decision_makers": "decision-makers",
    "authors": "authors",
    "consulted": "consulted",
    "informed": "informed",
    "supersedes": "supersedes",
    "superseded_by": "superseded-by",
    "amends": "amends",
    "relates_to": "relates-to",
    "scope": "scope",
    "decide_by": "decide-by",
    "review_by": "review-by",
    "last_reviewed": "last-reviewed",
}
ENTRY = re.compile(r"(?P<key>[^\s#:-][^:]*?|\"[^\"]+\"|'[^']+')\s*:(?:\s|\Z)")
_SEVERAL = ("authors", "consulted", "informed", "relates_to")
_USUAL = frozenset(("author", "author-s", "authors", "consulted", "informed", "relates-to", "related-to"))
FRAMES = frozenset(("", "field", "value", "key", "item", "property", "metadata"))


class Row(NamedTuple):
    """A key with its value; `raw` are its lines where they stand in front matter already."""

    key: str
    role: str | None
    value: str | tuple[str, ...]
    raw: tuple[str, ...] = ()

    def shown(self, key: str = "") -> str:
        """Return the row as YAML, under another key if one is given."""
        name = key or self.key
        if self.raw:
            return "\n".join(
                (re.sub(ENTRY, lambda m: f"{name}:{m[0][-1:].strip(':')}", self.raw[0], count=1), *self.raw[1:])
            )
        if isinstance(self.value, tuple):
            return f"{name}: {listed(self.value)}"
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", self.value)
        return f"{name}: {self.value if is_day else quoted(self.value)}"


class Head(NamedTuple):
    """The rows, the lines below the front matter that they stand for, and the title where no heading says it."""

    rows: tuple[Row, ...]
    used: frozenset[int]
    title: str = ""

    def row(self, role: str) -> Row | None:
        """Return the row of a role."""
        return next((row for row in self.rows if row.role == role), None)


class Unmovable(Exception):
    """A record cannot be taken apart; the message is for people."""


def is_frame(header: tuple[str, ...]) -> bool:
    """Tell whether the header of a table of keys and values says nothing itself ("Field", "Value")."""
    return {fold(plain(cell)) for cell in header} <= FRAMES


def entries_of(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Split front matter at its keys; a comment is an entry of its own, without a key."""
    out: list[list[str]] = []
    for line in lines:
        if out and ENTRY.match(out[-1][0]) and line.startswith((" ", "\t", "-")):
            out[-1].append(line)
        elif line.strip():
            out.append([line])
    return [tuple(entry) for entry in out]


def role_of(key: str, vocabulary: Vocabulary) -> str | None:
    """Return what a key of front matter stands for."""
    return vocabulary.role(re.sub(r"[_-]", " ", key)) or vocabulary.role(key) if key else None


def key_for(role: str, words: str, vocabulary: Vocabulary) -> str:
    """Return the key for front matter: the usual one of its role, else its own words; empty where those would say something else.

    Who wrote a record goes by several names ("Participants", "Contact"), which do not all mean the author.
    """
    own = kebab(words)
    if role in _SEVERAL and own not in _USUAL:
        return own if role_of(own, vocabulary) == role else ""
    return KEYS.get(role) or (own if role_of(own, vocabulary) == role else "")


def kebab(text: str) -> str:
    """Return words as a key: `Last updated` is `last-updated`."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")


def as_value(value: Any) -> str | tuple[str, ...]:
    """Return what a field holds where that is text or a list of texts, else an empty text."""
    if isinstance(value, list):
        return tuple(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else ""


def flat(part: Part) -> list[str]:
    """Return what a section holds when that is one paragraph or one flat list, else nothing."""
    if len(part.blocks) != 1:
        return []
    block = part.blocks[0]
    if isinstance(block, Paragraph):
        return [block.text] if "\n" not in block.text else []
    if isinstance(block, ListBlock) and all(len(item.blocks) == 1 and item.checked is None for item in block.items):
        return [text for item in block.items for text, _ in pieces(item.blocks)]
    return []
