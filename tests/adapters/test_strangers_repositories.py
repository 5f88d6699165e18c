"""git in a stranger's repository: nothing that stands in it makes git run a program, and no name in it is taken for a flag."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.adapters.blame import blame_line, read_brought
from onrecord.adapters.checkout import checked_out
from onrecord.adapters.citing import citing_lines
from onrecord.adapters.coverage_past import as_of, uncommitted
from onrecord.adapters.coverage_tree import tree_at
from onrecord.adapters.git import GitError, staged_changes, staged_files, tracked_files, untracked_files
from onrecord.adapters.history import read_merged

RECORD = "docs/adr/0001-a.md"
# What a user may have set up for a purpose of their own, and a file of the repository can ask for by a name.
PROGRAMS = """\
[core]
    hooksPath = {hooks}
    fsmonitor = {run} fsmonitor
    pager = {run} pager
[diff]
    external = {run} external
[diff "theirs"]
    textconv = {run} textconv
    command = {run} command
[filter "theirs"]
    smudge = {run} smudge
[gpg]
    program = {hooks}/gpg
[log]
    showSignature = true
"""


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.org", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of three commits, whose attributes ask for a program for every file."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    root = tmp_path / "clone"
    (root / "docs/adr").mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    (root / ".gitattributes").write_text("* diff=theirs filter=theirs\n")
    for at in (1, 2, 3):
        (root / RECORD).write_text("# 1. Use X\n\n## Decision\n\nYes, ADR-1.\n" + f"Line {at}.\n" * at)
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "--message", f"Use X (#{at})")
    return root


@pytest.fixture
def ran(clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which every program that git could run leaves its name; git knows of all of them now."""
    hooks, told = tmp_path / "hooks", tmp_path / "ran"
    hooks.mkdir()
    told.mkdir()
    names = ("run", "gpg", "post-index-change", "reference-transaction", "post-checkout", "pre-commit")
    for name in names:
        (hooks / name).write_text(f'#!/bin/sh\ntouch "{told}/{name}-$1"\ncat "$2" 2> /dev/null\nexit 0\n')
        (hooks / name).chmod(0o755)
    (tmp_path / "settings").write_text(PROGRAMS.format(hooks=hooks, run=hooks / "run"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "settings"))
    assert clone.is_dir()
    return told


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="needs scripts")
class TestNoProgramOfTheUsersIsRun:
    def test_they_would_be(self, clone: Path, ran: Path) -> None:
        git(clone, "blame", RECORD)
        git(clone, "update-ref", "refs/heads/other", "HEAD")
        assert {"run-textconv", "reference-transaction-prepared"} <= set(names(ran))

    def test_by_looking_at_the_working_tree(self, clone: Path, ran: Path) -> None:
        (clone / RECORD).write_text("# 1. Use Y\n")
        tracked_files(clone)
        untracked_files(clone)
        uncommitted(clone, [RECORD])
        assert citing_lines(clone, ()) == ()
        assert names(ran) == []

    def test_by_looking_at_what_is_staged(self, clone: Path, ran: Path) -> None:
        git(clone, "rm", "--quiet", "--cached", RECORD)
        for left in ran.iterdir():
            left.unlink()
        staged_files(clone)
        staged_changes(clone)
        assert names(ran) == []

    def test_by_looking_at_the_history(self, clone: Path, ran: Path) -> None:
        assert blame_line(clone, RECORD, 4)
        assert len(read_merged(clone).changes) == 3
        assert read_brought(clone, [git(clone, "rev-parse", "HEAD")])
        change = checked_out(clone, git(clone, "rev-parse", "HEAD~2"))
        assert change
        assert [file.path for file in change.files()] == [RECORD]
        assert change.before(RECORD)
        assert names(ran) == []

    def test_by_looking_at_a_commit_of_the_past(self, clone: Path, ran: Path) -> None:
        with tree_at(clone, git(clone, "rev-parse", "HEAD~1")) as past:
            assert (past / RECORD).read_text().endswith("Line 2.\nLine 2.\n")
        assert names(ran) == []


def test_a_folder_that_looks_like_a_repository_is_none(clone: Path, tmp_path: Path) -> None:
    """Its configuration would name a program, and be cloned like any other file."""
    trap = clone / "trap"
    git(clone, "init", "--quiet", "--bare", "trap")
    for name, value in (
        ("core.bare", "false"),
        ("core.worktree", str(clone)),
        ("core.fsmonitor", f"touch {tmp_path / 'ran'}"),
        ("core.pager", f"touch {tmp_path / 'ran'}"),
    ):
        git(trap, "config", name, value)
    for look in (tracked_files, untracked_files, staged_files, as_of):
        with pytest.raises(GitError):
            look(trap)
    assert not (tmp_path / "ran").exists()


class TestNamesLikeFlags:
    """A branch, a file or a commit may be called what git would take for a flag."""

    @pytest.fixture
    def odd(self, clone: Path) -> Path:
        for name in ("refs/heads/--output=ran", "refs/remotes/origin/--output=ran"):
            git(clone, "update-ref", name, "HEAD")
        git(clone, "symbolic-ref", "HEAD", "refs/heads/--output=ran")
        git(clone, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/--output=ran")
        return clone

    def test_a_branch(self, odd: Path) -> None:
        assert len(read_merged(odd).changes) == 3
        assert len(read_merged(odd, branch="--output=ran").changes) == 3
        assert as_of(odd).branch == "--output=ran"
        assert not (odd / "ran").exists()

    @pytest.mark.parametrize("commit", ["--output=ran", "--upload-pack=touch ran", "--open-files-in-pager=touch"])
    def test_what_should_be_a_commit(self, clone: Path, commit: str) -> None:
        assert checked_out(clone, commit, commit) is None
        with pytest.raises(GitError):
            read_merged(clone, branch=commit)
        assert not (clone / "ran").exists()

    def test_a_file(self, clone: Path) -> None:
        (clone / "--output=ran").write_text("ADR-1\n")
        git(clone, "add", "--all")
        git(clone, "commit", "--quiet", "--message", "Odd (#4)")
        assert blame_line(clone, "--output=ran", 1)
        change = checked_out(clone, git(clone, "rev-parse", "HEAD~1"))
        assert change
        assert change._replace(base="HEAD").before("--output=ran") == b"ADR-1\n"
        assert [line.path for line in citing_lines(clone, [RECORD])] == ["--output=ran"]
        assert not (clone / "ran").exists()
