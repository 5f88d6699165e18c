"""Terminals and pipes that cannot show everything: what they cannot show is escaped, and programs get UTF-8."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.cli.main import main

VERBS = (
    ["check"],
    ["check", "--output-format", "github"],
    ["list"],
    ["show", "7"],
    ["parse", "docs/adr"],
    ["explain", "owner-missing"],
    ["check", "no such file „Größe“.md"],
)


class Stream(io.TextIOWrapper):
    """A standard stream in some encoding, which keeps its bytes."""

    def __init__(self, encoding: str) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding=encoding, newline="\r\n")


@pytest.fixture
def printed(repo: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, bytes, bytes]]:
    """Return a function that runs the command line with streams of an encoding; and gives the code and their bytes."""

    assert Path.cwd() == repo

    def run(encoding: str, *words: str, platform: str = "linux", asked: bool = False) -> tuple[int, bytes, bytes]:
        streams = Stream(encoding), Stream(encoding)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "platform", platform)
            if asked:
                patch.setenv("PYTHONIOENCODING", encoding)
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            code = main(list(words))
            for stream in streams:
                stream.flush()
        return code, *(stream.bytes.getvalue() for stream in streams)

    return run


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_what_cannot_be_shown_is_escaped(printed: Callable, words: list[str]) -> None:
    wanted, *texts = printed("utf-8", *words)
    for encoding in ("cp1252", "ascii"):
        code, *got = printed(encoding, *words)
        assert code == wanted
        assert got == [text.decode().encode(encoding, "backslashreplace") for text in texts]
    assert b"internal error" not in texts[1]


def test_a_pipe_of_windows_gets_utf_8(printed: Callable) -> None:
    words = ["check", "--output-format", "markdown"]
    _, whole, _ = printed("utf-8", *words)
    assert printed("cp1252", *words)[1] != whole
    assert printed("cp1252", *words, platform="win32")[1] == whole
    assert printed("cp1252", *words, platform="win32", asked=True)[1] != whole  # somebody wants it so


@pytest.mark.parametrize("format", ["json", "sarif", "rdjson"])
def test_formats_for_programs_are_the_same_bytes_in_every_encoding(printed: Callable, format: str) -> None:
    _, out, _ = printed("cp1252", "check", "--output-format", format)
    assert "decision-empty" in json.dumps(json.loads(out))
    assert out == printed("utf-8", "check", "--output-format", format)[1]
    assert b"\r" not in out
