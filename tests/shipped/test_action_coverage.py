"""`coverage: true`: the pull request's own line in the summary, and never a check that hangs on it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from events import pull_request_event, push_event
from in_process import Left, Runner
from repositories import CHECKOUT, GOOD_RECORD, check_out_pull_request

BASE = {"onrecord.yml": "pull-requests: {paths: ['services/**']}\n", "services/a.py": "1\n"}
RECORD = {"docs/adr/0001-sessions.md": GOOD_RECORD}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, monkeypatch, capsys)


def look(runner: Runner, head: dict[str, str], coverage: str = "true", **checkout: Any) -> Left:
    commits = check_out_pull_request(runner.folder / "here", BASE, head, **checkout)
    event = pull_request_event(base_sha=commits.base_sha, head_sha=commits.head_sha)
    left = runner.run("pull_request", event, commits.folder, coverage=coverage)
    assert "Traceback" not in left.out + left.err
    return left


def line(left: Left) -> str:
    told = left.summary.replace("\u200b", "").replace("\\", "")
    return next((one for one in told.splitlines() if "coverage" in one), "")


def test_the_line(runner: Runner) -> None:
    left = look(runner, {"services/a.py": "2\n"} | RECORD, depth=0)
    assert line(left).startswith("PR #231 asks for a decision: covered by ADR-")
    assert line(left).endswith("Decision coverage: n/a → 1/1.")
    assert "Decision coverage: n/a → 1/1." in left.out
    assert left.code == 0


def test_off_by_default(runner: Runner) -> None:
    assert not line(look(runner, {"services/a.py": "2\n"}, coverage="", depth=0))


@pytest.mark.parametrize("depth", [1, 2])
def test_a_shallow_clone_is_one_sentence_and_no_failure(runner: Runner, depth: int) -> None:
    left = look(runner, {"services/a.py": "2\n"}, depth=depth)
    assert line(left).startswith("Decision coverage was not counted: most of the history is not in this clone")
    assert "fetch-depth: 0" in line(left)
    assert left.code == 0


def test_its_own_configuration_moves_no_goal_posts(runner: Runner) -> None:
    narrowed = {"onrecord.yml": "pull-requests: {paths: ['web/**']}\n", "services/a.py": "2\n"}
    left = look(runner, narrowed, depth=0)
    assert line(left) == "PR #231 asks for a decision: not on record yet. Decision coverage: n/a → 0/1."
    assert 'pull-requests.paths: ["services/**"] → ["web/**"]' in left.summary.replace("\\", "")


def test_a_configuration_that_the_base_has_broken(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BASE, "onrecord.yml", "pull-requests: [\n")
    left = look(runner, {"onrecord.yml": "pull-requests: {paths: ['services/**']}\n"}, depth=0)
    assert line(left).startswith("Decision coverage was not counted: onrecord.yml:")
    assert left.code == 0


def test_where_there_is_no_pull_request(runner: Runner) -> None:
    commits = check_out_pull_request(runner.folder / "here", BASE | RECORD, {"services/a.py": "2\n"}, depth=0)
    left = runner.run("push", push_event(commits.base_sha, commits.merge_sha), commits.folder, coverage="true")
    assert (left.code, line(left)) == (0, "")


def test_another_word_is_refused(runner: Runner) -> None:
    left = look(runner, {"services/a.py": "2\n"}, coverage="yes", depth=0)
    assert (left.code, "coverage: “yes” is none of true, false" in left.err) == (2, True)


def test_the_input_is_handed_on() -> None:
    manifest = yaml.safe_load((CHECKOUT / "action.yml").read_text("utf-8"))
    assert manifest["runs"]["steps"][1]["env"]["ONRECORD_COVERAGE"] == "${{ inputs.coverage }}"
    assert "default" not in manifest["inputs"]["coverage"]
