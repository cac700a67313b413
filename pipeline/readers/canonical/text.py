"""The canonical text of a structured format: paragraphs and tables put down one after another, with their spans.

A paragraph takes one line. A table takes one line a row, its cells parted by tabs; a merged cell stands at its
first row and column, and the places that it covers are empty. An empty line stands between any two of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.records import SourceCell, SourceTable
from schemas.spans import Span

_BLANKS: Final = re.compile(r"[ \t\n\r\f\v\xa0\u2028\u2029]+")
_UNPRINTED: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_EDGES: Final = " \u3000\u2002\u2003\u2009"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid with what is printed in it; rows and columns count from 0."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    indent: int = 0
    """How far its text stands in, in half the width of a character; blanks before its text show it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a reader found it: cells in reading order that do not overlap."""

    n_rows: int
    n_columns: int
    cells: tuple[GridCell, ...]
    header_rows: int | None = None
    tables_in_cells: int = 0
    """How many tables its cells hold, each read as the text of its cell."""


def clean(text: str) -> str:
    """*text* on one line: breaks, tabs and runs of blanks become one blank, unprinted characters go, ends are trimmed."""
    return _BLANKS.sub(" ", _UNPRINTED.sub("", text)).strip(_EDGES)


class CanonicalText:
    """Collects paragraphs and tables in reading order; pages begin where their first character was put down."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._tables: list[SourceTable] = []
        self._page_starts: dict[int, int] = {}

    def paragraph(self, text: str, page: int | None = None) -> None:
        """Put down one paragraph; an empty one leaves no trace."""
        self.pieces([(page, text)])

    def pieces(self, pieces: Iterable[tuple[int | None, str]]) -> None:
        """Put down one paragraph that breaks over pages, as (page, text) pieces joined without a blank."""
        kept = [(page, _BLANKS.sub(" ", _UNPRINTED.sub("", text))) for page, text in pieces]
        if not any(text.strip(_EDGES) for _, text in kept):
            return
        kept[0] = (kept[0][0], kept[0][1].lstrip(_EDGES))
        kept[-1] = (kept[-1][0], kept[-1][1].rstrip(_EDGES))
        self._part_blocks()
        for page, text in kept:
            self._mark(page)
            self._put(text)
        self._put("\n")

    def table(self, grid: Grid, pages: Sequence[int] | None = None) -> None:
        """Put down a table; *pages* gives the page of every row."""
        self._part_blocks()
        start = self._length
        by_row: dict[int, list[GridCell]] = {}
        for cell in grid.cells:
            by_row.setdefault(cell.row, []).append(cell)
        cells: list[SourceCell] = []
        for row in range(grid.n_rows):
            self._mark(pages[row] if pages else None)
            cells.extend(self._row(by_row.get(row, []), grid.n_columns))
            self._put("\n")
        span = Span(start, self._length)
        self._tables.append(SourceTable(span, grid.n_rows, grid.n_columns, tuple(cells), grid.header_rows))

    def finish(self) -> tuple[str, tuple[SourceTable, ...]]:
        """The canonical text and its tables."""
        return "".join(self._parts), tuple(self._tables)

    def page_spans(self, page_count: int) -> list[Span]:
        """The stretches of pages 1 … *page_count*, which tile the text; a page without text has an empty one."""
        starts = [self._length] * (page_count + 1)
        for number in range(page_count, 0, -1):
            starts[number - 1] = self._page_starts.get(number, starts[number])
        if page_count:
            starts[0] = 0
        return [Span(start, end) for start, end in itertools.pairwise(starts)]

    def _row(self, cells: list[GridCell], n_columns: int) -> Iterable[SourceCell]:
        by_column = {cell.column: cell for cell in cells}
        for column in range(n_columns):
            if column:
                self._put("\t")
            cell = by_column.get(column)
            if cell is not None:
                text = clean(cell.text)
                if text and cell.indent:
                    self._put("\u3000" * (cell.indent // 2) + " " * (cell.indent % 2))
                span = Span(self._length, self._length + len(text))
                self._put(text)
                yield SourceCell(cell.row, cell.column, cell.row_span, cell.column_span, span)

    def _part_blocks(self) -> None:
        if self._parts:
            self._put("\n")

    def _mark(self, page: int | None) -> None:
        if page is not None:
            self._page_starts.setdefault(page, self._length)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
