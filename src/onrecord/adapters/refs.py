"""Which numbers other branches of this clone have taken: their folders of records as they are, not their history."""

from __future__ import annotations

import os
import posixpath
import time
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.branch import TRUNKS
from onrecord.adapters.git import GitError, as_name, run_git
from onrecord.record.identity import number_in_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MOST_BRANCHES = 500  # those that were committed to last
STALE_S = 365 * 86_400  # since the last commit: nobody will merge a branch that is older
_FIELDS = "%(HEAD)%00%(refname)%00%(upstream)%00%(symref)%00%(objectname)%00%(committerdate:unix)"
_SORTED = ("for-each-ref", "--sort=-committerdate", f"--format={_FIELDS}", "refs/heads", "refs/remotes")


class Branch(NamedTuple):
    """Another branch: what people call it ("origin/feature-x"), and the commit it is at."""

    name: str
    commit: str
    is_trunk: bool


def new_on_branch(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths that the default branches did not have when this one left them.

    Where no other branch is known, or this one is the default itself, they are those that the last commit does not have.
    Raises GitError where git cannot answer, as before the first commit.
    """
    trunks = [branch.commit for branch in _branches(root, max_age_s=None) if branch.is_trunk]
    base = run_git(root, "merge-base", "HEAD", *trunks).decode().strip() if trunks else "HEAD"
    return missing_at(root, base, paths)


def missing_at(root: Path, commit: str, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths that a commit does not have."""
    asked = {path for path in paths if "\n" not in path}
    folders = sorted({posixpath.dirname(path) for path in asked})
    trees = _objects(root, [f"{commit}:{folder}" for folder in folders])
    entries = _trees(root, trees)  # whole folders: for each path alone, git would read its folder from the top
    there = {
        posixpath.join(folder, name)
        for folder, tree in zip(folders, trees, strict=True)
        for name, _ in _entries(entries.get(tree, b""), len(tree) // 2)
    }
    return frozenset(asked - there)


def taken_elsewhere(root: Path, new: Iterable[str]) -> dict[str, str]:
    """Return, with the name of its branch, each file that another branch has under the folder and number of a new one.

    No file counts that is here as well, was here once, or is the new one under another name. Only branches that were
    committed to within a year are looked at, MOST_BRANCHES of them. Raises GitError where git cannot answer.
    """
    numbers: dict[str, dict[str, list[str]]] = {}  # folder: number: new files
    for path in new:
        number = number_in_path(path)
        if number is not None and "\n" not in path:
            numbers.setdefault(posixpath.dirname(path), {}).setdefault(number, []).append(path)
    branches = _branches(root, STALE_S) if numbers else []
    if not branches:
        return {}
    rivals: dict[str, tuple[str, str, list[str]]] = {}  # path: branch, blob, new files
    for folder, wanted in numbers.items():
        written = [number.rsplit("-", 1)[-1] for number in wanted]  # a look that costs nothing, before the careful one
        for branch, tree, width in _folders(root, branches, folder):
            if not any(number.encode() in tree for number in written):
                continue
            for name, blob in _entries(tree, width):
                path = posixpath.join(folder, name)
                if (number := number_in_path(path)) in wanted and number is not None:
                    rivals.setdefault(path, (branch.name, blob, wanted[number]))
    if not rivals:
        return {}
    known = _ever_here(root, rivals) | _with_same_text(root, rivals)
    return {path: name for path, (name, _, _) in rivals.items() if path not in known}


def _branches(root: Path, max_age_s: int | None) -> list[Branch]:
    """Return the other branches, default ones first, then by their last commit; not this branch's own copies."""
    rows = [
        as_name(line).split("\0") for line in run_git(root, *_SORTED).split(b"\n") if line
    ]  # U+2028 may be in a name
    here = next(((name, upstream) for head, name, upstream, *_ in rows if head == "*"), ("", ""))
    own = here[0].removeprefix("refs/heads/")
    oldest = 0 if max_age_s is None else int(time.time()) - max_age_s
    found: dict[str, Branch] = {}
    for _, name, _, symbolic, commit, seconds in rows:
        is_remote = name.startswith("refs/remotes/")
        short = name.removeprefix("refs/remotes/" if is_remote else "refs/heads/")
        on_remote = short.partition("/")[2] if is_remote else short
        is_trunk = on_remote in TRUNKS
        if symbolic or name in here or not seconds.isdigit() or int(seconds) < oldest:
            continue
        if on_remote == own and not is_trunk:
            continue
        found.setdefault(commit, Branch(short, commit, is_trunk))
    ordered = sorted(found.values(), key=lambda branch: not branch.is_trunk)
    return ordered[:MOST_BRANCHES]


def _folders(root: Path, branches: list[Branch], folder: str) -> list[tuple[Branch, bytes, int]]:
    """Return a folder as a tree object with the width of its ids, of each branch where it differs from those before."""
    trees = _objects(root, [f"{branch.commit}:{folder}" for branch in branches])
    first: dict[str, Branch] = {}
    for branch, tree in zip(branches, trees, strict=True):
        if tree:
            first.setdefault(tree, branch)
    found = _trees(root, first)
    return [(branch, found[tree], len(tree) // 2) for tree, branch in first.items() if tree in found]


def _trees(root: Path, ids: Iterable[str]) -> dict[str, bytes]:
    """Return the content of each tree by its id, as `_entries` reads it; what is no tree, or not there, is left out."""
    asked = [one for one in dict.fromkeys(ids) if one]
    out = run_git(root, "cat-file", "--batch", stdin="".join(f"{one}\n" for one in asked).encode()) if asked else b""
    found: dict[str, bytes] = {}
    at = 0
    for one in asked:
        end = out.index(b"\n", at)
        head = out[at:end].split()
        size = int(head[2]) if len(head) == 3 else 0
        if len(head) == 3 and head[1] == b"tree":
            found[one] = out[end + 1 : end + 1 + size]
        at = end + size + 2 if len(head) == 3 else end + 1
    return found


def _entries(tree: bytes, width: int) -> list[tuple[str, str]]:
    """Read a tree object: "mode name", a zero byte, and the id in `width` bytes, for each entry; folders count too."""
    found, at = [], 0
    while (end := tree.find(b"\0", at)) > 0:
        name = tree[at:end].partition(b" ")[2]
        found.append((as_name(name), tree[end + 1 : end + 1 + width].hex()))
        at = end + 1 + width
    return found


def _objects(root: Path, names: list[str]) -> list[str]:
    """Return the id of what each name ("commit:path") means, empty where there is nothing."""
    stdin = b"".join(os.fsencode(name) + b"\n" for name in names)
    lines = run_git(root, "cat-file", "--batch-check=%(objectname)", stdin=stdin).split(b"\n")[:-1]
    return [line.decode() if b" " not in line else "" for line in lines]


def _ever_here(root: Path, paths: Iterable[str]) -> set[str]:
    """Return those of the paths that this branch has or had: there a number was changed, or a branch is an old one."""
    limits = [f":(top,literal){path}" for path in paths]
    out = run_git(
        root, "log", "-z", "--format=", "--name-only", "--no-renames", "--diff-filter=A", "HEAD", "--", *limits
    )
    return {as_name(name) for name in out.split(b"\0") if name}


def _with_same_text(root: Path, rivals: Mapping[str, tuple[str, str, list[str]]]) -> set[str]:
    """Return those that have the text of a new file: the same record, under another name."""
    own = sorted({path for _, _, new in rivals.values() for path in new if (root / path).is_file()})
    try:
        out = run_git(
            root, "hash-object", "--stdin-paths", stdin=b"".join(os.fsencode(root / path) + b"\n" for path in own)
        )
    except GitError:
        return set()
    texts = dict(zip(own, out.decode().split(), strict=False))
    return {path for path, (_, blob, new) in rivals.items() if any(texts.get(one) == blob for one in new)}
