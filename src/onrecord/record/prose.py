"""Alternatives that are argued in running text only, and options that are no real rivals."""

from __future__ import annotations

import re

from onrecord.markdown import ListBlock, Paragraph, Span, plain
from onrecord.record.model import Decision, Option, Slot
from onrecord.record.options import MAX_TITLE
from onrecord.record.outline import Outline
from onrecord.record.placeholders import pieces
from onrecord.record.vocabulary import Vocabulary, fold

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+|\n")
_ROLES = (
    None,
    "context",
    "decision",
    "proposal",
    "rationale",
    "consequences",
    "more_information",
    "decision_drivers",
    "open_questions",
)
_LIST_INTRO = re.compile(
    r"\b(?:options|alternatives|ways|approaches|choices|possibilities|candidates|solutions|varianten|möglichkeiten|opciones|opções|opzioni|варианты)\b[^.]*:?\s*$",
    re.IGNORECASE,
)


def prose_options(outline: Outline, vocabulary: Vocabulary, slot: Slot) -> tuple[list[Option], Slot]:
    """Return alternatives told in prose: a list introduced as options, else sentences that set one aside."""
    for i, part in enumerate(outline.parts):
        if part.role not in _ROLES or (i == outline.title_index and part.role is None and len(outline.parts) > 3):
            continue
        previous: Paragraph | None = None
        for block in part.blocks:
            if isinstance(block, ListBlock) and previous is not None and _LIST_INTRO.search(plain(previous.text)):
                titles = [
                    (plain(text)[:MAX_TITLE], span) for item in block.items for text, span in pieces(item.blocks)[:1]
                ]
                if 2 <= len(titles) <= 10:
                    return [Option(t, "undecided", True, s) for t, s in titles], Slot(
                        "filled", block.span, "a list introduced as options"
                    )
            previous = block if isinstance(block, Paragraph) else None
    found: list[Option] = []
    for part in outline.parts:
        if part.role not in _ROLES:
            continue
        for text, span in pieces(part.blocks):
            found += _set_aside(plain(text), span, vocabulary)
    return (found[:6], Slot("filled", found[0].span, "told in prose")) if found else ([], slot)


def _set_aside(text: str, span: Span, vocabulary: Vocabulary) -> list[Option]:
    if not vocabulary.phrase("alternative").search(text):
        return []
    return [
        Option(sentence.strip()[:MAX_TITLE], "rejected", True, span)
        for sentence in _SENTENCE.split(text)
        if vocabulary.phrase("alternative").search(sentence)
    ][:1]


def is_one_sided(options: list[Option], decision: Decision | None, vocabulary: Vocabulary) -> bool:
    """Tell whether the only rival is to do nothing, and nothing is said for the choice: a straw man."""
    rivals = [o for o in options if o.outcome != "chosen"]
    if len(rivals) != 1 or len(options) < 2 or rivals[0].argued:
        return False
    if not vocabulary.phrase("do_nothing").search(fold(rivals[0].title)):
        return False
    return decision is None or decision.justification is None
