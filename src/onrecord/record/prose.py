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
_COUNTED = r"(?:two|three|four|five|several|different|[2-6])\s+(?:\w+\s+){0,2}(?:ways|tools|methods|solutions|libraries|frameworks|products|technologies|providers|strategies|designs|interpretations|answers(?= exist))"
_DECIDING = ("decision", "rationale", "proposal")
_WITH_COLON = (
    r"alternativen|optionen|alternativas|alternative|alternatieven|opcje|альтернативы|we (?:can|could|may|might) either|"
    r"(?:two|three|four|five|several|[2-6]) (?:are|were) available"
)
_LIST_INTRO = lazy_pattern(
    rf"\b(?:{_CANDIDATES}|{_COUNTED})\b[^.]*[:.]?\s*$|\b(?:{_WITH_COLON})\b[^.]*:\s*$", re.IGNORECASE
)
_WAYS = ("options", "alternatives", "approaches", "possibilities", "choices")
_SEVERAL = lazy_pattern(
    r"\bwe (?:can|could|may|might) either\b.+\bor\b|\b(?:there (?:are|were)|we (?:have|had|see|saw))\s+"
    rf"(?:(?!no\b|not\b)[\w-]+\s+){{0,3}}(?:{'|'.join(_WAYS)})\b",
    re.IGNORECASE,
)
# "While the previous script worked, it …": what there was is weighed.
_UNTIL_NOW = lazy_pattern(
    r"(?:while|(?:even )?though|although) (?:the|our) (?:previous|current|existing|original|initial|old)\b",
    re.IGNORECASE,
)
# What `_set_aside` looks for; a text without any of it is not read.
_SETS_ASIDE = ("alternative", "instead_of", "unusable", "tried")
_MAY_SET_ASIDE = lazy_pattern(rf"while|though|s \(|either|instead|{'|'.join(_WAYS)}", re.IGNORECASE)
_DO_INSTEAD = lazy_pattern(r",\s+(?:we|our|there|the proposed)\b", re.IGNORECASE)  # behind "Instead of adding …"
_LOOKING_BACK = ("consequences", "more_information", "open_questions")
_WEIGHING = r"(?:considered|evaluated|compared|investigated|assessed|looked at|taken into account)"
_WEIGHED_LIST = lazy_pattern(
    rf"\bwe (?:have |also |then )?{_WEIGHING}\b[^.:]*:\s*$|\b(?:been|were) {_WEIGHING}\s*:\s*$", re.IGNORECASE
)
_CRITERIA = lazy_pattern(
    r"\b(?:factors|requirements|criteria|constraints|aspects|assumptions|questions|risks|goals|scenarios|things|points|issues|"
    r"sources|properties|principles)\b[^.]*$",
    re.IGNORECASE,
)
_IN_BRACKETS = lazy_pattern(r"\b(?:ways|alternatives|approaches)\s+\((?!e\.g|i\.e)[^()]*,[^()]*\)", re.IGNORECASE)
_WEIGHED = lazy_pattern(r"\b(?:considered|evaluated|explored|investigated|compared|rejected)\b", re.IGNORECASE)
_SETTINGS = r"\b(?:configuration|command[- ]line|cli|settings?) "  # whose options are no alternatives
_ANY_LEAD = lazy_pattern(":|including|such as|namely")
_NAMED_IN_LINE = lazy_pattern(
    rf"(?:{_SETTINGS})?\b(?:{_CANDIDATES}|{_COUNTED})\b[^.:]{{0,80}}(?:,? including|,? such as|:|,? namely)\s+(?P<names>[^.:]{{5,300}})\.",
    re.IGNORECASE,
)
_OFFERS = r"\b(?:supports?|allows?|offers?|provides?|accepts?)\s+(?:\w+\s+)?"  # what users may choose, nobody weighed
_NOT_OURS = lazy_pattern(
    rf"{_SETTINGS}options\b|\boptions for (?:\w+ ){{0,2}}(?:users|clients|customers|operators)\b|{_OFFERS}{_COUNTED}|"
    r"\band so on\b|\betc\b",
    re.IGNORECASE,
)
_IN_GENERAL = lazy_pattern(
    r"\b(?:options|alternatives)\s+(?:that\s+)?(?:we|were|are)\s+(?:\w+\s+)?(?:rejected|considered)\s*[.;]?$",
    re.IGNORECASE,
)
_REFUSAL = lazy_pattern(r"^(?:reject|do not|don't|never use|no)\s+(?P<what>.{3,})", re.IGNORECASE)
_PREFERRED = lazy_pattern(r"^(?:prefer|choos|favou?r|pick)\w*\s.{2,80}?\sover\s(?P<what>.{2,})", re.IGNORECASE)
_REPLACED = lazy_pattern(r"^replac(?:e|ing)\s+(?P<what>.{2,80}?)\s+(?:with|by)\s", re.IGNORECASE)
_NO_THING = frozenset(("later", "sooner", "not", "never", "now", "it", "this", "that", "them"))
MAX_LISTED = 10
MAX_TOLD = 6
FEWEST = 5  # words of a sentence that says why there was no other
TOLD = "told in prose"


def prose_options(outline: Outline, vocabulary: Vocabulary, slot: Slot) -> tuple[list[Option], Slot]:
    """Return alternatives told in prose: a list introduced as options, else sentences that set one aside."""
    for i, part in enumerate(outline.parts):
        if part.role in _ROLES and (i != outline.title_index or len(outline.parts) <= 3):
            listed = _introduced_list(part) or ([] if part.role == "consequences" else _named_in_line(part))
            if len(listed) >= 2:
                return listed, Slot("filled", listed[0].span, "a list introduced as options")
    found = _all_set_aside(outline, vocabulary)
    if not found and outline.title_index is not None:
        found = _refused(outline.parts[outline.title_index], vocabulary)
    return (found, Slot("filled", found[0].span, TOLD)) if found else ([], slot)


