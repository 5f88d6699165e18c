"""Is a description still the team's template, and which of its lines did nobody write for this change?"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.change.author import SAME_WORDS, own_words, parse_body, same_words
from onrecord.change.hidden import read_hidden
from onrecord.lazily import lazy_pattern
from onrecord.markdown import Block, Document, Html, ListBlock, Paragraph, parse_document, plain
from onrecord.record.placeholders import is_unfilled, pieces
from onrecord.record.vocabulary import Vocabulary, fold

NEW_WORDS = 3  # fewer are none: precision .73, recall 1.0 on 202 pull requests together with half of the headings
LONG, ALIKE = 8, 0.85  # a line of so many words, most of them the template's, is the template's in another version
_REFERENCE = lazy_pattern(
    r"(?:(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?|part of|refs?|references?|related(?: to)?|see|contributes to|for|issue|"
    r"towards|follow[- ]?up to)\b[ \t:]{0,9}){0,9}(?:https?://\S+|[\w./-]{0,200}#\d+|gh-\d+|[A-Z][A-Z0-9]{1,30}-\d+)[.,;]?",
    re.IGNORECASE,
)
_PICTURE = lazy_pattern(r"!\[|<(?:img|video|picture|svg)\b", re.IGNORECASE)
_SYMBOL = lazy_pattern(r"[^\w\s\x00-\x7f]")


class Template(NamedTuple):
    """A template: the words of each of its lines, those in comments included, and its headings."""

    lines: frozenset[str]
    words: frozenset[str]
    headings: frozenset[str]


def known_lines(templates: tuple[str, ...]) -> frozenset[str]:
    """Return the lines of all templates in the form of `same_words`."""
    return frozenset(line for text in templates for line in read_template(text).lines)


@lru_cache(maxsize=16)
def read_template(text: str) -> Template:
    """Read a template; lines and paragraphs count alike, since they may be wrapped anew."""
    document = parse_document(text)
    texts = [piece for section in document.sections for piece, _ in pieces(section.blocks, quotes=True)]
    texts += [comment.text for comment in document.comments]
    lines = {same_words(_unmarked(part)) for whole in texts for part in (whole, *whole.split("\n"))}
    words = {word for line in lines for word in line.split()}
    return Template(frozenset(lines - {same_words("")}), frozenset(words), _headings(document))


def _unmarked(line: str) -> str:
    """Return a line of a comment without the mark of a list or a box."""
    return re.sub(r"^\s{0,8}(?:[-*+]|\d{1,3}[.)])?\s*(?:\[[ xX]?\]\s*)?", "", line)


def template_untouched(body: str, templates: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Tell whether a description is a template: hardly a new word, and half of the template's headings there.

    Links to issues are no words; neither is what a tool appended. A template without headings has to be there itself.
    """
    if not templates or not body.strip():
        return False
    document = parse_body(body)
    hidden = read_hidden(document)
    below = parse_document(hidden.text) if hidden else None
    heads = _headings(document) | (_headings(below) if below else frozenset())
    said = own_words(document, vocabulary).document
    there = {same_words(text) for s in document.sections for text, _ in pieces(s.blocks, quotes=True)}
    there |= {same_words(comment.text) for comment in document.comments}
    known = tuple(read_template(text) for text in templates)
    if not any(_stands_in(template, heads, there) for template in known):
        return False
    return _new_words(said, known, vocabulary) < NEW_WORDS


def _stands_in(template: Template, heads: frozenset[str], there: set[str]) -> bool:
    if template.headings:
        return len(heads & template.headings) * 2 >= len(template.headings)
    return bool(template.lines & there)


def _new_words(said: Document, known: tuple[Template, ...], vocabulary: Vocabulary) -> int:
    lines = frozenset(line for template in known for line in template.lines)
    words = frozenset(word for template in known for word in template.words)
    return sum(_news(block, lines, words, vocabulary) for section in said.sections for block in _leaves(section.blocks))


def _leaves(blocks: tuple[Block, ...]) -> list[Block]:
    return [
        leaf
        for block in blocks
        for leaf in (
            _leaves(tuple(b for i in block.items for b in i.blocks)) if isinstance(block, ListBlock) else [block]
        )
    ]


def _news(block: Block, lines: frozenset[str], words: frozenset[str], vocabulary: Vocabulary) -> int:
    """Count the new words in one block; a picture or a lone symbol is an answer too."""
    if isinstance(block, Html) or (isinstance(block, Paragraph) and _PICTURE.search(block.text)):
        return NEW_WORDS
    return sum(
        _news_in(line, lines, words, vocabulary)
        for text, _ in pieces((block,))
        if same_words(text) not in lines
        for line in text.split("\n")
    )


def _news_in(line: str, lines: frozenset[str], words: frozenset[str], vocabulary: Vocabulary) -> int:
    shown = plain(_REFERENCE.sub(" ", line))
    found = SAME_WORDS.findall(shown.casefold())
    if not found:
        return NEW_WORDS if _SYMBOL.search(shown) and not _SYMBOL.search("".join(lines)) else 0
    if same_words(shown) in lines or fold(shown) in vocabulary.absent or is_unfilled(line, vocabulary):
        return 0
    if len(found) >= LONG and sum(word in words for word in found) >= ALIKE * len(found):
        return 0
    return sum(word not in words for word in found) if len(found) < NEW_WORDS else len(found)


def _headings(document: Document) -> frozenset[str]:
    return frozenset(same_words(plain(s.title)) for s in document.sections if s.title)
