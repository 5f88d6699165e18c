"""Commits of a long history, one after the other, while git still writes."""

from __future__ import annotations

import subprocess
import tempfile
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.git import GitError, as_name, git_command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LOG = ("log", "-z", "--encoding=UTF-8", "--no-color", "--no-show-signature")
_FORM = "--format=%x01%H%x00%aN%x00%aE%x00%cN%x00%cE%x00%cs%x00%as%x00%s"
_CHUNK = 1 << 20


class Commit(NamedTuple):
    """A commit with what it changed: a letter and a path each, as `--name-status` has it.

    A rename is "R" with the path before it, and the path after it; with `--numstat`, the letter is "3 1", the lines
    added and deleted. `day` is the ISO day of the commit, `authored` that of its author: a rebase makes the two differ.
    """

    sha: str
    name: str
    mail: str
    committer: str
    committer_mail: str
    day: str
    authored: str
    subject: str
    changes: list[tuple[str, str]]


def read_commits(root: Path, *arguments: str, stdin: Iterable[str] = ()) -> Iterator[Commit]:
    """Yield the commits of `git log` with these arguments, as git orders them; raises GitError."""
    fields = _fields(root, (*_LOG, _FORM, *arguments), "".join(f"{line}\n" for line in stdin))
    commit: Commit | None = None
    for field in fields:
        mark = field.lstrip("\n")
        if mark.startswith("\x01"):
            if commit:
                yield commit
            name, mail, committer, committer_mail, day, authored, subject = (next(fields, "") for _ in range(7))
            commit = Commit(mark[1:], name, mail, committer, committer_mail, day, authored, subject, [])
        elif mark and commit:
            commit.changes.append(_change(mark, fields))
    if commit:
        yield commit


def _change(mark: str, fields: Iterator[str]) -> tuple[str, str]:
    if "\t" in mark:
        added, deleted, path = mark.split("\t", 2)
        return f"{added} {deleted}", path
    path = next(fields, "")
    return (f"{mark[0]}{path}", next(fields, "")) if mark[0] in "RC" else (mark[0], path)


def _fields(root: Path, arguments: tuple[str, ...], stdin: str) -> Iterator[str]:
    """Yield what git writes between NUL bytes."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as asked:
        asked.write(stdin.encode())
        asked.seek(0)
        try:
            command, environment = git_command(*arguments)
            process = subprocess.Popen(
                command, cwd=root, env=environment, stdin=asked, stdout=subprocess.PIPE, stderr=said
            )
        except OSError as error:
            raise GitError("git did not answer") from error
        with process:
            left = b""
            while process.stdout and (chunk := process.stdout.read(_CHUNK)):
                *whole, left = (left + chunk).split(b"\0")
                yield from map(as_name, whole)
            if left.strip():
                yield as_name(left)
        if process.returncode:
            said.seek(0)
            lines = said.read().decode("utf-8", "replace").strip().splitlines()
            raise GitError(lines[0] if lines else "git log failed")
