"""The one configured markdown-it engine of the process; imported on first use, because many verbs parse nothing."""

from __future__ import annotations

from functools import cache

from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def engine() -> MarkdownIt:
    """Return CommonMark with tables and strikethrough; inline text is parsed only on demand, by `plain`."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


@cache
def block_engine() -> MarkdownIt:
    """Return the same without inline parsing: twice as fast, and enough for structure."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
