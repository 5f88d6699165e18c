"""Which dialect a record is written in, and which parts that dialect has a place for.

The second is what rules need: a part that the dialect does not know is never asked for loudly.
"""

from __future__ import annotations

import re

from onrecord.markdown import Document
from onrecord.record.header import Field
from onrecord.record.outline import Outline
from onrecord.record.vocabulary import fold

_NYGARD = frozenset(("title", "status", "context", "decision", "consequences", "date"))
_MADR = _NYGARD | {"considered_options", "decision_makers"}
OFFERS: dict[str, frozenset[str]] = {
    "madr-4": _MADR - {"consequences"},
    "madr-3": _MADR - {"consequences"},
    "madr-2": _MADR - {"consequences"},
    "log4brains": _MADR - {"consequences"},
    "structured-madr": _MADR,
    "nygard": _NYGARD,
    "cosmos": _NYGARD,
    "y-statement": frozenset(("context", "decision", "considered_options", "consequences")),
    "tyree-akerman": _MADR - {"decision_makers"},
    "edc": frozenset(("title", "decision", "context")),
    "custom": frozenset(("title", "decision")),
}
_POSITIONS = frozenset(("positions", "position"))
_TYREE_AKERMAN = frozenset(
    ("issue", "group", "assumptions", "constraints", "implications", "related decisions", "related requirements",
     "related artifacts", "related principles")
)  # fmt: skip
MOST_OF_IT = 2  # of the other headings of that form, which other forms have as well


def read_dialect(document: Document, outline: Outline, fields: list[Field], is_y_statement: bool) -> str:
    """Name the dialect by its structure and vocabulary, never by the repository it comes from."""
    heads = {fold(part.title) for part in outline.parts if part.title}
    roles = {part.role for part in outline.parts}
    table_roles = {f.role for f in fields if f.how in ("table", "html table")}
    if {"decision"} <= table_roles and table_roles & {"context", "considered_options", "rationale", "consequences"}:
        return "tyree-akerman"
    is_argued = {"decision", "rationale"} <= roles and bool(_POSITIONS & heads)
    if is_argued and len(_TYREE_AKERMAN & heads) >= MOST_OF_IT:
        return "tyree-akerman"
    if is_y_statement and not roles & {"decision", "considered_options"}:
        return "y-statement"
    if (
        "decision outcome" in heads
        or "considered options" in heads
        or ({"considered_options", "context", "decision"} <= roles and "decision_drivers" in roles)
    ):
        return _madr_version(document, fields, heads)
    if "changelog" in roles and {"context", "decision"} <= roles:
        return "cosmos"
    if {"decision", "rationale"} <= roles and not roles & {"context", "status", "consequences"}:
        return "edc"
    if {"context", "decision"} <= roles or {"decision", "consequences"} <= roles:
        return "nygard"
    return "custom"


def _madr_version(document: Document, fields: list[Field], heads: set[str]) -> str:
    matter = document.front_matter
    front = {fold(key) for key in matter.data} if matter else set()
    if front & {"type", "category"} and front & {"description", "project", "technologies"}:
        return "structured-madr"
    if "decision-makers" in front or "confirmation" in heads:
        return "madr-4"
    if front & {"deciders", "status", "décideurs", "statut"}:
        return "madr-3"
    if any(f.how == "bullet" for f in fields):
        above = document.sections[0].span.start - 1
        first = document.lines[above : above + 20]
        has_tags = any(re.match(r"[-*] (?:\*\*)?tags(?:\*\*)?:", line, re.IGNORECASE) for line in first)
        return "log4brains" if has_tags else "madr-2"
    return "madr-3"
