"""What a disk, or the system above it, refuses: an open file, locks, hard links, symlinks."""

import builtins
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from repositories import GOOD_RECORD, commit, succeed

from onrecord.adapters.apply import FileWrite, alone, write_all
from onrecord.adapters.write import DiskFault, Unwritable, create_file, overwrite, replace_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file below a folder that git looks after."""
    (tmp_path / ".git").mkdir()
    path = tmp_path / "0001-a.md"
    path.write_bytes(b"before")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


class TestOpenFile:
    """Windows replaces no file that another program has open."""

    @pytest.fixture(autouse=True)
    def is_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_from: Any, to: Any) -> None:
            raise PermissionError(errno.EACCES, "The file is being used by another process", str(to))

        monkeypatch.setattr(os, "replace", refuse)

    @pytest.mark.parametrize("write", [replace_file, overwrite])
    def test_it_stays_as_it_was_and_nothing_is_left_beside_it(self, file: Path, write: Callable) -> None:
        arguments = (b"before", b"after") if write is replace_file else (b"after",)
        with pytest.raises(DiskFault, match="used by another process"):
            write(file, file.parent, *arguments)
        assert contents(file.parent) == {"0001-a.md": b"before"}

    def test_a_verb_says_so(self, repo: Path, call: Callable) -> None:
        before = contents(repo / "docs/adr")
        code, shown = call("deprecate", "1", "--because", "no need")
        assert (code != 0, "used by another process" in shown, "internal error" in shown) == (True, True, False)
        assert contents(repo / "docs/adr") == before


class TestWithoutFcntl:
    """Windows has `msvcrt`, which locks a byte, and does not wait."""

    @pytest.fixture
    def windows(self, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[int]]:
        """Return a function that plays `msvcrt`: it answers with these errors first, and tells what was asked."""
        real = builtins.__import__

        def without(name: str, *more: Any) -> Any:
            if name == "fcntl":
                raise ImportError(name)
            return real(name, *more)

        def play(*errors: int) -> list[int]:
            asked: list[int] = []

            def locking(_descriptor: int, _mode: int, size: int) -> None:
                asked.append(size)
                if len(asked) <= len(errors):
                    raise OSError(errors[len(asked) - 1], "no")

            monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
            monkeypatch.setattr(builtins, "__import__", without)
            monkeypatch.setattr("time.sleep", lambda _seconds: None)
            return asked

        return play

    def test_another_run_is_waited_for(self, tmp_path: Path, windows: Callable) -> None:
        asked, waited = windows(errno.EACCES, errno.EDEADLK), []
        with alone(tmp_path, lambda: waited.append("once")):
            assert asked == [1, 1, 1]
        assert waited == ["once"]

    def test_a_disk_without_locks_is_not_waited_for(self, tmp_path: Path, windows: Callable) -> None:
        windows(errno.EINVAL)
        with pytest.raises(Unwritable, match=r"onrecord-fix\.lock: no"), alone(tmp_path, lambda: None):
            pass


def test_without_hard_links_a_file_is_made_and_moved_all_the_same(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: Any) -> None:
        raise OSError(errno.ENOTSUP, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    assert create_file(file.with_name("0002-b.md"), b"new")
    assert not create_file(file.with_name("0002-b.md"), b"newer")
    assert (
        write_all([FileWrite("0001-a.md", "0003-c.md", b"before", b"after")], file.parent, file.parent / ".git") == []
    )
    assert contents(file.parent) == {"0002-b.md": b"new", "0003-c.md": b"after"}


@pytest.mark.skipif(sys.platform == "win32", reason="it needs a symlink to begin with")
def test_a_symlink_that_was_checked_out_as_a_text_is_no_record(
    repo: Path, tmp_path: Path, call: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repo, {"docs/adr/latest.md": Path("0001-sessions.md"), "docs/adr/0007-größe.md": None})
    folder = tmp_path / "windows"
    succeed(tmp_path, "git", "clone", "--quiet", "--config", "core.symlinks=false", repo, folder)
    assert (folder / "docs/adr/latest.md").read_text() == "0001-sessions.md"
    monkeypatch.chdir(folder)
    code, shown = call("check")
    assert (code, shown.splitlines()[0]) == (0, "1 record checked: nothing to say.")
    assert (folder / "docs/adr/0001-sessions.md").read_text("utf-8") == GOOD_RECORD
