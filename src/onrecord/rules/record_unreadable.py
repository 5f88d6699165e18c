"""record-unreadable: a file that is no text."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity
from onrecord.rules.samples import nygard


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "record-unreadable":
            yield Hit(problem.span, problem.message)


RULE = Rule(
    id="record-unreadable",
    scope="record",
    severity=Severity.ERROR,
    summary="The file cannot be read as text.",
    why="What cannot be read cannot be checked; a green result would hide it.",
    help="Replace it by a UTF-8 text file, or exclude it in the configuration.",
    check=_check,
    can_ignore=False,
    good=(
        Example(
            "Any text.",
            nygard(),
        ),
    ),
)
