"""Jobs on a cluster of real processes, some of which are killed in the middle."""

import os
import signal
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = [pytest.mark.thorough, pytest.mark.filterwarnings("ignore")]


class Job(NamedTuple):
    """A number, how often its worker is killed, and where that is counted."""

    number: int
    kills: int
    folder: str


def work(job: Job) -> int:
    """Return the square, unless the worker has to be killed once more."""
    tries = Path(job.folder, str(job.number))
    tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
    if len(tries.read_text()) <= job.kills:
        os.kill(os.getpid(), signal.SIGKILL)
    if job.number == 6:
        raise ValueError("six")
    return job.number**2


def test_nothing_is_lost_or_counted_twice(tmp_path: Path) -> None:
    cluster = pytest.importorskip("onrecord.adapters.cluster", exc_type=ImportError)
    kills = {2: 1, 4: 99}
    jobs = [Job(number, kills.get(number, 0), str(tmp_path)) for number in range(9)]
    done = list(cluster.run_on_cluster(work, jobs, 2, None))
    assert sorted(job.number for job, _ in done) == list(range(9))
    found = {job.number: result for job, result in done}
    assert {number: found[number] for number in (0, 1, 2, 3, 5, 7, 8)} == {n: n * n for n in (0, 1, 2, 3, 5, 7, 8)}
    assert found[4] == cluster.Lost("its worker process ended each time it was read, perhaps for lack of memory")
    assert found[6] == cluster.Lost("ValueError: six")
    assert len((tmp_path / "4").read_text()) == 4
