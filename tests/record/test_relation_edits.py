"""Where a relation, a status, a number and a date are written, shape by shape."""

from __future__ import annotations

import difflib

import pytest

from onrecord.markdown import parse_document
from onrecord.record import parse_record
from onrecord.record.edit.date import set_date
from onrecord.record.edit.model import edited
from onrecord.record.edit.relation import Relation, add_relation
from onrecord.record.edit.status import set_status
from onrecord.record.edit.title import number_in_title, set_number_in_title
from onrecord.record.status import first_status
from onrecord.record.vocabulary import shipped
from onrecord.rules.samples import nygard

PATH = "docs/adr/0007-keep.md"


def related(text: str, field: Relation, words: str = "") -> list[str] | None:
    """Return the lines that went ("- ") and came ("+ ") with ADR-3, None where nothing was written."""
    edit = add_relation(parse_record(text, PATH), parse_document(text), field, "ADR-3", shipped(), words)
    if edit is None:
        return None
    lines = text.split("\n")
    return [line for line in difflib.ndiff(lines, edited(lines, (edit,))) if line[0] in "+-"]


BELOW = ["+ ", "+ Supersedes ADR-3"]
OVER = ["- Accepted", "+ Superseded by ADR-3"]
HEADERS = [
    ("Superseded by: ", BELOW, ["- Superseded by: ", "+ Superseded by: ADR-3", "- Accepted", "+ Superseded"]),
    ("Superseded by:", BELOW, ["- Superseded by:", "+ Superseded by: ADR-3", "- Accepted", "+ Superseded"]),
    ("* Superseded by:", BELOW, ["- * Superseded by:", "+ * Superseded by: ADR-3", "- Accepted", "+ Superseded"]),
    ("Supersedes: ADR-1", ["- Supersedes: ADR-1", "+ Supersedes: ADR-1, ADR-3"], OVER),
    ("* Supersedes: ADR-1  ", ["- * Supersedes: ADR-1  ", "+ * Supersedes: ADR-1, ADR-3  "], OVER),
    ("Supersedes: ADR-1\\", ["- Supersedes: ADR-1\\", "+ Supersedes: ADR-1, ADR-3\\"], OVER),
    ("Supersedes: [a](0001-a.md)", ["- Supersedes: [a](0001-a.md)", "+ Supersedes: [a](0001-a.md), ADR-3"], OVER),
    ("| Supersedes | ADR-1 |\n|---|---|\n| Date | x |", BELOW, OVER),
]


@pytest.mark.parametrize(("header", "of", "by"), HEADERS)
def test_a_field_of_the_header_is_filled_or_lengthened(header: str, of: list[str], by: list[str]) -> None:
    text = nygard(header=header)
    assert (related(text, "supersedes"), related(text, "superseded_by")) == (of, by)
    assert related(text, "amends") == ["+ ", "+ Amends ADR-3"]


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("status: accepted", "status: Deprecated"),
        ("status: 'accepted'", "status: 'Deprecated'"),
        ("status : accepted # accepted", "status : Deprecated # accepted"),
        ("accepted: accepted\nstatus: accepted", "status: Deprecated"),
        ("status: status", None),
    ],
)
def test_in_front_matter_a_status_is_set_behind_its_key(line: str, after: str | None) -> None:
    text = f"---\n{line}\n---\n# 7. Keep\n\n## Decision\n\nWe keep it.\n"
    edit = set_status(parse_record(text, PATH), parse_document(text), "Deprecated")
    assert (edit.lines if edit else None) == ((after,) if after else None)


NONE = ["none", "None.", "N/A", "n/a", "-", "—", "*none*", "TBD", "none (the first of its kind)"]


@pytest.mark.parametrize("said", NONE)
@pytest.mark.parametrize("key", ["Supersedes: ", "* Supersedes: ", "- **Supersedes:** "])
def test_what_says_that_there_is_none_goes(key: str, said: str) -> None:
    assert related(nygard(header=f"{key}{said}  "), "supersedes") == [f"- {key}{said}  ", f"+ {key}ADR-3  "]


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (" none", ["- supersedes: none", "+ supersedes: ADR-3"]),
        (' "-"  # so far', ['- supersedes: "-"  # so far', "+ supersedes: ADR-3  # so far"]),
        (" [N/A]", ["- supersedes: [N/A]", "+ supersedes: [ADR-3]"]),
        ("\n  - none", ["-   - none", "+   - ADR-3"]),
        (" ADR-1", ["- supersedes: ADR-1", "+ supersedes: [ADR-1, ADR-3]"]),
    ],
)
def test_none_goes_from_front_matter_too(value: str, lines: list[str]) -> None:
    assert (
        related(
            f"---\nstatus: accepted\nsupersedes:{value}\n---\n# 7. Keep\n\n## Decision\n\nWe keep it.\n", "supersedes"
        )
        == lines
    )


