"""`onrecord coverage`: its door, over real histories."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from onrecord.adapters.shipped import schema

ROOT = Path(__file__).resolve().parents[2]
CONFIG = "pull-requests: {paths: ['api/**']}\n"
RECORD = """\
---
status: {status}
date: 2026-01-01
decision-makers: [Ann Example]
scope: ['api/**']
---

# Count calls in Redis

## Context and Problem Statement

A shop could exceed its limit.

## Considered Options

* Redis
* Sticky sessions, which a busy shop would wear out

## Decision Outcome

Chosen option: "Redis", because it is shared.
"""
BODY = "Counted in one place so that a shop with several processes is held to its limit, as the contract says it is."
HOME = "docs/adr/0001-count-calls.md"


class Merges:
    """Merges pull requests into main, a day each from 2026-01-01 on."""

    def __init__(self, repo: Any) -> None:
        self.repo, self.day = repo, 0

    def __call__(self, message: str, **files: str) -> str:
        """Commit files under names in which `__` stands for a slash and `_` before the ending for a dot; return the id."""
        self.day += 1
        self.repo.write_all(files or {"api/calls.py": f"{self.day}\n" * 60})
        day = f"2026-01-{self.day:02}T12:00:00+00:00"
        self.repo.git("commit", "-qm", message, GIT_AUTHOR_DATE=day, GIT_COMMITTER_DATE=day)
        return str(self.repo.head())


@pytest.fixture
def merge(repo) -> Merges:
    repo.write("onrecord.yml", CONFIG)
    return Merges(repo)


def report(run: Any, *arguments: str) -> dict[str, Any]:
    outcome = run("coverage", "--output-format", "json", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    Draft202012Validator(schema("coverage-report")).validate(found)
    return dict(found)


def as_html(markdown: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def history(merge: Merges) -> None:
    """Merge one that is covered, one that waits, one that is late, one that is not on record; and push once."""
    merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": "1\n" * 60, HOME: RECORD.format(status="accepted")})
    merge("Straight to main", **{"src/a.py": "1\n" * 60})
    merge(f"Count more calls (#2)\n\n{BODY}\n\nDecision: ADR-2")
    merge(f"Count all calls (#3)\n\n{BODY}")
    merge("Propose (#4)", **{"docs/adr/0002-more.md": RECORD.format(status="proposed")})
    merge("Pay (#5)", **{f"src/pay{n}.py": "1\n" * 60 for n in range(6)})


class TestReport:
    def test_what_a_lead_reads(self, run, merge) -> None:
        history(merge)
        out = run("coverage").out
        assert out.startswith("Decision coverage of main at ")
        assert "5 merged pull requests, 2026-01-01 to 2026-01-06" in out
        lists, numbers = out.split("1. Pull requests:")
        assert "  #3  2026-01-04  Count all calls\n    asked by the path api/**; nothing is on record\n" in lists
        assert "three sentences in docs/adr/0003-….md with “implemented-by: ['#NUMBER']”" in " ".join(lists.split())
        assert "→ accept or reject docs/adr/0002-more.md" in lists
        assert lists.index("#3") < lists.index("#2")
        assert "decision coverage                 1/3   1 in records + 0 in descriptions only\n" in numbers
        assert "no pull request found             1 commit\n" in numbers
        assert "%" not in numbers.split("2. Areas")[0].replace("3.8 %", "").replace("95 %", "")
        assert "On day one this reads near zero everywhere" not in numbers
        assert "Labels and most approvals are not in git" in numbers

    def test_the_oldest_comes_first_and_ten_are_shown(self, run, merge) -> None:
        for number in range(1, 13):
            merge(f"Count calls (#{number})\n\n{BODY}")
        for number in (13, 14):
            files = {f"lib/{number}{name}/a.py": "1\n" * 101 for name in "abc"}
            merge(f"Pay (#{number})\n\n{BODY}", **files)
        shown = re.findall(r"^  #(\d+) ", run("coverage").out, re.MULTILINE)
        assert shown == [*map(str, range(1, 11)), "13", "14"]
        assert "  and 2 more; --output-format json has all\n" in run("coverage").out
        assert "decision coverage                 0/12 = 0 % (0–24 %)" in run("coverage").out

    def test_every_number_has_its_ids(self, run, merge) -> None:
        history(merge)
        found = report(run)
        pulls = found["pull_requests"]
        assert pulls["asked"] == [3, 2, 1]
        states = {"covered": [1], "pending": [2], "uncovered": [3], "waived": [], "unconfirmed": [], "later": []}
        assert pulls["states"] == states
        assert pulls["excluded"] == {"only decision records": [4]}
        assert len(pulls["no_pull_request"]) == 1
        assert pulls["fan_out"] == {HOME: [1]}
        areas = found["areas"]
        assert (areas["files"], areas["commits"]) == ({"k": 1, "n": 8}, {"k": 3, "n": 10})
        assert found["records"]["active"][0]["id"] == HOME
        assert found["as_of"]["today"] == "2026-01-06"

    def test_every_number_can_be_recomputed(self, run, merge) -> None:
        history(merge)
        text = run("coverage", "--output-format", "json").out
        command = [sys.executable, str(ROOT / "bench/recompute.py")]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=30, check=False)
        assert (done.returncode, "DIFFERENT" in done.stdout) == (0, False), done.stdout
        wrong = text.replace('"state": "pending"', '"state": "covered"')
        assert wrong != text
        done = subprocess.run(command, input=wrong, capture_output=True, text=True, timeout=30, check=False)
        assert (done.returncode, "DIFFERENT pull_requests decision_coverage" in done.stdout) == (1, True)

    def test_the_same_commit_gives_the_same_bytes(self, run, merge) -> None:
        history(merge)
        first, second = (run("coverage", "--output-format", "json").out for _ in range(2))
        assert first == second
        value = json.loads(first)
        assert json.dumps(value, indent=1, sort_keys=True) + "\n" == first

    def test_a_field_that_comes_or_goes_is_noticed(self, run, merge) -> None:
        history(merge)
        found = report(run)
        shape = Draft202012Validator(schema("coverage-report"))
        for place in ("window", "pull_requests", "areas", "records", "as_of", "config"):
            assert not shape.is_valid(found | {place: found[place] | {"surprise": 1}}), place
            assert not shape.is_valid(found | {place: dict(list(found[place].items())[1:])}), place

    def test_the_configuration_that_was_used_is_named_by_its_content(self, repo, run, merge, monkeypatch) -> None:
        history(merge)
        digest = hashlib.sha256(CONFIG.encode()).hexdigest()
        told = report(run)["config"]
        assert (told["path"], told["sha256"], told["files"]) == ("onrecord.yml", digest, {"onrecord.yml": digest})
        assert told["settings"] == {"pull-requests.paths": ["api/**"]}
        monkeypatch.chdir(repo.folder / "api")
        assert report(run, "--config", "../onrecord.yml")["config"]["sha256"] == digest

    def test_a_file_instead_of_the_screen(self, repo, run, merge) -> None:
        merge("Count calls (#1)")
        assert run("coverage", "--output-format", "markdown", "--output", "report.md").out == ""
        text = (repo.folder / "report.md").read_text("utf-8")
        assert text.startswith("### Decision coverage of main at ")
        assert "| decision coverage | 0/1 |  |" in text

    def test_a_record_edited_since_is_read_as_it_is_and_told(self, repo, run, merge) -> None:
        history(merge)
        repo.write("docs/adr/0002-more.md", RECORD.format(status="accepted"), add=False)
        found = report(run)
        assert found["pull_requests"]["states"]["pending"] == []
        assert "docs/adr/0002-more.md" in found["notes"][-1]


class TestWindow:
    @pytest.mark.parametrize(
        ("arguments", "numbers"),
        [
            ((), [5, 4, 3, 2, 1]),
            (("--last", "2"), [5, 4]),
            (("--since", "2026-01-04"), [5, 4, 3]),
            (("--until", "2026-01-03"), [2, 1]),
            (("--since", "2026-01-03", "--until", "2026-01-04"), [3, 2]),
            (("--until", "2026-01-04", "--last", "1"), [3]),
        ],
    )
    def test_by_count_and_by_calendar(self, run, merge, arguments: tuple[str, ...], numbers: list[int]) -> None:
        history(merge)
        found = report(run, *arguments)
        assert [pull["number"] for pull in found["pull_requests"]["merged"]] == numbers

    def test_nothing_before_the_date_of_adoption_counts(self, repo, run, merge) -> None:
        history(merge)
        repo.write("onrecord.yml", "pull-requests: {paths: ['api/**'], since: '2026-01-04'}\n")
        found = report(run, "--since", "2026-01-02")
        assert [pull["number"] for pull in found["pull_requests"]["merged"]] == [5, 4, 3]
        assert "Nothing merged before 2026-01-04 counts" in run("coverage").out

    def test_a_year_ends_on_the_given_day(self, run, merge) -> None:
        history(merge)
        assert report(run, "--today", "2026-01-02")["areas"]["commits"] == {"k": 1, "n": 2}
        assert report(run, "--today", "2028-01-01")["areas"]["commits"] == {"k": 0, "n": 0}

    def test_a_stacked_pull_request_counts_as_what_reached_main(self, repo, run, merge) -> None:
        merge("Start", **{"src/a.py": "1\n"})
        repo.git("checkout", "-qb", "work")
        merge("Count calls (#7)")
        repo.git("checkout", "-q", "main")
        repo.git("merge", "-q", "--no-ff", "work", "-m", "Merge pull request #8 from ann/work\n\nCount all calls")
        assert report(run)["pull_requests"]["asked"] == [8]

    def test_a_back_port_of_the_same_patch_counts_once(self, run, merge) -> None:
        merge("Count calls (#1)", **{"api/calls.py": "a\nb\n"})
        merge("Take it back (#2)", **{"api/calls.py": ""})
        merge("Count calls, again (#3)", **{"api/calls.py": "a\nb\n"})
        merge("Count others (#4)", **{"api/calls.py": "a\nc\n"})
        found = report(run)["pull_requests"]
        assert found["asked"] == [4, 3, 2, 1]  # the first one adds the file, and is another patch
        merge("Take it back (#5)", **{"api/calls.py": ""})
        merge("Count calls, again (#6)", **{"api/calls.py": "a\nb\n"})
        assert report(run)["pull_requests"]["excluded"] == {"the same patch as another pull request": [6]}


class TestAreas:
    def test_a_scope_that_is_due_for_review_is_not_relied_on(self, run, merge) -> None:
        history(merge)
        text = RECORD.format(status="accepted").replace("scope:", "review-by: 2026-01-03\nscope:")
        merge("Look again (#6)", **{HOME: text})
        found = report(run, "--today", "2026-01-07")["areas"]
        assert found["stale"] == {HOME: ["review-by-passed"]}
        assert found["files"]["k"] == 0


class TestFaults:
    def test_a_shallow_clone_is_refused_with_the_fix(self, repo, run, merge, tmp_path, monkeypatch) -> None:
        merge("Count calls (#1)")
        merge("Count more calls (#2)")
        shallow = tmp_path / "shallow"
        repo.git("clone", "-q", "--depth", "1", f"file://{repo.folder}", str(shallow))
        monkeypatch.chdir(shallow)
        outcome = run("coverage")
        assert (outcome.code, outcome.out) == (3, "")
        assert "fetch-depth: 0" in outcome.err

    def test_where_git_lacks_contents_lines_are_counted_on_disk(self, repo, run, merge) -> None:
        history(merge)
        whole = report(run)["areas"]
        blob = repo.git("rev-parse", "HEAD:src/pay1.py").strip()
        (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
        (repo.folder / "src/pay2.py").unlink()
        (repo.folder / "src/pay2.py").symlink_to("pay1.py")
        found = report(run)
        lines = {one["path"]: one["lines"] for one in found["areas"]["sources"]}
        assert lines == {one["path"]: one["lines"] for one in whole["sources"] if one["path"] != "src/pay2.py"}
        assert any("changed lines were not counted" in note for note in found["notes"])

    @pytest.mark.usefixtures("repo")
    def test_no_commit_yet(self, run) -> None:
        outcome = run("coverage")
        assert (outcome.code, outcome.out) == (3, "")
        assert "there is no commit yet" in outcome.err

    def test_a_repository_without_pull_requests_and_records(self, run, merge) -> None:
        merge("Straight to main")
        out = run("coverage").out
        assert "decision coverage                 n/a\n" in out
        assert "No commit of this history names a merged pull request" in out
        assert "On day one this reads near zero everywhere" not in out
        assert "in force                          0 of 0\n" in out
        report(run)

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--last", "0"), "--last 0"),
            (("--last", "many"), "--last many"),
            (("--since", "yesterday"), "--since yesterday"),
            (("--until", "2026-13-01"), "--until 2026-13-01"),
            (("--today", "now"), "--today now"),
            (("--since", "2026-02-01", "--until", "2026-01-01"), "the first day comes after the last"),
            (("--config", "none.yml"), "no such configuration file"),
        ],
    )
    def test_what_cannot_be_asked_for(self, run, merge, arguments: tuple[str, ...], told: str) -> None:
        merge("Count calls (#1)")
        outcome = run("coverage", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert told in outcome.err


class TestHostileText:
    TITLE = "\x1b[31mred\u202e ::error::x ##[debug] <b>@ann</b> | `x` ![y](z)"

    def test_nothing_a_stranger_wrote_reaches_the_terminal_or_markdown(self, run, merge) -> None:
        path = "api/<b>`x`|\x1b[31m.py"
        merge(f"{self.TITLE} (#1)", **{path: "1\n" * 60})
        text = run("coverage").out
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "##[" not in text
        markdown = run("coverage", "--output-format", "markdown").out
        assert "<b>" not in as_html(markdown)
        assert "<img" not in as_html(markdown)
        assert "@ann" not in markdown
        assert "##[" not in run("coverage", "--output-format", "json").out

    def test_a_record_that_is_named_to_break_out(self, run, merge) -> None:
        name = "docs/adr/0001-<b>x</b>|`y`.md"
        bare = RECORD.format(status="accepted").replace("decision-makers: [Ann Example]\n", "")
        merge("Record (#1)", **{name: bare})
        shown = as_html(run("coverage", "--output-format", "markdown").out)
        assert "<code>docs/adr/0001-&lt;b&gt;x&lt;/b&gt;" in shown
        assert "<b>" not in shown
