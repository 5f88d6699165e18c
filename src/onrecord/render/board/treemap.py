"""A squarified treemap: areas as rectangles of nearly equal sides (Bruls, Huizing and van Wijk 2000)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Box(NamedTuple):
    """A rectangle, in the units of the whole."""

    x: float
    y: float
    width: float
    height: float


def squarified(weights: Sequence[float], width: float, height: float) -> list[Box]:
    """Return a box for each weight (above zero, the heaviest first) such that they fill width × height."""
    scale = width * height / sum(weights) if weights else 0
    left = [weight * scale for weight in weights]
    free = Box(0, 0, width, height)
    boxes: list[Box] = []
    while left:
        row = _row(left, min(free.width, free.height))
        placed, free = _laid(left[:row], free)
        boxes += placed
        left = left[row:]
    return boxes


def _row(areas: Sequence[float], side: float) -> int:
    """Return how many of the next areas make the squarest row along a side."""
    count, best = 1, _worst(areas[:1], side)
    while count < len(areas) and (worse := _worst(areas[: count + 1], side)) <= best:
        count, best = count + 1, worse
    return count


def _worst(areas: Sequence[float], side: float) -> float:
    total = sum(areas)
    return max(side * side * max(areas) / (total * total), total * total / (side * side * min(areas)))


def _laid(areas: Sequence[float], free: Box) -> tuple[list[Box], Box]:
    """Return the boxes of a row along the shorter side, and what is left of the space."""
    total = sum(areas)
    if free.width >= free.height:
        thick, at, boxes = total / free.height, free.y, []
        for area in areas:
            boxes.append(Box(free.x, at, thick, area / thick))
            at += area / thick
        return boxes, Box(free.x + thick, free.y, free.width - thick, free.height)
    thick, at, boxes = total / free.width, free.x, []
    for area in areas:
        boxes.append(Box(at, free.y, area / thick, thick))
        at += area / thick
    return boxes, Box(free.x, free.y + thick, free.width, free.height - thick)
