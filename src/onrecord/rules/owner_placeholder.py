"""owner-placeholder: a stand-in where a name should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, at, quote
from onrecord.rules.samples import madr


def _seen(facts: Mapping[str, Any], pointer: str) -> str:
    return f"the decision-maker is given as {quote(at(facts, pointer))}"


RULE = Rule(
    id="owner-placeholder",
    scope="record",
    severity=Severity.WARNING,
    summary="The owner is a stand-in that names nobody.",
    why="“TBD” and “the team” cannot be asked; a person or a named team can.",
    help="Name a person or a real team, for example “Ann Example” or “@acme/payments”.",
    seen=_seen,
    slot="decision_makers",
    good=(
        Example(
            "A named team is an owner.",
            madr(owner='["@acme/payments"]'),
        ),
        Example(
            "Words inside a name are fine.",
            madr(owner='["Team Apps", "Metest"]'),
        ),
    ),
    bad=(
        Example(
            "TBD.",
            madr(owner="TBD"),
        ),
        Example(
            "Nobody in particular.",
            madr(owner='["the team"]'),
        ),
        Example(
            "A template's brace.",
            madr(owner="{list everyone involved in the decision}"),
        ),
    ),
)
