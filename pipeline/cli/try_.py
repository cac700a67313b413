"""``gongbao try``: a change of rules on all texts at hand, with one verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import fail, plural

_GOLD = tuple(Path("tests/gold") / name for name in ("xiangyin", "other", "dev"))
_HELD = (Path("tests/gold/heldout"),)


def try_(
    raw: Annotated[
        list[Path] | None, typer.Option(help="Texts without labels to look at. [default: raw]", show_default=False)
    ] = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option(
            "--gold", help="Labels; cases are listed. [default: tests/gold: xiangyin, other, dev]", show_default=False
        ),
    ] = None,
    held: Annotated[
        list[Path] | None,
        typer.Option(
            "--held", help="Labels of which only figures are shown. [default: tests/gold/heldout]", show_default=False
        ),
    ] = None,
    bench: Annotated[Path, typer.Option(help="Where rows before and after are kept.", file_okay=False)] = Path(
        ".gongbao-try"
    ),
    keep: Annotated[
        bool, typer.Option("--keep", help="Afterwards, compare with the rows of now from here on.")
    ] = False,
    most: Annotated[int, typer.Option(help="List up to so many cases, and changes without a label.", min=0)] = 20,
) -> None:
    """Try a change of rules: run every example of every rule, make all texts at hand, compare with before, judge.

    Call it once before the change (it keeps the rows), then after each change. The last line is the verdict: better,
    worse, mixed, changed (rows without a label alone), same, or wrong where an example of a rule fails.

    [bold]Exit status[/bold]: 0 same, better, or changed · 1 worse, mixed, or wrong · 2 wrong usage.

    [bold]Examples[/bold]

      gongbao try                      before the change, then after it

      gongbao try --keep               the change is good: go on from here
    """
    from pipeline.auditing.folders import open_folder
    from pipeline.auditing.improvement import improvement
    from pipeline.auditing.improvement_report import to_lines
    from pipeline.auditing.rule_checks import failing
    from pipeline.auditing.trying import AFTER, BEFORE, Workbench, sources_of
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.versions import code_version

    wrong = list(failing())
    for line in wrong:
        typer.echo(line)
    try:
        sets = [load_gold(path) for path in _there(gold, _GOLD)]
        held_sets = [load_gold(path) for path in _there(held, _HELD)]
    except GoldError as error:
        fail(str(error), code=2)
    sources = sources_of(_there(raw, (Path("raw"),)), [*sets, *held_sets])
    if not sources:
        fail("there are no texts to try rules on: name them with --raw or --gold", code=2)
    work = Workbench(bench)
    side = AFTER if work.has_before else BEFORE
    if work.made_by(side) != code_version():
        for message in work.make(side, sources):
            typer.echo(message, err=True)
    if side == BEFORE:
        typer.echo(f"{plural(len(sources), 'text')} made and kept in {bench / BEFORE}: change rules, then try again")
        raise typer.Exit(1 if wrong else 0)
    before, after = open_folder(bench / BEFORE), open_folder(bench / AFTER)
    if held_sets:
        typer.echo("held out")
        for line in to_lines(improvement(before, after, held_sets, rows=False), 0, only_figures=True):
            typer.echo(line)
        typer.echo("")
    found = improvement(before, after, sets, unseen=held_sets)
    for line in to_lines(found, most):
        typer.echo(
            f"wrong: {plural(len(wrong), 'example')} of rules; {line}"
            if wrong and line.startswith(found.verdict)
            else line
        )
    if keep:
        work.keep()
    if wrong or found.count("broken"):
        raise typer.Exit(1)


def _there(given: list[Path] | None, usual: tuple[Path, ...]) -> list[Path]:
    """What was given; else those of the usual places that are there."""
    for path in given or ():
        if not path.exists():
            fail(f"there is no {path}", code=2)
    return list(given) if given else [path for path in usual if path.exists()]
