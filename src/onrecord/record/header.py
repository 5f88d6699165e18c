"""Metadata fields wherever teams put them: front matter, `Key: value` lines, bullets, tables, quotes."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Block, Document, Html, ListBlock, Paragraph, Quote, Span, Table, plain
from onrecord.markdown.pointer import escape_pointer
from onrecord.record.outline import BODY_ROLES, PERSON_ROLES, Outline
from onrecord.record.people import may_name
from onrecord.record.vocabulary import Vocabulary, fold

FIELD_ROLES = frozenset(
    ("status", "date", "date_other", "decision_makers", "owner", "authors", "consulted", "informed", "supersedes",
     "superseded_by", "amends", "relates_to", "scope", "decide_by", "review_by", "last_reviewed", "title",
     "number")
)  # fmt: skip
_MARKS = " \t\x0b\x0c\x1c\x1d\x1e\x1f>#*_-•·"
_BOLD_KEY = lazy_pattern(r"(?:\*\*|__)(?P<key>[^*_\n]{1,45})(?:\*\*|__)(?=\s)")
_RUN = lazy_pattern(r"\s{4,}")
MAX_KEY = 45
_SEVERAL = lazy_pattern(r"\s+[|•·‖]\s+|\s{3,}|\s*;\s+(?=[*_]*[^\W\d_][\w ]{1,30}[*_]*\s*[:：])")
_CREATED = lazy_pattern(
    r"^(?:\*|_)*(?:created|proposed|written|authored|accepted|decided) on (?P<date>.{6,20}?) by (?P<who>.+?)\.?(?:\*|_)*$",
    re.IGNORECASE,
)
_MAY_NAME = lazy_pattern(r"[:：]|\*\*|__")
_MAY_HOLD = lazy_pattern(r"[:：]|\*\*|__|\son\s", re.IGNORECASE)  # what each field has in it


class Field(NamedTuple):
    """One piece of metadata. `value` is Markdown source, or what front matter holds (lists, mappings)."""

    role: str
    key: str
    value: Any
    span: Span
    how: str


def read_fields(document: Document, outline: Outline, vocabulary: Vocabulary) -> list[Field]:
    """Return all fields: front matter first, then the header of the text in order."""
    fields = _front_matter_fields(document, vocabulary)
    for i in header_zone(outline):
        part = outline.parts[i]
        if part.role not in BODY_ROLES or part.role == "more_information":
            for block in part.blocks:
                fields += fields_in(block, vocabulary)
    for i, part in enumerate(outline.parts):
        if part.inline and part.role in FIELD_ROLES and i != outline.title_index:
            fields.append(Field(part.role, part.title, part.inline, part.span, "heading"))
        elif part.role == "more_information" and i not in header_zone(outline):
            for block in part.blocks:
                fields += [
                    f
                    for f in fields_in(block, vocabulary)
                    if f.role in ("supersedes", "superseded_by", "decision_makers")
                ]
    return fields


def header_zone(outline: Outline) -> list[int]:
    """Return the parts before the first body part: where metadata stands."""
    zone: list[int] = []
    for i, part in enumerate(outline.parts):
        if part.role in BODY_ROLES and i != outline.title_index:
            break
        zone.append(i)
    return zone


def fields_in(block: Block, vocabulary: Vocabulary) -> list[Field]:
    """Return the fields in one block."""
    if isinstance(block, Paragraph):
        return _lines(block, vocabulary, "line")
    if isinstance(block, ListBlock):
        return _list_fields(block, vocabulary)
    if isinstance(block, Table):
        return _table_fields(block, vocabulary)
    if isinstance(block, Quote):
        return [f._replace(how="quoted " + f.how) for inner in block.blocks for f in fields_in(inner, vocabulary)]
    if isinstance(block, Html) and "<t" in block.text.lower():
        from onrecord.record.html_table import read_html_tables

        return [f for table in read_html_tables(block) for f in _table_fields(table, vocabulary)]
    return []


def split_field(line: str, vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """Return role, key and value of a `Key: value` line, if the key is known; `**Key** value` counts too."""
    if not _MAY_NAME.search(line):
        return None
    line = line.strip()
    at = min((i for mark in ":：" if (i := line.find(mark)) > 0), default=0)
    head = line[:at].strip(_MARKS)
    if 0 < len(head) <= MAX_KEY and not any(ch in head for ch in "|`*_\n") and (role := vocabulary.role(head)):
        return role, head, _value(line[at + 1 :])
    match = _BOLD_KEY.match(line)
    if match and (role := vocabulary.role(match["key"])):
        return role, match["key"].strip(), line[match.end() :].strip(" \t-–—=")
    return None


def _value(text: str) -> str:
    """Return a value without the bold marks that belong to its key, or that stand open at its end."""
    for mark in ("**", "__", "*", "_"):
        if text.count(mark) % 2:
            text = text.lstrip()
            text = text[len(mark) :] if text.startswith(mark) else text.rstrip().removesuffix(mark)
    return text.strip()


def _front_matter_fields(document: Document, vocabulary: Vocabulary) -> list[Field]:
    matter = document.front_matter
    if matter is None:
        return []
    fields = []
    for key, value in matter.data.items():
        role = vocabulary.role(re.sub(r"[_-]", " ", key)) or vocabulary.role(key)
        if role == "context" or role is None or (role == "number" and isinstance(value, dict | list)):
            continue
        line = matter.lines.get(f"/{escape_pointer(key)}", matter.span.start)
        fields.append(Field(role, key, value, Span(line, line), "front matter"))
    return fields


def _lines(block: Paragraph, vocabulary: Vocabulary, how: str) -> list[Field]:
    """Read each line of a paragraph; one line may hold several keys. A line without a key continues the one before."""
    if not _MAY_HOLD.search(block.text):
        return []
    fields: list[Field] = []
    for offset, line in enumerate(block.text.split("\n")):
        at = min(block.span.start + offset, block.span.end)
        span = Span(at, at)
        if match := _CREATED.match(line.strip()):
            fields += [Field("date", "on", match["date"], span, how), Field("authors", "by", match["who"], span, how)]
            continue
        line = _RUN.sub("   ", line)
        pieces = [piece for piece in _SEVERAL.split(line) if piece.strip()]
        known = [found for piece in pieces if (found := split_field(piece, vocabulary))]
        if len(known) > 1 and len(known) == len(pieces):
            fields += [Field(role, key, value, span, how) for role, key, value in known]
        elif found := split_field(line, vocabulary):
            fields.append(Field(*found, span, how))
        elif fields and fields[-1].span.end == at - 1 and line.strip() and _goes_on(fields[-1], line, how):
            value = f"{fields[-1].value} {line.strip()}".strip()  # a value that goes on in the next line
            fields[-1] = fields[-1]._replace(value=value, span=Span(fields[-1].span.start, at))
    return fields


def _goes_on(field: Field, line: str, how: str) -> bool:
    """Tell whether a line without a key belongs to the field above it; below an empty `Owner:` only names do."""
    if field.value:
        return how == "bullet"
    return field.role not in PERSON_ROLES or may_name(line)


def _list_fields(block: ListBlock, vocabulary: Vocabulary) -> list[Field]:
    fields: list[Field] = []
    for item in block.items:
        first = item.blocks[0] if item.blocks else None
        if not isinstance(first, Paragraph):
            continue
        found = _lines(first, vocabulary, "bullet")
        if found and not found[-1].value and len(item.blocks) > 1 and isinstance(item.blocks[1], ListBlock):
            nested = [plain_source(inner) for inner in item.blocks[1].items]
            found[-1] = found[-1]._replace(value=[text for text in nested if text])
        fields += found
    return fields


def plain_source(item: Any) -> str:
    """Return the Markdown source of a list item's first paragraph."""
    first = item.blocks[0] if item.blocks else None
    return first.text if isinstance(first, Paragraph) else ""


def _table_fields(table: Table, vocabulary: Vocabulary) -> list[Field]:
    """Read a table as key and value columns, or as a header row of keys above one row of values."""
    rows = [table.header, *table.rows]
    header_roles = [vocabulary.role(cell) for cell in table.header]
    known = [role for role in header_roles if role in FIELD_ROLES]
    is_vertical = any(
        row and vocabulary.role(row[0]) in FIELD_ROLES and fold(plain(row[0])) not in vocabulary.statuses
        for row in table.rows
    )
    if table.rows and not is_vertical and len(known) >= 2 and len(known) * 2 >= len(header_roles):
        return [
            Field(role, plain(key), value, table.spans[1], "table")
            for role, key, value in zip(header_roles, table.header, table.rows[0], strict=False)
            if role in FIELD_ROLES
        ]
    fields = []
    for row, span in zip(rows, table.spans, strict=False):
        if len(row) >= 2 and fold(plain(row[0])) and (role := vocabulary.role(row[0])):
            value = next((cell for cell in row[1:] if cell.strip()), "")
            fields.append(Field(role, plain(row[0]), value, span, "table"))
    return fields
