"""What git tells a coverage report: the commit it is of, its files with their lines, the year's commits, equal patches."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.branch import ORIGIN, branch_at
from onrecord.adapters.files import MAX_BYTES, leads_out
from onrecord.adapters.git import GitError, as_name, files_at, run_git
from onrecord.adapters.git_stream import read_commits
from onrecord.adapters.history import ShallowClone, is_partial
from onrecord.coverage.records import Added, numbers_listed
from onrecord.coverage.score import is_code

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from onrecord.adapters.git_stream import Commit
    from onrecord.change.history import MergedChange
    from onrecord.coverage.records import Known

YEAR = 365  # days
_LAST_DAY = "9999-12-31"  # that anybody can reckon with; git takes a commit from any year
_NO_LARGE = ("-c", "core.bigFileThreshold=1m")
_FEW_FILES = 400  # of a change whose patch is compared; a larger one is no back-port
_MOST_PATHS = 4_000
_MOST_RENAMES = "-l1000"  # files of one commit among which git looks for those that were edited on the way
_TRAILER = "^[ \t]*decision:"


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
    branch = branch_at(root) or "HEAD"
    default = branch_at(root, ORIGIN).removeprefix("origin/")
    other = default and default != branch
    note = f"“{branch}” is checked out and was read; the default branch of origin is “{default}”." if other else ""
    return AsOf(sha, min(day, _LAST_DAY, key=lambda one: (len(one), one)), branch, note)


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
    for row in as_name(out).split("\0"):
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


def commits_of_year(root: Path, day: str, files: Container[str]) -> dict[str, int]:
    """Return how many commits of the YEAR days up to a day touched each of the files; merges bring nothing of their own.

    What was renamed brings its commits along. Where contents are missing, only a file that was moved unchanged does.
    """
    start = (date.fromisoformat(day) - timedelta(YEAR)).isoformat()
    window = ("--name-status", f"--since={start}T00:00:00Z", "HEAD")
    if not is_partial(root):
        try:
            return _count(read_commits(root, "--find-renames", _MOST_RENAMES, *window), start, day, files)
        except GitError:
            pass
    return _count(read_commits(root, "--find-renames=100%", *window), start, day, files)


def _count(commits: Iterable[Commit], start: str, day: str, files: Container[str]) -> dict[str, int]:
    """Count commits by path, the newest first: what was seen at an older name belongs to the newest one."""
    counts: dict[str, int] = {}
    now: dict[str, str] = {}
    for commit in commits:
        moved = {}
        for letter, path in commit.changes:
            if letter[0] == "R":
                moved[letter[1:]] = now.get(path, path)
            if start <= commit.day <= day:
                name = now.get(path, path)
                counts[name] = counts.get(name, 0) + 1
        now |= moved
    for old, new in now.items():  # a branch that did not know of the move yet
        if old in counts and old not in files:
            counts[new] = counts.get(new, 0) + counts.pop(old)
    return counts


def when_added(root: Path, paths: Iterable[str]) -> dict[str, Added]:
    """Return by path when each record came, and who committed it; one that was moved or renamed keeps its day.

    The day is git's: what a record says of itself may be older.
    """
    wanted = sorted(set(paths))
    if not wanted:
        return {}
    by_name: dict[str, Added] = {}
    by_path: dict[str, Added] = {}
    renames = "--find-renames=100%" if is_partial(root) else "--find-renames"
    now: dict[str, str] = {}
    for commit in read_commits(root, renames, "--diff-filter=AR", "--name-status", "HEAD", *_in_folders(wanted)):
        now |= {letter[1:]: now.get(path, path) for letter, path in commit.changes if letter[0] == "R"}
        for _, path in commit.changes:  # the newest first, so that the oldest stays
            by_path[now.get(path, path)] = by_name[path.rpartition("/")[2]] = Added(commit.day, commit.name)
    return {
        path: found
        for path in wanted
        if (found := _older(by_path.get(path), by_name.get(path.rpartition("/")[2]), path))
    }


def _in_folders(paths: Iterable[str]) -> list[str]:
    """Return what limits git to the folders of these paths; nothing when one of them is the top."""
    folders = sorted({path.rpartition("/")[0] for path in paths})
    return ["--", *(f":(top,literal){folder}" for folder in folders)][: _MOST_PATHS + 1] if "" not in folders else []


def when_listed(root: Path, known: Sequence[Known]) -> dict[tuple[str, int], str]:
    """Return by path and number on which day a record first listed a pull request; empty when it came with the record.

    Where contents are missing, nothing is told.
    """
    listing = {one.record.path: set(one.names) for one in known if one.names}
    if not listing or is_partial(root):
        return {}
    specs = (f":(top,literal){path}" for path in list(listing)[:_MOST_PATHS])
    look = ("log", "--no-color", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-renames", "-p", "-U0")
    try:
        out = run_git(
            root, *_NO_LARGE, *look, "--format=%x01%cs", "--src-prefix=a/", "--dst-prefix=b/", "HEAD", "--", *specs
        )
    except GitError:
        return {}
    found: dict[tuple[str, int], str] = {}
    day = said = path = ""
    for line in as_name(out).split("\n"):  # the newest first, so that the oldest stays
        if line.startswith("\x01"):
            day = said = line[1:]
        elif line.startswith("diff --git "):
            said = day
        elif line.startswith("new file mode "):
            said = ""  # it came with the record, wherever that lay before
        elif line.startswith("+++ b/"):
            path = line[6:].rstrip("\t")
        elif line.startswith("+") and path in listing:
            found |= {(path, number): said for number in numbers_listed(line[1:]) if number in listing[path]}
    return found


def side_trailers(root: Path, changes: Sequence[MergedChange]) -> dict[str, str]:
    """Return by the id of a merge the lines "Decision: …" in the messages of the commits that it brought in."""
    ids = [one.sha for one in changes]
    if not ids:
        return {}
    older = run_git(root, "rev-list", "--parents", "--max-count=1", ids[-1]).decode().split()[1:2]
    reach = "".join(f"{sha}\n" for sha in (*ids, *(f"^{sha}" for sha in older))).encode()
    look = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-show-signature", "--no-patch", "--format=%H%x00%B")
    said = (
        run_git(root, *look, "-i", "-E", f"--grep={_TRAILER}", "--stdin", stdin=reach)
        .decode("utf-8", "replace")
        .split("\0")
    )
    told = {sha: message for sha, message in zip(said[::2], said[1::2], strict=False) if sha not in set(ids)}
    rows = run_git(root, "rev-list", "--parents", "--stdin", stdin=reach).decode().splitlines() if told else []
    brought_by = merged_by(ids, {sha: rest for sha, *rest in map(str.split, rows)})
    lines: dict[str, list[str]] = {}
    for sha, message in told.items():
        if merge := brought_by.get(sha):
            lines.setdefault(merge, []).extend(re.findall(f"(?im){_TRAILER}.*$", message))
    return {merge: "\n".join(found) for merge, found in lines.items()}


def merged_by(ids: Sequence[str], parents: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return by the id of a commit the merge that brought it in, among these, the newest first; empty on the main line."""
    found: dict[str, str] = {}
    step = ids[0]
    while step in parents:  # what stands on the main line itself was brought in by no merge
        found[step] = ""
        step = next(iter(parents[step]), "")
    for merge in reversed(ids):
        heads = list(parents.get(merge, ())[1:])
        while heads:
            sha = heads.pop()
            if sha in parents and sha not in found:
                found[sha] = merge
                heads += parents[sha]
    return found


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
    changed = as_name(run_git(root, "diff", "--name-only", "-z", "--no-ext-diff", "HEAD")).split("\0")
    return sorted(set(changed) & set(paths))


def hash_of(file: Path | None) -> str | None:
    """Return the SHA-256 of the configuration's file, None where there is none; a checkout with CRLF has the same."""
    try:
        return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest() if file else None
    except OSError:
        return None


def _older(first: Added | None, second: Added | None, path: str) -> Added | None:
    """Return the earlier of two; a README is every folder's, so its name tells nothing."""
    if first is None or second is None or path.rpartition("/")[2].casefold().startswith(("readme.", "index.")):
        return first
    return min(first, second, key=lambda one: one.day)
