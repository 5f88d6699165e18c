"""What in a description is the author's own word: no quotes, code, folded logs, checklists, or text that tools append."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from onrecord.change.appended import Appended, is_formal, is_merge_note, read_appended
from onrecord.change.folded import html_words, outside_details
from onrecord.change.keyed import OPTIONS, PEOPLE, closed, in_lines, opens_record, read_key
from onrecord.lazily import lazy_pattern
from onrecord.markdown import (
    Block,
    Code,
    Document,
    Html,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Section,
    parse_document,
    plain,
)
from onrecord.record.vocabulary import Vocabulary, fold

_CHECKLIST = lazy_pattern(
    r"(?:(?:pr|pull request|author'?s?|reviewer'?s?|contributor'?s?|contribution|contributing|submission|submitter|developer|merge|"
    r"pre-?review|pre-?merge|pre-?submission|pre-?launch|review|self-?review|quality|release|definition of done) )*"
    r"(?:check[- ]?lists?|checks|to-?do(?:s| list)?)"
)
_BOX = lazy_pattern(r"[-*+]?[ \t]*\[([ xX])\][ \t]+(?P<text>.*)")
_ALERT = lazy_pattern(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*\n?", re.IGNORECASE)
_BOLD = lazy_pattern(r"(?:\*\*|__)[^*_\n]{1,80}(?:\*\*|__):?")
_ORPHAN = lazy_pattern(r"-{2,3}>")
_MARKUP = lazy_pattern(r"[\[\]*_`<>&~!\\]+")
# What a list's item has in it that is cut, dropped, or read otherwise: tags, boxes, keys, signatures, notes, titles in bold.
_MAY_CHANGE = lazy_pattern(
    r"[:：<>\[\n]|\*\*|__|ACKs|\A\W{0,4}(?:generated|created|written|made)\s|\A\s*\Z", re.IGNORECASE
)
MAX_PARAGRAPH = 8_000  # characters; nobody writes a longer one: what stands behind them is a pasted log
SAME_WORDS = lazy_pattern(r"[^\W_]+")


class Own(NamedTuple):
    """The author's own words as a document, and the texts of the boxes that are ticked."""

    document: Document
    ticked: tuple[str, ...]


class _Reader:
    """Walks the blocks once; `folded` counts the `<details>` that are open."""

    def __init__(self, vocabulary: Vocabulary, appended: Appended, known: frozenset[str]) -> None:
        self.vocabulary, self.appended, self.known = vocabulary, appended, known
        self.folded = 0
        self.ticked: list[str] = []

    def blocks(self, blocks: tuple[Block, ...], boxes: bool) -> list[Block]:
        """Return the visible blocks in the author's words; `boxes` keeps boxes, which are options then."""
        seen = [kept for block in blocks for kept in self._block(block, boxes)]
        return _before_bold_checklists(seen) if any(map(_is_bold_checklist, seen)) else seen

    def _block(self, block: Block, boxes: bool) -> list[Block]:
        if self.appended.spans and self.appended.holds(block.span.start):
            return []
        if isinstance(block, Html):
            return self._html(block, boxes)
        if isinstance(block, Paragraph):
            text, self.folded = outside_details(block.text, self.folded, is_html=False)
            return self._paragraph(block._replace(text=text), boxes)
        if self.folded or isinstance(block, Code):
            return []
        if isinstance(block, Quote):
            return self._alert(block, boxes)
        if isinstance(block, ListBlock):
            items = [kept for item in block.items if (kept := item if self._stays(item) else self._item(item, boxes))]
            return [block._replace(items=tuple(items))] if items else []
        return [block]

    def _html(self, block: Html, boxes: bool) -> list[Block]:
        text, self.folded = outside_details(block.text, self.folded)
        if "<table" in text.lower():
            return [block._replace(text=text)]
        return self._paragraph(Paragraph(html_words(text), block.span), boxes)

    def _paragraph(self, block: Paragraph, boxes: bool) -> list[Block]:
        if same_words(block.text) in self.known or is_merge_note(block.text):
            return []
        lines = [line for line in block.text.split("\n") if boxes or not self._is_box(line)]
        text = "\n".join(line for line in lines if not self._is_formal(line) and not self._is_known(line))
        if len(text) > MAX_PARAGRAPH:
            text = _MARKUP.sub(" ", text[:MAX_PARAGRAPH])
        return [block._replace(text=text)] if text.strip() else []

    def _is_formal(self, line: str) -> bool:
        found = read_key(line, self.vocabulary)
        return is_formal(line) and not (found and found.role in PEOPLE)

    def _is_known(self, line: str) -> bool:
        return bool(_ORPHAN.fullmatch(line.strip())) or same_words(line) in self.known

    def _is_box(self, line: str) -> bool:
        box = _BOX.match(line)
        if box and box[1] != " ":
            self.ticked.append(box["text"])
        return box is not None

    def _alert(self, quote: Quote, boxes: bool) -> list[Block]:
        """Return what stands in a `> [!NOTE]` box: it looks like a quotation, and is the author's."""
        first = quote.blocks[0] if quote.blocks else None
        if not isinstance(first, Paragraph) or not (mark := _ALERT.match(first.text)):
            return []
        inner = (first._replace(text=first.text[mark.end() :]), *quote.blocks[1:])
        return self.blocks(inner, boxes)

    def _stays(self, item: Item) -> bool:
        """Tell whether an item is sure to stay as it is: one line with nothing in it that is looked for below."""
        first = item.blocks[0] if len(item.blocks) == 1 else None
        if self.folded or self.appended.spans or item.checked is not None or not isinstance(first, Paragraph):
            return False
        if len(first.text) > MAX_PARAGRAPH or _MAY_CHANGE.search(first.text):
            return False
        return not self.known or same_words(first.text) not in self.known

    def _item(self, item: Item, boxes: bool) -> Item | None:
        first = item.blocks[0] if item.blocks else None
        keyed = isinstance(first, Paragraph) and opens_record(first.text, self.vocabulary)
        if item.checked and isinstance(first, Paragraph) and not self.folded:
            self.ticked.append(first.text)
        if item.checked is not None and not boxes and not (item.checked and keyed):
            return None
        blocks = self.blocks(item.blocks, boxes)
        return item._replace(blocks=tuple(blocks)) if blocks else None


