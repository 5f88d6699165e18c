"""owner-missing: nobody is named as having decided."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.lazily import TYPE_CHECKING
from onrecord.rules.model import Example, Rule, Severity
from onrecord.rules.samples import madr, nygard

if TYPE_CHECKING:
    from typing import Any


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    others = [role for role in ("authors", "consulted", "informed") if facts.get(role)]
    return "no decision-maker is named" + (f", only {' and '.join(others)}" if others else "")


RULE = Rule(
    id="owner-missing",
    scope="record",
    severity=Severity.WARNING,
    summary="Nobody is named as having decided.",
    why="In six months somebody will want to ask why, or to change it; a name is where they start.",
    help="Add who decided, for example “decision-makers: [Ann Example]” in the front matter, or a line “Deciders: Ann Example”.",
    seen=_seen,
    slot="decision_makers",
    good=(
        Example(
            "Front matter.",
            madr(),
        ),
        Example(
            "A line in the header.",
            nygard(header="Date: 2026-03-01\nDeciders: Ann Example"),
        ),
    ),
    bad=(
        Example(
            "No name at all.",
            nygard(),
        ),
        Example(
            "An author is not yet a decider.",
            nygard(header="Date: 2026-03-01\nAuthor: Ann Example"),
        ),
    ),
)
