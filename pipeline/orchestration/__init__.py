"""Prefect and what it needs: the flow, schedules, the server of its own, worker processes, Dask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.runs.outcomes import Done
    from pipeline.runs.plan import Task
    from pipeline.runs.runner import Engine, Options
    from pipeline.store.store import Store


def prefect_engine(options: Options) -> Engine:
    """The Prefect flow as the engine of a run. Prefect is imported only when there is something to make."""

    def engine(tasks: Sequence[Task], store: Store, count: int, done: Done) -> None:
        from pipeline.orchestration.engine import run, run_on_dask

        if options.runner == "dask":
            run_on_dask(tasks, store, count, options.scheduler, done)
        else:
            run(tasks, store, count, done)

    return engine
