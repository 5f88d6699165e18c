"""The shape of a parsed Markdown text.

Values are plain immutable tuples, so that thousands of files can be held cheaply. Lines are 1-based and
count in the text as given, front matter included; a span includes both of its ends.
"""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any


class Span(NamedTuple):
    """Lines `start` to `end`, 1-based, both included."""

    start: int
    end: int


class Paragraph(NamedTuple):
    """Running text; `text` is Markdown source with its line breaks."""

    text: str
    span: Span


class Item(NamedTuple):
    """One list item; `checked` is None unless it is a task (`- [ ]`, `- [x]`)."""

    blocks: tuple[Block, ...]
    span: Span
    checked: bool | None


class ListBlock(NamedTuple):
    """A bulleted or ordered list."""

    items: tuple[Item, ...]
    ordered: bool
    span: Span


class Table(NamedTuple):
    """A table; cells are Markdown source. `spans` has one span for the header and one for each row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    span: Span
    spans: tuple[Span, ...]


class Code(NamedTuple):
    """A fenced or indented code block."""

    text: str
    info: str
    span: Span


class Quote(NamedTuple):
    """A block quote."""

    blocks: tuple[Block, ...]
    span: Span


class Html(NamedTuple):
    """A raw HTML block without its comments; `text` is HTML source."""

    text: str
    span: Span


class Rule(NamedTuple):
    """A thematic break."""

    span: Span


Block = Paragraph | ListBlock | Table | Code | Quote | Html | Rule


class Comment(NamedTuple):
    """An HTML comment outside code; `text` is what stands between its marks."""

    text: str
    span: Span
    closed: bool


class Section(NamedTuple):
    """A heading with what stands directly below it, up to the next heading of any level.

    The first section of a document has level 0 and no title: the text before the first heading.
    `parent` is the index of the enclosing section, -1 for the first one. `end` is the last line of the section
    with all its sub-sections.
    """

    level: int
    title: str
    span: Span
    blocks: tuple[Block, ...]
    parent: int
    end: int


class Problem(NamedTuple):
    """Something in the text that could not be read as meant."""

    code: str
    message: str
    span: Span


class FrontMatter(NamedTuple):
    """The metadata block at the top; `lines` maps a JSON pointer to the line of its value."""

    kind: str
    data: dict[str, Any]
    lines: dict[str, int]
    span: Span
    comments: tuple[Comment, ...]


class Document(NamedTuple):
    """A whole text; `sections[0]` always exists."""

    front_matter: FrontMatter | None
    sections: tuple[Section, ...]
    comments: tuple[Comment, ...]
    problems: tuple[Problem, ...]
    lines: tuple[str, ...]

    def mentions(self, word: str) -> bool:
        """Tell whether a word stands anywhere in the text."""
        return any(word in line for line in self.lines)

    def children(self, index: int) -> list[int]:
        """Return the indexes of the sections directly inside section `index`."""
        return [i for i, section in enumerate(self.sections) if section.parent == index and i != index]

    def subtree(self, index: int) -> list[int]:
        """Return `index` and the indexes of all sections inside it, in order of the text."""
        level, found = self.sections[index].level, [index]
        for i in range(index + 1, len(self.sections)):
            if self.sections[i].level <= level:
                break
            found.append(i)
        return found
