"""``gongbao rules``: the table of decisions, and one rule with all that is known of it."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    from pipeline.auditing.folders import Folder
    from pipeline.auditing.registry import RuleEntry
    from pipeline.evaluation.decisions import Decisions

app = typer.Typer(no_args_is_help=False, add_completion=False, rich_markup_mode="rich")
_DEFAULT_FOLDER = Path("processed")
_AROUND = 24
_LONGEST = 60
_WRONG_SHOWN = 10

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


@app.callback(invoke_without_command=True)
def rules(
    context: typer.Context,
    processed: ProcessedOption = None,
    gold: GoldOption = None,
    dataset: Annotated[str | None, typer.Option(help="Only the rules of this dataset.")] = None,
    column: Annotated[str | None, typer.Option(help="Only decisions in this column, as kind_rule or kind.")] = None,
    never: Annotated[bool, typer.Option("--never", help="Only rules that could decide and decided nothing.")] = False,
    trace: Annotated[
        bool,
        typer.Option("--trace", help="Count overlaps, conflicts and exclusions too; the texts are read again for it."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """The table of decisions: for every rule of every column how often it decided, was right, was wrong.

    Defaults have rules of their own. A decision is judged where a label states its column; – stands where no label
    does. A rule that more than one column names has a line for each. Overlaps are decisions for which another rule
    spoke as well, conflicts those for which it spoke for another value. No row tells of a number that an exclusion
    holds, or of a rule that only helps others: – stands for them, and with --trace what exclusions hold is counted.

    [bold]Examples[/bold]

      gongbao rules

      gongbao rules --gold tests/gold/dev --column kind

      gongbao rules --gold tests/gold/other --trace

      gongbao rules show quantity.range
    """
    if context.invoked_subcommand is not None:
        return
    from extractors.rules.registry import rule_datasets
    from pipeline.auditing.plain import table
    from pipeline.auditing.registry import to_data

    if dataset is not None and dataset not in rule_datasets():
        fail(f"rules belong to {', '.join(rule_datasets())}, not to {dataset!r}", code=2)
    found = [entry for entry in _look(processed, gold, trace).entries if dataset in (None, entry.rule.dataset)]
    if never:
        found = [entry for entry in found if entry.counted and not entry.decided]
    if column is not None:
        found = [chosen for entry in found if (chosen := entry.of_column(column)).decisions]
    if json:
        typer.echo(json_format.dumps(to_data(found), ensure_ascii=False, indent=1))
        return
    for line in table(_HEADER, [row for entry in found for row in _lines(entry)], _NUMBERS):
        typer.echo(line)


_NUMBERS = ("decided", "right", "wrong", "overlaps", "conflicts", "precision", "95 % interval")
_HEADER = ("id", "dataset", "column", *_NUMBERS, "purpose")


def _lines(entry: RuleEntry) -> Iterator[tuple[object, ...]]:
    rule = entry.rule
    for one in entry.decisions:
        yield (
            rule.id, one.dataset, one.column, one.decided, *one.judgement[:2], one.overlaps, one.conflicts,
            *_precision(one), rule.purpose,
        )  # fmt: skip
    if not entry.decisions:
        yield (rule.id, rule.dataset, None, 0 if entry.counted else None, *[None] * 6, rule.purpose)


def _precision(one: Decisions) -> tuple[str | None, str | None]:
    if one.precision is None or one.interval is None:
        return None, None
    return one.judgement[2], f"{one.interval[0]:.3f}–{one.interval[1]:.3f}"


@app.command()
def show(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule's id.", show_default=False)],
    processed: ProcessedOption = None,
    gold: GoldOption = None,
    json: JsonOption = False,
    most: Annotated[int, typer.Option(help="Show up to so many of its rows.", min=0)] = 20,
) -> None:
    """Show one rule: where it is written, purpose, pattern, examples, what it decided, and the rows in context.

    [bold]Example[/bold]

      gongbao rules show exclusion.grade
    """
    from pipeline.auditing.registry import all_rules, to_data

    if rule_id not in all_rules():
        last = rule_id.split(".")[-1]
        near = sorted(
            (known for known in all_rules() if last in known), key=lambda known: known.split(".")[-1] != last
        )[:5]
        fail(f"no rule is named {rule_id!r}{'; there are ' + ', '.join(near) if near else ''}", code=2)
    looked = _look(processed, gold, trace=bool(gold) and all_rules()[rule_id].dataset == "exclusions")
    entry = next(entry for entry in looked.entries if entry.rule.id == rule_id)
    if json:
        typer.echo(json_format.dumps(to_data([entry])[0], ensure_ascii=False, indent=1))
        return
    for line in (*_rule(entry), *_rows(looked, entry, most)):
        typer.echo(line)


def _look(processed: Path | None, gold: list[Path] | None, trace: bool = False) -> _Looked:
    from pipeline.auditing.folders import NotProcessedError, open_folder
    from pipeline.auditing.registry import decisions_in, entries, pooled
    from pipeline.evaluation import GoldError, evaluate, load_gold
    from pipeline.evaluation.decisions import merged
    from pipeline.evaluation.sources import NotProcessedError as NotInFolder

    chosen = processed or (_DEFAULT_FOLDER if not gold and (_DEFAULT_FOLDER / "issues").is_dir() else None)
    try:
        folder = open_folder(chosen) if chosen else None
    except NotProcessedError as error:
        if processed is not None:
            fail(str(error), code=2)
        folder = None
    try:
        sets = [load_gold(path) for path in gold or ()]
        judged = pooled(evaluate(sets, processed)) if sets else []
    except (GoldError, NotInFolder) as error:
        fail(str(error), code=2)
    decisions = merged(decisions_in(folder) if folder else None, judged)
    if trace:
        from pipeline.auditing.overlaps import with_overlaps

        decisions = with_overlaps(decisions, folder, sets)
    return _Looked(folder, entries(decisions))


def _rule(entry: RuleEntry) -> Iterator[str]:
    from pipeline.auditing.plain import show as shown
    from pipeline.auditing.registry import place_of

    rule = entry.rule
    yield rule.id
    yield f"  purpose: {rule.purpose}"
    yield f"  written in: {place_of(rule)}"
    yield f"  dataset: {rule.dataset}"
    yield f"  tried on: {rule.subject}"
    yield f"  assigns: {shown(rule.value)}"
    for one in entry.decisions:
        precision, interval = _precision(one)
        judged = f"; right {one.right} of {one.judged}, {precision} ({interval})" if one.judged else "; not judged"
        yield f"  decided {one.dataset}.{one.column}: {one.decided}{judged}"
        if one.wrong_rows:
            yield f"    wrong: {', '.join(one.wrong_rows[:_WRONG_SHOWN])}"
    yield "  finds"
    yield from (f"    {example.text}  →  {example.match}" for example in rule.examples)
    yield "  does not find"
    yield from (f"    {text}" for text in rule.counter_examples)
    if rule.written != rule.pattern.pattern:
        yield f"  pattern as written: {rule.written}"
        yield f"  pattern expanded: {rule.pattern.pattern}"
    else:
        yield f"  pattern: {rule.written}"


def _rows(looked: _Looked, entry: RuleEntry, most: int) -> Iterator[str]:
    from pipeline.auditing.plain import marked, one_line
    from pipeline.auditing.registry import rows_of_rule

    if looked.folder is None or not entry.decided or not most:
        return
    yield f"  rows in {looked.folder.path}"
    texts = {issue_id: looked.folder.text(issue_id) or "" for issue_id in looked.folder.issues}
    for dataset, column, row in islice(rows_of_rule(looked.folder, entry.rule.id), most):
        name, text = str(row[_id_column(dataset)]), texts[row["issue_id"]]
        start, end = row["char_start"], row["char_end"]
        printed = (row.get("text") or text[start:end])[:_LONGEST]
        context = marked(text[max(0, start - _AROUND) : start], printed, text[end : end + _AROUND])
        yield f"    {name}  {column}  {one_line(context)}"
    if entry.decided > most:
        yield f"    … and {entry.decided - most} more: --most {entry.decided}"


def _id_column(dataset: str) -> str:
    from schemas.datasets import DATASETS

    return DATASETS[dataset].key[-1]
