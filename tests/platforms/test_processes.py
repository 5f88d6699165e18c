"""Processes where there is no fork, no group of processes and no SIGKILL."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.adapters import ahead
from onrecord.adapters.files import Text, decode
from onrecord.adapters.git import Running, run_git
from onrecord.adapters.kept import Kept
from onrecord.adapters.kept_records import KeptRecords
from onrecord.adapters.model_command import _kill
from onrecord.adapters.settings import make_policy
from onrecord.adapters.templates import Templates
from onrecord.check import Config
from onrecord.record.vocabulary import shipped


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what Windows does not have."""
    for name in ("fork", "killpg", "posix_spawn", "posix_spawnp", "POSIX_SPAWN_OPEN", "POSIX_SPAWN_DUP2"):
        monkeypatch.delattr(os, name, raising=False)


@pytest.mark.usefixtures("windows")
def test_git_answers(repo: Path, call: Callable) -> None:
    asked = Running(repo, "rev-parse", "--is-inside-work-tree")
    assert asked.result() == b"true\n"
    code, shown = call("check")
    assert (code, "decision-empty" in shown) == (1, True)
    assert run_git(repo, "status", "--porcelain") == b""


@pytest.mark.usefixtures("windows")
def test_a_program_that_hangs_is_ended() -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    start = time.monotonic()
    _kill(process)
    assert process.wait() != 0
    assert time.monotonic() - start < 30


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_no_process_is_forked_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(ahead, "_processors", lambda: 4)
    monkeypatch.setattr(ahead, "_warm_up", lambda *_arguments: pytest.fail("it was about to fork"))
    texts = [Text(decode(b"# %d. Keep\n" % i), f"{i}.md", f"{i}.md") for i in range(2 * ahead.FEW)]
    work = ahead.Work(Templates(shipped(), tmp_path), make_policy(tmp_path, Config()), "2026-06-01", lambda _: False)
    ahead.work_ahead(KeptRecords(Kept(None)), texts, work)
