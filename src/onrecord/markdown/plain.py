"""Markdown source to the words a reader sees."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lazily import TYPE_CHECKING
from onrecord.markdown.engine import engine
from onrecord.markdown.model import Block, Html, ListBlock, Paragraph, Quote, Table
from onrecord.markdown.simple import simple_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markdown_it.token import Token

MOST_BRACKETS = 1_000
_ZERO_WIDTH = str.maketrans(dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0f"), ""))
_TAG = re.compile(r"<[^>]{0,500}>")


@lru_cache(maxsize=4096)
def plain(source: str, keep_struck: bool = False) -> str:
    """Return one piece of inline Markdown as plain text: no markup, no comments, single spaces.

    Struck-out text (`~~so~~`) is dropped unless `keep_struck`: what an author crossed out is not said.
    """
    if not source.isascii():
        source = source.translate(_ZERO_WIDTH)
    simple = simple_text(source)
    if simple is not None:
        return " ".join(simple.split())
    out: list[str] = []
    struck = 0
    for token in _tokens(source):
        kind = token.type
        if kind == "s_open":
            struck += 1
        elif kind == "s_close":
            struck -= 1
        elif struck and not keep_struck:
            continue
        elif kind in ("text", "code_inline", "text_special"):
            out.append(token.content)
        elif kind in ("softbreak", "hardbreak") or (kind == "html_inline" and token.content[:3].lower() == "<br"):
            out.append(" ")
        elif kind == "image":
            out.append(token.content)
    return " ".join("".join(out).split())


def _tokens(source: str) -> list[Token]:
    if source.count("[") > MOST_BRACKETS:
        source = source.replace("[", " ")  # nobody links this much in one paragraph; looking for each end takes seconds
    return engine().parseInline(source)[0].children or []


def visible_text(blocks: Iterable[Block], quotes: bool = False) -> str:
    """Return what a reader sees in `blocks`, a line a paragraph; code and (unless asked for) quotes left out."""
    out: list[str] = []
    _collect(blocks, quotes, out)
    return "\n".join(line for line in out if line)


def _collect(blocks: Iterable[Block], quotes: bool, out: list[str]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            out.append(plain(block.text))
        elif isinstance(block, ListBlock):
            for item in block.items:
                _collect(item.blocks, quotes, out)
        elif isinstance(block, Table):
            out += [" | ".join(plain(cell) for cell in row) for row in block.rows]
        elif isinstance(block, Quote) and quotes:
            _collect(block.blocks, quotes, out)
        elif isinstance(block, Html):
            out.append(_html_text(block.text))


def _html_text(source: str) -> str:
    import html

    pictures = "picture " if re.search(r"<(img|svg|picture)\b", source, re.IGNORECASE) else ""
    return " ".join((pictures + html.unescape(_TAG.sub(" ", source))).split())
