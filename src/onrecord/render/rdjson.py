"""Findings in reviewdog's diagnostic format (rdjson), whose suggestions become review suggestions on GitHub.

reviewdog puts a message into a comment's Markdown as it is, and into plain annotations as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from onrecord.render.json_report import as_json
from onrecord.render.safe import for_terminal
from onrecord.rules import ALL_RULES, Severity

if TYPE_CHECKING:
    from onrecord.check import Finding, Report

SITE = "https://onrecord.github.io/onrecord/"
_SEVERITY = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}
_MENTION = re.compile(r"[@#&\\]")  # entities and escapes too: they could become one
_MARKUP = re.compile(r"<|\](?=[(:\[])")


def render_rdjson(report: Report) -> str:
    """Return the report as one DiagnosticResult (reviewdog, proto/rdf)."""
    source = {"name": "onrecord", "url": SITE}
    return as_json({"source": source, "diagnostics": [_diagnostic(finding) for finding in report.findings]})


def _diagnostic(finding: Finding) -> dict[str, Any]:
    path, line, end = finding.location
    code = {"value": finding.rule}
    if finding.rule in ALL_RULES:  # a team's own rule has no page
        code["url"] = finding.help_url
    out: dict[str, Any] = {
        "message": _plain(f"{finding.message}. {finding.help}"),
        "location": {"path": path, "range": _lines(line, end)},
        "severity": _SEVERITY[finding.severity],
        "code": code,
    }
    if finding.suggestion:
        span, lines = finding.suggestion
        out["suggestions"] = [{"range": _lines(*span), "text": "\n".join(lines)}]
    return out


def _lines(start: int, end: int) -> dict[str, Any]:
    """Return a range of whole lines: without columns the end is part of it."""
    return {"start": {"line": start}, "end": {"line": end}}


def _plain(text: str) -> str:
    """Return text that names nobody, links nowhere and holds no HTML as Markdown, and can still be read without."""
    return _MARKUP.sub(lambda m: f"\\{m[0]}", _MENTION.sub(lambda m: f"{m[0]}\u200b", for_terminal(text)))
