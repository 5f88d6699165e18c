"""A rule that stands where a schema only asks can never speak, and that is said; any other one speaks."""

from typing import Any

import pytest

from onrecord.adapters.shipped import schema
from onrecord.check import SchemaJudge

NO = {"x-rule": "mine", "const": "never"}
FACTS = {"title": "Use it", "options": ["a"], "not": "x"}
HEARD: list[dict[str, Any]] = [
    {"allOf": [{"properties": {"title": NO}}]},
    {"properties": {"not": NO}},
    {"properties": {"options": {"items": NO}}},
    {"properties": {"options": {"prefixItems": [NO]}}},
    {"patternProperties": {"^title$": NO}},
    {"dependentSchemas": {"title": {"properties": {"options": NO}}}},
    {"if": {"required": ["title"]}, "then": {"properties": {"title": NO}}},
    {"$ref": "#/$defs/not", "$defs": {"not": {"properties": {"title": NO}}}},
    {"properties": {"title": {"x-rule": "mine", "not": {"type": "string"}}}},
]
UNHEARD: list[tuple[dict[str, Any], str]] = [
    ({"properties": {"title": {"not": {"x-rule": "mine", "type": "string"}}}}, "/properties/title/not/x-rule"),
    ({"properties": {"options": {"contains": NO}}}, "/properties/options/contains/x-rule"),
    ({"anyOf": [{"properties": {"title": NO}}]}, "/anyOf/0/properties/title/x-rule"),
    ({"oneOf": [{"allOf": [NO]}]}, "/oneOf/0/allOf/0/x-rule"),
    ({"if": {"not": {"x-rule": "mine", "type": "object"}}, "else": False}, "/if/not/x-rule"),
]


def spoken(judge: SchemaJudge) -> list[str]:
    judge.verify()
    return [hit.rule for hit in judge.judge(FACTS)]


@pytest.mark.parametrize("team", HEARD)
def test_a_rule_that_speaks_is_not_told(team: dict[str, Any]) -> None:
    judge = SchemaJudge(team)
    assert (spoken(judge), judge.unheard()) == (["mine"], [])


@pytest.mark.parametrize(("team", "place"), UNHEARD)
def test_one_that_cannot_is_told_with_its_place(team: dict[str, Any], place: str) -> None:
    judge = SchemaJudge(team)
    assert spoken(judge) == []
    (line,) = judge.unheard()
    assert line.startswith(f"{place}: the rule “mine” never speaks inside of “")


@pytest.mark.parametrize("name", ["decision-record", "pull-request"])
def test_ours_all_can(name: str) -> None:
    assert SchemaJudge(schema(name), (schema("decision-record"),)).unheard() == []


def test_a_value_that_looks_like_one_is_none() -> None:
    assert SchemaJudge({"not": {"const": {"x-rule": "mine"}}}).unheard() == []
