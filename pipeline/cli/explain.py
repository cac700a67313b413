"""``gongbao explain``: why a row is as it is."""

from __future__ import annotations

import json as json_format
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.output import fail

if TYPE_CHECKING:
    from pipeline.auditing.audit import Audit
    from pipeline.auditing.explanation import Explanation
    from pipeline.auditing.folders import Folder

_OFFSET = re.compile(r"(?P<file>.+):(?P<offset>[0-9]+)")
_ROW_ID = re.compile(r"(?P<issue>[0-9a-f]{16})/[a-z]/(?P<start>[0-9]+)(?:-[0-9]+)?(?:#[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """A text given by hand, with what stands over it in its document."""

    text: str
    title: str | None
    heading: str | None
    year: int | None


def explain(
    what: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of rows, or FILE:OFFSET.", metavar="[ROW_ID|FILE:OFFSET]...", show_default=False),
    ] = None,
    processed: Annotated[Path, typer.Option(help="The processed folder that holds the rows.")] = Path("processed"),
    text: Annotated[str | None, typer.Option("--text", help="Run on this text instead.")] = None,
    title: Annotated[
        str | None, typer.Option("--title", help="With --text, the title of the document that it stands in.")
    ] = None,
    heading: Annotated[str | None, typer.Option("--heading", help="With --text, the heading of its section.")] = None,
    year: Annotated[
        int | None, typer.Option("--year", help="With --text, the year that it calls this one.", min=1949, max=2100)
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", help="Explain the rows that this SQL condition chooses.", metavar="SQL")
    ] = None,
    dataset: Annotated[str, typer.Option(help="The dataset that --where looks at.")] = "quantities",
    most: Annotated[int, typer.Option(help="With --where, explain up to so many rows.", min=1)] = 20,
    without: Annotated[
        str | None, typer.Option("--without", help="Say what the rows would be without this rule.", metavar="RULE")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Say why rows are as they are: sentence, the rule that fired, what competed, and how each column was decided.

    The issue is read again with the present rules; where the folder's row was made by others, the differences are
    said. FILE:OFFSET explains what stands at a character of a file's canonical text, a number that is no quantity
    included. Ids stand in every dataset (quantity_id, target_id, official_id, responsibility_id, citation_id …).
    An issue is read once, however many of its rows are asked for.

    [bold]Examples[/bold]

      gongbao explain 21a31a8927f5e659/q/14021-14025

      gongbao explain raw/xiangyin/2023-01.txt:14021

      gongbao explain --where "kind_rule = 'kind.default.report' and indicator_confidence < 0.5"

      gongbao explain --text "力争全年新增规上工业企业20家以上。" --without stretch.cue

      gongbao explain --text "地区生产总值增长5%。" --title 政府工作报告 --heading 2025年工作回顾 --year 2026
    """
    from pipeline.auditing.explanation import to_data, to_lines

    if text is None and (title, heading, year) != (None, None, None):
        fail("--title, --heading and --year go with --text", code=2)
    if (bool(what) + (text is not None) + (where is not None)) != 1:
        fail("give ids of rows, FILE:OFFSET, --where or --text", code=2)
    given = None if text is None else Given(text, title, heading, year)
    found = list(_found(what or [], processed, given, where, dataset, most, without))
    if json:
        typer.echo(json_format.dumps([to_data(one) for one in found], ensure_ascii=False, indent=1))
        return
    for number, explanation in enumerate(found):
        typer.echo("\n" if number else "", nl=bool(number))
        for line in to_lines(explanation):
            typer.echo(line)


def _found(
    what: list[str], processed: Path, given: Given | None, where: str | None, dataset: str, most: int,
    without: str | None,
) -> Iterator[Explanation]:  # fmt: skip
    from extractors.rules.registry import registry
    from pipeline.auditing.explain import beside

    if without is not None and without not in registry():
        fail(f"no rule of extraction is named {without!r}", code=2)

    def chosen() -> Iterator[Explanation]:
        if given is not None:
            yield from _of_text(given)
            return
        ids = what if where is None else _chosen(processed, dataset, where, most)
        rows = [name for name in ids if _ROW_ID.fullmatch(name)]
        yield from _of_rows(rows, processed, fresh=without is not None)
        for name in ids:
            if name not in rows:
                yield from _of_place(name)

    if without is None:
        yield from chosen()
        return
    from pipeline.auditing.knockout import without as taken_away

    as_they_are = list(chosen())
    with taken_away(without):
        yield from beside(as_they_are, list(chosen()), without)


def _chosen(processed: Path, dataset: str, where: str, most: int) -> list[str]:
    from pipeline.auditing.choice import ChoiceError, rows_where
    from pipeline.auditing.folders import NotProcessedError, open_folder

    try:
        found = rows_where(open_folder(processed), dataset, where, most)
    except (NotProcessedError, ChoiceError) as error:
        fail(str(error), code=2)
    if not found:
        fail(f"no row of {dataset} in {processed} has {where}")
    return found


def _of_text(given: Given) -> list[Explanation]:
    from pipeline.auditing.audit import Audit
    from pipeline.auditing.explain import explain_all
    from pipeline.auditing.issues import issue_of_text

    if not given.text.strip():
        fail("the text is empty", code=2)
    issue = issue_of_text(given.text, given.title, given.heading, given.year)
    found = explain_all(Audit.of(issue), len(issue.source.text.rstrip("\n")) - len(given.text.rstrip("\n")))
    if not found:
        fail("no row and no number stands in the text", code=2)
    return found


def _of_place(what: str) -> list[Explanation]:
    place = _OFFSET.fullmatch(what)
    if place is None:
        fail(f"{what!r} is neither a row's id nor FILE:OFFSET", code=2)
    return _of_offset(Path(place["file"]), int(place["offset"]))


def _of_offset(path: Path, offset: int) -> list[Explanation]:
    from pipeline.auditing.audit import Audit
    from pipeline.auditing.explain import explain_offset
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


def _of_rows(rows: list[str], processed: Path, *, fresh: bool) -> Iterator[Explanation]:
    """The explanations of *rows*, issue by issue: each issue is read and extracted once.

    *fresh*: rows are always made by the rules as they are now, never taken from the folder.
    """
    from pipeline.auditing.folders import NotProcessedError, open_folder

    if not rows:
        return
    try:
        folder = open_folder(processed)
    except NotProcessedError as error:
        fail(str(error), code=2)
    by_issue: dict[str, list[str]] = {}
    for row_id in rows:
        by_issue.setdefault(row_id.partition("/")[0], []).append(row_id)
    for issue_id, ids in by_issue.items():
        if issue_id not in folder.issues:
            fail(f"{processed} holds no issue {issue_id}", code=2)
        yield from _of_issue(folder, issue_id, ids, fresh)


def _of_issue(folder: Folder, issue_id: str, ids: list[str], fresh: bool) -> Iterator[Explanation]:
    from pipeline.auditing.explain import explain_offset, explain_row

    starts = {row_id: int(match["start"]) for row_id in ids if (match := _ROW_ID.fullmatch(row_id))}
    audit = _audit(folder, issue_id, ids, starts, fresh)
    stored = _stored(folder, issue_id, ids)
    for row_id in ids:
        found = audit.find(row_id)
        if found is not None:
            yield explain_row(audit, *found, stored.get(row_id))
        elif row_id in stored:
            typer.echo(f"gongbao: the present rules make no row {row_id}; this stands there now:", err=True)
            yield from explain_offset(audit, starts[row_id])
        else:
            fail(f"neither {folder.path} nor the present rules have a row {row_id}", code=2)


def _audit(folder: Folder, issue_id: str, ids: list[str], starts: dict[str, int], fresh: bool) -> Audit:
    """The issue with its rows: of one row as little of it as that takes."""
    from pipeline.auditing.audit import Audit
    from pipeline.auditing.issues import SourceMissingError, issue_of_folder
    from pipeline.auditing.stored import is_current, stored_audit
    from schemas.datasets import DATASETS

    alone = len(ids) == 1
    try:
        if alone and not fresh and is_current(folder, issue_id):
            found = stored_audit(folder, issue_id, starts[ids[0]])
            if found is not None and found.find(ids[0]) is not None:
                return found
        issue = issue_of_folder(folder, issue_id)
    except SourceMissingError as error:
        fail(str(error), code=2)
    near = alone and ids[0].split("/")[1] != DATASETS["targets"].letter
    return Audit.near(issue, starts[ids[0]]) if near else Audit.of(issue)


def _stored(folder: Folder, issue_id: str, ids: list[str]) -> dict[str, dict[str, Any]]:
    """The rows as the folder holds them, by id."""
    from schemas.datasets import DATASETS

    wanted, letters = set(ids), {row_id.split("/")[1] for row_id in ids}
    return {
        str(row[one.id_column]): row
        for one in DATASETS.values()
        if one.id_column is not None and one.letter in letters
        for row in folder.rows(one.name, issue_id)
        if row[one.id_column] in wanted
    }
