"""git, by subprocess: 20 times faster on long histories than a library, and always the user's own version."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

from onrecord.adapters.spawned import start
from onrecord.lazily import NamedTuple

TIMEOUT_S = 60
LIST_INDEX = ("ls-files", "-z", "--cached", "--")
LIST_TRACKED = ("ls-files", "-z", "-t", "--cached", "--deleted", "--")
NO_EDITOR = ":"  # what git sets GIT_EDITOR to, for its hooks, when it opens none
STATUS = {"A": "added", "M": "modified", "D": "removed", "R": "renamed", "C": "copied"}  # git's letter, GitHub's word
# What a folder of the repository looks like is somebody else's: one made to look like a bare repository would bring a
# configuration of its own, and with it commands that git runs. Hooks are for what people do, not for what is looked at.
# Signatures, where somebody has them shown, would stand between the commits.
_OURS = tuple(
    word
    for setting in (
        "safe.bareRepository=explicit",
        "core.fsmonitor=false",
        f"core.hooksPath={os.devnull}",
        "core.quotepath=off",
        "log.showSignature=false",
    )
    for word in ("-c", setting)
)
_UNDER_WAY = ("MERGE_HEAD", "REVERT_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply")


class GitError(Exception):
    """git is not there, or did not answer; the message is for people."""


def run_git(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Run git in `folder` and return its standard output; raises GitError with git's own first line."""
    if stdin is None:
        return Running(folder, *arguments).result()
    import subprocess

    try:
        command, environment = git_command(*arguments)
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=TIMEOUT_S, env=environment, input=stdin, check=False
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(f"git {arguments[0]} did not answer") from error
    if done.returncode:
        raise _fault(done.stderr, arguments[0])
    return done.stdout


class Running:
    """A git that was started and goes on beside the rest; its answer is waited for by `result`."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        """Start git in `folder`; when that fails, `result` says so."""
        self._name = arguments[0]
        self._fault: GitError | None = None
        self._out: bytes | None = None
        try:
            (git, *words), environment = git_command(*arguments)
            self._process = start([git, "-C", str(folder), *words], environment)
        except FileNotFoundError:
            self._fault = GitError("git is not installed")
        except OSError:
            self._fault = GitError(f"git {self._name} did not answer")

    def done(self) -> bool:
        """Tell whether `result` would not wait."""
        return self._fault is not None or self._out is not None or self._process.code() is not None

    def is_done_within(self, seconds: float) -> bool:
        """Wait for so long at most, and tell whether git has answered."""
        with suppress(TimeoutError):
            if self._fault is None and self._out is None:
                self._out, self._fault = self._finish(seconds)
        return self._fault is not None or self._out is not None

    @property
    def said(self) -> bytes:
        """Wait and return the standard output, even of a git that ended with an error."""
        with suppress(GitError):
            self.result()
        return self._out or b""

    def stop(self) -> None:
        """End a git whose answer nobody needs any more."""
        if self._fault is None and self._out is None:
            self._process.kill()
            self._fault = GitError(f"git {self._name} was stopped")

    def result(self) -> bytes:
        """Wait and return the standard output; raises GitError as `run_git` does."""
        if self._out is None and self._fault is None:
            self._out, self._fault = self._finish()
        if self._fault:
            raise self._fault
        return self._out or b""

    def _finish(self, patience: float | None = None) -> tuple[bytes, GitError | None]:
        try:
            out, said, code = self._process.answer(TIMEOUT_S if patience is None else patience)
        except OSError as error:
            if patience is not None and isinstance(error, TimeoutError):
                raise
            self._process.kill()
            return b"", GitError(f"git {self._name} did not answer")
        if code:
            return out, _fault(said, self._name)
        return out, None


def _fault(said: bytes, verb: str) -> GitError:
    """Return git's first line; where it trusts a folder only when told to, with the command that tells it."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    cure = next((line.strip() for line in lines[1:] if "--add safe.directory" in line), "")
    return GitError(f"{lines[0]} (git's advice: {cure})" if cure else lines[0] if lines else f"git {verb} failed")


