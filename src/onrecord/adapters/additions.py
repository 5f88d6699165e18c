"""When files came to be, as git tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.git import GitError, as_name, run_git

if TYPE_CHECKING:
    from pathlib import Path

_LOG = (
    "log",
    "--no-show-signature",
    "--first-parent",
    "--diff-merges=first-parent",
    "--diff-filter=A",
    "--no-renames",
    "--name-only",
    "-z",
)


def added_at(root: Path, folder: str = "") -> dict[str, int]:
    """Return for each file below a folder when it came to the main line, as a number that grows with time.

    Files that came with one commit have the same number, and so have all that no commit holds yet: theirs is the highest.
    What is on the default branch of `origin` is older than what is only here. A file of which git cannot tell is left out;
    in a clone without its whole history that is every committed one.
    """
    try:
        if run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            return {}
        here = _first_commits(root, "HEAD", folder)
    except GitError:
        return {}
    try:
        trunk = _first_commits(root, "refs/remotes/origin/HEAD", folder)
    except GitError:
        trunk = {}
    later = max(trunk.values(), default=0) + 1
    found = {path: trunk.get(path, later + at) for path, at in here.items()}
    newest = max(found.values(), default=0) + 1
    out = run_git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder or ".")
    for path in as_name(out).split("\0"):
        if path:
            found.setdefault(path, newest)
    return found


def named_in(root: Path, *words: str) -> list[str]:
    """Return the files that contain one of the texts in any case, sorted and relative to the root; those that git ignores are not looked at.

    Raises GitError when git cannot look.
    """
    patterns = [part for word in dict.fromkeys(words) for part in ("-e", word)]
    try:
        out = run_git(
            root, "grep", "--untracked", "--no-recurse-submodules", "-l", "-z", "-I", "-i", "--fixed-strings", *patterns
        )
    except GitError as error:
        if str(error) != "git grep failed":  # which it says, without a reason, when it finds nothing
            raise
        return []
    return sorted(path for path in as_name(out).split("\0") if path)


def _first_commits(root: Path, start: str, folder: str) -> dict[str, int]:
    """Return for each path the place in the main line of the commit that added it first, the oldest being 1."""
    run_git(root, "rev-parse", "--verify", "--quiet", f"{start}^{{commit}}")
    out = run_git(root, *_LOG, "--reverse", "--format=%x01", start, "--", *((folder,) if folder else ()))
    found: dict[str, int] = {}
    for at, commit in enumerate(as_name(out).split("\x01")):
        for path in commit.strip("\n").split("\0"):
            if path.strip("\n"):
                found.setdefault(path.strip("\n"), at)
    return found
