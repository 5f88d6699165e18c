"""A file that was not there before: which names are taken, here and on other branches, and writing it once."""

from __future__ import annotations

import os
import shlex
import subprocess
from contextlib import suppress
from pathlib import Path

from onrecord.adapters.files import as_posix
from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.refs import MOST_BRANCHES
from onrecord.adapters.write import Unwritable, read_before

_LATEST = ("for-each-ref", "--sort=-committerdate", f"--count={MOST_BRANCHES}", "--format=%(objectname)")


def names_here(root: Path, folder: str) -> list[str]:
    """Return the paths of all files below a folder of the working tree, whether git tracks them or not."""
    found = []
    for current, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        found += [as_posix(os.path.relpath(Path(current) / name, root)) for name in names]
    return sorted(found)


def names_elsewhere(root: Path, folder: str) -> list[str]:
    """Return the paths of files below a folder on all branches, local and remote; none where git does not answer."""
    try:
        commits = run_git(root, *_LATEST, "refs/heads", "refs/remotes").decode().split()
        asked = "".join(f"{commit}:{folder}\n" for commit in dict.fromkeys(commits))
        told = run_git(root, "cat-file", "--batch-check=%(objectname)", stdin=os.fsencode(asked)).decode().splitlines()
        trees = dict.fromkeys(line for line in told if " " not in line)
        listed = [run_git(root, "ls-tree", "-r", "-z", "--name-only", tree) for tree in trees]
    except GitError:
        return []
    names = {os.fsdecode(name) for out in listed for name in out.split(b"\0") if name}
    return sorted(f"{folder}/{name}" if folder else name for name in names)


def create(path: Path, root: Path, text: str) -> bool:
    """Write a new file, and tell whether that was done: not when there is one; raises Unwritable when it cannot be."""
    try:
        if read_before(path, root) is not None:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            try:
                file.write(text.encode("utf-8"))
            except BaseException:
                with suppress(OSError):
                    path.unlink()
                raise
    except FileExistsError:
        return False
    except OSError as error:
        raise Unwritable(error.strerror or "it cannot be written") from error
    return True


def open_editor(path: Path, root: Path) -> str:
    """Open a file in the editor that git would open, and return why that failed, empty when it did not.

    The program's name and arguments are split as a shell would; no shell runs them.
    """
    words = os.environ.get("GIT_EDITOR") or _configured(root) or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        command = shlex.split(words or "vi")
        code = subprocess.run([*command, str(path)], check=False).returncode if command else 1
    except (OSError, ValueError) as error:
        return f"{words}: {getattr(error, 'strerror', None) or error}"
    return f"{words}: exit code {code}" if code else ""


def _configured(root: Path) -> str:
    try:
        return os.fsdecode(run_git(root, "config", "--get", "core.editor")).strip()
    except GitError:
        return ""
