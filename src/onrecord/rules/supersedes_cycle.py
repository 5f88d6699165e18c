"""supersedes-cycle: records that replace each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    from onrecord.log.graph import circles

    for group in circles(subject.graph):
        first = next((record for record in group if subject.checks(record)), None)
        if first is not None:
            names = [record.path.rsplit("/", 1)[-1] for record in group if record is not first]
            more = f" and {len(names) - 2} more" if len(names) > 2 else ""
            seen = f"it replaces itself by way of {', '.join(name[:60] for name in names[:2])}{more}"
            yield first.path, Hit(place_of(first, "superseded_by", "supersedes", "status"), seen)


def _beside(status: str) -> FileExample:
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", "# 12. Use Kafka")
    return FileExample("docs/adr/0012-use-kafka.md", text, text)


RULE = Rule(
    id="supersedes-cycle",
    scope="log",
    severity=Severity.ERROR,
    summary="Records replace each other in a circle.",
    why="Nobody can tell which of them holds.",
    help="Decide which one holds, and let only the others name a successor.",
    check_log=_check_log,
    good=(
        Example(
            "Each names the other, and they agree.",
            nygard("Superseded by ADR-0012"),
            files=(_beside("Accepted\n\nSupersedes ADR-0007"),),
        ),
    ),
    bad=(
        Example(
            "Each is superseded by the other.",
            nygard("Superseded by ADR-0012"),
            files=(_beside("Superseded by ADR-0007"),),
        ),
    ),
)
