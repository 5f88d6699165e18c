"""A program started without `subprocess` behaves as one started with it."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.adapters.spawned import Piped, Spawned, start

Start = Callable[[list[str], dict[str, str]], Spawned | Piped]
WAYS = [Piped, *([Spawned] if hasattr(os, "posix_spawnp") else [])]
ENVIRONMENT = dict(os.environ)


def python(begin: Start, code: str) -> Spawned | Piped:
    return begin([sys.executable, "-I", "-S", "-c", code], ENVIRONMENT)


@pytest.mark.parametrize("begin", WAYS)
class TestEitherWay:
    def test_both_outputs_and_the_code_are_told(self, begin: Start) -> None:
        code = "import sys; print('x' * 3_000_000, end=''); print('no', file=sys.stderr, end=''); print(sys.stdin.read()); sys.exit(3)"
        out, said, ended = python(begin, code).answer(30)
        assert (out, said, ended) == (b"x" * 3_000_000 + b"\n", b"no", 3)

    def test_what_takes_too_long_can_be_waited_for_again_or_ended(self, begin: Start) -> None:
        program = python(begin, "import time; print('a', flush=True); time.sleep(60)")
        for _ in range(2):
            with pytest.raises(TimeoutError):
                program.answer(0.01)
        assert program.code() is None
        program.kill()
        assert program.code() == -signal.SIGKILL

    def test_a_program_that_is_not_there_is_said_to_be_missing(self, begin: Start) -> None:
        with pytest.raises(FileNotFoundError):
            begin(["no-such-program-at-all"], ENVIRONMENT)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nothing_stays_open_and_signals_are_the_usual_ones(tmp_path: Path) -> None:
    open_before = set(Path("/proc/self/fd").iterdir())
    out, _, _ = start(["grep", "SigIgn", "/proc/self/status"], ENVIRONMENT).answer(30)
    assert not int(out.split()[1], 16) >> (signal.SIGPIPE - 1) & 1
    with pytest.raises(FileNotFoundError):
        start([str(tmp_path / "none")], ENVIRONMENT)
    start(["grep", "x"], ENVIRONMENT).kill()
    assert len(set(Path("/proc/self/fd").iterdir())) == len(open_before)