def own_words(document: Document, vocabulary: Vocabulary, known: frozenset[str] = frozenset()) -> Own:
    """Return the document with the author's own words only; what stood below a folded heading joins what is above it.

    Boxes are nobody's word, except below a heading of options, where they are options. `known` are lines of the
    team's templates (see `same_words`): text that nobody wrote for this change.
    """
    appended = read_appended(document)
    reader = _Reader(vocabulary, appended, known)
    heads: list[Section] = []
    bodies: list[list[Block]] = []
    for section in document.sections:
        folded = reader.folded > 0 or (bool(section.title) and appended.holds(section.span.start))
        is_prose = not folded and _is_prose(section, vocabulary)
        if not heads or not (folded or is_prose):
            heads.append(section)
            bodies.append([])
        if is_prose:
            bodies[-1] += reader.blocks((Paragraph(section.title, section.span),), boxes=False)
        bodies[-1] += reader.blocks(section.blocks, _lists_options(section, vocabulary))
    seen = [head._replace(blocks=tuple(blocks)) for head, blocks in zip(heads, bodies, strict=True)]
    lined = [
        piece
        for s in _outside_checklists(seen)
        for piece in closed(
            s._replace(blocks=in_lines(s.blocks, vocabulary, _lists_options(s, vocabulary))), vocabulary
        )
    ]
    comments = tuple(c for c in document.comments if not appended.holds(c.span.start))
    return Own(document._replace(sections=tuple(_with_parents(lined)), comments=comments), tuple(reader.ticked))


@lru_cache(maxsize=2)  # judged by several rooms
def parse_body(body: str) -> Document:
    """Parse a description: a rule at its top opens no front matter."""
    document = parse_document(body)
    if document.front_matter is None:
        return document
    lines = list(document.lines)
    lines[document.front_matter.span.start - 1] = "***"  # a rule of another kind
    return parse_document("\n".join(lines))


@lru_cache(maxsize=2)  # read by several rooms
def own_words_of(body: str, vocabulary: Vocabulary, known: frozenset[str]) -> Own:
    """Return the author's own words of a description (`own_words`)."""
    return own_words(parse_body(body), vocabulary, known)


def same_words(text: str) -> str:
    """Return a text's words alone, to tell whether two lines say the same; empty for a line without any."""
    return " ".join(SAME_WORDS.findall(text.casefold())) or "\0"


def _is_bold_checklist(block: Block) -> bool:
    """Tell whether a paragraph is a checklist's title in bold, on a line of its own."""
    return isinstance(block, Paragraph) and bool(_BOLD.fullmatch(block.text)) and _is_checklist(block.text)


def _before_bold_checklists(blocks: list[Block]) -> list[Block]:
    """Drop what stands below a checklist's title in bold, up to the next line in bold that names something else."""
    out: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, Paragraph) and _BOLD.fullmatch(block.text):
            inside = _is_bold_checklist(block)
        if not inside:
            out.append(block)
    return out


def _is_checklist(title: str) -> bool:
    return bool(_CHECKLIST.fullmatch(fold(plain(title)).strip(" :☑✅✔📋📝🧪")))


def _lists_options(section: Section, vocabulary: Vocabulary) -> bool:
    return vocabulary.role(section.title) in OPTIONS


def _is_prose(section: Section, vocabulary: Vocabulary) -> bool:
    """Tell whether a heading is a paragraph that happens to stand above a line of dashes."""
    underlined = section.level == 2 and section.span.end > section.span.start
    return underlined and ("\n" in section.title or vocabulary.role(section.title) is None)


def _outside_checklists(sections: list[Section]) -> list[Section]:
    """Drop sections that are checklists, with all inside them."""
    out: list[Section] = []
    inside: int | None = None
    for section in sections:
        if inside is not None and section.level > inside:
            continue
        inside = section.level if section.title and _is_checklist(section.title) else None
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
