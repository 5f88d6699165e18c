"""A repository that every verb finds work in, and calls of the command line in which something goes wrong."""

import ctypes
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from onrecord.cli.main import main

HERE = Path(__file__).parent
STRANGER = 65534
NEW_MOUNTS, NEW_NETWORK = 0x00020000, 0x40000000  # as in sched.h
WELL, NEVER = -1, 1_000_000  # changes after which a call goes wrong: it is not watched, or it is and goes well
KILLED, KILLED_HALFWAY, FULL, READ_ONLY, BROKEN = range(5)  # as in disk.c
DAY = "2026-05-04"
RECORD = """\
# {number}. {title}

Date: 2026-03-01

## Status

{status}

## Context

Billing writes to three tables at once.

## Decision

We will keep {what}.

## Consequences

Operations has one more file.
"""
COMMIT = """\
Keep carts in Redis (#12)

Carts were lost at every deployment.

## Decision

Keep carts in Redis, because it keeps them over a restart.

## Alternatives

- Memcached: it forgets all at a restart.

Owner: Ann Lee
"""
FILES = {
    ".github/onrecord.yml": 'pull-requests: {paths: ["billing/**"]}\n',
    "README.md": "# Shop\n",
    "docs/adr/0003-csv.md": RECORD.format(number=3, title="Keep a copy", status="Accepted", what="a copy in CSV"),
    "docs/adr/0005-mail.md": RECORD.format(number=5, title="Mail at night", status="Accepted", what="a queue"),
    "docs/adr/0006-carts.md": RECORD.format(number=6, title="Where carts are", status="Proposed", what="them here"),
    "docs/adr/0007-pg.md": RECORD.format(
        number=7, title="Keep tables", status="Accepted\n\nSupersedes [3. Keep a copy](0003-csv.md)", what="PostgreSQL"
    ),
    "docs/adr/README.md": "# Decisions\n\n<!-- onrecord:index -->\n- [3. Keep a copy](0003-csv.md)\n<!-- /onrecord:index -->\n",
}
NEWER = {"docs/adr/0007-redis.md": RECORD.format(number=7, title="Use Redis", status="Accepted", what="Redis")}
LOOSE = {
    "talk.txt": "Ann Lee: Redis for sessions?\nBob Ray: DECISION: We keep sessions in Redis, because they must survive.\n",
    "billing/queue.py": "import redis\n",
    "report.json": '{"of": "yesterday"}\n',
    "message": "Keep a queue\n\n# Please enter the commit message for your changes.\n",
}
DECIDING = {  # calls that write and change records, each with something to do there
    "new": ("new", "Use queues", "--no-input", "--today", DAY),
    "accept": ("accept", "6", "--by", "Ann Lee", "--today", DAY),
    "reject": ("reject", "6", "--by", "Ann Lee", "--today", DAY),
    "deprecate": ("deprecate", "5", "--today", DAY),
    "supersede": ("supersede", "docs/adr/0005-mail.md", "docs/adr/0007-redis.md"),
    "amend": ("amend", "docs/adr/0005-mail.md", "docs/adr/0007-redis.md"),
    "link": ("link", "5", "6"),
    "promote": ("promote", "--commit", "HEAD", "--today", DAY),
    "draft": ("draft", "--title", "Use Redis for sessions", "talk.txt", "--today", DAY),
    "init": ("init", "--yes", "--today", DAY),
}
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-03-02T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-03-02T12:00:00Z",
}


class Outcome(NamedTuple):
    """What one call gave back; `met` is how many changes to files it made, where it was watched and came to its end."""

    code: int
    out: str
    err: str
    met: int = 0


