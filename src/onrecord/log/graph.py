"""How the records of a log hang together: which one replaces, amends or relates to which, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from onrecord.log.references import Reason, follow, make_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from onrecord.log.references import Log
    from onrecord.record import DecisionRecord

Kind: TypeAlias = Literal["supersedes", "amends", "relates-to"]
Field: TypeAlias = Literal["supersedes", "superseded_by", "amends", "relates_to"]

_KINDS: dict[Field, Kind] = {
    "supersedes": "supersedes",
    "superseded_by": "supersedes",
    "amends": "amends",
    "relates_to": "relates-to",
}


class Edge(NamedTuple):
    """`source` replaces, amends or relates to `target`; the sides that say so. `is_partial`: only a part is replaced.

    `is_linked` tells that the side that does not say so at least links to the other one. Two records that relate to each other are one edge, from the first of their paths.
    """

    kind: Kind
    source: DecisionRecord
    target: DecisionRecord
    by_source: bool
    by_target: bool
    is_partial: bool = False
    is_linked: bool = False


class Unresolved(NamedTuple):
    """What a record names under `field` and no record of its log is: the text as read, and why."""

    record: DecisionRecord
    field: Field
    text: str
    reason: Reason


class Graph(NamedTuple):
    """All relations of a log, in order of their paths; each once, however often and by whomever it is stated."""

    edges: tuple[Edge, ...]
    unresolved: tuple[Unresolved, ...]

    def successors(self, record: DecisionRecord) -> list[Edge]:
        """Return the edges by which others replace a record, wholly."""
        return [edge for edge in self.supersessions() if edge.target is record]

    def supersessions(self) -> list[Edge]:
        """Return the edges by which one record replaces another, wholly."""
        return [edge for edge in self.edges if edge.kind == "supersedes" and not edge.is_partial]


def build_graph(
    records: Iterable[DecisionRecord],
    exists: Callable[[str], bool] = lambda _path: True,
    folders: Iterable[str] = (),
    unread: Iterable[str] = (),
) -> Graph:
    """Resolve what records name to records of the same log.

    `exists` tells whether a path relative to the repository is there. Without `folders` that were looked through whole
    (with the files in them that were left `unread`), no number is said to be missing.
    """
    log = make_log(records, exists, folders, unread)
    edges: dict[tuple[Kind, int, int], Edge] = {}
    unresolved = []
    for record, field, text in _statements(log):
        found = follow(text, record, log)
        if isinstance(found, str):
            unresolved.append(Unresolved(record, field, text, found))
        elif found is not record:
            _add(edges, record, field, found, text in record.partly)
    ends = [edge._replace(is_linked=_is_linked(edge, log)) for edge in edges.values()]
    ordered = sorted(ends, key=lambda e: (e.source.path, e.source.span, e.kind, e.target.path, e.target.span))
    return Graph(tuple(ordered), tuple(unresolved))


def _statements(log: Log) -> Iterator[tuple[DecisionRecord, Field, str]]:
    for record in log.records:
        if record.kind == "record":
            for field in _KINDS:
                for text in getattr(record, field):
                    yield record, field, text


def _add(
    edges: dict[tuple[Kind, int, int], Edge], record: DecisionRecord, field: Field, named: DecisionRecord, partly: bool
) -> None:
    """Note a statement: as a new edge, or as the other side of one that is known."""
    kind = _KINDS[field]
    source, target = (named, record) if field == "superseded_by" else (record, named)
    if kind == "relates-to" and (target.path, target.span) < (source.path, source.span):
        source, target = target, source
    key = (kind, id(source), id(target))
    known = edges.get(key, Edge(kind, source, target, False, False))
    edges[key] = known._replace(
        by_source=known.by_source or source is record,
        by_target=known.by_target or target is record,
        is_partial=known.is_partial or (kind == "supersedes" and partly),
    )


def _is_linked(edge: Edge, log: Log) -> bool:
    if edge.by_source and edge.by_target:
        return True
    silent, other = (edge.target, edge.source) if edge.by_source else (edge.source, edge.target)
    return any(follow(mark.text, silent, log) is other for mark in silent.links)


def circles(graph: Graph) -> list[list[DecisionRecord]]:
    """Return the groups of records of which each replaces, by way of the others, itself; in order of their paths."""
    after: dict[int, list[DecisionRecord]] = {}
    for edge in graph.supersessions():
        after.setdefault(id(edge.source), []).append(edge.target)
    records = {id(end): end for edge in graph.supersessions() for end in (edge.source, edge.target)}
    reach = {key: _reachable(key, after) for key in records}
    groups: dict[frozenset[int], list[DecisionRecord]] = {}
    for key in records:
        if key in reach[key]:
            group = frozenset(other for other in reach[key] if key in reach[other])
            groups[group] = sorted((records[one] for one in group), key=lambda record: (record.path, record.span))
    return sorted(groups.values(), key=lambda group: group[0].path)


def _reachable(start: int, after: dict[int, list[DecisionRecord]]) -> set[int]:
    seen: set[int] = set()
    left = [start]
    while left:
        for record in after.get(left.pop(), ()):
            if id(record) not in seen:
                seen.add(id(record))
                left.append(id(record))
    return seen
