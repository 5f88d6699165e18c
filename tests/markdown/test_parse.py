"""Text to sections, blocks and comments, each with its lines."""

from __future__ import annotations

from textwrap import dedent

import pytest

from onrecord.markdown import (
    Code,
    Document,
    Html,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Section,
    Span,
    Table,
    parse_document,
)


def parse(text: str) -> Document:
    return parse_document(dedent(text).lstrip("\n"))


def titles(document: Document) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in document.sections]


# --- sections ---------------------------------------------------------------------------------------


def test_an_empty_text_has_one_empty_section() -> None:
    assert parse_document("").sections == (Section(0, "", Span(1, 1), (), -1, 1),)


def test_the_text_before_the_first_heading_is_section_zero() -> None:
    document = parse_document("Hello\n\n# One\n")
    assert titles(document) == [(0, ""), (1, "One")]
    assert document.sections[0].blocks == (Paragraph("Hello", Span(1, 1)),)


def test_parents_ends_and_spans_of_nested_sections() -> None:
    document = parse(
        """
        # Title

        Text

        ## First

        ### Inner

        Inner text

        ## Second

        Last line
        """
    )
    found = [(s.title, s.span.start, s.end, s.parent) for s in document.sections]
    assert found == [
        ("", 1, 14, -1),
        ("Title", 1, 14, 0),
        ("First", 5, 10, 1),
        ("Inner", 7, 10, 2),
        ("Second", 11, 14, 1),
    ]


def test_a_skipped_level_still_has_its_parent() -> None:
    document = parse("# A\n#### D\n## B\n# C\n")
    assert [(s.title, s.parent) for s in document.sections] == [("", -1), ("A", 0), ("D", 1), ("B", 1), ("C", 0)]
    assert document.children(1) == [2, 3]
    assert document.subtree(1) == [1, 2, 3]
    assert document.subtree(0) == [0, 1, 2, 3, 4]


def test_closing_hashes_and_markup_in_a_heading() -> None:
    assert titles(parse("## Use `x` *now* ##\n"))[1] == (2, "Use `x` *now*")


def test_seven_hashes_and_hashes_without_a_space_are_text() -> None:
    document = parse("#Why\n\n####### Seven\n")
    assert titles(document) == [(0, "")]
    assert document.sections[0].blocks == (Paragraph("#Why", Span(1, 1)), Paragraph("####### Seven", Span(3, 3)))


@pytest.mark.parametrize("source", ["> # Quoted\n", "- # In a list\n", "    # Indented\n", "```\n# Fenced\n```\n"])
def test_a_heading_inside_something_else_opens_no_section(source: str) -> None:
    assert titles(parse_document(source)) == [(0, "")]


# --- setext headings --------------------------------------------------------------------------------


def test_setext_headings() -> None:
    document = parse("Title\n=====\n\nStatus\n------\n\nAccepted\n")
    assert [(s.level, s.title, s.span) for s in document.sections[1:]] == [
        (1, "Title", Span(1, 2)),
        (2, "Status", Span(4, 5)),
    ]


def test_a_long_paragraph_over_a_rule_is_no_heading() -> None:
    words = "We looked at three ways to do this and none of them was good enough yet"
    document = parse_document(f"# T\n\n{words}\n---\n\nNext\n")
    assert titles(document) == [(0, ""), (1, "T")]
    assert document.sections[1].blocks == (
        Paragraph(words, Span(3, 3)),
        Rule(Span(4, 4)),
        Paragraph("Next", Span(6, 6)),
    )


def test_a_sentence_over_a_rule_is_no_heading() -> None:
    document = parse_document("We use Redis.\n---\n")
    assert titles(document) == [(0, "")]
    assert document.sections[0].blocks == (Paragraph("We use Redis.", Span(1, 1)), Rule(Span(2, 2)))


def test_a_paragraph_of_several_lines_over_a_rule_keeps_its_lines() -> None:
    text = "one two three four five six\nseven eight nine ten eleven twelve\nthirteen\n---\n"
    assert parse_document(text).sections[0].blocks[0] == Paragraph(text[:-5], Span(1, 3))


def test_twelve_words_over_a_rule_are_a_heading_and_thirteen_are_not() -> None:
    words = "a b c d e f g h i j k l"
    assert titles(parse_document(f"{words}\n---\n")) == [(0, ""), (2, words)]
    assert titles(parse_document(f"{words} m\n---\n")) == [(0, "")]


# --- line ends and byte order marks -----------------------------------------------------------------

