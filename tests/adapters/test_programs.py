"""Programs are found on PATH; what a stranger put into the current folder is never run in their place."""

import os
from pathlib import Path

import pytest

from onrecord.adapters.git import git_program
from onrecord.adapters.new_file import open_editor
from onrecord.adapters.programs import on_path


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a program in it, which is the current one, and which PATH calls “.”."""
    program = tmp_path / "helper"
    program.write_text("#!/bin/sh\ntouch ran\n")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", ".")
    return tmp_path


@pytest.mark.usefixtures("planted")
def test_the_current_folder_is_not_searched() -> None:
    assert on_path("helper") is None
    assert on_path("./helper") == "./helper"


def test_a_whole_place_on_the_path_is(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(planted))
    assert on_path("helper") == str(planted / "helper")


def test_no_editor_comes_from_the_repository(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_EDITOR", "helper --wait")
    assert open_editor(planted / "0001-a.md", planted) == "helper --wait: it was not found"
    assert not (planted / "ran").exists()


class TestGitOnWindows:
    """Windows looks for a program in the current folder before it looks at PATH."""

    def test_it_is_called_by_its_place(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "bin").mkdir()
        for name in ("git.exe", "bin/git.exe"):
            (tmp_path / name).write_text("")
        monkeypatch.chdir(tmp_path)
        path = os.pathsep.join(("", ".", str(tmp_path / "none"), str(tmp_path / "bin")))
        assert git_program(path, is_windows=True) == str(tmp_path / "bin/git.exe")

    def test_where_it_is_not_there_nothing_else_is_called(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "git.exe").write_text("")
        monkeypatch.chdir(tmp_path)
        with pytest.raises(FileNotFoundError):
            git_program(".", is_windows=True)

    def test_elsewhere_it_is_called_by_its_name(self) -> None:
        assert git_program("", is_windows=False) == "git"
