"""``gongbao evaluate``: figures against labelled gazettes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import fail


def evaluate(
    gold: Annotated[
        list[Path], typer.Option("--gold", help="A folder of labels, or one file; may be given again.", exists=True)
    ],
    processed: Annotated[
        Path | None,
        typer.Option(help="Judge the rows of this processed folder; without it, the sources are processed in memory."),
    ] = None,
    misses: Annotated[
        int, typer.Option(help="Show up to so many misses, extras and differences of each dataset.", min=0)
    ] = 0,
    rules: Annotated[bool, typer.Option("--rules", help="Show what each rule wins and loses.")] = False,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write everything to this JSON file.", dir_okay=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write everything to this HTML page.", dir_okay=False)
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option(help="Compare with the floors of this file; status 1 where a figure is below.", dir_okay=False),
    ] = None,
    update_floors: Annotated[
        bool, typer.Option("--update-floors", help="Rewrite the floors of these sets (floors.json beside the first).")
    ] = False,
) -> None:
    """Judge the rows by labelled gazettes: precision, recall, F1 and their 95 % intervals.

    [bold]Examples[/bold]

      gongbao evaluate --gold tests/gold/xiangyin --gold tests/gold/other

      gongbao evaluate --gold tests/gold/dev --rules --misses 20 --html evaluation.html
    """
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.evaluation import evaluate as evaluate_sets
    from pipeline.evaluation.floors import breaches, load_floors
    from pipeline.evaluation.floors import update_floors as write_floors
    from pipeline.evaluation.report import to_html, to_json
    from pipeline.evaluation.sources import NotProcessedError
    from pipeline.evaluation.terminal import console_for, print_evaluation

    try:
        evaluation = evaluate_sets([load_gold(path) for path in gold], processed)
    except (GoldError, NotProcessedError) as error:
        fail(str(error), code=2)
    print_evaluation(evaluation, console_for(piped=not sys.stdout.isatty()), misses, rules)
    for path, text in ((json, to_json), (html, to_html)):
        if path is not None:
            path.write_text(text(evaluation), encoding="utf-8")
    if update_floors:
        write_floors(floors or gold[0].parent / "floors.json", evaluation)
    elif floors is not None:
        fallen = breaches(evaluation, load_floors(floors))
        for breach in fallen:
            typer.echo(f"below its floor: {breach}", err=True)
        if fallen:
            raise typer.Exit(1)
