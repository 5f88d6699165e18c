"""Jobs on a Dask cluster, results as they come: on processes of this machine, or on a cluster that is there already.

No more jobs are handed out than can run at once, so a worker that is killed takes down only what it was at.
"""

# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

import logging
from contextlib import contextmanager
from itertools import islice
from time import monotonic, sleep
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from warnings import catch_warnings

import dask
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed

from onrecord.adapters.files import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Job = TypeVar("Job")
    Result = TypeVar("Result")

_ALLOWED_FAILURES = 1  # how often a worker may end over one job before that is tried alone
_GONE = "the cluster has no worker any more; what was finished is kept, and the same call goes on from there"
_KILLED = "its worker process ended each time it was read, perhaps for lack of memory"
_TIMEOUT_S = 10
_PAUSE_S = 0.1
_PATIENCE_S = 30  # without any worker; to start one takes a few
_HERE = "127.0.0.1"


class ClusterFault(Exception):
    """There is no cluster, or it is gone; the message is for people."""


class Lost(NamedTuple):
    """A job that has no result, and why."""

    reason: str


def run_on_cluster(
    function: Callable[[Job], Result], jobs: Iterable[Job], workers: int, address: str | None
) -> Iterator[tuple[Job, Result | Lost]]:
    """Yield each job with its result, in the order in which they are done; raises ClusterFault.

    `function` and jobs have to be picklable, and a result must be the same wherever it is worked out.
    """
    with _client(workers, address) as client:
        suspects = []  # one may only have waited behind the one that takes its worker down: alone, that shows
        for job, result in _spread(client, function, jobs, alone=False):
            if isinstance(result, KilledWorker):
                suspects.append(job)
            else:
                yield job, result
        for job, result in _spread(client, function, suspects, alone=True):
            yield job, Lost(_KILLED) if isinstance(result, KilledWorker) else result


def _spread(
    client: Client, function: Callable[[Job], Result], jobs: Iterable[Job], alone: bool
) -> Iterator[tuple[Job, Result | Lost | KilledWorker]]:
    """Hand out as many jobs as can run at once, or one, and the next when one is done."""
    waiting = iter(jobs)
    running: dict[object, Job] = {}
    done = as_completed()

    def hand_out() -> None:
        most = 1 if alone else max(1, sum(client.nthreads().values()))
        for job in islice(waiting, max(0, most - len(running))):
            future = client.submit(function, job, pure=False)
            running[future.key] = job
            done.add(future)

    watch = _Watch(client)
    hand_out()
    while running:
        if done.has_ready():
            future = next(done)
            yield running.pop(future.key), _result_of(future, watch)
            future.release()
            hand_out()
        else:
            sleep(_PAUSE_S)
            watch.look()


class _Watch:
    """Starts all processes anew once none is left: one that ends while it starts is not replaced by Dask itself."""

    def __init__(self, client: Client) -> None:
        self.client, self.last_seen = client, monotonic()

    def look(self) -> None:
        """Look whether there is a worker; raises ClusterFault where nobody here can start one."""
        if self.client.nthreads():
            self.last_seen = monotonic()
        elif monotonic() - self.last_seen > _PATIENCE_S:
            cluster = self.client.cluster
            if cluster is None:
                raise ClusterFault(_GONE)
            workers = len(cluster.worker_spec)
            cluster.scale(0)
            cluster.scale(workers)
            self.last_seen = monotonic()


def _result_of(future: Future[Result], watch: _Watch) -> Result | Lost | KilledWorker:
    """Return the result; one that was lost with its worker is waited for until it is made again."""
    while True:
        if future.status in ("cancelled", "lost"):
            raise ClusterFault(_GONE)
        try:
            return future.result(timeout=1)
        except KilledWorker as error:
            return error
        except Exception as error:  # the job's own, or a wait that was too long
            if future.status == "error":
                return Lost(f"{type(error).__name__}: {error}")
            watch.look()


@contextmanager
def _client(workers: int, address: str | None) -> Iterator[Client]:
    """Connect to a cluster, or start one whose processes trust nobody but each other; ends what it has started."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if address is not None:
        with _connected(address) as client:
            yield client
        return
    settings = {"distributed.scheduler.allowed-failures": _ALLOWED_FAILURES}
    with (
        catch_warnings(action="ignore"),  # on slow disks and the like: nothing that the reader of a report can use
        dask.config.set(settings),
        _local(workers) as cluster,
        Client(cluster) as client,
    ):
        yield client


def _local(workers: int) -> LocalCluster:
    try:
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host=_HERE,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            security=True,
        )
    except (RuntimeError, OSError) as error:  # no room for a process, or a script of one's own without a `__main__`
        raise ClusterFault(
            f"no processes could be started to read with ({reason_of(error)}); --workers 0 needs none"
        ) from error


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=_TIMEOUT_S)
    except (OSError, ValueError) as error:
        raise ClusterFault(f"no scheduler answers at {address}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=_TIMEOUT_S)
        except TimeoutError as error:
            raise ClusterFault(f"the scheduler at {address} has no worker") from error
        yield client
