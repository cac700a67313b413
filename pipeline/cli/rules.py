"""``gongbao rules``: the rule registry, and one rule with all that is known of it."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    from pipeline.auditing.folders import Folder
    from pipeline.auditing.registry import RuleEntry

rules_app = typer.Typer(no_args_is_help=False, rich_markup_mode="rich")
_DEFAULT_FOLDER = Path("processed")
_AROUND = 24

ProcessedOption = Annotated[
    Path | None,
    typer.Option(
        help="Count the rows of this processed folder. [default: processed, if it is there]", show_default=False
    ),
]
GoldOption = Annotated[
    list[Path] | None, typer.Option("--gold", help="Labels to judge the rows by; may be given again.", exists=True)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found to count and judge by."""

    folder: Folder | None
    entries: list[RuleEntry]


@rules_app.callback(invoke_without_command=True)
def rules(
    context: typer.Context,
    processed: ProcessedOption = None,
    gold: GoldOption = None,
    dataset: Annotated[str | None, typer.Option(help="Only the rules of this dataset.")] = None,
    json: JsonOption = False,
) -> None:
    """List the rules: what each is for, how many examples it has, how many rows it made, how often it is right.

    Rules that describe a row (comparator, deadline, kind, indicator …) make none of their own.

    [bold]Examples[/bold]

      gongbao rules

      gongbao rules --gold tests/gold/xiangyin --dataset quantities

      gongbao rules show quantity.range
    """
    if context.invoked_subcommand is not None:
        return
    from extractors.rules.registry import rule_datasets
    from pipeline.auditing.plain import table
    from pipeline.auditing.registry import to_data

    if dataset is not None and dataset not in rule_datasets():
        fail(f"rules belong to {', '.join(rule_datasets())}, not to {dataset!r}", code=2)
    found = [entry for entry in _look(processed, gold).entries if dataset in (None, entry.rule.dataset)]
    if json:
        typer.echo(json_format.dumps(to_data(found), ensure_ascii=False, indent=1))
        return
    header = ("id", "dataset", "examples", "rows", "precision", "purpose")
    rows = [(e.rule.id, e.rule.dataset, _examples(e), e.rows, _precision(e), e.rule.purpose) for e in found]
    for line in table(header, rows, ("examples", "rows", "precision")):
        typer.echo(line)


@rules_app.command()
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id.", show_default=False)],
    processed: ProcessedOption = None,
    gold: GoldOption = None,
    json: JsonOption = False,
    most: Annotated[int, typer.Option(help="Show up to so many of its rows.", min=0)] = 20,
) -> None:
    """Show one rule: purpose, pattern, examples and counter-examples, precision, and the rows it made in context.

    [bold]Example[/bold]

      gongbao rules show exclusion.grade
    """
    from pipeline.auditing.registry import all_rules, to_data

    if rule_id not in all_rules():
        near = [known for known in all_rules() if rule_id.split(".")[-1] in known][:5]
        fail(f"no rule is named {rule_id!r}{'; there are ' + ', '.join(near) if near else ''}", code=2)
    looked = _look(processed, gold)
    entry = next(entry for entry in looked.entries if entry.rule.id == rule_id)
    if json:
        typer.echo(json_format.dumps(to_data([entry])[0], ensure_ascii=False, indent=1))
        return
    for line in (*_rule(entry), *_rows(looked, entry, most)):
        typer.echo(line)


def _look(processed: Path | None, gold: list[Path] | None) -> _Looked:
    from pipeline.auditing.folders import NotProcessedError, open_folder
    from pipeline.auditing.registry import entries, precision_by_rule, rows_by_rule
    from pipeline.evaluation import GoldError, evaluate, load_gold
    from pipeline.evaluation.sources import NotProcessedError as NotInFolder

    chosen = processed or (_DEFAULT_FOLDER if (_DEFAULT_FOLDER / "issues").is_dir() else None)
    try:
        folder = open_folder(chosen) if chosen else None
    except NotProcessedError as error:
        if processed is not None:
            fail(str(error), code=2)
        folder = None
    try:
        evaluation = evaluate([load_gold(path) for path in gold], processed) if gold else None
    except (GoldError, NotInFolder) as error:
        fail(str(error), code=2)
    precisions = precision_by_rule(evaluation) if evaluation else None
    return _Looked(folder, entries(rows_by_rule(folder) if folder else None, precisions))


def _examples(entry: RuleEntry) -> str:
    return f"{len(entry.rule.examples)} + {len(entry.rule.counter_examples)}"


def _precision(entry: RuleEntry) -> str | None:
    if entry.precision is None or entry.precision.share is None:
        return None
    return f"{entry.precision.share:.3f} of {entry.precision.judged}"


def _rule(entry: RuleEntry) -> Iterator[str]:
    from pipeline.auditing.plain import show as shown

    rule = entry.rule
    yield rule.id
    yield f"  purpose: {rule.purpose}"
    yield f"  dataset: {rule.dataset}"
    yield f"  tried on: {rule.subject}"
    yield f"  assigns: {shown(rule.value)}"
    yield f"  rows: {shown(entry.rows)}"
    yield f"  precision on the gold: {shown(_precision(entry))}"
    yield "  finds"
    yield from (f"    {example.text}  →  {example.match}" for example in rule.examples)
    yield "  does not find"
    yield from (f"    {text}" for text in rule.counter_examples)
    yield f"  pattern: {rule.pattern.pattern}"


def _rows(looked: _Looked, entry: RuleEntry, most: int) -> Iterator[str]:
    from pipeline.auditing.plain import marked, one_line
    from pipeline.auditing.registry import rows_of_rule

    if looked.folder is None or not entry.rows or not most:
        return
    yield f"  rows in {looked.folder.path}"
    texts = {issue_id: looked.folder.text(issue_id) or "" for issue_id in looked.folder.issues}
    for dataset, row in rows_of_rule(looked.folder, entry.rule.id)[:most]:
        start, end, text = row["char_start"], row["char_end"], texts[row["issue_id"]]
        context = marked(text[max(0, start - _AROUND) : start], row["text"], text[end : end + _AROUND])
        yield f"    {row[_id_column(dataset)]}  {one_line(context)}"
    if entry.rows > most:
        yield f"    … and {entry.rows - most} more: --most {entry.rows}"


def _id_column(dataset: str) -> str:
    from schemas.datasets import DATASETS

    return DATASETS[dataset].key[-1]
