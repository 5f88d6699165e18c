"""Findings as workflow commands, which GitHub shows as annotations.

GitHub keeps ten annotations of each type per step and cuts messages at 4,096 characters (actions/runner).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.render.safe import for_command, for_property
from onrecord.render.words import LEVELS, counted, hidden, verdict

if TYPE_CHECKING:
    from onrecord.check import Finding, Report

PER_TYPE = 10
MESSAGE_CHARACTERS = 4_000


def render_github(report: Report) -> str:
    """Return one command a finding, worst first; of each type at most ten, the last then counts the rest."""
    lines: list[str] = []
    for level in LEVELS:
        findings = [f for f in report.findings if f.severity == level]
        shown = findings if len(findings) <= PER_TYPE else findings[: PER_TYPE - 1]
        lines += [annotation(f) for f in shown]
        if rest := len(findings) - len(shown):
            lines.append(
                f"::{level.word} title=OnRecord::and {for_command(counted(rest, f'more {level.word}'))}; the summary lists all"
            )
    lines += [verdict(report), hidden(report)]
    return "\n".join(line for line in lines if line) + "\n"


def annotation(finding: Finding, with_file: bool = True) -> str:
    """Return the command for one finding; without a file it shows on the run's page, as for a pull request's text."""
    where = finding.location
    place = f"file={for_property(where.path)},line={where.line},endLine={where.end_line}," if with_file else ""
    message = f"{finding.message}. {finding.help}"[:MESSAGE_CHARACTERS]
    return f"::{finding.severity.word} {place}title={for_property(finding.rule)}::{for_command(message)}"
