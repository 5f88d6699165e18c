"""Blanks of a template that nobody filled in, beside the braces that people write."""

from __future__ import annotations

import pytest

from onrecord.record import parse_record
from onrecord.record.placeholders import find_placeholder
from onrecord.record.vocabulary import shipped


@pytest.mark.parametrize(
    "text",
    [
        "{title}",
        '"{title}"',
        "Chosen option: {title}",
        'Chosen option: "{option}", because {reason}.',
        "{title}, because {reason, e.g. {one} of them}",
        "Gewählte Option: {titel}, weil {grund}",
    ],
)
def test_nothing_but_blanks(text: str) -> None:
    assert find_placeholder(text, shipped()) is not None


@pytest.mark.parametrize(
    "text", ["{accepted}", "{in-progress}", "{Roth}", "Store it at {id}", "Chosen option: {title} by hand", "{}"]
)
def test_braces_in_what_somebody_wrote(text: str) -> None:
    assert find_placeholder(text, shipped()) is None


@pytest.mark.parametrize("line", ["Chosen option: {title}", "Chosen option: {title}, because {reason}."])
def test_a_decision_of_blanks_is_none(line: str) -> None:
    record = parse_record(f"# 7. Keep\n\n## Decision Outcome\n\n{line}\n", "docs/adr/0007-keep.md")
    assert (record.decision, record.slots["decision"].state) == (None, "placeholder")


def test_a_blank_with_a_reason_behind_it_names_no_option() -> None:
    text = "# 7. Keep\n\n## Decision Outcome\n\nChosen option: {title}, because it is tight.\n"
    decision = parse_record(text, "docs/adr/0007-keep.md").decision
    assert decision is not None
    assert (decision.chosen_option, decision.justification) == (None, "it is tight")
