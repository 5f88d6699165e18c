"""supersedes-self: a record that replaces itself."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, quote
from onrecord.rules.samples import nygard


def _check(subject: RecordSubject) -> Iterator[Hit]:
    record = subject.record
    name = record.path.rsplit("/", 1)[-1]
    for relation, targets in (("superseded by", record.superseded_by), ("superseding", record.supersedes)):
        for target in targets:
            if target.split("#")[0].removeprefix("./") == name:
                yield Hit(record.slots["status"].span or record.span, f"it names itself as {relation} {quote(target)}")


RULE = Rule(
    id="supersedes-self",
    scope="record",
    severity=Severity.ERROR,
    summary="The record says that it replaces, or is replaced by, itself.",
    why="The chain of decisions ends in a circle of one.",
    help="Name the other record, for example “Superseded by [0012](0012-use-kafka.md)”.",
    check=_check,
    good=(
        Example(
            "Another record.",
            nygard(status="Superseded by [0012](0012-use-kafka.md)"),
            others=("docs/adr/0012-use-kafka.md",),
        ),
    ),
    bad=(
        Example(
            "Itself.",
            nygard(status="Superseded by [0007](0007-example.md)"),
        ),
    ),
)
