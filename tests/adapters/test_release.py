"""Which commit is running, told without the network."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from onrecord import __version__
from onrecord.adapters.release import Release, from_checkout, from_direct_url, our_release

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TAG = f"v{__version__}"


def recorded(**more: Any) -> dict[str, Any]:
    source = {"vcs": "git", "commit_id": COMMIT, "requested_revision": TAG}
    return {"url": "https://github.com/onrecord/onrecord.git", "vcs_info": source | more}


class TestInstalledFromGit:
    def test_pip_recorded_the_commit(self) -> None:
        assert from_direct_url(recorded()) == Release("onrecord/onrecord", COMMIT, TAG)

    def test_a_branch_is_no_version(self) -> None:
        assert from_direct_url(recorded(requested_revision="main")) == Release("onrecord/onrecord", COMMIT, None)

    @pytest.mark.parametrize(
        "other",
        [
            {},
            {"url": "file:///home/ann/onrecord", "dir_info": {"editable": True}},
            {"url": "https://files.example.org/onrecord.whl", "archive_info": {}},
            recorded(commit_id="main"),
            recorded() | {"url": "https://git.example.org/ann/onrecord.git"},
            recorded() | {"url": 7},
        ],
    )
    def test_nothing_else_tells(self, other: dict[str, Any]) -> None:
        assert from_direct_url(other) is None


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout with one commit, and a remote on GitHub that has nothing yet."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "remote", "add", "origin", "git@github.com:ann/onrecord.git")
    (tmp_path / "action.yml").write_text("name: OnRecord\n", "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "One")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


def push(folder: Path) -> str:
    """Let the remote's branch be where HEAD is, and return that commit."""
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return git(folder, "rev-parse", "HEAD")


class TestCheckout:
    def test_a_commit_that_was_not_pushed_is_nobody_elses(self, checkout: Path) -> None:
        git(checkout, "tag", TAG)
        assert from_checkout(checkout) is None

    def test_a_pushed_one_has_no_version(self, checkout: Path) -> None:
        commit = push(checkout)
        assert from_checkout(checkout) == Release("ann/onrecord", commit, None)

    def test_the_release_comes_first(self, checkout: Path) -> None:
        git(checkout, "tag", "--annotate", "-m", "Release", TAG)
        release = git(checkout, "rev-parse", "HEAD")
        git(checkout, "commit", "--quiet", "--allow-empty", "-m", "Two")
        push(checkout)
        assert from_checkout(checkout) == Release("ann/onrecord", release, TAG)

    def test_another_host_or_another_project_tells_nothing(self, checkout: Path) -> None:
        push(checkout)
        git(checkout, "remote", "set-url", "origin", "https://git.example.org/ann/onrecord")
        assert from_checkout(checkout) is None
        git(checkout, "remote", "set-url", "origin", "https://github.com/ann/onrecord")
        assert from_checkout(checkout) is not None
        (checkout / "action.yml").unlink()
        assert from_checkout(checkout) is None


def test_there_is_always_something_to_point_at() -> None:
    found = our_release()
    assert found.repository.endswith("/onrecord")
    assert found.commit or found.tag == TAG
