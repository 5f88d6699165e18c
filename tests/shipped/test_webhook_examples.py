"""The Action over the events that GitHub itself publishes as examples, and our own made-up events against its schemas."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from events import pull_request_event
from fake_github import FakeGitHub, Fault, Pull, PullFile
from in_process import Left, Runner
from repositories import CHECKOUT, GOOD_RECORD, check_out_pull_request
from webhook_examples import examples, faults, unknown

from onrecord.render.comment import MARKER

OUTPUTS = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))["outputs"].keys()
PULLS, QUEUED, RUNS = (examples(name) for name in ("pull_request", "merge_group", "workflow_run"))
OPENED = next(event for event in PULLS if event["action"] == "opened" and not faults("pull-request-opened", event))
ASKING = "bug"  # the label that GitHub's examples carry
FILES = {"onrecord.yml": f"pull-requests: {{labels: [{ASKING}]}}\n", "docs/adr/0001-sessions.md": GOOD_RECORD}


def named(events: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize(
        "event", [pytest.param(event, id=f"{event['action']}-{at}") for at, event in enumerate(events)]
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of some pull request; it holds none of the commits that the examples name."""
    return check_out_pull_request(tmp_path_factory.mktemp("git"), FILES, {"README.md": "Hello.\n"}).folder


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, monkeypatch, capsys)


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server


def opened_on(fake: FakeGitHub, about: dict[str, Any], repository: str, **more: Any) -> Pull:
    """Open the pull request that an event is about, as the event tells it."""
    head = about["head"]["repo"]
    given = {
        "author": (about["user"] or {}).get("login"),
        "title": about["title"],
        "body": about["body"],
        "state": about["state"],
        "draft": about["draft"],
        "labels": [label["name"] for label in about["labels"]],
        "created_at": about["created_at"],
        "base_sha": about["base"]["sha"],
        "head_sha": about["head"]["sha"],
        "head_repository": head and head["full_name"],
        "files": [PullFile("README.md")],
    }
    fake.repository(repository).contents[about["base"]["sha"]] = {path: text.encode() for path, text in FILES.items()}
    return fake.pull(about["number"], repository, **given | more)


def is_whole(left: Left, code: int = 0) -> bool:
    """Tell whether a run did what every run does; fails with what it printed where not."""
    assert left.code == code, left.out + left.err
    assert left.outputs.keys() == OUTPUTS
    assert left.outputs["result"] in ("pass", "warn", "skipped")
    assert left.summary.strip()
    assert "Traceback" not in left.out + left.err
    return True


class TestPullRequests:
    @named(PULLS)
    @pytest.mark.parametrize("name", ["pull_request", "pull_request_target"])
    def test_one_comment_where_somebody_is_asked_and_waits_for_nothing_else(
        self, runner: Runner, fake: FakeGitHub, workspace: Path, event: dict[str, Any], name: str
    ) -> None:
        """None on drafts and closed ones. For a `pull_request_target`, nothing is checked out."""
        about = event["pull_request"]
        pull = opened_on(fake, about, event["repository"]["full_name"])
        place = workspace if name == "pull_request" else runner.folder
        left = runner.run(name, event, place, fake.environment("ghs_ours"))
        is_asked = ASKING in pull.labels and about["state"] == "open" and not about["draft"]
        assert is_whole(left)
        assert [comment.body.split("\n")[0] for comment in pull.comments] == [MARKER] * is_asked
        assert left.outputs["comment-id"] == (str(pull.comments[0].id) if is_asked else "")

    @named(PULLS)
    def test_without_a_token_the_event_is_enough(self, runner: Runner, workspace: Path, event: dict[str, Any]) -> None:
        left = runner.run("pull_request", event, workspace)
        assert is_whole(left)
        labels = [label["name"] for label in event["pull_request"]["labels"]]
        assert left.outputs["asks"] == str(ASKING in labels and not event["pull_request"]["draft"]).lower()
        assert "No token was given" in left.summary

    @pytest.mark.parametrize(
        "changes",
        [
            {"body": {"from": "Before"}},
            {"title": {"from": "Before"}},
            {"base": {"ref": {"from": "next"}, "sha": {"from": "9" * 40}}},
            {},
        ],
        ids=["body", "title", "base", "nothing"],
    )
    def test_an_edited_one(self, runner: Runner, fake: FakeGitHub, workspace: Path, changes: dict[str, Any]) -> None:
        """GitHub publishes no example of it, but a schema."""
        event = OPENED | {"action": "edited", "changes": changes}
        assert faults("pull-request-edited", event) == []
        pull = opened_on(fake, event["pull_request"], event["repository"]["full_name"])
        assert is_whole(runner.run("pull_request", event, workspace, fake.environment("ghs_ours")))
        assert len(pull.comments) == 1

    @pytest.mark.parametrize("login", ["dependabot[bot]", "Codertocat"])
    def test_a_bots_gets_no_comment(self, runner: Runner, fake: FakeGitHub, workspace: Path, login: str) -> None:
        user = OPENED["pull_request"]["user"] | {"login": login, "type": "Bot"}
        event = OPENED | {"pull_request": OPENED["pull_request"] | {"user": user}}
        assert faults("pull-request-opened", event) == []
        without = runner.run("pull_request", event, workspace)
        assert is_whole(without)
        assert without.outputs["asks"] == "false"
        assert "opened by an automation" in without.summary
        if login.endswith("[bot]"):  # GraphQL tells a bot by what it is; the fake makes one from its name
            pull = opened_on(fake, event["pull_request"], event["repository"]["full_name"])
            assert is_whole(runner.run("pull_request", event, workspace, fake.environment("ghs_ours")))
            assert pull.comments == []

    @pytest.mark.parametrize("gone", ["user", "head.repo"])
    def test_whose_author_or_fork_is_gone(self, runner: Runner, fake: FakeGitHub, workspace: Path, gone: str) -> None:
        about = dict(OPENED["pull_request"])
        if gone == "user":
            about["user"] = None
        else:
            about["head"] = about["head"] | {"repo": None}
        event = OPENED | {"pull_request": about}
        opened_on(fake, about, event["repository"]["full_name"])
        assert is_whole(runner.run("pull_request", event, workspace))
        assert is_whole(runner.run("pull_request", event, workspace, fake.environment("ghs_ours")))


