"""A list that is read at once gives the document that markdown-it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.markdown.engine import block_engine
from onrecord.markdown.parse import _Builder
from onrecord.markdown.tokens import PLAIN_LIST

ITEMS = (
    *("- a", "- b c", "* a", "+ x", "1. a", "2. b", "3) c", "10. d", "- [x] a", "- [ ] b", "- [a]: b", "- [a](b)"),
    *("- **a** b", "* **a**", "- * a", "- - a", "- ---", "- 1. a", "- 12", "- 12a", "- `a`", "- ```", "- <b>", "- # a"),
    *("- #1", "- > a", "-", "- ", "-  a", "-     code", "- é", "- \u00a0a", "- a  ", "- a\t", "- a\u3000", "- a\x1c"),
    *("- a <!-- c -->", "- a <!-- open", "- __a__", "- _ a", "- ~~~", "- a | b", "1234567890. x", "٣. a", "* * *"),
)
OTHERS = (
    "  - n",
    "    more",
    "  more",
    "lazy",
    "",
    "",
    " ",
    "\t",
    "# h",
    "---",
    "===",
    "> q",
    "```",
    "| a |",
    "2020 was",
)
LINES = st.lists(st.one_of(st.sampled_from(ITEMS), st.sampled_from(OTHERS)), min_size=1, max_size=8)


def parsed(text: str, plain_lists: bool) -> tuple[object, ...]:
    builder = _Builder(0, text.split("\n"))
    builder.read(block_engine(plain_lists).parse(text))
    return builder.finish(), builder.comments, builder.problems


@given(LINES, st.sampled_from(("", "\n", "\n\n")))
def test_a_document_is_the_same_with_and_without_it(lines: list[str], end: str) -> None:
    text = "\n".join(lines) + end
    assert parsed(text, True) == parsed(text, False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- a\n" * 9, 1),
        ("1. a\n2. [b](c)\n", 1),
        ("- a\n\n\n- x\n", 1),
        ("* **A**: b\n* [ ] c\n\nd\n\n# E\n", 1),
        ("- a\n" * 9 + "-", 1),
        ("- > q\n" + "- a\n" * 9 + "  - n\n" + "- a\n" * 9, 2),
    ],
)
def test_plain_items_come_at_once(text: str, parts: int) -> None:
    types = [token.type for token in block_engine().parse(text)]
    assert types.count(PLAIN_LIST) == parts
    assert types.count("list_item_open") <= parts * 2
    assert parsed(text, True) == parsed(text, False)


@pytest.mark.parametrize(
    "last", ["- \u3000a\u3000", "- a\u3000", "- a\x1c", "- [a]: b", "- a\n---", "- a | b\n|---|---|"]
)
def test_what_is_not_surely_plain_is_read_by_markdown_it(last: str) -> None:
    text = "- a\n" * 5 + last
    assert parsed(text, True) == parsed(text, False)
