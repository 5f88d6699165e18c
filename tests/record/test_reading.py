"""Every file under `fixtures/` is read, and must say what the JSON file beside it says.

The JSON holds the path the text is read under and the facts that matter, no more: mappings are compared key by
key, lists item by item, and `null` also stands for a key that is left out. A mapping with one `$` key is a test:
`$has` (the text contains this) and `$in` (one of these values).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import parse_record, record_facts

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(file.relative_to(FIXTURES).with_suffix("").as_posix() for file in FIXTURES.rglob("*.md"))


def differences(expected: Any, actual: Any, at: str = "") -> list[str]:
    """Return what is not as expected, one line each, with its JSON pointer."""
    if isinstance(expected, dict) and "$has" in expected:
        there = isinstance(actual, str) and expected["$has"] in actual
        return [] if there else [f"{at}: {expected['$has']!r} is not in {actual!r}"]
    if isinstance(expected, dict) and "$in" in expected:
        return [] if actual in expected["$in"] else [f"{at}: {actual!r} is none of {expected['$in']!r}"]
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [line for key, value in expected.items() for line in differences(value, actual.get(key), f"{at}/{key}")]
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        pairs = enumerate(zip(expected, actual, strict=True))
        return [line for i, (wanted, found) in pairs for line in differences(wanted, found, f"{at}/{i}")]
    same = expected == actual and type(expected) is type(actual)
    return [] if same else [f"{at}: {expected!r} was expected, {actual!r} was read"]


def read_fixture(name: str) -> tuple[str, dict[str, Any]]:
    text = (FIXTURES / f"{name}.md").read_bytes().decode()
    return text, json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def facts_of(text: str, path: str) -> dict[str, Any]:
    return record_facts(parse_record(text, path)).value


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_are_those_a_reader_finds(name: str) -> None:
    text, expected = read_fixture(name)
    found = differences(expected, facts_of(text, expected["path"]))
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_and_byte_order_marks_change_nothing(name: str) -> None:
    text, expected = read_fixture(name)
    facts = facts_of(text, expected["path"])
    assert facts_of(text.replace("\n", "\r\n"), expected["path"]) == facts
    assert facts_of("\ufeff" + text, expected["path"]) == facts


def test_every_text_has_its_facts_and_every_facts_file_its_text() -> None:
    facts = {file.relative_to(FIXTURES).with_suffix("").as_posix() for file in FIXTURES.rglob("*.json")}
    assert facts == set(NAMES)
    assert len(NAMES) >= 90


@pytest.mark.parametrize(
    ("expected", "actual", "wrong"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, 0),
        ({"a": {"b": None}}, {"a": {}}, 0),
        ({"a": None}, {"a": "x"}, 1),
        ({"a": {"b": 1}}, {"a": None}, 1),
        (["x"], ["x", "y"], 1),
        ([], None, 1),
        ([{"t": "x"}, {"t": "y"}], [{"t": "x", "o": 1}, {"t": "z"}], 1),
        ({"$has": "bc"}, "abcd", 0),
        ({"$has": "bc"}, None, 1),
        ({"$in": ["a", "b"]}, "c", 1),
        (False, None, 1),
        (1, True, 1),
    ],
)
def test_the_comparison_itself(expected: Any, actual: Any, wrong: int) -> None:
    assert len(differences(expected, actual)) == wrong
