"""What is kept of a record comes back whole, and no sooner than it is asked for."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from onrecord.markdown import Problem, Span
from onrecord.record.model import Decision, DecisionRecord, FollowUp, Mark, Option, Review, Slot, Status
from onrecord.record.naming import Unnamed
from onrecord.record.recognize import Evidence
from onrecord.record.stored import HEAD, said_and_placed, stored_later, to_stored

PATH = "docs/adr/0007-keep.md"
FULL = DecisionRecord(
    PATH,
    kind="not-a-record",
    reason="stub",
    dialect="nygard",
    number="7",
    title="Keep it",
    status=Status("accepted", "Agreed"),
    date="2026-03-01",
    date_text="1 March 2026",
    date_state="ok",
    decision_makers=["Ann Example"],
    authors=["Bo Li"],
    consulted=["Cy"],
    informed=["Di"],
    context="Slow.",
    decision=Decision("We keep it.", "Keep", "it is fast"),
    considered_options=[Option("Keep", "chosen", True, Span(9, 10)), Option("Drop", "rejected", False, Span(11, 11))],
    no_alternatives_reason="none fit",
    one_sided=True,
    consequences="Costs.",
    decision_drivers="Speed.",
    confirmation="A test.",
    supersedes=["ADR-1"],
    superseded_by=["ADR-2"],
    amends=["ADR-3"],
    relates_to=["ADR-4"],
    partly=["ADR-1"],
    scope=["src/**"],
    decide_by="2026-04-01",
    review_by="2027-01-01",
    last_reviewed=Review("2026-05-01", "Ann"),
    follow_ups=[FollowUp("Ann", "Move it", "2026-06-01", True, True, 20), FollowUp(None, "Tell", None)],
    slots={"title": Slot("filled", Span(1, 1), "first heading"), "date": Slot("absent", None, "")},
    offers=frozenset(("decision",)),
    placeholders=[Mark("TBD", Span(12, 12))],
    generic_owners=[Mark("the team", Span(3, 3))],
    links=[Mark("a.md", Span(5, 6))],
    problems=[Problem("date-ambiguous", "which is the day?", Span(4, 4))],
    span=Span(1, 30),
)


EVIDENCE = Evidence(False, ("decision", "status"), 4, True, True, False, False, False, 61, True)
ASKED = [name for name in HEAD if name in {one.name for one in fields(FULL)}]


def stored(record: DecisionRecord, evidence: Evidence | None = None, is_numbered: bool = False) -> dict[str, Any]:
    return json.loads(json.dumps(to_stored(Unnamed(record, is_numbered, evidence))))  # type: ignore[no-any-return]


def later(record: DecisionRecord = FULL) -> tuple[DecisionRecord, list[str]]:
    """Return a record of which only the head is there, and a list that grows with each look for the rest."""
    whole, looked = stored(record), list[str]()

    def rest() -> dict[str, Any]:
        looked.append("all of it")
        return whole

    head = {name: whole[name] for name in HEAD if name in whole}
    return stored_later(head, rest, record.path), looked


def test_every_field_is_tried_here() -> None:
    empty = DecisionRecord(PATH)
    assert [one.name for one in fields(empty) if getattr(FULL, one.name) == getattr(empty, one.name)] == ["path"]


@pytest.mark.parametrize("record", [FULL, DecisionRecord(PATH), *(replace(DecisionRecord(PATH), **{one.name: getattr(FULL, one.name)}) for one in fields(FULL))])  # fmt: skip
def test_it_comes_back_as_it_was(record: DecisionRecord) -> None:
    """In all its kinds as well: a `Span` is equal to any pair of numbers, and does not read as one."""
    assert later(record)[0] == record
    assert repr(replace(later(record)[0])) == repr(replace(record)).replace("DecisionRecord", "_Later", 1)


def test_what_is_as_usual_is_left_out_and_so_is_the_path() -> None:
    usual = stored(DecisionRecord(PATH))
    assert len(usual) == 1
    assert stored(replace(DecisionRecord(PATH), number="7")) == usual | {"number": "7"}
    assert stored(FULL).keys() == {one.name for one in fields(FULL)} - {"path"} | usual.keys()
    assert stored(replace(FULL, offers=frozenset(("b", "c", "a"))))["offers"] == ["a", "b", "c"]


@pytest.mark.parametrize("evidence", [None, EVIDENCE])
@pytest.mark.parametrize("is_numbered", [False, True])
@pytest.mark.parametrize("path", ["docs/adr/0009-drop.md", "docs/adr/template.md", "docs/adr/keep.md", "notes/keep.md"])
def test_the_same_text_elsewhere_is_named_by_its_own_file(
    path: str, is_numbered: bool, evidence: Evidence | None
) -> None:
    read = Unnamed(replace(FULL, title="9 Keep it"), is_numbered, evidence)
    whole = stored(read.record, evidence, is_numbered)
    record = stored_later({name: whole[name] for name in HEAD if name in whole}, lambda: whole, path, "shown.md")
    assert record == read.named(path, "shown.md")
    is_nine = path.startswith("docs/adr/0009")
    assert record.path == "shown.md"
    assert record.number == ("9" if is_nine and evidence else "7")
    assert record.title == ("Keep it" if is_nine and not is_numbered else "9 Keep it")
    assert ("number" in record.slots) == bool(is_nine and evidence)
    assert (record.kind == "record") == (evidence is not None and "template" not in path)


def test_the_head_is_there_without_a_look_for_the_rest() -> None:
    record, looked = later()
    assert len(ASKED) == 5
    assert [getattr(record, name) for name in ("path", *ASKED)] == [getattr(FULL, name) for name in ("path", *ASKED)]
    assert looked == []


def test_one_look_brings_all_the_rest() -> None:
    record, looked = later()
    assert record.title == "Keep it"
    assert [getattr(record, one.name) for one in fields(FULL)] == [getattr(FULL, one.name) for one in fields(FULL)]
    assert looked == ["all of it"]


def test_a_head_that_was_changed_stays_so() -> None:
    record, _ = later()
    record.number = "8"
    assert (record.title, record.number) == ("Keep it", "8")


def test_it_is_compared_like_any_other() -> None:
    record, _ = later()
    for one, same in ((record, FULL), (FULL, record), (record, later()[0])):
        assert one == same
    for other in (
        replace(FULL, title="Drop it"),
        replace(FULL, kind="record"),
        replace(FULL, path="docs/adr/0008-keep.md"),
    ):
        assert record != other
        assert other != record
    assert record != PATH
    with pytest.raises(TypeError):
        hash(record)


def test_a_field_that_no_record_has_is_not_looked_for() -> None:
    record, looked = later()
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = record.nothing_such  # type: ignore[attr-defined]
    assert looked == []


def test_what_a_log_is_judged_by_has_no_prose_and_no_places() -> None:
    said, placed = said_and_placed(stored(FULL))
    moved = replace(
        FULL, span=Span(3, 32), slots={"title": Slot("filled", Span(3, 3), "first heading"), "date": FULL.slots["date"]}
    )
    argued = replace(FULL, context="Quick.", consequences="None.", considered_options=[])
    renamed = replace(FULL, title="Drop it")
    assert list(placed) == sorted(placed)
    assert {"span", "slots", "links", "problems", "follow_ups"} == placed.keys()
    assert said_and_placed(stored(argued)) == (said, placed)
    assert said_and_placed(stored(moved))[0] == said
    assert said_and_placed(stored(moved))[1] != placed
    assert said_and_placed(stored(renamed))[0] != said
    assert said_and_placed(stored(renamed))[1] == placed
