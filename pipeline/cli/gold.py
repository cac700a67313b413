"""``gongbao gold``: label sets: check, add to, compare, and carry to other tools and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail, plural

if TYPE_CHECKING:
    from pipeline.evaluation.exchange.tasks import Task

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    help="Label sets: check, add to, compare, exchange.",
)


class Format(StrEnum):
    """The tools that labels go to and come back from."""

    label_studio = "label-studio"
    doccano = "doccano"
    spacy = "spacy"


FormatOption = Annotated[
    Format, typer.Option("--format", help="The tool: label-studio (JSON), doccano (JSON lines), spacy (DocBin).")
]
SetArgument = Annotated[Path, typer.Argument(help="A folder of labels, or one label file.", exists=True, metavar="SET")]


@app.command()
def check(path: SetArgument) -> None:
    """Check a label set: every flaw with its file and line.

    [bold]Example[/bold]

      gongbao gold check tests/gold/dev
    """
    from pipeline.evaluation import load_gold
    from pipeline.evaluation.additions import flaws

    found = flaws(path)
    for flaw in found:
        typer.echo(flaw)
    if found:
        raise typer.Exit(1)
    gold = load_gold(path)
    typer.echo(
        f"{path}: {plural(sum(len(text.labels) for text in gold.texts), 'label')} of {plural(len(gold.texts), 'text')}"
    )


@app.command()
def add(
    path: Annotated[
        Path,
        typer.Argument(
            help="Labels to add: the archive of the review page, a folder, a label file.", exists=True, metavar="FILE"
        ),
    ],
    to: Annotated[
        Path, typer.Option("--to", help="The label set that grows; a new folder begins one.", file_okay=False)
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help="Where both label a span and differ, take the new label.")
    ] = False,
) -> None:
    """Add labels to a set: checked one by one, merged by the bytes of their text and by span; all of them or none.

    [bold]Examples[/bold]

      gongbao gold add gold-xiangyin-xian-2023-01.zip --to tests/gold/xiangyin

      gongbao gold add corrections/ --to tests/gold/dev --replace
    """
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.evaluation.additions import add as merge
    from pipeline.evaluation.additions import flaws, unpacked

    with TemporaryDirectory() as folder:
        try:
            source = unpacked(path, Path(folder))
            found = flaws(source)
            for flaw in found:
                typer.echo(flaw, err=True)
            if found:
                fail(f"{plural(len(found), 'flaw')} in {path}: nothing was added", code=1)
            done = merge(load_gold(source), to, replace=replace)
        except GoldError as error:
            fail(f"{error}: nothing was added")
    for one in done:
        typer.echo(f"{one.file}: {one.new} new, {one.replaced} replaced, {one.known} known already")


@app.command()
def agree(first: SetArgument, second: SetArgument) -> None:
    """Compare two sets of labels of the same texts: agreement on spans, and column by column of what meets.

    [bold]Example[/bold]

      gongbao gold agree readings/first readings/second
    """
    from pipeline.auditing.plain import table
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.evaluation.agreement import agreement
    from pipeline.evaluation.report import show_interval

    try:
        found = agreement(load_gold(first), load_gold(second))
    except GoldError as error:
        fail(str(error), code=2)
    if not found:
        fail("the two sets have no text in common")
    header = ("dataset", "column", "alike", "of", "share", "95 % interval", "kappa")
    rows = [
        (one.dataset, one.column, one.alike, one.both, one.share, show_interval(one.interval), one.kappa)
        for one in found
    ]
    for line in table(header, rows, header[2:]):
        typer.echo(line)


@app.command()
def export(
    path: Annotated[
        Path,
        typer.Argument(
            help="A label set, or a processed folder whose rows go out as predictions.",
            exists=True,
            metavar="SET|FOLDER",
        ),
    ],
    tool: FormatOption,
    out: Annotated[Path, typer.Option(help="Write to this file.", dir_okay=False)],
) -> None:
    """Write labels, or the rows of a processed folder as predictions, for a labelling tool; offsets stay as they are.

    [bold]Examples[/bold]

      gongbao gold export tests/gold/dev --format label-studio --out dev.json

      gongbao gold export processed --format doccano --out rows.jsonl
    """
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.evaluation.exchange.tasks import tasks_of_gold

    rows = (path / "issues").is_dir()
    try:
        tasks = list(_rows_as_tasks(path) if rows else tasks_of_gold(load_gold(path)))
    except GoldError as error:
        fail(str(error), code=2)
    write, _ = _tool(tool)
    out.write_bytes(write(tasks, predictions=rows))
    typer.echo(f"{out}: {plural(len(tasks), 'text')}, {plural(sum(len(task.records) for task in tasks), 'label')}")


@app.command("import")
def bring_back(
    path: Annotated[Path, typer.Argument(help="What the tool wrote.", exists=True, dir_okay=False, metavar="FILE")],
    tool: FormatOption,
    out: Annotated[Path, typer.Option(help="Write a label set into this folder.", file_okay=False)],
    like: Annotated[
        Path | None, typer.Option(help="The set or folder that went out: its texts are compared.", exists=True)
    ] = None,
) -> None:
    """Make a label set of what a labelling tool wrote, checked line by line; then: gongbao gold add.

    [bold]Example[/bold]

      gongbao gold import dev.json --format label-studio --out corrected --like tests/gold/dev
    """
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.evaluation.additions import flaws
    from pipeline.evaluation.exchange.tasks import known_text, tasks_of_gold, write_set

    _, read = _tool(tool)
    try:
        sent = (
            []
            if like is None
            else list(_rows_as_tasks(like) if (like / "issues").is_dir() else tasks_of_gold(load_gold(like)))
        )
        sources = {task.name: task.text for task in sent}
        tasks = list(read(path.read_bytes(), path.name))
        for task in tasks:
            known_text(task.name, task.text, sources, task.origin)
        files = write_set(out, tasks)
    except (GoldError, ValueError, KeyError, TypeError) as error:
        fail(f"{path}: {error}")
    found = flaws(out)
    for flaw in found:
        typer.echo(flaw, err=True)
    typer.echo(f"{out}: {plural(len(files), 'text')}, {plural(sum(len(task.records) for task in tasks), 'label')}")
    if found:
        fail(f"{plural(len(found), 'label')} must be completed in {out} before the set loads")


def _tool(tool: Format) -> tuple[Callable[..., bytes], Callable[[bytes, str], Iterator[Task]]]:
    from pipeline.evaluation.exchange import doccano, label_studio, spacy_docs

    module = {Format.label_studio: label_studio, Format.doccano: doccano, Format.spacy: spacy_docs}[tool]
    return module.write, module.read


def _rows_as_tasks(path: Path) -> Iterable[Task]:
    from pipeline.auditing.folders import NotProcessedError, open_folder
    from pipeline.evaluation.exchange.tasks import Task, record_of_row
    from schemas.datasets import marked

    try:
        folder = open_folder(path)
    except NotProcessedError as error:
        fail(str(error), code=2)
    for issue_id, issue in folder.issues.items():
        text = folder.text(issue_id) or ""
        made = (
            record_of_row(one.name, row, text)
            for one in marked()
            if one.judged
            for row in folder.rows(one.name, issue_id)
        )
        yield Task(
            str(issue.get("edition_key") or issue_id), text, tuple(one for one in made if one is not None), issue_id
        )
