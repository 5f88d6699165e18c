"""The faces of a coverage report that others look at: the HTML board, and badges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.survey import remote_of

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.check import Config
    from onrecord.coverage.report import Report

FORMATS = ("html", "badge-svg", "badge-json")


def render_face(form: str, report: Report, root: Path, config: Config) -> str:
    """Return the report as one of FORMATS. Raises GitError."""
    if form == "html":
        return _board(report, root, config)
    from onrecord.render.badge import badge_json, badge_svg

    share = report.pulls.decision_coverage()
    return badge_svg(share) if form == "badge-svg" else badge_json(share)


def _board(report: Report, root: Path, config: Config) -> str:
    from onrecord.cli.review import make_queue
    from onrecord.log.graph import build_graph
    from onrecord.render.board import Board, render_board

    queue, _ = make_queue(root, config, [], report.today)
    remote = remote_of(root)
    address = f"https://github.com/{remote.slug}" if remote and remote.host == "github.com" else ""
    graph = build_graph(one.record for one in report.known)
    return render_board(Board(report, graph, queue, remote.slug if remote else root.name, address))
