"""Alternatives that are argued in running text only, and options that are no real rivals."""

from __future__ import annotations

import re

from onrecord.markdown import ListBlock, Paragraph, Span, plain
from onrecord.record.identity import read_heading
from onrecord.record.model import Decision, Option, Slot
from onrecord.record.options import MAX_TITLE, names_in_line
from onrecord.record.outline import Outline, Part
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
_CANDIDATES = (
    r"options|alternatives|approaches|candidates|possibilities|varianten|möglichkeiten|opciones|opções|opzioni|варианты"
)
_COUNTED = r"(?:two|three|four|five|several|different|[2-6])\s+(?:\w+\s+){0,2}(?:ways|tools|methods|solutions|libraries|frameworks|products|technologies|providers|strategies)"
_LIST_INTRO = re.compile(rf"\b(?:{_CANDIDATES}|{_COUNTED})\b[^.]*[:.]?\s*$", re.IGNORECASE)
_NAMED_IN_LINE = re.compile(
    rf"\b(?:{_CANDIDATES}|{_COUNTED})\b[^.:]{{0,80}}(?:,? including|,? such as|:|,? namely)\s+(?P<names>[^.:]{{5,300}})\.",
    re.IGNORECASE,
)
_REFUSAL = re.compile(r"^(?:reject|do not|don't|never use|no)\s+(?P<what>.{3,})", re.IGNORECASE)
MAX_LISTED = 10


def prose_options(outline: Outline, vocabulary: Vocabulary, slot: Slot) -> tuple[list[Option], Slot]:
    """Return alternatives told in prose: a list introduced as options, else sentences that set one aside."""
    for i, part in enumerate(outline.parts):
        if part.role in _ROLES and (i != outline.title_index or len(outline.parts) <= 3):
            listed = _introduced_list(part) or _named_in_line(part)
            if len(listed) >= 2:
                return listed, Slot("filled", listed[0].span, "a list introduced as options")
    found: list[Option] = []
    for part in outline.parts:
        if part.role in _ROLES:
            for text, span in pieces(part.blocks):
                found += _set_aside(plain(text), span, vocabulary, part.role)
    if not found and outline.title_index is not None:
        found = _refused(outline.parts[outline.title_index])
    return (found[:6], Slot("filled", found[0].span, "told in prose")) if found else ([], slot)


def _introduced_list(part: Part) -> list[Option]:
    """Return the items of the lists behind a paragraph that announces options; code may stand between them."""
    titles: list[Option] = []
    announced = False
    for block in part.blocks:
        if isinstance(block, Paragraph):
            if titles:
                break
            announced = bool(_LIST_INTRO.search(plain(block.text)))
        elif isinstance(block, ListBlock) and announced:
            for item in block.items:
                titles += [
                    Option(plain(text)[:MAX_TITLE], "undecided", True, span) for text, span in pieces(item.blocks)[:1]
                ]
    return titles if len(titles) <= MAX_LISTED else []


def _named_in_line(part: Part) -> list[Option]:
    """Return the names of a sentence that lists options: "There are several methods, including A, B and C."."""
    for text, span in pieces(part.blocks):
        for match in _NAMED_IN_LINE.finditer(plain(text)):
            if len(names := names_in_line(match["names"])) >= 2:
                return [Option(name[:MAX_TITLE], "undecided", True, span) for name in names[:MAX_LISTED]]
    return []


def _refused(title: Part) -> list[Option]:
    """Return what a title turns down: "Do not use numbers in headings" names the rejected option itself."""
    match = _REFUSAL.match(read_heading(title.title).title or "")
    return [Option(match["what"][:MAX_TITLE], "rejected", True, title.span)] if match else []


def _set_aside(text: str, span: Span, vocabulary: Vocabulary, role: str | None) -> list[Option]:
    """Return the first sentence that names another way; "instead of" counts only where the decision is argued."""
    cues = [vocabulary.phrase("alternative")]
    if role in ("decision", "rationale"):
        cues.append(vocabulary.phrase("instead_of"))
    if not any(cue.search(text) for cue in cues):
        return []
    sentences = (s for s in _SENTENCE.split(text) if any(cue.search(s) for cue in cues))
    return [Option(sentence.strip()[:MAX_TITLE], "rejected", True, span) for sentence in sentences][:1]


def is_one_sided(options: list[Option], decision: Decision | None, vocabulary: Vocabulary) -> bool:
    """Tell whether the only rival is to do nothing, and nothing is said for the choice: a straw man."""
    rivals = [o for o in options if o.outcome != "chosen"]
    if len(rivals) != 1 or len(options) < 2 or rivals[0].argued:
        return False
    if not vocabulary.phrase("do_nothing").search(fold(rivals[0].title)):
        return False
    return decision is None or decision.justification is None
