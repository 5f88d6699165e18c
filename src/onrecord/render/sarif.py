"""Findings as SARIF 2.1.0 for code scanning: records only, because a result without a place in a file is refused.

Written is what GitHub reads (docs.github.com, “SARIF support for code scanning”), within its limits; more than those
and it refuses the whole file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from onrecord import __version__
from onrecord.render.json_report import as_json
from onrecord.render.line_hash import line_hashes
from onrecord.render.safe import for_markdown, for_terminal
from onrecord.render.words import LEVELS, counted
from onrecord.rules import ALL_RULES, Severity, load_rule

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.check import Finding, Report

MAX_RESULTS = 25_000  # in a run; of these GitHub keeps the 5,000 most severe (docs, “SARIF results exceed limits”)
MAX_BYTES = 10_000_000  # after gzip, which at worst leaves a text as long as it is (docs, “Uploading a SARIF file”)
MAX_TAGS = 20  # of a rule, 10 are shown (docs, “SARIF results exceed limits”)
MAX_NAME = 255  # of a rule (docs, “reportingDescriptor object”)
MAX_DESCRIPTION = 1_024  # short and full (docs, “reportingDescriptor object”); kept for messages too
CATEGORY = "onrecord/records/"  # the slash at the end makes all before it the category
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SITE = "https://onrecord.github.io/onrecord/"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "recommendation"}
_PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.NOTICE: "medium"}
_LINK_OR_ARGUMENT = re.compile(r"\](?=\()|\{(?=\d+\})")  # SARIF 2.1.0, 3.11.5 and 3.11.6


def render_sarif(report: Report, texts: Mapping[str, str] | None = None) -> str:
    """Return the report as SARIF text.

    `texts` holds the files by path, for hashes that find an alert again when its line has moved; without a file's
    text GitHub's upload action computes the same ones.
    """
    findings = [finding for finding in report.findings if finding.location.path]
    rules = _rules(findings)
    index = {rule["id"]: i for i, rule in enumerate(rules)}
    known = texts or {}
    hashes = {path: line_hashes(known[path]) for path in {f.location.path for f in findings} if path in known}
    results = [_result(f, index[f.rule], hashes.get(f.location.path, [])) for f in findings]
    driver = {"name": "OnRecord", "semanticVersion": __version__, "informationUri": SITE, "rules": rules}
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {"id": CATEGORY},
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
    }
    run["results"] = _within_limits(findings, results, MAX_BYTES - len(_written(run)) - 1_000)
    if left := len(results) - len(run["results"]):
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [_left_out(left)]}]
    return _written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _written(value: Any) -> str:
    return as_json(value, indent=None)


def _rules(findings: list[Finding]) -> list[dict[str, Any]]:
    own = {finding.rule: finding for finding in findings if finding.rule not in ALL_RULES}
    return sorted([*map(_rule, ALL_RULES), *map(_own_rule, own.values())], key=lambda rule: str(rule["id"]))


def _rule(rule_id: str) -> dict[str, Any]:
    rule = load_rule(rule_id)
    page = f"{SITE}rules/{rule_id}"
    what = f"**Why it matters:** {for_markdown(rule.why)}\n\n**What helps:** {for_markdown(rule.help)}"
    return {
        **_head(rule_id, rule.summary, f"{rule.summary} {rule.why}"),
        "helpUri": page,
        "help": {"text": f"{rule.why} {rule.help}", "markdown": f"{what}\n\n[About this rule]({page})"},
        **_tail(rule.severity or Severity.NOTICE, rule.scope),
    }


def _own_rule(finding: Finding) -> dict[str, Any]:
    """Return a rule of a team's own schema, which has no page."""
    summary = "The team's own schema asks for this."
    return {
        **_head(finding.rule, summary, summary),
        "help": {"text": for_terminal(finding.help), "markdown": for_markdown(finding.help)},
        **_tail(finding.severity, "record"),
    }


def _head(rule_id: str, short: str, full: str) -> dict[str, Any]:
    return {
        "id": rule_id,
        "name": "".join(word.capitalize() for word in re.split(r"[^A-Za-z0-9]+", rule_id))[:MAX_NAME],
        "shortDescription": {"text": _cut(short)},
        "fullDescription": {"text": _cut(full)},
    }


def _tail(severity: Severity, scope: str) -> dict[str, Any]:
    return {
        "defaultConfiguration": {"level": _LEVEL[severity]},
        "properties": {
            "precision": _PRECISION[severity],
            "problem.severity": _PROBLEM[severity],
            "tags": ["decision-records", "documentation", scope][:MAX_TAGS],
        },
    }


def _result(finding: Finding, rule_index: int, hashes: list[str]) -> dict[str, Any]:
    path, line, end = finding.location
    seen = _LINK_OR_ARGUMENT.sub(lambda m: f"{m[0]}\u200b", for_terminal(finding.message))
    out = {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVEL[finding.severity],
        "kind": "fail",
        "message": {"text": _cut(f"{seen[:1].upper()}{seen[1:]}. {for_terminal(finding.help)}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(path),
                    "region": {"startLine": line, "endLine": end},
                }
            }
        ],
    }
    if line <= len(hashes):
        out["partialFingerprints"] = {"primaryLocationLineHash": hashes[line - 1]}
    return out


def _artifact(path: str) -> dict[str, str]:
    """Return where a file is, relative to the repository unless it lies outside of it."""
    try:
        name = quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        name = quote(path.encode("utf-8", "replace"))
    return {"uri": f"file://{name}"} if name.startswith("/") else {"uri": name, "uriBaseId": "%SRCROOT%"}


def _within_limits(findings: list[Finding], results: list[dict[str, Any]], room: int) -> list[dict[str, Any]]:
    """Return the results that fit into so many bytes, worst first to get in, in the order they came."""
    kept: list[int] = []
    for level in LEVELS:
        for i in (i for i, finding in enumerate(findings) if finding.severity == level):
            room -= len(_written(results[i])) + 1
            if room < 0 or len(kept) == MAX_RESULTS:
                return [results[k] for k in sorted(kept)]
            kept.append(i)
    return results


def _left_out(number: int) -> dict[str, Any]:
    text = f"{counted(number, 'finding')} did not fit into this file; the worst are in it."
    return {"level": "warning", "message": {"text": text}}


def _cut(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1] + "…"
