"""`Key: value` wherever authors write it in a description: lines, bullets, tables, trailers."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Block, ListBlock, Paragraph, Section, Span, Table, plain
from onrecord.record.outline import BODY_ROLES
from onrecord.record.placeholders import is_unfilled
from onrecord.record.vocabulary import Vocabulary, fold

OPTIONS = frozenset(("considered_options", "alternatives"))
_KEYS = OPTIONS | {"decision", "rationale", "owner", "decision_makers"}
PEOPLE = frozenset(("owner", "decision_makers"))
_OPENING = _KEYS - {"rationale"}  # a list or table with one of these is a record in lines
MAX_NAMES = 60  # characters; behind more of them stands a sentence
MAX_WORDS = 5  # of names that stand in a paragraph of their own
_KEY = lazy_pattern(
    r"^(?P<marks>\**+_*+[ \t]*+)(?P<key>[^\W\d_][\w'’/-]*+(?: [\w'’/-]++){0,4}+)"
    r"[ \t]*+\**+_*+[ \t]*+[:：]\**+_*+(?=\s|$)(?P<value>[^\n]*)"  # nothing is tried twice: a line may be 64 kB long
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
    """Let every key begin a line; neighboring keyed lines become one paragraph, however they were set apart.

    Keys that nobody answered are left out.
    """
    out: list[Block] = []
    answered = _answered(blocks, vocabulary, among_options)
    holds_lines = _holds_decision(tuple(answered), vocabulary)
    for block in answered:
        before = out[-1] if out else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _is_keyed(before, vocabulary):
            between = (
                "\n"
                if _is_keyed(block, vocabulary)
                else " "
                if holds_lines and _names_below(before, block, vocabulary)
                else ""
            )
            if between:
                span = Span(before.span.start, max(before.span.end, block.span.end))
                out[-1] = Paragraph(f"{before.text}{between}{block.text}", span)
                continue
        out.append(block)
    return tuple(out)


def closed(section: Section, vocabulary: Vocabulary) -> list[Section]:
    """Cut a section behind each keyed line that holds its value: the next paragraph belongs to it no more.

    What follows comes back as a section without a title. A section of a record (`## Summary`) stays whole, unless the
    decision stands in lines below it: these come back apart, and a heading `## Decision` yields to them.
    """
    in_record = vocabulary.role(section.title) in BODY_ROLES
    holds_lines = in_record and _holds_decision(section.blocks, vocabulary)
    if in_record and not holds_lines:
        return [section]
    out: list[list[Block]] = [[]]
    for block in section.blocks:
        before = out[-1][-1] if out[-1] else None
        if isinstance(block, Paragraph):
            ends = isinstance(before, Paragraph) and _holds_value(before, vocabulary)
            if ends or (holds_lines and _is_keyed(block, vocabulary)):
                out.append([])
        out[-1].append(block)
    first, *others = out
    rest = [Section(section.level, "", blocks[0].span, tuple(blocks), -1, section.end) for blocks in others]
    title = "" if holds_lines and vocabulary.role(section.title) == "decision" else section.title
    return [section._replace(title=title, blocks=tuple(first)), *rest]


def _holds_decision(blocks: tuple[Block, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether a keyed line gives the decision: behind its key, or below it."""
    for i, block in enumerate(blocks):
        lines = block.text.split("\n") if isinstance(block, Paragraph) else []
        for k, line in enumerate(lines):
            found = read_key(line, vocabulary)
            if found is None or found.role != "decision":
                continue
            if found.value:
                return not is_unfilled(found.value, vocabulary)
            below = lines[k + 1] if k + 1 < len(lines) else None
            if below is not None:
                return read_key(below, vocabulary) is None
            after = blocks[i + 1] if i + 1 < len(blocks) else None
            return after is not None and not (isinstance(after, Paragraph) and _is_keyed(after, vocabulary))
    return False


def _answered(blocks: tuple[Block, ...], vocabulary: Vocabulary, among_options: bool) -> list[Block]:
    """Return the blocks with every key in a paragraph of its own, without the keys of a form that have no answer."""
    out: list[Block] = []
    for outer, after in zip(blocks, (*blocks[1:], None), strict=False):
        group = _unfolded(outer, vocabulary, among_options)
        fields = [_field(block, vocabulary) for block in group]
        is_form = sum(field is not None for field in fields) > 1
        untouched = not any(field and _has_answer(b, field, vocabulary) for b, field in zip(group, fields, strict=True))
        for i, (block, field) in enumerate(zip(group, fields, strict=True)):
            if is_form and field and not _has_answer(block, field, vocabulary):
                if i + 1 < len(group):
                    below = fields[i + 1] is None and not _waives(group[i + 1], vocabulary)
                else:
                    below = isinstance(after, ListBlock | Table) or not (untouched or field.role in PEOPLE)
                if field.value or not below:
                    continue
            out.append(block)
    return out


def _has_answer(block: Block, field: Keyed, vocabulary: Vocabulary) -> bool:
    """Tell whether something stands behind a key; "n/a" is an answer for the decision alone."""
    if isinstance(block, Paragraph) and "\n" in block.text:
        return True
    return bool(field.value) and (field.role == "decision" or fold(field.value) not in vocabulary.absent)


def _waives(block: Block, vocabulary: Vocabulary) -> bool:
    return isinstance(block, Paragraph) and bool(vocabulary.phrase("no_decision").match(plain(block.text)))


def _names_below(before: Paragraph, block: Paragraph, vocabulary: Vocabulary) -> bool:
    """Tell whether the paragraph below `Owner:` is who that is: a short line, and no waiver."""
    last = read_key(before.text.rpartition("\n")[2], vocabulary)
    is_open = last is not None and last.role in PEOPLE and not last.value
    is_name = len(block.text) <= MAX_NAMES and len(block.text.split()) <= MAX_WORDS and block.text[-1:] != "."
    return is_open and is_name and not _waives(block, vocabulary)


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
        if pieces[-1] and (is_key or named or vocabulary.phrase("no_decision").match(line)):
            pieces.append([])
            starts.append(min(block.span.start + offset, block.span.end))
        named = found is not None and is_key and found.role in PEOPLE and bool(found.value)
        pieces[-1].append(f"{found.key}: {found.value}".rstrip() if found and is_key else line)
    ends = [max(a, b - 1) for a, b in pairwise(starts)] + [block.span.end]
    return [
        Paragraph("\n".join(lines), Span(start, max(start, end)))
        for lines, start, end in zip(pieces, starts, ends, strict=True)
    ]


def _is_keyed(block: Block, vocabulary: Vocabulary) -> bool:
    return _field(block, vocabulary) is not None


def _field(block: Block, vocabulary: Vocabulary) -> Keyed | None:
    found = read_key(block.text, vocabulary) if isinstance(block, Paragraph) else None
    return found if found and found.role in _KEYS else None


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
