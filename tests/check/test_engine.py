"""The engine is a function: the same files, in any order, give the same sorted report."""

import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_reader import read, read_all

from onrecord.adapters.shipped import schema
from onrecord.check import Policy, ReadFile, Report, SchemaJudge, Skipped, check, report_json
from onrecord.rules import ALL_RULES, CHANGE_RULES, LOG_RULES, UPKEEP_RULES, Severity, load_rule

ROOT = Path(__file__).resolve().parent.parent.parent
JUDGE = SchemaJudge(schema("decision-record"))


def judge(files: list[ReadFile], **settings_of_team: object) -> Report:
    policy = Policy(JUDGE, **settings_of_team)  # type: ignore[arg-type]
    return check(files, policy, "2026-06-01", lambda _: False, [Skipped("z.rst", "not read"), Skipped("a.rst", "x")])


RECORD_RULES = [rule for rule in ALL_RULES if rule not in (*CHANGE_RULES, *UPKEEP_RULES)]
ALONE = {"number-duplicate", "supersedes-dangling"}  # of the rules of a log: the others speak of a whole one
OF_BYTES = {"encoding-not-utf8", "record-unreadable"}
SPEAKING = [
    rule
    for rule in RECORD_RULES
    if load_rule(rule).severity and rule not in OF_BYTES and (rule in ALONE or rule not in LOG_RULES)
]
BAD = [
    file
    for n, (rule, example) in enumerate((r, e) for r in RECORD_RULES for e in load_rule(r).bad)
    for file in read_all(example.text, f"docs/adr/{7 + n % 5:04}-{rule}-{n}.md")
]


@cache
def whole() -> Report:
    return judge(BAD)


def test_there_is_something_to_sort() -> None:
    assert len(whole().findings) > 40
    assert {f.rule for f in whole().findings} >= {"number-duplicate", "owner-missing", "ignore-unused", "link-broken"}


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, database=None, derandomize=True)
def test_the_order_of_files_changes_nothing(shuffler: random.Random) -> None:
    files = list(BAD)
    shuffler.shuffle(files)
    assert judge(files) == whole()


def test_checking_twice_gives_the_same() -> None:
    assert judge(BAD) == whole()


def test_findings_are_sorted_by_path_line_and_rule() -> None:
    keys = [(f.location.path, f.location.line, f.rule) for f in whole().findings]
    assert keys == sorted(keys)
    assert list(whole().files) == sorted(whole().files)
    assert list(whole().skipped) == sorted(whole().skipped)


def test_a_report_does_not_depend_on_the_hash_seed() -> None:
    outputs = set()
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", "check", "examples", "--output-format", "json", "--today", "2026-11-22"],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            timeout=60,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1
    assert json.loads(outputs.pop())["findings"]


def test_select_and_ignore_are_two_halves_of_the_whole() -> None:
    some = frozenset(("owner-missing", "link-broken", "ignore-unused", "number-duplicate", "date-impossible"))
    chosen, rest = judge(BAD, select=some), judge(BAD, ignore=some)
    assert {f.rule for f in chosen.findings} == some
    assert {f.rule for f in rest.findings} & some == set()
    assert not {f.rule for f in rest.findings} - {f.rule for f in whole().findings} - {"placeholder-left"}


@pytest.mark.parametrize("rule", SPEAKING)
@pytest.mark.parametrize("severity", [Severity.OFF, Severity.NOTICE, Severity.WARNING, Severity.ERROR])
def test_a_team_sets_the_severity_of_every_rule(rule: str, severity: Severity) -> None:
    places = {f.location.path for f in whole().findings if f.rule == rule}
    assert places
    files = [f for f in BAD if f.record.path in places or rule == "number-duplicate"]
    mine = [f.severity for f in judge(files, severities={rule: severity}).findings if f.rule == rule]
    assert set(mine) == ({severity} if severity else set())


