"""Where new rows go in a list, found without going through it again for each of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from onrecord.log.index.match import Placed

_Sorting: TypeAlias = tuple[str, int, str]  # a record's folder, its number, its path


class Node:
    """One row of a chain, with those before and behind it."""

    __slots__ = ("after", "before", "placed")

    def __init__(self, placed: Placed | None) -> None:
        """Stand alone."""
        self.placed = placed
        self.before = self.after = self


class Chain:
    """The rows of a list in their order; a new one comes in without moving any other. `end` stands behind the last."""

    def __init__(self, rows: Iterable[Placed]) -> None:
        """Begin with the rows that are there; `nodes` are theirs."""
        self.end = Node(None)
        self.nodes = [self.insert(one, self.end) for one in rows]

    def insert(self, placed: Placed, at: Node) -> Node:
        """Put a row before another one."""
        node = Node(placed)
        node.before, node.after = at.before, at
        at.before.after = at.before = node
        return node

    def rows(self) -> Iterator[Placed]:
        """Yield all rows in order."""
        node = self.end.after
        while node.placed is not None:
            yield node.placed
            node = node.after

    def first_of(self, nodes: Collection[Node]) -> Node:
        """Return which of these stands before the others."""
        return next(iter(nodes)) if len(nodes) == 1 else self._in_order(nodes)[0]

    def last_of(self, nodes: Collection[Node]) -> Node:
        """Return which of these stands behind the others."""
        return next(iter(nodes)) if len(nodes) == 1 else self._in_order(nodes)[-1]

    def _in_order(self, nodes: Collection[Node]) -> list[Node]:
        wanted, found, node = set(nodes), [], self.end.after
        while node is not self.end:
            found += [node] if node in wanted else []
            node = node.after
        return found


class KeyedPlaces:
    """The places of rows in a list that is sorted by a value, or mostly: before the first of a larger one."""

    def __init__(self, chain: Chain, values: Sequence[Any], new: Iterable[Any], descending: bool) -> None:
        """Rank the `values` of the rows there are (None: it has none) and of the new ones."""
        known = sorted({value for value in (*values, *new) if value is not None}, reverse=descending)
        self._rank = {value: rank for rank, value in enumerate(known)}
        self._chain = chain
        valued = [
            (self._rank[value], node) for value, node in zip(values, chain.nodes, strict=True) if value is not None
        ]
        self._ranks, self._nodes = [rank for rank, _ in valued], [node for _, node in valued]
        self._is_sorted = all(a <= b for a, b in pairwise(self._ranks))

    def insert(self, placed: Placed, value: Any) -> Node:
        """Put a row in at the last place with the fewest rows on the wrong side of it, before a row of a larger value."""
        rank = self._rank[value]
        i = bisect_right(self._ranks, rank) if self._is_sorted else _fewest_wrong(self._ranks, rank)
        node = self._chain.insert(placed, self._nodes[i] if i < len(self._nodes) else self._chain.end)
        self._ranks.insert(i, rank)
        self._nodes.insert(i, node)
        return node


def _fewest_wrong(ranks: list[int], own: int) -> int:
    wrong = best = 0
    at = len(ranks)
    for i, rank in enumerate(ranks):
        if rank < own:
            wrong -= 1
        elif rank > own:
            if wrong <= best:
                best, at = wrong, i
            wrong += 1
    return len(ranks) if wrong <= best else at


class FolderPlaces:
    """The places of rows in a list in an order of its own: behind the next lower number of the same folder.

    In a list that begins with the last it is the next higher one. New rows come in that order too, so that of those
    only the latest two keys of each folder matter.
    """

    def __init__(self, chain: Chain, keys: Iterable[_Sorting | None], descending: bool) -> None:
        """Sort the rows there are by their `keys` within each folder; None for a row of no record."""
        self._chain, self._descending = chain, descending
        self._there: dict[str, list[tuple[_Sorting, int, Node]]] = {}
        for i, (key, node) in enumerate(zip(keys, chain.nodes, strict=True)):
            if key is not None:
                self._there.setdefault(key[0], []).append((key, i, node))
        self._first = {folder: rows[0][2] for folder, rows in self._there.items()}
        for rows in self._there.values():
            rows.sort(key=lambda row: row[:2])
        self._keys = {folder: [key for key, _, _ in rows] for folder, rows in self._there.items()}
        self._new: dict[str, list[tuple[_Sorting, list[Node]]]] = {}

    def note(self, key: _Sorting, node: Node) -> None:
        """Take a new row into account."""
        new = self._new.setdefault(key[0], [])
        if new and new[-1][0] == key:
            new[-1][1].append(node)
        else:
            new[:] = [*new[-1:], (key, [node])]

    def insert(self, placed: Placed, key: _Sorting) -> Node:
        """Put a row in behind its neighbor and the rows of no record there; without one, before the first of its folder."""
        found = [*self._nearest_there(key), *[one for one in self._new.get(key[0], ()) if one[0] != key][-1:]]
        if not found:
            beside = [self._first[key[0]]] if key[0] in self._first else []
            beside += [node for _, nodes in self._new.get(key[0], ()) for node in nodes]
            return self._chain.insert(placed, self._chain.first_of(beside) if beside else self._chain.end)
        best = (min if self._descending else max)(one for one, _ in found)
        nodes = [node for one, nodes in found if one == best for node in nodes]
        at = (self._chain.first_of(nodes) if self._descending else self._chain.last_of(nodes)).after
        while at.placed is not None and at.placed.record is None:
            at = at.after
        return self._chain.insert(placed, at)

    def _nearest_there(self, key: _Sorting) -> list[tuple[_Sorting, list[Node]]]:
        rows, keys = self._there.get(key[0], []), self._keys.get(key[0], [])
        i = bisect_right(keys, key) if self._descending else bisect_left(keys, key) - 1
        return [(rows[i][0], [rows[i][2]])] if 0 <= i < len(rows) else []
