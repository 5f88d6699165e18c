"""How all of it was counted, and every pull request that was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coverage.steps import why_asked
from onrecord.render.board.numbers import figures
from onrecord.render.board.pieces import EAGER, facts, foreign, pull_link, section, short, text
from onrecord.render.coverage import notes_of
from onrecord.render.words import counted

if TYPE_CHECKING:
    from onrecord.coverage.model import Pull
    from onrecord.coverage.report import Report
    from onrecord.render.board.model import Board

_SHOWN = 10
_LOOKS = {
    "covered": "on record",
    "pending": "waits",
    "waived": "waived",
    "unconfirmed": "waived, unconfirmed",
    "later": "put off",
    "uncovered": "not on record",
}


def method(board: Board) -> str:
    """Return the section that says what was read and what was left out."""
    report = board.report
    notes = "".join(f"<li>{text(note)}</li>" for note in notes_of(report))
    return section(
        "method",
        "How it was counted",
        "",
        facts(_window(report)),
        f'<ul class="notes">{notes}</ul>',
        figures(report),
        _pulls(board),
    )


def _window(report: Report) -> list[tuple[str, str, str]]:
    window = report.window
    wanted = [
        f"the last {window.last_count}" if window.last_count else "all",
        f"from {window.since}" if window.since else "",
        f"up to {window.until}" if window.until else "",
    ]
    reasons: dict[str, int] = {}
    for pull in report.pulls.pulls:
        if pull.excluded:
            reasons[pull.excluded] = reasons.get(pull.excluded, 0) + 1
    rows = [
        ("Commit", report.sha[:10], f"of {report.branch}"),
        ("Counted as of", report.today, "the day of that commit, unless another was asked for"),
        ("Pull requests wanted", " ".join(filter(None, wanted)), ""),
        (
            "Read",
            counted(len(report.pulls.pulls), "merged pull request"),
            f"{window.first} to {window.last}" if window.first else "",
        ),
    ]
    if window.baseline:
        rows.append(("Nothing counts before", window.baseline, "the date of adoption"))
    rows += [
        ("  left out", str(count), why) for why, count in sorted(reasons.items(), key=lambda row: (-row[1], row[0]))
    ]
    if report.pulls.direct:
        rows.append(("No pull request found", counted(len(report.pulls.direct), "commit"), "outside of everything"))
    return rows


def _pulls(board: Board) -> str:
    pulls = board.report.pulls.pulls
    if not pulls:
        return ""
    rows = [_pull(board, pull, at < EAGER) for at, pull in enumerate(pulls)]
    states = sorted({_state(pull)[0] for pull in pulls})
    options = "".join(f'<option value="{text(state)}">{text(state)}</option>' for state in states)
    search = (
        '<form class="filter" role="search" aria-label="Pull requests" hidden><label>Search <input type="search" name="words"'
        ' placeholder="number, title" autocomplete="off"></label><label>State <select name="is"><option value="">all</option>'
        f'{options}</select></label><output aria-live="polite"></output></form>'
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Number", "Merged", "Title", "How it counts"))
    address = f' data-pulls="{text(board.address)}/pull/"' if board.address else ""
    table = (
        f'<table class="pulls"{address}><caption class="quiet">Pull requests</caption><thead><tr>{head}</tr></thead>',
        "</table>",
    )
    return (
        f'<details class="list ledger"><summary><h3>Every pull request that was read</h3> <span class="badge">{len(rows)}</span>'
        f"</summary>{search}{short('tr', rows, _SHOWN, 'pull requests', table)}</details>"
    )


def _state(pull: Pull) -> tuple[str, str]:
    """Return how a pull request counts, in a word, and why."""
    if pull.excluded:
        return "left out", pull.excluded
    if not pull.asked_by:
        return "not asked", "; ".join(pull.signs)
    return _LOOKS[pull.state], why_asked(pull)


def _pull(board: Board, pull: Pull, is_linked: bool) -> str:
    """Return a row; of those in the template, a script makes links."""
    state, why = _state(pull)
    number = pull_link(board, pull.number) if is_linked else f"#{pull.number}"
    reason = f" <small>{foreign(why)}</small>" if why else ""
    return (
        f'<tr data-is="{text(state)}"><td>{number}</td><td>{text(pull.merged_at)}</td>'
        f'<th scope="row">{foreign(pull.title)}</th><td>{text(state)}{reason}</td></tr>'
    )