SAMPLE = "---\nstatus: accepted\n---\n# T\n\n- a\n  - b\n\n| x |\n|---|\n| 1 |\n\n<!-- c\nd -->\n```\ncode\n```\n"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_give_the_same_document(end: str) -> None:
    assert parse_document(SAMPLE.replace("\n", end)) == parse_document(SAMPLE)


def test_mixed_line_ends_count_as_one_each() -> None:
    document = parse_document("# A\r\n\rtext\n\r\n## B\n")
    assert [(s.title, s.span.start) for s in document.sections[1:]] == [("A", 1), ("B", 5)]


def test_a_byte_order_mark_hides_neither_heading_nor_front_matter() -> None:
    assert titles(parse_document("\ufeff# A\n")) == [(0, ""), (1, "A")]
    assert parse_document("\ufeff" + SAMPLE) == parse_document(SAMPLE)


def test_lines_are_the_lines_of_the_text() -> None:
    assert parse_document("a\r\nb\n").lines == ("a", "b", "")


# --- comments ---------------------------------------------------------------------------------------


def test_a_comment_is_set_aside_with_its_lines() -> None:
    document = parse("# A\n\n<!-- one -->\n\n<!--\n## Hidden\n\ntwo\n-->\n\nText\n")
    assert titles(document) == [(0, ""), (1, "A")]
    assert [(c.text, c.span, c.closed) for c in document.comments] == [
        ("one", Span(3, 3), True),
        ("## Hidden\n\ntwo", Span(5, 9), True),
    ]
    assert document.sections[1].blocks == (Paragraph("Text", Span(11, 11)),)


def test_a_comment_inside_a_paragraph_a_heading_an_item_and_a_cell() -> None:
    document = parse(
        """
        ## Status <!-- h -->

        before <!-- p --> after

        - item <!-- i -->

        | a <!-- c --> |
        |---|
        | b <!-- d --> |
        """
    )
    assert [c.text for c in document.comments] == ["h", "p", "i", "c", "d"]
    section = document.sections[1]
    assert section.title.strip() == "Status"
    paragraph, items, table = section.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.split() == ["before", "after"]
    assert isinstance(items, ListBlock)
    assert isinstance(table, Table)
    assert [cell.strip() for row in (table.header, *table.rows) for cell in row] == ["a", "b"]
    assert [c.span.start for c in document.comments] == [1, 3, 5, 7, 9]


def test_the_text_behind_a_comment_on_its_line_is_text() -> None:
    document = parse_document("<!-- x --> Fixes **it**\n")
    assert document.sections[0].blocks == (Paragraph("Fixes **it**", Span(1, 1)),)


@pytest.mark.parametrize(
    "source",
    [
        "```\n<!-- x -->\n```\n",
        "~~~html\n<!--\n~~~\n",
        "    <!-- x -->\n",
        "Write `<!-- x -->` here\n",
        "Write ``<!-- ` x -->`` here\n",
    ],
)
def test_in_code_a_comment_is_code(source: str) -> None:
    document = parse_document(source)
    assert document.comments == ()
    assert document.problems == ()
    block = document.sections[0].blocks[0]
    assert isinstance(block, Code | Paragraph)
    assert "<!--" in block.text


def test_an_unclosed_comment_at_a_line_start_hides_the_rest_and_is_told() -> None:
    document = parse_document("# A\n\nText\n\n<!-- open\n\n## B\n\nMore\n")
    assert titles(document) == [(0, ""), (1, "A")]
    assert document.sections[1].blocks == (Paragraph("Text", Span(3, 3)),)
    assert [(c.span.start, c.closed) for c in document.comments] == [(5, False)]
    assert [(p.code, p.span.start) for p in document.problems] == [("markup-unclosed", 5)]


def test_an_unclosed_comment_in_the_middle_of_a_line_is_plain_text() -> None:
    document = parse_document("We write <!-- in templates\n\n## B\n")
    assert titles(document) == [(0, ""), (2, "B")]
    assert document.sections[0].blocks == (Paragraph("We write <!-- in templates", Span(1, 1)),)
    assert document.comments == ()
    assert document.problems == ()


def test_a_closing_mark_without_an_opening_one_is_text() -> None:
    assert parse_document("-->\n").sections[0].blocks == (Paragraph("-->", Span(1, 1)),)


def test_two_comments_on_one_line() -> None:
    document = parse_document("<!-- a --><!-- b -->\n")
    assert [c.text for c in document.comments] == ["a", "b"]
    assert document.sections[0].blocks == ()


# --- blocks -----------------------------------------------------------------------------------------


