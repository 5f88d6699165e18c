"""`onrecord coverage --github`: the same report, from what GitHub tells of pull requests."""

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fake_github import FakeGitHub, Fault, Pull, PullFile
from jsonschema import Draft202012Validator

from onrecord.adapters.github import Pace
from onrecord.adapters.github_coverage import Progress
from onrecord.adapters.shipped import schema
from onrecord.cli import coverage_github
from onrecord.cli.coverage_github import bar_of

HARBOR = "harbor-example/harbor"
HOME = "docs/adr/0001-count-calls.md"
CONFIG = "pull-requests: {labels: [decision], paths: ['api/**'], since: 2026-01-05}\n"
RECORD = """\
---
status: accepted
date: 2026-01-01
decision-makers: [Ann Example]
---

# Count calls in Redis

## Considered Options

* Redis
* Sticky sessions, which a busy shop would wear out

## Decision Outcome

Chosen option: "Redis", because it is shared.
"""


@pytest.fixture
def fake(repo: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    """A GitHub beside a clone whose commit is of 2026-02-01."""
    repo.write_all({"onrecord.yml": CONFIG, HOME: RECORD, "api/calls.py": "1\n" * 60})
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-01T12:00:00+00:00")
    repo.git("commit", "-qm", "All of it")
    monkeypatch.setattr(coverage_github, "Pace", lambda: Pace(None, None, 0, 0, 20))
    with FakeGitHub() as server:
        for name in ("ONRECORD_TOKEN", "GH_TOKEN", "GH_HOST"):
            monkeypatch.delenv(name, raising=False)
        for name, value in server.environment("ghs_ours").items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def merge(fake: FakeGitHub) -> Callable[..., Pull]:
    """Merge a pull request on a day of January 2026 that changes what asks."""

    def call(number: int, day: int, **fields: Any) -> Pull:
        time = f"2026-01-{day:02}T12:00:00Z"
        given = {"state": "merged", "merged_at": time, "updated_at": time, "created_at": time}
        given |= {
            "files": [PullFile("api/calls.py")],
            "merge_sha": f"{number:040x}",
            "body": "",
            "title": f"Work {number}",
        }
        return fake.pull(number, **(given | fields))

    return call


def report(run: Any, *arguments: str) -> dict[str, Any]:
    outcome = run("coverage", "--github", HARBOR, "--output-format", "json", *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    found = json.loads(outcome.out)
    Draft202012Validator(schema("coverage-report")).validate(found)
    return dict(found)


def test_what_git_cannot_tell_is_counted(run, fake, merge) -> None:
    merge(1, 3)  # before the date of adoption
    merge(2, 6, created_at="2026-01-04T12:00:00Z")  # opened before it
    merge(3, 7, body="See ADR-1.")
    merge(4, 8, files=[PullFile("lib/a.py")], labels=["Decision"])
    waived = merge(5, 9, body="No decision here, because this only renames a local variable.")
    merge(6, 10, body="No decision here, because this only renames a local variable.")
    fake.review(waived, "maintainer-mara")
    found = report(run)
    assert found["source"] == f"{fake.url.removeprefix('http://')}/{HARBOR}"
    pulls = found["pull_requests"]
    assert [one["number"] for one in pulls["merged"]] == [6, 5, 4, 3, 2]
    assert pulls["excluded"] == {"opened before 2026-01-05": [2]}
    states = {state: ids for state, ids in pulls["states"].items() if ids}
    assert states == {"covered": [3], "waived": [5], "unconfirmed": [6], "uncovered": [4]}
    assert pulls["merged"][2]["asked_by"] == [{"by": "label", "what": "Decision"}]
    told = " ".join(found["notes"])
    assert "GitHub says were merged into “main”" in told
    assert "not in git" not in told
    assert "Git " not in told


def test_the_same_pull_requests_give_the_same_bytes_and_cost_one_point(run, fake, merge) -> None:
    for number in range(1, 8):
        merge(number, 7 + number)
    first = run("coverage", "--github", HARBOR, "--output-format", "json")
    before = fake.points
    assert run("coverage", "--github", HARBOR, "--output-format", "json") == first
    assert (fake.points - before, fake.count()) == (1, 2)


def test_a_decision_that_was_put_off_is_due_a_week_later(run, merge) -> None:
    merge(1, 20, files=[PullFile("lib/a.py")], labels=["decision-later"])
    merge(2, 21, files=[PullFile("lib/a.py")], labels=["decision-later"], body="See ADR-1.")
    found = report(run, "--today", "2026-01-27")["pull_requests"]
    assert (found["states"]["later"], found["states"]["covered"]) == ([1], [2])
    assert found["merged"][1]["lacks"] == "put off by “decision-later” until 2026-01-27"
    assert (found["decision_coverage"]["k"], found["decision_coverage"]["n"]) == (1, 2)
    out = run("coverage", "--github", HARBOR, "--today", "2026-01-27").out
    assert "Put off by a label for a week; the first due first" in out
    found = report(run, "--today", "2026-01-28")["pull_requests"]
    assert found["states"]["uncovered"] == [1]
    assert found["merged"][1]["lacks"] == "nothing is on record; put off by “decision-later” until 2026-01-27"


def test_what_is_not_pulled_yet_is_left_out(run, merge) -> None:
    merge(1, 20)
    merge(2, 21, merged_at="2026-02-01T12:00:01Z", updated_at="2026-02-01T12:00:01Z")
    found = report(run)
    assert [one["number"] for one in found["pull_requests"]["merged"]] == [1]
    assert any("left out until it is pulled: #2." in note for note in found["notes"])


def test_the_default_branch_is_githubs(run, fake, merge) -> None:
    fake.repository().default_branch = "trunk"
    merge(1, 20)
    merge(2, 21, base_ref="trunk")
    assert [one["number"] for one in report(run)["pull_requests"]["merged"]] == [2]


def test_a_change_since_a_commit_compares_the_same_source(run, repo, merge, monkeypatch) -> None:
    merge(1, 20, body="See ADR-1.")
    merge(2, 21, merged_at="2026-02-02T12:00:00Z", updated_at="2026-02-02T12:00:00Z")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-02-03T12:00:00+00:00")
    repo.git("commit", "-qm", "Later", "--allow-empty")
    outcome = run("coverage", "--github", HARBOR, "--compare", "HEAD~1")
    assert outcome.code == 0
    assert "1/1" in outcome.out
    assert "1/2" in outcome.out


class TestRepository:
    def test_it_is_that_of_the_remote(self, run, repo, fake) -> None:
        host = fake.url.removeprefix("http://").partition(":")[0]
        repo.git("remote", "add", "origin", f"https://{host}/{HARBOR}.git")
        outcome = run("coverage", "--github")
        assert outcome.code == 2  # the fake has a port, so it is another server
        assert f"“origin” is on {host}" in outcome.err

    @pytest.mark.parametrize(
        ("remote", "arguments", "complaint"),
        [
            ("", ["--github"], "there is no remote “origin”"),
            ("git@example.org:a/b", ["--github"], "“origin” is on example.org, and github.com would be asked"),
            ("", ["--github", "harbor"], "a repository is written like OWNER/NAME"),
            ("", ["--github", "a/b/c"], "a repository is written like OWNER/NAME"),
        ],
    )
    def test_a_token_goes_nowhere_it_was_not_meant_for(
        self, run, repo, fake, monkeypatch, remote: str, arguments: list[str], complaint: str
    ) -> None:
        monkeypatch.delenv("GITHUB_API_URL")
        if remote:
            repo.git("remote", "add", "origin", remote)
        outcome = run("coverage", *arguments)
        assert (outcome.code, fake.count()) == (2, 0)
        assert complaint in outcome.err


class TestFaults:
    def test_without_a_token_it_says_so(self, run, fake, monkeypatch) -> None:
        monkeypatch.delenv("GITHUB_TOKEN")
        outcome = run("coverage", "--github", HARBOR)
        assert (outcome.code, outcome.out, fake.count()) == (3, "", 0)
        assert "a token is needed to talk to GitHub" in outcome.err

    @pytest.mark.parametrize("status", [401, 429])
    def test_a_run_that_fails_says_what_is_kept(self, run, fake, merge, status: int) -> None:
        for number in range(1, 102):
            merge(number, 10 + number // 10)
        fault = Fault(status, headers={"Retry-After": "3600"} if status == 429 else {}, times=None)
        fault.when = lambda request: request.variables["after"] is not None
        fake.on("graphql", fault)
        outcome = run("coverage", "--github", HARBOR)
        assert (outcome.code, outcome.out) == (3, "")
        assert outcome.err.startswith(f"onrecord: GitHub: {HARBOR}: ")
        kept, _, at = outcome.err.partition("; 100 pull requests kept, and the next run goes on from there")
        assert kept != outcome.err
        assert at.startswith("; the limit ends at ") == (status == 429)
        fault.times = 0
        assert len(report(run)["pull_requests"]["merged"]) == 101

    @pytest.mark.usefixtures("fake")
    def test_a_repository_that_is_not_there(self, run) -> None:
        outcome = run("coverage", "--github", HARBOR)
        assert (outcome.code, outcome.out) == (3, "")
        assert outcome.err.startswith(f"onrecord: GitHub: {HARBOR}: GitHub finds nothing there")
        assert "kept" not in outcome.err

    def test_what_github_does_not_list_is_told(self, run, merge) -> None:
        merge(1, 20, files=None)
        assert "GitHub did not list the files of #1: no path could ask there." in report(run)["notes"]


class TestProgress:
    def test_one_line_on_a_terminal_which_goes_away(self, run, merge, monkeypatch) -> None:
        for number in range(1, 4):
            merge(number, 10 + number)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
        err = run("coverage", "--github", HARBOR, "--last", "2").err
        line = err.split("\r\x1b[K")[1]
        assert line.startswith("[############] 2 of 2 pull requests; 4,995 of 5,000 points left until ")
        assert err.endswith("\r\x1b[K")
        assert "\n" not in err

    @pytest.mark.parametrize(
        ("progress", "line"),
        [
            (Progress(50, 200, "x"), "[###.........] 50 of 200 pull requests"),
            (Progress(1_200, None, "2026-01-02T03:04:05Z"), "1,200 pull requests, down to 2026-01-02"),
            (Progress(0, None, ""), "0 pull requests, down to the first"),
            (Progress(1, None, "2026", 7, 60, "soon"), "1 pull requests, down to 2026; 7 of 60 points left"),
        ],
    )
    def test_the_line(self, progress: Progress, line: str) -> None:
        assert bar_of(progress) == line
