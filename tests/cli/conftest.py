"""A real repository and the real command line."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.cli.main import main
from onrecord.rules.samples import madr

SOUND = madr()
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "GITHUB_ACTIONS", "ONRECORD_DEBUG", "GIT_DIR", "GIT_WORK_TREE")


class Outcome(NamedTuple):
    """What one call gave back."""

    code: int
    out: str
    err: str


class Repository:
    """A git repository in a temporary folder, which is also the current one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """Run git here; a failing call fails the test."""
        command = ["git", "-c", "user.name=Ann Example", "-c", "user.email=ann@example.org", *arguments]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True, timeout=30).stdout

    def write(self, name: str, content: str | bytes = SOUND, add: bool = True) -> Path:
        """Write a file, and let git track it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        if add:
            self.git("add", "--", name)
        return path


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own settings reaches a test."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Return an empty repository, with the current folder at its top."""
    folder = tmp_path / "repo"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Repository(folder)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs the command line as a user does."""

    def call(*arguments: str | Path) -> Outcome:
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture
def sound() -> str:
    """Return a record about which nothing is said."""
    return SOUND
