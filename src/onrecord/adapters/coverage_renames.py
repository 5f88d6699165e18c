"""Where git says that files were renamed to: a record that was given another number is still the same record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.git import GitError
from onrecord.adapters.git_stream import read_commits
from onrecord.adapters.history import is_partial

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_MOST_FOLDERS = 1_000
_LOOK = ("--diff-filter=R", "--name-status")


def renamed_to(root: Path, gone: Iterable[str], homes: Iterable[str]) -> dict[str, str]:
    """Return by path the newest name of each file that is `gone`, where git's history says that it was renamed.

    A chain of renames is followed; `homes` are paths beside which it may lie now. What was renamed to two names has none.
    Where contents are missing (a partial clone), only a file that was moved unchanged is found.
    """
    wanted = set(gone)
    if not wanted:
        return {}
    folders = sorted({path.rpartition("/")[0] for path in (*wanted, *homes)})
    inside = ["--", *(f":(top,literal){folder}" for folder in folders)] if folders[0] else []
    alike = "--find-renames=100%" if is_partial(root) else "--find-renames"
    now: dict[str, set[str]] = {}
    try:
        for commit in read_commits(root, alike, *_LOOK, "HEAD", *inside[: _MOST_FOLDERS + 1]):
            moved = {letter[1:]: now.get(path, {path}) for letter, path in commit.changes if letter[0] == "R"}
            for old, new in moved.items():  # the newest first, so that what a name became later is known already
                now[old] = now.get(old, set()) | new
    except GitError:
        return {}
    return {path: next(iter(now[path])) for path in sorted(wanted) if len(now.get(path, ())) == 1}
