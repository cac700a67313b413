"""Tables of markup, where cells come row by row with their spans, placed on a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.readers.canonical.text import Grid, GridCell

_MOST_STUBS: Final = 2
"""Columns at the left that may hold the names of rows: serial numbers may stand before them."""
_BLANKS: Final = {"\u3000": 2, "\u2003": 2, "\u2002": 1, "\xa0": 1}
"""Blanks that no browser or typesetter runs together, in half the width of a character."""
_LARGEST_SPAN: Final = 1000
"""Spans beyond this are errors of markup (the HTML standard clamps columns at 1000)."""


@dataclass(frozen=True, slots=True)
class MarkupCell:
    """A cell as markup gives it; a row span of 0 runs to the end of the table."""

    text: str
    row_span: int = 1
    column_span: int = 1
    indent: int = 0
    """How far its text stands in, in half the width of a character."""


def indent_of(text: str) -> int:
    """How far the blanks before *text* that a page shows let it stand in, in half the width of a character."""
    shown = text.lstrip(" \t\r\n\f")
    blanks = shown[: len(shown) - len(shown.lstrip())]
    return sum(_BLANKS.get(char, 0) for char in blanks)


def place(rows: Sequence[Sequence[MarkupCell]], header_rows: int | None = None) -> Grid:
    """The grid of a table whose cells take the next free place of their row (HTML standard, forming a table)."""
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for row, given in enumerate(rows):
        column = 0
        for cell in given:
            while (row, column) in taken:
                column += 1
            height = min(cell.row_span or len(rows), len(rows) - row)
            width = 1
            while width < min(max(cell.column_span, 1), _LARGEST_SPAN) and (row, column + width) not in taken:
                width += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            cells.append(GridCell(row, column, cell.text, height, width, cell.indent))
            column += width
    n_columns = 1 + max((column for _, column in taken), default=-1)
    return compact(Grid(len(rows), n_columns, tuple(_with_stub(cells)), header_rows))


def _with_stub(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    """The cells, with indents where names of rows stand in by more than one measure: in one of the first columns."""
    places: dict[int, set[int]] = {}
    for cell in cells:
        if cell.text.strip() and cell.column < _MOST_STUBS and cell.row_span == cell.column_span == 1:
            places.setdefault(cell.column, set()).add(cell.indent)
    stub = next((column for column in sorted(places) if len(places[column]) > 1), None)
    for cell in cells:
        yield cell if cell.column == stub or not cell.indent else replace(cell, indent=0)


def compact(grid: Grid) -> Grid:
    """The grid without rows and columns in which no cell begins (left over from merging)."""
    rows = sorted({cell.row for cell in grid.cells})
    columns = sorted({cell.column for cell in grid.cells})
    if len(rows) == grid.n_rows and len(columns) == grid.n_columns:
        return grid
    row_of = {row: index for index, row in enumerate(rows)}
    column_of = {column: index for index, column in enumerate(columns)}
    cells = tuple(
        replace(
            cell,
            row=row_of[cell.row],
            column=column_of[cell.column],
            row_span=sum(cell.row <= row < cell.row + cell.row_span for row in rows),
            column_span=sum(cell.column <= column < cell.column + cell.column_span for column in columns),
        )
        for cell in grid.cells
    )
    header_rows = None if grid.header_rows is None else sum(row < grid.header_rows for row in rows)
    return Grid(len(rows), len(columns), cells, header_rows)
