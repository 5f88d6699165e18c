"""What the author says to readers: running text without boxes, code and addresses, by paragraph and by sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from onrecord.change.keyed import MAX_NAMES, OPTIONS, PEOPLE, read_key
from onrecord.change.told import split_sentences
from onrecord.lazily import lazy_pattern
from onrecord.markdown import Block, Document, ListBlock, Paragraph, Section, Table, plain
from onrecord.record.placeholders import is_unfilled
from onrecord.record.vocabulary import Vocabulary, fold

_WORD = lazy_pattern(r"[^\W_]+")
_UNSPACED = lazy_pattern("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")  # two of these stand for a word
_CODE_SPAN = lazy_pattern(r"(?<!`)(`{1,3})(?!`)[^`\n]{1,300}\1(?!`)")
_ADDRESS = lazy_pattern(r"<?https?://[^\s<>()\[\]]{1,2000}>?")
_HOLDS_NO_PROSE = lazy_pattern(r"`|://|!\[")
_PICTURE = lazy_pattern(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)")
_TESTING = lazy_pattern(
    r"(?:how (?:has|was|is|were|did|do|to|should|can|will) .{0,40}(?:test|verif|review).{0,40}|.{0,30}\btest(?:ing|s|ed)?\b.{0,30}|"
    r"(?:manual )?verification(?: steps)?|screenshots?(?: .{0,40})?|qa|change ?log|before|after|before/after|demo|.{0,20}validation.{0,20})",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """Running text: `prose` a line a paragraph, with one word for each code span and address; `sentences` as shown.

    `telling` counts the words of `prose` outside sections on tests and screenshots.
    """

    prose: str
    sentences: list[str]
    telling: int


def read_said(document: Document, title: str, vocabulary: Vocabulary) -> Said:
    """Collect what is said; a paragraph that only repeats the title says nothing more."""
    prose: list[str] = []
    sentences: list[str] = []
    telling = 0
    named = fold(title)
    for section in document.sections:
        is_testing = _is_about_tests(section)
        for text in _paragraphs(section.blocks, vocabulary, vocabulary.role(section.title) in OPTIONS):
            shown = plain(text)
            if not shown or fold(shown) == named:
                continue
            line = shown
            if _HOLDS_NO_PROSE.search(text):
                line = plain(_ADDRESS.sub("link", _CODE_SPAN.sub("code", _PICTURE.sub(" ", text))))
            prose.append(line)
            if not is_testing:
                telling += count_words(line)
                sentences += split_sentences(shown)
    return Said("\n".join(line for line in prose if line), sentences, telling)


def count_words(text: str) -> int:
    """Count the words of a text, also of one that sets no spaces."""
    if text.isascii():
        return len(_WORD.findall(text))
    return len(_WORD.findall(_UNSPACED.sub("", text))) + len(_UNSPACED.findall(text)) // 2


def _is_about_tests(section: Section) -> bool:
    return bool(section.title and _TESTING.fullmatch(fold(plain(section.title))))


def without_people(text: str, vocabulary: Vocabulary) -> str:
    """Return a text without its lines that only name people ("Owner: Ann")."""
    if ":" not in text and "：" not in text:
        return text
    read = ((line, read_key(line, vocabulary)) for line in text.split("\n"))
    return "\n".join(
        line for line, found in read if not (found and found.role in PEOPLE and len(found.value) <= MAX_NAMES)
    )


def _paragraphs(blocks: tuple[Block, ...], vocabulary: Vocabulary, boxes: bool) -> list[str]:
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if not is_unfilled(block.text, vocabulary):
                out.append(without_people(block.text, vocabulary))
        elif isinstance(block, ListBlock):
            for item in block.items:
                if item.checked is None or boxes:  # a ticked box says what was done, not what was decided
                    out += _paragraphs(item.blocks, vocabulary, boxes)
        elif isinstance(block, Table):
            out += [cell for row in block.rows for cell in row]
    return out
