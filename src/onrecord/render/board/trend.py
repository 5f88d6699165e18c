"""How the headline went over time."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.coverage.fractions import ENOUGH, plain_share
from onrecord.coverage.intervals import wilson
from onrecord.coverage.trend import ROLLED
from onrecord.render.board.pieces import pull_link, section, short, text
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.coverage.report import Report
    from onrecord.coverage.trend import Point
    from onrecord.render.board.model import Board

_HIGH, _TOP, _LOW = 270, 24, 236  # pixels: the picture, and where 100 % and 0 % are
_LEFT, _RIGHT = 11.0, 97.0  # percent of the width
_MOST_DAYS = 5  # named below the line
_SHOWN = 24


def trend(board: Board) -> str:
    """Return the section of the trend; empty with fewer than two points."""
    points = board.report.trend
    if len(points) < 2:
        return ""
    lead = (
        f"Each point is the last {ROLLED} asked pull requests up to that day: how many of them are on record; the bars are"
        f" the interval.{_other_window(points[-1], board.report)}"
    )
    return section(
        "trend",
        "How it went",
        lead,
        _picture(points, board.report.breaks),
        _legend(points, board.report.breaks),
        _table(board, points),
    )


def _other_window(last: Point, report: Report) -> str:
    """Return a sentence where the newest point is counted from other pull requests than the number above."""
    share = report.pulls.decision_coverage()
    if set(last.coverage.of) == set(share.of):
        return ""
    dates = f" ({report.window.first} to {report.window.last})" if report.window.first else ""
    return (
        f" The first number above is another window: {counted(len(report.pulls.pulls), 'merged pull request')}{dates}."
    )


def _picture(points: Sequence[Point], breaks: Sequence[str]) -> str:
    shown = [(_across(at, len(points)), point) for at, point in enumerate(points) if point.coverage.of]
    marks = [f'<line class="grid" x1="0" x2="100%" y1="{_down(s)}" y2="{_down(s)}"/>'
             f'<text class="axis" x="0" y="{_down(s) - 5}">{100 * s:.0f} %</text>' for s in (0, 0.5, 1)]  # fmt: skip
    whiskers = [_whisker(x, point) for x, point in shown if len(point.coverage.of) >= ENOUGH]
    lines = [
        f'<line class="course" x1="{x:.2f}%" y1="{_height(one)}" x2="{x2:.2f}%" y2="{_height(two)}"/>'
        for (x, one), (x2, two) in pairwise(shown)
    ]
    dots = [_dot(x, point) for x, point in shown]
    return (
        f'<svg class="trend" width="100%" height="{_HIGH}" role="img" aria-label="Decision coverage over time; the table'
        f' below has the numbers">{"".join([*marks, *_breaks(points, breaks), *whiskers, *lines, *dots, *_days(points)])}</svg>'
    )


def _breaks(points: Sequence[Point], breaks: Sequence[str]) -> list[str]:
    """Return a line before the first point that a change of the configuration was there for."""
    found = {next((at for at, point in enumerate(points) if point.day >= day), 0) for day in breaks}
    step = (_RIGHT - _LEFT) / (len(points) - 1) / 2
    return [
        f'<line class="break" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_TOP}" y2="{_LOW}"/>'
        for x in (_across(at, len(points)) - step for at in sorted(found - {0}))
    ]


def _across(at: int, count: int) -> float:
    return _LEFT + (_RIGHT - _LEFT) * at / (count - 1)


def _down(share: float) -> float:
    return round(_LOW - share * (_LOW - _TOP), 1)


def _height(point: Point) -> float:
    return _down(len(point.coverage.part) / len(point.coverage.of))


def _whisker(x: float, point: Point) -> str:
    low, high = wilson(len(point.coverage.part), len(point.coverage.of))
    return f'<line class="whisker" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_down(low)}" y2="{_down(high)}"/>'


def _dot(x: float, point: Point) -> str:
    few = "" if len(point.coverage.of) >= ENOUGH else " few"
    return (
        f'<circle class="dot{few}" cx="{x:.2f}%" cy="{_height(point)}" r="4.5"><title>{text(point.day)}:'
        f" {text(point.coverage.told())}</title></circle>"
    )


def _days(points: Sequence[Point]) -> list[str]:
    last = len(points) - 1
    named = sorted({round(last * at / min(last, _MOST_DAYS - 1)) for at in range(min(last, _MOST_DAYS - 1) + 1)})
    ends = {0: "start", last: "end"}
    return [
        f'<text class="axis {ends.get(at, "between")}" x="{_across(at, len(points)):.2f}%" y="{_HIGH - 10}"'
        f' text-anchor="{ends.get(at, "middle")}">{text(points[at].day)}</text>'
        for at in named
    ]


def _legend(points: Sequence[Point], breaks: Sequence[str]) -> str:
    signs = []
    if any(0 < len(point.coverage.of) < ENOUGH for point in points):
        few = '<svg width="14" height="14" aria-hidden="true"><circle class="dot few" cx="7" cy="7" r="4.5"/></svg>'
        signs.append(f"<li>{few}fewer than {ENOUGH} were asked: a share says little</li>")
    if breaks:
        line = '<svg width="14" height="14" aria-hidden="true"><line class="break" x1="7" x2="7" y1="0" y2="14"/></svg>'
        signs.append(f"<li>{line}the configuration changed: {text(', '.join(breaks))}</li>")
    return f'<ul class="legend" aria-label="Signs">{"".join(signs)}</ul>' if signs else ""


def _table(board: Board, points: Sequence[Point]) -> str:
    rows = [
        f'<tr><th scope="row">{text(p.day)}</th><td>{pull_link(board, p.number) if p.number else ""}</td>'
        f"<td>{text(p.coverage.told())}</td><td>{text(plain_share(len(p.answered.part), len(p.answered.of)))}</td>"
        f'<td class="number">{p.records}</td></tr>'
        for p in reversed(points)
    ]
    names = ("Day", "Up to", "On record", "Answered, waivers included", "Records")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    table = short(
        "tr",
        rows,
        _SHOWN,
        "points",
        (f'<table><caption class="quiet">Trend</caption><thead><tr>{head}</tr></thead>', "</table>"),
    )
    return f"<details><summary>The figures</summary>{table}</details>"