class TestOneFindingSaysItOnce:
    def rules_on(self, text: str) -> set[str]:
        return {f.rule for f in judge([read(text)]).findings}

    def test_an_unfilled_template_is_one_finding(self) -> None:
        assert self.rules_on(load_rule("template-unfilled").bad[0].text) == {"template-unfilled"}

    @pytest.mark.parametrize(
        ("status", "decision", "team", "rule", "severity"),
        [
            ("Accepted", "", {}, "decision-empty", Severity.ERROR),
            ("Accepted", "TBD", {}, "decision-placeholder", Severity.ERROR),
            ("Accepted", "", {"severities": {"decision-empty": Severity.OFF}}, "template-unfilled", Severity.WARNING),
            ("Accepted", "", {"ignore": frozenset(("decision-empty",))}, "template-unfilled", Severity.WARNING),
            ("Proposed", "", {}, "template-unfilled", Severity.WARNING),
        ],
    )
    def test_a_record_with_nothing_in_it_is_as_bad_as_what_its_status_says(
        self, status: str, decision: str, team: dict[str, object], rule: str, severity: Severity
    ) -> None:
        text = f"# 7. Keep invoices in PostgreSQL\n\n## Status\n\n{status}\n\n## Context\n\n## Decision\n\n{decision}\n"
        assert [(f.rule, f.severity) for f in judge([read(text)], **team).findings] == [(rule, severity)]

    def test_an_empty_decision_is_not_also_missing(self) -> None:
        found = self.rules_on(load_rule("decision-empty").bad[0].text)
        assert "decision-empty" in found
        assert not found & {"decision-missing", "decision-placeholder"}

    def test_a_placeholder_decision_is_not_also_a_placeholder_left(self) -> None:
        found = self.rules_on(load_rule("decision-placeholder").bad[0].text)
        assert "decision-placeholder" in found
        assert not found & {"decision-missing", "decision-empty", "placeholder-left"}

    def test_a_stand_in_owner_is_not_also_missing(self) -> None:
        found = self.rules_on(load_rule("owner-placeholder").bad[0].text)
        assert "owner-placeholder" in found
        assert "owner-missing" not in found

    def test_what_cannot_be_read_in_front_matter_is_not_also_missing(self) -> None:
        sound = load_rule("decide-by-passed").good[1].text
        bare = sound.replace("decision-makers: [Ann Example]\n", "")
        assert self.rules_on(bare) == {"owner-missing"}
        broken = bare.replace("---\n", "---\nx: [a\n", 1)
        assert self.rules_on(broken) & {"front-matter-invalid", "owner-missing"} == {"front-matter-invalid"}

    def test_switching_the_loud_rule_off_does_not_bring_its_echo_back_twice(self) -> None:
        report = judge(
            [read(load_rule("owner-placeholder").bad[0].text)], severities={"owner-placeholder": Severity.OFF}
        )
        assert [f.rule for f in report.findings if f.rule.startswith("owner")] == []


class TestQuietWhereTheDialectHasNoPlace:
    NYGARD = load_rule("owner-missing").bad[0].text
    MADR = load_rule("option-unargued").bad[0].text.replace("decision-makers: [Ann Example]\n", "")

    def severity_on(self, text: str, **team: object) -> Severity:
        return next(f.severity for f in judge([read(text)], **team).findings if f.rule == "owner-missing")

    def test_a_dialect_with_a_place_for_the_owner_gives_a_warning(self) -> None:
        assert self.severity_on(self.MADR) == Severity.WARNING

    def test_a_dialect_without_one_gives_a_notice(self) -> None:
        assert self.severity_on(self.NYGARD) == Severity.NOTICE

    def test_a_team_that_asks_for_it_gets_it_everywhere(self) -> None:
        team = {"severities": {"owner-missing": Severity.ERROR}}
        assert self.severity_on(self.NYGARD, **team) == Severity.ERROR


def test_the_json_view_holds_everything_the_report_says() -> None:
    view = report_json(whole())
    assert view["version"] == 1
    assert len(view["findings"]) == len(whole().findings)
    assert view["counts"] == {
        word: sum(f["severity"] == word for f in view["findings"]) for word in ("error", "warning", "notice")
    }
    assert view["skipped"][0] == {"path": "a.rst", "reason": "x"}
    json.dumps(view)


def test_a_record_counts_as_looked_at_though_nothing_is_said_of_it() -> None:
    sound = load_rule("decide-by-passed").good[1].text
    report = judge([read(sound)], ignore=frozenset(ALL_RULES))
    assert (report.findings, report.files) == ((), ("docs/adr/0007-example.md",))


def test_a_file_that_is_no_record_is_left_out_with_its_reason() -> None:
    report = judge([read("# Readme\n\nHello.\n", "docs/adr/README.md")])
    assert report.files == ()
    assert Skipped("docs/adr/README.md", "not a record (readme)") in report.skipped
