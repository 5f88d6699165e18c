"""Markdown source to the words a reader sees."""

import pytest

from onrecord.markdown import parse_document, plain, visible_text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("Accepted", "Accepted"),
        ("**Accepted** on _time_", "Accepted on time"),
        ("`a_b` and ``c`d``", "a_b and c`d"),
        ('[Redis](https://example.org "x")', "Redis"),
        ("[Redis][1]", "[Redis][1]"),
        ("![a chart](chart.png)", "a chart"),
        ("<https://example.org>", "https://example.org"),
        ("a<br>b<br/>c", "a b c"),
        ("a <b>bold</b> word", "a bold word"),
        ("A &amp; B &#8211; C", "A & B – C"),
        ("1 \\* 2", "1 * 2"),
        ("one\ntwo\n   three", "one two three"),
        ("  much \t space ", "much space"),
        ("zero\u200bwidth\ufeff \u2060joined", "zerowidth joined"),
        ("✔\ufe0f done", "✔ done"),
        ("keep <!-- not this --> that", "keep that"),
        ("~~old~~ new", "new"),
        ("~~all of it~~", ""),
        ("a ~~struck **bold**~~ b", "a b"),
        ("snake_case_name", "snake_case_name"),
        ("2 < 3", "2 < 3"),
        ("** Approved **", "** Approved **"),
        ("", ""),
    ],
)
def test_one_piece_as_plain_text(source: str, shown: str) -> None:
    assert plain(source) == shown


def test_struck_out_text_is_kept_on_request() -> None:
    assert plain("~~old~~ new", keep_struck=True) == "old new"


def test_a_zero_width_character_inside_a_word_does_not_split_it() -> None:
    assert plain("Accep\u200bted") == "Accepted"


def shown(text: str, quotes: bool = False) -> str:
    return "\n".join(visible_text(section.blocks, quotes) for section in parse_document(text).sections)


def test_visible_text_is_a_line_a_paragraph() -> None:
    text = "One\nline\n\n- item **one**\n  - inner\n\n1. last\n"
    assert shown(text) == "One line\nitem one\ninner\nlast"


def test_code_quotes_and_comments_are_not_visible() -> None:
    text = "```\ncode\n```\n\n    indented\n\n> quoted\n\n<!-- comment -->\n\nseen\n"
    assert shown(text) == "seen"


def test_quotes_are_visible_on_request() -> None:
    assert shown("> quoted\n\nseen\n", quotes=True) == "quoted\nseen"


def test_the_rows_of_a_table_are_visible() -> None:
    assert shown("| a | b |\n|---|---|\n| *1* | 2 |\n") == "1 | 2"


def test_html_is_read_as_its_text() -> None:
    assert shown("<p>Some &lt;text&gt;\n<b>here</b></p>\n") == "Some <text> here"
    assert "picture" in shown('<p><img src="chart.png"></p>\n')


def test_an_orphan_closing_mark_hides_nothing() -> None:
    assert shown("-->\n\nseen\n") == "-->\nseen"
