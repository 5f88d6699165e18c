"""Where a line or a file comes from: `git blame` of one line, the merge that brought it, and what came along with it."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.git import GitError, run_git

if TYPE_CHECKING:  # nothing else is loaded before `git blame` runs: it takes its time while the rest is loaded
    from pathlib import Path

    from onrecord.change import ChangedFile
    from onrecord.change.history import Commit

IGNORED_REVISIONS = ".git-blame-ignore-revs"  # the name that GitHub and GitLab honor as well
_SHOW = (
    "-z",
    "--encoding=UTF-8",
    "--no-color",
    "--no-show-signature",
    "--no-ext-diff",
    "--name-status",
    "-M100%",  # by id alone: in a partial clone, contents may not be there
    "--root",
)
_FORM = "--format=%H%x00%P%x00%ct%x00%an%x00%ae%x00%B"
_ID = re.compile(r"[0-9a-f]{40,64}")
_LETTER = re.compile(r"[A-Z]\d*")
_STATUS = {"A": "added", "D": "removed", "R": "renamed", "C": "copied"}


class Origin(NamedTuple):
    """The commit that gave a line its present words, and the path its file had there.

    `is_cut` tells that this is only the oldest commit of a shallow clone.
    """

    sha: str
    path: str
    is_cut: bool


class Brought(NamedTuple):
    """A commit with the Markdown files it changes against its first parent: whatever else it changes is no record.

    `size` is how many files it changes in all.
    """

    commit: Commit
    files: tuple[ChangedFile, ...]
    size: int


def is_tracked(root: Path, path: str) -> bool:
    """Tell whether git tracks a file, or anything in a folder; raises GitError outside of a repository."""
    return bool(run_git(root, "--literal-pathspecs", "ls-files", "-z", "--", path or "."))


def is_shallow(root: Path) -> bool:
    """Tell whether the clone holds only the newest commits."""
    return run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def blame_line(folder: Path, path: str, line: int) -> Origin | None:
    """Return where a line (1-based) of the working tree comes from, None when it is not committed yet.

    `path` is relative to `folder`, anywhere in the repository. Renames are followed; changes of white space, and the
    commits listed in `.git-blame-ignore-revs`, are looked through. Raises GitError when git cannot answer.
    """
    command = ("blame", "--porcelain", "-w", "-L", f"{line},{line}")
    top = os.fsdecode(run_git(folder, "rev-parse", "--show-toplevel")).removesuffix("\n")
    ignored = os.path.join(top, IGNORED_REVISIONS)  # noqa: PTH118 - pathlib is loaded for types only
    if os.path.isfile(ignored):  # noqa: PTH113
        try:
            return _origin(folder, run_git(folder, *command, "--ignore-revs-file", ignored, "--", path))
        except GitError:  # a list that git cannot read, or that names commits of another clone
            pass
    return _origin(folder, run_git(folder, *command, "--", path))


def _origin(root: Path, out: bytes) -> Origin | None:
    head, *rest = os.fsdecode(out).split("\n")
    sha = head.partition(" ")[0].lstrip("^")
    if not sha.strip("0"):
        return None
    names = [line.removeprefix("filename ") for line in rest if line.startswith("filename ")]
    return Origin(sha, names[0] if names else "", "boundary" in rest and is_shallow(root))


def read_lineage(root: Path) -> bytes:
    """Return every commit of HEAD's history with its parents, a line each, HEAD first; raises GitError without a commit."""
    return run_git(root, "rev-list", "--parents", "HEAD")


def merge_of(lineage: bytes, sha: str) -> str | None:
    """Return the commit of the main line that brought a commit in: a merge, or None when it is on that line itself.

    The main line is what HEAD's first parents lead to. None as well for a commit that HEAD does not contain. Read at
    once and followed here: git would walk the same history again, after the blame instead of beside it.
    """
    rows = [row.split() for row in lineage.decode().splitlines()]
    first_parents = {row[0]: row[1] if len(row) > 1 else "" for row in rows}
    main_line: dict[str, int] = {}
    at = rows[0][0] if rows else ""
    while at in first_parents:
        main_line[at] = len(main_line)
        at = first_parents[at]
    if sha in main_line or sha not in first_parents:
        return None
    children: dict[str, list[str]] = {}
    for child, *parents in rows:
        for parent in parents:
            children.setdefault(parent, []).append(child)
    return _first_reached(sha, children, main_line)


def _first_reached(sha: str, children: dict[str, list[str]], main_line: dict[str, int]) -> str | None:
    """Return the oldest commit of the main line that a commit leads up to."""
    seen, left, reached = {sha}, [sha], []
    while left:
        for child in children.get(left.pop(), ()):
            if child in main_line:
                reached.append(child)
            elif child not in seen:
                seen.add(child)
                left.append(child)
    return max(reached, key=main_line.__getitem__, default=None)


def read_brought(root: Path, shas: list[str]) -> list[Brought]:
    """Return commits by their ids, in this order."""
    if not shas:
        return []
    return _read(run_git(root, "log", *_SHOW, _FORM, "--first-parent", "-m", "--no-walk=unsorted", *shas, "--"))


def commits_touching(root: Path, path: str, most: int) -> list[Brought]:
    """Return the last commits of the main line that changed a file, or anything in a folder; newest first."""
    head = run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
    command = ("log", *_SHOW, _FORM, "--first-parent", "-m", "--full-diff", f"--max-count={most}", head)
    return _read(run_git(root, "--literal-pathspecs", *command, "--", path or "."))


def _read(out: bytes) -> list[Brought]:
    """Read `log -z`: six fields a commit, then a letter and a path (two for a rename) for each changed file."""
    from onrecord.adapters.files import MARKDOWN
    from onrecord.change import ChangedFile
    from onrecord.change.history import Commit

    fields = iter(os.fsdecode(out).split("\0"))
    found: list[tuple[Commit, list[ChangedFile]]] = []
    sizes: list[int] = []
    for field in fields:
        mark = field.lstrip("\n")
        if _ID.fullmatch(mark):
            parents, seconds, name, mail, message = (next(fields, "") for _ in range(5))
            commit = Commit(mark, tuple(parents.split()), _date(seconds), _text(name), _text(mail), _text(message))
            found.append((commit, []))
            sizes.append(0)
        elif found and _LETTER.fullmatch(mark):
            before = next(fields, "") if mark[0] in "RC" else None
            path = next(fields, "")
            sizes[-1] += 1
            if path.lower().endswith(MARKDOWN):
                found[-1][1].append(ChangedFile(path, _STATUS.get(mark[0], "modified"), previous=before))
    return [Brought(commit, tuple(files), size) for (commit, files), size in zip(found, sizes, strict=True)]


def _text(field: str) -> str:
    return os.fsencode(field).decode("utf-8", "replace")


def _date(seconds: str) -> str:
    """Return the day in UTC, empty when the commit's time is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
