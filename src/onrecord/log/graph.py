"""How the records of a log hang together: which one replaces, amends or relates to which, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from onrecord.log.references import Reason, follow, make_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from onrecord.log.references import Log
    from onrecord.markdown import Span
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

    def says(self) -> list[tuple[DecisionRecord, DecisionRecord]]:
        """Return who names whom."""
        sides = ((self.by_source, self.source, self.target), (self.by_target, self.target, self.source))
        return [(record, named) for says, record, named in sides if says]


class Unresolved(NamedTuple):
    """What a record names under `field` and no record of its log is: the text as read, and why."""

    record: DecisionRecord
    field: Field
    text: str
    reason: Reason


@dataclass(frozen=True)
class Graph:
    """All relations of a log, in order of their paths; each once, however often and by whomever it is stated."""

    edges: tuple[Edge, ...]
    unresolved: tuple[Unresolved, ...]

    def successors(self, record: DecisionRecord) -> Sequence[Edge]:
        """Return the edges by which others replace a record, wholly."""
        return self._successors.get(id(record), ())

    def named_by(self, record: DecisionRecord) -> Sequence[DecisionRecord]:
        """Return the records that a record names itself, by whatever relation."""
        return self._named.get(id(record), ())

    def supersessions(self) -> Sequence[Edge]:
        """Return the edges by which one record replaces another, wholly."""
        return self._supersessions

    @cached_property
    def _supersessions(self) -> list[Edge]:
        return [edge for edge in self.edges if edge.kind == "supersedes" and not edge.is_partial]

    @cached_property
    def _successors(self) -> dict[int, list[Edge]]:
        found: dict[int, list[Edge]] = {}
        for edge in self._supersessions:
            found.setdefault(id(edge.target), []).append(edge)
        return found

    @cached_property
    def _named(self) -> dict[int, list[DecisionRecord]]:
        found: dict[int, list[DecisionRecord]] = {}
        for edge in self.edges:
            for record, other in edge.says():
                found.setdefault(id(record), []).append(other)
        return found


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
    return graph_of(make_log(records, exists, folders, unread))


def graph_of(log: Log) -> Graph:
    """Resolve what the records of a log name, as `build_graph` does."""
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
    after: dict[int, list[int]] = {}
    records: dict[int, DecisionRecord] = {}
    for edge in graph.supersessions():
        after.setdefault(id(edge.source), []).append(id(edge.target))
        records |= {id(edge.source): edge.source, id(edge.target): edge.target}
    groups = [sorted((records[one] for one in group), key=_place) for group in _bound(records, after)]
    return sorted((group for group in groups if len(group) > 1), key=lambda group: _place(group[0]))


def _place(record: DecisionRecord) -> tuple[str, Span]:
    return record.path, record.span


def _bound(all_of_them: Iterable[int], after: dict[int, list[int]]) -> Iterator[list[int]]:
    """Yield the groups in which each can be reached from each, in one walk over all steps (after R. Tarjan, 1972)."""
    met: dict[int, int] = {}  # when each was first met
    back: dict[int, int] = {}  # the earliest, still open, that it leads back to
    open_ones: dict[int, None] = {}  # met, and not in a group yet
    for start in all_of_them:
        way = [] if start in met else [(start, iter(after.get(start, ())))]
        while way:
            here, steps = way[-1]
            if here not in met:
                met[here] = back[here] = len(met)
                open_ones[here] = None
            step = next(steps, None)
            if step is not None and step not in met:
                way.append((step, iter(after.get(step, ()))))
            elif step is not None:
                back[here] = min(back[here], met[step]) if step in open_ones else back[here]
            else:
                way.pop()
                if way:
                    back[way[-1][0]] = min(back[way[-1][0]], back[here])
                if back[here] == met[here]:
                    yield _taken_back(open_ones, here)


def _taken_back(open_ones: dict[int, None], until: int) -> list[int]:
    group: list[int] = []
    while not group or group[-1] != until:
        group.append(open_ones.popitem()[0])
    return group
