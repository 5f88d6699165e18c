"""What the runner reads back of what a step wrote: one value for each output, whatever a stranger put into it."""

import io
from pathlib import Path

import pytest

from onrecord.adapters.runner import RunnerContext, harmless, print_bracketed, write_outputs


def read_back(path: Path) -> dict[str, str]:
    """Read an output file as the runner does (actions/runner, FileCommandManager.cs)."""
    lines, found = path.read_text("utf-8").split("\n"), {}
    while lines:
        line = lines.pop(0)
        name, mark, delimiter = line.partition("<<")
        if mark and "=" not in name:
            end = lines.index(delimiter)
            found[name] = "\n".join(lines[:end])
            del lines[: end + 1]
        elif "=" in line:
            key, _, value = line.partition("=")
            found[key] = value
    return found


@pytest.mark.parametrize(
    "value", ["", "a\nresult=pass", "x\nEOF\nresult=pass", "x\nghadelimiter_\nresult<<E\npass\nE", "\udcff\n\u2028y"]
)
def test_a_value_sets_no_other_output(tmp_path: Path, value: str) -> None:
    context = RunnerContext("push", None, tmp_path, tmp_path / "output", None)
    write_outputs(context, {"record-title": value, "result": "fail"})
    found = read_back(tmp_path / "output")
    assert found == {"record-title": value.encode("utf-8", "backslashreplace").decode(), "result": "fail"}


def test_two_runs_have_two_delimiters(tmp_path: Path) -> None:
    context = RunnerContext("push", None, tmp_path, tmp_path / "output", None)
    write_outputs(context, {"a": "1"})
    first = (tmp_path / "output").read_text().partition("<<")[2].partition("\n")[0]
    write_outputs(context, {"b": f"x\n{first}\nresult=pass"})
    assert read_back(tmp_path / "output") == {"a": "1", "b": f"x\n{first}\nresult=pass"}


@pytest.mark.parametrize("text", ["::error::x", "a\r::error::x", "\n  ::add-mask::o", "x ##[set-output name=a]b"])
def test_no_line_is_a_command_even_without_the_bracket(text: str) -> None:
    for line in harmless(text).splitlines():
        assert line.startswith("|")
        assert "##[" not in line


def test_commands_are_off_around_foreign_text_and_nobody_can_guess_the_word_that_ends_it() -> None:
    words = set()
    for _ in range(2):
        stream = io.StringIO()
        print_bracketed("::error::x\n::stop-commands::zz", stream)
        first, *inside, last, end = stream.getvalue().split("\n")
        word = first.removeprefix("::stop-commands::")
        assert (last, end) == (f"::{word}::", "")
        assert inside == ["| ::error::x", "| ::stop-commands::zz"]
        assert len(word) >= 32
        words.add(word)
    assert len(words) == 2
