"""Alternatives that are argued in running text only, and options that are no real rivals."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.lazily import lazy_pattern
from onrecord.markdown import ListBlock, Paragraph, Span, plain
from onrecord.record.identity import read_heading
from onrecord.record.model import Decision, Option, Slot
from onrecord.record.nothing import denies_others
from onrecord.record.option_names import MAX_TITLE, names_in_line
from onrecord.record.outline import Outline, Part
from onrecord.record.placeholders import pieces
from onrecord.record.vocabulary import Vocabulary, fold

_SENTENCE = lazy_pattern(r"(?<=[.!?。！？])\s+|\n")
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
_DECIDING = ("decision", "rationale", "proposal")
_LIST_INTRO = lazy_pattern(rf"\b(?:{_CANDIDATES}|{_COUNTED})\b[^.]*[:.]?\s*$", re.IGNORECASE)
_SETTINGS = r"\b(?:configuration|command[- ]line|cli|settings?) "  # whose options are no alternatives
_NAMED_IN_LINE = lazy_pattern(
    rf"(?:{_SETTINGS})?\b(?:{_CANDIDATES}|{_COUNTED})\b[^.:]{{0,80}}(?:,? including|,? such as|:|,? namely)\s+(?P<names>[^.:]{{5,300}})\.",
    re.IGNORECASE,
)
_NOT_OURS = lazy_pattern(rf"{_SETTINGS}options\b|\band so on\b|\betc\b", re.IGNORECASE)
_IN_GENERAL = lazy_pattern(
    r"\b(?:options|alternatives)\s+(?:that\s+)?(?:we|were|are)\s+(?:\w+\s+)?(?:rejected|considered)\s*[.;]?$",
    re.IGNORECASE,
)
_REFUSAL = lazy_pattern(r"^(?:reject|do not|don't|never use|no)\s+(?P<what>.{3,})", re.IGNORECASE)
_NO_THING = frozenset(("later", "sooner", "not", "never", "now", "it", "this", "that", "them"))
MAX_LISTED = 10
TOLD = "told in prose"


def prose_options(outline: Outline, vocabulary: Vocabulary, slot: Slot) -> tuple[list[Option], Slot]:
    """Return alternatives told in prose: a list introduced as options, else sentences that set one aside."""
    for i, part in enumerate(outline.parts):
        if part.role in _ROLES and (i != outline.title_index or len(outline.parts) <= 3):
            listed = [] if part.role == "consequences" else _introduced_list(part) or _named_in_line(part)
            if len(listed) >= 2:
                return listed, Slot("filled", listed[0].span, "a list introduced as options")
    found: list[Option] = []
    for part in outline.parts:
        if part.role in _ROLES:
            for text, span in pieces(part.blocks):
                found += _set_aside(plain(text), span, vocabulary, part.role)
    if not found and outline.title_index is not None:
        found = _refused(outline.parts[outline.title_index], vocabulary)
    return (found[:6], Slot("filled", found[0].span, TOLD)) if found else ([], slot)


def _introduced_list(part: Part) -> list[Option]:
    """Return the items of the lists behind a paragraph that announces options; code may stand between them."""
    titles: list[Option] = []
    announced = False
    for block in part.blocks:
        if isinstance(block, Paragraph):
            if titles:
                break
            text = plain(block.text)
            announced = bool(_LIST_INTRO.search(text)) and not _NOT_OURS.search(text)
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
            if _NOT_OURS.search(match[0]):
                continue
            if len(names := names_in_line(match["names"])) >= 2:
                return [Option(name[:MAX_TITLE], "undecided", True, span) for name in names[:MAX_LISTED]]
    return []


def _refused(title: Part, vocabulary: Vocabulary) -> list[Option]:
    """Return what a title turns down: "Do not use numbers in headings", "Use pnpm rather than yarn"."""
    text = read_heading(title.title).title or ""
    if match := _REFUSAL.match(text):
        return [Option(_clipped(match["what"]), "rejected", True, title.span)]
    match = vocabulary.phrase("instead_of").search(text)
    name = text[match.end() :].strip() if match else ""
    return [Option(_clipped(name), "rejected", True, title.span)] if name else []


class NoneConsidered(NamedTuple):
    """The first sentence that begins with "no alternatives …", and the first that has it behind a few words: "We had no …"."""

    plainly: str | None
    in_passing: str | None


def none_considered(outline: Outline, vocabulary: Vocabulary) -> NoneConsidered:
    """Return the sentences that say why there was no other option, wherever they stand."""
    in_passing: str | None = None
    for part in outline.parts:
        if part.role in _ROLES:
            for text, _ in pieces(part.blocks):
                for sentence in _SENTENCE.split(plain(text)):
                    if len(sentence.split()) < 5 or not denies_others(sentence.strip(), vocabulary):
                        continue
                    if denies_others(sentence.strip(), vocabulary, lead=0):
                        return NoneConsidered(sentence.strip(), in_passing)
                    in_passing = in_passing or sentence.strip()
    return NoneConsidered(None, in_passing)


def _set_aside(text: str, span: Span, vocabulary: Vocabulary, role: str | None) -> list[Option]:
    """Return the first sentence that names another way and leaves it, with that way's name where it can be told."""
    sentences = [s.strip() for s in _SENTENCE.split(text) if s.strip()]
    for i, sentence in enumerate(sentences):
        if _names_another(sentence, vocabulary):
            return [Option(_clipped(sentence), "rejected", True, span)]
        opens = vocabulary.phrase("instead_of").match(sentence)  # "Instead of Memcached, which …": clear anywhere
        if (role in _DECIDING or opens) and (name := _left_for(sentence, vocabulary)):
            return [Option(_clipped(name), "rejected", True, span)]
        if role != "consequences" and vocabulary.phrase("unusable").search(sentence):
            return [Option(_clipped(sentence), "rejected", True, span)]
        after = " ".join(sentences[i : i + 3])
        if vocabulary.phrase("tried").search(sentence) and vocabulary.phrase("trouble").search(after):
            return [Option(_clipped(sentence), "rejected", True, span)]
    return []


