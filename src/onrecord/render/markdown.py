"""Findings as GitHub Markdown: job summaries and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.render.safe import code_span, for_markdown
from onrecord.render.words import LEVELS, counted, hidden, verdict
from onrecord.rules import ALL_RULES

if TYPE_CHECKING:
    from onrecord.check import Finding, Report

MAX_BYTES = 900_000  # a job summary over 1 MiB is dropped whole
_ICON = {"error": "🔴", "warning": "🟡", "notice": "🔵"}


def render_markdown(report: Report, title: str = "Decision records") -> str:
    """Return the report as Markdown, worst first; cut at a row when it grows too large, and says so."""
    lines = [f"### {title}", "", verdict(report), ""]
    findings = [f for level in LEVELS for f in report.findings if f.severity == level]
    if findings:
        lines += ["| | Where | What was seen | What would help |", "|---|---|---|---|"]
        size = 0
        for i, finding in enumerate(findings):
            row = _row(finding)
            size += len(row.encode())
            if size > MAX_BYTES:
                lines += ["", f"{counted(len(findings) - i, 'more finding')} did not fit here."]
                break
            lines.append(row)
        lines.append("")
    if report.skipped:
        lines += [f"<details><summary>Left out: {counted(len(report.skipped), 'file')}</summary>", ""]
        lines += [f"- {code_span(s.path)}: {for_markdown(s.reason)}" for s in report.skipped[:200]]
        lines += ["", "</details>", ""]
    if line := hidden(report):
        lines += [line, ""]
    lines.append("OnRecord looks at whether a decision is written down, not at its merit.")
    return "\n".join(lines) + "\n"


def _row(finding: Finding) -> str:
    where = finding.location
    rule = for_markdown(finding.rule)
    if finding.rule in ALL_RULES:  # a team's own rule has no page
        rule = f"[{rule}]({finding.help_url})"
    word = finding.severity.word
    return f"| {_ICON[word]} {word} | {code_span(f'{where.path}:{where.line}')} | {for_markdown(finding.message)} ({rule}) | {for_markdown(finding.help)} |"
