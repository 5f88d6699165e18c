"""The board: one self-contained HTML page over a coverage report, for people who do not read terminals.

Nothing on it is counted here, and nothing is loaded from elsewhere: its policy allows one script and one style sheet,
both inside of it and named by their hash.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from onrecord.render.board.areas import areas
from onrecord.render.board.data import digest, shipped
from onrecord.render.board.graph import graph
from onrecord.render.board.log import log
from onrecord.render.board.method import method
from onrecord.render.board.model import Board
from onrecord.render.board.numbers import numbers
from onrecord.render.board.pieces import foreign, link, text
from onrecord.render.board.todo import lists, next_steps
from onrecord.render.board.trend import trend
from onrecord.render.board.upkeep import upkeep
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Board", "render_board"]

_NAMES = {
    "next": "What to do next",
    "numbers": "Numbers",
    "trend": "Trend",
    "areas": "Areas",
    "lists": "What is missing",
    "log": "The log",
    "graph": "Relations",
    "upkeep": "Upkeep",
    "method": "How it was counted",
}


def render_board(board: Board) -> str:
    """Return the page; the same for the same board."""
    sections = {name: body for name, body in _sections(board) if body}
    style, script = shipped("board.css"), shipped("board.js")
    window = board.report.window
    dates = f", merged {window.first} to {window.last}" if window.first else ""
    waived = board.report.pulls.waiver_rate()
    told = f" · waived {waived.told()}" if waived.part else ""
    return Template(shipped("board.html")).substitute(
        title=text(f"Decision coverage of {board.name}"),
        name=link(board.address, foreign(board.name)),
        about=text(f"{counted(len(board.report.pulls.pulls), 'pull request')}{dates}{told}"),
        commit=text(f"{board.report.branch} at {board.report.sha[:10]}"),
        day=text(board.report.today),
        tool=text(board.report.tool),
        links="".join(f'<li><a href="#{name}">{_NAMES[name]}</a></li>' for name in sections),
        sections="\n".join(sections.values()),
        style=style,
        script=script,
        style_hash=digest(style),
        script_hash=digest(script),
    )


def _sections(board: Board) -> Iterator[tuple[str, str]]:
    yield "next", next_steps(board)
    yield "numbers", numbers(board.report)
    yield "trend", trend(board)
    yield "areas", areas(board)
    yield "lists", lists(board)
    yield "upkeep", upkeep(board)
    yield "log", log(board)
    yield "graph", graph(board)
    yield "method", method(board)
