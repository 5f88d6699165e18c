"""Two records that hold everything: all that is read of them, and where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.record import parse_record, record_facts
from onrecord.record.facts import Facts

FIXTURES = Path(__file__).parent / "fixtures" / "whole"


def read(name: str) -> tuple[Facts, dict]:
    expected = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    return record_facts(parse_record((FIXTURES / f"{name}.md").read_text("utf-8"), expected["path"])), expected


@pytest.mark.parametrize("name", ["front-matter", "sections"])
def test_nothing_more_and_nothing_less_is_read(name: str) -> None:
    facts, expected = read(name)
    assert facts.value == expected
    assert list(facts.value) == list(expected)


@pytest.mark.parametrize("name", ["front-matter", "sections"])
def test_every_part_has_the_place_of_its_slot(name: str) -> None:
    facts, expected = read(name)
    for part, slot in expected["reading"]["slots"].items():
        if "line" in slot:
            span = (slot["line"], slot["end_line"])
            assert (
                facts.spans[f"/{part}"] == facts.spans[f"/reading/slots/{part}"] == facts.span_at(f"/{part}/x") == span
            )
    slots = expected["reading"]["slots"]
    assert facts.span_at("") == facts.span_at("/frob") == (slots["title"]["line"],) * 2
    assert facts.span_at("/date_text") == facts.span_at("/reading/date_state") == facts.span_at("/date")
    assert facts.span_at("/reading/one_sided") == facts.span_at("/considered_options")
    assert facts.span_at("/superseded_by") == facts.span_at("/status")


@pytest.mark.parametrize(
    ("name", "places"),
    [
        (
            "front-matter",
            {"/considered_options/0": 30, "/considered_options/1": 31, "/reading/placeholders/0": 32, "/reading/generic_owners/0": 4},
        ),
        ("sections", {"/considered_options/0": 26, "/considered_options/1": 27, "/reading/placeholders/0": 22}),
    ],
)  # fmt: skip
def test_the_place_of_each_item(name: str, places: dict[str, int]) -> None:
    facts, _ = read(name)
    assert {pointer: facts.spans[pointer].start for pointer in places} == places
