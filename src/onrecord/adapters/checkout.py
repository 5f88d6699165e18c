"""A checked-out pull request: what it changes, and what stood there before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.git import GitError, as_name, run_git
from onrecord.change import ChangedFile

if TYPE_CHECKING:
    from pathlib import Path

PATCH_LINES = 50_000  # a larger change is listed without its text
_STATUS = {"A": "added", "M": "modified", "D": "removed", "R": "renamed", "C": "copied", "T": "modified"}
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "-M")
_SHA = re.compile(r"[0-9a-f]{40,64}\Z")


class Checkout(NamedTuple):
    """A repository, the commit that a change is measured against, and the one that the change leads to."""

    root: Path
    base: str
    head: str = "HEAD"

    def files(self) -> tuple[ChangedFile, ...]:
        """Return what the change touches, in git's order, with patches unless the change is huge."""
        raw = _names(run_git(self.root, "diff", "--raw", "--numstat", "-z", *_PLAIN, self.base, self.head))
        found = list(_with_counts(raw))
        if sum(file.additions + file.deletions for file in found) > PATCH_LINES:
            return tuple(found)
        text = run_git(self.root, "diff", "-U0", *_PLAIN, self.base, self.head).decode("utf-8", "replace")
        patches = re.split(r"^diff --git .*\n", text, flags=re.MULTILINE)[1:]
        if len(patches) != len(found):
            return tuple(found)
        return tuple(
            file._replace(patch=patch[patch.find("\n@@") + 1 :] if "\n@@" in patch else None)
            for file, patch in zip(found, patches, strict=True)
        )

    def before(self, path: str) -> bytes | None:
        """Return a file as it was at the base, None where there was none."""
        return file_at(self.root, self.base, path)


def checked_out(root: Path, base: str | None, head: str | None = None) -> Checkout | None:
    """Return the checkout of a pull request; None when the clone is too shallow to tell where it began.

    The checkout of a pull request is a merge commit of the base and the pull request's `head`; else (as when the head
    itself is checked out, which may be the author's own merge) `base` must be there.
    """
    parents = run_git(root, "log", "-1", "--format=%P", "HEAD").decode().split()
    if len(parents) == 2 and head in (None, parents[1]) and _is_there(root, parents[0]):
        return Checkout(root, parents[0])
    if base is None or not _SHA.match(base):
        return None
    try:
        return Checkout(root, run_git(root, "merge-base", base, "HEAD").decode().strip())
    except GitError:
        return None


def between(root: Path, base: str, head: str) -> Checkout | None:
    """Return the change from where `head` left `base`, None where this clone does not hold both."""
    if not (_SHA.match(base) and _SHA.match(head)):
        return None
    try:
        return Checkout(root, run_git(root, "merge-base", base, head).decode().strip(), head)
    except GitError:
        return None


def file_at(root: Path, commit: str, path: str) -> bytes | None:
    """Return a plain file's content at a commit, None where there is none (a link or a folder counts as none)."""
    try:
        entry = run_git(root, "ls-tree", "-z", commit, "--", path).split(b"\0")[0].split(b"\t")[0].split()
        if len(entry) != 3 or not entry[0].startswith(b"100"):
            return None
        return run_git(root, "cat-file", "blob", entry[2].decode())
    except GitError:
        return None


def _is_there(root: Path, commit: str) -> bool:
    try:
        run_git(root, "cat-file", "-e", f"{commit}^{{commit}}")
    except GitError:
        return False
    return True


def _with_counts(parts: list[str]) -> list[ChangedFile]:
    """Read `--raw --numstat -z`: first all raw rows, then all counts, in one order."""
    files: list[ChangedFile] = []
    at = 0
    while at + 1 < len(parts) and parts[at].startswith(":"):
        status = parts[at].split(" ")[4][:1]
        moved = status in "RC"
        files.append(
            ChangedFile(
                parts[at + (2 if moved else 1)],
                _STATUS.get(status, "modified"),
                previous=parts[at + 1] if status == "R" else None,
            )
        )
        at += 3 if moved else 2
    for i, file in enumerate(files):
        added, deleted, name = parts[at].split("\t", 2)
        files[i] = file._replace(additions=_count(added), deletions=_count(deleted))
        at += 1 if name else 3  # a rename has an empty name, then the old and the new one
    return files


def _count(number: str) -> int:
    return int(number) if number.isdigit() else 0  # "-" for a binary file


def _names(out: bytes) -> list[str]:
    return [as_name(part) for part in out.split(b"\0")]
