"""``gongbao run``: bring a processed folder up to date with the issues below some paths."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.cli.output import MetricsFile, fail, plain_table, plural, tell_json

if TYPE_CHECKING:
    from pipeline.runs.runner import Preview, Report, Result
    from pipeline.store.ledger import InputRecord

QUARANTINED_EXIT = 3
_MOST_LISTED = 20
_IS = ("are", "is")

Runner = Literal["processes", "dask"]


def run(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files and folders with issues as published, or addresses of such.", metavar="PATH..."),
    ],
    out: Annotated[str, typer.Option(help="Folder for the datasets, or an address.")] = "processed",
    workers: Annotated[
        int | None, typer.Option(min=1, help="Issues worked on at a time. [default: one per core]", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make every issue anew, changed or not.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Also remove the data of files below PATH that are gone.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Prune even where a folder is empty or a tenth of its files are gone.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be made, replaced and removed, and why; write nothing.")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option(help="Look only at files changed from this date on.", show_default=False)
    ] = None,
    runner: Annotated[Runner, typer.Option(help="Processes of this machine, or a Dask cluster.")] = "processes",
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of Dask's scheduler. [default: a cluster made for this run]", show_default=False),
    ] = None,
    cache: Annotated[
        str | None,
        typer.Option(
            help="Folder, or address, for what readers made of PDF, scans, pages and Word, shared by several output folders. "
            "[default: in the output folder]",
            show_default=False,
        ),
    ] = None,
    metrics: MetricsFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say what was done as one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")] = False,
) -> None:
    """Process issues into Parquet datasets; what is up to date is left alone.

    Pruning refuses to go on where a folder holds no file now, or more than a tenth of those known are gone: it may be
    empty or not mounted by mistake.

    An input that cannot be read is quarantined: it gets a record with the reason, the others go on, and it is
    tried again when it or the code changes.

    [bold]Exit status[/bold]: 0 all is well · 3 some inputs were quarantined · 2 wrong usage · 1 the run could not go on
    · 130 stopped by Ctrl-C · 143 stopped by SIGTERM.

    [bold]Examples[/bold]

      gongbao run raw/                           everything below raw/ into processed/

      gongbao run raw/xiangyin/2023-01.txt       one issue

      gongbao run raw/ --out /data/gazettes --workers 8

      gongbao run raw/ --prune                   and drop the data of files that were removed

      gongbao run raw/ --prune --dry-run         what that would do

      gongbao run raw/ --since 2026-11-01        only what is new or changed from then on

      gongbao run raw/ --json --metrics /var/lib/node_exporter/gongbao.prom

      gongbao run raw/ --out trial --cache processed    make a trial folder without recognising scans again

      gongbao run raw/ --runner dask --scheduler tcp://10.0.0.5:8786

      gongbao run s3://gazettes/raw --out s3://gazettes/processed
    """
    if scheduler and runner != "dask":
        fail("--scheduler goes with --runner dask", code=2)
    _check(paths, out)
    from pipeline.orchestration import prefect_engine
    from pipeline.orchestration.termination import SIGTERM_EXIT, Terminated, end_on_sigterm
    from pipeline.runs import summary
    from pipeline.runs.runner import Locked, Options, PruneRefused, preview
    from pipeline.runs.runner import run as bring_up_to_date
    from pipeline.runs.summary import write_metrics

    options = Options(workers, force, prune, since, runner, scheduler, yes, cache, quick=True)
    if dry_run:
        foretold = preview(paths, out, options)
        if as_json:
            tell_json(asdict(foretold))
        else:
            _foretell(foretold)
        return
    if runner == "processes":
        end_on_sigterm("stopped; what was finished is kept, run again to go on")
    try:
        with _report(quiet or as_json) as report:
            result = bring_up_to_date(paths, out, options, report, engine=prefect_engine(options))
    except (Locked, PruneRefused) as error:
        fail(str(error))
    except KeyboardInterrupt as error:
        code = SIGTERM_EXIT if isinstance(error, Terminated) else 130
        fail("stopped; what was finished is kept, run again to go on", code=code)
    except OSError as error:
        fail(f"cannot write to {out}: {error.strerror or error}")
    except Exception as error:
        if not _is_known(error):
            raise
        fail(str(error))
    code = QUARANTINED_EXIT if result.quarantined else 0
    for line in (*_damage(result), *(f"drift: {line}" for line in result.drift), *_faults(result.quarantined)):
        typer.echo(line, err=True)
    if metrics:
        try:
            write_metrics(result, metrics)
        except OSError as error:
            fail(f"cannot write {metrics}: {error.strerror or error}")
    if as_json:
        tell_json(summary.as_json(result) | {"exit": code})
    elif not quiet:
        _tell(result, out, since)
    raise typer.Exit(code)


def _foretell(foretold: Preview) -> None:
    """Say what a run would do."""
    for verb, listed in (("make", foretold.made), ("replace", foretold.replaced)):
        for path, why in listed:
            typer.echo(f"{verb}  {path}  {why}")
    for line in foretold.damaged:
        typer.echo(f"damaged  {line}")
    for path in foretold.removed:
        typer.echo(f"remove  {path}  its file is gone")
    counts = (len(foretold.made), len(foretold.replaced), len(foretold.removed), foretold.unchanged)
    typer.echo("to make {}, to replace {}, to remove {}; {} need nothing".format(*counts))
    for doubt in foretold.doubts:
        typer.echo(f"--prune would refuse without --yes: {doubt}")


def _check(paths: list[str], out: str) -> None:
    """Refuse what names nothing, before anything is begun."""
    from pipeline.readers.discovery import is_there
    from pipeline.storage import is_remote

    try:
        for path in paths:
            if not is_there(path):
                fail(f"there is no {path}", code=2)
        if not is_remote(out) and os.path.exists(out) and not os.path.isdir(out):
            fail(f"{out} is a file; --out names a folder", code=2)
    except OSError as error:
        fail(str(error.strerror or error))


def _is_known(error: Exception) -> bool:
    """Whether *error* is one of the run's own, looked up without importing Prefect."""
    return type(error).__module__.startswith("pipeline.") and type(error).__name__ in ("StoreError", "ServerError")


