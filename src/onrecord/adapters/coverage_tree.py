"""A commit of the past as a repository of its own: what a report reads from a working tree, and all history up to it."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.codeowners import PLACES as CODE_OWNERS
from onrecord.adapters.config_file import NAMES
from onrecord.adapters.files import MARKDOWN
from onrecord.adapters.git import GitError, files_at, git_folder, run_git
from onrecord.adapters.git_stream import read_commits
from onrecord.adapters.history import is_partial

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BESIDE = frozenset((*NAMES, *CODE_OWNERS, "pyproject.toml", ".mailmap", ".gitattributes"))
_TEMPLATE = re.compile(r"(?:^|/)pull_request_template(?:[./]|$)", re.IGNORECASE)


def commit_named(root: Path, name: str) -> str | None:
    """Return the id of the commit that a name stands for here, None when there is none; raises GitError when git tells nothing."""
    try:
        told = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return run_git(root, *told).decode().strip()
    except GitError:
        git_folder(root)  # without git, or where it refuses to look, nothing is known of commits
        return None


@contextmanager
def tree_at(root: Path, commit: str, *more: str) -> Iterator[Path]:
    """Give a folder that holds a commit's Markdown, configuration and what else is named; it is gone afterwards.

    It is a repository that borrows the objects of this one, so that nothing is written into this one: no work tree is
    registered in it, and no hook of it runs. Raises GitError where contents are missing (a partial clone).
    """
    if is_partial(root) or _lacks_contents(root, commit):
        raise GitError(
            "this is a partial clone, which lacks contents of the past; a full one has them, or a report saved then"
        )
    with tempfile.TemporaryDirectory(prefix="onrecord-") as name:
        folder = Path(os.path.realpath(name))
        _borrow(root, folder, commit)
        wanted = {*_BESIDE, *more}
        paths = [path for path in files_at(folder, "HEAD") if _is_read(path, wanted)]
        run_git(folder, "read-tree", "HEAD")
        run_git(
            folder, "checkout-index", "-q", "-f", "-z", "--stdin", stdin=b"".join(os.fsencode(p) + b"\0" for p in paths)
        )
        yield folder


def _lacks_contents(root: Path, commit: str) -> bool:
    listed = run_git(root, "rev-list", "--objects", "--no-walk", "--no-object-names", "--missing=print", commit)
    return b"\n?" in listed


def _borrow(root: Path, folder: Path, commit: str) -> None:
    form = run_git(root, "rev-parse", "--show-object-format").decode().strip()
    run_git(folder, "init", "-q", "--template=", f"--object-format={form}")
    objects = os.fsdecode(run_git(root, "rev-parse", "--git-path", "objects")).removesuffix("\n")
    alternates = folder / ".git" / "objects" / "info" / "alternates"
    alternates.parent.mkdir(exist_ok=True)
    alternates.write_bytes(os.fsencode(os.path.realpath(root / objects)) + b"\n")
    attributes = folder / ".git" / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_bytes(b"* -filter\n")  # the commit's own may name a program of the user's
    run_git(folder, "update-ref", "--no-deref", "HEAD", commit)
    try:
        address = os.fsdecode(run_git(root, "config", "--get", "remote.origin.url")).strip()
    except GitError:
        return
    run_git(folder, "config", "remote.origin.url", address)


def _is_read(path: str, wanted: set[str]) -> bool:
    is_plain = path.lower().endswith(MARKDOWN) or path in wanted
    return is_plain or bool(_TEMPLATE.search(path))


def days_changed(root: Path, paths: Iterable[str], first: str, last: str) -> tuple[str, ...]:
    """Return the ISO days, in order, on which commits changed one of these files; `first` is left out, `last` is not.

    Paths are relative to the root; one outside of it has no history here.
    """
    inside = [path for path in paths if not Path(path).is_absolute() and ".." not in Path(path).parts]
    if not inside:
        return ()
    arguments = ("--first-parent", "-m", "--name-status", "--no-renames", f"--since={first}T00:00:00Z", "HEAD")
    try:
        found = {commit.day for commit in read_commits(root, *arguments, "--", *(f":(top,literal){p}" for p in inside))}
    except GitError:
        return ()
    return tuple(sorted(day for day in found if first < day <= last))
