"""``gongbao serve``: fetch → run → report on a schedule."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import fail


def serve(
    cron: Annotated[str | None, typer.Option(help='When, as in "0 6 * * *".', show_default=False)] = None,
    interval: Annotated[int | None, typer.Option(min=1, help="Every so many seconds.", show_default=False)] = None,
    sources: Annotated[
        Path, typer.Option(help="What to fetch from where; without the file nothing is fetched.", dir_okay=False)
    ] = Path("sources.toml"),
    raw: Annotated[Path, typer.Option(help="Folder that issues land in.", file_okay=False)] = Path("raw"),
    out: Annotated[Path, typer.Option(help="Folder for the datasets.", file_okay=False)] = Path("processed"),
    workers: Annotated[
        int | None, typer.Option(min=1, help="Issues worked on at a time. [default: one per core]", show_default=False)
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the Prefect deployment.")] = "gazettes",
) -> None:
    """Register and serve a Prefect deployment that fetches new issues, processes them and reports, until stopped.

    With PREFECT_API_URL set it is that server's; else a server of its own runs as long as this command. A run
    that becomes due while another is still at work is skipped.

    [bold]Examples[/bold]

      gongbao serve --cron "0 6 * * *"

      gongbao serve --interval 3600 --raw /data/raw --out /data/gazettes
    """
    if (cron is None) == (interval is None):
        fail("give either --cron or --interval", code=2)
    from pipeline import orchestration, server

    parameters = {
        "sources": str(sources.resolve()) if sources.exists() else None,
        "raw": str(raw.resolve()),
        "out": str(out.resolve()),
        "workers": workers,
    }
    raw.mkdir(parents=True, exist_ok=True)
    try:
        orchestration.serve(name, parameters, cron, dt.timedelta(seconds=interval) if interval else None)
    except server.ServerError as error:
        fail(str(error))
    except ValueError as error:
        fail(f"no schedule: {error}", code=2)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
