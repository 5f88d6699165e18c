"""Where a line or a file comes from: `git blame` of one line, the merge that brought it, and what came along with it."""

from __future__ import annotations

import os

from onrecord.adapters.git import GitError, Running, as_name, run_git
from onrecord.lazily import TYPE_CHECKING, NamedTuple, lazy_pattern

if TYPE_CHECKING:  # nothing else is loaded before `git blame` runs: it takes its time while the rest is loaded
    from pathlib import Path

    from onrecord.change import ChangedFile
    from onrecord.change.history import Commit

IGNORED_REVISIONS = ".git-blame-ignore-revs"  # the name that GitHub and GitLab honor as well
_SHOW = (
    "-z",
    "--encoding=UTF-8",
    "--no-color",
    "--no-show-signature",
    "--no-ext-diff",
    "--name-status",
    "-M100%",  # by id alone: in a partial clone, contents may not be there
    "--root",
)
_FORM = "--format=%H%x00%P%x00%ct%x00%an%x00%ae%x00%B"
_ID = lazy_pattern(r"[0-9a-f]{40,64}")
_LETTER = lazy_pattern(r"[A-Z]\d*")
_STATUS = {"A": "added", "D": "removed", "R": "renamed", "C": "copied"}


class Origin(NamedTuple):
    """The commit that gave a line its present words, and the path its file had there.

    `is_cut` tells that this is only the oldest commit of a shallow clone.
    """

    sha: str
    path: str
    is_cut: bool


class Brought(NamedTuple):
    """A commit with the Markdown files it changes against its first parent: whatever else it changes is no record.

    `size` is how many files it changes in all.
    """

    commit: Commit
    files: tuple[ChangedFile, ...]
    size: int


def is_tracked(root: Path, path: str) -> bool:
    """Tell whether git tracks a file, or anything in a folder; raises GitError outside of a repository."""
    return bool(run_git(root, "--literal-pathspecs", "ls-files", "-z", "--", path or "."))


def is_shallow(root: Path) -> bool:
    """Tell whether the clone holds only the newest commits."""
    return run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


class Here(NamedTuple):
    """Where git says we are: the working tree's top, git's own folder (that of the main working tree), HEAD's commit.

    `common` is None and `head` empty where git does not tell.
    """

    top: str
    common: Path | None = None
    head: str = ""


def ask_here(folder: Path) -> Running:
    """Ask git for all of `Here` at once."""
    return Running(folder, "rev-parse", "--show-toplevel", "--git-common-dir", "HEAD")


def read_here(folder: Path, asked: Running) -> Here:
    """Return git's answer to `ask_here`; raises GitError outside of a working tree."""
    from pathlib import Path

    rows = as_name(asked.said).split("\n")
    if len(rows) == 4:  # and none of the paths has a line break
        return Here(rows[0], Path(folder, rows[1]), rows[2] if _ID.fullmatch(rows[2]) else "")
    return Here(os.fsdecode(run_git(folder, "rev-parse", "--show-toplevel")).removesuffix("\n"))


class Blaming:
    """A `git blame` of one line that goes on beside the rest."""

    def __init__(self, folder: Path, path: str, line: int, top: str | Path) -> None:
        """Start it, with the list of commits to look through where the team keeps one: at the working tree's top."""
        self._command = ("blame", "--porcelain", "--no-textconv", "-w", "-L", f"{line},{line}")
        self._folder, self._path = folder, path
        ignored = os.path.join(top, IGNORED_REVISIONS)  # noqa: PTH118 - pathlib is loaded for types only
        self._ignores = os.path.isfile(ignored)  # noqa: PTH113
        options = ("--ignore-revs-file", ignored) if self._ignores else ()
        self._git = Running(folder, *self._command, *options, "--", path)

    def done(self) -> bool:
        """Tell whether `result` would not wait."""
        return self._git.done()

    def stop(self) -> None:
        """End it: nobody needs to know any more."""
        self._git.stop()

    def result(self) -> Origin | None:
        """Wait and return where the line comes from, as `blame_line` does."""
        try:
            out = self._git.result()
        except GitError:
            if not self._ignores:
                raise
            out = run_git(self._folder, *self._command, "--", self._path)  # the list is broken, or of another clone
        return _origin(self._folder, out)


def blame_line(folder: Path, path: str, line: int) -> Origin | None:
    """Return where a line (1-based) of the working tree comes from, None when it is not committed yet.

    `path` is relative to `folder`, anywhere in the repository. Renames are followed; changes of white space, and the
    commits listed in `.git-blame-ignore-revs`, are looked through. Raises GitError when git cannot answer.
    """
    return Blaming(folder, path, line, read_here(folder, ask_here(folder)).top).result()


def _origin(root: Path, out: bytes) -> Origin | None:
    head, *rest = as_name(out).split("\n")
    sha = head.partition(" ")[0].lstrip("^")
    if not sha.strip("0"):
        return None
    names = [line.removeprefix("filename ") for line in rest if line.startswith("filename ")]
    return Origin(sha, names[0] if names else "", "boundary" in rest and is_shallow(root))


def read_brought(root: Path, shas: list[str]) -> list[Brought]:
    """Return commits by their ids, in this order."""
    if not shas:
        return []
    return _read(run_git(root, "log", *_SHOW, _FORM, "--first-parent", "-m", "--no-walk=unsorted", *shas, "--"))


def commits_touching(root: Path, path: str, most: int) -> list[str]:
    """Return the ids of the last commits of the main line that changed a file, or anything in a folder; newest first."""
    head = run_git(root, "rev-parse", "--verify", "--quiet", "HEAD").decode().strip()
    command = ("log", "--format=%H", "--no-show-signature", "--first-parent", "-m", f"--max-count={most}", head)
    return run_git(root, "--literal-pathspecs", *command, "--", path or ".").decode().split()


def _read(out: bytes) -> list[Brought]:
    """Read `log -z`: six fields a commit, then a letter and a path (two for a rename) for each changed file."""
    from onrecord.adapters.files import MARKDOWN
    from onrecord.change import ChangedFile
    from onrecord.change.history import Commit

    fields = iter(as_name(out).split("\0"))
    found: list[tuple[Commit, list[ChangedFile]]] = []
    sizes: list[int] = []
    for field in fields:
        mark = field.lstrip("\n")
        if _ID.fullmatch(mark):
            parents, seconds, name, mail, message = (next(fields, "") for _ in range(5))
            commit = Commit(mark, tuple(parents.split()), _date(seconds), _text(name), _text(mail), _text(message))
            found.append((commit, []))
            sizes.append(0)
        elif found and _LETTER.fullmatch(mark):
            before = next(fields, "") if mark[0] in "RC" else None
            path = next(fields, "")
            sizes[-1] += 1
            if path.lower().endswith(MARKDOWN):
                found[-1][1].append(ChangedFile(path, _STATUS.get(mark[0], "modified"), previous=before))
    return [Brought(commit, tuple(files), size) for (commit, files), size in zip(found, sizes, strict=True)]


def _text(field: str) -> str:
    return os.fsencode(field).decode("utf-8", "replace")


def _date(seconds: str) -> str:
    """Return the day in UTC, empty when the commit's time is none."""
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
