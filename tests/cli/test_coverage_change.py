"""What `onrecord coverage` says of a change: against a commit or a saved report, of a pull request, at a gate, over time."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onrecord.adapters.shipped import schema

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
HOME = "docs/adr/0001-count-calls.md"


class History:
    """Commits to a repository, a day each from 2026-01-01 on."""

    def __init__(self, repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.repo, self.patch, self.day = repo, monkeypatch, 0

    def __call__(self, message: str, **files: str) -> str:
        """Commit files under names in which `__` is a slash and `_` before the ending a dot; return the id."""
        self.day += 1
        for role in ("AUTHOR", "COMMITTER"):
            self.patch.setenv(f"GIT_{role}_DATE", f"2026-01-{self.day:02}T12:00:00+00:00")
        self.repo.write_all(files or {"api/calls.py": f"{self.day}\n" * 60})
        self.repo.git("commit", "-qm", message)
        return str(self.repo.head())


@pytest.fixture
def commit(repo: Any, monkeypatch: pytest.MonkeyPatch) -> History:
    repo.write("onrecord.yml", CONFIG)
    return History(repo, monkeypatch)


def as_json(run: Any, *arguments: str) -> dict[str, Any]:
    outcome = run("coverage", "--output-format", "json", *arguments)
    assert outcome.code == 0, outcome.err
    found = json.loads(outcome.out)
    Draft202012Validator(schema("coverage-report")).validate(found)
    return dict(found)


def begin(commit: History) -> str:
    """Merge one that is covered and one that is not; return the last commit."""
    accepted = {"api/calls.py": "1\n" * 60, HOME: RECORD.format(status="accepted")}
    accepted |= {f"src/{name}.py": "1\n" * 60 for name in "abcdefgh"}
    commit("Count calls (#1)", **accepted)
    return commit("Count more calls (#2)")


class TestCompare:
    def test_with_a_commit(self, run: Any, commit: History) -> None:
        first = begin(commit)
        commit(
            "Supersede (#3)", **{HOME: RECORD.format(status="superseded"), "onrecord.yml": CONFIG.replace("api", "*")}
        )
        commit("Count all calls (#4)\n\nSee ADR-2.")
        commit(
            "Say why (#5)",
            **{"docs/adr/0002-why.md": RECORD.format(status="accepted").replace("scope: ['api/**']\n", "")},
        )
        out = run("coverage", "--compare", first[:10]).out
        assert out.startswith(f"Decision coverage of main: {first[:10]} (2026-01-02) → ")
        told = " ".join(out.split())
        assert 'pull-requests.paths: ["api/**"] → ["*/**"]' in told
        assert "#4 (new) Count all calls" in told
        assert f"api 1 file; {HOME}: it is not in force" in told
        assert "new: docs/adr/0002-why.md" in told
        assert f"no longer in force: {HOME}" in told
        assert re.search(r"decision coverage +1/2 → \d/\d", out)

    def test_nothing_is_left_behind(self, run: Any, repo: Any, commit: History) -> None:
        first = begin(commit)
        commit("Count all calls (#3)")
        run("coverage")  # what is kept of the records that were read is there from now on
        before = sorted(path for path in repo.folder.rglob("*") if "objects" not in path.parts)
        assert run("coverage", "--compare", first).code == 0
        assert sorted(path for path in repo.folder.rglob("*") if "objects" not in path.parts) == before
        assert repo.git("worktree", "list").count("\n") == 1

    def test_a_commit_and_the_report_that_was_saved_there_are_one(self, run: Any, repo: Any, commit: History) -> None:
        first = begin(commit)
        repo.write("saved.json", run("coverage", "--output-format", "json").out, add=False)
        commit("Count all calls (#3)")
        by_commit, by_report = (as_json(run, "--compare", given)["change"] for given in (first, "saved.json"))
        assert by_commit == by_report
        assert by_commit["pull_requests"]["newly_asked"] == [3]

    def test_in_markdown(self, run: Any, commit: History) -> None:
        first = begin(commit)
        commit("Count <b>all</b> calls (#3)")
        out = run("coverage", "--compare", first, "--output-format", "markdown").out
        assert "- #\u200b3 (new)  Count &lt;b&gt;all" in out
        assert "| decision coverage | 1/2 → 1/3 |  |" in out

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("{", "not valid JSON"),
            ("[]", "no coverage report"),
            ('{"version": 2, "pull_requests": {}}', "a report of version 2, and this onrecord reads version"),
            ('{"version": VERSION, "pull_requests": {}}', "it has not the shape of a coverage report"),
            ('{"version": VERSION, "pull_requests": {"merged": [1]}, "config": 7}', "it has not the shape"),
        ],
    )
    def test_what_is_no_report(self, run: Any, repo: Any, commit: History, content: str, said: str) -> None:
        begin(commit)
        version = schema("coverage-report")["properties"]["version"]["const"]
        content = content.replace("VERSION", str(version)).replace('"version": 2,', f'"version": {version + 1},')
        repo.write("old.json", content, add=False)
        outcome = run("coverage", "--compare", "old.json")
        assert (outcome.code, outcome.out) == (2, "")
        assert said.partition(" 2,")[0] in outcome.err

    def test_neither_a_file_nor_a_commit(self, run: Any, commit: History) -> None:
        begin(commit)
        for name in ("missing.json", "--upload-pack=x"):
            outcome = run("coverage", f"--compare={name}")
            assert (outcome.code, "neither a saved report nor a commit" in outcome.err) == (2, True)

    def test_a_configuration_from_elsewhere_was_always_the_same(
        self, run: Any, commit: History, tmp_path: Path
    ) -> None:
        first = begin(commit)
        (tmp_path / "other.yml").write_text("pull-requests: {paths: ['src/**']}\n", "utf-8")
        out = run("coverage", "--compare", first, "--config", str(tmp_path / "other.yml")).out
        assert "Nothing is different." in out

    def test_a_configuration_that_nobody_could_read(self, run: Any, commit: History) -> None:
        first = commit("Break it (#1)", **{"onrecord.yml": "pull-requests: [\n", "api/a.py": "1\n"})
        commit("Mend it (#2)", **{"onrecord.yml": CONFIG})
        assert "configuration: cannot be read: onrecord.yml:" in run("coverage", "--compare", first).out


class TestGates:
    def many(self, commit: History, covered: int, of: int) -> None:
        record = RECORD.format(status="accepted")
        for number in range(1, of + 1):
            files = {HOME: f"{record}\n{number}\n"} if number <= covered else {}
            commit(f"Count calls (#{number})", **files, **{"api/calls.py": f"{number}\n" * 60})

    def test_off_by_default(self, run: Any, commit: History) -> None:
        self.many(commit, 0, 11)
        assert (run("coverage").code, run("coverage").err) == (0, "")

    @pytest.mark.parametrize(("least", "code"), [("80", 0), ("80.1", 1), ("81%", 1)])
    def test_a_floor(self, run: Any, commit: History, least: str, code: int) -> None:
        self.many(commit, 8, 10)
        outcome = run("coverage", "--fail-under", least)
        assert outcome.code == code
        assert f"onrecord: decision coverage 8/10 = 80 % is {'' if code else 'not '}below" in outcome.err
        assert "decision coverage                 8/10" in outcome.out

    def test_too_few_are_not_judged_and_none_is_never_green(self, run: Any, repo: Any, commit: History) -> None:
        self.many(commit, 0, 2)
        few = run("coverage", "--fail-under", "80")
        assert (few.code, "was not judged: 0/2 is on record" in few.err) == (0, True)
        repo.write("onrecord.yml", "{}\n")
        none = run("coverage", "--fail-under", "0")
        assert (none.code, "was not judged: no pull request of the window was asked" in none.err) == (4, True)

    def test_a_ratchet(self, run: Any, repo: Any, commit: History) -> None:
        self.many(commit, 8, 10)
        file = repo.folder / "ratchet.json"
        assert "no such ratchet" in run("coverage", "--ratchet", str(file)).err
        assert run("coverage", "--ratchet", str(file), "--ratchet-update").code == 0
        kept = json.loads(file.read_text("utf-8"))
        assert (kept["k"], kept["n"], kept["day"]) == (8, 10, "2026-01-10")
        commit("Count more calls (#11)")
        lower = run("coverage", "--ratchet", str(file), "--ratchet-update")
        assert (lower.code, "more than 2 points below the best so far, 8/10 = 80 % on 2026-01-10" in lower.err) == (
            1,
            True,
        )
        assert json.loads(file.read_text("utf-8")) == kept

    @pytest.mark.parametrize("content", ["{", "[]", '{"version": 9}', '{"version": 1, "k": 3, "n": 2}', "[" * 100_000])
    def test_another_file_is_no_ratchet(self, run: Any, repo: Any, commit: History, content: str) -> None:
        begin(commit)
        repo.write("ratchet.json", content, add=False)
        outcome = run("coverage", "--ratchet", "ratchet.json")
        assert (outcome.code, outcome.err.startswith("onrecord: ratchet.json: ")) == (2, True)

    @pytest.mark.parametrize("given", ["", "nan", "101", "-1", "half"])
    def test_no_percentage(self, run: Any, commit: History, given: str) -> None:
        begin(commit)
        assert run("coverage", f"--fail-under={given}").code == 2


class TestTrend:
    def test_points_go_back_beyond_the_window(self, run: Any, commit: History) -> None:
        begin(commit)
        commit("Count all calls (#3)")
        found = as_json(run, "--last", "1", "--trend", "1")
        assert found["pull_requests"]["asked"] == [3]
        assert [(p["day"], p["number"], p["coverage"]["ids"], p["coverage"]["of"]) for p in found["trend"]] == [
            ("2026-01-01", 1, [1], [1]),
            ("2026-01-02", 2, [1], [2, 1]),
            ("2026-01-03", 3, [1], [3, 2, 1]),
        ]

    def test_in_text_with_the_day_the_rules_changed(self, run: Any, commit: History) -> None:
        begin(commit)
        commit("Ask elsewhere", **{"onrecord.yml": CONFIG + "\n# more\n"})
        commit("Count all calls (#4)")
        out = run("coverage", "--trend", "2026-01-02,2026-01-04").out
        table = out[out.index("\nTrend: ") :].splitlines()
        assert [re.split(r" {2,}", line.strip())[:3] for line in table[2:5]] == [
            ["2026-01-02", "#2", "1/2"],
            ["2026-01-03", "the rules changed"],
            ["2026-01-04", "#4", "1/3"],
        ]
        assert "What is counted was changed on 2026-01-03" in " ".join(out.split())

    def test_by_months(self, run: Any, commit: History) -> None:
        begin(commit)
        assert [point["day"] for point in as_json(run, "--trend", "monthly")["trend"]] == ["2026-01-02"]

    @pytest.mark.parametrize("given", ["0", "weekly", "2026-13-01", "-", "²"])
    def test_what_is_no_trend(self, run: Any, commit: History, given: str) -> None:
        begin(commit)
        assert run("coverage", f"--trend={given}").code == 2


class TestPullRequest:
    def event(self, repo: Any, base: str, **pull: Any) -> str:
        head = repo.head()
        ends = {
            "base": {"sha": base, "ref": "main"},
            "head": {"sha": head, "ref": "new", "repo": {"full_name": "shop/calls"}},
        }
        value = (
            {"number": 812, "title": "Count all calls", "body": "It counts.", "user": {"login": "ann"}} | ends | pull
        )
        event = {"number": 812, "repository": {"full_name": "shop/calls"}, "pull_request": value}
        repo.write("event.json", json.dumps(event), add=False)
        return "event.json"

    def test_on_record(self, run: Any, repo: Any, commit: History) -> None:
        base = begin(commit)
        record = RECORD.format(status="accepted")
        commit("Work", **{"docs/adr/0002-more.md": record, "api/calls.py": "9\n" * 60})
        outcome = run("coverage", "--pull-request", self.event(repo, base))
        assert (outcome.code, outcome.err) == (0, "")
        assert re.fullmatch(
            r"PR #812 asks for a decision: covered by ADR-0*2\b.*\. Decision coverage: 1/2 → 2/3\.\n", outcome.out
        )

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("It counts.", "not on record yet. Decision coverage: 1/2 → 1/3."),
            ("See ADR-1.", "covered by ADR-0001 Count calls in Redis. Decision coverage: 1/2 → 2/3."),
            ("See ADR-3.", "ADR-0003 Count calls in Redis waits to be accepted. Decision coverage: 1/2 → 1/3."),
        ],
    )
    def test_what_its_description_links(self, run: Any, repo: Any, commit: History, body: str, said: str) -> None:
        begin(commit)
        base = commit("Propose", **{"docs/adr/0003-later.md": RECORD.format(status="proposed")})
        commit("Work")
        out = run("coverage", "--pull-request", self.event(repo, base, body=body)).out
        assert (
            out.replace("ADR-1 ", "ADR-0001 ").replace("ADR-3 ", "ADR-0003 ")
            == f"PR #812 asks for a decision: {said}\n"
        )

    def test_not_asked(self, run: Any, repo: Any, commit: History) -> None:
        base = begin(commit)
        commit("Work", **{"src/a.py": "9\n" * 60})
        out = run("coverage", "--pull-request", self.event(repo, base)).out
        assert out == "PR #812 is not asked for a decision. Decision coverage stays 1/2.\n"

    def test_goal_posts_stay_where_the_base_has_them(self, run: Any, repo: Any, commit: History) -> None:
        base = begin(commit)
        commit("Work", **{"api/calls.py": "9\n" * 60, "onrecord.yml": CONFIG.replace("api", "web")})
        first, second = run("coverage", "--pull-request", self.event(repo, base)).out.splitlines()
        assert first.endswith("not on record yet. Decision coverage: 1/2 → 1/3.")
        assert 'pull-requests.paths: ["api/**"] → ["web/**"]' in second

    def test_what_a_change_takes_away_from_others(self, run: Any, repo: Any, commit: History) -> None:
        base = begin(commit)
        repo.git("rm", "-q", HOME)
        commit("Work", **{"src/a.py": "9\n" * 60})
        out = run("coverage", "--pull-request", self.event(repo, base)).out
        assert out == "PR #812 is not asked for a decision. Decision coverage: 1/2 → 0/2.\n"

    def test_a_record_it_edits_is_read_as_it_leaves_it(self, run: Any, repo: Any, commit: History) -> None:
        base = begin(commit)
        commit("Work", **{HOME: RECORD.format(status="rejected")})
        out = run("coverage", "--pull-request", self.event(repo, base)).out
        assert out.endswith("Decision coverage: 1/2 → 0/2.\n")

    def test_an_end_that_is_not_here(self, run: Any, repo: Any, commit: History) -> None:
        begin(commit)
        outcome = run("coverage", "--pull-request", self.event(repo, "a" * 40))
        assert (outcome.code, "git fetch origin pull/812/head" in outcome.err) == (3, True)

    def test_a_gate_that_would_judge_nothing_is_refused(self, run: Any, repo: Any, commit: History) -> None:
        base = begin(commit)
        outcome = run("coverage", "--pull-request", self.event(repo, base), "--fail-under", "0")
        assert (outcome.code, "--fail-under does not go with it" in outcome.err) == (2, True)

    def test_an_event_without_one(self, run: Any, repo: Any, commit: History) -> None:
        begin(commit)
        repo.write("event.json", "{}", add=False)
        assert run("coverage", "--pull-request", "event.json").code == 4
