"""Reports of many repositories as one: sums, one row each, and the same bytes whatever the order."""

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from onrecord.adapters.shipped import schema
from onrecord.coverage.combine import CombineFault, Failure, Part, combine, combined_json, read_part
from onrecord.render.coverage_combined import render_combined_markdown, render_combined_text

SHARES = ("decision_coverage", "as_merged", "answered", "waiver_rate", "wide")


def report(name: str | None = "acme/api", covered: int = 3, asked: int = 4, **more: Any) -> dict[str, Any]:
    """Return so much of a report as is added up."""
    numbers = list(range(1, asked + 1))
    states = {"covered": numbers[:covered], "uncovered": numbers[covered:]}
    share = {"k": covered, "n": asked, "ids": numbers[:covered], "of": numbers}
    records = {"k": 1, "n": 2, "ids": ["a"], "of": ["a", "b"]}
    return {
        "version": 1,
        "tool": "0.1.0",
        "as_of": {"repository": name, "sha": "1" * 40, "branch": "main", "today": "2026-01-06"},
        "config": {"path": "onrecord.yml", "sha256": "2" * 64},
        "window": {"last_count": 200, "since": "", "until": "", "baseline": "", "first": "2026-01-01", "last": "2026-01-06"},
        "pull_requests": {
            "merged": [{"number": number} for number in numbers],
            "excluded": {"a bot": [90, 91], "only tests": [92]},
            "asked": numbers,
            "hinted": [7],
            "states": {state: states.get(state, []) for state in ("covered", "pending", "waived", "unconfirmed", "uncovered")},
            **dict.fromkeys(SHARES, share),
        },
        "areas": {"commits": {"k": 1, "n": 9}, "hot": {"k": 1, "n": 5, "files": ["a"]}, "files": {"k": 1, "n": 3}},
        "records": {
            "all": ["a", "b", "c"],
            "active": [{"id": "a"}, {"id": "b"}],
            **dict.fromkeys(("valid", "minimal", "minimal_with_decider", "full"), records),
        },
    } | more  # fmt: skip


def at(commit: str, name: str | None = "acme/api") -> dict[str, Any]:
    """Return a report of another commit."""
    return report(name, as_of=report(name)["as_of"] | {"sha": commit})


def part(data: Any, file: str = "a.json", name: str = "a") -> Part:
    return read_part(data, file, name)


def as_bytes(*parts: Part) -> bytes:
    value = combined_json(combine(parts))
    return json.dumps(value, sort_keys=True).encode()


@st.composite
def many(draw: st.DrawFn) -> list[Part]:
    """Draw the parts of some repositories, some of them twice, some failed."""
    names = draw(st.lists(st.sampled_from([f"acme/{letter}" for letter in "abcdefg"]), min_size=1, max_size=9))
    parts = []
    for name in names:
        asked = 1 + len(name) + ord(name[-1]) % 5
        row = part(report(name, asked - 1, asked), f"{name[-1]}.json")
        parts.append(Part("x", failed=(Failure(name, "no clone"),)) if draw(st.booleans()) else row)
    return parts


