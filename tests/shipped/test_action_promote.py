"""`mode: promote`: the Action on a merge writes a record into the checkout, commits nothing, and its outputs are words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile
import pytest
import yaml
from events import NUMBER, REPOSITORY, pull_request_event, push_event
from fake_github import FakeGitHub, Fault
from fake_github.world import Review
from in_process import Left, Runner
from repositories import CHECKOUT, commit, succeed

from onrecord.adapters.comment import MARKER
from onrecord.cli.action_promote import plain_title

OUTPUTS = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))["outputs"].keys()
HARBOR = REPOSITORY["full_name"]
BODY = "Invoices came late.\n\nDecision: render invoices with WeasyPrint, because it runs here.\nInstead of: a service"
PATH = "docs/decisions/0001-render-invoices-with-weasyprint.md"
PROMOTE = {"mode": "promote"}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, monkeypatch, capsys)


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    succeed(folder, "git", "init", "--quiet")
    commit(folder, {"README.md": "Hello.\n"})
    return folder


def closed(body: str = BODY, merged: str | None = "2026-10-06T09:00:00Z", **more: Any) -> dict[str, Any]:
    event = pull_request_event("closed", base_sha="b" * 40, head_sha="a" * 40, body=body, **more)
    event["pull_request"] |= {"state": "closed", "merged": bool(merged), "merged_at": merged}
    return event


def is_whole(left: Left) -> bool:
    """Tell whether a run did what every run does; fails with what it printed where not."""
    assert left.code == 0, left.out + left.err
    assert left.outputs.keys() == OUTPUTS
    assert left.summary.strip()
    return True


def promoted(left: Left) -> tuple[str, str]:
    assert is_whole(left)
    return left.outputs["promoted"], left.outputs["record-path"]


def test_a_merge_writes_the_record_and_commits_nothing(runner: Runner, checkout: Path) -> None:
    before = succeed(checkout, "git", "rev-parse", "HEAD")
    left = runner.run("pull_request", closed(), checkout, **PROMOTE)
    assert promoted(left) == ("true", PATH)
    assert (left.outputs["record-title"], left.outputs["result"]) == ("Render invoices with WeasyPrint", "pass")
    text = (checkout / PATH).read_text("utf-8")
    assert text.startswith('---\nstatus: accepted\ndate: 2026-10-06\ndecision-makers: ["@harbor-tomasz"]\n')
    assert f"`Decision: ADR-0001 {PATH}`" in left.summary
    assert succeed(checkout, "git", "rev-parse", "HEAD") == before
    assert succeed(checkout, "git", "status", "--porcelain", "-uall") == f"?? {PATH}"
    again = runner.run("pull_request", closed(), checkout, **PROMOTE)
    assert (promoted(again), again.outputs["result"]) == (("false", ""), "skipped")
    assert (checkout / PATH).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (closed(merged=None), "is not merged"),
        (closed("Some words."), "no decision is stated here"),
        (closed("No decision here, because it is a typo."), "there is no decision here"),
    ],
)
def test_nothing_to_write_fails_nothing(runner: Runner, checkout: Path, event: dict[str, Any], said: str) -> None:
    left = runner.run("pull_request", event, checkout, **PROMOTE)
    assert promoted(left) == ("false", "")
    assert said in left.summary
    assert not (checkout / "docs").exists()


class TestWithGitHub:
    def merged(self, fake: FakeGitHub, **more: Any) -> Any:
        pull = fake.pull(NUMBER, HARBOR, body=BODY, state="merged", merged_at="2026-10-06T09:00:00Z", **more)
        pull.reviews.append(Review(fake.world.user("harbor-mara"), "APPROVED"))
        return pull

    def test_who_approved_decided_and_our_own_comment_leads_to_the_record(
        self, runner: Runner, fake: FakeGitHub, checkout: Path
    ) -> None:
        pull = self.merged(fake)
        server = fake.environment("ghs_merge")
        fake.comment(pull, "github-actions[bot]", f"{MARKER} -->\nWhat was decided?")
        left = runner.run("pull_request", closed("An old text."), checkout, server, **PROMOTE)
        assert promoted(left) == ("true", PATH)
        assert 'decision-makers: ["@harbor-mara"]' in (checkout / PATH).read_text("utf-8")
        assert [f"Decision: ADR-0001 {PATH}" in one.body for one in pull.comments] == [True]

    def test_no_comment_is_begun(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        pull = self.merged(fake)
        promoted(runner.run("pull_request", closed(), checkout, fake.environment("ghs_merge"), **PROMOTE))
        assert pull.comments == []

    def test_of_a_push_the_pull_request_is_looked_up(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        self.merged(fake)
        head = succeed(checkout, "git", "rev-parse", "HEAD")
        fake.repository(HARBOR).pulls_of_commit[head] = [NUMBER]
        left = runner.run("push", push_event("b" * 40, head), checkout, fake.environment("ghs_push"), **PROMOTE)
        assert promoted(left) == ("true", PATH)

    def test_trouble_of_githubs_is_a_note(self, runner: Runner, fake: FakeGitHub, checkout: Path) -> None:
        for _ in range(3):
            fake.on("graphql", Fault(500))
        left = runner.run("pull_request", closed(), checkout, fake.environment("ghs_merge"), **PROMOTE)
        assert promoted(left) == ("true", PATH)
        assert "could not be fetched" in left.summary


def test_a_push_without_a_token_has_the_message(runner: Runner, checkout: Path) -> None:
    head = commit(checkout, {"a.py": "1\n"}, f"Render invoices with WeasyPrint (#{NUMBER})\n\n{BODY}")
    left = runner.run("push", push_event("b" * 40, head), checkout, **PROMOTE)
    assert promoted(left) == ("true", PATH)
    assert f'implemented-by: ["#{NUMBER}"]' in (checkout / PATH).read_text("utf-8")


def test_a_record_in_the_same_merge_is_seen(runner: Runner, checkout: Path) -> None:
    record = {"docs/adr/0001-invoices.md": "# Render invoices here\n\n## Status\n\nAccepted\n\n## Decision\n\nHere.\n"}
    head = commit(checkout, record, f"Render invoices with WeasyPrint (#{NUMBER})\n\n{BODY}")
    left = runner.run("push", push_event("b" * 40, head), checkout, **PROMOTE)
    assert promoted(left) == ("false", "")
    assert "brings its record" in left.summary


@pytest.mark.parametrize(("title", "body"), [(hostile.INLINE, hostile.DECIDED), (hostile.BLOCK, BODY)])
def test_text_of_strangers_stays_text(runner: Runner, checkout: Path, title: str, body: str) -> None:
    left = runner.run("pull_request", closed(body, title=title), checkout, **PROMOTE)
    assert promoted(left)[0] == "true"
    assert re.fullmatch(r"docs/decisions/0001-[\w-]+\.md", left.outputs["record-path"])
    assert re.fullmatch(r"[\w .,:()+/-]+", left.outputs["record-title"])
    assert all(line.startswith(("::", "| ", "|")) for line in left.out.splitlines())
    for unseen in hostile.UNSEEN:
        assert unseen not in (checkout / left.outputs["record-path"]).read_text("utf-8") + left.summary + left.out
    assert "<script" not in left.summary


def test_a_title_is_words() -> None:
    assert plain_title("Use `a` & $(touch x) for @bo's #7 <b> — “ok”") == "Use a (touch x) for bo s 7 b ok"
    assert len(plain_title("word " * 50)) <= 100


@pytest.mark.parametrize("name", ["schedule", "merge_group", ""])
def test_other_events_are_an_error_of_the_set_up(runner: Runner, checkout: Path, name: str) -> None:
    left = runner.run(name, closed(), checkout, **PROMOTE)
    assert (left.code, left.outputs["promoted"], left.outputs.keys()) == (2, "false", OUTPUTS)


def test_without_a_checkout(runner: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    left = runner.run("pull_request", closed(), tmp_path / "empty", **PROMOTE)
    assert (left.code, "actions/checkout" in left.summary) == (2, True)
