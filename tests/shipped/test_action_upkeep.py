"""`mode: upkeep`: the Action on a schedule, with the one issue, and no trouble of GitHub's a red check."""

import json
from collections.abc import Iterator
from pathlib import Path

import hostile
import pytest
import yaml
from events import REPOSITORY, pull_request_event
from fake_github import FakeGitHub, Fault, Issue
from fake_github.faults import PRIMARY_LIMIT, READ_ONLY
from in_process import Left, Runner
from repositories import CHECKOUT, GOOD_RECORD, commit, succeed

OUTPUTS = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))["outputs"].keys()
HARBOR = REPOSITORY["full_name"]
WEEKLY = {"schedule": "23 5 * * 1", "repository": REPOSITORY, "workflow": ".github/workflows/upkeep.yml"}
BY_HAND = {
    "ref": "refs/heads/main",
    "inputs": None,
    "repository": REPOSITORY,
    "workflow": ".github/workflows/upkeep.yml",
}
RECORD = "docs/adr/0001-sessions.md"
OLD_RECORD = GOOD_RECORD.replace("status: accepted\n", "status: accepted\nreview-by: 2026-04-01\n")
OLD, GOOD = {RECORD: OLD_RECORD}, {RECORD: GOOD_RECORD}
UPKEEP = {"mode": "upkeep"}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, monkeypatch, capsys)


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        server.repository(HARBOR)
        server.token("ghs_weekly", access="none", issues="write")
        yield server


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of the default branch, with one record that was to be reviewed long ago."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    succeed(folder, "git", "init", "--quiet")
    commit(folder, OLD)
    return folder


def is_whole(left: Left, code: int = 0) -> bool:
    """Tell whether a run did what every run does; fails with what it printed where not."""
    assert left.code == code, left.out + left.err
    assert left.outputs.keys() == OUTPUTS
    assert left.summary.strip()
    assert "Traceback" not in left.out + left.err
    assert "::error" not in [line[:7] for line in left.out.splitlines()]
    return True


def issues(fake: FakeGitHub) -> list[Issue]:
    return list(fake.repository(HARBOR).issues.values())


