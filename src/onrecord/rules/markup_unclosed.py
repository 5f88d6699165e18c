"""markup-unclosed: a comment that hides the rest of the file."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity
from onrecord.rules.samples import nygard


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "markup-unclosed":
            yield Hit(problem.span, f"{problem.message}, so that the rest of the file is hidden")


RULE = Rule(
    id="markup-unclosed",
    scope="record",
    severity=Severity.WARNING,
    summary="An HTML comment opens and never ends.",
    why="Everything below it is invisible to readers.",
    help="Close it with “-->”, or delete the opening mark.",
    check=_check,
    good=(
        Example(
            "Closed.",
            nygard(more="\n<!-- reviewed -->\n"),
        ),
        Example(
            "In code it is an example.",
            nygard(decision="We will write `<!--` in templates."),
        ),
    ),
    bad=(
        Example(
            "Open.",
            nygard(more="\n<!-- reviewed\n\n## Notes\n\nNobody sees this.\n"),
        ),
    ),
)
