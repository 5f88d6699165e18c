"""YAML front matter of a new record: one line for each key, in MADR's order, nothing that was not said."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.draft.content import Content

LISTS = (
    ("decision-makers", "decision_makers"),
    ("authors", "authors"),
    ("consulted", "consulted"),
    ("informed", "informed"),
)
REFERENCES = (
    ("supersedes", "supersedes"),
    ("superseded-by", "superseded_by"),
    ("amends", "amends"),
    ("relates-to", "relates_to"),
    ("implemented-by", "pulls"),
    ("scope", "scope"),
)
DAYS = (("decide-by", "decide_by"), ("review-by", "review_by"), ("last-reviewed", "last_reviewed"))
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ ._()/-]*(?<! )")
_WORDS = re.compile(r"(?:true|false|yes|no|on|off|null|y|n|[\d.:_-]+|[\d_]+e\d+|0[xo][\da-f]+)", re.IGNORECASE)


def front_matter(content: Content, status: bool = True) -> str:
    """Return the block with its fences; empty when there is nothing to put in it."""
    rows = list(_rows(content, status))
    return "\n".join(["---", *rows, "---", ""]) + "\n" if rows else ""


def _rows(content: Content, status: bool) -> Iterator[str]:
    if status:
        yield f"status: {content.status}"
    if content.date:
        yield f"date: {content.date}"
    for key, name in LISTS:
        if people := getattr(content, name):
            yield f"{key}: {listed(people)}"
    for key, name in DAYS:
        if day := getattr(content, name):
            yield f"{key}: {day if re.fullmatch(r'[0-9-]+', day) else quoted(day)}"
    for key, name in REFERENCES:
        if values := getattr(content, name):
            yield f"{key}: {listed(values)}"


def listed(values: tuple[str, ...]) -> str:
    """Return a YAML list in one line."""
    return f"[{', '.join(map(quoted, values))}]"


def quoted(text: str) -> str:
    """Return a YAML string: bare where nobody could read it otherwise, else in double quotes as JSON writes them."""
    text = " ".join(text.split())
    return text if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text) else json.dumps(text, ensure_ascii=False)
