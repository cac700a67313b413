"""Brings up what the flow needs, side by side: Prefect's server, the worker processes, the language side."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from typing import Any

from pipeline import server
from pipeline.folders import cache_folder
from pipeline.outcome import Done
from pipeline.planning import Task
from pipeline.readers.discovery import absolute
from pipeline.store import Store
from pipeline.workers import Workers, warm_up


def run(tasks: Sequence[Task], store: Store, count: int, done: Done) -> None:
    """Run the flow over *tasks* with *count* workers; *done* hears of every outcome in the calling thread."""
    server.prepare_environment(cache_folder())
    with _api() as url, Workers(count) as workers:
        from pipeline import flows

        if count == 1:
            warm_up()
        flows.run(tasks, store, workers, count, url(), done)


def run_on_dask(tasks: Sequence[Task], store: Store, count: int, scheduler: str | None, done: Done) -> None:
    """Run the flow on the Dask cluster at the address *scheduler*, else on one of *count* processes made for it.

    Raises :class:`pipeline.server.ServerError` where Dask is not installed, or the cluster is not fit for it.
    """
    if find_spec("prefect_dask") is None:
        raise server.ServerError("Dask is not installed: pip install 'gongbao[dask]'")
    server.stop_only_this_process()  # the cluster's processes know no answer to a Ctrl-C but tracebacks
    server.prepare_environment(cache_folder())
    shared = "PREFECT_API_URL" in os.environ
    with _api() as url:
        from pipeline import dask_runner, flows

        if scheduler is None:
            runner = dask_runner.task_runner(count)
        else:
            runner, count = dask_runner.task_runner_at(scheduler, absolute(store.folder), shared)
        with dask_runner.told_in_one_line(scheduler):
            flows.run(tasks, store, None, count, url(), done, runner, dask_runner.is_lost)


def serve(
    name: str, parameters: dict[str, Any], cron: str | None, interval: dt.timedelta | None, timezone: str | None = None
) -> None:
    """Register the deployment *name* of fetch → run → report, and serve it until Ctrl-C or a SIGTERM.

    Raises :class:`ValueError` for a *cron* that is none, :class:`KeyboardInterrupt` where it is stopped before it
    serves, and :class:`pipeline.server.ServerError` where no server answers or, at a server of our own, another
    process serves the deployment.
    """
    server.stop_only_this_process()
    server.prepare_environment(cache_folder())
    os.environ["PREFECT_LOGGING_LEVEL"] = "INFO"
    alone = "PREFECT_API_URL" not in os.environ
    with server.only_one(name, cache_folder()) if alone else nullcontext(), _api(scheduling=True) as url:
        from pipeline import schedules

        deployment = schedules.deployment(name, parameters, cron, interval, timezone)
        address = url()
        print(f"serving {name} at {address.removesuffix('/api')} (stop with Ctrl-C)", flush=True)
        schedules.serve(deployment, address, alone)


@contextmanager
def _api(scheduling: bool = False) -> Iterator[Callable[[], str]]:
    """Address of the API to report to: ``PREFECT_API_URL``, else an ephemeral server's, once it answers."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        if not server.answers(named, timeout=10):
            raise server.ServerError(f"no Prefect server answers at PREFECT_API_URL={named}")
        yield lambda: named
        return
    with server.ephemeral(cache_folder(), scheduling) as own:
        yield own.url