def _all_set_aside(outline: Outline, vocabulary: Vocabulary) -> list[Option]:
    """Return what sentences set aside, the first of each piece, and of the whole text as many as count."""
    found: list[Option] = []
    silent: set[tuple[str, str | None]] = set()  # a list may say the same over and over
    for part in outline.parts:
        for text, span in pieces(part.blocks) if part.role in _ROLES else ():
            if (text, part.role) in silent:
                continue
            if told := _set_aside(plain(text), span, vocabulary, part.role):
                found += told
                if len(found) == MAX_TOLD:
                    return found
            else:
                silent.add((text, part.role))
    return found


def _introduced_list(part: Part) -> list[Option]:
    """Return the items of the lists behind a paragraph that announces options; code may stand between them."""
    titles: list[Option] = []
    before = ""
    for block in part.blocks:
        if isinstance(block, Paragraph):
            if titles:
                break
            before = block.text
        elif isinstance(block, ListBlock) and _announces_options(plain(before), part.role):
            for item in block.items:
                titles += [
                    Option(plain(text)[:MAX_TITLE], "undecided", True, span) for text, span in pieces(item.blocks)[:1]
                ]
    return titles if len(titles) <= MAX_LISTED else []


def _announces_options(text: str, role: str | None) -> bool:
    if _NOT_OURS.search(text):
        return False
    if _LIST_INTRO.search(text):  # among the consequences, choices that users have now are listed, too
        return role != "consequences" or _WEIGHED.search(text) is not None
    return text.endswith(":") and _WEIGHED_LIST.search(text) is not None and not _CRITERIA.search(text)


def _named_in_line(part: Part) -> list[Option]:
    """Return the names of a sentence that lists options: "There are several methods, including A, B and C."."""
    for text, span in pieces(part.blocks):
        shown = plain(text)
        if not _ANY_LEAD.search(shown.casefold()):  # a look for those costs less than for the candidates
            continue
        for match in _NAMED_IN_LINE.finditer(shown):
            if _NOT_OURS.search(match[0]):
                continue
            if len(names := names_in_line(match["names"])) >= 2:
                return [Option(name[:MAX_TITLE], "undecided", True, span) for name in names[:MAX_LISTED]]
    return []


def _refused(title: Part, vocabulary: Vocabulary) -> list[Option]:
    """Return what a title turns down: "Do not use numbers in headings", "Use pnpm rather than yarn", "Replace yarn with pnpm"."""
    text = read_heading(title.title).title or ""
    if match := _REFUSAL.match(text) or _REPLACED.match(text) or _PREFERRED.match(text):
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
                shown = plain(text)
                if shown.count(" ") < FEWEST - 1:
                    continue
                for sentence in _SENTENCE.split(shown):
                    if len(sentence.split()) < FEWEST or not denies_others(sentence.strip(), vocabulary):
                        continue
                    if denies_others(sentence.strip(), vocabulary, lead=0):
                        return NoneConsidered(sentence.strip(), in_passing)
                    in_passing = in_passing or sentence.strip()
    return NoneConsidered(None, in_passing)


def _set_aside(text: str, span: Span, vocabulary: Vocabulary, role: str | None) -> list[Option]:
    """Return the first sentence that names another way and leaves it, with that way's name where it can be told."""
    if not _MAY_SET_ASIDE.search(text) and not vocabulary.any_phrase(*_SETS_ASIDE).may_stand_in(text):
        return []
    sentences = [s.strip() for s in _SENTENCE.split(text) if s.strip()]
    for i, sentence in enumerate(sentences):
        if _names_another(sentence, vocabulary) or (role not in _LOOKING_BACK and _has_several(sentence)):
            return [Option(_clipped(sentence), "rejected", True, span)]
        opens = vocabulary.phrase("instead_of").match(sentence)  # "Instead of Memcached, which …": clear anywhere
        if (role in _DECIDING or opens) and (name := _left_for(sentence, vocabulary)):
            return [Option(_clipped(name), "rejected", True, span)]
        if role in _DECIDING and _replaces(sentence, vocabulary):
            return [Option(_clipped(sentence), "rejected", True, span)]
        if role != "consequences" and vocabulary.phrase("unusable").search(sentence):
            return [Option(_clipped(sentence), "rejected", True, span)]
        after = " ".join(sentences[i : i + 3])
        if vocabulary.phrase("tried").search(sentence) and vocabulary.phrase("trouble").search(after):
            return [Option(_clipped(sentence), "rejected", True, span)]
    return []


def _has_several(sentence: str) -> bool:
    """Tell whether a sentence says that there are several ways: "We have two options", "many ways (A, B)", "While the old one …"."""
    if _UNTIL_NOW.match(sentence):
        return True
    if "s (" in sentence and _IN_BRACKETS.search(sentence):
        return True
    if sentence.endswith(":") or not ("either" in sentence or any(word in sentence for word in _WAYS)):
        return False  # what stands behind a colon was read as a list
    return _SEVERAL.search(sentence) is not None and not _NOT_OURS.search(sentence)


def _replaces(sentence: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence chooses something "instead", and leaves what it replaces to the context: "Use Redis instead."."""
    if not sentence.rstrip(" .!").endswith(" instead"):
        return False
    return bool(vocabulary.phrase("choice_verb").match(sentence) or vocabulary.phrase("decided").match(sentence))


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
    if not name or name in _NO_THING:
        return None
    if re.match(r"\w+ing\b", name) and (match.start() > 2 or not _DO_INSTEAD.search(sentence)):
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
