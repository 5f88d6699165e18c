"""A suppression names its rule and its reason; anything else is said aloud."""

import pytest
from text_reader import read

from onrecord.adapters.shipped import schema
from onrecord.check import Policy, Report, SchemaJudge, check
from onrecord.rules import ALL_RULES, Severity, load_rule

JUDGE = SchemaJudge(schema("decision-record"))
TEXT = """\
---
status: accepted
date: 2026-03-01
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts. See [the load test](load-test.md) and [the plan](plan.md).
"""
SAID = {"owner-missing", "link-broken"}
FILE_LINE = "\n<!-- onrecord-disable-file {} -->\n"


def judge(text: str, **team: object) -> Report:
    return check([read(text)], Policy(JUDGE, **team), "2026-06-01", lambda _: False)  # type: ignore[arg-type]


def rules(report: Report) -> list[str]:
    return sorted({f.rule for f in report.findings})


def test_without_any_both_are_said() -> None:
    report = judge(TEXT)
    assert set(rules(report)) == SAID
    assert report.hidden.suppressed == 0


class TestRanges:
    def test_a_whole_file(self) -> None:
        report = judge(TEXT + FILE_LINE.format("owner-missing: imported from the wiki"))
        assert rules(report) == ["link-broken"]
        assert report.hidden.suppressed == 1

    @pytest.mark.parametrize("between", [" ", ", ", ","])
    def test_several_rules_at_once(self, between: str) -> None:
        report = judge(TEXT + FILE_LINE.format(f"owner-missing{between}link-broken: imported from the wiki"))
        assert rules(report) == []
        assert report.hidden.suppressed == 3

    def test_the_same_line(self) -> None:
        line = TEXT.replace("plan.md).", "plan.md). <!-- onrecord-disable-line link-broken: moves next week -->")
        report = judge(line)
        assert rules(report) == ["owner-missing"]
        assert report.hidden.suppressed == 2

    def test_another_line_stays(self) -> None:
        text = TEXT.replace("at each deploy.", "at each deploy. <!-- onrecord-disable-line link-broken: moves -->")
        assert rules(judge(text)) == ["ignore-unused", "link-broken", "owner-missing"]

    def test_the_next_line(self) -> None:
        mark = "<!-- onrecord-disable-next-line link-broken: moves next week -->"
        assert rules(judge(TEXT.replace("Chosen option", f"{mark}\nChosen option"))) == ["owner-missing"]
        assert "link-broken" in rules(judge(TEXT.replace("Chosen option", f"{mark}\n\nChosen option")))

    def test_a_comment_of_several_lines(self) -> None:
        mark = "<!-- onrecord-disable-file owner-missing:\n     the wiki named nobody,\n     and nobody knows -->"
        assert rules(judge(f"{TEXT}\n{mark}\n")) == ["link-broken"]

    def test_front_matter(self) -> None:
        report = judge(TEXT.replace("---\n", "---\n# onrecord: ignore[owner-missing] imported from the wiki\n", 1))
        assert rules(report) == ["link-broken"]
        assert report.hidden.suppressed == 1

    def test_front_matter_behind_a_value_with_two_rules(self) -> None:
        text = TEXT.replace("accepted\n", "accepted  # onrecord: ignore[owner-missing, link-broken] imported\n", 1)
        report = judge(text)
        assert rules(report) == []
        assert report.hidden.suppressed == 3


class TestNoReasonNoSuppression:
    @pytest.mark.parametrize("reason", ["", ":", ": ", ": -", ": …"])
    def test_it_is_not_followed_and_said(self, reason: str) -> None:
        report = judge(TEXT + FILE_LINE.format(f"owner-missing{reason}"))
        assert rules(report) == ["ignore-unreasoned", "link-broken", "owner-missing"]
        assert report.hidden.suppressed == 0

    def test_its_place_is_its_own_line(self) -> None:
        text = TEXT + FILE_LINE.format("owner-missing")
        finding = next(f for f in judge(text).findings if f.rule == "ignore-unreasoned")
        assert "onrecord-disable-file" in text.splitlines()[finding.location.line - 1]
        assert finding.severity == Severity.NOTICE

    def test_in_front_matter(self) -> None:
        report = judge(TEXT.replace("---\n", "---\n# onrecord: ignore[owner-missing]\n", 1))
        assert rules(report) == ["ignore-unreasoned", "link-broken", "owner-missing"]


