"""The task runner for backfills on many machines: Prefect's, on a Dask cluster. Its workers see the same folders.

We are connected to the cluster before the flow begins, by one client that both looks at the workers and gives them work: a
cluster of our own comes up beside Prefect's server, and one that does not answer is known before anything is under way.
"""

from __future__ import annotations

import gc
import logging
import socket
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import dask
from distributed import LocalCluster
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker
from prefect_dask import DaskTaskRunner, PrefectDaskClient

from pipeline.orchestration.server import ServerError
from pipeline.orchestration.workers import FORKING
from pipeline.store.ledger import holder
from pipeline.versions import code_version

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


class _Connected(DaskTaskRunner):  # type: ignore[misc]
    """The runner with a client that is connected already."""

    def __init__(self, client: PrefectDaskClient) -> None:
        super().__init__()
        self._client = client

    def duplicate(self) -> _Connected:
        """Prefect makes one for each run of the flow: with the same client."""
        return _Connected(self._client)

    def __reduce__(self) -> tuple[type[DaskTaskRunner], tuple[()]]:
        """Prefect sends the flow with its runner to the workers, where nothing is given to others."""
        return DaskTaskRunner, ()


@contextmanager
def made(count: int) -> Iterator[Any]:
    """The runner with a cluster of *count* processes of this machine, which ends with the block."""
    with (
        dask.config.set(_OWN),
        LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=_QUIET) as cluster,
        PrefectDaskClient(cluster) as client,
    ):
        yield _Connected(client)


@contextmanager
def joined(scheduler: str, output: str, shared_api: bool) -> Iterator[tuple[Any, int]]:
    """The runner on the cluster at *scheduler*, and how many threads its workers have, which are taken for workers.

    *shared_api* says that the Prefect API is at an address that other machines reach. Raises
    :class:`pipeline.orchestration.server.ServerError` where no scheduler answers, it has no workers, or these have other code,
    do not see *output*, or would not reach the API.
    """
    with _client(scheduler) as client:
        workers: dict[str, Any] = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise ServerError(f"the Dask cluster at {scheduler} has no workers")
        _check(client.run(_look, output, on_error="return"), output)
        away = sorted(address for address in workers if not _is_here(urlsplit(address).hostname or ""))
        if away and not shared_api:
            raise ServerError(
                f"the Dask worker {away[0]} is on another machine: set PREFECT_API_URL to a Prefect server that it reaches"
            )
        yield _Connected(client), sum(max(1, worker["nthreads"]) for worker in workers.values())


def _client(scheduler: str) -> PrefectDaskClient:
    try:
        return PrefectDaskClient(scheduler, timeout=_ANSWER)
    except (OSError, ValueError) as error:
        said = _in_one_line(error)
    # A client that was never made whole closes when it is collected, and takes a lock for it that the starter of another
    # client's thread holds: collected in that thread, each waits for the other. So it goes here, and no error keeps it.
    gc.collect()
    raise ServerError(f"no Dask scheduler answers at {scheduler}: {said}")


def is_lost(error: Exception) -> bool:
    """Whether Dask gave a task up because the workers that it was given to died."""
    return isinstance(error, KilledWorker)


@contextmanager
def told_in_one_line(scheduler: str | None) -> Iterator[None]:
    """The end of the cluster while the block runs as a :class:`pipeline.orchestration.server.ServerError`."""
    try:
        yield
    except (CancelledError, CommClosedError) as error:
        where = f"at {scheduler} " if scheduler else ""
        raise ServerError(
            f"the Dask cluster {where}went away; what was finished is kept, run again to go on"
        ) from error


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


def _is_here(host: str) -> bool:
    """Whether *host* is an address of this machine."""
    try:
        socket.create_server((host, 0)).close()
    except OSError:
        return False
    return True


def _in_one_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
