"""Test texts with the expected mentions marked in place, and issues made of plain lines.

``【【县教育局|lead】】`` in a text expects a mention over 县教育局 with the value ``lead``: spans are compared,
not only names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas.records import Cell, Clause, Document, Issue, Masthead, SourceText, Table
from schemas.spans import Reading, Span

_MARK = re.compile(r"【【(?P<text>[^|】]*(?:】(?!】)[^|】]*)*)\|(?P<value>[^】]*)】】")
Expected = tuple[int, int, str]


def unmark(marked: str) -> tuple[str, list[Expected]]:
    """The plain text, and (start, end, value) of each mark."""
    plain, expected, position = "", [], 0
    for match in _MARK.finditer(marked):
        plain += marked[position : match.start()]
        expected.append((len(plain), len(plain) + len(match["text"]), match["value"]))
        plain += match["text"]
        position = match.end()
    return plain + marked[position:], expected


def issue_of(
    text: str,
    *,
    title: str | None = None,
    doc_number: str | None = None,
    issuers: Sequence[str] = (),
    table: bool = False,
) -> Issue:
    """An issue of one document: each line of *text* a clause, or with *table* each a row, the first the header."""
    source = SourceText(text, "issue.txt", "0" * 64)
    clauses = () if table else tuple(_clauses(text))
    tables = (_table(text),) if table else ()
    number = text.find(doc_number) if doc_number else -1
    document = Document(
        "i/d/0",
        1,
        Span(0, len(text)),
        title=title,
        doc_number=doc_number,
        doc_number_span=Span(number, number + len(doc_number)) if doc_number and number >= 0 else None,
        issuers=tuple(issuers),
        clauses=clauses,
        tables=tables,
    )
    return Issue("i", source, None, Masthead(), documents=(document,))


def _clauses(text: str) -> list[Clause]:
    clauses: list[Clause] = []
    start = 0
    parent: str | None = None
    for line in text.split("\n\n"):
        end = start + len(line)
        pieces, at = [], start
        for part in line.split("\n"):
            if part:
                pieces.append(Span(at, at + len(part)))
            at += len(part) + 1
        marker = re.match(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.]|第[一二三四五六七八九十]{1,3}条", line)
        top = bool(marker) and not line[0].isdigit()
        kind = "numbered" if marker else "paragraph"
        identity = f"i/c/{start}"
        clauses.append(
            Clause(
                identity, "i/d/0", None if top else parent, len(clauses) + 1, "body", kind,
                (1 if top else 2) if marker else 0, marker[0] if marker else None, None, "", None,
                Reading.join(text, pieces), Span(start, end), end,
            )
        )  # fmt: skip
        parent = identity if top else parent
        start = end + 2
    return clauses


def _table(text: str) -> Table:
    rows: list[list[tuple[str, int]]] = []
    at = 0
    for line in text.split("\n"):
        row = []
        for cell in line.split("\t"):
            row.append((cell, at))
            at += len(cell) + 1
        rows.append(row)
    header = [cell for cell, _ in rows[0]]
    cells: list[Cell] = []
    printed: dict[int, int] = {}
    for number, row in enumerate(rows):
        for column, (cell, start) in enumerate(row):
            span = Span(start, start + len(cell))
            if cell:
                printed[column] = number
            above = printed.get(column) if not cell and number > 1 and printed.get(column) else None
            cells.append(
                Cell(
                    number, column, Reading.of(text, *span), span, is_header=number == 0,
                    header=(header[column],) if number else (), inherits_row=above,
                )
            )  # fmt: skip
    return Table("i/t/0", "i/d/0", None, 1, "body", None, len(rows), len(header), 1, Span(0, len(text)), tuple(cells))
