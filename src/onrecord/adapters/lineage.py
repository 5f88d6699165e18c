"""Which merge of the main line brought a commit in. The main line is what HEAD's first parents lead to."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property

from onrecord.adapters.git import GitError, Running
from onrecord.adapters.kept import Kept, key_of
from onrecord.lazily import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ALTERED = (
    "GIT_REPLACE_REF_BASE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_CONFIG_PARAMETERS",
)


class Lineage:
    """The merges that brought commits in, read once for each commit that HEAD has been at."""

    def __init__(self, root: Path, head: str, kept: Kept) -> None:
        """Go by what is kept for `head`, once that is needed; empty: not known, and nothing is kept."""
        self._root, self._kept = root, kept
        self._key = key_of("merges", head) if head else b""
        self._asked: Running | None = None

    def begin(self) -> None:
        """Let git list the history beside the rest, where that may be needed and is not kept."""
        if self._merges is None:
            self._ask()

    @cached_property
    def _merges(self) -> bytes | None:
        return self._kept.get(self._key) if self._key else None

    def _ask(self) -> Running:
        self._asked = self._asked or Running(self._root, "rev-list", "--parents", "HEAD")
        return self._asked

    def finish(self, patience: float) -> None:
        """Keep what git has listed, though nobody has needed it yet; after so many seconds, end it instead."""
        if self._asked and self._merges is None and self._asked.is_done_within(patience):
            with suppress(GitError):
                self._load()
        if self._asked:
            self._asked.stop()

    def merge_of(self, sha: str) -> str | None:
        """Return the commit of the main line that brought a commit in: a merge, or None when it is on that line itself.

        None as well for a commit that HEAD does not contain. Raises GitError without a commit.
        """
        merges = self._merges
        return _found(self._load() if merges is None else merges, sha)

    def _load(self) -> bytes:
        merges = packed(merges_in(self._ask().result()))
        if self._key:
            self._kept.put(self._key, merges, is_whole=True)
        self._merges = merges
        return merges


def merges_in(listed: bytes) -> dict[str, str]:
    """Return for each commit beside the main line the oldest commit of that line that leads down to it.

    `listed` is what `git rev-list --parents HEAD` answers: a commit and its parents in a line, HEAD first.
    """
    rows = [row.split() for row in listed.decode().splitlines()]
    parents = {row[0]: row[1:] for row in rows}
    line = []
    at = rows[0][0] if rows else ""
    while at in parents:
        line.append(at)
        at = parents[at][0] if parents[at] else ""
    on_line, merges = set(line), dict[str, str]()
    for one in reversed(line):
        left = parents[one][1:]
        while left:
            sha = left.pop()
            if sha in parents and sha not in on_line and sha not in merges:
                merges[sha] = one
                left += parents[sha]
    return merges


def packed(merges: dict[str, str]) -> bytes:
    """Return pairs of ids, sorted, in as few bytes as can be searched."""
    return b"".join(sorted(bytes.fromhex(sha + merge) for sha, merge in merges.items()))


def _found(merges: bytes, sha: str) -> str | None:
    wanted = bytes.fromhex(sha)
    size = len(wanted)
    low, high = 0, len(merges) // (2 * size)
    while low < high:
        middle = (low + high) // 2
        if merges[middle * 2 * size : middle * 2 * size + size] < wanted:
            low = middle + 1
        else:
            high = middle
    at = low * 2 * size
    return merges[at + size : at + 2 * size].hex() if merges[at : at + size] == wanted else None


def is_whole(common: Path) -> bool:
    """Tell whether a commit's id alone tells its history here: no shallow clone, no replaced commits, no grafts."""
    if any(name in os.environ for name in _ALTERED):
        return False
    if any((common / name).exists() for name in ("shallow", "info/grafts", "reftable", "refs/replace")):
        return False
    try:
        return b" refs/replace/" not in (common / "packed-refs").read_bytes()
    except FileNotFoundError:
        return True
    except OSError:
        return False
