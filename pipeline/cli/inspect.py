"""``gongbao inspect``: what the reader and the segmenter see in one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.output import fail, plain_table
from schemas.records import ContentsEntry, Document, Issue, Problem

_DASH = "-"


def inspect(
    file: Annotated[Path, typer.Argument(help="An issue as published.", exists=True, dir_okay=False, metavar="FILE")],
) -> None:
    """Show what the reader and the segmenter see in one file: masthead, contents, documents, tables, problems.

    Nothing is written.

    [bold]Example[/bold]

      gongbao inspect raw/xiangyin/2023-01.txt
    """
    from pipeline.readers import ReaderError, read
    from pipeline.segmentation import segment

    try:
        issue = segment(read(file))
    except ReaderError as error:
        fail(str(error), code=3)
    typer.echo(plain_table(_head(issue)))
    _part("contents", [_entry(entry) for entry in issue.contents])
    _part("documents", [line for document in issue.documents for line in _document(document)])
    problems = (*issue.source.problems, *issue.problems)
    counts = Counter(problem.category for problem in problems)
    _part(
        "problems", [*(f"{count} {category}" for category, count in sorted(counts.items())), *map(_problem, problems)]
    )


def _part(title: str, lines: list[str]) -> None:
    typer.echo(f"\n{title}" if lines else f"\n{title}: none")
    for line in lines:
        typer.echo(f"  {line}")


def _head(issue: Issue) -> list[tuple[str, str]]:
    source, masthead = issue.source, issue.masthead
    values = {
        "issue": issue.issue_id,
        "edition": issue.edition_key,
        "title": masthead.title,
        "publisher": masthead.publisher,
        "date": masthead.publication_date,
        "year": masthead.publication_year,
        "number": masthead.number,
        "total number": masthead.number_total,
        "media type": source.media_type,
        "encoding": source.encoding,
        "pages": len(source.pages) or None,
        "characters": len(source.text),
    }
    return [(name, _DASH if value is None else str(value)) for name, value in values.items()]


def _entry(entry: ContentsEntry) -> str:
    page = _DASH if entry.page is None else f"p. {entry.page}"
    return f"{page:>6}  {entry.title}  {entry.doc_number or ''}".rstrip()


def _document(document: Document) -> Iterator[str]:
    yield f"{document.ordinal}. {document.title or 'without title'}  {document.doc_number or _DASH}  {document.signed_date or _DASH}"
    numbered = sum(clause.clause_type == "numbered" for clause in document.clauses)
    start, end = document.span
    yield f"   {start}–{end}, {len(document.clauses)} clauses ({numbered} numbered), {len(document.tables)} tables"
    for table in document.tables:
        yield f"   table {table.caption or 'without caption'}: {table.n_rows} × {table.n_columns}, header rows {table.header_rows}"


def _problem(problem: Problem) -> str:
    place = f"at {problem.span.start}" if problem.span else f"page {problem.page}" if problem.page else "issue"
    return f"{problem.severity} {problem.category} {place}: {problem.message}"
