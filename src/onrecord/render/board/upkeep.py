"""The upkeep queue: which records need a look, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.render.board.pieces import code, file_address, foreign, link, section, short, text
from onrecord.render.review import about, actions, command_of, holds, name_of, verdict
from onrecord.render.words import counted

if TYPE_CHECKING:
    from onrecord.check import Finding
    from onrecord.check.upkeep import Entry
    from onrecord.render.board.model import Board

_SHOWN = 5


def upkeep(board: Board) -> str:
    """Return the section of records that need a look."""
    queue = board.queue
    rows = [_entry(board, entry) for entry in queue.entries]
    note = f'<p class="fine">{text(queue.note)}</p>' if queue.note else ""
    listed = short("li", rows, _SHOWN, "records") if rows else ""
    return section("upkeep", "Records that could do with a look", verdict(queue), listed, _citations(board), note)


def _entry(board: Board, entry: Entry) -> str:
    record = entry.standing.record
    found = "".join(f"<li>{foreign(one.message)}</li>" for one in entry.findings)
    help_with = "".join(f'<p class="step">{text(action)}</p>' for action in actions(entry))
    command = command_of(record)
    still = f'<p class="step">Still true? {code(command)}</p>' if holds(record) else ""
    return (
        f"<li><h3>{link(file_address(board, record.path), foreign(name_of(record)))}</h3>"
        f'<p class="seen">{foreign(" · ".join(about(entry)))}</p><ul class="found">{found}</ul>{help_with}{still}</li>'
    )


def _citations(board: Board) -> str:
    cited = board.queue.citations
    if not cited:
        return ""
    rows = [_citation(board, one) for one in cited]
    return (
        f'<details class="list"><summary><h3>Code and text that cite a record that is gone or replaced</h3>'
        f' <span class="badge">{len(cited)}</span></summary><p class="fine">{text(counted(len(cited), "line"))}.</p>'
        f"{short('li', rows, _SHOWN, 'lines')}</details>"
    )


def _citation(board: Board, one: Finding) -> str:
    place = f"{one.location.path}:{one.location.line}"
    address = file_address(board, one.location.path)
    shown = link(f"{address}#L{one.location.line}" if address else "", f"<code>{foreign(place)}</code>")
    return f'<li><p class="head">{shown}</p><p class="seen">{foreign(one.message)}</p></li>'
