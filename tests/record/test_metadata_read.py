"""Relations, dates and statuses from the places where they may stand, and which of two counts."""

from __future__ import annotations

import pytest

from onrecord.record import DecisionRecord, parse_record
from onrecord.rules.samples import nygard

RELATIONS = [  # status, words in the context, what it supersedes, its successors, which of both in part
    ("Partly superseded by ADR-9", "", [], ["ADR-9"], ["ADR-9"]),
    ("Accepted\n\nSupersedes ADR-1 in part", "", ["ADR-1"], [], ["ADR-1"]),
    ("Accepted\n\nSupersedes ADR-1", "", ["ADR-1"], [], []),
    ("Superseded\n\n[x](0009-x.md)", "", [], ["0009-x.md"], []),
    ("Superseded\n\nsee below", "", [], [], []),
    ("Accepted, not superseded by ADR-9", "", [], [], []),
    ("Accepted", "*Superseded by ADR-9.*", [], ["ADR-9"], []),
    ("Accepted", "This supersedes [a](0001-a.md).", ["0001-a.md"], [], []),
    ("Accepted", "We supersede ADR-1 here.", ["ADR-1"], [], []),
    ("Accepted", "It supersedes ADR-1.", [], [], []),  # somebody else may
    ("Accepted", "*It was never superseded by ADR-9.*", [], [], []),
    ("Accepted", "**This may be superseded by ADR-9.**", [], [], []),
    ("Accepted", "*ADR-3, now superseded by ADR-9, asks more.*", [], [], []),
    ("Accepted", "*Redis replaces the store described in ADR-4.*", ["ADR-4"], [], []),
    ("Accepted", "Redis replaces the store described in ADR-4.", [], [], []),
    ("Accepted", "x\n\n## Supersedes\n\n- ADR-1: it was slow\n- 2\n- some words", ["ADR-1", "2"], [], []),
    ("Accepted", "x\n\n## Superseded by\n\nADR-9 — since it is old", [], ["ADR-9"], []),
    ("Accepted", "x\n\n## More Information\n\n*Superseded by ADR-9.*", [], ["ADR-9"], []),
    ("Accepted", "x\n\n## Consequences\n\n*Superseded by ADR-9.*", [], [], []),
    ("Accepted", "*Supersedes ADR-1.*\n\nThis supersedes ADR-1 and ADR-2.", ["ADR-1", "ADR-2"], [], []),
]


@pytest.mark.parametrize(("status", "words", "of", "by", "partly"), RELATIONS)
def test_which_records_it_is_tied_to(status: str, words: str, of: list[str], by: list[str], partly: list[str]) -> None:
    text = nygard(status).replace("## Decision", f"{words}\n\n## Decision")
    record = parse_record(text, "docs/adr/0007-keep.md")
    assert (record.supersedes, record.superseded_by, record.partly) == (of, by, partly)


def read(header: str = "", status: str = "Accepted") -> DecisionRecord:
    return parse_record(nygard(status, header=header), "docs/adr/0007-keep.md")


@pytest.mark.parametrize(
    ("header", "date", "text", "state", "how", "line"),
    [
        ("Date: 2026-03-01", "2026-03-01", "2026-03-01", "filled", "line `Date`", 3),
        ("Date: YYYY-MM-DD", None, None, "placeholder", "line `Date`", 3),
        ("Date: soon\nCreated: 2026-01-01", "2026-01-01", "2026-01-01", "filled", "line `Created`", 4),
        ("Date: 2026-13-45", None, "2026-13-45", "filled", "line `Date`", 3),
        ("Last updated: 2026-03-01\nCreated: 2026-01-01", "2026-01-01", "2026-01-01", "filled", "line `Created`", 4),
        ("Last updated: 2026-03-01", "2026-03-01", "2026-03-01", "filled", "line `Last updated`", 3),
        ("2026-03-01", "2026-03-01", "2026-03-01", "filled", "a line that is only a date: `date`", 3),
        ("on 2026-03-01 in Rome", "2026-03-01", "on 2026-03-01 in Rome", "filled", "a line that is only a date: `date`", 3),
        ("on 2026-03-01 in old Rome", None, None, "absent", "", None),
        ("Review by: 2027-01-31", None, None, "absent", "", None),
        ("## Date\n\n2026-03-01", "2026-03-01", "2026-03-01", "filled", "heading `Date`", 5),
    ],
)  # fmt: skip
def test_which_date_counts(
    header: str, date: str | None, text: str | None, state: str, how: str, line: int | None
) -> None:
    record = read(header)
    slot = record.slots["date"]
    assert (record.date, record.date_text, slot.state, slot.how) == (date, text, state, how)
    assert (slot.span.start if slot.span else None) == line


