"""Git repositories in temporary folders: the same on every machine, whatever its user has configured."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# What a hook, a runner or a developer's shell may have left behind, and what would then change what is tested.
NOT_INHERITED = ("GIT_", "GITHUB_", "ONRECORD_", "PRE_COMMIT", "PYTHON", "VIRTUAL_ENV", "FORCE_COLOR", "NO_COLOR")
# No one's own configuration is read, and a checkout that belongs to somebody else is read all the same.
ISOLATED_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
    "GIT_CONFIG_KEY_1": "safe.directory",
    "GIT_CONFIG_VALUE_1": "*",
}
IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "Ann Example", "EMAIL": "ann@example.com"}.items()
}

# Contents by path. A Path is a symbolic link to it, and None a file that goes away.
Files = Mapping[str, str | bytes | Path | None]

GOOD_RECORD = """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
---

# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis, which keeps data across restarts
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
"""
# A warning, and no error: nobody is named.
WARNED_RECORD = GOOD_RECORD.replace("decision-makers: [Ann Example]\n", "decision-makers: [TBD]\n")
WARNED_LINE = 4
# An error: accepted, and nothing stands under the heading of line 15.
BAD_RECORD = """\
# Keep invoices in PostgreSQL

Date: 2026-03-01
Deciders: Ann Example

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.
We also considered MongoDB, but it has no transactions across collections.

## Decision

## Consequences

Operations runs one more database.
"""
BAD_LINE = 15


@dataclass(frozen=True)
class Checkout:
    """What actions/checkout left in a workspace, and the commits of the pull request."""

    folder: Path
    base_sha: str
    head_sha: str
    merge_sha: str


@dataclass(frozen=True)
class Shown:
    """What a command did: its exit code, and all that a person saw, both streams together."""

    code: int
    text: str


def environment(**more: str) -> dict[str, str]:
    """Return this process's environment without what would change the tests, and with git set up."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
    return inherited | ISOLATED_GIT | IDENTITY | {"LC_ALL": "C.UTF-8"} | more


def run(folder: Path, *command: str | Path, env: Mapping[str, str] | None = None) -> Shown:
    """Run a command in a folder, without a terminal."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Shown(done.returncode, done.stdout)


def succeed(folder: Path, *command: str | Path, env: Mapping[str, str] | None = None) -> str:
    """Run a command that must succeed and return what it printed, without the last line break."""
    shown = run(folder, *command, env=env)
    assert shown.code == 0, f"{' '.join(map(str, command))}\n{shown.text}"
    return shown.text.removesuffix("\n")


def write(folder: Path, files: Files) -> None:
    """Write files as they are given, with their own line ends; a name that is taken is taken over."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if isinstance(content, Path):
            path.symlink_to(content)
        elif content is not None:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def commit(folder: Path, files: Files, message: str = "Change") -> str:
    """Commit all of a folder after writing files, without hooks, and return the commit's id."""
    write(folder, files)
    succeed(folder, "git", "add", "--all")
    succeed(folder, "git", "commit", "--quiet", "--no-verify", "--allow-empty", "--message", message)
    return succeed(folder, "git", "rev-parse", "HEAD")


def copy_checkout(target: Path) -> Path:
    """Copy this checkout's working files, changes that are not committed included, and nothing that git ignores."""
    names = succeed(CHECKOUT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, names):
        if (CHECKOUT / name).is_file():  # not deleted since
            write(target, {name: (CHECKOUT / name).read_bytes()})
    return target


def check_out_pull_request(
    folder: Path, base: Files, head: Files, *, depth: int = 2, at: str = "merge", up_to_date: bool = False
) -> Checkout:
    """Make a repository with a pull request, and check it out as actions/checkout does.

    The base has moved on since the branch was made, by a commit of its own; `up_to_date` merges that into the branch.
    `depth` is `fetch-depth`, 0 for all of it. `at` is what is checked out: GitHub's own merge, or the branch ("head").
    """
    origin, workspace = folder / "origin", folder / "workspace"
    for each in (origin, workspace):
        each.mkdir(parents=True)
        succeed(each, "git", "init", "--quiet")
    commit(origin, base)
    succeed(origin, "git", "checkout", "--quiet", "-b", "topic")
    head_sha = commit(origin, head)
    succeed(origin, "git", "checkout", "--quiet", "main")
    base_sha = commit(origin, {"moved-on.txt": "The base has moved on.\n"})
    if up_to_date:
        head_sha = _merge(origin, head_sha, base_sha)
    merge_sha = _merge(origin, base_sha, head_sha)
    succeed(origin, "git", "update-ref", "refs/pull/231/merge", merge_sha)
    succeed(origin, "git", "update-ref", "refs/pull/231/head", head_sha)
    limit = [f"--depth={depth}"] if depth else []
    ref = f"+refs/pull/231/{at}:refs/remotes/pull/231/{at}"
    main = "+refs/heads/main:refs/remotes/origin/main"
    succeed(workspace, "git", "remote", "add", "origin", origin.as_uri())
    succeed(workspace, "git", "fetch", "--quiet", "--no-tags", *limit, "origin", ref, *([] if limit else [main]))
    succeed(workspace, "git", "checkout", "--quiet", "--force", f"refs/remotes/pull/231/{at}")
    return Checkout(workspace, base_sha, head_sha, merge_sha)


def _merge(folder: Path, onto: str, other: str) -> str:
    """Return a commit that merges `other` into `onto`; no branch moves."""
    succeed(folder, "git", "checkout", "--quiet", "--detach", onto)
    succeed(folder, "git", "merge", "--quiet", "--no-ff", "--no-verify", "--message", "Merge", other)
    return succeed(folder, "git", "rev-parse", "HEAD")
