"""``gongbao status``: what is in a processed folder, what failed and why, what is stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from pipeline.cli.output import check_folder, plain_table, plural, tell_json
from pipeline.readers.discovery import Stamp, digest, here, shown
from pipeline.runs.plan import staleness
from pipeline.runs.result import Totals
from pipeline.runs.runner import versions
from pipeline.store.integrity import Damage, look
from pipeline.store.ledger import InputRecord, Ledger
from pipeline.store.store import Store

_MOST_LISTED: Final = 50
State = tuple[InputRecord, str, str]
"""An input's record, its state, and its messages."""


def status(
    processed: Annotated[str, typer.Argument(help="The processed folder, or its address.")] = "processed",
    everything: Annotated[bool, typer.Option("--all", help="List what is up to date, however much it is.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say it as one JSON object.")] = False,
) -> None:
    """Show what is in a processed folder, what failed and why, and what is stale.

    An issue is stale when code, rules or schemas changed since it was made, when its file changed, or when its data
    is missing or damaged; the next [bold]gongbao run[/bold] makes it anew, which takes about as much computing as is
    told, by the pace of the time before. What was quarantined is tried again when its file or the code changes. Counts
    come first, then what needs somebody, then what is up to date.

    [bold]Examples[/bold]

      gongbao status

      gongbao status /data/gazettes --all

      gongbao status s3://gazettes/processed
    """
    check_folder(processed)
    ledger, store, now = Ledger(processed), Store(processed), versions()
    complete = store.complete()
    damage = look(store).damage
    damaged = {issue for one in damage for issue in one.issues} - ledger.begun
    records = sorted(ledger.inputs.values(), key=lambda record: (record.source_path, record.path))
    stamps = here([record.path for record in records])
    states = [(record, *_state(record, stamps, staleness(record, complete, now, damaged))) for record in records]
    if as_json:
        tell_json(_told(states, len(complete), ledger, damage))
        return
    for line in (
        *_counts(states, len(complete)),
        *_cost(states),
        *_faults(ledger, damage),
        *_lines(states, everything),
        *_last_run(ledger),
    ):
        typer.echo(line)


def _state(record: InputRecord, stamps: Mapping[str, Stamp | None], why_stale: str | None) -> tuple[str, str]:
    """The state of an input, with its messages."""
    if record.path not in stamps:
        return "source gone", "stays until: gongbao run … --prune"
    if record.status == "quarantined":
        changed = why_stale or _change(record, stamps[record.path])
        return "quarantined", f"tried again by the next run, {changed}" if changed else ""
    why = why_stale or _change(record, stamps[record.path])
    return ("stale", why) if why else ("up to date", "")


def _change(record: InputRecord, now: Stamp | None) -> str | None:
    """Whether the file's bytes differ from those of the record; they are read only where its time stamp or size differs."""
    if now and now.tells_no_change(record.size, record.changed_ns, record.tag):
        return None
    return None if digest(record.path) == record.sha256 else "file changed"


def _told(states: Sequence[State], issues: int, ledger: Ledger, damage: Sequence[Damage]) -> dict[str, Any]:
    totals = Totals.of([record for record, _, _ in states])
    return {
        "inputs": len(states),
        "issues": issues,
        "states": dict(Counter(state for _, state, _ in states)),
        "stale": dict(Counter(note for _, state, note in states if state == "stale")),
        "seconds_to_remake": round(_seconds(states), 1),
        "needs": [
            {
                "source_path": record.source_path,
                "issue_id": record.issue_id,
                "state": state,
                "why": note or record.reason,
            }
            for record, state, note in states
            if state != "up to date"
        ],
        "damaged": {one.name: one.why for one in damage},
        "set_aside": len(ledger.set_aside),
        "rows": dict(totals.rows),
        "problems": dict(totals.problems),
        "last_run": ledger.runs()[-1] if ledger.runs() else None,
    }


def _cost(states: Sequence[State]) -> Iterator[str]:
    """What it takes to make anew what is stale."""
    stale = sum(state == "stale" for _, state, _ in states)
    if stale:
        yield f"to make {plural(stale, 'issue')} anew takes about {_duration(_seconds(states))} of one core, by their pace before"


def _seconds(states: Sequence[State]) -> float:
    return sum(record.seconds for record, state, _ in states if state == "stale" and not record.twin_of)


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def _faults(ledger: Ledger, damage: Sequence[Damage]) -> Iterator[str]:
    for one in damage[:_MOST_LISTED]:
        yield f"damaged: {one.name}: {one.why}; the next run over its source makes it anew: gongbao run PATH"
    if len(damage) > _MOST_LISTED:
        yield f"… and {len(damage) - _MOST_LISTED} more damaged files: gongbao verify"
    if ledger.set_aside:
        yield f"{plural(len(ledger.set_aside), 'line')} of the ledger tell nothing; the next run sets them aside"


def _counts(states: Sequence[State], issues: int) -> Iterator[str]:
    counts = Counter(state for _, state, _ in states)
    reasons = Counter(note for _, state, note in states if state == "stale")
    rows = [("inputs", len(states))]
    for name in sorted(counts):
        rows.append((name, counts[name]))
        rows.extend((f"  {why}", count) for why, count in sorted(reasons.items()) if name == "stale")
    yield plain_table([(name, str(count)) for name, count in (*rows, ("issues in the data", issues))])


def _lines(states: Sequence[State], everything: bool) -> Iterator[str]:
    shown = 0
    for record, state, note in sorted(states, key=lambda item: item[1] == "up to date"):
        if state == "up to date":
            shown += 1
            if shown > _MOST_LISTED and not everything:
                continue
        label = f"{state}: {note}" if note else state
        yield f"{record.source_path}  {record.issue_id or '-'}  {label}  {_what(record)}".rstrip()
    if shown > _MOST_LISTED and not everything:
        yield f"… and {shown - _MOST_LISTED} more up to date: gongbao status --all"


def _last_run(ledger: Ledger) -> Iterator[str]:
    runs = ledger.runs()
    if runs:
        last = runs[-1]
        removed = f", {len(last['removed'])} removed" if last.get("removed") else ""
        yield f"last run: {last['finished']}, {last['made']} made, {last['quarantined']} quarantined{removed}"


def _what(record: InputRecord) -> str:
    if record.status == "quarantined":
        return f"{record.cause}: {record.reason}"
    listed = ", ".join(f"{name} {count}" for name, count in sorted(record.problems.items()))
    same = f"; the same bytes as {shown(record.twin_of)}" if record.twin_of else ""
    return f"{record.title or 'without title'}; {plural(record.rows.get('documents', 0), 'document')}{same}" + (
        f"; problems: {listed}" if listed else ""
    )
