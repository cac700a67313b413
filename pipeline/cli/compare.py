"""``gongbao compare``: what changed between two processed folders."""

from __future__ import annotations

import json as json_format
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    from pipeline.auditing.folders import Folder


def compare(
    a: Annotated[Path, typer.Argument(help="A processed folder or a baseline.", metavar="A", file_okay=False)],
    b: Annotated[Path, typer.Argument(help="Another one: what A became.", metavar="B", file_okay=False)],
    most: Annotated[int, typer.Option(help="List up to so many changes.", min=0)] = 200,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", help="Labels: say what got fixed and what broke; may be given again.", exists=True),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Make A the baseline of B's rows after comparing.")] = False,
) -> None:
    """Show the rows gained, lost and changed between two processed folders, by dataset, rule and document.

    Rows meet by their ids, which depend on the source and on offsets alone; a row whose span moved meets the one
    that shares most characters with it. A folder that lacks a dataset (a baseline) is compared in the others.

    With labels, the changes are judged: cases fixed and broken, column by column with the paired 95 % interval of the
    difference, and changes that no label judges.

    [bold]Exit status[/bold]: 0 nothing changed, or it was accepted · 1 something changed · 2 wrong usage. With labels: 1
    something broke.

    [bold]Examples[/bold]

      gongbao compare before/ after/

      gongbao compare before/ after/ --gold tests/gold/dev

      gongbao compare tests/baseline processed --most 20

      gongbao compare tests/baseline processed --accept      the new rows become the baseline
    """
    from pipeline.auditing.baseline import write_baseline
    from pipeline.auditing.compare import compare as compare_folders
    from pipeline.auditing.compare_report import to_data, to_lines
    from pipeline.auditing.folders import NotProcessedError, open_folder

    try:
        after = open_folder(b)
        before = None if accept and not a.exists() else open_folder(a)
    except NotProcessedError as error:
        fail(str(error), code=2)
    if gold:
        _judge(before, after, gold, most, json)
        return
    comparison = None if before is None else compare_folders(before, after)
    if comparison is not None and json:
        typer.echo(json_format.dumps(to_data(comparison), ensure_ascii=False, indent=1, default=str))
    elif comparison is not None:
        for line in to_lines(comparison, most):
            typer.echo(line)
    if accept:
        size = write_baseline(after, a)
        typer.echo(f"{a} holds the rows of {b} now, {size / 1000:.0f} kB", err=True)
    elif comparison is not None and not comparison.same:
        raise typer.Exit(1)


def _judge(before: Folder | None, after: Folder, gold: list[Path], most: int, json: bool) -> None:
    """Say what labels say of the change; status 1 where something broke."""
    from pipeline.auditing.improvement import improvement
    from pipeline.auditing.improvement_report import to_data, to_lines
    from pipeline.evaluation import GoldError, load_gold

    if before is None:
        fail("there is nothing to compare with", code=2)
    try:
        found = improvement(before, after, [load_gold(path) for path in gold])
    except GoldError as error:
        fail(str(error), code=2)
    if json:
        typer.echo(json_format.dumps(to_data(found), ensure_ascii=False, indent=1, default=str))
    else:
        for line in to_lines(found, most):
            typer.echo(line)
    if found.count("broken"):
        raise typer.Exit(1)
