"""The branch that is checked out: its name, and which commits it alone has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.git import STATUS, GitError, as_name, run_git

if TYPE_CHECKING:
    from pathlib import Path

MAX_COMMITS = 100
ORIGIN = "refs/remotes/origin/HEAD"  # the branch that it calls its default
TRUNKS = ("main", "master", "develop", "trunk")
_BRANCHES = "refs/heads/"
_REMOTES = "refs/remotes/"


class OwnCommit(NamedTuple):
    """A commit's message, and path and status ("added", "modified", "removed") of what it changes; a rename is two.

    Of a merge, no files are known.
    """

    message: str
    files: tuple[tuple[str, str], ...]


def branch_at(root: Path, reference: str = "HEAD") -> str:
    """Return the short name of the branch that HEAD or ORIGIN stands for; empty where that is a commit, or nothing."""
    try:
        return as_name(run_git(root, "symbolic-ref", "--quiet", "--short", reference)).removesuffix("\n")
    except GitError:
        return ""


def own_commits(root: Path) -> list[OwnCommit]:
    """Return the commits that only this branch has, newest first, at most MAX_COMMITS.

    They are those that neither its upstream has, nor what a remote calls its default, nor any branch named in TRUNKS; a
    remote's copy of this very branch does not count. Without any of these nothing tells them apart, and there are none.
    Raises GitError where git cannot answer, as before the first commit.
    """
    others = _others(root)
    if not others:
        return []
    out = run_git(
        root,
        *("log", "-z", "--encoding=UTF-8", "--no-color", "--no-show-signature", "--format=%H%x00%B"),
        *("--name-status", "--no-renames", "--no-ext-diff", f"--max-count={MAX_COMMITS}"),
        *("HEAD", "--not", *others, "--"),
    )
    return _read(out)


def _others(root: Path) -> list[str]:
    """Return the references whose commits are not this branch's own."""
    out = run_git(root, "for-each-ref", "--format=%(HEAD)%(refname) %(upstream)", "refs/heads", "refs/remotes")
    lines = as_name(out).strip("\n").split("\n")  # and not where Unicode ends a line: a branch may be named so
    names = [line[1:].partition(" ")[0] for line in lines]
    here, upstream = next((line[1:].split(" ") for line in lines if line.startswith("*")), ("", ""))
    found = [name for name in names if name != here and _is_trunk(name)]
    is_copy = upstream.startswith(_REMOTES) and _on_remote(upstream) == here.removeprefix(_BRANCHES)
    return [*found, upstream] if upstream in names and not is_copy else found


def _is_trunk(name: str) -> bool:
    if name.startswith(_REMOTES):
        return _on_remote(name) in ("HEAD", *TRUNKS)
    return name.removeprefix(_BRANCHES) in TRUNKS


def _on_remote(name: str) -> str:
    """Return what a remote calls its branch: "main" for refs/remotes/origin/main."""
    return name.removeprefix(_REMOTES).partition("/")[2]


def _read(out: bytes) -> list[OwnCommit]:
    """Read `log -z --name-status`: a commit's id and message, then a letter and a path for each file."""
    fields = iter(out.split(b"\0"))
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for field in fields:
        word = field.lstrip(b"\n").decode()
        if len(word) == 1:
            found[-1][1].append((as_name(next(fields)), STATUS.get(word, "modified")))
        elif word:
            found.append((next(fields).decode("utf-8", "replace"), []))
    return [OwnCommit(message, tuple(files)) for message, files in found]
