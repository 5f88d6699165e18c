"""What other branches of a clone hold under the numbers of new records."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from onrecord.adapters.branch import own_commits
from onrecord.adapters.git import GitError
from onrecord.adapters.refs import STALE_S, new_on_branch, taken_elsewhere

GAMMA = "adr/0008-gamma.md"
BETA = "adr/0008-beta.md"


class Clone:
    """A clone whose branch "mine" is checked out, made at "main", which holds record 7."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit({"adr/0007-alpha.md": "# 7. Alpha\n"})
        self.git("checkout", "--quiet", "-b", "mine")

    def git(self, *arguments: str, when: float | None = None) -> str:
        names = {
            f"GIT_{who}_{what}": "ann@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        date = f"{int(time.time() if when is None else when)} +0000"
        environment = os.environ | names | {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        ).stdout

    def write(self, files: dict[str, str | None]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")

    def commit(self, files: dict[str, str | None], when: float | None = None) -> None:
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=A change", when=when)

    def branch(self, name: str, files: dict[str, str | None], when: float | None = None, start: str = "main") -> None:
        """Make another branch with one commit, and come back."""
        here = self.git("branch", "--show-current").strip()
        self.git("checkout", "--quiet", "-b", name, start)
        self.commit(files, when)
        self.git("checkout", "--quiet", here)

    def publish(self, branch: str, name: str, remove: bool = True) -> None:
        """Let a branch be one of the remote "origin"."""
        self.git("update-ref", f"refs/remotes/origin/{name}", branch)
        if remove:
            self.git("branch", "--quiet", "-D", branch)


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_another_branch_takes_the_number(clone: Clone) -> None:
    clone.branch("other", {BETA: "# 8. Beta\n", "adr/0009-delta.md": "# 9. Delta\n", "web/adr/0008-x.md": "# 8. X\n"})
    clone.write({GAMMA: "# 8. Gamma\n"})
    assert taken_elsewhere(clone.folder, [GAMMA]) == {BETA: "other"}
    assert taken_elsewhere(clone.folder, []) == {}


def test_a_branch_of_the_remote_and_the_default_one_first(clone: Clone) -> None:
    clone.branch("topic", {BETA: "# 8. Beta\n"})
    clone.publish("topic", "topic")
    assert taken_elsewhere(clone.folder, [GAMMA]) == {BETA: "origin/topic"}
    clone.branch("next", {BETA: "# 8. Beta\n", "a": "b"}, when=time.time() - 86_400)
    clone.publish("next", "main")
    assert taken_elsewhere(clone.folder, [GAMMA]) == {BETA: "origin/main"}


def test_the_same_file_is_no_rival(clone: Clone) -> None:
    clone.write({GAMMA: "# 8. Gamma\n"})
    clone.branch("stacked", {GAMMA: "# 8. Gamma, later\n"})
    clone.branch("renamed", {"adr/0008-gamma-rays.md": "# 8. Gamma\n"})
    clone.write({GAMMA: "# 8. Gamma\n"})
    assert taken_elsewhere(clone.folder, [GAMMA]).keys() <= {GAMMA}


def test_what_was_renumbered_here_is_no_rival(clone: Clone) -> None:
    """A branch that was merged by a squash still has the old name."""
    clone.branch("merged", {BETA: "# 8. Beta\n"})
    clone.commit({BETA: "# 8. Beta\n"})
    clone.commit({BETA: None, "adr/0009-beta.md": "# 9. Beta\n"})
    clone.write({GAMMA: "# 8. Gamma\n"})
    assert taken_elsewhere(clone.folder, [GAMMA]) == {}


def test_a_copy_of_this_branch_is_no_rival(clone: Clone) -> None:
    """What was pushed has the name from before an amended commit."""
    clone.branch("draft", {BETA: "# 8. Beta\n"}, start="mine")
    clone.publish("draft", "mine")
    assert taken_elsewhere(clone.folder, [GAMMA]) == {}


def test_a_stale_branch_is_no_rival(clone: Clone) -> None:
    clone.branch("old", {BETA: "# 8. Beta\n"}, when=time.time() - STALE_S - 86_400)
    assert taken_elsewhere(clone.folder, [GAMMA]) == {}


def test_odd_names_are_compared_as_they_are(clone: Clone) -> None:
    folder = "Architektur Entscheidungen/ä"
    clone.branch("other", {f"{folder}/0008-über.md": "# 8\n"})
    assert taken_elsewhere(clone.folder, [f"{folder}/0008-x.md"]) == {f"{folder}/0008-über.md": "other"}
    assert taken_elsewhere(clone.folder, ["adr/0008-a\nb.md"]) == {}


def test_new_is_what_the_default_branch_did_not_have(clone: Clone) -> None:
    clone.commit({GAMMA: "# 8. Gamma\n"})
    clone.write({"adr/0009-a b.md": "# 9\n"})
    paths = ["adr/0007-alpha.md", GAMMA, "adr/0009-a b.md"]
    assert new_on_branch(clone.folder, paths) == {GAMMA, "adr/0009-a b.md"}
    clone.git("branch", "--quiet", "--force", "main", "mine")
    assert new_on_branch(clone.folder, paths) == {"adr/0009-a b.md"}


def test_without_another_branch_new_is_what_the_last_commit_does_not_have(clone: Clone) -> None:
    clone.git("branch", "--quiet", "-D", "main")
    clone.write({GAMMA: "# 8. Gamma\n"})
    assert new_on_branch(clone.folder, ["adr/0007-alpha.md", GAMMA]) == {GAMMA}


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError):
        taken_elsewhere(tmp_path, [GAMMA])


@pytest.mark.parametrize("name", ["a\u2028b", "a\u0085b"])
def test_a_branch_may_be_named_with_what_unicode_calls_the_end_of_a_line(clone: Clone, name: str) -> None:
    clone.git("checkout", "--quiet", "-b", name)
    clone.commit({GAMMA: "# 8. Gamma\n"})
    clone.git("checkout", "--quiet", "mine")
    assert taken_elsewhere(clone.folder, [BETA]) == {GAMMA: name}
    assert len(own_commits(clone.folder)) == 0
    clone.git("checkout", "--quiet", name)
    assert len(own_commits(clone.folder)) == 1


def test_a_file_may_be_named_with_a_carriage_return(clone: Clone) -> None:
    assert new_on_branch(clone.folder, ["adr/0009-a\rb.md", "adr/0007-alpha.md"]) == {"adr/0009-a\rb.md"}
