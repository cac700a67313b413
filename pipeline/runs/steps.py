"""One issue from its file to the store, without an orchestrator: what the flow's tasks do.

An input that fails is an outcome and not an end of the run; a store that cannot be written to ends it.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import pyarrow as pa

from pipeline.process import batches_of
from pipeline.readers import reader_cache, sidecar
from pipeline.readers.base import ReaderError
from pipeline.runs.outcomes import RETRIES, RETRY_SECONDS, Failure, Made, Outcome, StoreError
from pipeline.runs.plan import Task
from pipeline.runs.telling import Telling
from pipeline.storage import is_remote
from pipeline.store import ledger
from pipeline.store.parquet import ParquetBytes
from pipeline.store.store import COMMIT, Store
from pipeline.store.sums import Sum
from schemas.datasets import DATASETS
from schemas.records import SourceText

P = ParamSpec("P")
R = TypeVar("R")

_COMMIT: Final = f"rename {COMMIT}"
"""The step that counts; to ask an object store before each of the others would take longer than they do."""


def read(item: Task, output: Path | str) -> SourceText:
    """The input's canonical text, from the readers' cache (its own, else that below *output*), with what its listing says."""
    found = item.seen.input
    source = reader_cache.read(found.path, found.root, item.cache or output)
    return sidecar.applied(source, found.path) if found.has_sidecar else source


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an issue as the Parquet files of its datasets, and what is told of them (without their sums)."""

    files: Mapping[str, bytes]
    made: Made


def process(source: SourceText) -> Rows:
    """The rows of every dataset, as files at once: of a large issue they are a tenth of its rows in memory."""
    files: dict[str, ParquetBytes] = {}
    told = Telling()
    for name, batch in batches_of(source):
        if name not in files:
            files[name] = ParquetBytes(batch.schema)
        files[name].add(batch)
        told.add(name, batch)
    return Rows({name: files.pop(name).finish() for name in DATASETS}, told.made(source))


def write(source: SourceText, rows: Rows, store: Store, stands: Collection[str] | None = None) -> Mapping[str, Sum]:
    """Commit the issue to the store; the sums of its files. Raises :class:`OSError`. *stands* as for :meth:`Store.write`."""
    return store.write(rows.made.issue_id, rows.made.year, rows.files, source.text, stands)


def make_all(items: Sequence[Task], output: Path | str, run: str | None = None) -> list[Outcome]:
    """Every input once, in this process, for the *run* that holds *output* (:func:`pipeline.store.ledger.holder`).

    While one is computed, the one before is written: the disk is waited for in a thread of its own.

    Raises :class:`StoreError`, also where that run is over and another one holds the folder: a worker whose run
    was killed writes no more. What was committed before stays.
    """

    def check(step: str) -> None:
        if run is None or (is_remote(output) and step != _COMMIT):
            return
        if ledger.holder(output) != run:
            raise StoreError(f"another run has taken {output} over")

    store = Store(output, check)

    def written(computed: Computed) -> Outcome:
        return commit(computed, lambda source, rows: patiently(write, source, rows, store, computed.task.stands))

    outcomes: list[Future[Outcome]] = []
    with ThreadPoolExecutor(1, thread_name_prefix="writer") as writer:
        for item in items:
            computed = compute(item, lambda item: patiently(read, item, output), process)
            if outcomes:
                outcomes[-1].result()
            outcomes.append(writer.submit(written, computed))
    pa.default_memory_pool().release_unused()  # a batch's largest tables are no measure for the next
    return [outcome.result() for outcome in outcomes]


@dataclass(frozen=True, slots=True)
class Computed:
    """An input whose rows are known and not yet written: ``rows`` or ``failure`` is set."""

    task: Task
    seconds: float
    rows: tuple[SourceText, Rows] | None = None
    failure: Failure | None = None


def make(
    item: Task,
    read: Callable[[Task], SourceText],
    process: Callable[[SourceText], Rows],
    write: Callable[[SourceText, Rows], Mapping[str, Sum]],
) -> Outcome:
    """What comes of *item* by these three steps. Raises :class:`StoreError` where the last one cannot write."""
    return commit(compute(item, read, process), write)


def compute(item: Task, read: Callable[[Task], SourceText], process: Callable[[SourceText], Rows]) -> Computed:
    """The rows of *item*, or why there are none."""
    started = time.monotonic()

    def failed(cause: str, reason: str, detail: str | None = None) -> Computed:
        return Computed(item, time.monotonic() - started, failure=Failure(cause, reason, detail))

    try:
        source = read(item)
        rows = process(source)
    except ReaderError as error:
        return failed(error.cause, error.reason)
    except OSError as error:
        return failed("unreadable", error.strerror or str(error))
    except Exception as error:  # whatever one issue does to us, the others go on
        return failed("internal", f"{type(error).__name__}: {error}".splitlines()[0], traceback.format_exc())
    return Computed(item, time.monotonic() - started, (source, rows))


def commit(computed: Computed, write: Callable[[SourceText, Rows], Mapping[str, Sum]]) -> Outcome:
    """The outcome of an input whose rows, if it has some, are written now. Raises :class:`StoreError`."""
    if computed.rows is None:
        return Outcome(computed.task, computed.seconds, failure=computed.failure)
    started = time.monotonic()
    try:
        sums = write(*computed.rows)
    except OSError as error:
        raise StoreError(f"cannot write to the output folder: {error.strerror or error}") from error
    seconds = computed.seconds + time.monotonic() - started
    return Outcome(computed.task, seconds, made=replace(computed.rows[1].made, sums=sums))


def patiently(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The function's result, tried again after an :class:`OSError`, which may pass."""
    for _ in range(RETRIES):
        try:
            return function(*args, **kwargs)
        except OSError:
            time.sleep(RETRY_SECONDS)
    return function(*args, **kwargs)
