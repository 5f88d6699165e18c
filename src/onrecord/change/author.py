"""What in a description is the author's own word: no quotes, code, folded logs, checklists, or text that tools append."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.markdown import Block, Code, Document, Html, Item, ListBlock, Paragraph, Quote, Section, Span, plain
from onrecord.record.vocabulary import Vocabulary, fold

_SUMMARY_MARK = re.compile(
    r"(?:CURSOR_SUMMARY|CURSOR_AGENT|This is an auto-generated comment|TRIAGEBOT_START|copilot:summary)", re.IGNORECASE
)
_CHECKLIST = frozenset(
    ("checklist", "pr checklist", "checks", "author checklist", "reviewer checklist", "todo", "contributor checklist")
)
_DETAILS = re.compile(r"(<(/?)details\b[^>]*>)", re.IGNORECASE)
_KEY = re.compile(r"^(?:\*\*|__)?(?P<key>[^\W\d_][\w' -]{1,40}?)\s?(?:\*\*|__)?[:：]")
_KEYS = frozenset(("decision", "alternatives", "considered_options", "rationale", "owner", "decision_makers"))
_OPTIONS = frozenset(("considered_options", "alternatives"))


class _Visible(NamedTuple):
    """The blocks a reader sees without unfolding anything, and how many `<details>` are still open behind them."""

    blocks: tuple[Block, ...]
    folded: int


def own_words(document: Document, vocabulary: Vocabulary) -> Document:
    """Return the document with the author's own words only; what stood below a folded heading joins what is above it.

    Unticked boxes are nobody's word, except below a heading of options, where they are options. Neighbouring
    `Key: value` lines become one paragraph, however they were set apart.
    """
    sections: list[Section] = []
    folded = 0
    for section in _outside_checklists(_without_summaries(document)):
        hidden = folded > 0
        keep_boxes = vocabulary.role(section.title) in _OPTIONS
        blocks, folded = _visible(section.blocks, folded, keep_boxes)
        if hidden and sections:
            sections[-1] = sections[-1]._replace(blocks=sections[-1].blocks + blocks)
        else:
            sections.append(section._replace(blocks=blocks))
    return document._replace(
        sections=tuple(s._replace(blocks=_joined(s.blocks, vocabulary)) for s in _with_parents(sections))
    )


def _without_summaries(document: Document) -> tuple[Section, ...]:
    """Drop what tools append: everything from a known summary mark on."""
    start = next((c.span.start for c in document.comments if _SUMMARY_MARK.match(c.text)), None)
    if start is None:
        return document.sections
    first, *others = (s._replace(blocks=tuple(b for b in s.blocks if b.span.start < start)) for s in document.sections)
    return (first, *(s for s in others if s.span.start < start))


def _outside_checklists(sections: tuple[Section, ...]) -> list[Section]:
    """Drop sections that are checklists, with all inside them."""
    out: list[Section] = []
    inside: int | None = None
    for section in sections:
        if inside is not None and section.level > inside:
            continue
        inside = section.level if section.title and fold(plain(section.title)) in _CHECKLIST else None
        if inside is None:
            out.append(section)
    return out


def _with_parents(sections: list[Section]) -> list[Section]:
    """Count the parents anew after sections were dropped."""
    out: list[Section] = []
    stack: list[int] = []
    for i, section in enumerate(sections):
        while stack and i and sections[stack[-1]].level >= section.level:
            stack.pop()
        out.append(section._replace(parent=stack[-1] if stack else -1))
        stack.append(i)
    return out


def _visible(blocks: tuple[Block, ...], folded: int, keep_boxes: bool) -> _Visible:
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Html) and _DETAILS.search(block.text):
            rest, folded = _outside_details(block.text, folded)
            if rest.strip():
                out.append(block._replace(text=rest))
        elif folded or isinstance(block, Quote | Code):
            continue
        elif isinstance(block, ListBlock):
            items = tuple(_item(item, keep_boxes) for item in block.items if item.checked is not False or keep_boxes)
            if items:
                out.append(block._replace(items=items))
        else:
            out.append(block)
    return _Visible(tuple(out), folded)


def _item(item: Item, keep_boxes: bool) -> Item:
    return item._replace(blocks=_visible(item.blocks, 0, keep_boxes).blocks)


def _outside_details(text: str, folded: int) -> tuple[str, int]:
    """Return the HTML that stands outside `<details>`, and how many are open behind it."""
    out, last = [], 0
    for tag in _DETAILS.finditer(text):
        if not folded:
            out.append(text[last : tag.start()])
        folded = max(0, folded - 1) if tag[2] else folded + 1
        last = tag.end()
    if not folded:
        out.append(text[last:])
    return "".join(out), folded


def _joined(blocks: tuple[Block, ...], vocabulary: Vocabulary) -> tuple[Block, ...]:
    """Join neighbouring paragraphs and bullets that begin with a key, so that each ends where the next begins."""
    out: list[Block] = []
    for block in (inner for listed in blocks for inner in _unlisted(listed, vocabulary)):
        before = out[-1] if out else None
        if (
            isinstance(block, Paragraph)
            and isinstance(before, Paragraph)
            and all(_is_keyed(b, vocabulary) for b in (before, block))
        ):
            span = Span(before.span.start, max(before.span.end, block.span.end))
            out[-1] = Paragraph(f"{before.text}\n{block.text}", span)
        else:
            out.append(block)
    return tuple(out)


def _unlisted(block: Block, vocabulary: Vocabulary) -> tuple[Block, ...]:
    """Return what a list with a `Decision:` bullet holds; any other block as it is."""
    if isinstance(block, ListBlock) and any(
        _key_of(i.blocks[0], vocabulary) == "decision" for i in block.items if i.blocks
    ):
        return tuple(inner for item in block.items for inner in item.blocks)
    return (block,)


def _is_keyed(block: Block, vocabulary: Vocabulary) -> bool:
    return _key_of(block, vocabulary) in _KEYS


def _key_of(block: Block, vocabulary: Vocabulary) -> str | None:
    match = _KEY.match(block.text) if isinstance(block, Paragraph) else None
    return vocabulary.label(match["key"]) if match else None
