"""What holds for any text: parsing never fails, every span lies inside the text, and line ends do not matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.markdown import Document, ListBlock, Quote, Span, Table, parse_document, plain, visible_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.markdown import Block

SETTINGS = settings(database=None)

FRAGMENTS = st.sampled_from(
    ["# One", "## Two", "###### Six", "Text", "longer text, with *marks* and `code`", "===", "---", "+++", "...", "***", "", "", "", "   ", "\t",
     "- item", "  - nested", "1. one", "10) ten", "- [ ] open", "- [x] done", "-", "> quote", "> - list in quote", "> # heading in quote", ">",
     "```", "~~~", "```yaml", "    indented", "| a | b |", "|---|---|", "| 1 | 2 |", "|", "<!-- note -->", "<!--", "-->", "a <!-- b", "`<!-- c -->`",
     "<!-- x --> tail", "<div>", "</div>", "<details>", "<summary>s</summary>", "<br>", "key: value", "key: [1, {a: b}]", "key: {a | b}", "key: &x 1",
     "other: *x", "t: !!str 1", "- seq", "key = 1", "key = 2024-01-02", "[table]", "? complex", "\"", "'", "\ufeff", "\u200b", "~~struck~~", "[a](b \"c\")",
     "![p](q)", "&amp;", "\\", "\x00", "\u2028", "\x0b", "\x0c", "# ", "#", "\u85cd"]
)  # fmt: skip
TEXTS = st.lists(FRAGMENTS, max_size=30).map("\n".join)


def spans_of(blocks: Iterable[Block]) -> Iterable[Span]:
    for block in blocks:
        yield block.span
        if isinstance(block, ListBlock):
            for item in block.items:
                yield item.span
                yield from spans_of(item.blocks)
        elif isinstance(block, Quote):
            yield from spans_of(block.blocks)
        elif isinstance(block, Table):
            yield from block.spans


def all_spans(document: Document) -> Iterable[Span]:
    for section in document.sections:
        yield section.span
        yield Span(section.span.start, section.end)
        yield from spans_of(section.blocks)
    yield from (comment.span for comment in document.comments)
    yield from (problem.span for problem in document.problems)
    if matter := document.front_matter:
        yield matter.span
        yield from (Span(line, line) for line in matter.lines.values())
        yield from (comment.span for comment in matter.comments)


def assert_sound(text: str) -> Document:
    document = parse_document(text)
    total = len(document.lines)
    assert total == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert [span for span in all_spans(document) if not 1 <= span.start <= span.end <= total] == []
    assert document.sections[0].level == 0
    assert document.sections[0].parent == -1
    for i, section in enumerate(document.sections[1:], 1):
        parent = document.sections[section.parent]
        assert 0 <= section.parent < i
        assert parent.level < section.level
        assert section.end <= parent.end
        assert document.sections[i - 1].span.start <= section.span.start
    for table in (b for s in document.sections for b in s.blocks if isinstance(b, Table)):
        assert len(table.spans) == len(table.rows) + 1
    return document


def without_lines(document: Document) -> tuple[object, ...]:
    return document.sections, document.front_matter, document.comments, document.problems


@SETTINGS
@given(st.text(max_size=200))
@example("---\n---")
@example("---\n\x00: 1\n---\n")
@example("---\n" + "[" * 3000 + "\n---\n")
@example("+++\n" + "a = " + "[" * 3000 + "\n+++\n")
@example("> " * 300 + "deep")
@example("- " * 300 + "deep")
@example("<!--" * 500)
@example("`" * 999 + "<!-- x -->")
def test_any_text_is_parsed(text: str) -> None:
    assert_sound(text)


@SETTINGS
@given(TEXTS)
def test_any_assembly_of_fragments_is_parsed(text: str) -> None:
    assert_sound(text)


@SETTINGS
@given(TEXTS)
def test_front_matter_of_fragments_is_parsed(text: str) -> None:
    assert_sound(f"---\n{text}\n---\n# Title\n")
    assert_sound(f"+++\n{text}\n+++\n# Title\n")


@SETTINGS
@given(TEXTS)
def test_line_ends_do_not_matter(text: str) -> None:
    expected = without_lines(parse_document(text))
    assert without_lines(parse_document(text.replace("\n", "\r\n"))) == expected
    assert without_lines(parse_document(text.replace("\n", "\r"))) == expected


@SETTINGS
@given(TEXTS)
def test_parsing_is_a_function(text: str) -> None:
    assert parse_document(text) == parse_document(text)


@SETTINGS
@given(st.one_of(st.text(max_size=80), TEXTS))
def test_plain_text_is_one_trimmed_line(source: str) -> None:
    shown = plain(source)
    assert "\n" not in shown
    assert shown == shown.strip()
    assert "  " not in shown


@SETTINGS
@given(TEXTS)
def test_visible_text_has_no_empty_lines_and_no_comments(text: str) -> None:
    for section in parse_document(text).sections:
        assert all(visible_text(section.blocks).split("\n")) or not visible_text(section.blocks)
        assert "note -->" not in visible_text(section.blocks)
