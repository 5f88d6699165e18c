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
    from onrecord.rules import Suggestion

    _Painter = Callable[[str, str], str]

MANY = 5  # more findings of one rule and severity than this are shown by example and counted: a wall of hints is read by nobody
EXAMPLES = 3
MAX_SKIPPED = 5
_MARGIN = " " * 17
_COLOR = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.NOTICE: "36"}


def render_text(report: Report, color: bool = False, everything: bool = False) -> str:
    """Return the report as text: findings by file, then what was folded, why it matters, and the counts.

    Errors are always shown one by one; of other rules with many findings only examples, unless `everything`.
    """
    paint = _paint if color else _plain
    shown = list(report.findings) if everything else _without_repetition(report.findings)
    lines: list[str] = []
    helped: set[str] = set()
    for path, group in groupby(shown, key=lambda f: f.location.path):
        lines.append(paint(for_terminal(path), "1"))
        for finding in group:
            lines += _finding(finding, paint, finding.rule not in helped)
            helped.add(finding.rule)
        lines.append("")
    lines += _folded(Counter(_rank(f) for f in report.findings) - Counter(_rank(f) for f in shown), paint)
    lines += _reasons(shown, paint)
    lines += _closing(report)
    return "\n".join(lines) + "\n"


def _without_repetition(findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what repeats itself; notices of a rule do not count where it warns, so that its warnings are seen."""
    findings = list(findings)
    total = Counter(_rank(f) for f in findings)
    seen: Counter[tuple[int, str]] = Counter()
    shown = []
    for finding in findings:
        rank = _rank(finding)
        seen[rank] += 1
        examples = EXAMPLES if finding.severity > Severity.NOTICE else 0
        if finding.severity == Severity.ERROR or total[rank] <= MANY or seen[rank] <= examples:
            shown.append(finding)
    return shown


def _finding(finding: Finding, paint: _Painter, with_help: bool) -> list[str]:
    head = f"  {finding.location.line:>4}  {paint(f'{finding.severity.word:<7}', _COLOR[finding.severity])}  "
    lines = [f"{head}{for_terminal(finding.message)}  {paint(for_terminal(finding.rule), '2')}"]
    if with_help and finding.severity > Severity.NOTICE:
        lines.append(f"{_MARGIN}{paint('→', '2')} {for_terminal(finding.help)}")
    if finding.suggestion:
        lines += _fix(finding.suggestion, paint)
    return lines


def _fix(suggestion: Suggestion, paint: _Painter) -> list[str]:
    """Show a fix that is certain, as the lines it leaves."""
    (start, end), new = suggestion
    where = f"Line {start}" if start == end else f"Lines {start} to {end}"
    if not new:
        return [f"{_MARGIN}{paint('→', '2')} {where} can go."]
    if len(new) == 1:
        return [f"{_MARGIN}{paint('→', '2')} {where} would be: {for_terminal(new[0])}"]
    return [f"{_MARGIN}{paint('→', '2')} {where} would be:", *(f"{_MARGIN}    {for_terminal(line)}" for line in new)]


def _rank(finding: Finding) -> tuple[int, str]:
    return -finding.severity, finding.rule


def _folded(counts: Counter[tuple[int, str]], paint: _Painter) -> list[str]:
    """Count what was not shown, by rule: the loudest first, of equal ones the most frequent."""
    if not counts:
        return []
    lines = [paint("Not shown one by one", "1")]
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    for (loudness, rule), number in ordered:
        severity = Severity(-loudness)
        head = f"  {number:>4}  {paint(f'{severity.word:<7}', _COLOR[severity])}  {for_terminal(rule):<22}"
        lines.append(f"{head} {load_rule(rule).summary if rule in ALL_RULES else ''}".rstrip())
    return [*lines, f"        To see each: onrecord check --select {for_terminal(ordered[0][0][1])}", ""]


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
    if fixable := sum(bool(finding.suggestion or finding.fix) for finding in report.findings):
        lines.append(f"{fixable} of these can be fixed with --fix.")
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
