"""The Prefect deployment for operators: fetch → run → report, on a schedule, never twice at once.

With :mod:`pipeline.orchestration.flow` the only module that imports Prefect.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy, FlowRun
from prefect.client.schemas.sorting import FlowRunSort
from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron, Interval
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled, Completed, Crashed, Failed
from prefect.types.entrypoint import EntrypointType

from pipeline.fetching.fetch import Fetched
from pipeline.fetching.fetch import fetch as fetch_all
from pipeline.fetching.landing import FetchLocked
from pipeline.fetching.sources import SourcesError, load
from pipeline.orchestration import prefect_engine, server
from pipeline.orchestration.server import ServerError
from pipeline.runs import report_page, runner
from pipeline.runs.outcomes import StoreError
from pipeline.runs.runner import Options, Result
from pipeline.runs.summary import write_metrics
from pipeline.store.ledger import Ledger, Locked

FLOW_NAME: Final = "keep-up"
ARTIFACT: Final = "gazette-run"
REPORT: Final = "_reports/last-run.md"
ATTENTION: Final = "Attention"
"""Name of the state of a run that completed, but has inputs newly quarantined or addresses that failed."""
DESCRIPTION: Final = "Fetches new gazette issues and brings the datasets up to date."
SERVED_BY: Final = "GONGBAO_SERVED_BY"
"""Environment variable that names the process whose end is the end of the runs that it started."""

_ALONE: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A run that becomes due while another is still at work is cancelled, not queued."""
_PLAIN: Final[dict[str, Any]] = {"cache_policy": NO_CACHE, "persist_result": False}
_KNOWN: Final = (SourcesError, FetchLocked, Locked, StoreError, ServerError, OSError)
"""What an operator can mend: told in one line, without a traceback."""
_AT_WORK: Final = ("PENDING", "RUNNING", "CANCELLING")


@flow(name=FLOW_NAME, persist_result=False)
def keep_up(
    sources: str | None,
    raw: str,
    out: str,
    workers: int | None = None,
    metrics: str | None = None,
    address: str | None = None,
) -> Any:
    """Fetch what is new, bring the datasets up to date, report. All paths are those of the machine that runs it.

    Without *sources* nothing is fetched. *metrics* is a file for those of Prometheus, *address* where *out* is served, for
    the links of the report. Returns the report, or a failed state that says what stopped the run
    (another run at work in the folder, a full disk). Inputs that were quarantined and addresses that failed do
    not fail the run: it completes in the state :data:`ATTENTION`, and they stand in the report.
    """
    served_by = os.environ.get(SERVED_BY)
    if served_by:
        server.end_with_parent(int(served_by))
    try:
        fetched = fetch(sources, raw) if sources else []
        before = dict(Ledger(Path(out)).inputs)
        options = Options(workers, pack=True)
        result = runner.run([Path(raw)], Path(out), options, engine=prefect_engine(options))
        markdown = report(result, before, out, fetched, address)
        if metrics:
            write_metrics(result, Path(metrics))
    except _KNOWN as error:
        return Failed(message=str(error))
    needed = report_page.attention(result, before, fetched)
    return Completed(name=ATTENTION, message=needed, data=markdown) if needed else markdown


@task(**_PLAIN)
def fetch(sources: str, raw: str) -> list[Fetched]:
    """New issues into the raw folder; what became of every address."""
    return fetch_all(load(Path(sources)), Path(raw))


@task(**_PLAIN)
def report(
    result: Result, before: dict[str, Any], out: str, fetched: Sequence[Fetched], address: str | None = None
) -> str:
    """The report as an artifact and as a file beside the data."""
    markdown = report_page.page(result, before, Path(out), fetched, address)
    path = Path(out) / REPORT
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_text(markdown, encoding="utf-8")
    temporary.replace(path)
    create_markdown_artifact(
        markdown, key=ARTIFACT, description=f"{result.made} made, {len(result.quarantined)} quarantined"
    )
    return markdown


def deployment(
    name: str, parameters: dict[str, Any], cron: str | None, interval: dt.timedelta | None, timezone: str | None = None
) -> RunnerDeployment:
    """The deployment of :func:`keep_up` under *name*. Raises :class:`ValueError` for a *cron* or *timezone* that is none."""
    made: RunnerDeployment = keep_up.to_deployment(  # type: ignore[assignment]
        name=name,
        schedule=Cron(cron, timezone=timezone) if cron is not None else Interval(interval or dt.timedelta(days=1)),
        parameters=parameters,
        concurrency_limit=_ALONE,
        description=DESCRIPTION,
        tags=["gazettes"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return made


def serve(served: RunnerDeployment, api_url: str, alone: bool) -> None:
    """Register the deployment at the Prefect API and serve it until a SIGTERM; a run at work then is cancelled.

    *alone* says that no other process serves it, so that a run which still counts as being at work was left
    behind by one that was killed.
    """
    os.environ |= {"PREFECT_API_URL": api_url, SERVED_BY: str(os.getpid())}  # for the processes of its runs, too
    with temporary_settings({PREFECT_API_URL: api_url}):
        asyncio.run(_serve(served, alone))


async def _serve(served: RunnerDeployment, alone: bool) -> None:
    # Without a limit of its own the runner proposes every run that is due, and the deployment's limit cancels
    # those that become due during another; with one it would hold them back and start them one after the other.
    runner = Runner(name=served.name, limit=None, pause_on_shutdown=True)
    identity = await runner.aadd_deployment(served)
    async with get_client() as client:
        await _settle(client, identity, served.parameters, alone)
    told = asyncio.Event()
    serving = asyncio.create_task(runner.start())
    await asyncio.sleep(0)  # the runner's own handler of SIGTERM is in place now, and gives way to ours
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    waiting = asyncio.create_task(told.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    loop.remove_signal_handler(signal.SIGTERM)  # a second one ends us at once
    if told.is_set() and runner.started:
        await runner.astop()
    waiting.cancel()
    await serving


async def _settle(client: PrefectClient, identity: Any, parameters: dict[str, Any], alone: bool) -> None:
    """End the runs of a process that was killed: they would hold the deployment's one place, or run with old parameters."""
    only = DeploymentFilter(id=DeploymentFilterId(any_=[identity]))
    for run in await _open_runs(client, only):
        kind = run.state.type.value if run.state else ""
        if alone and kind in _AT_WORK:
            await client.set_flow_run_state(run.id, Crashed(message="its process was killed"), force=True)
        elif kind == "SCHEDULED" and run.parameters != parameters:
            await client.set_flow_run_state(run.id, Cancelled(message="was due with other parameters"), force=True)


async def _open_runs(client: PrefectClient, only: DeploymentFilter) -> list[FlowRun]:
    """All of them: a page of the API holds 200 at most, and so many may be to come where the interval is short."""
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType

    kinds = [*_AT_WORK, "SCHEDULED"]
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=kinds))  # type: ignore[arg-type]
    asked = FlowRunFilter(state=state)
    found: list[FlowRun] = []
    while page := await client.read_flow_runs(
        deployment_filter=only, flow_run_filter=asked, sort=FlowRunSort.ID_DESC, offset=len(found)
    ):
        found.extend(page)
    return found
