"""supersedes-contested: two records in force say that they replace the same one."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.log.graph import Edge, Graph
from onrecord.log.links import name_of
from onrecord.record import DecisionRecord
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    graph = subject.graph
    olds = {id(edge.target): edge.target for edge in graph.supersessions()}
    for old in olds.values():
        newer = [edge for edge in graph.successors(old) if edge.by_source and _is_accepted(edge.source)]
        sources = {id(edge.source) for edge in newer}
        claims = [edge for edge in newer if not _has_successor_among(sources, edge, graph)]
        doubted = [edge.source for edge in claims if not edge.by_target]  # split in two by its own words: legal
        here = [one for one in doubted if subject.checks(one)]
        if len(claims) > 1 and here:
            rival = next(edge.source for edge in claims if edge.source is not here[-1])
            seen = f"it says that it supersedes {old.path.rsplit('/', 1)[-1][:60]}, as {name_of(rival)} does"
            yield here[-1].path, Hit(place_of(here[-1], "supersedes", "status"), seen)


def _has_successor_among(sources: set[int], claim: Edge, graph: Graph) -> bool:
    """Tell whether another one that replaces the old record says that it replaces this one too: one after the other."""
    return any(id(edge.source) in sources for edge in graph.successors(claim.source))


def _is_accepted(record: DecisionRecord) -> bool:
    return record.status is not None and record.status.value == "accepted" and not record.superseded_by


def _file(number: int, name: str, status: str) -> FileExample:
    text = nygard(status).replace("# 7. Keep invoices in PostgreSQL", f"# {number}. {name}")
    return FileExample(f"docs/adr/{number:04}-{name.lower().replace(' ', '-')}.md", text, text)


_CLAIM = "Accepted\n\nSupersedes ADR-0003"

RULE = Rule(
    id="supersedes-contested",
    scope="log",
    severity=Severity.NOTICE,
    summary="Two accepted records say that they replace the same one, which does not name both.",
    why="A reader who comes from the old record finds one answer and misses the other.",
    help="Let the old record name both, or let the later one replace the earlier one.",
    check_log=_check_log,
    good=(
        Example(
            "One record split in two.",
            nygard(_CLAIM),
            files=(
                _file(3, "Keep a ledger", "Superseded by ADR-0007 and ADR-0005"),
                _file(5, "Archive invoices", _CLAIM),
            ),
        ),
        Example(
            "One after the other.",
            nygard("Accepted\n\nSupersedes ADR-0003 and ADR-0005"),
            files=(
                _file(3, "Keep a ledger", "Superseded by ADR-0005"),
                _file(5, "Archive invoices", "Superseded by ADR-0007"),
            ),
        ),
    ),
    bad=(
        Example(
            "The old one knows of one successor.",
            nygard(_CLAIM),
            files=(_file(3, "Keep a ledger", "Superseded by ADR-0005"), _file(5, "Archive invoices", _CLAIM)),
        ),
    ),
)
