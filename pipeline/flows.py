"""The Prefect flow: discover → read → process → write, one task run per issue. The only module that knows Prefect.

Nothing is cached or persisted by Prefect: the ledger alone remembers what was done. What each task
does stands in other modules and runs without a server.
"""

from __future__ import annotations

import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline import process as processing
from pipeline import readers
from pipeline.outcome import Failure, Made, Outcome
from pipeline.parquet import to_parquet
from pipeline.planning import Task
from pipeline.readers.base import ReaderError
from pipeline.store import Store
from pipeline.workers import Workers
from schemas.ids import issue_id as id_of
from schemas.records import SourceText

Batches = dict[str, pa.RecordBatch]
_RETRIES = 2
_RETRY_SECONDS = 0.5
_WINDOW = 2
"""Issues under way per worker: enough that none waits, few enough that memory stays flat."""


class StoreError(Exception):
    """The output folder cannot be written to (a full disk, say)."""


def run(
    tasks: Sequence[Task], store: Store, workers: Workers, count: int, api_url: str, done: Callable[[Outcome], None]
) -> None:
    """Run the flow over *tasks* against the Prefect API at *api_url*; *done* hears of every outcome, in order.

    Raises :class:`StoreError` when the output folder cannot be written to; what was committed stays.
    """
    with temporary_settings({PREFECT_API_URL: api_url}):
        runner: Any = ThreadPoolTaskRunner(max_workers=1 if count == 1 else _WINDOW * count)
        gazettes.with_options(task_runner=runner)(tasks, store, workers, _WINDOW * count, done)


@flow(name="gazettes", validate_parameters=False, persist_result=False)
def gazettes(
    tasks: Sequence[Task], store: Store, workers: Workers, window: int, done: Callable[[Outcome], None]
) -> None:
    """Every task once, at most *window* under way at a time."""
    under_way: deque[PrefectFuture[Outcome]] = deque()
    for item in discover(tasks):
        if len(under_way) >= window:
            done(under_way.popleft().result())
        under_way.append(_named(item).submit(item, store, workers))
    while under_way:
        done(under_way.popleft().result())


def _named(item: Task) -> Any:
    return issue.with_options(task_run_name=item.seen.input.source_path.replace("{", "(").replace("}", ")"))


def _is_io_fault(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), OSError)


_PLAIN: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}
_RETRIED: dict[str, Any] = {
    **_PLAIN,
    "retries": _RETRIES,
    "retry_delay_seconds": _RETRY_SECONDS,
    "retry_condition_fn": _is_io_fault,
}


@task(**_PLAIN)
def discover(tasks: Sequence[Task]) -> Sequence[Task]:
    """The issues that this run has to make (found by :mod:`pipeline.planning`)."""
    return tasks


@task(**_PLAIN)
def issue(item: Task, store: Store, workers: Workers) -> Any:
    """One issue through the line. An input that fails is an outcome, not an end of the run."""
    started = time.monotonic()
    try:
        source = read(item, workers)
        batches = process(source, workers)
    except ReaderError as error:
        return _quarantined(item, Failure(error.cause, error.reason), started)
    except OSError as error:
        return _quarantined(item, Failure("unreadable", error.strerror or str(error)), started)
    except Exception as error:  # whatever one issue does to us, the others go on
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        return _quarantined(item, Failure("internal", reason, traceback.format_exc()), started)
    try:
        write(source, batches, store)
    except OSError as error:
        raise StoreError(f"cannot write to {store.folder}: {error.strerror or error}") from error
    return Outcome(item, time.monotonic() - started, made=_made(source, batches))


@task(**_RETRIED)
def read(item: Task, workers: Workers) -> SourceText:
    """The file's canonical text."""
    return workers.call(readers.read, item.seen.input.path, item.seen.input.root)


@task(**_PLAIN)
def process(source: SourceText, workers: Workers) -> Batches:
    """Every dataset's rows."""
    return workers.call(processing.process, source)


@task(**_RETRIED)
def write(source: SourceText, batches: Batches, store: Store) -> None:
    """Commit the issue to the store."""
    files = {name: to_parquet(batch) for name, batch in batches.items()}
    store.write(id_of(source.source_sha256), _year(batches), files, source.text)


def _quarantined(item: Task, failure: Failure, started: float) -> State[Outcome]:
    outcome = Outcome(item, time.monotonic() - started, failure=failure)
    return Completed(name="Quarantined", message=failure.reason, data=outcome)


def _year(batches: Batches) -> int | None:
    year: int | None = batches["issues"].column("publication_year")[0].as_py()
    return year


def _made(source: SourceText, batches: Batches) -> Made:
    kinds = pc.value_counts(batches["quantities"].column("kind")).to_pylist()
    return Made(
        issue_id=id_of(source.source_sha256),
        sha256=source.source_sha256,
        year=_year(batches),
        title=batches["issues"].column("title")[0].as_py(),
        rows={name: batch.num_rows for name, batch in batches.items()},
        kinds={item["values"]: item["counts"] for item in sorted(kinds, key=lambda item: str(item["values"]))},
        problems=tuple(batches["problems"].drop_columns(["issue_id"]).to_pylist()),
    )
