"""A look at single commits by their ids: what they renamed, and where more than blanks changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.git import GitError
from onrecord.adapters.git_stream import Commit, read_commits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_MOST_PATHS = 4_000
_MOST_RENAMES = 4_000  # files of one commit; git gives up on moves at 1,000


def renamed(root: Path, shas: Iterable[str]) -> list[tuple[str, str, str]]:
    """Return what commits renamed: the commit, the path before, the path after.

    A clone without old contents can tell of those whose content stayed only.
    """
    named = sorted(set(shas))
    for likeness in ("-M", "-M100%"):
        try:
            commits = list(_some(root, named, likeness, f"-l{_MOST_RENAMES}", "--diff-filter=R", "--name-status"))
        except GitError:
            continue
        return [(c.sha, letter[1:], path) for c in commits for letter, path in c.changes if letter[0] == "R"]
    return []


def really_changed(root: Path, commits: Sequence[Commit]) -> set[tuple[str, str]]:
    """Return commit and path where more than blanks changed. Where git cannot tell, everything did."""
    paths = {path for commit in commits for _, path in commit.changes}
    where = ["--", *specs(paths)] if len(paths) <= _MOST_PATHS else []
    look = ("--no-renames", "-w", "--ignore-blank-lines", "--numstat", *where)
    try:
        looked = list(_some(root, {commit.sha for commit in commits}, *look))
    except GitError:
        return {(commit.sha, path) for commit in commits for _, path in commit.changes}
    return {(commit.sha, path) for commit in looked for counts, path in commit.changes if counts != "0 0"}


def _some(root: Path, shas: Iterable[str], *arguments: str) -> Iterator[Commit]:
    """Yield single commits by their ids, with what they changed; none without any."""
    named = sorted(set(shas))
    if named:
        yield from read_commits(root, "--no-walk=unsorted", "--stdin", *arguments, stdin=named)


def specs(paths: Iterable[str]) -> list[str]:
    """Return paths that git takes as they are."""
    return [f":(top,literal){path}" for path in sorted(set(paths))][:_MOST_PATHS]