class Calls:
    """A process that runs the command line in copies of itself."""

    def __init__(self, library: Path, home: Path) -> None:
        warm = home / "warm"
        make_shop(warm)
        environment = {**os.environ, **ENVIRONMENT, "LD_PRELOAD": str(library), "HOME": str(home)}
        for name in ("GITHUB_TOKEN", "GITHUB_ACTIONS", "ONRECORD_DEBUG"):
            environment.pop(name, None)
        self._process = subprocess.Popen(
            [sys.executable, HERE / "dying.py", warm], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )

    def __call__(self, folder: Path, *arguments: str, after: int = WELL, kind: int = KILLED) -> Outcome:
        """Run the command line in a folder; what it does to files goes wrong after so many changes."""
        told = {"folder": str(folder), "arguments": arguments, "after": after, "kind": kind}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(told).encode() + b"\n")
        self._process.stdin.flush()
        return Outcome(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=30)


def make_shop(folder: Path) -> None:
    """Make the repository: records with something to mend, a stale list, a talk, and a commit that decides."""
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main", "--template=")
    git(folder, "config", "user.name", "Ann Example")
    git(folder, "config", "user.email", "ann@example.org")
    for files, message in ((FILES, "Start"), (NEWER, "Use Redis"), ({"src/cart.py": "import redis\n"}, COMMIT)):
        write(folder, files)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "-m", message)
    write(folder, LOOSE)
    git(folder, "add", "billing")


def git(folder: Path, *arguments: str) -> str:
    """Run git; a failing call fails the test."""
    environment = {**os.environ, **ENVIRONMENT}
    done = subprocess.run(["git", *arguments], cwd=folder, env=environment, capture_output=True, timeout=30, check=True)
    return os.fsdecode(done.stdout)


def write(folder: Path, files: dict[str, str]) -> None:
    """Write text files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a working tree, git's own left out."""
    paths = (path for path in folder.rglob("*") if ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def apart(work: Callable[[], object], namespaces: int = 0, stranger_in: Path | None = None) -> Any:
    """Do work in a copy of this process, and return what it returned: in namespaces of its own, or as another user.

    That user is "nobody", in a folder.

    Skips the test where that is not permitted, and fails it with what went wrong in the copy.
    """
    result, told = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        os.close(result)
        _tell(work, told, namespaces, stranger_in)
    os.close(told)
    with os.fdopen(result, "rb") as answer:
        kind, found = json.loads(answer.read() or b'["broken", "it ended without a word"]')
    os.waitpid(child, 0)
    if kind == "refused":
        pytest.skip(f"{found}: namespaces and users are for root")
    assert kind == "done", found
    return found


def _tell(work: Callable[[], object], told: int, namespaces: int, folder: Path | None) -> None:
    answer: tuple[str, object] = ("refused", "")
    try:
        if namespaces and ctypes.CDLL(None, use_errno=True).unshare(namespaces):
            raise PermissionError(ctypes.get_errno(), "unshare")
        if namespaces & NEW_MOUNTS:  # what is mounted from here on is seen by nobody else
            mount("none", "/", 1 << 18 | 1 << 14)
        if folder is not None:
            os.chdir(folder)
            said("check", "--no-cache")  # from here on, what is loaded may lie where that user may not look
            os.setgroups([])
            os.setgid(STRANGER)
            os.setuid(STRANGER)
            os.chdir(folder)
        answer = ("broken", "")
        answer = ("done", work())
    except PermissionError as error:
        answer = (answer[0], str(error))
    except BaseException:
        answer = ("broken", traceback.format_exc())
    finally:
        os.write(told, json.dumps(answer).encode())
        os._exit(0)


def mount(source: str, place: str, flags: int = 0, kind: str = "none", options: str = "") -> None:
    """Mount something, as in mount(2)."""
    words = (word.encode() for word in (source, place, kind))
    if ctypes.CDLL(None, use_errno=True).mount(*words, ctypes.c_ulong(flags), options.encode()):
        raise PermissionError(ctypes.get_errno(), "mount")


def make_read_only(folder: Path) -> None:
    """Let a folder be one that nobody can write to, root neither."""
    bind, remount_read_only = 1 << 12, 1 << 12 | 1 << 5 | 1
    mount(str(folder), str(folder), bind)
    mount(str(folder), str(folder), remount_read_only)


def said(*arguments: str) -> Outcome:
    """Run the command line in this process, and return what it said."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(list(arguments))
    return Outcome(code, out.getvalue(), err.getvalue())
