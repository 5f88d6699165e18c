"""transition-illegal: a status goes where it cannot go."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.markdown import Span
from onrecord.record import DecisionRecord
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity
from onrecord.rules.samples import madr, nygard

_PATH = "docs/adr/0007-example.md"
# What held once was no draft and is not rejected after the fact. Asking again (proposed) is always possible.
_HELD = ("accepted", "superseded", "deprecated")
_NEVER_HELD = ("rejected", "draft")


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    for file in subject.change.files or ():
        before = subject.before.get(file.previous or file.path)
        after = [record for record in subject.records if record.path == file.path]
        if before is None or len(after) != 1 or not before.status or not after[0].status:
            continue
        old, new = before.status.value, after[0].status.value
        if old in _HELD and new in _NEVER_HELD:
            yield file.path, Hit(_place(after[0]), f"the status goes from {old} to {new}")
        elif old == "superseded" and new == "accepted" and after[0].superseded_by:
            seen = "the status goes from superseded back to accepted, and a successor is still named"
            yield file.path, Hit(_place(after[0]), seen)


def _place(record: DecisionRecord) -> Span:
    slot = record.slots.get("status")
    line = slot.span.start if slot and slot.span else record.span.start
    return Span(line, line)


RULE = Rule(
    id="transition-illegal",
    scope="change",
    severity=Severity.NOTICE,
    summary="The status of a record goes where it cannot go.",
    why="A decision that held is part of the history, also when it was a mistake.",
    help="What held is superseded or deprecated; to ask the question again, set the status to proposed.",
    check_change=_check,
    good=(
        Example("Accepted.", "Done.\n", files=(FileExample(_PATH, nygard("Proposed"), nygard()),)),
        Example("Born accepted.", "Done.\n", files=(FileExample(_PATH, None, nygard()),)),
        Example("Asked again.", "Open.\n", files=(FileExample(_PATH, nygard("Rejected"), nygard("Proposed")),)),
        Example("Retired.", "Done.\n", files=(FileExample(_PATH, nygard(), nygard("Deprecated")),)),
    ),
    bad=(
        Example("Rejected after it held.", "Done.\n", files=(FileExample(_PATH, nygard(), nygard("Rejected")),)),
        Example(
            "In force again, and still replaced.",
            "Done.\n",
            files=(
                FileExample(
                    _PATH,
                    madr(status="status: superseded\nsuperseded-by: 0012-use-kafka.md"),
                    madr(status="status: accepted\nsuperseded-by: 0012-use-kafka.md"),
                ),
            ),
        ),
    ),
)
