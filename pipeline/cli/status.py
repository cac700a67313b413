"""``gongbao status``: what is in a processed folder, what failed and why, what is stale."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from pipeline.cli.output import check_folder, plain_table
from pipeline.ledger import InputRecord, Ledger
from pipeline.planning import staleness
from pipeline.readers.discovery import present
from pipeline.running import versions
from pipeline.store import Store


def status(
    processed: Annotated[str, typer.Argument(help="The processed folder, or its address.")] = "processed",
) -> None:
    """Show what is in a processed folder, what failed and why, and what is stale.

    An issue is stale when code, rules or schemas changed since it was made, or when its data is missing;
    the next [bold]gongbao run[/bold] makes it anew.

    [bold]Examples[/bold]

      gongbao status

      gongbao status /data/gazettes

      gongbao status s3://gazettes/processed
    """
    check_folder(processed)
    ledger, store, now = Ledger(processed), Store(processed), versions()
    complete = store.complete()
    records = sorted(ledger.inputs.values(), key=lambda record: (record.source_path, record.path))
    here = present([record.path for record in records])
    states = [(record, _state(record, record.path in here, staleness(record, complete, now))) for record in records]
    counts = Counter(state.split(":")[0] for _, state in states)
    typer.echo(
        plain_table([("inputs", str(len(records))), *((name, str(count)) for name, count in sorted(counts.items()))])
    )
    for record, state in states:
        typer.echo(f"{record.source_path}  {record.issue_id or '-'}  {state}  {_what(record)}".rstrip())
    runs = ledger.runs()
    if runs:
        typer.echo(f"last run: {runs[-1]['finished']}, {runs[-1]['made']} made, {runs[-1]['quarantined']} quarantined")


def _state(record: InputRecord, is_present: bool, why_stale: str | None) -> str:
    if not is_present:
        return "source gone"
    if record.status == "quarantined":
        return "quarantined"
    return f"stale: {why_stale}" if why_stale else "up to date"


def _what(record: InputRecord) -> str:
    if record.status == "quarantined":
        return f"{record.cause}: {record.reason}"
    listed = ", ".join(f"{name} {count}" for name, count in sorted(record.problems.items()))
    return f"{record.title or 'without title'}; {record.rows.get('documents', 0)} documents" + (
        f"; problems: {listed}" if listed else ""
    )
