"""The Prefect deployment for operators: fetch → run → report, on a schedule, never twice at once.

Beside :mod:`pipeline.flows` the only module that knows Prefect.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any, Final

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.runner import Runner
from prefect.types.entrypoint import EntrypointType

from pipeline import report_page, running
from pipeline.fetching.fetch import fetch as fetch_all
from pipeline.fetching.sources import load
from pipeline.ledger import Ledger
from pipeline.running import Options, Result

FLOW_NAME: Final = "keep-up"
ARTIFACT: Final = "gazette-run"
REPORT: Final = "_reports/last-run.md"
_ALONE: Final = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
"""A run that becomes due while another is still at work is cancelled, not queued."""
_PLAIN: Final[dict[str, Any]] = {"cache_policy": NO_CACHE, "persist_result": False}


@flow(name=FLOW_NAME, persist_result=False)
def keep_up(sources: str | None, raw: str, out: str, workers: int | None = None) -> str:
    """Fetch what is new, bring the datasets up to date, report. All paths are those of the machine that runs it.

    Without *sources* nothing is fetched. Returns the report. Inputs that were quarantined and addresses that
    failed do not fail the run: they stand in the report and in ``gongbao status``.
    """
    fetched = fetch(sources, raw) if sources else {}
    before = dict(Ledger(Path(out)).inputs)
    result = running.run([Path(raw)], Path(out), Options(workers))
    return report(result, before, out, fetched)


@task(**_PLAIN)
def fetch(sources: str, raw: str) -> dict[str, int]:
    """New issues into the raw folder; how many addresses ended how."""
    return dict(sorted(Counter(item.end for item in fetch_all(load(Path(sources)), Path(raw))).items()))


@task(**_PLAIN)
def report(result: Result, before: dict[str, Any], out: str, fetched: dict[str, int]) -> str:
    """The report as an artifact and as a file beside the data."""
    markdown = report_page.page(result, before, Path(out), list(fetched.items()))
    path = Path(out) / REPORT
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_text(markdown, encoding="utf-8")
    temporary.replace(path)
    create_markdown_artifact(
        markdown, key=ARTIFACT, description=f"{result.made} made, {len(result.quarantined)} quarantined"
    )
    return markdown


def serve(name: str, parameters: dict[str, Any], cron: str | None, interval: dt.timedelta | None) -> None:
    """Register the deployment *name* and serve it until this process is told to end."""
    runner = Runner(name=name, limit=1, pause_on_shutdown=True)
    runner.add_deployment(deployment(name, parameters, cron, interval))
    import asyncio

    asyncio.run(runner.start())


def deployment(name: str, parameters: dict[str, Any], cron: str | None, interval: dt.timedelta | None) -> Any:
    """The deployment of :func:`keep_up` under *name*."""
    return keep_up.to_deployment(
        name=name,
        cron=cron,
        interval=interval,
        parameters=parameters,
        concurrency_limit=_ALONE,
        description="Fetches new gazette issues and brings the datasets up to date.",
        tags=["gazettes"],
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
