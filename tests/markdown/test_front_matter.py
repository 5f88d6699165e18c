"""The metadata block at the top of a file, and what only looks like one."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import yaml

from onrecord.markdown import Document, FrontMatter, Paragraph, Span, parse_document, yaml_source


def matter_of(inside: str, mark: str = "---") -> FrontMatter:
    document = parse_document(f"{mark}\n{inside}\n{mark}\n\n# Title\n")
    assert document.front_matter is not None
    assert document.sections[1].title == "Title"
    return document.front_matter


def problems_of(document: Document) -> list[tuple[str, int]]:
    return [(problem.code, problem.span.start) for problem in document.problems]


# --- YAML -------------------------------------------------------------------------------------------


def test_keys_values_and_their_lines() -> None:
    matter = matter_of("status: accepted\ndeciders:\n  - Ann\n  - name: Bo\n\ntitle: |\n  Two\n  lines")
    assert matter.kind == "yaml"
    assert matter.data == {"status": "accepted", "deciders": ["Ann", {"name": "Bo"}], "title": "Two\nlines"}
    assert matter.span == Span(1, 10)
    assert {pointer: matter.lines[pointer] for pointer in ("/status", "/deciders/0", "/deciders/1/name")} == {
        "/status": 2,
        "/deciders/0": 4,
        "/deciders/1/name": 5,
    }


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2024-01-02", "2024-01-02"),
        ("2020-01-45", "2020-01-45"),
        ("2021-10-05T14:22:10+02:00", "2021-10-05T14:22:10+02:00"),
        ("0012", "0012"),
        ("1.10", "1.10"),
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("0x1F", "0x1F"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("'true'", "true"),
        ("12", 12),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ('""', ""),
        ("[]", []),
        ('"[[0001]]"', "[[0001]]"),
    ],
)
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_scalars_stay_as_written(written: str, value: Any, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading is the same with and without libyaml."""
    monkeypatch.setattr(yaml_source, "_Loader", getattr(yaml, loader, yaml.SafeLoader))
    found = matter_of(f"key: {written}").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_that_yaml_reads_as_something_else_stay_text() -> None:
    assert matter_of("2024-01-02: a\nno: b\n1: c").data == {"2024-01-02": "a", "no": "b", "1": "c"}


def test_pointers_are_escaped() -> None:
    assert matter_of("a/b~c: x").lines["/a~1b~0c"] == 2


def test_a_repeated_key_is_told_with_its_line() -> None:
    document = parse_document("---\nstatus: accepted\ndate: 2024-01-02\nstatus: proposed\n---\n")
    assert problems_of(document) == [("front-matter-key-repeated", 4)]


@pytest.mark.parametrize("line", ["base: &anchor x", "copy: *anchor", "value: !!python/object x", "value: !tag x"])
def test_anchors_aliases_and_tags_are_refused_and_the_rest_is_kept(line: str) -> None:
    document = parse_document(f"---\nstatus: accepted\n{line}\n---\n# T\n")
    assert problems_of(document) == [("front-matter-invalid", 3)]
    assert document.front_matter is not None
    assert document.front_matter.data["status"] == "accepted"


def test_a_quoted_star_or_ampersand_is_text() -> None:
    document = parse_document('---\nglob: "*.py"\ntitle: Search & find!\n---\n')
    assert document.problems == ()
    assert document.front_matter is not None
    assert document.front_matter.data == {"glob": "*.py", "title": "Search & find!"}


@pytest.mark.parametrize(
    "line",
    [
        "status: {proposed | accepted}",
        "status: {proposed | rejected | superseded by [ADR-0005](0005-x.md)}",
        "decision-makers: {list everyone involved in the decision}",
        "date: {YYYY-MM-DD when the decision was last updated}",
        "status: [proposed | accepted | superseded by [ADR-0005](0005-x.md)]",
        "status: <proposed or accepted>",
    ],
)
def test_an_unfilled_template_line_is_no_syntax_error(line: str) -> None:
    document = parse_document(f"---\n{line}\n---\n# T\n")
    assert document.problems == ()
    assert [section.title for section in document.sections] == ["", "T"]


