"""Repositories and machines that are not as usual: what cannot be told is said, and with its real reason."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from disks import FILES, Outcome, git, tree, write

Run = Callable[..., Outcome]
LOST = "\nSee [the cart](../../src/cart.py) and [the plan](../../src/plan.py).\n"


class TestWithoutGit:
    @pytest.fixture(autouse=True)
    def no_git(self, shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        assert shop.exists()  # made with git
        monkeypatch.setenv("PATH", str(tmp_path))

    @pytest.mark.parametrize("call", ["check --staged", "coverage", "why src", "why src/cart.py:1", "promote --commit HEAD", "calibrate"])  # fmt: skip
    def test_what_needs_it_says_so(self, run: Run, call: str) -> None:
        assert run(*call.split()) == Outcome(3, "", "onrecord: git: git is not installed\n")

    @pytest.mark.parametrize("call", ["check --fix", "accept 6 --by Ann", "migrate --to madr-4"])
    def test_what_changes_records_says_why_it_does_not(self, shop: Path, run: Run, call: str) -> None:
        before = tree(shop)
        outcome = run(*call.split())
        assert outcome.code == 2
        assert outcome.err.endswith(" (git does not answer here: git is not installed)\n")
        assert tree(shop) == before

    def test_records_are_checked_and_it_is_said_that_all_files_were_looked_at(self, run: Run) -> None:
        outcome = run("check")
        assert outcome.err == "onrecord: .: git: git is not installed, so every file below it was looked at\n"
        assert (outcome.code, "5 records checked" in outcome.out) == (1, True)

    def test_a_commit_is_not_kept_from_being_made(self, run: Run) -> None:
        assert run("commit-msg", "message") == Outcome(0, "", "onrecord: git: git is not installed\n")


class TestAFolderOfSomebodyElse:
    """Git refuses to look into it, unless safe.directory names it; so it is in many containers."""

    @pytest.fixture(autouse=True)
    def of_another(self, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert shop.exists()  # made before
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    @pytest.mark.parametrize("call", ["check --staged", "coverage", "why src/cart.py:1", "promote --commit HEAD"])
    def test_git_s_own_reason_is_passed_on(self, run: Run, call: str) -> None:
        outcome = run(*call.split())
        assert (outcome.code, outcome.out) == (3, "")
        assert "detected dubious ownership" in outcome.err

    def test_check_says_that_git_was_of_no_help(self, run: Run) -> None:
        outcome = run("check")
        assert "detected dubious ownership" in outcome.err
        assert "so every file below it was looked at" in outcome.err
        assert "git config --global --add safe.directory" in outcome.err
        assert "not a git repository" not in outcome.err
        assert outcome.code == 1


def test_a_git_that_is_too_old_is_quoted(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old/git"
    write(old.parent, {"git": '#!/bin/sh\necho "error: unknown option \\`$5\'" >&2\nexit 129\n'})
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    outcome = run("coverage")
    assert (outcome.code, "git: error: unknown option" in outcome.err) == (3, True)
    assert "error: unknown option" in run("check").err


def test_without_a_home(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = [run("check"), run("why", "src")]
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "USER", "LOGNAME"):
        monkeypatch.delenv(name, raising=False)
    assert [run("check"), run("why", "src")] == usual


@pytest.mark.parametrize("call", ["check", "why src"])
def test_a_detached_head_is_as_good_as_a_branch(run: Run, shop: Path, call: str) -> None:
    usual = run(*call.split())
    git(shop, "checkout", "--quiet", "--detach")
    assert run(*call.split()) == usual


def test_before_the_first_commit_records_are_read_and_history_is_said_to_be_missing(run: Run, shop: Path) -> None:
    shutil.rmtree(shop / ".git")
    git(shop, "init", "--quiet", "--template=")
    git(shop, "add", "docs", ".github")
    assert (run("check").code, "5 records checked" in run("check", "--staged").out) == (1, True)
    assert run("coverage").err == "onrecord: git: there is no commit yet\n"
    assert "could not be read" in run("why", "docs/adr").out
    assert run("commit-msg", "message").code == 0
    assert run("accept", "6", "--by", "Ann").code == 0


def test_a_bare_repository_has_no_files_to_check(
    shop: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(shop, "clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))
    monkeypatch.chdir(tmp_path / "bare")
    outcome = run("check")
    assert (outcome.code, "nothing was checked" in outcome.err, "bare repository" in outcome.err) == (4, True, True)
    for call in ("check --staged", "coverage"):
        assert (run(*call.split()).code, "bare repository" in run(*call.split()).err) == (3, True)


def test_a_submodule_is_a_repository_of_its_own(
    shop: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    above = tmp_path / "above"
    above.mkdir()
    git(above, "init", "--quiet", "--template=")
    git(above, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(shop), "shop")
    monkeypatch.chdir(above)
    assert run("check").code == 4, "its files are not the outer repository's"
    monkeypatch.chdir(above / "shop")
    assert "5 records checked" in run("check").out
    assert run("check", "--fix", "--fail-on", "never").code == 0
    assert run("search", "queue").code == 0
    kept = above / ".git/modules/shop"
    assert (kept / "onrecord/search.sqlite").exists()
    assert git(above / "shop", "status", "--porcelain", "--untracked-files=all").count("\n") == 4


class TestALinkedWorkingTree:
    @pytest.fixture
    def linked(self, shop: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        assert run("--version").code == 0  # it sets the folder, and this another one
        write(shop, {"docs/adr/0003-csv.md": FILES["docs/adr/0003-csv.md"] + LOST, "src/plan.py": "Plan.\n"})
        git(shop, "add", "docs", "src")
        git(shop, "commit", "--quiet", "-m", "Link")
        git(shop, "worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "other")
        monkeypatch.chdir(tmp_path / "linked")
        return tmp_path / "linked"

    @pytest.mark.thorough
    def test_it_is_read_and_written_like_any_other(self, linked: Path, run: Run, shop: Path) -> None:
        assert "5 records checked" in run("check").out
        assert (run("why", "src").code, run("search", "queue").code, run("coverage").code) == (0, 0, 0)
        assert run("check", "--fix", "--fail-on", "never").code == 0
        assert (linked / "docs/adr/0008-redis.md").exists()
        assert not (shop / "docs/adr/0008-redis.md").exists()
        assert run("accept", "6", "--by", "Ann").code == 0

    def test_what_its_sparse_checkout_leaves_out_is_not_called_lost(self, linked: Path, run: Run) -> None:
        git(linked, "sparse-checkout", "set", "docs")
        assert not (linked / "src").exists()
        assert "link-broken" not in run("check").out
        git(linked, "sparse-checkout", "disable")
        (linked / "src/plan.py").unlink()
        assert "link-broken" in run("check").out

    def test_and_that_of_another_is_not_taken_for_its_own(self, linked: Path, run: Run, shop: Path) -> None:
        git(shop, "update-index", "--refresh")
        git(shop, "sparse-checkout", "set", "docs")
        (linked / "src/plan.py").unlink()
        assert "link-broken" in run("check").out


def test_records_outside_of_a_sparse_checkout_are_named(shop: Path, run: Run) -> None:
    git(shop, "update-index", "--refresh")  # it is a copy
    git(shop, "sparse-checkout", "set", "--no-cone", "/src/", "/docs/adr/0003-csv.md")
    outcome = run("check")
    assert "1 record checked" in outcome.out
    assert "docs/adr/0005-mail.md (no such file)" in outcome.out
    git(shop, "sparse-checkout", "set", "--no-cone", "/src/")
    assert run("check").code == 4


def test_a_shallow_clone_is_never_counted_as_a_whole_one(
    shop: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", shop.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert run("check").code == 1
    for call in ("coverage", "calibrate", "survey ."):
        assert (run(*call.split()).code, "shallow" in run(*call.split()).err) == (3, True)
    for call in ("why src", "review"):
        assert "This clone is shallow" in run(*call.split()).out


def test_a_folder_that_is_gone_is_said(shop: Path, run: Run) -> None:
    shutil.rmtree(shop)
    outcome = run("check")
    assert outcome.code == 3
    assert "No such file or directory" in outcome.err
    assert "internal error" not in outcome.err
    os.chdir("/")
