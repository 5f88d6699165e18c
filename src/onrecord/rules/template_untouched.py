"""template-untouched: a description that is still the team's template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return "the description is still the template, with little of its own in it"


RULE = Rule(
    id="template-untouched",
    scope="change",
    severity=Severity.NOTICE,
    summary="The description is still the pull-request template.",
    why="Readers meet headings and questions where they look for the reason of the change.",
    help="One sentence on why, and headings that do not apply taken out, is enough.",
    seen=_seen,
    good=(
        Example(
            "Filled in.",
            "## What changes\n\nJobs wait in PostgreSQL now.\n\n## Why\n\nThe old queue lost jobs whenever it restarted.\n",
        ),
        Example("Written freely, without the template.", "The old queue lost jobs whenever it restarted.\n"),
    ),
    bad=(
        Example(
            "Its headings and questions, and nothing else.",
            "## What changes\n\nOne or two sentences.\n\n## Why\n\nWhat happens without it?\n",
        ),
        Example(
            "An issue number is little to go by.",
            "## What changes\n\nFixes #12\n\n## Why\n\nWhat happens without it?\n",
        ),
    ),
)
