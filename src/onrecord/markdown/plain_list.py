"""Lists of plain items, each on a line of its own, read at once: markdown-it asks some forty questions about each.

What is not surely so plain is not answered here; it then comes from markdown-it. A test holds the two against each other.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from markdown_it import rules_block

from onrecord.lazily import TYPE_CHECKING
from onrecord.markdown.tokens import GOES_ON, PLAIN_LIST

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

# What begins a paragraph and nothing else: no list, heading, quote, rule, fence, HTML, code, or definition of a link.
_TEXT = r"(?:[^\s`~>*\-_+0-9\[<#]|\d++(?![.)])|\*\*?+[^\s*]|__?+[^\s_]|`(?!``)|\[(?![^\n]*\]:))[^\n]*"
_MARKS = {**{mark: re.escape(mark) for mark in "-*+"}, **{mark: rf"[0-9]{{1,9}}{re.escape(mark)}" for mark in ".)"}}
_ITEMS = {mark: re.compile(rf"{begin} ({_TEXT})(?:\n(?:[ \t]*\n)*|\Z)") for mark, begin in _MARKS.items()}
_NEXT = {mark: re.compile(rf"^(?:{begin} {_TEXT}\n){{3}}", re.MULTILINE) for mark, begin in _MARKS.items()}
_NUMBER = re.compile(r"[0-9]{1,9}([.)])")
_MAY_GO_ON = re.compile(r"[\s\d*+-]")  # begins a line that may belong to the list or to its last item
_NEAR = 1_000  # characters behind an item that is not plain; nobody looks for the next plain one further on
_FEWEST = 3  # items that are worth a token of their own


def read_list(state: StateBlock, line: int, end: int) -> bool:
    """Read the list that begins on a line where no block is open; False where there is none.

    It comes in parts, each a token `PLAIN_LIST` or a list of markdown-it's. The token's `meta` has `items`: the text of
    each, its line, and the line behind it (0-based), and `ordered`.
    """
    source, last = state.src, state.lineMax
    at = state.bMarks[line]
    number = _NUMBER.match(source, at)
    mark = number[1] if number else source[at : at + 1]
    if mark not in _ITEMS or not (number or source[at + 1 : at + 2] == " "):
        return rules_block.list_block(state, line, end, False)
    while True:
        items, at, behind = _plain_items(source, at, line, mark)
        is_over = bool(items) and _ends_here(source, at)
        if is_over and at == len(source):
            behind = last
            items[-1] = (*items[-1][:2], last)
        own = items if is_over else items[:-1]  # what comes next may belong to the last one
        if is_over or len(own) >= _FEWEST:
            token = state.push(PLAIN_LIST, "", 0)
            token.map = [own[0][1], own[-1][2]]
            token.meta = {"items": own, "ordered": number is not None, GOES_ON: not is_over}
            line = own[-1][2]
        if is_over:
            state.line = behind
            return True
        begins = len(state.tokens)
        at = _next_plain(state, items[-1][1] if items else line, mark)
        until = _line_at(state, at, line) if at >= 0 else last
        state.lineMax = until
        found = rules_block.list_block(state, line, min(until, end), False)
        state.lineMax = last
        if state.line < until or at < 0:
            return found
        state.tokens[begins].meta = {GOES_ON: True}
        line = until


def _plain_items(source: str, at: int, line: int, mark: str) -> tuple[list[tuple[str, int, int]], int, int]:
    """Return the plain items that stand one behind the other from a place on, and the place and the line behind them."""
    items: list[tuple[str, int, int]] = []
    item = _ITEMS[mark]
    while match := item.match(source, at):
        text = match[1].rstrip(" \t")
        if text[-1].isspace():  # a rarer blank, of which each version of markdown-it strips others
            break
        behind = line + match[0].count("\n")
        items.append((text, line, behind))
        at, line = match.end(), behind
    return items, at, line


def _ends_here(source: str, at: int) -> bool:
    """Tell whether a list surely ends before a place: with the text, or behind an empty line."""
    if at == len(source):
        return True
    before = source.rfind("\n", 0, at - 1)
    return not source[before + 1 : at - 1].strip(" \t") and not _MAY_GO_ON.match(source, at)


def _next_plain(state: StateBlock, line: int, mark: str) -> int:
    """Return the place of the next plain items, at least three, behind the item on a line; -1 where there are none near."""
    if line + 1 >= state.lineMax:
        return -1
    at = state.bMarks[line + 1]
    found = _NEXT[mark].search(state.src, at, at + _NEAR)
    return found.start() if found and _ITEMS[mark].match(state.src, found.start()) else -1


def _line_at(state: StateBlock, at: int, line: int) -> int:
    return bisect_left(state.bMarks, at, line)
