"""A baseline knows findings without line numbers, and counts equal ones."""

import json
from collections import Counter
from typing import Any

import pytest
from text_reader import read

from onrecord.adapters.shipped import schema
from onrecord.check import Policy, ReadFile, Report, SchemaJudge, check, make_baseline, read_baseline

JUDGE = SchemaJudge(schema("decision-record"))
HEAD = """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01
Deciders: Ann Example

## Status

Accepted

## Context

Billing lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Alternatives considered

* MongoDB: no transactions across collections.

## Consequences

"""
BLANK = "* TBD\n"


def judge(*files: ReadFile, known: Counter[tuple[str, str, str]] | None = None) -> Report:
    return check(files, Policy(JUDGE), "2026-06-01", lambda _: True, known=known)


def baseline_of(*files: ReadFile) -> Counter[tuple[str, str, str]]:
    """Return the baseline as it comes back from a file."""
    made = make_baseline(judge(*files).findings, {f.record.path: f.document.lines for f in files})
    return read_baseline(json.loads(json.dumps(made)))


def placeholders(report: Report) -> int:
    return sum(f.rule == "placeholder-left" for f in report.findings)


def test_the_text_has_what_it_is_for() -> None:
    assert {f.rule for f in judge(read(HEAD + BLANK * 3)).findings} == {"placeholder-left"}
    assert placeholders(judge(read(HEAD + BLANK * 3))) == 3


def test_what_is_known_is_not_said_again_and_counted() -> None:
    file = read(HEAD + BLANK * 3)
    report = judge(file, known=baseline_of(file))
    assert report.findings == ()
    assert report.hidden.baselined == 3
    assert report.files == ("docs/adr/0007-example.md",)


def test_text_above_may_move() -> None:
    known = baseline_of(read(HEAD + BLANK))
    moved = HEAD.replace("## Decision", "It was a Friday.\n\nNobody noticed until Monday.\n\n## Decision")
    assert judge(read(moved + BLANK), known=known).findings == ()


def test_blanks_inside_the_line_may_change() -> None:
    known = baseline_of(read(HEAD + "* {what becomes easier, e.g. reports}\n"))
    assert judge(read(HEAD + "*   {what becomes  easier, e.g. reports}\n"), known=known).findings == ()


def test_a_fourth_equal_finding_is_shown() -> None:
    known = baseline_of(read(HEAD + BLANK * 3))
    report = judge(read(HEAD + BLANK * 4), known=known)
    assert placeholders(report) == 1
    assert report.hidden.baselined == 3


def test_a_changed_line_is_a_new_finding() -> None:
    known = baseline_of(read(HEAD + "* {what becomes easier, e.g. reports}\n"))
    assert placeholders(judge(read(HEAD + "* {what becomes harder, e.g. reports}\n"), known=known)) == 1


def test_the_same_line_in_another_file_is_a_new_finding() -> None:
    known = baseline_of(read(HEAD + BLANK))
    assert placeholders(judge(read(HEAD + BLANK, "docs/adr/0007-other.md"), known=known)) == 1


def test_another_rule_on_a_known_line_is_a_new_finding() -> None:
    known = baseline_of(read(HEAD + "A line.\n\n" + BLANK))
    text = HEAD.replace("Deciders: Ann Example\n", "") + "A line.\n\n" + BLANK
    assert {f.rule for f in judge(read(text), known=known).findings} == {"owner-missing"}


def test_fixed_findings_do_not_make_room_for_others() -> None:
    known = baseline_of(read(HEAD + BLANK * 3))
    other = "* {what becomes easier, e.g. reports}\n"
    assert placeholders(judge(read(HEAD + other * 2), known=known)) == 2


def test_a_known_count_is_not_used_up_by_a_run() -> None:
    file = read(HEAD + BLANK * 3)
    known = baseline_of(file)
    before = Counter(known)
    assert judge(file, known=known) == judge(file, known=known)
    assert known == before


def test_a_baseline_holds_no_text_of_the_records() -> None:
    file = read(HEAD + "* {ask Ann Example about the salary, e.g. 1000}\n")
    made = make_baseline(judge(file).findings, {file.record.path: file.document.lines})
    assert "salary" not in json.dumps(made)
    assert made["version"] == 1
    assert made["findings"] == sorted(made["findings"], key=lambda e: (e["rule"], e["path"], e["line"]))


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"version": 2, "findings": []},
        {"version": 1},
        {"version": 1, "findings": [{"rule": "x"}]},
        {"version": 1, "findings": ["x"]},
        {"version": 1, "findings": [{"rule": "x", "path": "y", "line": "z", "count": "many"}]},
        {"version": 1, "findings": 7},
        "text",
    ],
)
def test_what_is_no_baseline_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"version|shape|int"):
        read_baseline(value)
