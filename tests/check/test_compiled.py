"""The compiled schema says what jsonschema says: on our own schemas, and on any that a team may write with the same keywords."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from onrecord.adapters.shipped import schema
from onrecord.check import SchemaHit, SchemaJudge
from onrecord.check.compiled import Compiler, NotCompiled
from onrecord.record import parse_record, record_facts

WORDS = st.sampled_from(("a", "b", "c/d", ""))
SCALARS = st.none() | st.booleans() | WORDS | st.integers(-2, 3)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3), max_leaves=8
)
TYPES = st.sampled_from(("null", "boolean", "string", "array", "object", "integer"))
KNOWN = st.none() | st.booleans() | WORDS
SMALL = st.integers(0, 2)
PLAIN = st.just(True) | st.just({"not": {}})  # of a plain False jsonschema forgets where it stands


def with_keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some, lists = inner, st.lists(inner, min_size=1, max_size=3)
    marks = {"x-rule": st.sampled_from(("one", "two", "three")), "x-message": st.sampled_from(("this", "that"))}
    reference = st.fixed_dictionaries({"$ref": st.just("#/$defs/inner")}, optional=marks)
    return reference | st.fixed_dictionaries(
        {},
        optional={
            **marks,
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=2, unique=True),
            "enum": st.lists(KNOWN, min_size=1, max_size=3),
            "const": KNOWN,
            "pattern": st.sampled_from(("^a", "b$", "d")),
            "minLength": SMALL,
            "minimum": SMALL,
            "minItems": SMALL,
            "maxItems": SMALL,
            "required": st.lists(WORDS, max_size=2, unique=True),
            "properties": st.dictionaries(WORDS, some, max_size=3),
            "additionalProperties": some,
            "items": some,
            "contains": some,
            "not": some,
            "allOf": lists,
            "anyOf": lists,
            "oneOf": lists,
            "if": some,
            "then": some,
            "else": some,
        },
    )


SCHEMAS = with_keywords(st.recursive(PLAIN | with_keywords(PLAIN), with_keywords, max_leaves=6))


def slowly(judge: SchemaJudge, value: Any) -> list[SchemaHit]:
    judge._failures = judge._slowly
    return judge.judge(value)


@given(SCHEMAS, PLAIN | with_keywords(PLAIN), VALUES)
def test_any_schema_is_judged_as_jsonschema_judges_it(root: Any, inner: Any, value: Any) -> None:
    if isinstance(inner, dict):
        inner.pop("$ref", None)  # a circle of references is no schema
    judge = SchemaJudge({**root, "$defs": {"inner": inner}})
    assert judge._failures != judge._slowly, "this was to be compiled"
    assert sorted(map(str, judge.judge(value))) == sorted(map(str, slowly(judge, value)))


MARKED = {"x-rule": "two", "type": "string"}
NODES = [
    *({"type": name} for name in ("null", "boolean", "string", "array", "object", "integer", ["null", "string"])),
    {"enum": ["a", "b", None]}, {"enum": [True]}, {"const": "a"}, {"const": False}, {"pattern": "^a"}, {"pattern": "b"},
    {"minLength": 1}, {"minLength": 2}, {"minimum": 1}, {"minItems": 1}, {"minItems": 2}, {"maxItems": 1},
    {"required": ["a"]}, {"required": ["a", "c/d"]}, {"not": {"type": "string"}}, {"items": {"minLength": 2}},
    {"items": MARKED}, {"contains": {"const": "a"}}, {"allOf": [{"minLength": 2}, {"pattern": "a"}]}, {"allOf": [MARKED]},
    {"anyOf": [{"type": "null"}, {"minLength": 2}]}, {"oneOf": [{"minLength": 1}, {"pattern": "b"}]},
    {"properties": {"a": {"type": "string"}, "c/d": MARKED}}, {"additionalProperties": {"type": "string"}},
    {"properties": {"a": MARKED}, "additionalProperties": MARKED}, {"properties": {"a": True}, "additionalProperties": {"not": {}}},
    {"if": {"type": "string"}, "then": {"minLength": 2}, "else": {"type": "null"}}, {"if": {"type": "null"}, "then": MARKED},
    {"if": {"type": "null"}, "else": MARKED}, {"then": MARKED}, {"$ref": "#/$defs/inner"}, {"$defs": {"inner": MARKED}},
]  # fmt: skip
SOME = [
    None,
    True,
    False,
    "",
    "a",
    "b",
    "ab",
    "ba",
    0,
    1,
    2,
    [],
    ["a"],
    ["b", "ab"],
    ["a", 1],
    {},
    {"a": "x"},
    {"a": 1},
]
SOME += [{"c/d": 1}, {"c/d": "x", "a": None}, {"b": 1}, {"b": "x", "a": "y"}, {"a": "x", "c/d": "y"}]


@pytest.mark.parametrize("node", NODES, ids=str)
def test_each_keyword(node: Any) -> None:
    for root in ({"$defs": {"inner": MARKED}, **node}, {"$defs": {"inner": MARKED}, "x-rule": "one", **node}):
        judge, test = SchemaJudge(root), Compiler(root).test(root, root)
        assert judge._failures != judge._slowly
        quick = [(test(value), judge.judge(value)) for value in SOME]
        assert quick == [(Draft202012Validator(root).is_valid(value), slowly(judge, value)) for value in SOME]


def test_a_plain_false_fails_where_it_stands() -> None:
    judge = SchemaJudge({"x-rule": "one", "properties": {"a": False}})
    assert judge.judge({"a": 1}) == [SchemaHit("one", "/a", None, None)]
    assert judge.judge({}) == []


@pytest.mark.thorough
@given(SCHEMAS, VALUES)
def test_a_value_is_valid_as_jsonschema_says(root: Any, value: Any) -> None:
    whole = {**root, "$defs": {"inner": {"type": "string"}}}
    assert Compiler(whole).test(whole, whole)(value) == Draft202012Validator(whole).is_valid(value)


@pytest.mark.parametrize("name", ["decision-record", "pull-request"])
def test_the_shipped_schemas_are_compiled(name: str) -> None:
    judge = SchemaJudge(schema(name), (schema("decision-record"),))
    assert judge._failures != judge._slowly


def test_the_schema_of_configurations_is_compiled() -> None:
    ours = schema("config")
    test = Compiler(ours).test(ours, ours)
    for value in (
        {},
        {"records": ["docs/**"]},
        {"records": "docs"},
        {"nothing": 1},
        {"rules": {"owner-missing": "loud"}},
        [],
        None,
    ):
        assert test(value) == Draft7Validator(ours).is_valid(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 1. Keep\n\n## Status\n\nAccepted\n\n## Decision\n\n",
        "# 1. Keep\n\n## Status\n\nAccepted\n\n## Decision\n\nTBD\n\n## Considered Options\n\n* Keep\n",
        "# Keep\n\n* Status: maybe\n* Date: 2026-02-31\n* Deciders: [list everyone]\n\n## Decision Outcome\n\nChosen option: “A”.\n",
    ],
)
def test_records_fail_the_same_rules(text: str) -> None:
    judge = SchemaJudge(schema("decision-record"))
    facts = record_facts(parse_record(text, "docs/adr/0001-keep.md")).value
    assert judge.judge(facts) == slowly(judge, facts)


@pytest.mark.parametrize(
    "node",
    [
        {"dependentRequired": {"a": ["b"]}},
        {"properties": {"a": {"x-rule": "one", "enum": [1]}}},
        {"allOf": [{"$id": "urn:x", "x-rule": "one"}]},
        {"$ref": "#anchor"},
        {"$ref": "https://elsewhere.example/schema"},
        {"x-rule": "one", "type": "number"},
        {"x-rule": "one", "not": {"maxLength": 3}},
        {"x-rule": "one", "anyOf": [{"maxLength": 3}, {"type": "null"}]},
        {"x-rule": "one", "$ref": "#/$defs/a~1b", "$defs": {"a/b": {"type": "string"}, "a~1b": {"type": "string"}}},
        {"properties": {"a": {"patternProperties": {"^b": {"x-rule": "one", "type": "string"}}}}},
        {"items": {"prefixItems": [{"x-rule": "one", "type": "string"}]}},
        {"$ref": "#/$defs/c", "$defs": {"c": {"dependentSchemas": {"a": {"x-rule": "one", "required": ["b"]}}}}},
    ],
)
def test_what_is_not_known_is_left_to_jsonschema(node: Any) -> None:
    with pytest.raises(NotCompiled):
        Compiler(node).failures(node, node)
    judge = SchemaJudge(node)
    assert judge._failures == judge._slowly
