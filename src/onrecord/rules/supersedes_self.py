"""supersedes-self: a record that replaces itself."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, LogSubject, Rule, Severity, place_of, quote
from onrecord.rules.samples import nygard


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    from onrecord.log.references import follow

    stating = [record for record in subject.records if record.superseded_by or record.supersedes]
    if not stating:
        return
    for record in stating:
        for field, relation in (("superseded_by", "superseded by"), ("supersedes", "superseding")):
            for target in getattr(record, field):
                own = target.removeprefix("./") == record.path.rsplit("/", 1)[-1]
                if own or (
                    "#" not in target and follow(target, record, subject.log) is record
                ):  # an anchor leads to a note
                    place = place_of(record, field, "status")
                    yield record.path, Hit(place, f"it names itself as {relation} {quote(target)}")


RULE = Rule(
    id="supersedes-self",
    scope="log",
    severity=Severity.ERROR,
    summary="The record says that it replaces, or is replaced by, itself.",
    why="The chain of decisions ends in a circle of one.",
    help="Name the other record, for example “Superseded by [0012](0012-use-kafka.md)”.",
    check_log=_check_log,
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
        Example("Its own number.", nygard(status="Superseded by ADR-0007")),
    ),
)
