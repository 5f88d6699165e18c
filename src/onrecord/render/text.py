"""Findings for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from onrecord.render.safe import for_terminal
from onrecord.render.words import counted, hidden, verdict
from onrecord.rules import ALL_RULES, Severity, load_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onrecord.check import Finding, Report

    _Painter = Callable[[str, str], str]

MAX_NOTICES = 12  # more are counted by rule: a wall of hints is read by nobody
MAX_SKIPPED = 5
_COLOR = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTICE: "36"}


def render_text(report: Report, color: bool = False) -> str:
    """Return the report as text: findings by file, then why they matter, then the counts."""
    paint = _paint if color else _plain
    notices = [f for f in report.findings if f.severity == Severity.NOTICE]
    folded = len(notices) > MAX_NOTICES
    shown = [f for f in report.findings if not (folded and f.severity == Severity.NOTICE)]
    lines: list[str] = []
    for path, group in groupby(shown, key=lambda f: f.location.path):
        lines.append(paint(for_terminal(path), "1"))
        for finding in group:
            lines += _finding(finding, paint)
        lines.append("")
    if folded:
        lines += _folded(notices, paint)
    lines += _reasons(shown, paint)
    lines += _closing(report)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, paint: _Painter) -> list[str]:
    head = f"  {finding.location.line:>4}  {paint(f'{finding.severity.word:<7}', _COLOR[finding.severity])}  "
    lines = [f"{head}{for_terminal(finding.message)}  {paint(finding.rule, '2')}"]
    if finding.severity > Severity.NOTICE:
        lines.append(f"                 {paint('→', '2')} {for_terminal(finding.help)}")
    return lines


def _folded(notices: Iterable[Finding], paint: _Painter) -> list[str]:
    counts = Counter(f.rule for f in notices)
    lines = [paint("Notices, by rule", "1")]
    lines += [
        f"  {n:>4}  {rule:<22} {load_rule(rule).summary if rule in ALL_RULES else ''}"
        for rule, n in counts.most_common()
    ]
    return [*lines, "        To see each: onrecord check --select RULE", ""]


def _reasons(findings: Iterable[Finding], paint: _Painter) -> list[str]:
    rules = list(dict.fromkeys(f.rule for f in findings if f.rule in ALL_RULES and f.severity > Severity.NOTICE))
    if not rules:
        return []
    width = max(len(rule) for rule in rules)
    lines = [paint("Why it matters", "1")]
    lines += [f"  {rule:<{width}}  {load_rule(rule).why}" for rule in rules]
    return [
        *lines,
        "",
        f"More: onrecord explain {rules[0]}",
        f"To hush one: <!-- onrecord-disable-file {rules[0]}: your reason -->",
        "",
    ]


def _closing(report: Report) -> list[str]:
    lines = [verdict(report)]
    if report.skipped:
        named = [f"{for_terminal(s.path)} ({for_terminal(s.reason)})" for s in report.skipped[:MAX_SKIPPED]]
        more = len(report.skipped) - len(named)
        tail = f" and {counted(more, 'more file')}" if more else ""
        lines.append(f"Left out: {', '.join(named)}{tail}.")
    if line := hidden(report):
        lines.append(line)
    return lines


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, code: str) -> str:  # noqa: ARG001
    return text
