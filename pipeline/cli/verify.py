"""``gongbao verify``: every file of a processed folder held against what was written."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from pipeline.cli.output import check_folder, fail, plain_table, plural, tell_json
from pipeline.store.integrity import Found, look
from pipeline.store.ledger import Ledger, Locked, lock
from pipeline.store.store import Store
from pipeline.store.sums import note_damage

DAMAGED_EXIT: Final = 3


def verify(
    processed: Annotated[str, typer.Argument(help="The processed folder, or its address.")] = "processed",
    as_json: Annotated[bool, typer.Option("--json", help="Say it as one JSON object.")] = False,
) -> None:
    """Check every byte of a processed folder against the lengths and digests noted when it was written.

    A run looks at lengths, and at the bytes of files that changed since the run before; this reads all of them, as for
    a disk that forgets in silence. What is damaged is noted, and made anew by the next run over its source.

    [bold]Exit status[/bold]: 0 all is well · 3 files are damaged or missing · 2 wrong usage · 1 a run is at work there.

    [bold]Examples[/bold]

      gongbao verify

      gongbao verify s3://gazettes/processed
    """
    check_folder(processed)
    store = Store(processed)
    try:
        with lock(processed):
            found = look(store, everything=True)
            note_damage(store.files, [one.name for one in found.damage])
    except Locked as error:
        fail(str(error))
    except PermissionError:  # a folder that we may only read
        found = look(store, everything=True)
    except OSError as error:
        fail(f"cannot read {processed}: {error.strerror or error}")
    missing = _incomplete(store) - {issue for one in found.damage for issue in one.issues}
    if as_json:
        damaged = [{"file": one.name, "why": one.why, "issues": list(one.issues)} for one in found.damage]
        counts = {name.replace(" ", "_"): int(count) for name, count in _counts(found, len(missing))}
        tell_json(counts | {"damaged": damaged, "incomplete": sorted(missing)})
        raise typer.Exit(DAMAGED_EXIT if damaged or missing else 0)
    for one in found.damage:
        typer.echo(f"damaged: {one.name}: {one.why}")
    for issue in sorted(missing):
        typer.echo(f"incomplete: {issue}: files are missing")
    typer.echo(plain_table(_counts(found, len(missing))))
    if found.damage or missing:
        typer.echo("the next run over the sources makes it anew: gongbao run PATH")
        raise typer.Exit(DAMAGED_EXIT)
    typer.echo(f"{plural(found.files, 'file')} as written")


def _incomplete(store: Store) -> set[str]:
    """The issues that the ledger knows as made and of which files are missing."""
    made = {record.issue_id for record in Ledger(store.files).inputs.values() if record.issue_id}
    return {issue for issue in made if issue} - store.complete()


def _counts(found: Found, missing: int) -> list[tuple[str, str]]:
    counts = (
        ("files", found.files),
        ("read", found.read),
        ("without a digest", found.without_sum),
        ("damaged", len(found.damage)),
        ("incomplete issues", missing),
    )
    return [(name, str(count)) for name, count in counts]
