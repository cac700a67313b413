"""``gongbao serve``: fetch → run → report on a schedule."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from pipeline.cli.output import MetricsFile, fail

DEFAULT_SOURCES: Final = Path("sources.toml")


def serve(
    cron: Annotated[str | None, typer.Option(help='When, as in "0 6 * * *".', show_default=False)] = None,
    interval: Annotated[int | None, typer.Option(min=1, help="Every so many seconds.", show_default=False)] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zone that --cron is in, as in Asia/Shanghai. [default: UTC]", show_default=False)
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(
            help="What to fetch from where. [default: sources.toml where there is one, else nothing]",
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    raw: Annotated[Path, typer.Option(help="Folder that issues land in.", file_okay=False)] = Path("raw"),
    out: Annotated[Path, typer.Option(help="Folder for the datasets.", file_okay=False)] = Path("processed"),
    workers: Annotated[
        int | None, typer.Option(min=1, help="Issues worked on at a time. [default: one per core]", show_default=False)
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the Prefect deployment.")] = "gazettes",
    port: Annotated[
        int | None,
        typer.Option(min=1, max=65535, help="Port of its own server. [default: any that is free]", show_default=False),
    ] = None,
    address: Annotated[
        str | None,
        typer.Option(
            help="Address at which the folder of --out is served, for the links of reports. [default: links to files]",
            metavar="URL",
            show_default=False,
        ),
    ] = None,
    metrics: MetricsFile = None,
) -> None:
    """Register and serve a Prefect deployment that fetches new issues, processes them and reports, until stopped.

    With PREFECT_API_URL set it is that server's; else a server of its own runs as long as this command, for this machine
    alone, with a password where PREFECT_SERVER_API_AUTH_STRING=name:password sets one. A run
    that becomes due while another is still at work is cancelled, not started. Stop it with Ctrl-C or a SIGTERM: a
    run that is at work then is cancelled too, and what it finished is kept.

    [bold]Exit status[/bold]: 0 stopped · 2 wrong usage · 1 it could not serve (no Prefect server answers, say).

    [bold]Examples[/bold]

      gongbao serve --cron "0 6 * * *" --timezone Asia/Shanghai

      gongbao serve --interval 3600 --raw /data/raw --out /data/gazettes
    """
    _check(cron, interval, timezone)
    if address is not None and not address.startswith(("http://", "https://")):
        fail(f"--address is no web address: {address}", code=2)
    if port is not None and "PREFECT_API_URL" in os.environ:
        fail("--port is of an own server; PREFECT_API_URL names another", code=2)
    from pipeline.orchestration import server, serving

    if sources is None and DEFAULT_SOURCES.exists():
        sources = DEFAULT_SOURCES
    _check_sources(sources)
    parameters = {
        "sources": str(sources.resolve()) if sources else None,
        "raw": str(raw.resolve()),
        "out": str(out.resolve()),
        "workers": workers,
        "metrics": str(metrics.resolve()) if metrics else None,
        "address": address,
    }
    try:
        raw.mkdir(parents=True, exist_ok=True)
        every = dt.timedelta(seconds=interval) if interval else None
        serving.serve(name, parameters, cron, every, timezone, port)
    except server.ServerError as error:
        fail(str(error))
    except OSError as error:
        fail(f"cannot write to {error.filename or raw}: {error.strerror or error}")
    except ValueError as error:
        fail(f"no schedule: {error}", code=2)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _check(cron: str | None, interval: int | None, timezone: str | None) -> None:
    if (cron is None) == (interval is None):
        fail("give either --cron or --interval", code=2)
    if timezone is None:
        return
    if cron is None:
        fail("--timezone goes with --cron", code=2)
    try:
        ZoneInfo(timezone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        fail(f"there is no time zone {timezone}", code=2)


def _check_sources(sources: Path | None) -> None:
    """Fail at the start rather than at the first scheduled run."""
    from pipeline.fetching.sources import SourcesError, load

    if sources is None:
        typer.echo(f"there is no {DEFAULT_SOURCES}: nothing is fetched", err=True)
        return
    try:
        load(sources)
    except SourcesError as error:
        fail(str(error), code=2)
    except OSError as error:
        fail(f"cannot read {sources}: {error.strerror or error}", code=2)
