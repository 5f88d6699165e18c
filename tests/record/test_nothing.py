"""That there was no other option: under a heading, in a field, in a sentence; and what only looks like it."""

from __future__ import annotations

import pytest

from onrecord.change.body import read_description
from onrecord.record import parse_record
from onrecord.record.relations import read_references
from onrecord.record.vocabulary import shipped

REASONED = [
    "None, because the valve has one maker.",
    "None because the valve has one maker.",
    "None: the valve has one maker.",
    "None. The valve has one maker.",
    "None that anybody here has heard of.",
    "N/A, since the valve has one maker",
    "Nothing else was considered, as the valve has one maker.",
    "Keine, weil es nur einen Hersteller gibt.",
    "- None, because the valve has one maker.",
]
TOLD = [
    "No alternatives were considered because the valve has one maker.",
    "There was no alternative because the valve has one maker.",
    "There were no other options, since the valve has one maker.",
    "We had no viable alternative: the valve has one maker.",
    "We considered no alternatives because time was short.",
    "Es gab keine Alternative, weil es nur einen Hersteller gibt.",
]
RIVALS = [
    "None of the brass valves close, so they stay in the box.",
    "Null-object valves, because they never leak.",
    "Nobody sells brass, but steel was on offer.",
]


def record(body: str) -> tuple[list[str], str | None]:
    text = f"# 7. One valve\n\n## Status\n\nAccepted\n\n## Decision\n\nWe will use the Ternow valve.\n\n{body}\n"
    read = parse_record(text, "docs/adr/0007-one-valve.md")
    return [option.title for option in read.considered_options], read.no_alternatives_reason


def change(body: str) -> tuple[list[str], str | None]:
    read = read_description("Use the Ternow valve", body, shipped())
    return [option.title for option in read.alternatives], read.no_alternatives_reason


@pytest.mark.parametrize("text", REASONED)
def test_none_under_a_heading_comes_with_its_reason_and_no_option(text: str) -> None:
    said = text.removeprefix("- ")
    assert record(f"## Alternatives\n\n{text}") == ([], said)
    assert change(f"## Decision\n\nUse it.\n\n## Alternatives\n\n{text}") == ([], said)


@pytest.mark.parametrize("text", TOLD)
def test_none_in_a_sentence_is_no_option(text: str) -> None:
    assert record(text) == ([], text)
    assert change(f"The old valve leaks.\n\n{text}") == ([], text)


@pytest.mark.parametrize("text", RIVALS)
def test_a_text_that_only_begins_alike_names_an_option(text: str) -> None:
    options, reason = record(f"## Alternatives\n\n{text}")
    assert (len(options), reason) == (1, None)


@pytest.mark.parametrize(
    "text", ["Implementing a simple alternative to the brass valve", "Adds an alternative for steel."]
)
def test_what_a_change_makes_is_no_option_that_was_left(text: str) -> None:
    assert change(f"* Take out brass\n* {text}\n* Paint it") == ([], None)


def test_one_of_several_may_be_to_do_nothing() -> None:
    assert record("## Alternatives\n\n- None: keep the leak\n- Steel valve\n") == (["None", "Steel valve"], None)


@pytest.mark.parametrize(
    "text",
    [
        "Steel was not considered because it rusts.",
        "If there is no alternative, the pump stops.",
        "In the north hall of the old works there was no alternative pump.",
    ],
)
def test_what_is_said_of_one_thing_is_not_said_of_all(text: str) -> None:
    assert record(text)[1] is None


def test_an_option_that_is_told_speaks_louder_than_a_lack_of_them_elsewhere() -> None:
    options, reason = record("We had no other option in the north hall.\n\nAn alternative would be a steel valve.")
    assert (options, reason) == (["An alternative would be a steel valve."], None)


@pytest.mark.parametrize("text", ["none (the first of its kind)", "None, since it is new", "n/a"])
def test_none_names_no_record(text: str) -> None:
    assert read_references(text, shipped()) == []
