"""A checkout with `core.autocrlf`, as git for Windows makes it: the same findings, and no line end of another kind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import succeed

from onrecord.adapters.coverage_past import hash_of


@pytest.fixture
def windows(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a checkout of the same commit with CRLF, which is the current folder."""
    folder = tmp_path / "windows"
    succeed(tmp_path, "git", "clone", "--quiet", "--config", "core.autocrlf=true", repo, folder)
    assert b"\r\n" in (folder / "docs/adr/0001-sessions.md").read_bytes()
    monkeypatch.chdir(folder)
    return folder


def test_the_same_is_found(repo: Path, windows: Path, call: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(folder: Path) -> list[tuple[int, str]]:
        monkeypatch.chdir(folder)
        return [call(*words) for words in (["check"], ["parse", "docs/adr"], ["show", "1"])]

    found = answers(windows)
    assert found == answers(repo)
    assert "decision-empty" in found[0][1]


def test_what_is_written_ends_its_lines_as_the_file_did(
    repo: Path, windows: Path, call: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = []
    for folder in (windows, repo):
        monkeypatch.chdir(folder)
        assert call("deprecate", "1", "--because", "no need", "--today", "2026-03-02")[0] == 0
        assert call("link", "1", "7")[0] == 0
        changed.append(succeed(folder, "git", "-c", "core.safecrlf=false", "diff"))
    for path in (windows / "docs/adr").iterdir():
        content = path.read_bytes()
        assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    assert changed[0] == changed[1] != ""


def test_a_configuration_is_the_same_one_with_either(repo: Path, windows: Path) -> None:
    assert (repo / "onrecord.yml").read_bytes() != (windows / "onrecord.yml").read_bytes()
    assert hash_of(repo / "onrecord.yml") == hash_of(windows / "onrecord.yml")
