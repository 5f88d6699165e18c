"""A team's configuration: every setting, and a wrong one with its place and the nearest name."""

from typing import Any

import pytest

from onrecord.adapters.shipped import schema
from onrecord.check import Config, ConfigFault, PullRequestConfig, parse_config
from onrecord.check.config import CoverageConfig
from onrecord.rules import ALL_RULES, Severity

SCHEMA = schema("config")


def parse(value: Any) -> Config:
    return parse_config(value, "onrecord.yml", SCHEMA)


def fault(value: Any) -> str:
    with pytest.raises(ConfigFault) as caught:
        parse(value)
    return str(caught.value)


def test_every_setting_arrives() -> None:
    config = parse(
        {
            "records": ["docs/decisions/**"],
            "exclude": ["docs/old/**"],
            "fail-on": "warning",
            "rules": {"owner-missing": "error", "option-unargued": "off"},
            "schema": "team.schema.json",
            "baseline": "known.json",
            "vocabulary": {
                "terms": {"decision": ["ruling"]},
                "statuses": {"accepted": ["shipped"]},
                "placeholders": ["soon"],
            },
            "pull-requests": {
                "paths": ["api/**"],
                "labels": ["decision"],
                "skip-labels": ["trivial"],
                "skip-authors": ["robot"],
            },
        }
    )
    assert config == Config(
        path="onrecord.yml",
        records=("docs/decisions/**",),
        exclude=("docs/old/**",),
        fail_on=Severity.WARNING,
        rules={"owner-missing": Severity.ERROR, "option-unargued": Severity.OFF},
        schema="team.schema.json",
        baseline="known.json",
        vocabulary={"terms": {"decision": ["ruling"]}, "statuses": {"accepted": ["shipped"]}, "placeholders": ["soon"]},
        pull_requests=PullRequestConfig(("api/**",), ("decision",), ("trivial",), ("robot",)),
    )


def test_the_test_above_knows_every_setting() -> None:
    assert {name.replace("_", "-") for name in Config._fields} - {"path"} == set(SCHEMA["properties"])
    assert {name.replace("_", "-") for name in PullRequestConfig._fields} == set(
        SCHEMA["properties"]["pull-requests"]["properties"]
    )


@pytest.mark.parametrize("value", [None, {}])
def test_an_empty_file_means_the_defaults(value: object) -> None:
    assert parse(value) == Config(path="onrecord.yml")
    assert Config().fail_on == Severity.ERROR


@pytest.mark.parametrize(
    ("word", "level"),
    [("error", Severity.ERROR), ("warning", Severity.WARNING), ("notice", Severity.NOTICE), ("never", None)],
)
def test_fail_on(word: str, level: Severity | None) -> None:
    assert parse({"fail-on": word}).fail_on == level


def test_all_the_other_settings_arrive_too() -> None:
    settings = {"governed": True, "since": "2026-01-31", "hints": "wide", "mode": "require", "comment": "never"}
    found = parse({"pull-requests": settings}).pull_requests
    assert parse({"coverage": {"exempt": ["web/**"]}}).coverage == CoverageConfig(("web/**",))
    assert found == PullRequestConfig(governed=True, since="2026-01-31", hints="wide", mode="require", comment="never")


@pytest.mark.parametrize("rule", ALL_RULES)
def test_every_rule_can_be_set(rule: str) -> None:
    assert parse({"rules": {rule: "off"}}).rules == {rule: Severity.OFF}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"fail_on": "error"}, ["onrecord.yml", "fail_on", "did you mean “fail-on”"]),
        ({"record": []}, ["onrecord.yml", "record", "“records”"]),
        ({"pull-requests": {"label": ["x"]}}, ["onrecord.yml: pull-requests", "label", "“labels”"]),
        ({"vocabulary": {"status": {}}}, ["onrecord.yml: vocabulary", "status", "“statuses”"]),
        ({"rules": {"ownr-missing": "off"}}, ["onrecord.yml: rules", "ownr-missing", "“owner-missing”"]),
        ({"zzzz": 1}, ["onrecord.yml", "“zzzz”"]),
    ],
)
def test_an_unknown_name_is_said_with_its_place_and_the_nearest(value: Any, words: list[str]) -> None:
    said = fault(value)
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("value", "place", "seen"),
    [
        ({"fail-on": "fatal"}, "fail-on", "“fatal” is none of error, warning, notice, never"),
        ({"rules": {"owner-missing": "loud"}}, "rules: owner-missing", "loud"),
        ({"rules": {"owner-missing": False}}, "rules: owner-missing", "False"),
        ({"records": "docs/**"}, "records", "docs/**"),
        ({"exclude": ["a", 7]}, "exclude: 1", "7"),
        (
            {"pull-requests": {"since": "soon"}},
            "pull-requests: since",
            "“soon” is no date; a date is written like 2026-11-22",
        ),
        ({"pull-requests": {"labels": "decision"}}, "pull-requests: labels", "decision"),
        ({"vocabulary": {"terms": {"decision": "ruling"}}}, "vocabulary: terms: decision", "ruling"),
        ({"schema": 3}, "schema", "3"),
        (["records"], "onrecord.yml", "should be a mapping"),
    ],
)
def test_a_wrong_value_is_said_with_its_place(value: Any, place: str, seen: str) -> None:
    said = fault(value)
    assert said.startswith("onrecord.yml: ")
    assert place in said
    assert seen in said


def test_a_far_off_name_gets_no_wild_guess() -> None:
    assert fault({"zzzzzz": 1}).startswith("onrecord.yml: there is no setting “zzzzzz”; there are records, ")
    assert fault({"rules": {"zzzzzz": "off"}}) == "onrecord.yml: rules: there is no rule “zzzzzz”"
    assert "did you mean" not in fault({"zzzzzz": 1})


def test_a_name_that_is_no_text_is_refused_not_a_crash() -> None:
    assert "7" in fault({7: "x"})


def test_all_of_a_wrong_rule_list_is_not_needed_to_see_one() -> None:
    assert "owner-misssing" in fault({"rules": {"date-impossible": "off", "owner-misssing": "off"}})
