"""Coverage reports of others, combined ones, ones to compare with, and filled-in audit sheets."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import json
from typing import Any

from fuzz.places import folder, harmless, write
from onrecord.cli.coverage_compare import read_saved
from onrecord.cli.main import UsageFault
from onrecord.coverage.audit_answers import Unreadable, read_answers
from onrecord.coverage.combine import CombineFault, combine, combined_json, read_part
from onrecord.coverage.compare import compare, comparison_json
from onrecord.render.coverage_change import render_change_markdown, render_change_text
from onrecord.render.coverage_combined import render_combined_markdown, render_combined_text

IS_JSON = True
SHARE = {"k": 1, "n": 2, "ids": [1], "of": [1, 2]}
OF_RECORDS = {"k": 1, "n": 1, "ids": ["a"], "of": ["a"]}
REPORT: dict[str, Any] = {
    "version": 1, "tool": "0.1.0", "as_of": {"repository": "a/b", "sha": "1" * 40, "branch": "main", "today": "2026-01-06"},
    "config": {"path": "onrecord.yml", "sha256": "2" * 64, "files": {}, "settings": {}}, "window": {"last_count": 200, "since": "", "until": "", "baseline": "", "first": "2026-01-01", "last": "2026-01-06"},
    "pull_requests": {"merged": [{"number": 1}, {"number": 2}], "excluded": {"a bot": [9]}, "asked": [1, 2], "hinted": [], "states": {"covered": [1], "pending": [], "waived": [], "unconfirmed": [], "later": [], "uncovered": [2]}, **dict.fromkeys(("decision_coverage", "as_merged", "answered", "waiver_rate", "wide"), SHARE)},
    "areas": {"commits": {"k": 1, "n": 9}, "hot": {"k": 1, "n": 5, "files": ["a"]}, "files": {"k": 1, "n": 3}, "areas": []},
    "records": {"all": ["a"], "active": [{"id": "a", "missing": []}], **dict.fromkeys(("valid", "minimal", "minimal_with_decider", "full"), OF_RECORDS)},
    "todo": [],
}  # fmt: skip
SEEDS = (
    json.dumps(REPORT),
    json.dumps({"version": 1, "tool": "0.1.0", "repositories": [REPORT | {"repository": "a/c"}], "failed": [{"repository": "a/d", "reason": "no clone"}], "totals": {}}),
    "Commit `1111111`\n\n## #12 Use Redis\n\n- a decision?: yes\n- on record?: no\n\n## #13 x\n\n* A decision? : y\n",
    '{"commit": "1111111"}\n{"number": 12, "is_decision": true, "is_on_record": "no"}\n{"number": 13, "is_decision": null}\n',
)  # fmt: skip
WORDS = ("version", "repositories", "pull_requests", "as_of", "repository", "states", "k", "n", "ids", "of", "todo", "## #12 x\n", "- a decision? yes\n", "- on record? no\n", "number", "a/b", "::error::x", "\x1b[1m", "|", "9" * 5000)  # fmt: skip
WRONG_SHAPE = (KeyError, TypeError, ValueError, AttributeError, IndexError)  # what cli/coverage_compare.py answers for


def read(data: bytes) -> None:
    """Read an input as a report, as one of two to compare, and as answers."""
    text = data.decode("utf-8", "replace")
    try:
        read_answers(text, {12, 13}, "1" * 40)
    except Unreadable as fault:
        str(fault)
    folder()
    try:
        value = read_saved(write("report.json", data))
    except UsageFault as fault:
        harmless(str(fault).replace("\n", " ") if str(fault).isprintable() else "")
        value = None
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        return
    try:
        found = combine([read_part(parsed, "a.json", "a"), read_part(REPORT, "b.json", "b")])
    except CombineFault:
        found = None
    if found:
        assert combined_json(combine([read_part(combined_json(found), "c", "c")])) == combined_json(found)
        harmless(render_combined_text(found), "combined")
        harmless(render_combined_markdown(found), "combined --output-format markdown")
    for base, head in ((value, REPORT), (REPORT, value)) if value else ():
        try:
            change = compare(base, head)
            shown = (render_change_text(change, base, head), render_change_markdown(change, base, head))
            json.dumps(comparison_json(change, base))
        except WRONG_SHAPE:
            continue
        for face in shown:
            harmless(face, "--compare")
