"""Repositories of teams that use our hooks, and the environment that pre-commit builds for these from the checkout."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from filelock import FileLock
from repositories import NOT_COMPILED, Files, Shown, commit, copy_checkout, environment, run, succeed, write

PRE_COMMIT = (sys.executable, "-m", "pre_commit")
HOOK_TYPES = ("pre-commit", "pre-merge-commit", "pre-push")
MESSAGE_TYPES = ("commit-msg", "prepare-commit-msg")


class Team(NamedTuple):
    """A repository that uses our hooks."""

    folder: Path
    env: Mapping[str, str]

    def stage(self, files: Files) -> None:
        write(self.folder, files)
        self.git("add", "--all")

    def commit(self, files: Files, *options: str) -> Shown:
        """Commit files with the hooks on; git itself says nothing, so what is shown comes from the hooks."""
        self.stage(files)
        return run(self.folder, "git", "commit", "--quiet", "--message", "Change", *options, env=self.env)

    def git(self, *arguments: str) -> str:
        return succeed(self.folder, "git", *arguments, env=self.env)

    def commits(self) -> int:
        return int(self.git("rev-list", "--count", "HEAD"))


class Teams(NamedTuple):
    """Repositories with hooks installed, from which each test takes a copy."""

    folder: Path
    env: Mapping[str, str]

    def copy(self, name: str, target: Path) -> Team:
        shutil.copytree(self.folder / name, target, symlinks=True)
        return Team(target, self.env)

    @property
    def programs(self) -> Path:
        """The folder of the programs that pre-commit has installed, in an environment with nothing else in it."""
        (found,) = (self.folder / "pre-commit").glob(
            f"repo*/py_env-*/{'Scripts' if sys.platform == 'win32' else 'bin'}"
        )
        return found


def shared_teams(tmp_path_factory: pytest.TempPathFactory) -> Teams:
    """Return the teams of this run of the tests: whoever asks first sets them up, for all files and all workers."""
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here
    folder, is_done = shared / "hooks", shared / "hooks-are-set-up"
    teams = Teams(folder, environment(PRE_COMMIT_HOME=str(folder / "pre-commit"), PRE_COMMIT_COLOR="never"))
    with FileLock(shared / "hooks.lock"):
        if not is_done.exists():
            set_up(teams)
            is_done.touch()
    return teams


def set_up(teams: Teams) -> None:
    """Publish the checkout as a repository of hooks, and install them; pre-commit builds their environment once."""
    folder = teams.folder
    folder.mkdir()
    env = teams.env | NOT_COMPILED
    shipped = copy_checkout(folder / "shipped")
    succeed(shipped, "git", "init", "--quiet")
    revision = commit(shipped, {})
    installed = folder / "installed"
    for name, hooks, hook_types in (
        ("installed", ("onrecord",), (*HOOK_TYPES, *MESSAGE_TYPES)),
        ("onrecord", ("onrecord",), HOOK_TYPES),
        ("onrecord-nudge", ("onrecord-nudge",), HOOK_TYPES),
        ("index", ("onrecord-index",), HOOK_TYPES[:1]),
        ("messages", ("onrecord-commit-msg", "onrecord-prepare-commit-msg"), MESSAGE_TYPES),
    ):
        team = folder / name
        team.mkdir()
        succeed(team, "git", "init", "--quiet", "--template=")
        config = f"repos:\n- repo: {shipped}\n  rev: {revision}\n  hooks:\n"
        commit(team, {".pre-commit-config.yaml": config + "".join(f"  - id: {hook}\n" for hook in hooks)})
        if team == installed:
            types = [word for hook_type in hook_types for word in ("--hook-type", hook_type)]
            succeed(team, *PRE_COMMIT, "install", "--install-hooks", *types, env=env)
            continue
        (team / ".git/hooks").mkdir()  # the scripts that pre-commit writes are the same in each repository
        for hook_type in hook_types:
            shutil.copy2(installed / ".git/hooks" / hook_type, team / ".git/hooks" / hook_type)
