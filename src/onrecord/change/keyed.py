"""`Key: value` wherever authors write it in a description: lines, bullets, tables, trailers."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from onrecord.markdown import Block, ListBlock, Paragraph, Section, Span, Table, plain
from onrecord.record.outline import BODY_ROLES
from onrecord.record.vocabulary import Vocabulary

OPTIONS = frozenset(("considered_options", "alternatives"))
_KEYS = OPTIONS | {"decision", "rationale", "owner", "decision_makers"}
PEOPLE = frozenset(("owner", "decision_makers"))
_OPENING = _KEYS - {"rationale"}  # a list or table with one of these is a record in lines
_KEY = re.compile(
    r"^(?P<marks>\**_*[ \t]*)(?P<key>[^\W\d_][\w'’/-]*(?: [\w'’/-]+){0,4})[ \t]*\**_*[ \t]*[:：]\**_*(?=\s|$)(?P<value>[^\n]*)"
)


class Keyed(NamedTuple):
    """A line that begins with a key: its role, the key in words, and what stands behind it."""

    role: str
    key: str
    value: str


def read_key(line: str, vocabulary: Vocabulary) -> Keyed | None:
    """Read a line that begins with a known key; `Decided-by:` is read as `Decided by:`."""
    match = _KEY.match(line)
    if match is None:
        return None
    for key in (match["key"], match["key"].replace("-", " ")):
        if role := vocabulary.label(key):
            return Keyed(role, key, _unmarked(match["value"].strip()))
    return None


def opens_record(line: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a line begins with a key that a decision is written with: the decision, its rivals, its people."""
    found = read_key(line, vocabulary)
    return found is not None and found.role in _OPENING


def _unmarked(value: str) -> str:
    """Return a value without asterisks that mark nothing: "** Approved **"."""
    return value.removeprefix("** ").removesuffix(" **").strip()


def in_lines(blocks: tuple[Block, ...], vocabulary: Vocabulary, among_options: bool) -> tuple[Block, ...]:
    """Let every key begin a line; neighboring keyed lines become one paragraph, however they were set apart."""
    out: list[Block] = []
    for block in (inner for outer in blocks for inner in _unfolded(outer, vocabulary, among_options)):
        before = out[-1] if out else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and _is_keyed(before, vocabulary)
            and _is_keyed(block, vocabulary)
        ):
            span = Span(before.span.start, max(before.span.end, block.span.end))
            out[-1] = Paragraph(f"{before.text}\n{block.text}", span)
        else:
            out.append(block)
    return tuple(out)


def closed(section: Section, vocabulary: Vocabulary) -> list[Section]:
    """Cut a section behind each keyed line that holds its value: the next paragraph belongs to it no more.

    What follows comes back as a section without a title. A section of a record (`## Decision`) stays whole.
    """
    if vocabulary.role(section.title) in BODY_ROLES:
        return [section]
    out: list[list[Block]] = [[]]
    for block in section.blocks:
        before = out[-1][-1] if out[-1] else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _holds_value(before, vocabulary):
            out.append([])
        out[-1].append(block)
    first, *others = out
    rest = [Section(section.level, "", blocks[0].span, tuple(blocks), -1, section.end) for blocks in others]
    return [section._replace(blocks=tuple(first)), *rest]


def _holds_value(block: Paragraph, vocabulary: Vocabulary) -> bool:
    found = read_key(block.text.rpartition("\n")[2], vocabulary) or read_key(block.text, vocabulary)
    return found is not None and found.role in _KEYS and bool(found.value)


def _unfolded(block: Block, vocabulary: Vocabulary, among_options: bool) -> list[Block]:
    if isinstance(block, Paragraph):
        return _split(block, vocabulary)
    if isinstance(block, ListBlock) and not among_options and _opens_list(block, vocabulary):
        inner = [b for item in block.items for b in item.blocks]
        return [piece for b in inner for piece in (_split(b, vocabulary) if isinstance(b, Paragraph) else [b])]
    if isinstance(block, Table):
        return _from_table(block, vocabulary) or [block]
    return [block]


def _opens_list(block: ListBlock, vocabulary: Vocabulary) -> bool:
    firsts = (item.blocks[0] for item in block.items if item.blocks)
    return any(isinstance(first, Paragraph) and opens_record(first.text, vocabulary) for first in firsts)


def _split(block: Paragraph, vocabulary: Vocabulary) -> list[Block]:
    """Return the paragraph cut before each line that begins with a key, and behind a line that names people.

    A keyed line comes back without marks around its key: `**Decided-by:** Ann` as `Decided by: Ann`.
    """
    pieces: list[list[str]] = [[]]
    starts = [block.span.start]
    named = False
    for offset, line in enumerate(block.text.split("\n")):
        found = read_key(line, vocabulary)
        is_key = found is not None and found.role in _KEYS
        if pieces[-1] and (is_key or named):
            pieces.append([])
            starts.append(min(block.span.start + offset, block.span.end))
        named = found is not None and is_key and found.role in PEOPLE and bool(found.value)
        pieces[-1].append(f"{found.key}: {found.value}".rstrip() if found and is_key else line)
    ends = [max(a, b - 1) for a, b in pairwise(starts)] + [block.span.end]
    return [
        Paragraph("\n".join(lines), Span(start, max(start, end)))
        for lines, start, end in zip(pieces, starts, ends, strict=True)
    ]


def _is_keyed(block: Paragraph, vocabulary: Vocabulary) -> bool:
    found = read_key(block.text, vocabulary)
    return found is not None and found.role in _KEYS


def _from_table(table: Table, vocabulary: Vocabulary) -> list[Block]:
    """Return a table of keys and values as keyed lines: keys in its first column, or keys as its header."""
    heads = [vocabulary.label(cell) for cell in table.header]
    if sum(head in _KEYS for head in heads) >= 2 and "decision" in heads:
        rows = [list(zip(table.header, row, strict=False)) for row in table.rows]
        return [
            Paragraph(f"{plain(key)}: {value}", span)
            for row, span in zip(rows, table.spans[1:], strict=False)
            for (key, value), head in zip(row, heads, strict=False)
            if head in _KEYS and value.strip()
        ]
    rows_of_two = [row for row in (table.header, *table.rows) if len(row) >= 2]
    known = [row for row in rows_of_two if vocabulary.label(row[0]) in _KEYS]
    if not any(vocabulary.label(row[0]) == "decision" for row in known):
        return []
    return [Paragraph(f"{plain(row[0])}: {row[1]}", table.span) for row in known if row[1].strip()]