def test_braces_around_one_word_are_read_as_that_word_in_braces() -> None:
    assert matter_of("status: { accepted }\ndate: { 2024-05-02 }").data == {
        "status": "{accepted}",
        "date": "{2024-05-02}",
    }


def test_a_real_mapping_in_braces_stays_a_mapping() -> None:
    assert matter_of("who: {name: Ann, role: lead}").data == {"who": {"name": "Ann", "role": "lead"}}


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("status: accepted\ntitle: ADR-1: Use Redis", 3),
        ("status: accepted\nauthors: [@ann]", 3),
        ("status: accepted\ntitle: `code` first", 3),
        ("status: accepted\ntitle: %x", 3),
        ("status: accepted\ntags: [a, b", 3),
        ("status: accepted\n\ttab: x", 3),
        ('status: accepted\ntitle: "open', 3),
    ],
)
def test_invalid_yaml_keeps_the_body_and_the_simple_keys(inside: str, line: int) -> None:
    document = parse_document(f"---\n{inside}\n---\n\n# Title\n\nText\n")
    assert problems_of(document) == [("front-matter-invalid", line)]
    assert document.front_matter is not None
    assert document.front_matter.data["status"] == "accepted"
    assert document.front_matter.lines["/status"] == 2
    assert [section.title for section in document.sections] == ["", "Title"]
    assert document.sections[1].blocks == (Paragraph("Text", Span(8, 8)),)


def test_what_looks_like_a_tag_list_is_ignored_and_told_once() -> None:
    document = parse_document("---\ntag:General\n---\n# T\n")
    assert document.front_matter is not None
    assert document.front_matter.data == {}
    assert [section.title for section in document.sections] == ["", "T"]
    assert [code for code, _ in problems_of(document)] == ["front-matter-invalid"]


def test_comment_lines_are_kept_as_comments_and_make_no_headings() -> None:
    document = parse_document("---\n# optional\nstatus: accepted # or proposed\n---\n# T\n")
    assert document.front_matter is not None
    assert document.front_matter.data == {"status": "accepted"}
    assert [(c.text, c.span) for c in document.front_matter.comments] == [
        ("optional", Span(2, 2)),
        ("or proposed", Span(3, 3)),
    ]
    assert [section.title for section in document.sections] == ["", "T"]


def test_an_empty_block_leaves_only_the_body() -> None:
    document = parse_document("---\n---\n# T\n")
    assert [(section.title, section.blocks) for section in document.sections] == [("", ()), ("T", ())]
    assert document.problems == ()


def test_two_documents_in_one_block_are_no_crash() -> None:
    document = parse_document("---\na: b\n...\nText\n---\n")
    assert document.front_matter is not None
    assert document.front_matter.data == {"a": "b"}


# --- where it begins and ends -----------------------------------------------------------------------


@pytest.mark.parametrize("lead", ["\n", "\n\n", "<!-- linter off -->\n", "<!-- a -->\n\n", "\ufeff"])
def test_blank_lines_and_one_line_comments_may_stand_before(lead: str) -> None:
    document = parse_document(f"{lead}---\nstatus: accepted\n---\n# T\n")
    assert document.front_matter is not None
    assert document.front_matter.data == {"status": "accepted"}
    assert document.front_matter.lines["/status"] == lead.count("\n") + 2


def test_marks_may_have_blanks_behind_them() -> None:
    document = parse_document("---  \nstatus: accepted\n--- \n# T\n")
    assert document.front_matter is not None


