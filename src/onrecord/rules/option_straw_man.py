"""option-straw-man: the only rival is to do nothing, and no reason is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity, quote
from onrecord.rules.samples import madr


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    rivals = [o["title"] for o in facts["considered_options"] if o["outcome"] != "chosen"]
    return f"the options are one-sided: beside the choice stands only {quote(rivals[0] if rivals else '')}"


RULE = Rule(
    id="option-straw-man",
    scope="record",
    severity=Severity.NOTICE,
    summary="The only rival is to do nothing, and nothing is said for the choice.",
    why="A rival that nobody would choose makes the decision look weighed when it was not.",
    help="Name a real rival, or write in one sentence behind “Do nothing” why that was not good enough.",
    seen=_seen,
    slot="considered_options",
    good=(
        Example(
            "Doing nothing can be a real rival.",
            madr(options="* Redis\n* Do nothing: sessions keep being lost, about 40 a day"),
        ),
        Example(
            "A reason for the choice is enough.",
            madr(options="* Redis\n* Do nothing"),
        ),
    ),
    bad=(
        Example(
            "No reason anywhere.",
            madr(options="* Redis\n* Do not solve the problem", outcome='Chosen option: "Redis", because.'),
        ),
    ),
)
