"""``gongbao export``: the datasets for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import fail, plural


def export(
    out: Annotated[Path, typer.Argument(help="File to write; a folder for csv and datapackage.", show_default=False)],
    format: Annotated[
        str, typer.Option("--format", help="xlsx, csv, duckdb, sqlite, datapackage or ics (calendar).")
    ] = "xlsx",
    processed: Annotated[str, typer.Option(help="Processed folder or address.")] = "processed",
    all_forms: Annotated[bool, typer.Option("--all", help="Every form of an edition, not one.")] = False,
    site: Annotated[
        str | None, typer.Option(help="Folder or address of an audit site: rows of a workbook link to it.")
    ] = None,
) -> None:
    """Write the datasets as a workbook, CSV files, a database, a data package or a calendar.

    What a gazette prints like a formula is written as text. Lists are joined by 、 (a DuckDB file keeps them).

    [bold]Examples[/bold]

      gongbao export promises.xlsx --site audit/

      gongbao export gazettes.db --format sqlite

      gongbao export package/ --format datapackage
    """
    from pipeline.analysis.export import export as write

    try:
        files = write(processed, out, format, "all" if all_forms else "one", site)
    except (ValueError, FileNotFoundError, ModuleNotFoundError) as error:
        fail(str(error), code=2)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror or error}")
    size = sum(path.stat().st_size for path in files)
    typer.echo(f"{out}: {plural(len(files), 'file')}, {size / 1e6:.1f} MB")
