"""How records replaced, amended and relate to each other, as a picture and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.render.board.layered import components, layers
from onrecord.render.board.log import status_of
from onrecord.render.board.pieces import foreign, section, short, text
from onrecord.render.columns import cut
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.log.graph import Edge
    from onrecord.record import DecisionRecord
    from onrecord.render.board.model import Board

_WIDE, _HIGH, _ACROSS, _BETWEEN = 216, 48, 56, 14  # pixels: a box, and the space between two
_PAGE = 1080
_NAME = 29  # columns in a box
_MOST_RELATED = 60  # beyond that, mere relations are told in words only
_SHOWN = 8
_SAID = {"supersedes": "replaces", "amends": "amends", "relates-to": "relates to"}


class _Spot(NamedTuple):
    x: float
    y: float


def graph(board: Board) -> str:
    """Return the section of relations; empty where there are none."""
    edges = board.graph.edges
    if not edges:
        return ""
    related = [edge for edge in edges if edge.kind == "relates-to"]
    drawn = [edge for edge in edges if edge.kind != "relates-to" or len(related) <= _MOST_RELATED]
    number = {id(one.record): at for at, one in enumerate(board.report.known)}
    drawn = [edge for edge in drawn if id(edge.source) in number and id(edge.target) in number]
    rows = [f"<li>{_told(edge, number)}</li>" for edge in edges]
    lead = f"{counted(len(edges), 'relation')}. Time runs from left to right: an arrow leads to what replaced a record."
    return section(
        "graph",
        "How decisions replaced each other",
        lead,
        _picture(board, drawn, number),
        _legend(drawn),
        short("li", rows, _SHOWN, "relations"),
    )


def _picture(board: Board, drawn: Sequence[Edge], number: dict[int, int]) -> str:
    if not drawn:
        return ""
    pairs = [_pair(edge, number) for edge in drawn]
    spots, width, height = _placed(pairs)
    lines = "".join(_line(edge, *(spots[end] for end in pair)) for edge, pair in zip(drawn, pairs, strict=True))
    boxes = "".join(_box(board.report.known[at].record, at, spot) for at, spot in sorted(spots.items()))
    return (
        '<div class="scroll" role="region" aria-label="Picture of the relations; the list below says the same" tabindex="0">'
        f'<svg class="graph" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}" role="group"'
        ' aria-label="Records and what replaced them">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>{lines}{boxes}</svg></div>'
    )


def _pair(edge: Edge, number: dict[int, int]) -> tuple[int, int]:
    """Return the ends of an edge, the older first."""
    source, target = number[id(edge.source)], number[id(edge.target)]
    return (source, target) if edge.kind == "relates-to" else (target, source)


def _placed(pairs: Sequence[tuple[int, int]]) -> tuple[dict[int, _Spot], float, float]:
    """Return where each box stands, and how large the picture is: groups beside each other as long as there is room."""
    spots: dict[int, _Spot] = {}
    left, top, row, widest = 0.0, 0.0, 0.0, 0.0
    for nodes in components(pairs):
        columns = layers(nodes, pairs)
        tall = max(map(len, columns))
        width, height = len(columns) * (_WIDE + _ACROSS) - _ACROSS, tall * (_HIGH + _BETWEEN)
        if left and left + width > _PAGE:
            left, top, row = 0.0, top + row + _BETWEEN, 0.0
        for at, column in enumerate(columns):
            down = (height - len(column) * (_HIGH + _BETWEEN)) / 2
            for place, node in enumerate(column):
                spots[node] = _Spot(left + at * (_WIDE + _ACROSS), top + down + place * (_HIGH + _BETWEEN))
        widest, row, left = max(widest, left + width), max(row, height), left + width + _ACROSS
    return spots, widest + 2, top + row + 2


def _line(edge: Edge, before: _Spot, after: _Spot) -> str:
    x1, y1, x2, y2 = before.x + _WIDE, before.y + _HIGH / 2, after.x - 2, after.y + _HIGH / 2
    bend = max(_ACROSS / 2, abs(x2 - x1) / 2)
    tip = "" if edge.kind == "relates-to" else ' marker-end="url(#tip)"'
    kind = "part" if edge.is_partial else edge.kind
    return (
        f'<path class="edge {kind}" d="M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f}'
        f' {x2:.0f} {y2:.0f}"{tip}/>'
    )


def _box(record: DecisionRecord, at: int, spot: _Spot) -> str:
    status = status_of(record)
    title = " ".join((record.title or record.path.rsplit("/", 1)[-1]).split())
    number = f"{cut(record.number, 12)} · " if record.number else ""
    return (
        f'<a href="#record-{at}"><title>{text(title)}</title><g transform="translate({spot.x:.0f} {spot.y:.0f})"><rect class="node'
        f' {status.replace(" ", "-")}" x="1" y="1" width="{_WIDE - 2}" height="{_HIGH - 2}" rx="6"/>'
        f'<text class="small" x="12" y="19">{text(number + status)}</text>'
        f'<text x="12" y="36">{text(cut(title, _NAME))}</text></g></a>'
    )


def _legend(drawn: Sequence[Edge]) -> str:
    kinds = {"part" if edge.is_partial else edge.kind for edge in drawn}
    words = (
        ("supersedes", "replaced by"),
        ("part", "replaced in part by"),
        ("amends", "amended by"),
        ("relates-to", "related"),
    )
    items = "".join(
        f'<li><svg width="34" height="10" aria-hidden="true"><path class="edge {kind}" d="M0 5H34"/></svg>{said}</li>'
        for kind, said in words
        if kind in kinds
    )
    return f'<ul class="legend" aria-label="Kinds of lines">{items}</ul>' if items else ""


def _told(edge: Edge, number: dict[int, int]) -> str:
    said = f"{_SAID[edge.kind]}{' a part of' if edge.is_partial else ''}"
    return f"{_name(edge.source, number)} <em>{said}</em> {_name(edge.target, number)}"


def _name(record: DecisionRecord, number: dict[int, int]) -> str:
    title = " ".join((record.title or record.path.rsplit("/", 1)[-1]).split())
    shown = foreign(f"{record.number} {title}" if record.number else title)
    return f'<a href="#record-{number[id(record)]}">{shown}</a>' if id(record) in number else shown
