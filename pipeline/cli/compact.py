"""``gongbao compact``: many issues in one file."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli.output import check_folder, fail, plural
from pipeline.store.ledger import Locked, lock
from pipeline.store.store import PACKED, Store


def compact(
    processed: Annotated[str, typer.Argument(help="The processed folder, or its address.")] = "processed",
    undo: Annotated[bool, typer.Option("--undo", help="Give every issue files of its own again.")] = False,
) -> None:
    """Bring the files of each year and dataset into part-*.parquet, their rows sorted by issue_id.

    Queries give the same results. From then on each run ends with packing what it made; an issue that is replaced
    rewrites its part. A part holds up to 512 issues.

    [bold]Examples[/bold]

      gongbao compact

      gongbao compact /data/gazettes --undo
    """
    check_folder(processed)
    from pipeline.store import packing

    store = Store(processed)
    try:
        with lock(processed):
            if undo:
                count = len(packing.unpack(store))
                store.files.remove([PACKED])
            else:
                count = len(packing.pack(store))
    except (Locked, packing.PackError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"cannot write to {processed}: {error.strerror or error}")
    typer.echo(f"unpacked {plural(count, 'part')}" if undo else f"wrote {plural(count, 'part')} per dataset")
