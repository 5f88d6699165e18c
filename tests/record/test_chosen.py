"""Which of the listed options a decision chooses, in which words."""

from __future__ import annotations

import pytest

from onrecord.record import parse_record

LONG = " It stands in the yard and is looked after by the people of the night shift," * 4
JARS, BAGS = "Jars", "Bags"
HEAD = "# 7. Keep flour\n\n## Status\n\nAccepted\n\n"


def chosen(options: list[str], decision: str) -> list[str]:
    listed = "\n".join(f"- {option}" for option in options)
    return outcomes(f"## Considered Options\n\n{listed}\n\n## Decision\n\n{decision}\n", "chosen")


def outcomes(body: str, outcome: str) -> list[str]:
    record = parse_record(HEAD + body, "docs/adr/0007-keep-flour.md")
    return [option.title for option in record.considered_options if option.outcome == outcome]


@pytest.mark.parametrize(
    ("options", "decision", "found"),
    [
        ([JARS, BAGS], "We will use jars rather than bags.", [JARS]),
        ([JARS, BAGS], "We will use jars and bags.", [JARS, BAGS]),
        ([JARS, BAGS], f"We decided to use jars for flour because bags tear.{LONG}", [JARS]),
        ([JARS, BAGS], f"Use jars for flour, not bags.{LONG}", [JARS]),
        ([JARS, BAGS], f"There was a lot of talk.{LONG}\n\nIn the end we chose jars over bags.", [JARS]),
        ([JARS, BAGS], f"The jars will be bought.{LONG}", [JARS]),
        ([JARS, BAGS], f"(#2) Take the cheap one.{LONG}", [BAGS]),
        (["Jars [old]", "Bags [new]"], f"We will use jars.{LONG}", ["Jars [old]"]),
        (["A1: Jars", "A2: Bags"], f"A1: glass all over.{LONG}", ["A1: Jars"]),
        (["Option 3: Jars", "Option 3a: Bags"], "Option 3a, for now", ["Option 3a: Bags"]),
        (["Option 1", "Option 2", "Option 3"], f"It is a blend of options 2 and 3.{LONG}", ["Option 2", "Option 3"]),
        ([JARS, BAGS], f"It is late.{LONG} The hall has room for jars.", []),
        ([JARS, BAGS], f"We will not use jars.{LONG}", []),
    ],
)
def test_what_a_decision_names_is_chosen(options: list[str], decision: str, found: list[str]) -> None:
    assert chosen(options, decision) == found


INSIDE = "### Option A\n\nJars are tight.\n\n### Option B\n\nBags are cheap.\n"


@pytest.mark.parametrize(
    ("before", "found"), [("", []), ("We take option A.\n\n", ["Option A"]), ("We take jars.\n\n", [])]
)
def test_being_listed_below_the_decision_chooses_nothing(before: str, found: list[str]) -> None:
    assert outcomes(f"## Decision\n\n{before}{INSIDE}", "chosen") == found


def test_a_list_in_the_decision_chooses_nothing_either() -> None:
    body = "## Decision\n\nThere are two options:\n\n- use jars\n- use bags\n\nWe will use bags.\n"
    assert outcomes(body, "chosen") == ["use bags"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Rejected: it tears.", "rejected"),
        ("This was rejected in favor of jars.", "rejected"),
        ("This option was accepted, with a lid.", "chosen"),
        ("Not chosen, as it tears.", "rejected"),
        ("Rejected parcels come back in it.", "undecided"),
        ("The board accepted it.", "undecided"),
    ],
)
def test_an_option_may_begin_with_what_became_of_it(text: str, outcome: str) -> None:
    headed = f"## Considered Options\n\n### Tins\n\n{text}\n\n### Sacks\n\nThey are brown.\n"
    assert outcomes(headed, outcome)[:1] == ["Tins"]
    assert outcomes(f"## Considered Options\n\n- **Tins.** {text}\n- **Sacks.** They are brown.\n", outcome)[:1] == [
        "Tins"
    ]


def test_what_stands_below_rejected_alternatives_is_never_chosen() -> None:
    body = "## Decision\n\nWe will use the jars of the dairy.\n\n## {}\n\n- Jars\n- Tins\n"
    assert outcomes(body.format("Rejected alternatives"), "chosen") == []
    assert outcomes(body.format("Alternatives"), "chosen") == ["Jars"]


@pytest.mark.parametrize("below", ["- Tins\n- Sacks\n\nMore words.", "Tins\n\nMore words."])
def test_alternatives_may_have_a_line_of_their_own_in_another_part(below: str) -> None:
    body = f"## Decision\n\nUse jars.\n\n## Consequences\n\nIt is tidy.\n\n**Alternatives considered:**\n\n{below}\n"
    record = parse_record(HEAD + body, "docs/adr/0007-keep-flour.md")
    assert outcomes(body, "rejected")[:1] == ["Tins"]
    assert record.consequences == "It is tidy.\nMore words."
