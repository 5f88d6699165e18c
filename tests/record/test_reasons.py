"""The reason of a decision: behind which words it begins, where it may stand, and how far it goes."""

from __future__ import annotations

import pytest

from onrecord.record import parse_record
from onrecord.record.body import read_decision
from onrecord.record.vocabulary import shipped

DETAILS = "The jar is blue. It holds a liter. It has a lid."


def reason(text: str) -> str | None:
    return read_decision(text, shipped()).justification


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will use jars because bags tear.", "bags tear"),
        ("We will use jars, as it saves paper.", "it saves paper"),
        ("We will use jars. They stay since bags tear in frost.", "bags tear in frost"),
        ("Chosen option: jars, because:\nbags tear\nboxes leak", "bags tear"),
        ("Wir nehmen Gläser, da sie dicht sind.", "sie dicht sind"),
        ("We nemen potten, want zakken scheuren snel.", "zakken scheuren snel"),
        ("Nous prenons des bocaux, car les sacs se déchirent.", "les sacs se déchirent"),
    ],
)
def test_it_begins_behind_its_word(text: str, found: str) -> None:
    assert reason(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We will use jars. The cooks want to see what is inside.",
        "We will use jars in every dining car of this train.",
        "We leave the shelf exactly as it is today.",
        "We leave the shelf as it is.",
        "We keep the jars that have stood there since the last move.",
        "We keep the jars that are there since version 2 of the plan.",
    ],
)
def test_the_same_letters_may_say_something_else(text: str) -> None:
    assert reason(text) is None


def test_further_down_a_long_text_gives_reasons_for_its_details() -> None:
    assert reason(f"We will use jars. {DETAILS} The lid is red because blue was sold out.") is None
    assert reason(f"We will use jars. {DETAILS} We chose jars because bags tear.") == "bags tear"


def test_a_blank_of_a_template_is_no_reason() -> None:
    assert reason("We will use jars because {reason}.") is None


def test_what_stands_below_a_label_comes_behind_it() -> None:
    text = "# 7. Jars\n\n## Decision Outcome\n\nChosen option: jars, because\n\n* bags tear\n* boxes leak\n"
    decision = parse_record(text, "docs/adr/0007-jars.md").decision
    assert decision is not None
    assert decision.text == "Chosen option: jars, because\nbags tear\nboxes leak"
    assert (decision.chosen_option, decision.justification) == ("jars", "bags tear")
