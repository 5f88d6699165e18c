"""A file that was not there before: which names are taken, here and on other branches, and writing it once."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from onrecord.adapters.files import as_posix
from onrecord.adapters.git import GitError, as_name, run_git
from onrecord.adapters.programs import on_path
from onrecord.adapters.refs import MOST_BRANCHES
from onrecord.adapters.write import create_file, make_folder, read_before, tidy

_COPY = ".onrecord-new"  # one name for all, as the next record may have another
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
    names = {as_name(name) for out in listed for name in out.split(b"\0") if name}
    return sorted(f"{folder}/{name}" if folder else name for name in names)


def create(path: Path, root: Path, text: str) -> bool:
    """Write a new file, and tell whether that was done: not when there is one; raises Unwritable when it cannot be.

    A run that is killed leaves all of it or a copy of another name, which the next one removes.
    """
    if read_before(path, root) is not None:
        return False
    make_folder(path)
    tidy(path, _COPY)
    return create_file(path, text.encode("utf-8"), _COPY)


def open_editor(path: Path, root: Path) -> str:
    """Open a file in the editor that git would open, and return why that failed, empty when it did not.

    The program's name and arguments are split as a shell would; no shell runs them.
    """
    words = os.environ.get("GIT_EDITOR") or _configured(root) or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        name, *arguments = shlex.split(words or "vi") or [""]
        program = on_path(name)
        if program is None:
            return f"{words or name}: it was not found"
        code = subprocess.run([program, *arguments, str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        return f"{words}: {getattr(error, 'strerror', None) or error}"
    return f"{words}: exit code {code}" if code else ""


def _configured(root: Path) -> str:
    try:
        return os.fsdecode(run_git(root, "config", "--get", "core.editor")).strip()
    except GitError:
        return ""
