"""What git tells a coverage report: the commit it is of, its files with their lines, the year's commits, equal patches."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.files import MAX_BYTES, leads_out
from onrecord.adapters.git import GitError, files_at, run_git
from onrecord.adapters.git_stream import read_commits
from onrecord.adapters.history import ShallowClone
from onrecord.coverage.records import Added
from onrecord.coverage.score import is_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from onrecord.change.history import MergedChange

YEAR = 365  # days
_NO_LARGE = ("-c", "core.bigFileThreshold=1m")
_FEW_FILES = 400  # of a change whose patch is compared; a larger one is no back-port
_MOST_PATHS = 4_000


class AsOf(NamedTuple):
    """The commit a report is of: its id, its day (ISO, UTC offset of the committer), and the branch that is checked out.

    `note` says when the default branch of `origin` is another one.
    """

    sha: str
    day: str
    branch: str
    note: str


def as_of(root: Path) -> AsOf:
    """Return what is checked out; raises ShallowClone, and GitError where there is no commit yet."""
    if run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise ShallowClone(
            "this clone is shallow, so most of its history is not there and no share would be right;"
            " “git fetch --unshallow” brings it (in a workflow: “fetch-depth: 0”)"
        )
    try:
        sha, day = run_git(root, "log", "-1", "--format=%H %cs", "HEAD").decode().split()
    except GitError as error:
        raise GitError("there is no commit yet") from error
    branch = _name(root, "HEAD") or "HEAD"
    default = _name(root, "refs/remotes/origin/HEAD").removeprefix("origin/")
    other = default and default != branch
    note = f"“{branch}” is checked out and was read; the default branch of origin is “{default}”." if other else ""
    return AsOf(sha, day, branch, note)


def lines_of_files(root: Path) -> dict[str, int | None]:
    """Return how many lines each file of HEAD has; None for what is binary, or larger than 1 MB.

    Where git lacks contents (a partial clone), they are counted in the working tree.
    """
    nothing = run_git(root, "hash-object", "-t", "tree", "--stdin", stdin=b"").decode().strip()
    look = (*_NO_LARGE, "diff-tree", "-r", "-z", "--numstat", "--no-renames", "--no-ext-diff")
    try:
        out = run_git(root, *look, nothing, "HEAD")
    except GitError:
        return _lines_on_disk(root, files_at(root, "HEAD"))
    found: dict[str, int | None] = {}
    for row in os.fsdecode(out).split("\0"):
        added, _, rest = row.partition("\t")
        if rest:
            found[rest.partition("\t")[2]] = None if added == "-" else int(added)
    return found


def _lines_on_disk(root: Path, files: Iterable[str]) -> dict[str, int | None]:
    """Return the lines of what lies in the working tree; a link is not followed, and of what is no code nobody asks."""
    stays = cache(lambda folder: not leads_out(root / folder, root))
    found: dict[str, int | None] = {}
    for path in files:
        found[path] = 0
        if is_code(path):
            name = f"{root}/{path}"
            try:
                small = stat.S_ISREG(os.lstat(name).st_mode) and os.lstat(name).st_size <= MAX_BYTES
                found[path] = _lines_of(name) if small and stays(path.rpartition("/")[0]) else None
            except OSError:
                found[path] = None
    return found


def _lines_of(name: str) -> int | None:
    with open(name, "rb") as handle:  # noqa: PTH123 - thousands of them
        content = handle.read()
    return None if b"\0" in content else content.count(b"\n")


def commits_of_year(root: Path, day: str) -> dict[str, int]:
    """Return how many commits of the YEAR days up to a day touched each path; merges bring nothing of their own."""
    start = (date.fromisoformat(day) - timedelta(YEAR)).isoformat()
    counts: dict[str, int] = {}
    for commit in read_commits(root, "--no-renames", "--name-status", f"--since={start}T00:00:00Z", "HEAD"):
        if start <= commit.day <= day:
            for _, path in commit.changes:
                counts[path] = counts.get(path, 0) + 1
    return counts


def when_added(root: Path, paths: Iterable[str]) -> dict[str, Added]:
    """Return by path when each record came, and who committed it; one that was moved keeps the day of its name."""
    wanted = sorted(set(paths))
    if not wanted:
        return {}
    folders = sorted({path.rpartition("/")[0] for path in wanted})
    specs = [f":(top,literal){folder}" for folder in folders if folder][:_MOST_PATHS]
    where = ["--", *specs] if "" not in folders else []
    by_name: dict[str, Added] = {}
    by_path: dict[str, Added] = {}
    for commit in read_commits(root, "--no-renames", "--diff-filter=A", "--name-status", "HEAD", *where):
        for _, path in commit.changes:  # the newest first, so that the oldest stays
            by_path[path] = by_name[path.rpartition("/")[2]] = Added(commit.day, commit.name)
    return {
        path: found
        for path in wanted
        if (found := _older(by_path.get(path), by_name.get(path.rpartition("/")[2]), path))
    }


def equal_patches(root: Path, changes: Sequence[MergedChange]) -> dict[str, str]:
    """Return git's patch id of those commits that may share one: they touch the same files by the same numbers of lines.

    Where git lacks contents (a partial clone), nothing can be told, and none is returned.
    """
    alike: dict[object, list[MergedChange]] = {}
    for one in changes:
        files = one.change.files or ()
        if len(files) <= _FEW_FILES and any(file.additions or file.deletions for file in files):
            alike.setdefault(tuple((f.path, f.status, f.additions, f.deletions) for f in files), []).append(one)
    shas = [one.sha for group in alike.values() if len(group) > 1 for one in group]
    if not shas:
        return {}
    rows = run_git(root, "rev-list", "--parents", "--no-walk=unsorted", "--stdin", stdin="\n".join(shas).encode())
    asked = "".join(f"{' '.join(row.split()[:2])}\n" for row in rows.decode().splitlines()).encode()
    patches = run_git(
        root, *_NO_LARGE, "diff-tree", "--stdin", "-r", "-p", "--no-renames", "--no-ext-diff", stdin=asked
    )
    ids = run_git(root, "patch-id", "--stable", stdin=patches).decode().splitlines()
    return {sha: patch for patch, sha in map(str.split, ids)}


def uncommitted(root: Path, paths: Iterable[str]) -> list[str]:
    """Return which of these files differ from HEAD in the working tree."""
    changed = os.fsdecode(run_git(root, "diff", "--name-only", "-z", "--no-ext-diff", "HEAD")).split("\0")
    return sorted(set(changed) & set(paths))


def hash_of(file: Path | None) -> str | None:
    """Return the SHA-256 of the configuration's file, None where there is none."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest() if file else None
    except OSError:
        return None


def _older(first: Added | None, second: Added | None, path: str) -> Added | None:
    """Return the earlier of two; a README is every folder's, so its name tells nothing."""
    if first is None or second is None or path.rpartition("/")[2].casefold().startswith(("readme.", "index.")):
        return first
    return min(first, second, key=lambda one: one.day)


def _name(root: Path, reference: str) -> str:
    try:
        return os.fsdecode(run_git(root, "symbolic-ref", "--quiet", "--short", reference)).strip()
    except GitError:
        return ""
