"""What is read without a parser is read as the parser reads it."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.markdown.engine import engine
from onrecord.markdown.simple import simple_links, simple_text

PIECES = (
    *(
        "[",
        "]",
        "](",
        "(",
        ")",
        "`",
        "``",
        "*",
        "**",
        " *a*",
        "**b: c:** ",
        "_",
        "<",
        ">",
        "&",
        "&amp;",
        "~~",
        "~",
        "!",
        "![",
        "\\",
        "\n",
        "  \n",
        " ",
    ),
    *(
        "a",
        "b.md",
        "[a](b.md)",
        "[a](../x/y.md#z)",
        "![a](b.png)",
        "`x`",
        "``a`b``",
        "javascript:x",
        "http://x.example",
        "é",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


def parsed_text(source: str) -> str:
    out = []
    for token in engine().parseInline(source)[0].children or ():
        if token.type in ("text", "code_inline", "text_special", "image"):
            out.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            out.append(" ")
    return " ".join("".join(out).split())


def parsed_links(source: str) -> list[tuple[str, int]]:
    before, out = 0, []
    for token in engine().parseInline(source)[0].children or ():
        before += token.type in ("softbreak", "hardbreak")
        if token.type == "link_open":
            out.append((unquote(str(token.attrs["href"])), before))
    return out


@given(TEXTS)
def test_any_text_is_read_alike(source: str) -> None:
    text, links = simple_text(source), simple_links(source)
    assert text is None or " ".join(text.split()) == parsed_text(source)
    assert links is None or links == parsed_links(source)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Plain, with snake_case & an open [ ] box", "Plain, with snake_case & an open [ ] box"),
        ("Use `a_b` and ``c`d``", "Use a_b and c`d"),
        ("An `open one", "An `open one"),
        ("See [this](a.md),\n![that](b.png)", "See this,\nthat"),
        ("[x](javascript:y)", None),
        ("[a [b](c.md)](d.md)", None),
        ("[a](b.md 'title')", None),
        ("**Owner:** we *all*, (**not** me).", None),
        ("**Owner:** we *all*, or **me**.", "Owner: we all, or me."),
        ("*a **b** c*", None),
        ("a*b* **c", None),
        ("&amp;", None),
    ],
)
def test_what_is_simple_enough(source: str, text: str | None) -> None:
    assert simple_text(source) == text


def test_links_know_their_line() -> None:
    assert simple_links("See [this](a.md),\n![that](b.png) and [more](c.md#d)") == [("a.md", 0), ("c.md#d", 1)]
    assert simple_links("[a](b.md) `[c](d.md)`") is None