@pytest.mark.parametrize(
    ("status", "of", "by"),
    [
        ("Proposed", BELOW, ["+ ", "+ Replaced by ADR-3"]),
        ("- Accepted\n- 2026-01-01", ["+ - Supersedes ADR-3"], ["- - Accepted", "+ - Replaced by ADR-3"]),
        ("Accepted\n\n### Note\n\nx", None, ["- Accepted", "+ Replaced by ADR-3"]),
        ("Accepted\n\nSupersedes ADR-1", BELOW, ["- Accepted", "+ Replaced by ADR-3"]),
        ("Accepted.", BELOW, ["- Accepted.", "+ Replaced by ADR-3"]),
        ("**Accepted**", BELOW, ["- **Accepted**", "+ **Replaced by ADR-3**"]),
        ("Accepted  ", BELOW, ["- Accepted  ", "+ Replaced by ADR-3  "]),
    ],
)
def test_in_a_section(status: str, of: list[str] | None, by: list[str]) -> None:
    text = nygard(status)
    assert (related(text, "supersedes"), related(text, "superseded_by", "Replaced by")) == (of, by)


@pytest.mark.parametrize(
    ("header", "of", "by"),
    [
        ("Status: Accepted  \nDate: x", ["+ Supersedes: ADR-3  "], ["- Status: Accepted  ", "+ Status: Superseded by ADR-3  "]),
        ("Status: Accepted\\\nDate: x", ["+ Supersedes: ADR-3\\"], None),
        ("* Status: Accepted", ["+ * Supersedes: ADR-3"], ["- * Status: Accepted", "+ * Status: Superseded by ADR-3"]),
        ("Status: Accepted\n\nDate: x", ["+ ", "+ Supersedes: ADR-3"], ["- Status: Accepted", "+ Status: Superseded by ADR-3"]),
        ("**Status**: Accepted", ["+ ", "+ **Supersedes**: ADR-3"], ["- **Status**: Accepted", "+ **Status**: Superseded by ADR-3"]),
        ("status: accepted", ["+ ", "+ supersedes: ADR-3"], ["- status: accepted", "+ status: superseded by ADR-3"]),
    ],
)  # fmt: skip
def test_beside_a_line(header: str, of: list[str], by: list[str] | None) -> None:
    text = nygard(header=header).replace("## Status\n\nAccepted\n\n", "")
    assert (related(text, "supersedes"), related(text, "superseded_by")) == (of, by)


def test_a_list_at_the_very_end_of_the_front_matter_grows() -> None:
    text = (
        f"---\nstatus: accepted\nsupersedes:\n  - ADR-1\n  - ADR-2\n---\n\n{nygard().replace('## Status', '## Notes')}"
    )
    assert related(text, "supersedes") == ["+   - ADR-3"]


@pytest.mark.parametrize(
    ("heading", "number", "after"),
    [
        ("# 7. K", 7, "# 12. K"),
        ("# ADR-007 K", 7, "# ADR-012 K"),
        ("7. K\n===", 7, "12. K"),
        ("# K 7", None, None),
        ("# 7 days", None, None),
        ("# 07", None, None),
    ],
)
def test_a_number_in_the_heading(heading: str, number: int | None, after: str | None) -> None:
    text = f"{heading}\n\n## Status\n\nAccepted\n\n## Decision\n\nWe.\n"
    record, document = parse_record(text, PATH), parse_document(text)
    found = number_in_title(record, document)
    assert (None if found is None else int(found)) == number
    edit = set_number_in_title(record, document, 12)
    assert (edit.lines if edit else None) == ((after,) if after else None)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Date: 1 March 2026", "Date: 2026-03-01"),
        ("Created: 1 March 2026", "Created: 2026-03-01"),
        ("1 March 2026", "2026-03-01"),
        ("## Date\n\n1 March 2026", "2026-03-01"),
        ("| Date | 1 March 2026 |\n|---|---|\n| A | b |", "| Date | 2026-03-01 |"),
        ("Date: 1 March 2026 and 1 March 2026", None),
        ("Date: soon", None),
    ],
)
def test_a_date_is_written_in_its_line(header: str, line: str | None) -> None:
    text = nygard(header=header)
    edit = set_date(parse_record(text, PATH), parse_document(text))
    assert (edit.lines if edit else None) == ((line,) if line else None)


def test_a_status_inside_unspaced_words() -> None:
    assert first_status("目前已接受了", shipped()) == "accepted"
