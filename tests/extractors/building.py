"""Small issues built from lines, for tests of extractors that need no segmentation.

Lines with a tab are rows of a table whose first row is its head; other lines are clauses. A line that
begins with 关于 and ends as a title does is a title; ``# 目录`` lines stand outside every document.
"""

from __future__ import annotations

import hashlib
import re
from itertools import groupby

from schemas.ids import issue_id
from schemas.records import Cell, Clause, Document, Issue, Masthead, SourceText, Table
from schemas.spans import Reading, Span

_TITLE = re.compile("关于.*(?:通知|决定|通报|公告|命令)$")
DOCUMENT = "d"


def issue_of(text: str, outside: int = 0) -> Issue:
    """The issue of one document that *text* makes; its first *outside* lines belong to no document."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    lines = [match.span() for match in re.finditer("[^\n]+", text)]
    body = lines[outside:]
    clauses: list[Clause] = []
    tables: list[Table] = []
    for tabbed, group in groupby(body, key=lambda line: "\t" in text[slice(*line)]):
        spans = list(group)
        if tabbed:
            caption = clauses[-1].reading.text if clauses else None
            tables.append(_table(text, spans, len(tables), caption))
        else:
            clauses.extend(_clause(text, span, len(clauses)) for span in spans)
    start = body[0][0] if body else len(text)
    title = next((clause.reading.text for clause in clauses if clause.clause_type == "title"), None)
    document = Document(DOCUMENT, 1, Span(start, len(text)), title=title, clauses=tuple(clauses), tables=tuple(tables))
    source = SourceText(text, "issue.txt", digest)
    return Issue(issue_id(digest), source, None, Masthead(), (), (document,))


def _clause(text: str, span: tuple[int, int], ordinal: int) -> Clause:
    printed = text[slice(*span)]
    kind = "title" if _TITLE.search(printed) and len(printed) < 60 else "paragraph"
    return Clause(
        f"c{ordinal}", DOCUMENT, None, ordinal, "body", kind, 0, None, None, "", None, Reading.of(text, *span),
        Span(*span), span[1],
    )  # fmt: skip


def _table(text: str, rows: list[tuple[int, int]], ordinal: int, caption: str | None) -> Table:
    cells: list[Cell] = []
    headers: list[str] = []
    for row, (start, end) in enumerate(rows):
        position = start
        for column, value in enumerate(text[start:end].split("\t")):
            reading = Reading.of(text, position, position + len(value))
            plain = "".join(value.split())
            if row == 0:
                headers.append(plain)
            head = (headers[column],) if row and column < len(headers) and headers[column] else ()
            above = row - 1 if row > 1 and not plain else None
            cells.append(
                Cell(row, column, reading, Span(position, position + len(value)), is_header=row == 0, header=head,
                     inherits_row=above)
            )  # fmt: skip
            position += len(value) + 1
    return Table(
        f"t{ordinal}", DOCUMENT, None, ordinal, "body", caption, len(rows), len(headers), 1,
        Span(rows[0][0], rows[-1][1]), tuple(cells),
    )  # fmt: skip
