"""``gongbao report``: one page for people who read rather than query."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import fail


def report(
    out: Annotated[Path, typer.Argument(help="HTML file to write.", dir_okay=False, show_default=False)],
    processed: Annotated[str, typer.Option(help="Processed folder or address.")] = "processed",
    site: Annotated[
        str | None, typer.Option(help="Folder or address of an audit site: lines link to their evidence there.")
    ] = None,
) -> None:
    """Write a page that says what was promised, by whom, by when, what conflicts and what was reached.

    It can be printed, and read without knowing the datasets.

    [bold]Examples[/bold]

      gongbao report promises.html

      gongbao report promises.html --site audit/
    """
    from pipeline.analysis.digest import digest

    address = site if site is None or "://" in site else os.path.relpath(site, out.parent)
    try:
        page = digest(processed, site=address)
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, encoding="utf-8")
    except (ValueError, FileNotFoundError) as error:
        fail(str(error), code=2)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror or error}")
    typer.echo(f"{out}: {len(page.encode()) / 1e6:.1f} MB")
