"""The Prefect flow: discover → read → process → write, one task run per issue, or per batch of quick ones.

A task run costs some hundredths of a second of computing (client and server), whatever it does; so issues go together until
a task run has some seconds of work, by the pace of those that are done. Task runs are threads of this process that wait for a
worker, of this machine or of a Dask cluster: workers know nothing of Prefect.

Nothing is cached or persisted by Prefect: the ledger alone remembers what was done. What each task
does stands in :mod:`pipeline.runs.steps` and runs without a server.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from importlib import import_module
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Protocol, TypeVar
from uuid import UUID

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.settings import temporary_settings
from prefect.states import Completed
from prefect.task_runners import ThreadPoolTaskRunner

from pipeline.orchestration.recorded import wait_until_recorded
from pipeline.orchestration.workers import WorkerDied
from pipeline.runs import calls
from pipeline.runs.outcomes import RETRIES, RETRY_SECONDS, Done, Failure, Outcome, StoreError
from pipeline.runs.plan import Task
from pipeline.store.ledger import holder
from pipeline.store.store import Store

if TYPE_CHECKING:
    from pipeline.runs.steps import Rows
    from pipeline.store.sums import Sum
    from schemas.records import SourceText

for engine in (
    "prefect.flow_engine",
    "prefect.task_engine",
):  # Prefect imports them when a flow begins; beside its server is sooner
    import_module(engine)
_WHEN_A_TASK_BEGINS: Final = ("anyio._backends._asyncio", "prefect.utilities.visualization")
"""Prefect imports them when a first task run is submitted; its server needs neither."""

__all__ = ["Plan", "StoreError", "gazettes", "run"]

P = ParamSpec("P")
R = TypeVar("R")
_WINDOW: Final = 2
"""Task runs under way per worker: enough that none waits, few enough that memory stays flat."""
_BATCH_SECONDS: Final = 10.0
"""So much work goes into a task run: hundreds of times what it costs, on a busy machine still a hundred times."""
_LEAST_SECONDS: Final = 2.0
"""Towards the end batches become small, but not so small that what a task run costs counts, until the last is shared out."""
_SHARES: Final = 1.5
"""A batch is at most such a part of a worker's share of what is left, so that all workers end together."""
_LARGEST_BATCH: Final = 100
_UNWATCHED: Final = {"flows.heartbeat_frequency": None}
"""Nobody asks a server that ends with the run whether the run still lives; its sign of life holds up the end by a second."""


@dataclass(slots=True)
class Pace:
    """How long issues take, as far as it is known."""

    issues: int = 0
    seconds: float = 0.0

    def note(self, outcomes: Sequence[Outcome]) -> None:
        """Update the estimate of pace with *outcomes*."""
        self.issues += len(outcomes)
        self.seconds += sum(outcome.seconds for outcome in outcomes)

    def batch(self, left: int, workers: int) -> int:
        """How many of the issues that are *left* the next task run takes."""
        if not self.issues:
            return 1
        a_second = self.issues / max(self.seconds, 0.001)
        share = ceil(left / workers)
        part = share if workers == 1 else max(int(share / _SHARES), min(int(_LEAST_SECONDS * a_second), share))
        return max(1, min(int(_BATCH_SECONDS * a_second), part, _LARGEST_BATCH))


class Workers(Protocol):
    """Whoever computes: processes of this machine (:mod:`pipeline.orchestration.workers`) or of a Dask cluster."""

    @property
    def here(self) -> bool:
        """Whether it is this process that computes."""

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The function's result from a worker; raises :class:`WorkerDied` where workers died of it."""

    def wait(self) -> None:
        """Wait until what was begun to be loaded is loaded."""

    def stop(self) -> None:
        """Give up the calls that are under way or wait."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the flow's task runs are carried out: how many at a time, by how many workers, and where."""

    window: int
    count: int
    workers: Workers
    output: Path | str
    """The output folder as the workers see it."""
    run: str
    """The run that holds the output folder."""
    server_ends: bool = False
    """Whether the server of the API ends with the run."""


def load_rest() -> None:
    """Load what Prefect otherwise would when a first task run is submitted, while its server begins."""
    for name in _WHEN_A_TASK_BEGINS:
        import_module(name)


def run(
    tasks: Sequence[Task],
    store: Store,
    output: Path | str,
    workers: Workers,
    count: int,
    api_url: str,
    done: Done,
    server_ends: bool = False,
) -> None:
    """Run the flow over *tasks* against the Prefect API at *api_url*; *done* is called with every outcome, in order.

    *output* is the store's folder as the *count* *workers* see it; *server_ends* says that the API's server ends with this
    run, and is told all before.
    Raises :class:`StoreError` when the output folder cannot be written to; what was committed stays.
    """
    window = 1 if workers.here else _WINDOW * count
    settings: dict[str, Any] = {"api.url": api_url, **(_UNWATCHED if server_ends else {})}
    with temporary_settings(settings):
        plan = Plan(window, count, workers, output, holder(store.folder), server_ends)
        token = _JOB.set((tasks, store, plan, done))
        try:
            gazettes.with_options(task_runner=ThreadPoolTaskRunner(max_workers=window))()  # type: ignore[arg-type]
        finally:
            _JOB.reset(token)