class _Lines:
    """One plain line per input."""

    def __init__(self) -> None:
        self._todo = 0
        self._count = 0

    def planned(self, todo: int, unchanged: int) -> None:
        self._todo = todo
        if todo:
            typer.echo(f"{plural(todo, 'issue')} to process, {unchanged} up to date", err=True)

    def finished(self, record: InputRecord) -> None:
        self._count += 1
        typer.echo(f"[{self._count}/{max(self._todo, self._count)}] {_line(record)}", err=True)


class _Bar:
    """A progress bar for terminals."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self.progress.add_task("looking", total=None)

    def planned(self, todo: int, unchanged: int) -> None:
        self.progress.update(self._task, description="starting" if todo else "up to date", total=max(todo, 1))

    def finished(self, record: InputRecord) -> None:
        self.progress.update(self._task, description="processing", advance=1)
        self.progress.console.print(_line(record), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _report(quiet: bool) -> Iterator[Report]:
    from pipeline.runs.runner import Silent

    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        bar = _Bar()
        with bar.progress:
            yield bar
    else:
        yield _Lines()


def _line(record: InputRecord) -> str:
    if record.status == "quarantined":
        return f"quarantined  {record.source_path}: {record.reason}"
    rows = record.rows
    return (
        f"done  {record.source_path}: {plural(rows['documents'], 'document')}, "
        f"{rows['quantities']} quantities, {rows['targets']} targets, {record.seconds:.1f} s"
    )


def _damage(result: Result) -> Iterable[str]:
    for line in result.damaged[:_MOST_LISTED]:
        yield f"damaged: {line}"
    if len(result.damaged) > _MOST_LISTED:
        yield f"… and {len(result.damaged) - _MOST_LISTED} more damaged files"
    if result.lost:
        from pipeline.store.integrity import ASIDE

        yield (
            f"the data of {plural(len(result.lost), 'issue')} was damaged and not made anew, as the source is not among "
            f"these inputs: gongbao status; what is left of it lies in {ASIDE}/"
        )
    elif result.damaged:
        yield "what was damaged is made anew"


def _faults(records: list[InputRecord]) -> Iterable[str]:
    for record in records[:_MOST_LISTED]:
        yield f"quarantined: {record.source_path}: {record.reason}"
    if len(records) > _MOST_LISTED:
        yield f"… and {len(records) - _MOST_LISTED} more: gongbao status"


def _tell(result: Result, out: str, since: datetime | None) -> None:
    typer.echo(plain_table(_summary(result)))
    if not result.made and not result.removed:
        looked_at = f"of the files changed from {since} on, all are" if since else "everything is"
        outcome = "nothing made: but for what is quarantined," if result.quarantined else "nothing to do:"
        typer.echo(f"{outcome} {looked_at} up to date")
    if result.removed:
        typer.echo(f"removed the data of {plural(len(result.removed), 'replaced or removed issue')}")
    if result.set_aside:
        from pipeline.store.ledger import SET_ASIDE

        typer.echo(
            f"{plural(result.set_aside, 'line')} of the ledger {_IS[result.set_aside == 1]} no record: see {SET_ASIDE}"
        )
    if result.missing:
        typer.echo(
            f"{plural(len(result.missing), 'file')} of earlier runs {_IS[len(result.missing) == 1]} gone; "
            "their data stays until: gongbao run … --prune"
        )
    typer.echo(f'load it:  python -c \'import pipeline; print(pipeline.load("targets", "{out}"))\'')


def _summary(result: Result) -> list[tuple[str, str]]:
    from schemas.datasets import DATASETS, split_values

    totals = result.totals()
    lines = [("issues", f"{totals.issues}")]
    for dataset in DATASETS.values():
        if dataset.is_counted:
            lines.append((dataset.name, f"{totals.rows.get(dataset.name, 0)}"))
            lines.extend((f"  {kind}", f"{totals.kinds.get(kind, 0)}") for kind in split_values(dataset))
    if result.quarantined:
        lines.append(("quarantined", f"{len(result.quarantined)}"))
    return [*lines, ("seconds", f"{result.seconds:.1f}")]
