"""Merged pull requests out of git: the first-parent line of a branch, read offline."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.branch import ORIGIN, branch_at
from onrecord.adapters.git import GitError, as_name, git_folder, run_git
from onrecord.change import ChangedFile
from onrecord.change.dependencies import is_own_manifest
from onrecord.change.history import Commit, Merged, MergedChange, is_bot_login, login_of, pull_numbers, read_commit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOG = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-show-signature", "--no-patch")
_DIFF = ("diff-tree", "--stdin", "-z", "-r", "--root", "--no-ext-diff")
_LINES = ("--raw", "--numstat", "--find-renames", "-l1000")  # what was only moved adds no lines, as on GitHub
_NAMES = ("--name-status", "--no-renames")
_PATCH = ("diff-tree", "--stdin", "-r", "--patch", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color")
_FIRST_READ = 256  # commits; every further read takes twice as many
_LARGEST_READ = 16_384
_NO_LARGE = ("-c", "core.bigFileThreshold=1m")  # what is larger was built or generated, and takes most of git's time
_DIFFS_AT_ONCE = 500  # commits; each call has run_git's time limit to itself
_PATCHES_AT_ONCE = 100  # commits; their manifests are named in the call
_STEPS_DOWN = 8  # commits of a merged branch that are looked at for its author
_COMMIT_LINE = re.compile(r"^([0-9a-f]{40,64})\n", re.MULTILINE)  # lines of a patch begin with another character
_FILE_LINE = re.compile(r"^diff --git .*\n", re.MULTILINE)
_STATUS = {"A": "added", "D": "removed"}


class ShallowClone(GitError):
    """The clone holds only the newest commits, so no number read from it would be right."""


class _Line(NamedTuple):
    """A stretch of the main line, newest first: commits that name pull requests, and the others by their ids."""

    bringing: list[Commit]
    direct: list[str]


class _Diffs(NamedTuple):
    """Changed files by commit, None when they are not known; and a sentence on what is missing."""

    files: dict[str, tuple[ChangedFile, ...]] | None
    note: str


def read_merged(
    root: Path, count: int | None = None, since: str | None = None, branch: str | None = None, with_lines: bool = True
) -> Merged:
    """Return the last `count` pull requests merged into a branch, all since an ISO date, or all; newest first.

    Without `branch` it is the default branch of `origin`, else what is checked out. Only `with_lines`, and only where all
    contents are there (a partial clone would fetch them one by one), lines are counted, in files up to 1 MB, and the
    patches of manifests are read. A rename is a file removed and one added. Raises ShallowClone, and GitError when git
    cannot answer.
    """
    if run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise ShallowClone(
            "this clone is shallow, so most of its history is not there; “git fetch --unshallow” brings it"
            " (in a workflow: “fetch-depth: 0”)"
        )
    source = branch or _default_branch(root)
    start = _commit_id(root, source)
    if start is None:
        if branch is not None:
            raise GitError(f"there is no branch or commit “{branch}”")
        return Merged((), (), (), source, "The repository has no commit yet.")
    line = _read_line(root, start, count, since)
    diffs = _diffs(root, line.bringing, with_lines)
    authors = _branch_authors(root, [commit for commit in line.bringing if len(commit.parents) > 1], start)
    changes: dict[int | None, MergedChange] = {}
    repeated: list[str] = []
    for commit in line.bringing:
        name, mail = authors.get(commit.sha, (commit.author, commit.email))
        files = None if diffs.files is None else diffs.files.get(commit.sha, ())
        found = read_commit(commit._replace(author=name, email=mail), files)
        repeated += [one.sha for one in found if changes.setdefault(one.change.number, one) is not one]
    return Merged(tuple(changes.values())[:count], tuple(line.direct), tuple(repeated), source, diffs.note)


def commit_at(root: Path, name: str) -> tuple[Commit, tuple[ChangedFile, ...] | None]:
    """Return a commit, a merge with its branch's author, and its files (None: out of reach); raises GitError for none."""
    sha = _commit_id(root, name)
    if sha is None:
        git_folder(root)  # without git, or where it refuses to look, nothing is known of commits
        raise GitError(f"there is no commit “{name}”")
    commit = next(_log(root, sha, 1))
    try:
        author = _branch_authors(root, [commit], sha).get(sha) if len(commit.parents) > 1 else None
        files = _read_diffs(root, [commit], with_lines=False).get(sha, ())
    except (GitError, KeyError):  # a shallow clone
        return commit, None
    return (commit._replace(author=author[0], email=author[1]) if author else commit), files