def git_command(*arguments: str) -> tuple[list[str], dict[str, str]]:
    """Return how git is called here: the command, and its environment. Raises FileNotFoundError without git, on Windows."""
    environment = {k: v for k, v in os.environ.items() if k not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    return [git_program(os.environ.get("PATH", ""), os.name == "nt"), *_OURS, *arguments], environment


@cache
def git_program(path: str, is_windows: bool) -> str:
    """Return how git is called: on Windows by its place on PATH, as a `git.exe` in the current folder would go first."""
    if not is_windows:
        return "git"
    for folder in path.split(os.pathsep):
        place = os.path.join(folder, "git.exe")  # noqa: PTH118 - nothing is loaded for it on the hook's path
        if os.path.isabs(folder) and os.path.isfile(place):  # noqa: PTH113, PTH117
            return place
    raise FileNotFoundError("git")


def tracked_files(folder: Path, *inside: str) -> list[str]:
    """Return the tracked files below `folder` (or below `inside`), relative to it, POSIX; deleted ones left out."""
    return tracked_among(run_git(folder, *LIST_TRACKED, *inside), folder)


def tracked_among(listed: bytes, folder: Path | None = None) -> list[str]:
    """Return the files that are still there from what `git ls-files` answers to LIST_TRACKED, sorted.

    Git calls a file deleted, too, when it may not look into its folder; below `folder`, such a file counts as there.
    """
    marked = [name for name in as_name(listed).split("\0") if name]
    gone = {name[2:] for name in marked if name.startswith("R ")}
    if folder is not None:
        gone = {name for name in gone if not _is_out_of_sight(folder / name)}
    return sorted({name[2:] for name in marked if name[2:] not in gone})


def _is_out_of_sight(path: Path) -> bool:
    try:
        path.lstat()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


def untracked_files(folder: Path) -> list[str]:
    """Return the files below `folder` that git neither tracks nor ignores, relative to it."""
    return sorted(_names(run_git(folder, "ls-files", "-z", "--others", "--exclude-standard")))


class StagedFile(NamedTuple):
    """A file of the index: its path relative to the root, the blob that is staged, and whether that is a plain file.

    `before` is the blob of the last commit, empty for a file that is new.
    """

    path: str
    blob: str
    is_plain: bool
    before: str = ""


def staged_files(root: Path) -> list[StagedFile]:
    """Return the added, copied, modified and renamed files of the index, sorted by path."""
    asked = ("diff", "--cached", "--raw", "--no-abbrev", "-z", "--diff-filter=ACMR", "--no-ext-diff")
    try:
        out = _names(run_git(root, *asked))
    except GitError:
        git_folder(root)  # outside of a repository, diff is another command, and complains about its flags
        raise
    found: list[StagedFile] = []
    at = 0
    while at + 1 < len(out):  # ":old-mode new-mode old-blob new-blob status", path, and the new path of a rename
        _, mode, before, blob, status = out[at].split(" ")
        step = 3 if status[0] in "RC" else 2
        found.append(StagedFile(out[at + step - 1], blob, mode.startswith("100"), before if status[0] in "MR" else ""))
        at += step
    return sorted(found)


def index_of(root: Path, folders: list[str]) -> list[tuple[str, str]]:
    """Return path and blob of the plain files that the index has in and below some folders, relative to `root`."""
    specs = [f":(top,literal){folder}" if folder else ":/" for folder in folders]
    rows = [row.partition("\t") for row in _names(run_git(root, "ls-files", "-s", "-z", "--", *specs))]
    return [(path, head.split(" ")[1]) for head, _, path in rows if head.startswith("100")]


def read_blobs(root: Path, blobs: list[str]) -> dict[str, bytes]:
    """Return the contents of blobs by their ids, in one process."""
    out = run_git(root, "cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in blobs).encode())
    contents: dict[str, bytes] = {}
    at = 0
    for blob in blobs:
        head_end = out.index(b"\n", at)
        head = out[at:head_end].split()
        if len(head) != 3:  # "… missing"
            at = head_end + 1
            continue
        size = int(head[2])
        contents[blob] = out[head_end + 1 : head_end + 1 + size]
        at = head_end + size + 2
    return contents


def staged_changes(root: Path, base: str = "HEAD") -> list[tuple[str, str]]:
    """Return path and status (as GitHub names it: "added", "modified" …) of what the index changes, since HEAD or since `base`.

    A first commit has no HEAD to name: then, and only for the default, all that is staged is added.
    """
    since = [] if base == "HEAD" else [base]
    out = _names(run_git(root, "diff", "--name-status", "-z", "--no-ext-diff", "--cached", *since))
    found: list[tuple[str, str]] = []
    at = 0
    while at + 1 < len(out):  # a letter, path, and the new path of a rename
        step = 3 if out[at][0] in "RC" else 2
        found.append((out[at + step - 1], STATUS.get(out[at][0], "modified")))
        at += step
    return found


def files_at(root: Path, commit: str) -> list[str]:
    """Return the paths of all files at a commit, links and submodules among them."""
    return _names(run_git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", commit))


def last_subject(root: Path) -> str:
    """Return the subject of the last commit; raises GitError when there is none yet."""
    return run_git(root, "log", "-1", "--format=%s", "--encoding=UTF-8", "HEAD").decode("utf-8", "replace").strip("\n")


class MessageSettings(NamedTuple):
    """How git treats message files here: core.commentChar (or commentString), which may be "auto", and commit.cleanup."""

    comment: str = "#"
    cleanup: str = "default"


def message_settings(root: Path) -> MessageSettings:
    """Return git's settings for message files, those of `git -c` included."""
    found: dict[str, str] = {}
    for entry in _names(run_git(root, "config", "--list", "-z")):
        key, _, value = entry.partition("\n")
        if key in ("core.commentchar", "core.commentstring"):
            found["comment"] = "auto" if value.lower() == "auto" else value
        elif key == "commit.cleanup":
            found["cleanup"] = value
    return MessageSettings(**{key: value for key, value in found.items() if value})


def git_folder(folder: Path) -> Path:
    """Return the folder where git keeps what belongs to the working tree around `folder`."""
    return Path(os.fsdecode(run_git(folder, "rev-parse", "--absolute-git-dir")).removesuffix("\n"))


def is_replaying(folder: Path) -> bool:
    """Tell whether git is in the middle of a merge, a rebase, a revert or a cherry-pick; `folder` is git's own."""
    return any((folder / name).exists() for name in _UNDER_WAY)


def author_of_commit(root: Path) -> tuple[str, str]:
    """Return name and mail address of the next commit's author, empty when git knows none."""
    try:
        found = run_git(root, "var", "GIT_AUTHOR_IDENT").decode("utf-8", "replace")
    except GitError:
        return "", ""
    name, _, rest = found.partition(" <")
    return name, rest.partition(">")[0]


def as_name(raw: bytes) -> str:
    """Return what git says of names as Python spells them; on Windows also those that are no UTF-8, and so on no disk there."""
    try:
        return os.fsdecode(raw)
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape")


def _names(out: bytes) -> list[str]:
    return [as_name(name) for name in out.split(b"\0") if name]
