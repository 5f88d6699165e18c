"""How far a long look is, on a terminal and nowhere else."""

import contextlib
import os
import subprocess
import sys

import pytest

from onrecord.cli.main import main

COMMIT = "commit refs/heads/main\ncommitter Ann Example <ann@example.org> {} +0000\ndata 2\nx\n"
HEAD = "from refs/heads/main^0\n"


@pytest.fixture
def log(repo):
    """Return a repository of a record and a thousand commits."""
    repo.write("docs/adr/0001-a.md")
    repo.git("commit", "-qm", "one")
    stream = "".join(COMMIT.format(1_700_000_000 + n) + (HEAD if n == 0 else "") for n in range(1_000))
    subprocess.run(("git", "fast-import", "--quiet"), input=stream, cwd=repo.folder, text=True, check=True)
    return repo


def all_of(main_side: int) -> bytes:
    """Return what stands in a terminal whose other side is closed."""
    said = b""
    with contextlib.suppress(OSError):  # how Linux tells the end
        while part := os.read(main_side, 4096):
            said += part
    os.close(main_side)
    return said


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="a terminal is needed")
@pytest.mark.usefixtures("log")
def test_a_review_tells_how_many_commits_it_read(capsys, monkeypatch) -> None:
    main_side, other = os.openpty()
    with os.fdopen(other, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert main(["review"]) == 0
    told = b"500 commits read, back to 2023-11-14", b"1,000 commits read, back to 2023-11-14"
    assert all_of(main_side).split(b"\r\x1b[K") == [b"", *told, b""]
    assert "commits read" not in capsys.readouterr().out


@pytest.mark.usefixtures("log")
def test_nothing_is_told_where_nobody_watches(run) -> None:
    assert run("review").err == ""
