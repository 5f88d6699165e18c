"""front-matter-invalid: a metadata block that is not valid."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity
from onrecord.rules.samples import madr


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "front-matter-invalid":
            yield Hit(problem.span, f"the front matter is not valid: {problem.message}")


RULE = Rule(
    id="front-matter-invalid",
    scope="record",
    severity=Severity.ERROR,
    summary="The front matter cannot be read.",
    why="Site generators and reports drop the whole block, and with it status, date and owner.",
    help='Mend the line; a value that starts with [, {, @, ` or % or holds “: ” needs quotes, for example title: "ADR-1: Use Redis".',
    check=_check,
    good=(
        Example(
            "Braces of an unfilled template are no syntax error.",
            madr(status="status: {proposed | accepted}"),
        ),
        Example(
            "Comments are fine.",
            madr(status="# optional\nstatus: accepted"),
        ),
    ),
    bad=(
        Example(
            "A bracket is open.",
            madr(status="status: [accepted"),
        ),
        Example(
            "A handle without quotes.",
            madr(owner="[@ann]"),
        ),
    ),
)
