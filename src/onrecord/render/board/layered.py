"""A plain layered layout: what came first stands left, what followed right of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SWEEPS = 4


def components(edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of nodes that hang together, the largest first."""
    near: dict[int, set[int]] = {}
    for one, other in edges:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    groups, seen = [], set[int]()
    for start in sorted(near):
        group, left = [], [start]
        while left:
            if (node := left.pop()) not in seen:
                seen.add(node)
                group.append(node)
                left += near[node]
        if group:
            groups.append(sorted(group))
    return sorted(groups, key=lambda group: (-len(group), group))


def layers(nodes: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the nodes in layers such that an edge (before, after) leads right; of a circle, one edge leads back."""
    inside = set(nodes)
    after: dict[int, list[int]] = {node: [] for node in nodes}
    for one, other in edges:
        if one in inside and other in inside and one != other:
            after[one].append(other)
    depth: dict[int, int] = dict.fromkeys(nodes, 0)
    for node in _in_order(nodes, after):
        for follower in after[node]:
            if depth[follower] <= depth[node] and not _reaches(follower, node, after):
                depth[follower] = depth[node] + 1
    found: list[list[int]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in nodes:
        found[depth[node]].append(node)
    return _untangled([layer for layer in found if layer], edges)


def _in_order(nodes: Sequence[int], after: dict[int, list[int]]) -> list[int]:
    """Return the nodes such that what comes before comes first, circles aside; without recursion."""
    done: list[int] = []
    seen: set[int] = set()
    for start in nodes:
        stack = [(start, iter(after[start]))] if start not in seen else []
        seen.add(start)
        while stack:
            node, followers = stack[-1]
            follower = next((one for one in followers if one not in seen), None)
            if follower is None:
                done.append(node)
                stack.pop()
            else:
                seen.add(follower)
                stack.append((follower, iter(after[follower])))
    return done[::-1]


def _reaches(start: int, end: int, after: dict[int, list[int]]) -> bool:
    seen: set[int] = set()
    left = [start]
    while left:
        if (node := left.pop()) == end:
            return True
        if node not in seen:
            seen.add(node)
            left += after[node]
    return False


def _untangled(found: list[list[int]], edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the layers, each in the order of the mean place of its neighbors."""
    near: dict[int, list[int]] = {}
    for one, other in edges:
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    for _ in range(_SWEEPS):
        place = {node: at / len(layer) for layer in found for at, node in enumerate(layer)}
        for layer in found:
            mean = {n: sum(place.get(o, 0) for o in near.get(n, ())) / max(1, len(near.get(n, ()))) for n in layer}
            layer.sort(key=lambda node: (mean[node], node))
            place |= {node: at / len(layer) for at, node in enumerate(layer)}
    return found