def test_a_table_has_a_span_for_each_row() -> None:
    document = parse("Text\n\n| a | b |\n|---|:-:|\n| 1 | `x \\| y` |\n| 2 |\n")
    assert document.sections[0].blocks[1] == Table(
        ("a", "b"),
        (("1", "`x | y`"), ("2", "")),
        Span(3, 6),
        (Span(3, 3), Span(5, 5), Span(6, 6)),
    )


def test_a_task_list() -> None:
    document = parse("- [ ] open\n- [x] done\n- [X] also done\n- plain\n- [y] odd\n- [x]none\n")
    block = document.sections[0].blocks[0]
    assert isinstance(block, ListBlock)
    assert [item.checked for item in block.items] == [False, True, True, None, None, None]
    texts = [item.blocks[0].text for item in block.items if isinstance(item.blocks[0], Paragraph)]
    assert texts == ["open", "done", "also done", "plain", "[y] odd", "[x]none"]


def test_an_unindented_next_line_belongs_to_the_item() -> None:
    block = parse_document("- [x] Avoids breaking\nthe public interface\n").sections[0].blocks[0]
    assert isinstance(block, ListBlock)
    assert block.items == (Item((Paragraph("Avoids breaking\nthe public interface", Span(1, 2)),), Span(1, 2), True),)


def test_nested_lists_keep_their_nesting_and_lines() -> None:
    block = parse("1. one\n   - inner\n     more\n2. two\n").sections[0].blocks[0]
    assert block == ListBlock(
        (
            Item(
                (
                    Paragraph("one", Span(1, 1)),
                    ListBlock((Item((Paragraph("inner\nmore", Span(2, 3)),), Span(2, 3), None),), False, Span(2, 3)),
                ),
                Span(1, 3),
                None,
            ),
            Item((Paragraph("two", Span(4, 4)),), Span(4, 4), None),
        ),
        True,
        Span(1, 4),
    )


def test_an_empty_item_has_no_blocks() -> None:
    block = parse_document("-\n- x\n").sections[0].blocks[0]
    assert isinstance(block, ListBlock)
    assert [len(item.blocks) for item in block.items] == [0, 1]


def test_a_quote_holds_blocks() -> None:
    block = parse("> Accepted or Rejected\n>\n> - one\n").sections[0].blocks[0]
    assert block == Quote(
        (
            Paragraph("Accepted or Rejected", Span(1, 1)),
            ListBlock((Item((Paragraph("one", Span(3, 3)),), Span(3, 3), None),), False, Span(3, 3)),
        ),
        Span(1, 3),
    )


def test_code_keeps_text_and_language() -> None:
    document = parse("```yaml title=x\n# not a heading\n```\n\n    indented\n")
    assert document.sections[0].blocks == (
        Code("# not a heading\n", "yaml title=x", Span(1, 3)),
        Code("indented\n", "", Span(5, 5)),
    )


def test_an_unclosed_fence_is_code_to_the_end_and_is_told() -> None:
    document = parse_document("# A\n\n```\n## B\n\nText\n")
    assert titles(document) == [(0, ""), (1, "A")]
    assert [type(block) for block in document.sections[1].blocks] == [Code]
    assert [(p.code, p.span.start) for p in document.problems] == [("markup-unclosed", 3)]


def test_a_closed_fence_at_the_very_end_is_not_told() -> None:
    assert parse_document("```\ncode\n```").problems == ()


def test_html_blocks_keep_their_source() -> None:
    document = parse("<table>\n<tr><td>Status</td></tr>\n</table>\n\nText\n")
    assert document.sections[0].blocks == (
        Html("<table>\n<tr><td>Status</td></tr>\n</table>\n", Span(1, 3)),
        Paragraph("Text", Span(5, 5)),
    )


def test_a_heading_after_details_and_a_blank_line_is_a_heading() -> None:
    document = parse("<details>\n<summary>Log</summary>\n\n## Decision\n\nText\n\n</details>\n")
    assert titles(document) == [(0, ""), (2, "Decision")]


def test_a_heading_right_after_details_is_swallowed_by_the_html() -> None:
    document = parse("<details>\n## Decision\n</details>\n")
    assert titles(document) == [(0, "")]
    assert isinstance(document.sections[0].blocks[0], Html)


def test_rules_are_rules() -> None:
    blocks = parse("a\n\n---\n\n***\n\nb\n").sections[0].blocks
    assert [type(block) for block in blocks] == [Paragraph, Rule, Rule, Paragraph]
    assert blocks[1].span == Span(3, 3)


def test_spans_count_the_front_matter() -> None:
    document = parse_document("---\na: b\n---\n\n# A\n\n- x\n")
    assert document.sections[1].span == Span(5, 5)
    assert document.sections[1].blocks[0].span == Span(7, 7)
    assert document.sections[1].end == 8
