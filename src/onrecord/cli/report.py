"""How a report on records leaves the house: in one of the formats, and as an exit code."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import as_posix
from onrecord.cli.common import say, wants_color
from onrecord.cli.main import NOTHING, OUTSIDE, USAGE
from onrecord.render.words import counted

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Report
    from onrecord.cli.selection import Selection
    from onrecord.rules import Severity


def render(report: Report, options: argparse.Namespace, root: Path, level: Severity | None) -> str:
    """Return the report in one of the formats, each loaded only when used; from `level` on, findings fail the run."""
    if options.output_format == "json":
        from onrecord.render.json_report import render_json

        return render_json(report)
    if options.output_format == "github":
        from onrecord.render.github import render_github

        return render_github(report)
    if options.output_format == "markdown":
        from onrecord.render.markdown import render_markdown

        return render_markdown(report)
    if options.output_format == "sarif":
        from onrecord.cli.code_scanning import render_for_code_scanning

        return render_for_code_scanning(report, root)
    if options.output_format == "junit":
        from onrecord.render.junit import render_junit

        return render_junit(report, level)
    if options.output_format == "rdjson":
        from onrecord.render.rdjson import render_rdjson

        return render_rdjson(report)
    from onrecord.render.text import render_text

    seen = report if Path.cwd() == root else _from_here(report, root)
    return render_text(seen, wants_color(options.output), everything=bool(options.select))


def _from_here(report: Report, root: Path) -> Report:
    """Return the report with paths relative to the current folder: those a person can open from here."""

    def here(path: str) -> str:
        return as_posix(os.path.relpath(root / path))

    return report._replace(
        findings=tuple(f._replace(location=f.location._replace(path=here(f.location.path))) for f in report.findings),
        skipped=tuple(skipped._replace(path=here(skipped.path)) for skipped in report.skipped),
    )


def exit_code(report: Report, selection: Selection, level: Severity | None, options: argparse.Namespace) -> int:
    """Return 2 for paths that are not there, 1 for findings at the level (not with SARIF), 4 when nothing was checked.

    And 3 where a file could not be opened: what it says may be anything.
    """
    if selection.missing:
        return USAGE
    if level is not None and report.worst() >= level and options.output_format != "sarif":
        return 1
    if not report.files and not options.allow_empty and not options.staged:
        say(["nothing was checked: no decision record was found"])
        return NOTHING
    if not report.files and options.staged and not options.quiet and not _is_read(options):
        say(["nothing was checked: no decision record is staged"])
    if selection.refused:
        say([f"{counted(len(selection.refused), 'file')} could not be opened, so this is no clean result"])
        return OUTSIDE
    return 0


def _is_read(options: argparse.Namespace) -> bool:
    """Tell whether the report is printed for people, and so says itself how many records it is about."""
    return options.output is None and options.output_format in ("text", "github", "markdown")
