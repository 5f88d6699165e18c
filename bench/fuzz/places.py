"""Where a target works (a folder in memory, where there is one), and how it calls the command line in this process."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import atexit
import io
import json
import os
import re
import shutil
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only looked at
# What moves a cursor, turns the direction, or is no character (but `\n`); and what the Actions runner takes for a command.
HARMFUL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]|##\[|^\s*::", re.M
)
OURS = re.compile(r"^::(?:error|warning|notice) (.*)$", re.M)  # in a command, the runner looks for no other


def shared_memory() -> str | None:
    """Return a folder in memory, None where there is none."""
    return str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None


@cache
def _made() -> Path:
    place = tempfile.mkdtemp(prefix="onrecord-fuzz-", dir=os.environ.get("FUZZ_FOLDER") or shared_memory())
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return Path(place).resolve()


def folder() -> Path:
    """Return a folder of this process's own that is no repository, and work in it."""
    os.chdir(_made())
    return _made()


def empty() -> Path:
    """Return the folder with nothing in it."""
    for place in folder().iterdir():
        shutil.rmtree(place) if place.is_dir() else place.unlink()
    return folder()


def write(name: str, content: bytes) -> str:
    """Write a file into the folder and return its name."""
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


def call(*arguments: str) -> tuple[int, str, str]:
    """Run a verb as a user does; an exception is one that a user would be asked to report."""
    from onrecord.cli.main import main

    out, said = io.StringIO(), io.StringIO()
    os.environ["ONRECORD_DEBUG"] = "1"
    with redirect_stdout(out), redirect_stderr(said):
        code = main(list(arguments))
    return code, out.getvalue(), said.getvalue()


def harmless(text: str, about: str = "") -> None:
    """Verify that a text can be shown on a terminal, which may be the log of a workflow."""
    text = OURS.sub(lambda m: m[1].replace("##[", ""), text)
    found = HARMFUL.search(text)
    assert not found, (about, found, text[max(found.start() - 60, 0) : found.end() + 20])


def door(*arguments: str, is_json: bool = False) -> str:
    """Run a verb, verify its exit code and that what it prints is harmless (or JSON), and return that."""
    code, out, said = call(*arguments)
    assert code in (0, 1, 2, 3, 4), (arguments, code)
    assert code != 3 or "git" in said or "GitHub" in said, (arguments, said)
    harmless(said, f"{arguments[0]}, standard error")
    if is_json and out:
        json.loads(out)
    elif not is_json and not {"--diff", "-"} & set(arguments):  # a diff and a record are printed as they are
        harmless(out, arguments[0])
    return out