class TestMergeQueue:
    @named(QUEUED)
    @pytest.mark.parametrize("token", ["", "ghs_ours"])
    @pytest.mark.parametrize("mode", ["nudge", "require"])
    def test_it_passes_and_asks_github_nothing(
        self, runner: Runner, fake: FakeGitHub, workspace: Path, event: dict[str, Any], token: str, mode: str
    ) -> None:
        server = fake.environment(token) if token else {}
        left = runner.run("merge_group", event, workspace, server, mode=mode)
        assert is_whole(left)
        assert "merge queue" in left.summary
        assert fake.count() == 0


class TestWorkflowRuns:
    @named(RUNS)
    def test_its_pull_request_is_found(self, runner: Runner, fake: FakeGitHub, event: dict[str, Any]) -> None:
        done = event["workflow_run"]
        about = OPENED["pull_request"]
        pull = opened_on(
            fake,
            about,
            event["repository"]["full_name"],
            head_sha=done["head_sha"],
            head_repository=done["head_repository"]["full_name"],
        )
        left = runner.run("workflow_run", event, runner.folder, fake.environment("ghs_ours"))
        assert is_whole(left)
        assert (left.outputs["asks"], len(pull.comments)) == ("true", 1)

    @named(RUNS)
    def test_one_of_no_pull_request_is_nobodys_fault(
        self, runner: Runner, fake: FakeGitHub, event: dict[str, Any]
    ) -> None:
        """It may be a push's, or the pull request is merged by now: no red check for that."""
        fake.repository(event["repository"]["full_name"])
        left = runner.run("workflow_run", event, runner.folder, fake.environment("ghs_ours"))
        assert is_whole(left)
        assert left.outputs["result"] == "skipped"
        assert "no open pull request" in left.summary

    @pytest.mark.parametrize("fault", [Fault(500, times=None), Fault(403, times=None), Fault(drop=True, times=None)])
    def test_nor_is_githubs_trouble(self, runner: Runner, fake: FakeGitHub, fault: Fault) -> None:
        fake.on("graphql", fault)
        left = runner.run("workflow_run", RUNS[0], runner.folder, fake.environment("ghs_ours"))
        assert is_whole(left)
        assert "could not be fetched" in left.summary

    def test_without_a_token_the_set_up_is_wrong_and_says_so(self, runner: Runner) -> None:
        left = runner.run("workflow_run", RUNS[0], runner.folder)
        assert (left.code, left.outputs.keys(), left.outputs["result"]) == (2, OUTPUTS, "fail")
        assert "token" in left.summary


class TestOurOwn:
    """What our tests make up is cut down, so it is laid over GitHub's example: then all of it must fit the schema."""

    MADE = (
        pull_request_event("opened", base_sha="b" * 40, head_sha="a" * 40, body=None),
        pull_request_event("opened", base_sha="b" * 40, head_sha="a" * 40, author="bumper[bot]", author_type="Bot"),
        pull_request_event("synchronize", base_sha="b" * 40, head_sha="a" * 40, draft=True, labels=("decision", "x")),
        pull_request_event("edited", base_sha="b" * 40, head_sha="a" * 40, changes={"body": {"from": "Old"}}),
        pull_request_event("edited", base_sha="b" * 40, head_sha="a" * 40, changes={"title": {"from": "Old"}}),
    )

    @named(list(MADE))
    def test_it_is_what_github_would_send(self, event: dict[str, Any]) -> None:
        name = f"pull-request-{event['action']}"
        base = OPENED | {"action": event["action"], "before": "b" * 40, "after": "a" * 40, "changes": {}}
        assert set(faults(name, laid_over(base, event))) <= set(faults(name, base))
        assert unknown(name, event) == []

    def test_what_it_would_not_send_is_seen(self) -> None:
        event = self.MADE[-1]
        assert faults("pull-request-edited", laid_over(OPENED, event | {"changes": {"body": {"from": None}}}))
        assert unknown("pull-request-edited", event | {"pull_request": {"merge_sha": "a" * 40}})

    def test_githubs_own_examples_fit_but_for_what_became_required_later(self) -> None:
        fitting = [event for event in QUEUED if not faults("merge-group-checks-requested", event)]
        assert fitting == QUEUED
        for event in PULLS:
            if event["action"] in ("opened", "synchronize"):
                found = faults(f"pull-request-{event['action']}", event)
                assert all("is a required property" in fault for fault in found), found


def laid_over(whole: Any, part: Any) -> Any:
    """Return a payload with what `part` says in place of what `whole` says; rows of a list are laid over its first."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return whole | {key: laid_over(whole.get(key), value) for key, value in part.items()}
    if isinstance(part, list) and isinstance(whole, list):
        return [laid_over(whole[0] if whole else None, row) for row in part]
    return part
