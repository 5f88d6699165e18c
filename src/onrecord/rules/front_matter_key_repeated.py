"""front-matter-key-repeated: the same key twice in the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity
from onrecord.rules.samples import madr


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "front-matter-key-repeated":
            yield Hit(problem.span, problem.message)


RULE = Rule(
    id="front-matter-key-repeated",
    scope="record",
    severity=Severity.WARNING,
    summary="A key stands twice in the front matter.",
    why="Readers see one value and tools take the other.",
    help="Keep one of the two lines.",
    check=_check,
    good=(
        Example(
            "Once.",
            madr(),
        ),
    ),
    bad=(
        Example(
            "Twice.",
            madr(status="status: accepted\nstatus: proposed"),
        ),
    ),
)
