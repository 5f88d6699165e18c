"""Records whose parts stand behind labels, in a table or in one sentence: the same text with headings.

What is made here is read again like any other text; where it does not say the same, it is not taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.draft.apart_rows import is_frame
from onrecord.markdown import Paragraph, Table, parse_document, plain
from onrecord.record.header import FIELD_ROLES
from onrecord.record.option_names import names_in_cell
from onrecord.record.outline import BODY_ROLES
from onrecord.record.read.context import Reading
from onrecord.record.y_statement import YStatement, read_y_statement

if TYPE_CHECKING:
    from onrecord.record import Vocabulary

_BREAK = re.compile(r"(?:(?<!\s)\s*+)?<br\s*/?>\s*", re.IGNORECASE)
FORM_WORDS = "in the context of facing we have decided chose opted for to on that and neglected achieve get accepting downsides against rejected not or"
_HEADINGS = {"context": "Context", "decision": "Decision", "options": "Options", "rationale": "Rationale", "consequences": "Consequences"}  # fmt: skip


def with_headings(text: str, vocabulary: Vocabulary) -> str:
    """Return the text with headings where it has labels, a table of the whole record, or a Y-statement; else as it is."""
    reading = Reading(parse_document(text), vocabulary)
    lines = list(reading.document.lines)
    edits = _of_labels(reading) or _of_table(reading) or _of_sentence(reading)
    for start, end, new in sorted(edits, reverse=True):
        lines[start - 1 : end] = ["", *new, ""]
    if not edits:
        return text
    ending = "\r\n" if "\r\n" in text else "\n"
    made = ("\ufeff" if text.startswith("\ufeff") else "") + ending.join(lines)
    return made if text.endswith(("\n", "\r")) else made.rstrip("\r\n")


def _of_labels(reading: Reading) -> list[tuple[int, int, list[str]]]:
    parts, lines = reading.outline.parts, reading.document.lines
    found = [part for i, part in enumerate(parts) if part.level > 6 and part.role and _is_open(reading, i)]
    starts = [part.span.start for part in found]
    if not any(part.role in BODY_ROLES for part in found) or len(set(starts)) < len(starts):
        return []
    edits = []
    for part, following in zip(found, [*starts[1:], 0], strict=True):
        line = lines[part.span.start - 1]
        match = re.match(
            rf"(?P<mark>\s*(?:[-*+]|\d+[.)])\s+)?(?:\*\*|__)?\s*{re.escape(part.title)}\s*:?\s*(?:\*\*|__)?\s*[:：]?[ \t]*(?P<rest>.*)\Z",
            line,
        )
        if match is None:
            return []
        end = min(part.end, following - 1 if following else part.end)
        inner = (
            [re.sub(rf"^ {{1,{len(match['mark'])}}}", "", one) for one in lines[part.span.start : end]]
            if match["mark"]
            else list(lines[part.span.start : end])
        )
        edits.append(
            (
                part.span.start,
                max(end, part.span.start),
                [f"## {part.title}", "", *filter(None, [match["rest"]]), *inner],
            )
        )
    return edits


def _is_open(reading: Reading, index: int) -> bool:
    """Tell whether a label stands below the title or above any heading, and not inside of a section."""
    parts = reading.outline.parts
    around = next((k for k in range(index, -1, -1) if parts[k].level <= 6), 0)
    return around in (0, reading.outline.title_index)


def _of_table(reading: Reading) -> list[tuple[int, int, list[str]]]:
    fields = [field for field in reading.fields if field.how == "table"]
    if "decision" not in {field.role for field in fields}:
        return []
    for part in reading.outline.parts:
        for block in part.blocks:
            if isinstance(block, Table) and any(block.span.start <= f.span.start <= block.span.end for f in fields):
                return [(block.span.start, block.span.end, _rows(reading, block))]
    return []


def _rows(reading: Reading, table: Table) -> list[str]:
    head: list[str] = []
    body: list[str] = []
    first = [] if is_frame(table.header) else [table.header]
    for row in (*first, *table.rows):
        key, value = row[0], " ".join(cell for cell in row[1:] if cell.strip())
        role = reading.vocabulary.role(key)
        if role in FIELD_ROLES:
            head.append(f"* {plain(key)}: {value}")
        elif role in ("considered_options", "alternatives"):
            names = [option.title for option in names_in_cell(value, table.span)]
            body += ["", f"## {plain(key)}", "", *(f"* {name}" for name in names)]
        elif value.strip() or role:
            body += ["", f"## {plain(key)}", "", *_BREAK.sub("\n\n", value).split("\n")]
    return [*head, *body]


def _of_sentence(reading: Reading) -> list[tuple[int, int, list[str]]]:
    if reading.outline.with_role("decision", "considered_options"):
        return []
    for part in reading.outline.parts:
        told = [block for block in part.blocks if isinstance(block, Paragraph)]
        for block in told:
            if y := read_y_statement(block.text):
                return [(block.span.start, block.span.end, _clauses(y))]
        if len(told) == len(part.blocks) and (y := read_y_statement("\n".join(block.text for block in told))):
            return [(told[0].span.start, told[-1].span.end, _clauses(y))]
    return []


def _clauses(y: YStatement) -> list[str]:
    told = {
        "context": y.context,
        "decision": y.decision,
        "options": "\n".join(f"* {name}" for name in (y.decision, *y.neglected)) if y.neglected else "",
        "rationale": y.achieve if y.accepting is not None else "",
        "consequences": y.achieve if y.accepting is None else y.accepting,
    }
    out: list[str] = []
    for name, text in told.items():
        if text:
            out += ["", f"## {_HEADINGS[name]}", "", *text.split("\n")]
    return out