def _default_branch(root: Path) -> str:
    name = branch_at(root, ORIGIN)
    return name if name and _commit_id(root, name) else branch_at(root) or "HEAD"


def _commit_id(root: Path, name: str) -> str | None:
    try:
        return run_git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        ).decode().strip()  # fmt: skip
    except GitError:
        return None


def _read_line(root: Path, start: str, count: int | None, since: str | None) -> _Line:
    """Read down the first parents until enough pull requests are there, or everything is older than `since`."""
    line = _Line([], [])
    numbers: set[int] = set()
    size = _FIRST_READ if count is None else max(_FIRST_READ, 2 * count)
    following: str | None = start
    while following:
        commits = list(_log(root, following, size))
        for commit in commits:
            if since is not None and commit.merged_at < since:
                continue
            if count is not None and len(numbers) >= count:
                return line
            found = pull_numbers(commit.message)
            numbers.update(found)
            if found:
                line.bringing.append(commit)
            else:
                line.direct.append(commit.sha)
        if since is not None and all(commit.merged_at < since for commit in commits):
            break
        following = commits[-1].parents[0] if commits and commits[-1].parents else None
        size = min(2 * size, _LARGEST_READ)
    return line


def _log(root: Path, start: str, size: int) -> Iterator[Commit]:
    form = "--format=%H%x00%P%x00%ct%x00%an%x00%ae%x00%B"
    out = run_git(root, *_LOG, form, "--first-parent", f"--max-count={size}", "--end-of-options", start)
    for sha, parents, seconds, name, mail, message in _rows(out, 6):
        yield Commit(sha, tuple(parents.split()), _date(seconds), name, mail, message)


def _rows(out: bytes, width: int) -> Iterator[tuple[str, ...]]:
    fields = out.decode("utf-8", "replace").split("\0")
    for at in range(0, len(fields) - width + 1, width):
        yield tuple(fields[at : at + width])


