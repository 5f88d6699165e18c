"""reStructuredText as far as records use it: headings and fields become Markdown, line by line."""

from textwrap import dedent

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.markdown import parse_document
from onrecord.markdown.rst import rst_as_markdown

SAMPLE = dedent(
    """\
    =========================
    ADR 12: Page by cursor
    =========================

    :Status: Accepted
    :Date: 2024-05-02

    .. contents::

    Context
    =======

    Page 900 takes six seconds.

    Details
    -------

    Each page reads all pages before it.

    Decision
    ========

    Lists are paged by cursor.
    """
)


def test_headings_get_their_level_by_the_order_of_their_marks() -> None:
    sections = parse_document(rst_as_markdown(SAMPLE)).sections
    assert [(s.level, s.title) for s in sections] == [
        (0, ""),
        (1, "ADR 12: Page by cursor"),
        (2, "Context"),
        (3, "Details"),
        (2, "Decision"),
    ]


def test_fields_become_a_list_and_directives_vanish() -> None:
    text = rst_as_markdown(SAMPLE)
    assert "- Status: Accepted\n- Date: 2024-05-02" in text
    assert "contents" not in text


def test_every_line_keeps_its_number() -> None:
    lines = rst_as_markdown(SAMPLE).split("\n")
    assert len(lines) == len(SAMPLE.split("\n"))
    for said in ("Page 900 takes six seconds.", "Lists are paged by cursor."):
        assert lines.index(said) == SAMPLE.split("\n").index(said)


def test_line_ends_do_not_matter() -> None:
    assert rst_as_markdown(SAMPLE.replace("\n", "\r\n")) == rst_as_markdown(SAMPLE)


@settings(max_examples=150, deadline=None, database=None)
@given(
    st.lists(
        st.sampled_from(
            ["====", "----", "~~~~", "Title", "Longer title", "", ".. note::", ":Key: v", ":Key:", "- x", "  indented"]
        ),
        max_size=20,
    )
)
def test_the_number_of_lines_never_changes(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert rst_as_markdown(text).count("\n") == text.count("\n")
