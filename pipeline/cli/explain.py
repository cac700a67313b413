"""``gongbao explain``: why a row is as it is."""

from __future__ import annotations

import json as json_format
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    from pipeline.auditing.explanation import Explanation

_OFFSET = re.compile(r"(?P<file>.+):(?P<offset>[0-9]+)")
_ROW_ID = re.compile(r"(?P<issue>[0-9a-f]{16})/[a-z]/(?P<start>[0-9]+)(?:-[0-9]+)?(?:#[0-9]+)?")


def explain(
    what: Annotated[
        str | None, typer.Argument(help="A row's id, or FILE:OFFSET.", metavar="ROW_ID|FILE:OFFSET", show_default=False)
    ] = None,
    processed: Annotated[Path, typer.Option(help="The processed folder that holds the row.")] = Path("processed"),
    text: Annotated[str | None, typer.Option("--text", help="Run on this text instead.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say why a row is as it is: its sentence, the rule that fired, what competed, and how each column was derived.

    The issue is read again with the present rules; where the folder's row was made by others, the differences are
    said. FILE:OFFSET explains what stands at a character of a file's canonical text, a number that is no quantity
    included. Ids stand in every dataset (quantity_id, target_id, official_id, responsibility_id, citation_id …).

    [bold]Examples[/bold]

      gongbao explain 21a31a8927f5e659/q/14021-14025

      gongbao explain raw/xiangyin/2023-01.txt:14021

      gongbao explain --text "力争全年新增规上工业企业20家以上。"
    """
    if (what is None) == (text is None):
        fail("give a row's id, FILE:OFFSET, or --text", code=2)
    found = _of_text(text) if text is not None else _of_argument(what or "", processed)
    if json:
        from pipeline.auditing.explanation import to_data

        typer.echo(json_format.dumps([to_data(one) for one in found], ensure_ascii=False, indent=1))
        return
    from pipeline.auditing.explanation import to_lines

    for number, explanation in enumerate(found):
        typer.echo("\n" if number else "", nl=bool(number))
        for line in to_lines(explanation):
            typer.echo(line)


def _of_text(text: str) -> list[Explanation]:
    from pipeline.auditing.explain import Audit, explain_all
    from pipeline.auditing.issues import issue_of_text

    if not text.strip():
        fail("the text is empty", code=2)
    found = explain_all(Audit.of(issue_of_text(text)))
    if not found:
        fail("no row and no number stands in the text", code=2)
    return found


def _of_argument(what: str, processed: Path) -> list[Explanation]:
    row = _ROW_ID.fullmatch(what)
    if row:
        return _of_row(what, row["issue"], int(row["start"]), processed)
    place = _OFFSET.fullmatch(what)
    if place is None:
        fail(f"{what!r} is neither a row's id nor FILE:OFFSET", code=2)
    return _of_offset(Path(place["file"]), int(place["offset"]))


def _of_offset(path: Path, offset: int) -> list[Explanation]:
    from pipeline.auditing.explain import Audit, explain_offset
    from pipeline.auditing.issues import issue_of_file
    from pipeline.readers import ReaderError

    if not path.is_file():
        fail(f"there is no file {path}", code=2)
    try:
        issue = issue_of_file(path)
    except ReaderError as error:
        fail(str(error), code=3)
    if offset >= len(issue.source.text):
        fail(f"{path} has {len(issue.source.text)} characters", code=2)
    return explain_offset(Audit.of(issue), offset)


def _of_row(row_id: str, issue_id: str, start: int, processed: Path) -> list[Explanation]:
    from pipeline.auditing.explain import Audit, explain_offset, explain_row
    from pipeline.auditing.folders import NotProcessedError, open_folder
    from pipeline.auditing.issues import SourceMissingError, issue_of_folder
    from schemas.datasets import DATASETS

    try:
        folder = open_folder(processed)
        if issue_id not in folder.issues:
            fail(f"{processed} holds no issue {issue_id}", code=2)
        audit = Audit.of(issue_of_folder(folder, issue_id))
    except (NotProcessedError, SourceMissingError) as error:
        fail(str(error), code=2)
    found = audit.find(row_id)
    if found is not None:
        dataset, row = found
        return [explain_row(audit, dataset, row, _stored(folder.rows(dataset, issue_id), dataset, row_id))]
    if not any(_stored(folder.rows(name, issue_id), name, row_id) for name, one in DATASETS.items() if one.id_column):
        fail(f"neither {processed} nor the present rules have a row {row_id}", code=2)
    typer.echo(f"gongbao: the present rules make no row {row_id}; this stands there now:", err=True)
    return explain_offset(audit, start)


def _stored(rows: list[dict[str, Any]], dataset: str, row_id: str) -> dict[str, Any] | None:
    from schemas.datasets import DATASETS

    return next((row for row in rows if row[DATASETS[dataset].key[-1]] == row_id), None)
