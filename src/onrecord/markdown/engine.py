"""The one configured markdown-it engine of the process; imported on first use, because many verbs parse nothing."""

from __future__ import annotations

from functools import cache

from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def engine() -> MarkdownIt:
    """Return CommonMark with tables and strikethrough; inline text is parsed only on demand, by `plain`."""
    return _hastened(["table", "strikethrough"], [])


@cache
def block_engine(plain_lists: bool = True) -> MarkdownIt:
    """Return the same without inline parsing: twice as fast, and enough for structure.

    With `plain_lists`, a list's items on a line each come as one token, see `plain_list.py`.
    """
    return _hastened(["table"], ["inline", "text_join"], plain_lists)


def _hastened(more: list[str], less: list[str], plain_lists: bool = False) -> MarkdownIt:
    from markdown_it import MarkdownIt

    from onrecord.markdown.first_character import hasten

    return hasten(MarkdownIt("commonmark").enable(more).disable(less), plain_lists)