class TestUnused:
    def test_an_unknown_rule_is_named_with_the_nearest(self) -> None:
        report = judge(TEXT + FILE_LINE.format("ownr-missing: imported from the wiki"))
        assert rules(report) == ["ignore-unused", "link-broken", "owner-missing"]
        message = next(f.message for f in report.findings if f.rule == "ignore-unused")
        assert "ownr-missing" in message
        assert "owner-missing" in message.replace("ownr-missing", "")

    def test_nothing_is_guessed_where_no_name_is_near(self) -> None:
        report = judge(TEXT + FILE_LINE.format("zzzz: imported from the wiki"))
        assert [f.message for f in report.findings if f.rule == "ignore-unused"] == ["there is no rule zzzz"]

    def test_the_idle_one_is_taken_out_and_the_other_stays(self) -> None:
        report = judge(TEXT + FILE_LINE.format("owner-missing, date-impossible: imported"))
        (fix,) = [f.suggestion for f in report.findings if f.rule == "ignore-unused"]
        assert fix is not None
        assert fix.lines == ("<!-- onrecord-disable-file owner-missing: imported -->",)

    def test_one_that_hides_nothing(self) -> None:
        report = judge(TEXT + FILE_LINE.format("date-impossible: imported"))
        assert rules(report) == ["ignore-unused", "link-broken", "owner-missing"]

    def test_of_a_rule_on_several_files_nothing_is_taken_out(self) -> None:
        """Not all of them may have been read."""
        report = judge(TEXT + FILE_LINE.format("number-duplicate: renumbered next week"))
        assert [f.suggestion for f in report.findings if f.rule == "ignore-unused"] == [None]

    def test_only_the_idle_one_of_two_is_named(self) -> None:
        report = judge(TEXT + FILE_LINE.format("owner-missing date-impossible: imported"))
        said = [f.message for f in report.findings if f.rule == "ignore-unused"]
        assert len(said) == 1
        assert "date-impossible" in said[0]

    def test_nothing_is_said_of_a_rule_that_did_not_run(self) -> None:
        text = TEXT + FILE_LINE.format("date-impossible: imported")
        assert rules(judge(text, ignore=frozenset(("date-impossible",)))) == sorted(SAID)
        assert rules(judge(text, severities={"date-impossible": Severity.OFF})) == sorted(SAID)

    def test_a_log_finding_is_a_use(self) -> None:
        text = load_rule("record-unreadable").good[0].text + FILE_LINE.format("number-duplicate: renumbered next week")
        files = [read(text, path) for path in ("docs/adr/0007-a.md", "docs/adr/0007-b.md")]
        report = check(files, Policy(JUDGE), "2026-06-01", lambda _: True)
        assert "number-duplicate" not in {f.rule for f in report.findings}
        unused = [f.location.path for f in report.findings if f.rule == "ignore-unused"]
        assert unused == ["docs/adr/0007-a.md"]


class TestWhatIsNoSuppression:
    @pytest.mark.parametrize(
        "text",
        [
            "\n```\n<!-- onrecord-disable-file owner-missing: an example -->\n```\n",
            "\n`<!-- onrecord-disable-file owner-missing: an example -->`\n",
            "\n<!-- onrecord-disable-folder owner-missing: no such range -->\n",
            "\n<!-- TODO: onrecord-disable-file owner-missing: a note -->\n",
            "\nonrecord-disable-file owner-missing: plain text\n",
        ],
    )
    def test_it_hides_nothing(self, text: str) -> None:
        report = judge(TEXT + text)
        assert "owner-missing" in rules(report)
        assert report.hidden.suppressed == 0

    def test_what_cannot_be_read_cannot_be_hushed(self) -> None:
        assert [rule for rule in ALL_RULES if not load_rule(rule).can_ignore] == ["record-unreadable"]


def test_findings_about_suppressions_obey_the_policy() -> None:
    text = TEXT + FILE_LINE.format("owner-missing")
    loud = judge(text, severities={"ignore-unreasoned": Severity.ERROR})
    assert next(f.severity for f in loud.findings if f.rule == "ignore-unreasoned") == Severity.ERROR
    assert "ignore-unreasoned" not in rules(judge(text, severities={"ignore-unreasoned": Severity.OFF}))
    assert "ignore-unreasoned" not in rules(judge(text, ignore=frozenset(("ignore-unreasoned",))))


@pytest.mark.parametrize("rule", ["ignore-unused", "ignore-unreasoned"])
def test_other_findings_stay_when_a_suppression_is_about_the_suppressions(rule: str) -> None:
    assert set(rules(judge(TEXT + FILE_LINE.format(f"{rule}: it is an example")))) >= SAID
