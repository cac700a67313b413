"""``gongbao fetch``: new issues from folders and web listings."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail, plain_table, tell_json

if TYPE_CHECKING:
    from pipeline.fetching.fetched import Fetched

FAILED_EXIT = 3


def fetch(
    sources: Annotated[
        Path, typer.Option(help="What to fetch from where.", exists=True, dir_okay=False, metavar="FILE")
    ] = Path("sources.toml"),
    raw: Annotated[Path, typer.Option(help="Folder that issues land in.", file_okay=False)] = Path("raw"),
    attempt: Annotated[
        str | None,
        typer.Option(
            "--try", help="Only show what this source (its gazette) would take.", metavar="SOURCE", show_default=False
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say what was done as one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")] = False,
) -> None:
    """Fetch new and changed issues into raw/<gazette>/<year>/, from the folders and web listings of sources.toml.

    What is there is asked for again by conditional requests only; a file that changed at the same address is
    kept as a new revision beside the old. Address, time and digest of each file stand in raw/.fetched/. A listing that
    names nothing, or less than half of what it used to, is told as doubtful: it may have been rebuilt.

    [bold]Exit status[/bold]: 0 all is well · 3 some addresses failed or are doubtful · 2 wrong usage · 1 the fetch could not go on.

    [bold]Examples[/bold]

      gongbao fetch

      gongbao fetch --try example-county        page by page, writing nothing

      gongbao fetch --sources county.toml --raw /data/raw
    """
    from pipeline.fetching.fetch import fetch as fetch_all
    from pipeline.fetching.fetched import NEEDS_SOMEBODY
    from pipeline.fetching.landing import FetchLocked
    from pipeline.fetching.sources import SourcesError, load

    if attempt is not None:
        _try(sources, attempt)
        return

    def report(item: Fetched) -> None:
        if item.reason:
            typer.echo(f"{item.end}: {item.url}: {item.reason}", err=True)
        elif item.end != "unchanged" and not (quiet or as_json):
            typer.echo(f"{item.end}  {item.path}", err=True)

    try:
        done = fetch_all(load(sources), raw, report)
    except SourcesError as error:
        fail(str(error), code=2)
    except FetchLocked as error:
        fail(str(error))
    except OSError as error:
        fail(f"cannot write to {raw}: {error.strerror or error}")
    counts = Counter(item.end for item in done)
    if as_json:
        tell_json({"counts": dict(counts), "items": [asdict(item) for item in done if item.end != "unchanged"]})
    elif not quiet:
        typer.echo(plain_table([(name, str(counts[name])) for name in ("new", "revised", "unchanged", "failed")]))
    raise typer.Exit(FAILED_EXIT if any(counts[end] for end in NEEDS_SOMEBODY) else 0)


def _try(path: Path, gazette: str) -> None:
    """Show what the sources of a gazette would take."""
    from pipeline.fetching.sources import FolderSource, SourcesError, load
    from pipeline.fetching.trial import trial
    from pipeline.fetching.web import Web

    try:
        sources = load(path)
    except SourcesError as error:
        fail(str(error), code=2)
    chosen = [source for source in sources.sources if source.gazette == gazette]
    if not chosen:
        fail(f"{path} names no source {gazette}", code=2)
    with Web(sources.agent) as web:
        for source in chosen:
            if isinstance(source, FolderSource):
                typer.echo(f"folder  {source.folder}")
                continue
            for line in trial(source, web):
                typer.echo(line)
