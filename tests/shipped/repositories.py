"""Git repositories in temporary folders: the same on every machine, whatever its user has configured."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

CHECKOUT = Path(__file__).resolve().parents[2]

# What a hook, a runner or a developer's shell may have left behind, and what would then change what is tested.
NOT_INHERITED = ("GIT_", "GITHUB_", "ONRECORD_", "PRE_COMMIT", "PYTHON", "VIRTUAL_ENV", "FORCE_COLOR", "NO_COLOR")
# No one's own configuration is read, and a checkout that belongs to somebody else is read all the same.
ISOLATED_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "3",
    "GIT_CONFIG_KEY_0": "init.defaultBranch",
    "GIT_CONFIG_VALUE_0": "main",
    "GIT_CONFIG_KEY_1": "safe.directory",
    "GIT_CONFIG_VALUE_1": "*",
    "GIT_CONFIG_KEY_2": "maintenance.auto",  # no process afterwards that looks whether there is something to tidy up
    "GIT_CONFIG_VALUE_2": "false",
}
IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in {"NAME": "Ann Example", "EMAIL": "ann@example.com"}.items()
}
# How pip is told “--no-compile”: what is never imported need not be compiled.
NOT_COMPILED = {"PIP_NO_COMPILE": "0"}
# What dev.py has installed into the environment of the tests; not there where that was made in another way.
WHEELS = Path(sys.prefix) / "wheels/requirements"

# Contents by path. A Path is a symbolic link to it, and None a file that goes away.
Files = Mapping[str, str | bytes | Path | None]
FileItems = tuple[tuple[str, str | bytes | Path | None], ...]

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


class Checkout(NamedTuple):
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


def run(folder: Path, *command: str | Path, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Shown:
    """Run a command in a folder, without a terminal."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment() if env is None else env,
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Shown(done.returncode, done.stdout.decode().replace("\r\n", "\n").replace("\r", "\n"))


def succeed(folder: Path, *command: str | Path, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> str:
    """Run a command that must succeed and return what it printed, without the last line break."""
    shown = run(folder, *command, env=env, stdin=stdin)
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
    """Make a repository with a pull request in `folder`, and check it out as actions/checkout does.

    The base has moved on since the branch was made, by a commit of its own; `up_to_date` merges that into the branch.
    `depth` is `fetch-depth`, 0 for all of it. `at` is what is checked out: GitHub's own merge, or the branch ("head").
    What was asked for before is made once, and copied.
    """
    made = _checked_out(tuple(base.items()), tuple(head.items()), depth, at, up_to_date)
    workspace = folder / "workspace"
    shutil.copytree(made.folder, workspace, symlinks=True)
    succeed(workspace, "git", "update-index", "-q", "--refresh")  # the copies are other files than git has seen
    return made._replace(folder=workspace)


@cache
def _checked_out(base: FileItems, head: FileItems, depth: int, at: str, up_to_date: bool) -> Checkout:
    folder = Path(tempfile.mkdtemp(dir=_kept()))
    origin, workspace = folder / "origin", folder / "workspace"
    for each, bare in ((origin, ["--bare"]), (workspace, [])):
        each.mkdir()
        succeed(each, "git", "init", "--quiet", "--template=", *bare)
    base_sha, head_sha, merge_sha = _import_pull_request(origin, dict(base), dict(head), up_to_date)
    limit = [f"--depth={depth}"] if depth else []
    ref = f"+refs/pull/231/{at}:refs/remotes/pull/231/{at}"
    main = "+refs/heads/main:refs/remotes/origin/main"
    succeed(workspace, "git", "remote", "add", "origin", origin.as_uri())
    succeed(workspace, "git", "fetch", "--quiet", "--no-tags", *limit, "origin", ref, *([] if limit else [main]))
    succeed(workspace, "git", "checkout", "--quiet", "--force", f"refs/remotes/pull/231/{at}")
    return Checkout(workspace, base_sha, head_sha, merge_sha)


@cache
def _kept() -> str:
    """Return a folder that is there until these tests are over."""
    folder = tempfile.mkdtemp(prefix="onrecord-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _import_pull_request(origin: Path, base: Files, head: Files, up_to_date: bool) -> list[str]:
    """Write all commits of a pull request with one command; return the ids of base, head, and the merge of both."""
    moved = {"moved-on.txt": "The base has moved on.\n"}
    commits = [
        _commit_of("refs/heads/main", 1, base),
        _commit_of("refs/pull/231/head", 2, head, "from :1"),
        _commit_of("refs/heads/main", 3, moved, "from :1"),
    ]
    if up_to_date:
        commits.append(_commit_of("refs/pull/231/head", 4, moved, "from :2", "merge :3"))
    tip = 4 if up_to_date else 2
    commits.append(_commit_of("refs/pull/231/merge", 5, head, "from :3", f"merge :{tip}"))
    asked = b"".join(b"get-mark :%d\n" % mark for mark in (3, tip, 5))
    return succeed(origin, "git", "fast-import", "--quiet", stdin=b"".join(commits) + asked).split("\n")


def _commit_of(ref: str, mark: int, files: Files, *parents: str) -> bytes:
    """Return a commit in the language of git fast-import."""
    when = f"Ann Example <ann@example.com> {int(time.time())} +0000"
    lines = [f"commit {ref}", f"mark :{mark}", f"author {when}", f"committer {when}", "data 6\nChange", *parents]
    return b"".join([f"{line}\n".encode() for line in lines] + [_change_of(*file) for file in files.items()])


def _change_of(name: str, content: str | bytes | Path | None) -> bytes:
    path = b'"%s"' % os.fsencode(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    if content is None:
        return b"D %s\n" % path
    mode = b"120000" if isinstance(content, Path) else b"100644"
    data = content if isinstance(content, bytes) else str(content).encode()
    return b"M %s inline %s\ndata %d\n%s\n" % (mode, path, len(data), data)