_JOB: ContextVar[tuple[Sequence[Task], Store, Plan, Done]] = ContextVar("job")
"""What the flow works on. No parameters of it: Prefect would look through them for futures, and record them."""


@flow(name="gazettes", persist_result=False)
def gazettes() -> None:
    """Every task of the job once, at most ``plan.window`` task runs under way at a time."""
    tasks, store, plan, done = _JOB.get()
    plan.workers.wait()
    try:
        last = _make_all(discover(tasks), store, plan, done)
    except BaseException:  # Prefect waits for the threads, which wait for the workers
        plan.workers.stop()
        raise
    if plan.server_ends:
        wait_until_recorded(last)


def _make_all(items: Sequence[Task], store: Store, plan: Plan, done: Done) -> Collection[UUID]:
    """Every item once; the last task runs."""
    under_way: deque[PrefectFuture[list[Outcome]]] = deque()
    last: deque[UUID] = deque(maxlen=plan.window)
    pace, at = Pace(), 0
    while at < len(items) or under_way:
        if under_way and (at >= len(items) or len(under_way) >= plan.window):
            outcomes = under_way.popleft().result()
            pace.note(outcomes)
            done(*outcomes)
        else:
            taken = items[at : at + pace.batch(len(items) - at, plan.count)]
            under_way.append(_submit(taken, store, plan))
            last.append(under_way[-1].task_run_id)
            at += len(taken)
    return last


def _submit(items: Sequence[Task], store: Store, plan: Plan) -> PrefectFuture[list[Outcome]]:
    first, rest = items[0].seen.input.source_path, len(items) - 1
    name = (f"{first} and {rest} more" if rest else first).replace("{", "(").replace("}", ")")
    if rest or not plan.workers.here:
        return batch.with_options(task_run_name=name).submit(items, plan.output, plan.workers, plan.run)
    return issue.with_options(task_run_name=name).submit(items[0], store)


def _is_io_fault(_task: Any, _run: Any, state: State[Any]) -> bool:
    return isinstance(state.result(raise_on_failure=False), OSError)


_PLAIN: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}
_RETRIED: dict[str, Any] = {
    **_PLAIN,
    "retries": RETRIES,
    "retry_delay_seconds": RETRY_SECONDS,
    "retry_condition_fn": _is_io_fault,
}


@task(**_PLAIN)
def discover(tasks: Sequence[Task]) -> Sequence[Task]:
    """The issues that this run has to make (found by :mod:`pipeline.runs.plan`)."""
    return tasks


@task(**_PLAIN)
def issue(item: Task, store: Store) -> Any:
    """Process one issue in this process, each step a task run. An input that fails is an outcome, not an end of the run."""
    from pipeline.runs import steps

    outcome = steps.make(
        item,
        lambda item: read(item, store.folder),
        process,
        lambda source, rows: write(source, rows, store, item.stands),
    )
    return _told([outcome])


@task(**_RETRIED)
def read(item: Task, output: Path | str) -> SourceText:
    """The file's canonical text."""
    return calls.read(item, output)


@task(**_PLAIN)
def process(source: SourceText) -> Rows:
    """Every dataset's rows."""
    return calls.process(source)


@task(**_RETRIED)
def write(source: SourceText, rows: Rows, store: Store, stands: Sequence[str] | None) -> Mapping[str, Sum]:
    """Commit the issue to the store."""
    return calls.write(source, rows, store, stands)


@task(**_PLAIN)
def batch(items: Sequence[Task], output: Path | str, workers: Workers, run: str) -> Any:
    """Process issues, one or many, in one worker."""
    try:
        return _told(workers.call(calls.make_all, items, output, run))
    except WorkerDied:
        return _told([_alone(item, output, workers, run) for item in items])


def _alone(item: Task, output: Path | str, workers: Workers, run: str) -> Outcome:
    """One issue of a batch that took its worker down: the others go on."""
    try:
        return workers.call(calls.make_all, [item], output, run)[0]
    except WorkerDied as error:
        return Outcome(item, 0.0, failure=Failure("internal", str(error)))


def _told(outcomes: list[Outcome]) -> Any:
    """*outcomes* as a task run's result; its state says what was quarantined."""
    failures = [outcome.failure.reason for outcome in outcomes if outcome.failure]
    if not failures:
        return outcomes
    count = f"{len(failures)} of {len(outcomes)}: " if len(outcomes) > 1 else ""
    return Completed(name="Quarantined", message=f"{count}{failures[0]}", data=outcomes)
