"""Serving the deployment: a server that plans its runs, and the process that carries them out."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import nullcontext
from typing import Any

from pipeline.orchestration import server
from pipeline.orchestration.cache_folder import cache_folder
from pipeline.orchestration.engine import api


def serve(
    name: str,
    parameters: dict[str, Any],
    cron: str | None,
    interval: dt.timedelta | None,
    timezone: str | None = None,
    port: int | None = None,
) -> None:
    """Register the deployment *name* of fetch → run → report, and serve it until Ctrl-C or a SIGTERM.

    Raises :class:`ValueError` for a *cron* that is none, :class:`KeyboardInterrupt` where it is stopped before it
    serves, and :class:`pipeline.orchestration.server.ServerError` where no server answers or, at a server of our own, another
    process serves the deployment.
    """
    server.stop_only_this_process()
    server.prepare_environment(cache_folder())
    os.environ["PREFECT_LOGGING_LEVEL"] = "INFO"
    alone = "PREFECT_API_URL" not in os.environ
    with server.only_one(name, cache_folder()) if alone else nullcontext(), api(scheduling=True, port=port) as url:
        from pipeline.orchestration import schedules

        deployment = schedules.deployment(name, parameters, cron, interval, timezone)
        address = url()
        print(f"serving {name} at {address.removesuffix('/api')} (stop with Ctrl-C)", flush=True)
        if alone:
            print(_who_may_see_it(), flush=True)
        schedules.serve(deployment, address, alone)


def _who_may_see_it() -> str:
    where = "its pages are reached from this machine only (127.0.0.1)"
    if server.PASSWORD in os.environ:
        return f"{where} and ask for the name and password in {server.PASSWORD}"
    return f"{where} and ask for no password; {server.PASSWORD}=name:password sets one"