class TestTheOneIssue:
    @pytest.mark.parametrize(("name", "event"), [("schedule", WEEKLY), ("workflow_dispatch", BY_HAND)])
    def test_its_life(self, runner: Runner, fake: FakeGitHub, checkout: Path, name: str, event: dict) -> None:
        server = fake.environment("ghs_weekly")

        def run() -> Left:
            left = runner.run(name, event, checkout, server, **UPKEEP)
            assert is_whole(left)
            return left

        opened = run()
        (issue,) = issues(fake)
        assert (opened.outputs["issue-number"], opened.outputs["notices"], opened.outputs["result"]) == (
            "1",
            "1",
            "pass",
        )
        assert "it was to be reviewed by 2026-04-01" in issue.body
        assert f"]({fake.url}/{HARBOR}/blob/HEAD/{RECORD})" in issue.body
        assert f"The upkeep issue was opened: [#1]({fake.url}/{HARBOR}/issues/1)." in opened.summary
        assert "it was to be reviewed by 2026-04-01" in opened.summary
        assert "| The upkeep issue was opened: #1." in opened.out

        assert "The upkeep issue is up to date: [#1]" in run().summary
        assert fake.writes() == ["issues/create"]

        commit(checkout, {"docs/adr/0002-invoices.md": OLD_RECORD.replace("sessions", "invoices")})
        assert run().outputs["notices"] == "2"
        assert (issue.body.count("it was to be reviewed"), issue.events) == (2, ["opened"])

        commit(checkout, GOOD | {"docs/adr/0002-invoices.md": GOOD_RECORD})
        closed = run()
        assert (closed.outputs["issue-number"], closed.outputs["notices"], issue.state) == ("1", "0", "closed")
        assert "Nothing is left, so the upkeep issue was closed: [#1]" in closed.summary

        commit(checkout, OLD)
        assert "The upkeep issue was opened again: [#1]" in run().summary
        assert (issue.state, issues(fake)) == ("open", [issue])

    def test_what_a_person_closed_stays_closed_while_days_and_counts_go_on(
        self, runner: Runner, fake: FakeGitHub, checkout: Path
    ) -> None:
        server = fake.environment("ghs_weekly")
        runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        (issue,) = issues(fake)
        issue.state = "closed"
        commit(
            checkout, {RECORD: OLD_RECORD.replace("date:", "last-reviewed: 2026-02-01 by Bo Li\ndate:") + "\nMore.\n"}
        )
        left = runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        assert is_whole(left)
        assert "the last review was on 2026-02-01" in left.summary
        assert "stays closed: somebody closed it" in left.summary
        assert (issue.state, left.outputs["issue-number"]) == ("closed", "1")
        commit(checkout, {"docs/adr/0002-invoices.md": OLD_RECORD.replace("sessions", "invoices")})
        runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        assert (issue.state, len(issues(fake))) == ("open", 1)

    def test_nothing_to_do_opens_none(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        commit(checkout, GOOD)
        left = runner.run("schedule", WEEKLY, checkout, fake.environment("ghs_weekly"), **UPKEEP)
        assert is_whole(left)
        assert (left.outputs["issue-number"], issues(fake), fake.count()) == ("", [], 2)

    def test_a_shallow_checkout_says_so_and_closes_nothing(
        self, runner: Runner, fake: FakeGitHub, checkout: Path, tmp_path: Path
    ) -> None:
        server = fake.environment("ghs_weekly")
        runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        commit(checkout, GOOD)
        succeed(tmp_path, "git", "clone", "--quiet", "--depth=1", checkout.as_uri(), "shallow")
        left = runner.run("schedule", WEEKLY, tmp_path / "shallow", server, **UPKEEP)
        assert is_whole(left)
        (issue,) = issues(fake)
        assert "This clone is shallow" in issue.body
        assert "This clone is shallow" in left.summary
        assert issue.state == "open"
        runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        assert issue.state == "closed"

    def test_another_branch_by_hand_is_shown_and_leaves_the_issue_alone(
        self, runner: Runner, fake: FakeGitHub, checkout: Path
    ) -> None:
        event = BY_HAND | {"ref": "refs/heads/tidy-up"}
        left = runner.run("workflow_dispatch", event, checkout, fake.environment("ghs_weekly"), **UPKEEP)
        assert is_whole(left)
        assert "This is not the default branch" in left.summary
        assert (left.outputs["notices"], fake.count()) == ("1", 0)

    def test_an_event_that_names_no_repository_has_that_of_the_runner(
        self, runner: Runner, fake: FakeGitHub, checkout: Path
    ) -> None:
        server = fake.environment("ghs_weekly") | {"GITHUB_REPOSITORY": HARBOR}
        assert is_whole(runner.run("schedule", {"schedule": "23 5 * * 1"}, checkout, server, **UPKEEP))
        assert len(issues(fake)) == 1

    def test_text_of_strangers_stays_text(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        title = hostile.INLINE.replace("\n", " ")
        commit(checkout, {RECORD: OLD_RECORD.replace("# Keep sessions in Redis", f"# {title} Fixes #7 GH-7")})
        left = runner.run("schedule", WEEKLY, checkout, fake.environment("ghs_weekly"), **UPKEEP)
        assert is_whole(left)
        body = issues(fake)[0].body
        for text in ("<script", "@octocat", "#7", "GH-7", "](https://evil", *hostile.UNSEEN):
            assert text not in body
        assert body.splitlines()[0].endswith(" -->")


class TestWithoutGitHub:
    def test_without_a_token_there_is_the_summary(self, runner: Runner, checkout: Path) -> None:
        left = runner.run("schedule", WEEKLY, checkout, **UPKEEP)
        assert is_whole(left)
        assert "it was to be reviewed by 2026-04-01" in left.summary
        assert "No token was given" in left.summary
        assert (left.outputs["issue-number"], left.outputs["notices"]) == ("", "1")

    def test_with_a_server_that_is_not_there(self, runner: Runner, checkout: Path) -> None:
        server = {"GITHUB_TOKEN": "ghs_weekly", "GITHUB_API_URL": "http://127.0.0.1:9"}
        left = runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        assert is_whole(left)
        assert "The issue was not written: " in left.summary

    @pytest.mark.parametrize("access", ["none", "read"])
    def test_without_the_permission(self, runner: Runner, fake: FakeGitHub, checkout: Path, access: str) -> None:
        fake.token("ghs_poor", access="none", issues=access)
        left = runner.run("schedule", WEEKLY, checkout, fake.environment("ghs_poor"), **UPKEEP)
        assert is_whole(left)
        assert "issues: write" in left.summary
        assert issues(fake) == []

    def test_where_issues_are_switched_off(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        fake.repository(HARBOR).has_issues = False
        left = runner.run("schedule", WEEKLY, checkout, fake.environment("ghs_weekly"), **UPKEEP)
        assert is_whole(left)
        assert "Issues are switched off" in left.summary

    @pytest.mark.parametrize(
        "fault",
        [
            Fault(401, "Bad credentials"),
            Fault(403, READ_ONLY),
            Fault(429, PRIMARY_LIMIT),
            Fault(502, lost=True),
            Fault(drop=True, lost=True),
            Fault(cut=True),
            # The keeper alone meets all of these in every run.
            pytest.param(Fault(403, PRIMARY_LIMIT), marks=pytest.mark.thorough),
            pytest.param(Fault(404, "Not Found"), marks=pytest.mark.thorough),
            pytest.param(Fault(422, "Validation Failed"), marks=pytest.mark.thorough),
            pytest.param(Fault(500), marks=pytest.mark.thorough),
            pytest.param(Fault(502), marks=pytest.mark.thorough),
            pytest.param(Fault(drop=True), marks=pytest.mark.thorough),
        ],
    )
    def test_no_trouble_of_githubs_fails_the_check_or_makes_a_second_issue(
        self, runner: Runner, fake: FakeGitHub, checkout: Path, fault: Fault
    ) -> None:
        server = fake.environment("ghs_weekly")
        for operation in ("graphql", "issues/list-for-repo", "issues/create"):
            fake.on(operation, Fault(**vars(fault)))
            assert is_whole(runner.run("schedule", WEEKLY, checkout, server, **UPKEEP))
            assert len(issues(fake)) <= 1
        assert runner.run("schedule", WEEKLY, checkout, server, **UPKEEP).outputs["issue-number"] == "1"
        commit(checkout, {"docs/adr/0002-invoices.md": OLD_RECORD.replace("sessions", "invoices")})
        fake.on("issues/update", Fault(**vars(fault)))
        assert is_whole(runner.run("schedule", WEEKLY, checkout, server, **UPKEEP))
        left = runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        (issue,) = issues(fake)
        assert (left.outputs["issue-number"], issue.state) == ("1", "open")
        assert issue.body.count("it was to be reviewed") == 2

    @pytest.mark.parametrize("operation", ["graphql", "issues/create"])
    def test_nor_does_a_slow_answer(self, runner: Runner, fake: FakeGitHub, checkout: Path, operation: str) -> None:
        fake.on(operation, Fault(delay_s=2.5, lost=True))
        left = runner.run("schedule", WEEKLY, checkout, fake.environment("ghs_weekly"), **UPKEEP)
        assert is_whole(left)
        assert (left.outputs["issue-number"], len(issues(fake))) == ("1", 1)


class TestTheSetUp:
    @pytest.mark.parametrize("name", ["pull_request", "push", ""])
    def test_other_events_are_an_error_of_the_set_up(self, runner: Runner, checkout: Path, name: str) -> None:
        event = pull_request_event(base_sha="b" * 40, head_sha="a" * 40)
        left = runner.run(name, event, checkout, **UPKEEP)
        assert (left.code, left.outputs["result"], left.outputs.keys()) == (2, "fail", OUTPUTS)
        assert "mode: upkeep runs on schedule and workflow\\_dispatch" in left.summary

    def test_without_a_record_the_issue_is_left_alone(
        self, runner: Runner, fake: FakeGitHub, checkout: Path, tmp_path: Path
    ) -> None:
        server = fake.environment("ghs_weekly")
        runner.run("schedule", WEEKLY, checkout, server, **UPKEEP)
        (tmp_path / "empty").mkdir()
        left = runner.run("schedule", WEEKLY, tmp_path / "empty", server, **UPKEEP)
        assert is_whole(left, 4)
        assert "actions/checkout" in left.summary
        assert (left.outputs["result"], issues(fake)[0].state) == ("skipped", "open")

    def test_a_path_that_is_not_there(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        server = fake.environment("ghs_weekly")
        left = runner.run("schedule", WEEKLY, checkout, server, paths="docs/adr\ndocs/none", **UPKEEP)
        assert (left.code, fake.count()) == (2, 0)
        assert "docs/none" in left.summary

    def test_a_configuration_counts(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        commit(checkout, {"ci/strict.yml": "rules:\n  review-by-passed: warning\n"})
        server = fake.environment("ghs_weekly")
        left = runner.run("schedule", WEEKLY, checkout, server, config="ci/strict.yml", **UPKEEP)
        assert is_whole(left)
        assert (left.outputs["result"], left.outputs["warnings"]) == ("warn", "1")

    @pytest.mark.parametrize(("level", "code", "result"), [("notice", 1, "fail"), ("warning", 0, "pass")])
    def test_fail_on_is_an_explicit_wish(
        self, runner: Runner, fake: FakeGitHub, checkout: Path, level: str, code: int, result: str
    ) -> None:
        server = fake.environment("ghs_weekly")
        left = runner.run("schedule", WEEKLY, checkout, server, **UPKEEP, fail_on=level)
        assert is_whole(left, code)
        assert (left.outputs["result"], len(issues(fake))) == (result, 1)

    def test_the_report_is_the_whole_queue(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        server = fake.environment("ghs_weekly")
        commit(checkout, {f"docs/adr/{n:04}-a.md": OLD_RECORD for n in range(2, 30)})
        left = runner.run(
            "schedule", WEEKLY, checkout, server, **UPKEEP, report_path="report.json", sarif_file="found.sarif"
        )
        assert is_whole(left)
        assert (left.outputs["report-path"], left.outputs["sarif-file"]) == ("report.json", "")
        assert len(json.loads((checkout / "report.json").read_text("utf-8"))["entries"]) == 29
        assert "No sarif-file was written" in left.summary
        assert issues(fake)[0].body.count("it was to be reviewed") == 10
        assert "19 more records" in issues(fake)[0].body