def test_without_a_closing_mark_there_is_no_front_matter() -> None:
    document = parse_document("---\nstatus: accepted\n\n# Title\n\nText\n")
    assert document.front_matter is None
    assert [section.title for section in document.sections] == ["", "Title"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nThis page was moved from the wiki.\n\n---\n\n# T\n",
        "---\n> quoted\n---\n\n# T\n",
        "# T\n\n---\nstatus: accepted\n---\n",
        "Some text\n---\nstatus: accepted\n---\n",
        " ---\nstatus: accepted\n ---\n",
        "----\nstatus: accepted\n----\n",
        "***\nstatus: accepted\n***\n",
    ],
)
def test_horizontal_rules_are_no_front_matter(text: str) -> None:
    assert parse_document(text).front_matter is None


def test_line_ends_do_not_matter() -> None:
    text = "---\nstatus: accepted\ndeciders:\n  - Ann\n---\n# T\n"
    assert parse_document(text.replace("\n", "\r\n")).front_matter == parse_document(text).front_matter


# --- TOML -------------------------------------------------------------------------------------------


def test_toml_keeps_dates_as_text() -> None:
    matter = matter_of('title = "T"\ndate = 2024-05-02\nat = 2024-05-02T10:00:00Z\nn = 3\nx = 1.5\nok = true', "+++")
    assert matter.kind == "toml"
    assert matter.data["title"] == "T"
    assert matter.data["date"] == "2024-05-02"
    assert str(matter.data["at"]).startswith("2024-05-02")
    assert (matter.data["n"], matter.data["x"], matter.data["ok"]) == (3, "1.5", True)
    assert matter.lines["/date"] == 3


def test_toml_lists_and_tables() -> None:
    matter = matter_of('authors = ["Ann", "Bo"]\n[extra]\nstatus = "accepted"', "+++")
    assert matter.data == {"authors": ["Ann", "Bo"], "extra": {"status": "accepted"}}


def test_invalid_toml_keeps_the_body_and_is_told_with_its_line() -> None:
    document = parse_document('+++\ntitle = "T"\ndate = soon\n+++\n# T\n')
    assert problems_of(document) == [("front-matter-invalid", 3)]
    assert [section.title for section in document.sections] == ["", "T"]


def test_a_toml_mark_is_not_closed_by_a_yaml_mark() -> None:
    assert parse_document("+++\na = 1\n---\n").front_matter is None
    assert parse_document("---\na: 1\n+++\n").front_matter is None


# --- hostile ----------------------------------------------------------------------------------------


def test_very_many_values_are_refused_and_told() -> None:
    document = parse_document("---\nstatus: accepted\nx: [" + "a, " * 6000 + "]\n---\n# T\n")
    assert [code for code, _ in problems_of(document)] == ["front-matter-invalid"]
    assert [section.title for section in document.sections] == ["", "T"]


@pytest.mark.parametrize("parts", [100, 3_000, 30_000])
@pytest.mark.parametrize("head", ["{}a = 1", "[{}a]", "[[{}a]]", "x = {{{}a = 1}}"])
def test_names_of_many_parts_are_refused_and_told(head: str, parts: int) -> None:
    document = parse_document(f'+++\ntitle = "x"\n{head.format("a." * parts)}\n+++\n# T\n')
    (problem,) = document.problems
    assert (problem.code, problem.message) == ("front-matter-invalid", "it is nested too deeply")
    assert [section.title for section in document.sections] == ["", "T"]


@pytest.mark.parametrize("head", ["---\na: ", "+++\na = "])
@pytest.mark.parametrize("bracket", ["[", "{", "- "])
def test_deep_nesting_never_ends_the_process(head: str, bracket: str) -> None:
    """In a process of its own: a stack overflow in a C library is no exception that a test could catch."""
    code = (
        "from onrecord.markdown import parse_document\n"
        f"d = parse_document({head!r} + {bracket!r} * 60_000 + '\\n{head[:3]}\\n# T\\n')\n"
        "assert d.sections[-1].title == 'T', d.sections\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
