"""relation-outdated: a record in force builds on one that was replaced."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.graph import Graph
from onrecord.log.links import name_of
from onrecord.record import DecisionRecord
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    graph = subject.graph
    for edge in graph.edges:
        if edge.kind == "supersedes":
            continue
        for record, old in edge.says():
            newer = [one.source for one in graph.successors(old)]
            if not newer or not subject.checks(record) or not _is_active(record) or not _is_retired(old):
                continue
            if not _knows(graph, record, (old, *newer)):
                does = "amends" if edge.kind == "amends" else "relates to"
                seen = f"it {does} {old.path.rsplit('/', 1)[-1][:60]}, which {name_of(newer[0])} has replaced"
                field = "amends" if edge.kind == "amends" else "relates_to"
                yield record.path, Hit(place_of(record, field, "status"), seen)


def _is_active(record: DecisionRecord) -> bool:
    return record.status is not None and record.status.value in ("accepted", "proposed")


def _is_retired(record: DecisionRecord) -> bool:
    return record.status is not None and record.status.value == "superseded"


def _knows(graph: Graph, record: DecisionRecord, chain: tuple[DecisionRecord, ...]) -> bool:
    """Tell whether a record is the successor itself, or names it: then it tells a history."""
    old, *newer = chain
    if any(one is record for one in newer):
        return True
    named = {id(other) for other in graph.named_by(record) if other is not old}
    return any(id(one) in named for one in newer)


def _file(number: int, name: str, status: str) -> FileExample:
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", f"# {number}. {name}")
    return FileExample(f"docs/adr/{number:04}-{name.lower().replace(' ', '-')}.md", text, text)


_REPLACED = (_file(3, "Keep a ledger", "Superseded by ADR-0005"), _file(5, "Archive invoices", "Accepted"))

RULE = Rule(
    id="relation-outdated",
    scope="log",
    severity=Severity.NOTICE,
    summary="A record in force amends or relates to one that was replaced.",
    why="What it builds on no longer holds, and its reader is not told.",
    help="Name the successor too, or say in a line what of the old record still holds.",
    check_log=_check_log,
    good=(
        Example("What it amends holds.", nygard("Accepted\n\nAmends ADR-0005"), files=_REPLACED),
        Example(
            "It names the successor too.",
            nygard("Accepted\n\nAmends ADR-0003\n\nExtends ADR-0005"),
            files=_REPLACED,
        ),
    ),
    bad=(Example("What it amends was replaced.", nygard("Accepted\n\nAmends ADR-0003"), files=_REPLACED),),
)
