"""A real repository and the real command line."""

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from onrecord.cli.main import main
from onrecord.rules.samples import madr

SOUND = madr()
VARIABLES = ("NO_COLOR", "FORCE_COLOR", "TERM", "GITHUB_ACTIONS", "ONRECORD_DEBUG", "GIT_DIR", "GIT_WORK_TREE")
# Who commits; and no process of git's own afterwards that looks whether there is something to tidy up.
SETTINGS = tuple(
    word
    for setting in ("user.name=Ann Example", "user.email=ann@example.org", "gc.auto=0", "maintenance.auto=false")
    for word in ("-c", setting)
)


@cache
def _empty() -> Path:
    """Return what git makes of an empty folder, made once and then copied; its samples of hooks are left out."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = ["git", "init", "--quiet", "--initial-branch=main", "--template=", str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return folder / ".git"


class Outcome(NamedTuple):
    """What one call gave back."""

    code: int
    out: str
    err: str


class Repository:
    """A git repository in a temporary folder, which is also the current one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(_empty(), folder / ".git")

    def git(self, *arguments: str, **environment: str) -> str:
        """Run git here, with more in its environment; a failing call fails the test."""
        command = ["git", *SETTINGS, *arguments]
        env = os.environ | environment
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, check=True, timeout=30
        ).stdout

    def head(self) -> str:
        """Return the id of the current commit, without asking a process."""
        head = (self.folder / ".git/HEAD").read_text("utf-8").strip().removeprefix("ref: ")
        return (self.folder / ".git" / head).read_text("utf-8").strip() if head.startswith("refs/") else head

    def write(self, name: str, content: str | bytes = SOUND, add: bool = True) -> Path:
        """Write a file, and let git track it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        if add:
            self.git("add", "--", name)
        return path

    def write_all(self, files: Mapping[str, str | bytes]) -> None:
        """Write files, and let git track them, by one process."""
        for name, content in files.items():
            self.write(name, content, add=False)
        self.git("add", "--", *files)


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


WRITING = {"accept", "amend", "deprecate", "draft", "fix", "index", "link", "new", "promote", "reject", "supersede"}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs the command line as a user does."""

    def call(*arguments: str | Path) -> Outcome:
        assert not WRITING.intersection(arguments[:1]) or not Path("src/onrecord").exists(), (
            "it would write into this repository"
        )
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return call


@pytest.fixture
def sound() -> str:
    """Return a record about which nothing is said."""
    return SOUND
