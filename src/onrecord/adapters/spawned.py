"""A program started without `subprocess`, which takes longer to load than many a git takes to answer."""

from __future__ import annotations

import os
import select
import time
from contextlib import suppress

ROOM = 1_000_000  # bytes that a pipe holds: what Linux grants at most, unless it was told otherwise
_CHUNK = 1 << 16
_SIGKILL, _SIGPIPE, _SIGXFSZ = 9, 13, 25  # the same everywhere; `signal` takes its time to load
_SET_PIPE_SIZE = 1031  # F_SETPIPE_SZ of Linux


def start(command: list[str], environment: dict[str, str]) -> Spawned | Piped:
    """Start a program; raises OSError, and FileNotFoundError where there is no such program."""
    return Spawned(command, environment) if hasattr(os, "posix_spawnp") else Piped(command, environment)


class Spawned:
    """A program at work, which is given nothing to read; its two outputs are collected."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start it, as `start` does."""
        (out, its_out), (said, its_said) = os.pipe(), os.pipe()
        _widen(out)
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, its_out, 1),
            (os.POSIX_SPAWN_DUP2, its_said, 2),
        ]
        self._parts: dict[int, list[bytes]] = {out: [], said: []}
        self._open = {out, said}
        self._code: int | None = None
        try:  # Python itself ignores two signals, and what it starts would inherit that
            self._pid = os.posix_spawnp(
                command[0], command, environment, file_actions=actions, setsigdef=(_SIGPIPE, _SIGXFSZ)
            )
        except OSError:
            self._close()
            raise
        finally:
            os.close(its_out)
            os.close(its_said)

    def code(self) -> int | None:
        """Return its exit code, None while it is at work."""
        self._wait(os.WNOHANG)
        return self._code

    def answer(self, patience: float) -> tuple[bytes, bytes, int]:
        """Wait for its end and return output, error output and exit code; raises TimeoutError after so many seconds."""
        end = time.monotonic() + patience
        poll = select.poll()
        for pipe in self._open:
            poll.register(pipe, select.POLLIN)
        while self._open:
            ready = poll.poll(max(0.0, end - time.monotonic()) * 1000)
            if not ready:
                raise TimeoutError
            for pipe, _ in ready:
                if part := os.read(pipe, _CHUNK):
                    self._parts[pipe].append(part)
                else:
                    poll.unregister(pipe)
                    self._open.discard(pipe)
                    os.close(pipe)
        self._wait(0)
        out, said = (b"".join(parts) for parts in self._parts.values())
        return out, said, self._code or 0

    def kill(self) -> None:
        """End it, and forget what it has said."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, _SIGKILL)
            self._wait(0)
        self._close()

    def _wait(self, options: int) -> None:
        if self._code is None:
            try:
                pid, status = os.waitpid(self._pid, options)
            except ChildProcessError:  # whoever started us does not want to know, so neither can we
                self._code = 0
            else:
                self._code = os.waitstatus_to_exitcode(status) if pid else None

    def _close(self) -> None:
        for pipe in self._open:
            os.close(pipe)
        self._open = set()


class Piped:
    """The same by way of `subprocess`, for Windows."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start it, as `start` does."""
        from subprocess import DEVNULL, PIPE, Popen

        self._process = Popen(command, env=environment, stdin=DEVNULL, stdout=PIPE, stderr=PIPE)

    def code(self) -> int | None:
        """Return its exit code, None while it is at work."""
        return self._process.poll()

    def answer(self, patience: float) -> tuple[bytes, bytes, int]:
        """Wait for its end and return output, error output and exit code; raises TimeoutError after so many seconds."""
        from subprocess import TimeoutExpired

        try:
            out, said = self._process.communicate(timeout=patience)
        except TimeoutExpired as error:
            raise TimeoutError from error
        return out, said, self._process.returncode

    def kill(self) -> None:
        """End it, and forget what it has said."""
        self._process.kill()
        self._process.communicate()


def _widen(pipe: int) -> None:
    """Make room for a long answer, so that nobody has to wait until somebody reads it; only Linux has a way to ask."""
    try:
        import fcntl

        fcntl.fcntl(pipe, _SET_PIPE_SIZE, ROOM)
    except (ImportError, OSError):  # or this user has taken up all the room there is for pipes
        return
