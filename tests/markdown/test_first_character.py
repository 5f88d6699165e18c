"""Asking rules by their first character gives the very tokens of markdown-it as it comes."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from onrecord.markdown.engine import block_engine, engine

BEGINNINGS = (
    *(
        "",
        "",
        " ",
        "   ",
        "    ",
        "\t",
        "> ",
        ">",
        "- ",
        "* ",
        "+ ",
        "-",
        "1. ",
        "2) ",
        "123456789. ",
        "1234567890. ",
        "٣. ",
    ),
    *(
        "# ",
        "####### ",
        "#",
        "```",
        "~~~",
        "``",
        "***",
        "- - -",
        "___",
        "===",
        "---",
        "--",
        "|",
        "|---|",
        ":--",
        "- | -",
    ),
    *(
        "<div>",
        "</div>",
        "<!-- x",
        "-->",
        "<",
        "[a]: /b",
        "[a]:",
        "[",
        "word",
        "a | b",
        "| a | b |",
        "=",
        "-x",
        "$",
        "é",
    ),
)
LINES = st.lists(st.sampled_from(BEGINNINGS), max_size=4).map("".join)
TEXTS = st.lists(LINES, max_size=9).map("\n".join)
MARKS = (
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "~",
        "~~",
        "~~~",
        "[",
        "]",
        "](",
        ")",
        "![",
        "!",
        "<",
        ">",
        "&",
        ";",
        "\\",
        "\n",
        "  \n",
    ),
    *(
        "a",
        "b c",
        "é",
        "&amp;",
        "&#35;",
        "<a>",
        "<http://x.example>",
        "<!-- c -->",
        "[a](/b)",
        "[a](<b c> 't')",
        "(",
        ":",
        "#",
        "]",
    ),
)
INLINE = st.lists(st.sampled_from(MARKS), max_size=12).map("".join)


def shown(tokens: list[Token]) -> list[dict[str, object]]:
    return [token.as_dict() for token in tokens]


whole = MarkdownIt("commonmark").enable(["table", "strikethrough"])
blocks_only = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])


def only_blocks() -> MarkdownIt:
    return block_engine(plain_lists=False)  # with them, see test_plain_list.py


@given(TEXTS)
def test_blocks_are_those_of_markdown_it(text: str) -> None:
    assert shown(only_blocks().parse(text)) == shown(blocks_only.parse(text))


@given(INLINE)
def test_inline_text_is_that_of_markdown_it(text: str) -> None:
    assert shown(engine().parseInline(text)) == shown(whole.parseInline(text))


EACH = (
    "\n".join(f"{n}. one\n\nx\n" for n in range(10)) + "![a](/b) <br> <http://x.example> &amp; \\* `c`  \nd ~~e~~ _f_\n"
)


@pytest.mark.parametrize(
    "text",
    [
        *(EACH, "a\n--|--\nb", "- a\n\n      code\n  - b\n> q\nlazy\n", "[a]: /b\n'title'\n\n[a]"),
        *("\u00a0a\n\nb\u00a0\n", "- a\u2003\n- \x0bb\n", "\u3000\n\na \t\n"),
    ],
)
@pytest.mark.parametrize(("ours", "theirs"), [(engine, whole), (only_blocks, blocks_only)])
def test_a_text_of_many_kinds(text: str, ours: Callable[[], MarkdownIt], theirs: MarkdownIt) -> None:
    assert shown(ours().parse(text)) == shown(theirs.parse(text))
