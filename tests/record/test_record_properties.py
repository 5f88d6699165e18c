"""What holds for any text: reading never fails, spans lie inside the text, and the facts have their shape."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onrecord.record import DecisionRecord, Facts, parse_record, record_facts

HERE = Path(__file__).parent
SCHEMA = HERE.parents[1] / "schemas" / "decision-record.schema.json"
SETTINGS = settings(database=None)
PATHS = st.sampled_from(
    ["docs/adr/0007-x.md", "docs/adr/README.md", "docs/adr/template.md", "notes.md", "docs/adr/2024-01-02-x/README.md"]
)


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


@cache
def fixtures() -> list[tuple[str, str]]:
    """Return path and text of every fixture."""
    files = sorted((HERE / "fixtures").rglob("*.md"))
    return [(json.loads(f.with_suffix(".json").read_text("utf-8"))["path"], f.read_text("utf-8")) for f in files]


def names_a_rule(schema_path: list[Any]) -> bool:
    """Tell whether a node on a path through the schema is a rule: judgement, not shape."""
    node: Any = validator().schema
    for step in [*schema_path, None]:
        while isinstance(node, dict) and "$ref" in node and step not in node:  # the path leaves references out
            name = node["$ref"].removeprefix("#/$defs/")
            node = validator().schema["$defs"][name]
        if isinstance(node, dict) and "x-rule" in node:
            return True
        node = node[step] if step is not None else node
    return False


def shape_errors(facts: dict[str, Any]) -> list[str]:
    return [
        f"{error.json_path}: {error.message}"
        for error in validator().iter_errors(facts)
        if not names_a_rule(list(error.absolute_schema_path))
    ]


def assert_sound(record: DecisionRecord, facts: Facts, text: str) -> None:
    total = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    spans = [*facts.spans.values(), record.span]
    spans += [slot.span for slot in record.slots.values() if slot.span]
    spans += [option.span for option in record.considered_options]
    spans += [mark.span for mark in (*record.placeholders, *record.generic_owners, *record.links)]
    spans += [problem.span for problem in record.problems]
    assert [span for span in spans if not 1 <= span.start <= span.end <= total] == []
    assert shape_errors(facts.value) == []
    assert json.loads(json.dumps(facts.value)) == facts.value


def read(text: str, path: str) -> dict[str, Any]:
    record = parse_record(text, path)
    facts = record_facts(record)
    assert_sound(record, facts, text)
    return facts.value


@SETTINGS
@given(st.binary(max_size=300), PATHS)
def test_any_bytes_are_read(content: bytes, path: str) -> None:
    read(content.decode(errors="replace"), path)


PIECES = st.sampled_from(
    ["# 7. Use Redis", "## Status", "Accepted", "Proposed | Accepted", "## Context", "## Decision", "We use Redis.", "TBD", "## Considered Options",
     "* Redis", "* Memcached: slow", "  - nested", "1. first", "### Option 1: Redis", "**Option 2: Files**", "**Status:** Accepted | **Date:** 2024-05-02",
     "* Deciders: Ann, TBD", "| Option | Verdict |", "|---|---|", "| Redis | chosen |", "Chosen option: \"Redis\", because it is fast.", "## Consequences",
     "> quoted", "<!-- note -->", "<!--", "-->", "```", "---", "+++", "===", "status: accepted", "date: 2020-01-45", "deciders: [a, {name: b}]", "x: {a | b}",
     "superseded-by: [1, {a: b}]", "Superseded by [9](0009-x.md)", "## Alternatives", "None considered, because of the law.", "<table><tr><td>Status</td><td>x</td></tr></table>",
     "## Pros and Cons of the Options", "{title of option 1}", "- [x] Accepted", "## Deciders", "## Date", "04/01/2020", "", "", "", "\u200b", "##Status", "# Status: ", "：", "- "]
)  # fmt: skip


@SETTINGS
@given(st.lists(PIECES, max_size=40).map("\n".join), PATHS)
def test_any_assembly_of_record_lines_is_read(text: str, path: str) -> None:
    assert read(text.replace("\n", "\r\n"), path) == read(text, path)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, str]:
    """Return a path and a fixture with some lines deleted, doubled or swapped."""
    path, text = draw(st.sampled_from(fixtures()))
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        here, there = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        change = draw(st.sampled_from(["delete", "double", "swap", "cut"]))
        if change == "delete" and len(lines) > 1:
            del lines[here]
        elif change == "double":
            lines.insert(there, lines[here])
        elif change == "swap":
            lines[here], lines[there] = lines[there], lines[here]
        elif change == "cut":
            lines[here] = lines[here][: draw(st.integers(0, 12))]
    return path, "\n".join(lines)


@SETTINGS
@given(mutated())
def test_mutated_records_are_read_and_line_ends_change_nothing(case: tuple[str, str]) -> None:
    path, text = case
    assert read(text.replace("\n", "\r\n"), path) == read(text, path)


def test_every_fixture_is_sound() -> None:
    for path, text in fixtures():
        read(text, path)


def test_a_wrong_shape_would_be_seen() -> None:
    good = read(fixtures()[0][1], "docs/adr/0001-x.md")
    assert shape_errors(good | {"date": "yesterday"}) != []
    assert shape_errors(good | {"decision_makers": [1]}) != []
    assert shape_errors(good | {"decision": {"text": ""}}) != []
    assert shape_errors(good | {"reading": {}}) != []