class TestCombining:
    @settings(deadline=None, max_examples=25)
    @given(many(), st.randoms(use_true_random=False), st.integers(0, 9))
    def test_neither_order_nor_grouping_changes_a_byte(self, parts: list[Part], dice: random.Random, cut: int) -> None:
        whole = as_bytes(*parts)
        dice.shuffle(parts)
        assert as_bytes(*parts) == whole
        groups = [part(json.loads(as_bytes(*group)), f"{n}.json") for n, group in enumerate((parts[:cut], parts[cut:]))]
        assert as_bytes(*groups) == whole

    def test_counts_are_added_and_shares_are_of_the_sums(self) -> None:
        value = json.loads(as_bytes(part(report("a/a", 1, 1)), part(report("b/b", 10, 49), "b.json")))
        total = value["totals"]
        assert total["repositories"] == 2
        assert total["pull_requests"]["decision_coverage"] == {
            "k": 11,
            "n": 50,
            "share": 0.22,
            "interval": {"low": 0.1275, "high": 0.3524},
        }
        assert total["pull_requests"]["excluded"] == 6
        assert total["areas"]["hot"] == {"k": 2, "n": 10}
        assert total["records"]["minimal"]["k"] == 2
        assert (total["records"]["all"], total["records"]["active"]) == (6, 4)

    def test_what_is_written_is_what_is_published(self) -> None:
        lost = Part("x", failed=(Failure("acme/web", "no clone"),))
        value = json.loads(as_bytes(part(report()), part(report("a/a", 0, 0)), lost))
        shape = Draft202012Validator(schema("coverage-combined"))
        shape.validate(value)
        for place in (value, value["totals"], value["repositories"][0], value["repositories"][0]["areas"]):
            place["surprise"] = 1
            assert not shape.is_valid(value)
            del place["surprise"]

    def test_nothing_asked_is_no_share(self) -> None:
        total = json.loads(as_bytes(part(report("a/a", 0, 0))))["totals"]["pull_requests"]
        assert total["decision_coverage"] == {"k": 0, "n": 0, "share": None, "interval": None}

    def test_a_report_twice_counts_once_whatever_its_file_and_the_case_of_its_name(self) -> None:
        both = combine([part(report()), part(report("Acme/API"), "b.json", "b")])
        assert [row.repository for row in both.rows] == ["Acme/API"]
        assert both == combine([part(report("Acme/API"))])

    def test_a_report_without_a_repository_is_called_like_its_file(self) -> None:
        assert [row.repository for row in combine([part(report(None), "r/web.json", "web")]).rows] == ["web"]
        nameless = report(as_of=report()["as_of"] | {"repository": ["acme/api"]})
        assert [row.repository for row in combine([part(nameless, "r/web.json", "web")]).rows] == ["web"]

    def test_who_has_a_report_has_not_failed(self) -> None:
        lost = Part("x", failed=(Failure("Acme/api", "no clone"), Failure("acme/web", "no clone")))
        assert [one.repository for one in combine([lost, part(report())]).failed] == ["acme/web"]

    def test_two_commits_of_one_repository_do_not_go_together(self) -> None:
        told = r"acme/api has two reports: a.json is of commit 1{10}, b.json of 3{10}; leave one of them out\Z"
        with pytest.raises(CombineFault, match=told):
            combine([part(at("3" * 40), "b.json"), part(report())])

    def test_two_reports_of_one_commit_that_differ_do_not_go_together(self) -> None:
        other = report(window=report()["window"] | {"last_count": 20})
        with pytest.raises(CombineFault, match=r"a.json and b.json are of the same commit 1+ and differ in: window;"):
            combine([part(report()), part(other, "b.json")])
        with pytest.raises(CombineFault, match="differ in: numbers;"):
            combine([part(report()), part(report("acme/api", 2), "b.json")])

    def test_two_files_of_one_name_say_what_helps(self) -> None:
        with pytest.raises(CombineFault, match="neither names its repository, so rename a file"):
            combine([part(at("3" * 40, None), "x/a.json"), part(report(None), "y/a.json")])


