"""A record's file under another name: every link follows, and where a text cannot be followed nothing moves."""

from __future__ import annotations

import pytest

from onrecord.markdown import parse_document
from onrecord.record import parse_record
from onrecord.record.edit.model import Edit, Fix, Move
from onrecord.record.edit.move import move_record, renumber
from onrecord.record.edit.texts import Texts

OLD, NEW, TWELVE = "docs/adr/0007-keep.md", "docs/adr/0007-to-keep.md", "docs/adr/0012-keep.md"
OTHER = "docs/adr/0009-other.md"
RECORD = "# 7. Keep\n\n## Status\n\nAccepted\n\n## Context\n\nc\n\n## Decision\n\nWe keep it.\n"


def moved(line: str, path: str = OTHER, record: str = RECORD) -> Fix | None:
    documents = {OLD: parse_document(record), path: parse_document(f"# 9. Other\n\n{line}\n")}
    return move_record(parse_record(record, OLD), NEW, Texts(documents))


def renumbered(line: str, record: str = RECORD, **more: tuple[str, ...]) -> Fix | None:
    documents = {OLD: parse_document(record), OTHER: parse_document(f"# 9. Other\n\n{line}\n")}
    return renumber(parse_record(record, OLD), TWELVE, (7, 12), Texts(documents), more.pop("rivals", ()), **more)


def line_of(fix: Fix | None, path: str = OTHER) -> str | None:
    """Return the one new line of a file, None where it stays."""
    assert fix is not None
    edits = [edit for edit in fix.edits if edit.path == path]
    assert all(edit.span == (3, 3) for edit in edits)
    return "\n".join(line for edit in edits for line in edit.lines) or None


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (OTHER, "See [x](0007-keep.md)."),
        (OTHER, "See [x](./0007-keep.md#why), and [y](0007-keep.md)."),
        (OTHER, "See [x](/docs/adr/0007-keep.md)."),
        (OTHER, "See [x](../adr/0007-keep.md)."),
        (OTHER, "See docs/adr/0007-keep.md now."),
        (OTHER, "See `0007-keep.md`."),
        (OTHER, 'See <a href="0007-keep.md">x</a>.'),
        ("docs/README.md", "See [x](adr/0007-keep.md)."),
        ("README.md", "See [x](docs/adr/0007-keep.md)."),
    ],
)
def test_a_link_follows(path: str, line: str) -> None:
    fix = moved(line, path)
    assert line_of(fix, path) == line.replace("0007-keep.md", "0007-to-keep.md")
    assert fix is not None
    assert fix.moves == (Move(OLD, NEW),)


@pytest.mark.parametrize(
    "line", ["No link.", "See x0007-keep.md.", "See 0007-keeper.md.", "See [7](0009-other.md).", "7 days"]
)
def test_what_names_another_file_stays(line: str) -> None:
    assert line_of(moved(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "See 0007-keep.",
        "See [x](other/0007-keep.md).",
        "See [x](https://example.org/0007-keep.md).",
        "See [x](//example.org/0007-keep.md).",
        "See [x](adr/0007-keep.md).",
        "See 0007-keep.md.bak.",
        "See 0007-KEEP.md.",
        "See [x](0007%2Dkeep.md).",
        "See 0007&#45;keep.md.",
    ],
)
def test_a_name_that_cannot_be_followed_for_certain_stops_it(line: str) -> None:
    assert moved(line) is None


def test_a_file_that_is_not_there_or_in_the_way_or_has_an_odd_name_is_not_moved() -> None:
    record, document = parse_record(RECORD, OLD), parse_document(RECORD)
    assert move_record(record, NEW, Texts({OLD: document})) == Fix((), (Move(OLD, NEW),))
    assert move_record(record, NEW, Texts({})) is None
    assert move_record(record, NEW, Texts({OLD: document, NEW: document})) is None
    odd = "docs/adr/0007 keep.md"
    assert move_record(parse_record(RECORD, odd), NEW, Texts({odd: document})) is None


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("See [ADR-0007](0007-keep.md).", "See [ADR-0012](0012-keep.md)."),
        ("See [7. Keep](0007-keep.md).", "See [12. Keep](0012-keep.md)."),
        ("See [Keep 17](0007-keep.md).", "See [Keep 17](0012-keep.md)."),
        ("See [0007-keep.md](0007-keep.md).", "See [0012-keep.md](0012-keep.md)."),
        ("[Keep](0007-keep.md) of 2026-07-07", "[Keep](0012-keep.md) of 2026-07-07"),
        ("[ADR-7](0009-other.md) and ADR-70 of v1.7", None),
        ("7 days", None),
    ],
)
def test_with_another_number_the_heading_and_labels_follow(line: str, after: str | None) -> None:
    fix = renumbered(line)
    assert line_of(fix) == after
    assert fix is not None
    assert fix.edits[0] == Edit(OLD, (1, 1), ("# 12. Keep",))
    assert fix.moves == (Move(OLD, TWELVE),)


@pytest.mark.parametrize(
    "line",
    [
        "ADR-7 says so.",
        "adr 0007",
        "RFC 7",
        "Record no. 7",
        "[ADR-7](https://example.org/a)",
        "[ADR-7](0007-keep.md#7-keep)",
        "See [0007-keep](0007-keep.md).",
        "7. [Keep](0007-keep.md)",
        "| 7 | [Keep](0007-keep.md) |",
    ],
)
def test_a_text_that_speaks_of_the_number_stops_it(line: str) -> None:
    assert renumbered(line) is None


def test_a_number_of_another_log_stops_nothing() -> None:
    assert line_of(renumbered("ADR-7 says so.", elsewhere=(OTHER,))) is None
    assert renumbered("ADR-7 says so.", elsewhere=("docs/adr/0010-x.md",)) is None


@pytest.mark.parametrize(
    "record",
    [
        "---\nid: ADR-0007\nstatus: accepted\n---\n\n# 7. Keep\n\n## Decision\n\nWe keep.\n",
        "---\ntitle: 7. Keep\nstatus: accepted\n---\n\n## Decision\n\nWe keep.\n",
        f"{RECORD}\nADR-7 is good.\n",
    ],
    ids=["a field", "a title in front matter", "its own text"],
)
def test_a_number_that_stands_elsewhere_in_the_record_stops_it(record: str) -> None:
    assert renumbered("No link.", record) is None


def test_a_heading_without_a_number_stays() -> None:
    fix = renumbered("See [x](0007-keep.md).", RECORD.replace("# 7. Keep", "# Keep"))
    assert fix is not None
    assert fix.edits == (Edit(OTHER, (3, 3), ("See [x](0012-keep.md).",)),)


def test_the_headings_of_its_rivals_are_theirs() -> None:
    documents = {OLD: parse_document(RECORD), OTHER: parse_document("# ADR-7: Other\n\nNo link.\n")}
    record = parse_record(RECORD, OLD)
    assert renumber(record, TWELVE, (7, 12), Texts(documents), ()) is None
    assert renumber(record, TWELVE, (7, 12), Texts(documents), (OTHER, "docs/adr/gone.md")) is not None


def test_a_series_is_spoken_of_by_its_own_name() -> None:
    path, to = "docs/adr/rule-0007-keep.md", "docs/adr/rule-0012-keep.md"

    def fix(line: str) -> Fix | None:
        documents = {path: parse_document(RECORD), "a.md": parse_document(line)}
        return renumber(parse_record(RECORD, path), to, (7, 12), Texts(documents), ())

    assert fix("Rule 7 says so.") is None
    assert fix("Rules 7 and 8") is None
    assert fix("Law 7 says so.") is not None