def _names_another(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence has a word for another way, and does not say that there is none."""
    is_told = vocabulary.phrase("alternative").search(sentence) is not None
    return is_told and not _IN_GENERAL.search(sentence) and not denies_others(sentence, vocabulary)


def _left_for(sentence: str, vocabulary: Vocabulary) -> str | None:
    """Return what stands behind "rather than" or "instead of" in a sentence that chooses: a thing, not a way of acting."""
    match = vocabulary.phrase("instead_of").search(sentence)
    if match is None:
        return None
    behind = sentence[match.end() :].strip()
    name = re.split(r"[,;.:()]|\s(?:because|since|as|which|so|and|but|to)\s", behind)[0].strip()
    if not name or name in _NO_THING or re.match(r"\w+ing\b", name):
        return None
    chooses = match.start() <= 2 or vocabulary.phrase("choice_verb").search(sentence[: match.start()])
    return name if chooses else None


def _clipped(text: str) -> str:
    """Return a text short enough for a name, cut at a word."""
    return text if len(text) <= MAX_TITLE else text[: text.rfind(" ", 0, MAX_TITLE)] + " …"


def is_one_sided(options: list[Option], decision: Decision | None, vocabulary: Vocabulary) -> bool:
    """Tell whether the only rival is to do nothing, and nothing is said for the choice: a straw man."""
    rivals = [o for o in options if o.outcome != "chosen"]
    if len(rivals) != 1 or len(options) < 2 or rivals[0].argued:
        return False
    if not vocabulary.phrase("do_nothing").search(fold(rivals[0].title)):
        return False
    return decision is None or decision.justification is None
