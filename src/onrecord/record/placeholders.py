"""Text that nobody has written yet: template instructions, braces, TBD."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from functools import cache, lru_cache

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Block, Document, Html, ListBlock, Paragraph, Quote, Table, plain
from onrecord.record.data import load
from onrecord.record.model import Mark
from onrecord.record.vocabulary import Vocabulary, fold

_CODE_SPAN = lazy_pattern(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_BRACES = lazy_pattern(r"(?<![\w/${}\\.])\{(?![{%#])((?:[^{}\n]|\{[^{}\n]{0,60}\}){3,400})\}(?![}\w/])")
_ONE_BLANK = lazy_pattern(r"[\"“„'‘«*_]*\{([a-zà-þ][\w -]{1,60})\}[\"”“'’»*_.]*")
_ANY_BRACES = lazy_pattern(r"\{(?:[^{}\n]|\{[^{}\n]{0,60}\}){1,400}\}")
_BETWEEN = " :：,;.\"'“”„‘’«»*_-–—"
_INSTRUCTION = lazy_pattern(r"[ |…]|\.\.\.")
_NOT_PROSE = lazy_pattern(r"[=;$\\]|[\"']\s*:|:\s*(?:[\[{\d\"']|true\b|false\b|null\b)|\w\(")
_BRACKETED = lazy_pattern(r"^\[(?P<inside>[^\[\]]{3,400})\](?![(\[:])[.:]?$")
_SAMPLE = lazy_pattern(
    r"e\.g\.|…|\.\.\.|\||\bexample\b|\bYYYY\b|\bdescribe\b|^(?:option|driver|title|name|date|decision driver|solution|argument|facteur|titre|titel)\b.{0,20}$",
    re.IGNORECASE,
)
_ANGLED = lazy_pattern(r"^<[^<>/@:`=]{2,80}\s[^<>/@:`=]{2,200}>$")
_BLANK = lazy_pattern(r"(?<![\w`\\])<(?!(?:br|hr|wbr|img)\b)[a-z][^<>@:`=\"\n]{1,80}>", re.IGNORECASE)
BLANKS = 3  # in one piece, and no tag closed: "in the context of <use case>, facing <concern>, …"
NOTHING_CHOSEN = lazy_pattern(r"\W*chosen option\W{0,9}:\W{0,9}[\"“”„'‘’`]{2}[\s,]{0,9}(?:because)?\W*", re.IGNORECASE)
_MARKED = lazy_pattern(r"^(?:TODO|TBD|FIXME|TBC)\b\s*(?:[:\-–—(]|$)")
_WORD = lazy_pattern(r"\w+")
MIN_INSTRUCTION, MAX_INSTRUCTION = 4, 120  # words of a line that can be told from chance
MANY = 100  # items of a list
_LONG_LISTS: deque[tuple[ListBlock, bool, list[Mark]]] = deque(maxlen=4)  # the last ones, with their pieces


@lru_cache(maxsize=4096)  # each piece is asked about by several steps
def find_placeholder(source: str, vocabulary: Vocabulary) -> str | None:
    """Return the unfilled piece in one paragraph, list item or cell, or None."""
    text = source.strip()
    if not text:
        return None
    if _ANGLED.match(text) or _MARKED.match(text) or is_instruction(text, vocabulary):
        return text
    if (match := _BRACKETED.match(text)) and _SAMPLE.search(match["inside"]):
        return text
    if fold(plain(text)) in vocabulary.placeholders:
        return plain(text)
    if NOTHING_CHOSEN.fullmatch(text):
        return text
    if text.count("<") >= BLANKS and "</" not in text and len(_BLANK.findall(_CODE_SPAN.sub("", text))) >= BLANKS:
        return text
    return _find_blank(text, vocabulary) if "{" in text else None


def _find_blank(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the piece in braces that tells what to write there, or the whole text where it is nothing but blanks."""
    for match in _BRACES.finditer(_CODE_SPAN.sub("", text)):
        if _INSTRUCTION.search(match[1].strip()) and not _NOT_PROSE.search(match[1]):
            return match[0]
    return text if _is_open_form(text, vocabulary) else None


def _is_open_form(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a text is nothing but a blank ("{title}"), or a choice of blanks ("Chosen option: {x}, because {y}")."""
    text = text.strip()
    if match := _ONE_BLANK.fullmatch(text):
        return fold(re.sub("[-_]", " ", match[1])) not in vocabulary.statuses  # "{accepted}" was filled in
    rest = fold(_ANY_BRACES.sub(" ", text))
    label = vocabulary.phrase("chosen_option").match(rest)
    reason = rest[label.end() if label else 0 :].strip(_BETWEEN)
    return (label is not None and not reason) or vocabulary.phrase("because").fullmatch(reason) is not None


def is_unfilled(source: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a piece says nothing of its own: a placeholder, or an instruction with a few words around."""
    found = find_placeholder(source, vocabulary)
    if found is None:
        return False
    rest = _BRACES.sub(" ", source) if found.startswith("{") and not _is_open_form(source, vocabulary) else ""
    return len(_WORD.findall(rest)) <= 4


def is_instruction(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a line is an instruction of a known template, or of the repository's own, as it stands there."""
    words = _WORD.findall(text)
    if not MIN_INSTRUCTION <= len(words) <= MAX_INSTRUCTION:
        return False
    mark = fingerprint(text)
    return mark in vocabulary.template_lines or mark in _known_lines()


def fingerprint(text: str) -> str:
    """Return the fingerprint under which a template's instruction line is known."""
    words = " ".join(_WORD.findall(plain(text).casefold()))
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()


@cache
def _known_lines() -> frozenset[str]:
    """Fingerprints only: the texts are other people's."""
    return frozenset(load("template_lines.json"))


def template_lines(document: Document) -> frozenset[str]:
    """Return the fingerprints of a template's lines, those in quotes included."""
    return frozenset(
        fingerprint(text)
        for section in document.sections
        for text, _ in pieces(section.blocks, quotes=True)
        if MIN_INSTRUCTION <= len(_WORD.findall(text)) <= MAX_INSTRUCTION
    )


def pieces(blocks: tuple[Block, ...] | list[Block], quotes: bool = False) -> list[Mark]:
    """Return every paragraph, list item and table cell as Markdown source with its place; no code."""
    out: list[Mark] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(Mark(block.text, block.span))
        elif isinstance(block, ListBlock):
            out += _in_list(block, quotes) if len(block.items) < MANY else _in_long_list(block, quotes)
        elif isinstance(block, Table):
            for row, span in zip(block.rows, block.spans[1:], strict=False):
                out += [Mark(cell, span) for cell in row if cell.strip()]
        elif isinstance(block, Html):
            out.append(Mark(block.text, block.span))
        elif isinstance(block, Quote) and quotes:
            out += pieces(block.blocks, quotes)
    return out


def _in_list(block: ListBlock, quotes: bool) -> list[Mark]:
    out: list[Mark] = []
    for item in block.items:
        inner = item.blocks
        if len(inner) == 1 and isinstance(inner[0], Paragraph):  # nearly all are so
            out.append(Mark(inner[0].text, inner[0].span))
        else:
            out += pieces(inner, quotes)
    return out


def _in_long_list(block: ListBlock, quotes: bool) -> list[Mark]:
    """Return what `_in_list` returns; a long list is gone through once, as some twenty steps ask for its pieces."""
    for known, with_quotes, marks in tuple(_LONG_LISTS):
        if known is block and with_quotes == quotes:
            return marks
    marks = _in_list(block, quotes)
    _LONG_LISTS.append((block, quotes, marks))
    return marks