@pytest.mark.parametrize(
    ("header", "review", "next_one", "deadline"),
    [
        ("Last reviewed: 2026-03-01 by  Ann   Example", ("2026-03-01", "Ann Example"), None, None),
        ("Last reviewed: 2026-05-01\nLast reviewed: 2026-03-01 by Ann", ("2026-05-01", ""), None, None),
        ("Last reviewed: soon", None, None, None),
        ("Review by: 2027-01-31\nDecide by: 2026-12-01", None, "2027-01-31", "2026-12-01"),
        ("Review by: soon\nDecide by: soon", None, None, None),
    ],
)
def test_days_of_review(
    header: str, review: tuple[str, str] | None, next_one: str | None, deadline: str | None
) -> None:
    record = read(header)
    assert (record.last_reviewed, record.review_by, record.decide_by) == (review, next_one, deadline)


FRONT, SECTION = "front matter `status`", 'heading "Status"'
TWO = [  # in the front matter, in the section, and which counts
    ("accepted", "Proposed", ("proposed", "Proposed"), "filled", SECTION),  # of equals the first that is read
    ("frob", "Accepted", ("accepted", "Accepted"), "filled", SECTION),
    ("accepted", "Frob", ("accepted", "accepted"), "filled", FRONT),
    (
        "accepted",
        "Proposed after a long talk with all of those who had to do with it",
        ("accepted", "accepted"),
        "filled",
        FRONT,
    ),
    ("TBD", "Accepted", ("accepted", "Accepted"), "filled", SECTION),
    ("TBD", "TBD", None, "placeholder", SECTION),
    ("TBD", "", None, "placeholder", FRONT),
    ("accepted", "", ("accepted", "accepted"), "filled", FRONT),
]


@pytest.mark.parametrize(("front", "section", "status", "state", "how"), TWO)
def test_which_of_two_statuses_counts(
    front: str, section: str, status: tuple[str, str] | None, state: str, how: str
) -> None:
    record = parse_record(f"---\nstatus: {front}\n---\n\n{nygard(section)}", "docs/adr/0007-keep.md")
    assert (record.status, record.slots["status"].state, record.slots["status"].how) == (status, state, how)


@pytest.mark.parametrize(
    ("text", "status", "state"),
    [
        ("- [x] accepted\n- [ ] rejected", ("accepted", "accepted"), "filled"),
        ("- [ ] accepted\n- [x] rejected", ("rejected", "rejected"), "filled"),
        ("Accepted\n\n- [ ] requirements to be drafted", ("accepted", "Accepted"), "filled"),
        ("Proposed | Accepted", None, "placeholder"),
        ("**Accepted** | Proposed", ("accepted", "Accepted | Proposed"), "filled"),
        ("~~Proposed~~ Accepted", ("accepted", "Accepted"), "filled"),
        ("", None, "empty"),
        ("Frobbed", ("unknown", "Frobbed"), "filled"),
    ],
)
def test_a_status_in_its_section(text: str, status: tuple[str, str] | None, state: str) -> None:
    record = read("Date: 2026-03-01", text)
    assert (record.status, record.slots["status"].state) == (status, state)


def test_a_date_in_the_line_of_the_status() -> None:
    said = "Accepted on 2026-03-01, by the board of us all"
    text = f"---\nstatus: {said}\n---\n\n{nygard(header='').replace('## Status', '## Notes')}"
    record = parse_record(text, "docs/adr/0007-keep.md")
    assert (record.date, record.date_text, record.date_state) == ("2026-03-01", said, "ok")
    assert record.slots["date"] == ("filled", (2, 2), "the status line")


def test_several_keys_in_one_line_below_another() -> None:
    record = read("Deciders: Ann Example\nCreated: 2026-01-01 | Last reviewed: 2026-02-01")
    assert (record.decision_makers, record.date) == (["Ann Example"], "2026-01-01")
    assert record.last_reviewed == ("2026-02-01", "")


def test_a_sentence_of_clauses_is_where_its_parts_stand() -> None:
    text = "# 7. K\n\nIn the context of x, facing y, we decided for z and neglected w, to achieve q, accepting r.\n"
    record = parse_record(text, "docs/adr/0007-keep.md")
    found = {name: slot for name, slot in record.slots.items() if slot.how == "Y-statement"}
    assert sorted(found) == ["consequences", "considered_options", "context", "decision"]
    assert {(slot.state, slot.span) for slot in found.values()} == {("filled", (3, 3))}


def test_links_with_their_lines() -> None:
    text = (
        "# 7. K\n\nSee [a](0001-a.md), [b](https://example.org/b.md), [c](#c),\n`[g](g.md)`, ![d](d.png)\n"
        "and [e](../e%20f.md#x).\n\n## Decision\n\nWe will.\n\n> - [q](q.md)\n\n| a |\n|---|\n| [i](i.md) |\n"
    )
    found = [(mark.text, mark.span.start) for mark in parse_record(text, "docs/adr/0007-keep.md").links]
    assert found == [("0001-a.md", 3), ("../e f.md#x", 5), ("q.md", 11), ("i.md", 15)]