class TestReading:
    @pytest.mark.parametrize("version", [2, 0, "1", None, True, 1.5])
    def test_another_version_is_said_with_its_file(self, version: Any) -> None:
        with pytest.raises(CombineFault, match=r"\Anew.json: this report has version"):
            part(report(version=version), "new.json")
        with pytest.raises(CombineFault, match=r"\Anew.json: this report has version"):
            part({"version": version, "repositories": []}, "new.json")

    def test_only_a_newer_version_asks_for_a_newer_tool(self) -> None:
        with pytest.raises(CombineFault, match="a newer onrecord reads it"):
            part(report(version=2))
        for older in (0, "1", True):
            with pytest.raises(CombineFault, match="write it again with this onrecord"):
                part(report(version=older))

    @pytest.mark.parametrize("data", [None, [], {}, 7, "x", {"version": 1}])
    def test_something_else_is_no_report(self, data: Any) -> None:
        with pytest.raises(CombineFault, match=r"\Aa.json: this is no coverage report"):
            part(data)

    @pytest.mark.parametrize(
        "place",
        [
            ("pull_requests", "decision_coverage", "k"),
            ("pull_requests", "merged"),
            ("pull_requests", "states", "covered"),
            ("areas", "hot", "n"),
            ("areas", "files"),
            ("records", "minimal", "n"),
            ("as_of", "sha"),
            ("window", "since"),
            ("config",),
            ("tool",),
        ],
    )
    @pytest.mark.parametrize("value", [-1, 0.5, True, 10**400, [{}], {"x": "y"}])
    def test_what_is_no_count_or_text_is_said_with_its_place(self, place: tuple[str, ...], value: Any) -> None:
        data = copy.deepcopy(report())
        inner: Any = data
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = value
        try:
            found = part(data)
        except CombineFault as fault:
            assert str(fault).startswith("a.json: ") and place[-1] in str(fault)
        else:  # a list stands for its length wherever a count does
            assert value == [{}] or place == ("config",)
            as_bytes(found)

    def test_more_than_all_is_no_share(self) -> None:
        with pytest.raises(CombineFault, match=r"areas\.hot: 6 of 5 is no share"):
            part(report(areas=report()["areas"] | {"hot": {"k": 6, "n": 5}}))


class TestFaces:
    def test_those_that_need_attention_come_first_and_the_total_last(self) -> None:
        parts = [part(report(*one)) for one in (("a/idle", 0, 0), ("b/good", 40, 41), ("c/busy", 10, 50))]
        text = render_combined_text(combine(parts))
        rows = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]
        assert rows == ["repository", "c/busy", "b/good", "a/idle", "all"]
        assert "c/busy              10/50 = 20 % (11–33 %)" in text
        assert "50/91 = 55 % (45–65 %)" in text.splitlines()[6]
        assert "Decision coverage of 3 repositories: 91 merged pull requests\n" in text
        assert "In 1 of these no pull request was asked" in text

    def test_few_are_no_percentage_and_none_is_no_share(self) -> None:
        text = render_combined_text(combine([part(report("a/idle", 0, 0)), part(report("b/few", 3, 4))]))
        assert [line.split()[1] for line in text.splitlines()[3:5]] == ["3/4", "n/a"]

    def test_a_narrow_terminal_gets_lines_of_its_own_width(self) -> None:
        name = "o" * 30 + "/" + "r" * 60
        text = render_combined_text(combine([part(report(name, 20, 50)), part(report("b/b"))]), 60)
        assert max(len(line) for line in text.splitlines()) <= 60
        assert "  1. asked and on record    20/50 = 40 % (28–54 %)\n" in text

    def test_names_are_left_whole_where_there_is_room(self) -> None:
        found = combine([part(report(f"organization/{'r' * 30}-{end}")) for end in ("api", "web")])
        for text in (render_combined_text(found), render_combined_text(found, 132)):
            assert "rrr-api " in text
            assert "rrr-web " in text
        assert "rrr-api" not in render_combined_text(found, 118)

    def test_a_long_name_is_whole_in_a_pipe(self) -> None:
        assert f"  {'o' * 90}/r  " in render_combined_text(combine([part(report(f"{'o' * 90}/r"))]))

    def test_different_windows_are_said(self) -> None:
        other = report("b/b", window=report()["window"] | {"since": "2026-01-02"})
        assert "different windows" in render_combined_text(combine([part(report()), part(other)]))
        assert "different" not in render_combined_text(combine([part(report()), part(report("b/b"))]))

    def test_names_and_reasons_break_out_of_nothing(self) -> None:
        hostile = "\x1b[31m`|<b>\n::error::x"
        found = combine([part(report(hostile)), Part("x", failed=(Failure(hostile + "2", hostile),))])
        text, markdown = render_combined_text(found), render_combined_markdown(found)
        assert "\x1b" not in text + markdown
        assert "\n::error" not in text
        shown = str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))
        assert "<b>" not in shown
        assert shown.count("<code>") == 2
        assert shown.count("<td") == 10
