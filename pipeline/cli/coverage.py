"""``gongbao coverage``: the numbers of an issue that nothing explains."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    from schemas.records import Issue


def coverage(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Issues as published.", exists=True, dir_okay=False, metavar="FILE...")
    ] = None,
    processed: Annotated[
        Path | None, typer.Option(help="Look at the issues of this processed folder.", file_okay=False)
    ] = None,
    most: Annotated[int, typer.Option(help="List up to so many unexplained numbers.", min=0)] = 200,
    rules: Annotated[bool, typer.Option("--rules", help="Show what each rule, name and word explains.")] = False,
    at_most: Annotated[
        float | None, typer.Option(help="Status 1 where more than this percentage is unexplained.", min=0)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say of every number that an issue prints what it is, and list those that nothing explains.

    Numbers are runs of digits and of Chinese numerals. Each belongs to a quantity, a date, a marker, a document
    number, a name, a set phrase …, or it is listed: there a quantity may have been overlooked.

    [bold]Examples[/bold]

      gongbao coverage raw/xiangyin/2023-01.txt

      gongbao coverage --processed processed --rules --at-most 1
    """
    from extractors.officials import extract_officials
    from extractors.responsibilities import extract_responsibilities
    from pipeline.auditing.coverage import coverage as coverage_of
    from pipeline.auditing.coverage_report import pooled, to_data, to_lines
    from schemas.ids import IdMaker

    if bool(files) == (processed is not None):
        fail("give FILE... or --processed", code=2)
    parts = {}
    for name, issue in _issues(files or [], processed):
        ids = IdMaker(issue.issue_id)
        parts[name] = coverage_of(issue, extract_officials(issue, ids), extract_responsibilities(issue, ids))
    if json:
        typer.echo(json_format.dumps(to_data(parts), ensure_ascii=False, indent=1))
    else:
        for line in to_lines(parts, most, rules):
            typer.echo(line)
    if at_most is not None and 100 * pooled(parts).share > at_most:
        raise typer.Exit(1)


def _issues(files: list[Path], processed: Path | None) -> Iterator[tuple[str, Issue]]:
    from pipeline.auditing.folders import NotProcessedError, open_folder
    from pipeline.auditing.issues import SourceMissingError, issue_of_file, issue_of_folder
    from pipeline.readers import ReaderError

    try:
        for path in files:
            yield str(path), issue_of_file(path)
        if processed is not None:
            folder = open_folder(processed)
            for issue_id in folder.issues:
                yield issue_id, issue_of_folder(folder, issue_id)
    except (ReaderError, NotProcessedError, SourceMissingError) as error:
        fail(str(error), code=2 if isinstance(error, NotProcessedError) else 3)
