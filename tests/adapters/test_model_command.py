"""A model behind a program: stub scripts on this machine."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from onrecord.adapters.model_route import ModelFault, Route, ask
from onrecord.draft.prompt import Prompt

PROMPT = Prompt("Our rules.", "What Ann said.", {})


@pytest.fixture
def script(tmp_path: Path):
    """Return a function that makes a program out of Python code, and the route to it."""

    def make(code: str, *arguments: str, timeout_s: float = 10) -> Route:
        path = tmp_path / "model"
        path.write_text(f"#!{sys.executable} -I\nimport os, sys, time\n{code}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return Route((str(path), *arguments), timeout_s=timeout_s)

    return make


def test_the_prompt_comes_on_standard_input_however_long(script) -> None:
    text = "ä" * 131_072
    route = script("print(len(sys.stdin.buffer.read()), sys.argv[1:], os.listdir())", "$(id)", "; id")
    out = ask(route, PROMPT._replace(matter=text))
    assert out == f"{len(PROMPT.rules) + 2 + 2 * 131_072 + 1} ['$(id)', '; id'] []\n"


def test_rules_come_first(script) -> None:
    assert ask(script("sys.stdout.write(sys.stdin.read())"), PROMPT) == "Our rules.\n\nWhat Ann said.\n"


def test_a_program_that_reads_nothing_is_fine(script) -> None:
    assert ask(script("print('{}')"), PROMPT._replace(matter="x" * 1_000_000)) == "{}\n"


def test_garbage_is_handed_on_as_text(script) -> None:
    assert ask(script(r"sys.stdout.buffer.write(b'\xff\x00{')"), PROMPT) == "\ufffd\x00{"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("sys.exit(3)", "“model” ended with 3$"),
        ("sys.exit('no such model: x')", "“model” ended with 1: no such model: x$"),
        ("sys.exit('What Ann said.')", "“model” ended with 1$"),
        ("os.kill(os.getpid(), 9)", "“model” ended with -9$"),
        ("sys.stdout.write('x' * 5_000_000)", "more than an answer"),
    ],
)
def test_a_program_that_fails(script, code: str, message: str) -> None:
    with pytest.raises(ModelFault, match=message):
        ask(script(code), PROMPT)


def test_one_that_hangs_is_ended_with_all_that_it_started(script, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    child = f"time.sleep(1); open({str(mark)!r}, 'w')"
    route = script(f"os.fork() or exec({child!r})\ntime.sleep(60)", timeout_s=0.3)
    began = time.monotonic()
    with pytest.raises(ModelFault, match=r"did not answer within 0\.3 seconds"):
        ask(route, PROMPT)
    assert time.monotonic() - began < 1
    time.sleep(1.2)
    assert not mark.exists()


def test_one_that_is_not_there_or_no_program(tmp_path: Path) -> None:
    with pytest.raises(ModelFault, match="“nowhere” was not found"):
        ask(Route((str(tmp_path / "nowhere"),)), PROMPT)
    empty = tmp_path / "empty"
    empty.write_bytes(b"\x7fELF")
    empty.chmod(0o700)
    with pytest.raises(ModelFault, match="cannot be run: "):
        ask(Route((str(empty),)), PROMPT)


def test_a_name_is_looked_for_on_the_path_and_not_in_the_repository(script, tmp_path, monkeypatch) -> None:
    script("print(1)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ModelFault, match="not found"):
        ask(Route(("model",)), PROMPT)
    monkeypatch.setenv("PATH", f"/nowhere{os.pathsep}{tmp_path}")
    assert ask(Route(("model",)), PROMPT) == "1\n"
