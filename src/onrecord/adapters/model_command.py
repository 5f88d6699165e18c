"""A model behind any program: the prompt on its standard input, JSON on its standard output, no shell.

The prompt is never an argument: other users of a machine can read those, and one of more than 131,071 bytes fails on
Linux. The program runs in an empty folder, so that files of the repository tell it nothing.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
from typing import IO, TYPE_CHECKING

from onrecord.adapters.model_route import MAX_REPLY, ModelFault
from onrecord.adapters.programs import on_path

if TYPE_CHECKING:
    from onrecord.adapters.model_route import Route
    from onrecord.draft.prompt import Prompt

_SHOWN = 160  # characters of what the program said about its failure
_MOST_BYTES = 4 * MAX_REPLY


def ask_command(route: Route, prompt: Prompt) -> str:
    """Return what the program wrote; raises ModelFault when it cannot be run, fails, hangs or writes too much."""
    program = on_path(route.command[0])
    if program is None:
        raise ModelFault(f"{route.shown} was not found")
    command = (os.path.abspath(program), *route.command[1:])  # noqa: PTH100 - a link keeps its name: busybox needs it
    with (
        tempfile.TemporaryFile() as asked,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as empty,
    ):
        asked.write(f"{prompt.rules}\n\n{prompt.matter}\n".encode("utf-8", "replace"))
        asked.seek(0)
        try:
            process = subprocess.Popen(
                command, stdin=asked, stdout=subprocess.PIPE, stderr=said, cwd=empty, start_new_session=True
            )
        except OSError as error:
            raise ModelFault(f"{route.shown} cannot be run: {error.strerror}") from error
        output, late = _read(process, route.timeout_s)
        said.seek(0)
        complaint = said.read(4 * _MOST_BYTES)
    if late:
        raise ModelFault(f"{route.shown} did not answer within {route.timeout_s:g} seconds")
    if len(output) > _MOST_BYTES:
        raise ModelFault(f"{route.shown} wrote more than an answer can have")
    if process.returncode:
        raise ModelFault(f"{route.shown} ended with {process.returncode}{_last_line(complaint, prompt)}")
    return output.decode("utf-8", "replace")[:MAX_REPLY]


def _read(process: subprocess.Popen[bytes], timeout_s: float) -> tuple[bytes, bool]:
    """Return what the program wrote and whether it had to be ended, together with all that it started."""
    late = threading.Event()

    def end() -> None:
        late.set()
        _kill(process)

    timer = threading.Timer(timeout_s, end)
    timer.start()
    try:
        output = _up_to(process.stdout, _MOST_BYTES + 1) if process.stdout else b""
        if len(output) > _MOST_BYTES:
            _kill(process)
        process.wait()
    finally:
        timer.cancel()
        _kill(process)
        if process.stdout:
            process.stdout.close()
        process.wait()
    return output, late.is_set()


def _up_to(stream: IO[bytes], most: int) -> bytes:
    return stream.read(most)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started; whoever is gone already stays gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _last_line(complaint: bytes, prompt: Prompt) -> str:
    """Return the last line of what it said, unless that is from the transcript: that belongs into no log."""
    lines = [line.strip() for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()]
    if not lines or lines[-1] in prompt.matter:
        return ""
    return f": {lines[-1][:_SHOWN]}"
