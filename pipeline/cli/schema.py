"""``gongbao schema``: the datasets and their columns."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.output import fail


def schema(
    dataset: Annotated[
        str | None, typer.Argument(help="A dataset; all of them when left out.", show_default=False)
    ] = None,
) -> None:
    """Show the datasets, or the columns of one with type, unit, allowed values and meaning.

    [bold]Examples[/bold]

      gongbao schema

      gongbao schema targets
    """
    from schemas.datasets import DATASETS

    if dataset is None:
        width = max(map(len, DATASETS))
        for item in DATASETS.values():
            typer.echo(f"{item.name:<{width}}  {item.description}")
        return
    if dataset not in DATASETS:
        fail(f"no dataset is named {dataset!r}; there are {', '.join(DATASETS)}", code=2)
    chosen = DATASETS[dataset]
    typer.echo(f"{chosen.name}: {chosen.description}")
    typer.echo(f"key: {', '.join(chosen.key)}\n")
    width = max(map(len, chosen.columns))
    for column in chosen.fields():
        notes = [f"unit: {column.unit}"] if column.unit else []
        notes += [f"one of: {' '.join(column.values)}"] if column.values else []
        typer.echo(
            f"{column.name:<{width}}  {column.type!s:<14}  {column.description}{''.join(f' [{note}]' for note in notes)}"
        )
