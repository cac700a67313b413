"""The task runner for backfills on many machines: Prefect's, on a Dask cluster. Its workers see the same folders."""

from __future__ import annotations

from typing import Any, Final

from distributed import Client
from prefect_dask import DaskTaskRunner

_QUIET: Final = 50
"""The level of Python's :data:`logging.CRITICAL`."""


def task_runner(count: int, scheduler: str | None) -> tuple[Any, int]:
    """The runner and how many workers it has: the cluster at *scheduler*, else one of *count* local processes.

    Raises :class:`OSError` where no scheduler answers there.
    """
    if scheduler is None:
        options = {
            "n_workers": count,
            "threads_per_worker": 1,
            "dashboard_address": None,
            "silence_logs": _QUIET,
        }
        return DaskTaskRunner(cluster_kwargs=options), count
    with Client(scheduler, timeout="10s") as client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
    return DaskTaskRunner(address=scheduler), max(1, workers)
