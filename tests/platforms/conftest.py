"""A repository with a small log, and the command line in the tests' own process."""

from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import BAD_RECORD, GOOD_RECORD, IDENTITY, ISOLATED_GIT, commit, succeed

from onrecord.cli.main import main

LOG = {
    "docs/adr/0001-sessions.md": GOOD_RECORD,
    "docs/adr/0007-größe.md": BAD_RECORD.replace("PostgreSQL", "„Größe“ 日本 →"),
    "onrecord.yml": "pull-requests:\n  labels: [decision]\n",
}


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own settings reaches a test."""
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "ONRECORD_DEBUG", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (ISOLATED_GIT | IDENTITY).items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with LOG in it, which is also the current folder."""
    folder = tmp_path / "repo"
    folder.mkdir()
    succeed(folder, "git", "init", "--quiet")
    commit(folder, LOG)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Return a function that runs the command line and returns its exit code and all that a person saw."""

    def answer(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        return code, "".join(capsys.readouterr())

    return answer
