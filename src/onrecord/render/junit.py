"""Findings as JUnit XML: one test case a record, for whatever shows test results.

JUnit XML has no standard; written are only the elements and attributes that Ant, Jenkins and their readers share.
"""

from __future__ import annotations

import html
import posixpath
from typing import TYPE_CHECKING

from onrecord.render.safe import for_terminal
from onrecord.render.words import counted
from onrecord.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.check import Finding, Report

SUITE = "onrecord"


def render_junit(report: Report, level: Severity | None = Severity.ERROR) -> str:
    """Return the report as JUnit XML, ASCII only.

    A record's findings from `level` on, which fail the run, are its one failure (readers show only the first), the
    others its output; files that were left out are skipped cases.
    """
    by_path: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_path.setdefault(finding.location.path, []).append(finding)
    paths = sorted({*report.files, *by_path})
    least = Severity.ERROR + 1 if level is None else level
    failed = sum(any(f.severity >= least for f in group) for group in by_path.values())
    counts = {"tests": len(paths) + len(report.skipped), "failures": failed, "errors": 0}
    totals = "".join(f' {name}="{number}"' for name, number in counts.items())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="{SUITE}"{totals} time="0">',
        f'<testsuite name="{SUITE}"{totals} skipped="{len(report.skipped)}" time="0">',
    ]
    for path in paths:
        lines += _case(path, _outcome(by_path.get(path, []), least))
    for path, reason in report.skipped:
        lines += _case(path, [f'<skipped message="{_xml(reason)}"/>'])
    return "\n".join([*lines, "</testsuite>", "</testsuites>"]) + "\n"


def _case(path: str, inside: Sequence[str]) -> list[str]:
    folder, name = posixpath.split(path)
    opening = f'<testcase classname="{_xml(folder or ".")}" name="{_xml(name)}" time="0"'
    return [f"{opening}>", *inside, "</testcase>"] if inside else [f"{opening}/>"]


def _outcome(findings: Sequence[Finding], least: int) -> list[str]:
    loud = [finding for finding in findings if finding.severity >= least]
    quiet = [finding for finding in findings if finding.severity < least]
    out = []
    if loud:
        worst = max(loud, key=lambda finding: finding.severity)
        more = f" (and {counted(len(loud) - 1, 'more finding')})" if len(loud) > 1 else ""
        head = f'message="{_xml(worst.message)}{more}" type="{_xml(worst.rule)}"'
        out.append(f"<failure {head}>{_body(loud)}</failure>")
    if quiet:
        out.append(f"<system-out>{_body(quiet)}</system-out>")
    return out


def _body(findings: Iterable[Finding]) -> str:
    lines = []
    for finding in findings:
        path, line, _ = finding.location
        lines += [
            f"{_xml(path)}:{line}: {finding.severity.word}: {_xml(finding.message)} [{_xml(finding.rule)}]",
            f"  {_xml(finding.help)}",
        ]
    return "\n".join(lines)


def _xml(text: str) -> str:
    """Return text for an element or an attribute, on one line, without what XML 1.0 has no place for."""
    shown = for_terminal(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    return html.escape(shown).encode("ascii", "xmlcharrefreplace").decode("ascii")
