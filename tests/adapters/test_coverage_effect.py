"""The history of records out of git: each version with its status, and the pull requests that brought them."""

import os
import subprocess
from pathlib import Path

import pytest

from onrecord.adapters.coverage_effect import RecordHistory, first_days, read_record_history
from onrecord.coverage.effect import Asked
from onrecord.coverage.effect_lives import Life, Version
from onrecord.record.vocabulary import shipped

HOME = "docs/adr/0001-count-calls.md"
RECORD = (
    "# Count calls in Redis\n\n## Status\n\n{}\n\n## Context\n\nIt was accepted that a shop is held to its limit.{}\n"
)


class History:
    """A repository with a commit a day from 2026-01-01 on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.day, self.author = folder, 0, "Ann"
        self.git("init", "-q", "--initial-branch=main")

    def git(self, *arguments: str, written: int = 0) -> str:
        day = f"2026-01-{max(self.day, 1):02}T12:00:00+00:00"
        author = f"2026-01-{written:02}T12:00:00+00:00" if written else day
        environment = {
            "PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "GIT_AUTHOR_DATE": author, "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_NAME": self.author, "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "a@example.org",
        }  # fmt: skip
        return subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=environment,
            check=True,
            timeout=30,
            capture_output=True,
            text=True,
        ).stdout

    def commit(self, message: str, files: dict[str, str], written: int = 0) -> str:
        self.day += 1
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", message, written=written)
        return self.git("rev-parse", "HEAD").strip()

    def read(self, *paths: str) -> RecordHistory:
        return read_record_history(self.folder, {path: path for path in paths}, (), shipped())


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def test_a_record_that_was_moved_and_a_branch_that_came_in_later(history: History) -> None:
    history.commit("Record (#1)", {"notes/old name.md": RECORD.format("Proposed", "")})
    history.day += 1
    (history.folder / "docs/adr").mkdir(parents=True)
    history.git("mv", "notes/old name.md", HOME)
    history.commit("Move", {})
    history.git("switch", "-qc", "branch")
    history.commit("Say more", {HOME: RECORD.format("Proposed", " More.")})
    history.commit("Accept", {HOME: RECORD.format("Accepted", " More.")}, written=4)
    history.git("switch", "-q", "main")
    history.day = 9
    history.git(
        "merge", "-q", "--no-ff", "branch", "-m", "Merge pull request #2 from ann/branch\n\nAccept the counting"
    )
    history.commit("Count (#3)", {HOME: RECORD.format("Superseded by 2", " More.")})
    found = history.read(HOME)
    assert found.lives == (
        Life(
            HOME,
            (
                Version("2026-01-01", "proposed"),
                Version("2026-01-04", "accepted"),
                Version("2026-01-10", "superseded"),
            ),
            (
                Version("2026-01-01", "proposed"),
                Version("2026-01-09", "accepted"),
                Version("2026-01-10", "superseded"),
            ),
        ),
    )
    assert found.asked == (
        Asked(1, "Record", (HOME,), True),
        Asked(2, "Accept the counting", (HOME,), False),
        Asked(3, "Count", (HOME,), False),
    )


def test_sweeps_and_robots_ask_nothing(history: History) -> None:
    paths = [f"docs/adr/000{number}-x.md" for number in range(1, 5)]
    history.commit("Many (#1)", {path: RECORD.format("Accepted", path) for path in paths})
    history.commit("Straight to main", {paths[0]: RECORD.format("Accepted", " 2")})
    history.author = "renovate[bot]"
    history.commit("Tidy (#2)", {paths[0]: RECORD.format("Accepted", " 3")})
    history.author = "Ann"
    history.commit("Three (#3)", {path: RECORD.format("Accepted", " 4") for path in paths[1:]})
    assert [one.number for one in history.read(*paths).asked] == [3]


def test_hostile_and_empty_versions_have_no_status(history: History) -> None:
    history.commit("Empty (#1)", {HOME: ""})
    history.commit("Binary (#2)", {HOME: "\0\1"})
    history.commit("Record (#3)", {HOME: RECORD.format("Accepted", "")})
    assert history.read(HOME).lives[0].seen == (Version("2026-01-01", ""), Version("2026-01-03", "accepted"))
    assert history.read() == RecordHistory((), ())


def test_the_first_day_of_a_pull_request(history: History) -> None:
    squash = history.commit("Squash (#1)", {"a": "1"})
    history.git("switch", "-qc", "branch")
    history.commit("b", {"b": "1"})
    history.commit("c", {"c": "1"})
    history.git("switch", "-q", "main")
    history.day = 9
    history.git("merge", "-q", "--no-ff", "branch", "-m", "Merge pull request #2 from ann/branch")
    merge = history.git("rev-parse", "HEAD").strip()
    assert first_days(history.folder, {1: squash, 2: merge, 3: "f" * 40}) == {1: "2026-01-01", 2: "2026-01-02"}


def test_a_partial_clone_is_not_read_and_told(history: History) -> None:
    history.commit("Record (#1)", {HOME: RECORD.format("Accepted", "")})
    history.git("config", "remote.origin.promisor", "true")
    found = history.read(HOME)
    assert (found.lives, found.asked) == ((), ())
    assert "partial clone" in found.note
