"""Markdown text to `Document`, over the block tokens of markdown-it-py."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from onrecord.markdown.engine import block_engine
from onrecord.markdown.front_matter import split_front_matter
from onrecord.markdown.model import (
    Block,
    Code,
    Comment,
    Document,
    Html,
    Item,
    ListBlock,
    Paragraph,
    Problem,
    Quote,
    Rule,
    Section,
    Span,
    Table,
)
from onrecord.markdown.tokens import GOES_ON, PLAIN_LIST

if TYPE_CHECKING:
    from markdown_it.token import Token

_COMMENT = re.compile(r"<!--(.*?)(-->|\Z)", re.DOTALL)
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`]*(?:(?!\1(?!`))`+[^`]+)*?\1(?!`)")
_NUMBERED_TITLE = re.compile(r"\A(\s*)(\d{1,5}[.)] [^\n]+)\n={3,}[ \t]*$", re.MULTILINE)  # CommonMark sees a list item
_TASK = re.compile(r"\[([ xX])\]\s+")
_HASH_SPACE = re.compile(r"(?m)^(#{1,6})[\u00a0\u2007\u202f\u3000]")  # a pasted no-break space would hide a heading
_LONG_HEADING_WORDS = 12  # a setext heading longer than this is a paragraph with a rule below it


def parse_document(text: str) -> Document:
    """Parse any text. CRLF and CR count as line ends, as in LF; a byte order mark is ignored."""
    lines = list(lines_of(text))
    split = split_front_matter(lines)
    builder = _built(split.body_start, lines[split.body_start :])
    problems = tuple(split.problems + builder.problems)
    return Document(split.front_matter, builder.finish(), tuple(builder.comments), problems, tuple(lines))


def parse_part(document: Document, first: int, last: int) -> Document:
    """Parse some lines (1-based) of a document as one of its own, which still has all lines, so that no place changes."""
    builder = _built(first - 1, list(document.lines[first - 1 : last]))
    return Document(None, builder.finish(), tuple(builder.comments), tuple(builder.problems), document.lines)


def _built(offset: int, lines: list[str]) -> _Builder:
    builder = _Builder(offset, lines)
    builder.read(block_engine().parse(_NUMBERED_TITLE.sub(r"\1# \2\n", "\n".join(lines), count=1)))
    return builder


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines of a text as a document has them."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = _HASH_SPACE.sub(r"\1 ", text)
    return tuple(text.split("\n"))


class _Builder:
    """Turns the flat token stream into sections; `offset` lines stand before those that are read."""

    def __init__(self, offset: int, lines: list[str]) -> None:
        self.offset, self.total = offset, max(offset + len(lines), 1)
        self.source = lines
        self.last = len("\n".join(self.source).rstrip().split("\n"))
        self.comments: list[Comment] = []
        self.problems: list[Problem] = []
        self.heads: list[tuple[int, str, Span]] = [
            (0, "", Span(min(offset + 1, self.total), min(offset + 1, self.total)))
        ]
        self.bodies: list[list[Block]] = [[]]
        self.tokens: list[Token] = []
        self.at = 0

    def read(self, tokens: list[Token]) -> None:
        self.tokens, self.at = tokens, 0
        while self.at < len(tokens):
            token = tokens[self.at]
            if token.type == "heading_open":
                self._heading(token)
            else:
                self.bodies[-1].extend(self._block())

    def finish(self) -> tuple[Section, ...]:
        """Close the sections: each learns its parent and its last line."""
        stack: list[int] = []
        parents: list[int] = []
        ends = [self.total] * len(self.heads)
        for i, (level, _, span) in enumerate(self.heads):
            while stack and i and self.heads[stack[-1]][0] >= level:
                ends[stack.pop()] = max(span.start - 1, 1)
            parents.append(stack[-1] if stack else -1)
            stack.append(i)
        return tuple(
            Section(level, title, span, tuple(blocks), parent, max(end, span.end))
            for (level, title, span), blocks, parent, end in zip(self.heads, self.bodies, parents, ends, strict=True)
        )

    def _span(self, token: Token) -> Span:
        first, last = token.map or (0, 1)
        start = min(first + self.offset + 1, self.total)
        return Span(start, max(start, min(last + self.offset, self.total)))

    def _heading(self, token: Token) -> None:
        title, span = self.tokens[self.at + 1].content, self._span(token)
        self.at += 3
        setext = token.markup in ("-", "=")
        if (
            setext
            and token.markup == "-"
            and (len(title.split()) > _LONG_HEADING_WORDS or title.rstrip().endswith("."))
        ):
            self.bodies[-1] += [
                Paragraph(title, Span(span.start, max(span.start, span.end - 1))),
                Rule(Span(span.end, span.end)),
            ]
            return
        self.heads.append((int(token.tag[1]), self._without_comments(title, span), span))
        self.bodies.append([])

    def _block(self) -> list[Block]:
        """Read the block at the current token and move behind it."""
        token = self.tokens[self.at]
        self.at += 1
        kind = token.type
        if kind in ("paragraph_open", "heading_open"):  # a heading inside a list or quote is a line of it
            content = self.tokens[self.at]
            self.at += 2
            return self._paragraph(content.content, self._span(token))
        if kind in (PLAIN_LIST, "bullet_list_open", "ordered_list_open"):
            return [self._list(token)]
        if kind == "blockquote_open":
            return [Quote(tuple(self._until("blockquote_close")), self._span(token))]
        if kind == "table_open":
            return [self._table(token)]
        if kind == "fence":
            self._tell_unclosed_fence(token)
        if kind in ("fence", "code_block"):
            return [Code(token.content, token.info.strip(), self._span(token))]
        if kind == "html_block":
            return self._html(token.content, self._span(token))
        if kind == "hr":
            return [Rule(self._span(token))]
        return []

    def _tell_unclosed_fence(self, token: Token) -> None:
        """Note a fence that is never closed: it makes code of all that follows."""
        first, last = token.map or (0, 1)
        if last < self.last or last - first < 2:
            return
        if not self.source[last - 1].strip().startswith(token.markup):
            span = Span(self._span(token).start, self._span(token).start)
            self.problems.append(Problem("markup-unclosed", "a code block opens here and never ends", span))

    def _until(self, closing: str) -> list[Block]:
        out: list[Block] = []
        while self.tokens[self.at].type != closing:
            out += self._block()
        self.at += 1
        return out

    def _list(self, token: Token) -> ListBlock:
        items: list[Item] = []
        is_ordered, start = (
            token.type == "ordered_list_open" or bool(token.meta.get("ordered")),
            self._span(token).start,
        )
        while True:
            items += self._plain_items(token) if token.type == PLAIN_LIST else self._items()
            if not token.meta.get(GOES_ON):
                return ListBlock(tuple(items), is_ordered, Span(start, self._span(token).end))
            token = self.tokens[self.at]
            self.at += 1

    def _items(self) -> list[Item]:
        items: list[Item] = []
        while self.tokens[self.at].type == "list_item_open":
            span = self._span(self.tokens[self.at])
            self.at += 1
            items.append(_item(self._until("list_item_close"), span))
        self.at += 1
        return items

    def _plain_items(self, token: Token) -> list[Item]:
        items: list[Item] = []
        for text, first, last in token.meta["items"]:
            start = first + self.offset + 1
            own = Span(start, start)
            span = own if last == first + 1 else Span(start, last + self.offset)
            if text[0] != "[" and "<!--" not in text:
                items.append(Item((Paragraph(text, own),), span, None))
            else:
                items.append(_item(self._paragraph(text, own), span))
        return items

    def _table(self, opening: Token) -> Table:
        rows: list[tuple[str, ...]] = []
        spans: list[Span] = []
        cells: list[str] = []
        while (token := self.tokens[self.at]).type != "table_close":
            if token.type == "tr_open":
                cells = []
                spans.append(self._span(token))
            elif token.type == "inline":
                cells.append(self._without_comments(token.content, spans[-1]))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
            self.at += 1
        self.at += 1
        return Table(rows[0] if rows else (), tuple(rows[1:]), self._span(opening), tuple(spans))

    def _paragraph(self, text: str, span: Span) -> list[Block]:
        text = self._without_comments(text, span)
        return [Paragraph(text, span)] if text.strip() else []

    def _html(self, text: str, span: Span) -> list[Block]:
        """Read an HTML block: comments go aside; Markdown behind a comment on its line is read as text."""
        rest = self._without_comments(text, span)
        if not rest.strip():
            return []
        return [Html(rest, span)] if re.search(r"<[A-Za-z/]", rest) else [Paragraph(rest.strip(), span)]

    def _without_comments(self, text: str, span: Span) -> str:
        if "<!--" not in text:
            return text
        out, last, line, counted = [], 0, span.start, 0
        code = [found.span() for found in _CODE_SPAN.finditer(text)]
        for match in _COMMENT.finditer(text):
            closed = match[2] == "-->"
            if not closed and text[: match.start()].strip():
                break  # in the middle of a line an opener without an end is plain text
            if _is_inside(code, match.start()):
                continue
            line, counted = line + text.count("\n", counted, match.start()), match.start()
            first = min(line, self.total)
            last_line = min(first + match[0].count("\n"), self.total)
            self.comments.append(Comment(match[1].strip(), Span(first, last_line), closed))
            if not closed:
                self.problems.append(
                    Problem("markup-unclosed", "an HTML comment opens here and never ends", Span(first, first))
                )
            out.append(text[last : match.start()])
            last = match.end()
        out.append(text[last:])
        return "".join(out)


def _item(blocks: list[Block], span: Span) -> Item:
    checked = None
    if blocks and isinstance(blocks[0], Paragraph) and (task := _TASK.match(blocks[0].text)):
        checked = task[1] != " "
        blocks[0] = blocks[0]._replace(text=blocks[0].text[task.end() :])
    return Item(tuple(blocks), span, checked)


def _is_inside(spans: list[tuple[int, int]], at: int) -> bool:
    """Tell whether position `at` lies inside one of the spans, which are in order and do not overlap."""
    before = bisect_left(spans, (at,)) - 1
    return before >= 0 and at < spans[before][1]
