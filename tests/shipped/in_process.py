"""The Action's verb in the tests' own process: what the runner would tell it, and what it leaves."""

import io
import json
import os
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from repositories import ISOLATED_GIT

from onrecord.adapters import github as adapter
from onrecord.cli.main import main

QUICK = adapter.Pace(between_requests=None, between_writes=None, backoff=0, settle=0, timeout=2)
_RUNS = count()


@dataclass
class Left:
    """What a run left: exit code, outputs by name, summary, standard output and error."""

    code: int
    outputs: dict[str, str]
    summary: str
    out: str
    err: str


@dataclass
class Runner:
    """Runs the Action in this process, without GitHub's pauses; `folder` is for the files of its runs."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def __post_init__(self) -> None:
        self.monkeypatch.chdir(self.folder)  # and back, once the test is over: the Action goes where its files are
        self.monkeypatch.setattr(adapter, "Pace", lambda: QUICK)
        for name in list(os.environ):
            if name.startswith(("GITHUB_", "ONRECORD_", "RUNNER_", "GH_", "GIT_")):
                self.monkeypatch.delenv(name)
        for name, value in ISOLATED_GIT.items():
            self.monkeypatch.setenv(name, value)

    def run(
        self,
        name: str,
        event: Mapping[str, Any] | Path,
        workspace: Path,
        server: Mapping[str, str] | None = None,
        **inputs: str,
    ) -> Left:
        """Run on an event (its payload, or the file that holds it); `server` is where a GitHub is, and the token."""
        temp = self.folder / f"runner-{next(_RUNS)}"
        temp.mkdir()
        path = event if isinstance(event, Path) else temp / "event.json"
        if not isinstance(event, Path):
            path.write_text(json.dumps(event), "utf-8")
        told = dict(server or {})
        token = told.pop("GITHUB_TOKEN", "")  # a step gets it by its own input only
        environment = told | {
            "ONRECORD_TOKEN": token,
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_OUTPUT": str(temp / "output"),
            "GITHUB_STEP_SUMMARY": str(temp / "summary.md"),
            "RUNNER_TEMP": str(temp),
            **{f"ONRECORD_{key.upper()}": value for key, value in inputs.items()},
        }
        self.capsys.readouterr()
        with self.monkeypatch.context() as patch:
            for key, value in environment.items():
                patch.setenv(key, value)
            code = main(["action"])
        printed = self.capsys.readouterr()
        summary = temp / "summary.md"
        return Left(
            code,
            outputs_in(temp / "output"),
            summary.read_text("utf-8") if summary.exists() else "",
            printed.out,
            printed.err,
        )


def instead_of_bash(script: Path, folder: Path, environment: dict[str, str], feed: Callable[[str], None]) -> int:
    """Do what a step of our action does without a process: install nothing, and call what its launcher calls.

    A `Shell` as host_runner has them; standard output and standard error are one after the other.
    """
    if "action/run.py" not in script.read_text("utf-8"):
        Path(environment["GITHUB_OUTPUT"]).write_text("site=none\npython=none\n", "utf-8")
        return 0
    printed = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(printed[0]), redirect_stderr(printed[1]):
        patch.chdir(folder)
        for name in os.environ.keys() - environment.keys():
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        code = main(["action"])
    for stream in printed:
        stream.seek(0)
        for line in io.StringIO(stream.read(), newline=None):  # a lone carriage return ends a line too
            feed(line.removesuffix("\n"))
    return code


def outputs_in(path: Path) -> dict[str, str]:
    """Read the step's outputs as the runner does: a name twice is an error, as only a break-out could bring that."""
    lines = path.read_text("utf-8").split("\n")
    found: dict[str, str] = {}
    at = 0
    while at < len(lines) - 1:
        name, separator, delimiter = lines[at].partition("<<")
        assert separator and name not in found, lines[at]
        end = lines.index(delimiter, at + 1)
        found[name] = "\n".join(lines[at + 1 : end])
        at = end + 1
    return found
