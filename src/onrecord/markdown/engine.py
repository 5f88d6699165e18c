"""The one configured markdown-it engine of the process."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt


@cache
def engine() -> MarkdownIt:
    """Return CommonMark with tables and strikethrough; inline text is parsed only on demand, by `plain`."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


@cache
def block_engine() -> MarkdownIt:
    """Return the same without inline parsing: twice as fast, and enough for structure."""
    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
