"""What the tests of faults share; see disks.py."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from disks import ENVIRONMENT, HERE, Calls, Outcome, make_shop

from onrecord.cli.main import main


@pytest.fixture(scope="session")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calls]:
    """Return a way to run the command line with a disk that fails."""
    compiler = shutil.which("cc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("a C compiler and Linux are needed to stand between a program and its disk")
    folder = tmp_path_factory.mktemp("disk")
    library = folder / "disk.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, HERE / "disk.c", "-ldl"], check=True, timeout=60
    )
    found = Calls(library, folder)
    yield found
    found.close()


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the repository that is copied for each test."""
    folder = tmp_path_factory.mktemp("model") / "shop"
    make_shop(folder)
    return folder


@pytest.fixture
def shop(model: Path, tmp_path: Path) -> Path:
    """Return a copy of it."""
    return Path(shutil.copytree(model, tmp_path / "shop"))


@pytest.fixture
def run(shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs the command line in the copy, in this process."""
    monkeypatch.chdir(shop)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str | Path) -> Outcome:
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *capsys.readouterr())

    return call
