"""The rules of markdown-it, each asked only where a character stands that it can begin with.

markdown-it asks every rule at every line, and at every mark within a line; nearly all say no after a look at one
character. Here that character is looked at once. A test holds the outcome against markdown-it as it comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from markdown_it import rules_block, rules_inline
from markdown_it.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    InlineRule = Callable[[StateInline, bool], bool]

Rule = TypeVar("Rule")

_CODE_INDENT = 4
_DIVIDER = ("|", "-", ":")
_BLOCK_STARTS: dict[BlockRule, str] = {
    rules_block.code: "",  # begins with its indent
    rules_block.fence: "`~",
    rules_block.blockquote: ">",
    rules_block.hr: "*-_",
    rules_block.list_block: "*+-0123456789",
    rules_block.reference: "[",
    rules_block.html_block: "<",
    rules_block.heading: "#",
}
_INLINE_STARTS: dict[InlineRule, str] = {
    rules_inline.newline: "\n",
    rules_inline.escape: "\\",
    rules_inline.backtick: "`",
    rules_inline.strikethrough.tokenize: "~",
    rules_inline.emphasis.tokenize: "*_",
    rules_inline.link: "[",
    rules_inline.image: "!",
    rules_inline.autolink: "<",
    rules_inline.html_inline: "<",
    rules_inline.entity: "&",
}


_STOPS = re.compile(r"[\n!&*<\[\\\]_`~]")  # where the rules above begin, and where a link's text ends


def hasten(parser: MarkdownIt) -> MarkdownIt:
    """Let a parser whose rules are all chosen look at the first character before it asks a rule."""
    parser.block.ruler = _Hastened(parser.block.ruler, _ask_block_rules)
    parser.inline.ruler = _Hastened(parser.inline.ruler, _ask_inline_rules)
    parser.inline.terminator_re = _STOPS
    return parser


class _Hastened(Ruler[Rule]):
    """A ruler each of whose chains is one rule, which knows what each of the chain's rules begins with."""

    def __init__(self, ruler: Ruler[Rule], ask: Callable[[list[Rule]], Rule]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        self._chains: dict[str, list[Rule]] = {}
        self._ask = ask

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 - the name is markdown-it's
        if chainName not in self._chains:
            self._chains[chainName] = [self._ask(super().getRules(chainName))]
        return self._chains[chainName]


def _ask_block_rules(rules: list[BlockRule]) -> BlockRule:
    rules = [_table if rule is rules_block.table else rule for rule in rules]
    anywhere, by_character = _by_character(rules, _BLOCK_STARTS)

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if state.sCount[line] - state.blkIndent >= _CODE_INDENT:
            chosen = rules
        else:
            at = state.bMarks[line] + state.tShift[line]
            chosen = by_character.get(state.src[at : at + 1], anywhere)
        for rule in chosen:  # noqa: SIM110 - a generator costs more than most rules here
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _ask_inline_rules(rules: list[InlineRule]) -> InlineRule:
    anywhere, by_character = _by_character(rules, _INLINE_STARTS)

    def ask(state: StateInline, silent: bool) -> bool:
        for rule in by_character.get(state.src[state.pos], anywhere):  # noqa: SIM110 - as above
            if rule(state, silent):
                return True
        return False

    return ask


def _by_character(rules: list[Rule], starts: dict[Rule, str]) -> tuple[list[Rule], dict[str, list[Rule]]]:
    """Return the rules that may begin with any character, and those for each character that some rule wants."""
    characters = {character for rule in rules for character in starts.get(rule, "")}
    return (
        [rule for rule in rules if rule not in starts],
        {one: [rule for rule in rules if one in starts.get(rule, one)] for one in characters},
    )


def _table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Ask for a table only above a line that may divide its head from its body."""
    at = state.bMarks[line + 1] + state.tShift[line + 1]
    return state.src[at : at + 1] in _DIVIDER and rules_block.table(state, line, end, silent)
