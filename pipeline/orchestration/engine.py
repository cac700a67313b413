"""Brings up what the flow needs, side by side: Prefect's server, the worker processes, the language side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from typing import Any

from pipeline.orchestration import server
from pipeline.orchestration.cache_folder import cache_folder
from pipeline.orchestration.copied import may_be_copied
from pipeline.orchestration.imports import collected_later
from pipeline.orchestration.reduced import load_client
from pipeline.orchestration.termination import end_beside_prefect
from pipeline.orchestration.workers import Workers, start_fork_server
from pipeline.readers.discovery import absolute
from pipeline.runs.outcomes import Done
from pipeline.runs.plan import Task
from pipeline.store.store import Store


def run(tasks: Sequence[Task], store: Store, count: int, done: Done) -> None:
    """Run the flow over *tasks* with *count* workers; *done* is called with every outcome in the calling thread."""
    end_beside_prefect(computes=count == 1)
    server.prepare_environment(cache_folder())
    copied = may_be_copied() and _server_ends()
    with Workers(count) as workers:
        if copied:
            server.keep_one_heap()
            with collected_later():
                load_client()
        with api(copied=copied) as url:
            flow = _load_flow()
            workers.warm()
            flow.load_rest()
            flow.run(tasks, store, store.folder, workers, count, url(), done, _server_ends())


def _load_flow() -> Any:
    with collected_later():
        from pipeline.orchestration import flow
    return flow


def run_on_dask(tasks: Sequence[Task], store: Store, count: int, scheduler: str | None, done: Done) -> None:
    """Run the flow on the Dask cluster at the address *scheduler*, else on one of *count* processes made for it.

    Raises :class:`pipeline.orchestration.server.ServerError` where Dask is not installed, or the cluster is not fit for it.
    """
    if find_spec("distributed") is None:
        raise server.ServerError("Dask is not installed: pip install 'gongbao[dask]'")
    server.stop_only_this_process()  # the cluster's processes answer a Ctrl-C with tracebacks
    server.prepare_environment(cache_folder())
    with api() as url:
        if scheduler is None:
            start_fork_server("pipeline.orchestration.dask_cluster")
        from pipeline.orchestration import dask_cluster, flow

        with ExitStack() as stack:
            output = absolute(store.folder)
            if scheduler is None:
                workers = stack.enter_context(dask_cluster.made(count))
            else:
                workers, count = stack.enter_context(dask_cluster.joined(scheduler, output))
            flow.run(tasks, store, output, workers, count, url(), done, _server_ends())


def _server_ends() -> bool:
    """Whether the server is one of our own, which ends with the run."""
    return "PREFECT_API_URL" not in os.environ


@contextmanager
def api(scheduling: bool = False, port: int | None = None, copied: bool = False) -> Iterator[Callable[[], str]]:
    """Address of the API to report to: ``PREFECT_API_URL``, else an ephemeral server's, once it answers."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        if not server.answers(named, timeout=10):
            raise server.ServerError(f"no Prefect server answers at PREFECT_API_URL={named}")
        yield lambda: named
        return
    with server.ephemeral(cache_folder(), scheduling, port, copied) as own:
        yield own.url