def _date(seconds: str) -> str:
    """Return the day in UTC, as GitHub counts; empty when the commit's time is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _branch_authors(root: Path, merges: list[Commit], start: str) -> dict[str, tuple[str, str]]:
    """Return name and mail of who wrote what a merge brings in: the merge's own author only pressed the button.

    From a branch's tip down, a person comes before a robot that tidied up, and any commit before a merge of the main line.
    """
    tips = {commit.sha: commit.parents[1] for commit in merges}
    main_line = set(run_git(root, "rev-list", "--first-parent", start).decode().split()) if tips else set()
    best: dict[str, tuple[int, str, str]] = {}
    for _ in range(_STEPS_DOWN):
        tips = {merge: tip for merge, tip in tips.items() if tip not in main_line}
        if not tips:
            break
        wanted = "".join(f"{tip}\n" for tip in dict.fromkeys(tips.values())).encode()
        out = run_git(root, *_LOG, "--format=%H%x00%P%x00%an%x00%ae", "--no-walk=unsorted", "--stdin", stdin=wanted)
        known = {sha: (parents.split(), name, mail) for sha, parents, name, mail in _rows(out, 4)}
        following: dict[str, str] = {}
        for merge, tip in tips.items():
            parents, name, mail = known[tip]
            rank = 0 if len(parents) > 1 else 1 if is_bot_login(login_of(name, mail)) else 2
            if merge not in best or rank > best[merge][0]:
                best[merge] = (rank, name, mail)
            if parents and rank < 2:
                following[merge] = parents[0]
        tips = following
    return {merge: (name, mail) for merge, (_, name, mail) in best.items()}


def _diffs(root: Path, commits: list[Commit], with_lines: bool) -> _Diffs:
    if with_lines and is_partial(root):
        return _Diffs(_names_only(root, commits), "This is a partial clone, so changed lines were not counted.")
    try:
        files = _read_diffs(root, commits, with_lines)
        return _Diffs(_with_patches(root, commits, files) if with_lines else files, "")
    except GitError as error:
        if not with_lines:
            return _Diffs(None, f"Which files changed is not known: {error}.")
    try:
        return _Diffs(_names_only(root, commits), "Some contents are not there, so changed lines were not counted.")
    except GitError as error:
        return _Diffs(None, f"Which files changed is not known: {error}.")


def _names_only(root: Path, commits: list[Commit]) -> dict[str, tuple[ChangedFile, ...]]:
    return _read_diffs(root, commits, with_lines=False)


def is_partial(root: Path) -> bool:
    """Tell whether git would have to fetch contents one by one."""
    try:
        return bool(run_git(root, "config", "--get-regexp", r"^remote\..*\.(promisor|partialclonefilter)$"))
    except GitError:  # no such setting
        return False


def _read_diffs(root: Path, commits: list[Commit], with_lines: bool) -> dict[str, tuple[ChangedFile, ...]]:
    """Return the changed files of each commit against its first parent; a commit that changes nothing is not there."""
    files: dict[str, tuple[ChangedFile, ...]] = {}
    showing = _LINES if with_lines else _NAMES
    for at in range(0, len(commits), _DIFFS_AT_ONCE):
        out = run_git(root, *_NO_LARGE, *_DIFF, *showing, stdin=_pairs(commits[at : at + _DIFFS_AT_ONCE]))
        files |= _changed_files(out)
    return files


def _pairs(commits: list[Commit]) -> bytes:
    """Return what `diff-tree --stdin` compares: each commit with its first parent, or with nothing."""
    return "".join(" ".join((commit.sha, *commit.parents[:1])) + "\n" for commit in commits).encode()


def _changed_files(out: bytes) -> dict[str, tuple[ChangedFile, ...]]:
    """Read `diff-tree -z`: a commit's id, then a letter (raw: behind modes and ids) and a path for each file.

    With `--numstat`, "added TAB deleted TAB path" for each file follow. Of a rename there are two paths in both places: a
    file that was removed, and one that was added, with the lines that differ.
    """
    found: dict[str, dict[str, ChangedFile]] = {}
    files: dict[str, ChangedFile] = {}
    fields = iter(as_name(out).split("\0"))
    for field in fields:
        if len(field) == 1 or field.startswith(":"):
            path = next(fields)
            if field.rpartition(" ")[2].startswith("R"):
                files[path] = ChangedFile(path, "removed")
                path = next(fields)
                files[path] = ChangedFile(path, "added")
            else:
                files[path] = ChangedFile(path, _STATUS.get(field[-1], "modified"))
        elif "\t" in field:
            added, deleted, path = field.split("\t", 2)
            if not path:
                next(fields)
                path = next(fields)
            files[path] = files[path]._replace(additions=_number(added), deletions=_number(deleted))
        elif field:
            files = found.setdefault(field, {})
    return {sha: tuple(inner.values()) for sha, inner in found.items()}


def _with_patches(
    root: Path, commits: list[Commit], files: dict[str, tuple[ChangedFile, ...]]
) -> dict[str, tuple[ChangedFile, ...]]:
    """Add the patches of changed manifests: what a change newly depends on stands nowhere else."""
    needing = [commit for commit in commits if any(_is_manifest(file) for file in files.get(commit.sha, ()))]
    found = dict(files)
    for at in range(0, len(needing), _PATCHES_AT_ONCE):
        some = needing[at : at + _PATCHES_AT_ONCE]
        paths = {file.path for commit in some for file in files[commit.sha] if _is_manifest(file)}
        out = run_git(root, "--literal-pathspecs", *_NO_LARGE, *_PATCH, "--", *sorted(paths), stdin=_pairs(some))
        parts = _COMMIT_LINE.split(out.decode("utf-8", "replace"))
        for sha, text in zip(parts[1::2], parts[2::2], strict=True):
            patches = _FILE_LINE.split(text)[1:]
            of = [file.path for file in files[sha] if file.path in paths]
            if len(of) == len(patches):  # else a file became a link, which git shows as two
                known = {path: patch[patch.find("\n@@") + 1 :] for path, patch in zip(of, patches, strict=True)}
                found[sha] = tuple(file._replace(patch=known.get(file.path)) for file in files[sha])
    return found


def _is_manifest(file: ChangedFile) -> bool:
    return file.status == "modified" and is_own_manifest(file.path)


def _number(text: str) -> int:
    """Return a count of lines; a binary file has a hyphen there."""
    return 0 if text == "-" else int(text)
