"""supersedes-premature: retired already, for a successor that is not decided."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.links import name_of
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard

_OPEN = ("proposed", "draft")


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    graph = subject.graph
    for old in subject.records:
        if old.status is None or old.status.value != "superseded":
            continue
        newer = [edge.source for edge in graph.successors(old)]
        if newer and all(one.status is not None and one.status.value in _OPEN for one in newer):
            seen = f"the status is superseded, and its successor, {name_of(newer[0])}, is not decided yet"
            yield old.path, Hit(place_of(old, "status"), seen)


def _beside(status: str) -> FileExample:
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", "# 12. Use Kafka")
    return FileExample("docs/adr/0012-use-kafka.md", text, text)


RULE = Rule(
    id="supersedes-premature",
    scope="log",
    severity=Severity.NOTICE,
    summary="The record is superseded by one that is only proposed.",
    why="Until the new one is accepted, neither of the two holds.",
    help="Accept the successor, or keep this record accepted until that is decided.",
    check_log=_check_log,
    good=(
        Example("The successor is accepted.", nygard("Superseded by ADR-0012"), files=(_beside("Accepted"),)),
        Example("It holds until then.", nygard(), files=(_beside("Proposed\n\nSupersedes ADR-0007"),)),
    ),
    bad=(Example("The successor is proposed.", nygard("Superseded by ADR-0012"), files=(_beside("Proposed"),)),),
)
