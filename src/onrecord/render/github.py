"""Findings as workflow commands, which GitHub shows as annotations.

GitHub keeps ten annotations of each type per step and cuts messages at 4,096 characters (actions/runner).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.render.safe import for_command, for_property
from onrecord.render.words import LEVELS, counted, hidden, verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.check import Finding, Report

PER_TYPE = 10
MESSAGE_CHARACTERS = 4_000


def render_github(report: Report) -> str:
    """Return one command a finding, then the counts."""
    closing = "".join(f"{line}\n" for line in (verdict(report), hidden(report)) if line)
    return annotate(report.findings) + closing


def annotate(findings: Sequence[Finding]) -> str:
    """Return one command a finding, worst first; of each type at most ten, the last then counts the rest."""
    lines: list[str] = []
    for level in LEVELS:
        mine = [f for f in findings if f.severity == level]
        shown = mine if len(mine) <= PER_TYPE else mine[: PER_TYPE - 1]
        lines += [annotation(f) for f in shown]
        if rest := len(mine) - len(shown):
            lines.append(
                f"::{level.word} title=OnRecord::and {counted(rest, f'more {level.word}')}; the summary lists all"
            )
    return "".join(f"{line}\n" for line in lines)


def annotation(finding: Finding) -> str:
    """Return the command for one finding; one without a path (a pull request's text) shows on the run's page."""
    where = finding.location
    place = f"file={for_property(where.path)},line={where.line},endLine={where.end_line}," if where.path else ""
    message = f"{finding.message}. {finding.help}"[:MESSAGE_CHARACTERS]
    return f"::{finding.severity.word} {place}title={for_property(finding.rule)}::{for_command(message)}"
