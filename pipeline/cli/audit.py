"""``gongbao audit``: the rows in their text, as static pages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import typer

from pipeline.cli.output import fail, plural

MANIFEST: Final = ".gongbao-audit"
"""Names the files that the command wrote, so that it can take away those that a later site lacks."""


def audit(
    out: Annotated[
        Path | None, typer.Option(help="Write the site into this folder.", file_okay=False, show_default=False)
    ] = None,
    processed: Annotated[Path, typer.Option(help="Show the issues of this processed folder.", file_okay=False)] = Path(
        "processed"
    ),
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", help="Labels to judge the rows by; may be given again.", exists=True),
    ] = None,
    serve: Annotated[
        bool,
        typer.Option("--serve", help="Write nothing: answer at an address of this machine, from the folder itself."),
    ] = False,
    port: Annotated[int, typer.Option(help="With --serve, the port.", min=0, max=65535)] = 8020,
    why: Annotated[
        bool | None,
        typer.Option(
            "--why/--no-why",
            help="Write the explanation of every row too. [default: for up to 20 issues]",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Build pages that show every row in the text it was made from; open OUT/index.html, no server is needed.

    With [bold]--serve[/bold] the same pages are made as they are asked for: for folders of hundreds of issues.

    [bold]Examples[/bold]

      gongbao audit --out audit/

      gongbao audit --processed processed --gold tests/gold/xiangyin --out audit/

      gongbao audit --processed processed --serve
    """
    from pipeline.auditing.folders import NotProcessedError, open_folder
    from pipeline.evaluation import GoldError, load_gold
    from pipeline.site import build_site
    from pipeline.site.build import SMALL

    if (out is None) == (not serve):
        fail("give --out FOLDER, or --serve", code=2)
    if out is not None and out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file():
        fail(f"{out} holds files that are not of an audit site; name an empty or a new folder", code=2)
    try:
        folder = open_folder(processed)
        sets = [load_gold(path) for path in gold or ()]
    except (NotProcessedError, GoldError) as error:
        fail(str(error), code=2)
    if out is None:
        from pipeline.site.serving import serve_site

        serve_site(folder, sets, port)
        return
    explained = len(folder.issues) <= SMALL if why is None else why
    count, size = _write(out, build_site(folder, sets, why=explained, processes=os.cpu_count() or 1))
    typer.echo(f"{out / 'index.html'}: {plural(count, 'file')}, {size / 1e6:.1f} MB")


def _write(out: Path, files: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Write *files* below *out*, take away those of an earlier site; returns how many and how many bytes."""
    manifest = out / MANIFEST
    earlier = set(manifest.read_text(encoding="utf-8").splitlines()) if manifest.is_file() else set()
    out.mkdir(parents=True, exist_ok=True)
    manifest.touch()
    written: dict[str, int] = {}
    for name, data in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written[name] = len(data)
    for name in sorted(earlier - written.keys()):
        (out / name).unlink(missing_ok=True)
    manifest.write_text("".join(f"{name}\n" for name in sorted(written)), encoding="utf-8")
    return len(written), sum(written.values())
