"""template-unfilled: a numbered record that is still its template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.rules.model import Example, Rule, Severity
from onrecord.rules.samples import madr


def _seen(facts: Mapping[str, Any], pointer: str) -> str:  # noqa: ARG001
    return "the parts of this record are empty or hold the template's text"


RULE = Rule(
    id="template-unfilled",
    scope="record",
    severity=Severity.WARNING,
    summary="The file is numbered as a record, and nothing is filled in yet.",
    why="It takes a number and a place in the list, and tells readers nothing.",
    help="Three sentences are enough: the decision, what it was chosen over, and who decided.",
    seen=_seen,
    good=(
        Example(
            "Filled in.",
            madr(),
        ),
    ),
    bad=(
        Example(
            "Untouched.",
            """\
# {short title}

## Context and Problem Statement

{describe the context and problem in two to three sentences}

## Considered Options

* {title of option 1}
* {title of option 2}

## Decision Outcome

Chosen option: "{title of option 1}", because {justification}
""",
        ),
        Example(
            "Empty.",
            """\
""",
        ),
    ),
)
