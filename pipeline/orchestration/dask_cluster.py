"""Workers for backfills on many machines: those of a Dask cluster, which see the same folders.

We are connected to the cluster before the flow begins: a cluster of our own comes up beside Prefect's server, and one that
does not answer is known before anything is under way. What workers are sent are plain functions: the task runs that stand
for them are threads of the process that plans, so that a worker loads nothing of Prefect and needs no way to its API.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any, Final, ParamSpec, TypeVar

import dask
from distributed import Client, Future, LocalCluster
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from pipeline.orchestration.server import ServerError
from pipeline.orchestration.workers import FORKING, WorkerDied
from pipeline.store.ledger import holder
from pipeline.versions import code_version

P = ParamSpec("P")
R = TypeVar("R")
_QUIET: Final = logging.CRITICAL
for _name in ("distributed", "distributed.client"):
    logging.getLogger(_name).setLevel(_QUIET)  # a lost cluster is told in one line
_ANSWER: Final = "10s"
_OWN: Final = {
    "distributed.worker.multiprocessing-method": FORKING,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.interval": "5s",
    "distributed.admin.tick.interval": "1s",
}
"""A cluster of our own: its workers are copies of the fork server (:mod:`pipeline.orchestration.workers`), and nobody looks
at what they are at a hundred times a second."""


class DaskWorkers:
    """Calls functions in the workers that *client* is connected to; *where* names their cluster in what is said."""

    here = False

    def __init__(self, client: Client, where: str = "") -> None:
        self._client = client
        self._where = where
        self._under_way: set[Future] = set()

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The function's result from a worker.

        Raises :class:`pipeline.orchestration.workers.WorkerDied` where one worker after the other died of it, and
        :class:`pipeline.orchestration.server.ServerError` where the cluster went away.
        """
        future = self._client.submit(_loaded, function, *args, pure=False, **kwargs)
        self._under_way.add(future)
        try:
            result: R = future.result()
        except KilledWorker as error:
            raise WorkerDied("the worker process ended without an answer") from error
        except (CancelledError, CommClosedError) as error:
            raise ServerError(
                f"the Dask cluster {self._where}went away; what was finished is kept, run again to go on"
            ) from error
        finally:
            self._under_way.discard(future)
        return result

    def wait(self) -> None:
        """A cluster is there when the client is."""

    def stop(self) -> None:
        """Give up the calls that are under way or wait."""
        self._client.cancel([*self._under_way], force=True)


def _loaded(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """On a worker: the function's result.

    What a worker has loaded by its first call, all of Dask included, it does not look through again and again for what could
    be freed.
    """
    import pipeline.orchestration.preload  # noqa: F401

    return function(*args, **kwargs)


@contextmanager
def made(count: int) -> Iterator[DaskWorkers]:
    """The workers of a cluster of *count* processes of this machine, which ends with the block."""
    with (
        dask.config.set(_OWN),
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=_QUIET) as cluster,
        Client(cluster) as client,
    ):
        yield DaskWorkers(client)


@contextmanager
def joined(scheduler: str, output: str) -> Iterator[tuple[DaskWorkers, int]]:
    """The workers of the cluster at *scheduler*, and how many threads they have, each of which counts as a worker.

    Raises :class:`pipeline.orchestration.server.ServerError` where no scheduler answers, it has no workers, or these have
    other code or do not see *output*.
    """
    with _client(scheduler) as client:
        workers: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise ServerError(f"the Dask cluster at {scheduler} has no workers")
        _check(client.run(_look, output, on_error="return"), output)
        yield (
            DaskWorkers(client, f"at {scheduler} "),
            sum(max(1, worker["nthreads"]) for worker in workers.values()),
        )


def _client(scheduler: str) -> Client:
    try:
        return Client(scheduler, timeout=_ANSWER)
    except (OSError, ValueError) as error:
        said = _in_one_line(error)
    # A client that was never made whole closes when it is collected, and takes a lock for it that the starter of another
    # client's thread holds: collected in that thread, each waits for the other. So it goes here, and no error keeps it.
    gc.collect()
    raise ServerError(f"no Dask scheduler answers at {scheduler}: {said}")


def _look(output: str) -> tuple[str, str]:
    """On a worker: its code, and who holds *output* as it sees it."""
    return code_version(), holder(output)


def _check(found: dict[str, Any], output: str) -> None:
    here = (code_version(), holder(output))
    for worker, there in sorted(found.items()):
        if isinstance(there, BaseException):
            raise ServerError(f"the Dask worker {worker} has no gongbao like ours: {_in_one_line(there)}")
        if there[0] != here[0]:
            raise ServerError(f"the Dask worker {worker} has other code ({there[0]}) than this machine ({here[0]})")
        if there[1] != here[1]:
            raise ServerError(f"the Dask worker {worker} does not see this machine's folder {output}")


def _in_one_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
