"""What single words, lines and names stand for: headings, statuses, references, people, header lines, kinds of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.markdown import plain
from onrecord.record import parse_record, record_facts
from onrecord.record.people import read_people
from onrecord.record.recognize import is_page_name, is_template_name
from onrecord.record.relations import amends_in, read_references, superseded_by_in, supersedes_in
from onrecord.record.status import first_status
from onrecord.record.vocabulary import fold, shipped

FIXTURES = Path(__file__).parent / "fixtures"
BODY = "\n## Context\n\nBilling lost invoices.\n\n## Decision\n\nWe will use Redis.\n"
SOUND = f"\n## Status\n\nAccepted\n{BODY}"


@pytest.mark.parametrize(
    ("title", "role", "label"),
    [
        ("Decision", "decision", "decision"),
        ("DECISION:", "decision", "decision"),
        ("📝 Decision", "decision", "decision"),
        ("1. Decision", "decision", None),
        ("Decision 1", "decision", None),
        ("Context 2", "context", None),
        ("Consequences 3", "consequences", None),
        ("Option 1", None, None),
        ("Options 2", None, None),
        ("Decision Core", "decision", None),
        ("Decision core clients", "decision", None),
        ("Decision log", None, None),
        ("Decision tree", None, None),
        ("Decision / Entscheidung", "decision", None),
        ("Decision makers", "decision_makers", "decision_makers"),
        ("Frob", None, None),
    ],
)
def test_what_a_heading_and_a_key_stand_for(title: str, role: str | None, label: str | None) -> None:
    assert (shipped().role(title), shipped().label(title)) == (role, label)


def test_lines_of_a_template_belong_to_a_copy() -> None:
    lines = frozenset(("a",))
    other = shipped().with_template(lines)
    assert other.template_lines == lines
    assert shipped().template_lines == frozenset()
    assert other.terms is shipped().terms


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("accepted", "accepted"),
        ("Accepted on Monday, by all", "accepted"),
        ("was accepted", "accepted"),
        ("in review now", "proposed"),
        ("superseded by ADR-3", "superseded"),
        ("已接受", "accepted"),
        ("状态：已接受。", "accepted"),
        ("frob", None),
        ("", None),
    ],
)
def test_the_first_word_of_a_status(text: str, value: str | None) -> None:
    assert first_status(text, shipped()) == value


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("ADR-3", ["ADR-3"]),
        ("[a](0003-a.md)", ["0003-a.md"]),
        ("ADR-3, ADR-4", ["ADR-3", "ADR-4"]),
        (["ADR-3", "ADR-4"], ["ADR-3", "ADR-4"]),
        ({"a": "ADR-4", "k": None}, ["ADR-4", "k"]),
        ("the one before", ["the one before"]),
        ("one two three four five six seven eight nine ten eleven twelve", ["one two three four five six seven eight nine ten eleven twelve"]),
        ("one two three four five six seven eight nine ten eleven twelve more", []),
        (3, ["3"]),
        ("none", []),
        ("N/A", []),
        ("{x}", []),
        ("TBD", []),
        ("...", []),
        (None, []),
        (True, []),
    ],
)  # fmt: skip
def test_which_records_a_field_names(value: Any, names: list[str]) -> None:
    assert read_references(value, shipped()) == names


@pytest.mark.parametrize(
    ("text", "by", "of", "amends"),
    [
        ("Superseded by [ADR 7](/adr/7) and ADR-8", ["/adr/7", "ADR-8"], [], []),
        ("Deprecated in favor of ADR-9", ["ADR-9"], [], []),
        ("Replaced by: 0003-a.md", ["0003-a.md"], [], []),
        ("supersedes ADR-1, ADR-2 and 0003-a.md", [], ["ADR-1", "ADR-2", "0003-a.md"], []),
        ("It supersedes the decision described in ADR-5", [], ["ADR-5"], []),
        ("it is replacing ADR-3", [], [], []),
        ("Amends ADR-3", [], [], ["ADR-3"]),
        ("extends: [x](0004-x.md)", [], [], ["0004-x.md"]),
    ],
)
def test_which_records_a_sentence_names(text: str, by: list[str], of: list[str], amends: list[str]) -> None:
    assert (superseded_by_in(text), supersedes_in(text), amends_in(text)) == (by, of, amends)


@pytest.mark.parametrize(
    ("value", "names", "generic"),
    [
        ("Ann Example, @bo", ["Ann Example", "@bo"], []),
        ("Ann & Bo", ["Ann", "Bo"], []),
        ("@ann | author", ["@ann"], []),
        ("[Ann](https://github.com/ann)", ["Ann"], []),
        ("Ann (lead), Bo", ["Ann (lead)", "Bo"], []),
        (["Ann", "Bo Li"], ["Ann", "Bo Li"], []),
        ("<names>", [], ["<names>"]),
        ("TBD", [], ["TBD"]),
        ("everyone", [], ["everyone"]),
        ("{list everyone}", [], ["{list everyone}"]),
        ("[list of people]", [], ["[list of people]"]),
        ("Author", [], []),
        ("none", [], []),
        ("-", [], []),
    ],
)
def test_who_is_named_and_what_only_stands_in_for_somebody(value: Any, names: list[str], generic: list[str]) -> None:
    assert tuple(map(list, read_people(value, shipped()))) == (names, generic)


@pytest.mark.parametrize(
    "line",
    [
        "Status: accepted",
        "**Status:** accepted",
        "**Status**: accepted",
        "__Status__: *accepted*",
        "*Status*: _accepted_",
        "Status: **accepted**",
        "Status: __accepted__",
        "Status: accepted   Date: 2026-01-01",
        "Status: accepted | Date: 2026-01-01",
    ],
)
def test_a_status_in_a_line_whatever_marks_it(line: str) -> None:
    record = parse_record(f"# 7. x\n\n{line}\n{BODY}", "docs/adr/0007-keep.md")
    assert record.status == ("accepted", "accepted")
    assert (record.slots["status"].how, record.slots["status"].span) == ("line `Status`", (3, 3))
    assert record.date == ("2026-01-01" if "Date" in line else None)


@pytest.mark.parametrize(
    ("header", "makers", "authors", "span"),
    [
        ("Deciders: Ann Example", ["Ann Example"], [], (3, 3)),
        ("Deciders:\nAnn Example", ["Ann Example"], [], (3, 4)),
        ("Date: 2026-01-01\nDeciders:\nAnn Example", ["Ann Example"], [], (4, 5)),
        ("Deciders: Ann Example,\nBo Li", ["Ann Example"], [], (3, 3)),
        ("* Deciders: Ann Example,\n  Bo Li", ["Ann Example", "Bo Li"], [], (3, 4)),
        ("Created on 2026-01-01 by Ann Example", [], ["Ann Example"], None),
    ],
)
def test_people_in_lines(header: str, makers: list[str], authors: list[str], span: tuple[int, int] | None) -> None:
    record = parse_record(f"# 7. x\n\n{header}\n{BODY}", "docs/adr/0007-keep.md")
    assert (record.decision_makers, record.authors) == (makers, authors)
    assert record.slots["decision_makers"].span == span


@pytest.mark.parametrize(
    ("path", "is_page", "is_template"),
    [
        ("docs/adr/template.md", True, True),
        ("docs/adr/adr-template.md", True, True),
        ("docs/adr/0000-template.md", True, True),
        ("docs/adr/0012-template-engine.md", False, False),
        ("docs/adr/README.md", True, False),
        ("docs/adr/0012/README.md", False, False),
        ("docs/adr/index.md", True, False),
        ("docs/adr/process.md", True, False),
        ("docs/adr/0001-x.md", False, False),
    ],
)
def test_a_page_among_records_by_its_name(path: str, is_page: bool, is_template: bool) -> None:
    assert is_page_name(path) is is_page
    assert is_template_name(path.rpartition("/")[2]) is is_template


LINKS = "# All\n\n- [a](0001-a.md)\n- [b](0002-b.md)\n- [c](0003-c.md)\n"
MANY = "word " * 70
KINDS = [
    ("docs/adr/0007-x.md", "# Keep\n\n## Context\n\nSlow.\n", None),
    ("docs/adr/0007-x.md", "# Keep\n\n## Consequences\n\nCosts.\n", None),
    ("docs/adr/x.md", "# Keep\n\n## Context\n\nSlow.\n", "other"),
    ("notes/0007-x.md", "# Keep\n\n## Context\n\nSlow.\n\n## Decision\n\nWe go.\n", None),
    ("notes/x.md", "# Keep\n\n## Context\n\nSlow.\n\n## Decision\n\nWe go.\n", "other"),
    ("docs/adr/x.md", "# Keep\n\n## Context\n\n\n## Decision\n\n\n", "template"),
    ("docs/adr/x.md", "# Keep\n\n## Context\n\nTBD\n\n## Decision\n\nTBD\n", "template"),
    (
        "docs/adr/0007-x.md",
        "# Keep\n\n## Context\n\nTBD\n\n## Decision\n\nTBD\n\n## Consequences\n\nNone so far.\n",
        "stub",
    ),
    ("docs/adr/0007-x.md", "# Keep\n\n## Context\n\nSlow.\n\n## Decision\n\nTBD\n\n## Consequences\n\nTBD\n", None),
    ("docs/adr/0007-x.md", "# {title}\n\n## Decision\n\n\n", "stub"),
    ("docs/adr/0007-x.md", "# Keep\n\n## Considered Options\n\n- a\n- b\n", None),
    ("docs/adr/0007-x.md", f"{LINKS}- [d](d.md)\n- e\n", "index"),
    ("docs/adr/0007-x.md", f"{LINKS}- [d](d.md)\n", "stub"),
    ("docs/adr/0007-x.md", f"{LINKS}- [d](d.md)\n- [e](e.md)\n\n## Decision\n\nWe keep all.\n", None),
    ("docs/adr/0007-x.md", f"# Notes\n\n{MANY}\n", None),
    ("docs/adr/0007-x.md", f"# Notes\n\n{'word ' * 40}\n", "other"),
    ("docs/adr/0007-x/README.md", "# Keep\n\n## Decision\n\nWe keep it.\n", None),
    ("docs/adr/0007-x/README.md", "# Keep\n\n## Notes\n\nWe keep it.\n", "readme"),
    ("docs/adr/x.md", "# How to\n\n## Decision\n\nWe keep it.\n", None),
    ("docs/adr/x.md", f"# Guide\n\n{MANY}\n", "process"),
    ("notes/x.md", "# ADR: Keep\n\n## Context\n\nSlow.\n", "other"),
    ("notes/x.md", "# ADR: Keep\n\n## Context\n\nSlow.\n\n## Decision\n\nWe keep it.\n", None),
    (
        "notes/x.md",
        "# Keep\n\n## Context\n\nSlow.\n\n## Decision\n\nWe keep it.\n\n## Consequences\n\nCosts.\n",
        "other",
    ),
    ("notes/x.md", "# Keep\n\n## Status\n\nAccepted\n\n## Context\n\nSlow.\n\n## Consequences\n\nCosts.\n", "other"),
    ("docs/adr/0001-x.md", f"# 1. x{SOUND}", None),
    ("notes/x.md", f"# x{SOUND}", None),
    ("docs/adr/0012-x/README.md", f"# 12. x{SOUND}", None),
    ("docs/adr/0005-template.md", f"# x{SOUND}", None),
    ("docs/adr/0001-x.md", f"# x\n\n## Thing\n\n{MANY}\n", None),
    ("docs/adr/0001-x.md", "", "stub"),
    ("docs/adr/0001-x.md", "# x\n\nwords\n", "stub"),
    ("docs/adr/0001-x.md", "# x\n\n```\ncode\n```\n", "other"),
    ("docs/adr/x.md", "# x\n\nwords\n", "other"),
    ("notes/x.md", f"# x\n\n## Context\n\n{MANY}\n", "other"),
    ("docs/adr/x.md", f"# x\n\n## Thing\n\n{MANY}\n", "other"),
    ("docs/adr/README.md", "# ADRs\n\nRead them.\n", "readme"),
    ("docs/adr/README.md", LINKS + "- [d](0004-d.md)\n- [e](0005-e.md)\n- [f](0006-f.md)\n- [g](0007-g.md)\n", "index"),
    ("docs/adr/index.md", "# ADRs\n\nRead\n", "index"),
    ("docs/adr/list.md", LINKS, "index"),
    ("docs/adr/process.md", f"# x{SOUND}", "process"),
    ("docs/adr/template.md", f"# x{SOUND}", "template"),
    ("docs/adr/0000-template.md", f"# x{SOUND}", "template"),
    ("docs/adr/0005-template.md", "# x\n\n## Decision\n\nWe will.\n", "template"),
]


@pytest.mark.parametrize(("path", "text", "reason"), KINDS)
def test_the_kind_of_a_file(path: str, text: str, reason: str | None) -> None:
    record = parse_record(text, path)
    assert (record.kind, record.reason) == ("not-a-record" if reason else "record", reason)


def words_at(text: str, span: tuple[int, int]) -> str:
    return fold(plain(" ".join(text.split("\n")[span[0] - 1 : span[1]]), keep_struck=True))


@pytest.mark.parametrize("path", sorted(FIXTURES.rglob("*.md")), ids=lambda path: path.stem)
def test_dates_and_options_have_the_place_where_their_words_stand(path: Path) -> None:
    text = path.read_text("utf-8").replace("\r\n", "\n")
    facts = record_facts(parse_record(text, "docs/adr/0007-x.md"))
    if facts.value["kind"] == "not-a-record":
        return
    said = {
        "/date_text": facts.value["date_text"],
        **{f"/considered_options/{i}": one["title"] for i, one in enumerate(facts.value["considered_options"])},
    }
    for pointer, value in said.items():
        first = fold(plain(value or "")).strip("“”\"' .:{}").split(" ")[0]
        assert first in words_at(text, facts.span_at(pointer)), pointer
