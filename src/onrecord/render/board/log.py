"""The log: every record in one line, to be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.markdown.plain import plain
from onrecord.render.board.pieces import file_address, foreign, link, section, short, text
from onrecord.render.columns import cut
from onrecord.render.words import counted

if TYPE_CHECKING:
    from onrecord.coverage.records import Known
    from onrecord.record import DecisionRecord
    from onrecord.render.board.model import Board

_SHOWN = 12
_LINE = 150  # columns of a decision
_OWNERS = 2


def log(board: Board) -> str:
    """Return the section with all records, the newest first."""
    known = sorted(enumerate(board.report.known), key=lambda row: (row[1].record.date or "", row[0]), reverse=True)
    if not known:
        return section("log", "The log", "No record was found. “onrecord init” prepares a folder for them.")
    rows = [_row(board, one, at) for at, one in known]
    statuses = sorted({status_of(one.record) for one in board.report.known})
    options = "".join(f'<option value="{text(status)}">{text(status)}</option>' for status in statuses)
    search = (
        '<form class="filter" role="search" aria-label="Records" hidden><label>Search <input type="search" name="words"'
        ' placeholder="title, decision, owner" autocomplete="off"></label><label>Status <select name="is"><option value="">all'
        f'</option>{options}</select></label><output aria-live="polite"></output></form>'
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("No.", "Decision", "Status", "Date", "Owner"))
    table = short(
        "tr",
        rows,
        _SHOWN,
        "records",
        (f'<table class="log"><caption class="quiet">Records</caption><thead><tr>{head}</tr></thead>', "</table>"),
    )
    return section("log", "The log", f"{counted(len(rows), 'record')}, the newest first.", search, table)


def _row(board: Board, one: Known, at: int) -> str:
    record = one.record
    title = " ".join((record.title or record.path.rsplit("/", 1)[-1]).split())
    said = cut(plain(" ".join(record.decision.text.split())), _LINE) if record.decision else ""
    line = f'<p class="said">{foreign(said)}</p>' if said and said != title else ""
    people = record.decision_makers or record.authors
    more = f" and {len(people) - _OWNERS} more" if len(people) > _OWNERS else ""
    status = status_of(record)
    return (
        f'<tr id="record-{at}" data-is="{text(status)}"><td class="number">{foreign(record.number or "")}</td>'
        f'<th scope="row">{link(file_address(board, record.path), foreign(title))}{line}</th>'
        f'<td><span class="pill {status.replace(" ", "-")}">{text(status)}</span></td>'
        f'<td class="day">{text(record.date or "")}</td><td class="who">{foreign(", ".join(people[:_OWNERS]) + more)}</td></tr>'
    )


def status_of(record: DecisionRecord) -> str:
    """Return the status of a record in a word."""
    return record.status.value if record.status and record.status.value != "unknown" else "no status"
