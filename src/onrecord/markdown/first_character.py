"""The rules of markdown-it, each asked only where a character stands that it can begin with.

markdown-it asks every rule at every line, and at every mark within a line; nearly all say no after a look at one
character. Here that character is looked at once. A test holds the outcome against markdown-it as it comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from markdown_it import rules_block, rules_inline
from markdown_it.ruler import Ruler

from onrecord.markdown.plain_list import read_list

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


def hasten(parser: MarkdownIt, plain_lists: bool) -> MarkdownIt:
    """Let a parser whose rules are all chosen look at the first character before it asks a rule.

    With `plain_lists`, items on a line each come as one token (`read_list`).
    """
    parser.block.ruler = _Hastened(parser.block.ruler, _ask_block_rules_too if plain_lists else _ask_block_rules)
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
    rules = [_QUICKER.get(rule, rule) for rule in rules]
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


def _ask_block_rules_too(rules: list[BlockRule]) -> BlockRule:
    return _ask_block_rules([_list if rule is rules_block.list_block else rule for rule in rules])


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


def _list(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Read a list in a quicker way where no block is open."""
    if silent or state.level or state.sCount[line]:
        return rules_block.list_block(state, line, end, silent)
    return read_list(state, line, end)


_BLOCK_STARTS[_list] = _BLOCK_STARTS[rules_block.list_block]


def _lheading(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Take a paragraph of one line at once; else ask for a heading with a line below it."""
    if not silent and _stands_alone(state, line):
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip(" \t")
        if text and not (text[0].isspace() or text[-1].isspace()):  # of rarer blanks, versions strip others
            state.line = line + 1
            state.push("paragraph_open", "p", 1).map = [line, state.line]
            inline = state.push("inline", "", 0)
            inline.content, inline.map, inline.children = text, [line, state.line], []
            state.push("paragraph_close", "p", -1)
            return True
    return rules_block.lheading(state, line, end, silent)


def _stands_alone(state: StateBlock, line: int) -> bool:
    """Tell whether a paragraph surely ends with its first line: before an empty line, or before the next item of a list."""
    below = line + 1
    if below >= state.lineMax or state.isEmpty(below):
        return True
    indent = state.sCount[below]
    if state.parentType != "list" or not 0 <= indent < state.blkIndent or indent - state.listIndent >= _CODE_INDENT:
        return False
    at = state.bMarks[below] + state.tShift[below]
    return state.src[at] in "-*+" and state.src[at + 1 : at + 2] in " \t\n"


_QUICKER: dict[BlockRule, BlockRule] = {rules_block.table: _table, rules_block.lheading: _lheading}
