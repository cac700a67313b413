"""Ruled tables without lines between their rows, the form of statistical bulletins: rows told by their baselines.

Lines stand around the head and between the columns alone, so that the body is one ruled row. Where numbers stand
below one another in it, each beside a line of another column, they are rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area, Glyph
from pipeline.readers.page.lines import build_rows
from pipeline.readers.page.tables.lattice import Lattice, LatticeCell, index_cells
from pipeline.readers.page.tables.open_rows import Piece, are_doubtful, row_edges

VALUE: Final = re.compile(
    r"[<>≤≥约+\-－−]?\d[\d.,，]*(?:[%％‰]|[万亿]?[\u3400-\u9fff]{0,2})"
    r"(?:[①-⑳⁰¹²³⁴-⁹*※△▲#]{1,3}|[\[〔【]\d{1,2}[\]〕】])?|[—–\-－…·/]{1,3}"
)
"""A number alone on its line, with the mark of a note; or the sign for none."""
_FEWEST: Final = 3
"""Numbers below one another that make rows; two do where the table has no other body."""
_FEW_ROWS: Final = 3
_BESIDE: Final = 0.55
"""Lines whose middles are this near, in em, stand beside one another."""
_MATCHED: Final = 0.8
"""Share of a column's lines that are numbers, and of those that have a line beside them."""
_PADDING: Final = 0.5


@dataclass(frozen=True, slots=True)
class Parted:
    """A table with its stacked rows parted, and the rows that hold several numbers but could not be."""

    lattice: Lattice
    doubtful: tuple[int, ...] = ()


def part_rows(lattice: Lattice, glyphs: Iterable[Glyph]) -> Parted:
    """*lattice* with the rows that hold several printed rows taken apart."""
    if not lattice.ruled:
        return Parted(lattice)
    lines = _lines_by_cell(lattice, glyphs)
    doubtful: list[int] = []
    edges: dict[int, list[float]] = {}
    loose: set[int] = set()
    rows = [_within_row(lattice, lines, row) for row in range(len(lattice.ys) - 1)]
    numbers = [_stacked([own for n, own in within.items() if lattice.cells[n].row_span == 1]) for within in rows]
    fewest = 2 if lattice.grouped or len(rows) <= _FEW_ROWS or max(numbers) >= _FEWEST else _FEWEST
    for row, (within, stacked) in enumerate(zip(rows, numbers, strict=True)):
        covering = list(within)
        if stacked < fewest:
            if _looks_stacked(within.values()):
                doubtful.append(row)
            continue
        # A head without a line under it runs on into the names below: they part from it where they stand beside numbers.
        merged = [n for n in covering if lattice.cells[n].row_span > 1]
        names = [n for n in merged if 2 * len(within[n]) >= stacked and _ends(lattice.cells[n]) == row]
        found = _edges([(lattice.cells[n].area, within[n]) for n in covering if n not in merged or n in names])
        if len(found) + 1 < stacked or (merged and not names):
            doubtful.append(row)
        else:
            edges[row] = found
            loose |= set(names)
            if _has_doubtful_names([(lattice.cells[n].area, within[n]) for n in covering]):
                doubtful.append(row)
    return Parted(_cut(_loosened(lattice, loose), edges) if edges else lattice, tuple(doubtful))


def _within_row(lattice: Lattice, lines: Sequence[Sequence[Piece]], row: int) -> dict[int, list[Piece]]:
    """The lines of each cell that covers *row*, as far as they stand in it, by the cell's number."""
    top, bottom = lattice.ys[row], lattice.ys[row + 1]
    return {
        n: [piece for piece in lines[n] if top < piece.middle < bottom]
        for n, cell in enumerate(lattice.cells)
        if cell.row <= row < cell.row + cell.row_span
    }


def _ends(cell: LatticeCell) -> int:
    """The last row of a cell."""
    return cell.row + cell.row_span - 1


def _loosened(lattice: Lattice, numbers: Iterable[int]) -> Lattice:
    """The lattice with the last row of these merged cells a cell of its own."""
    cells = list(lattice.cells)
    for number in numbers:
        cell, edge = cells[number], lattice.ys[_ends(cells[number])]
        cells[number] = replace(cell, row_span=cell.row_span - 1, area=cell.area._replace(bottom=edge))
        cells.append(replace(cell, row=_ends(cell), row_span=1, area=cell.area._replace(top=edge)))
    return replace(lattice, cells=tuple(cells))


def _lines_by_cell(lattice: Lattice, glyphs: Iterable[Glyph]) -> list[list[Piece]]:
    index = index_cells(lattice)
    inside: list[list[Glyph]] = [[] for _ in lattice.cells]
    for glyph in glyphs:
        number = lattice.cell_at((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2, index)
        if number is not None and glyph.text.strip():
            inside[number].append(glyph)
    return [[_piece(row) for row in build_rows(printed)] for printed in inside]


def _piece(row: Sequence[Glyph]) -> Piece:
    text = "".join(glyph.text for glyph in row)
    top, bottom = min(glyph.top for glyph in row), max(glyph.bottom for glyph in row)
    return Piece(text, row[0].x0, top, max(glyph.x1 for glyph in row), bottom, row[0].size)


def _stacked(cells: Sequence[Sequence[Piece]]) -> int:
    """The most numbers that stand below one another in a cell, nearly each beside a line of another cell."""
    most = 0
    for number, lines in enumerate(cells):
        if len(lines) < 2 or _values(lines) < _MATCHED * len(lines):
            continue
        others = [line for n, cell in enumerate(cells) if n != number for line in cell]
        beside = sum(any(abs(line.middle - o.middle) < _BESIDE * line.size for o in others) for line in lines)
        if beside >= _MATCHED * len(lines):
            most = max(most, len(lines))
    return most


def _values(lines: Sequence[Piece]) -> int:
    """How many of the *lines* are a number alone."""
    return sum(bool(VALUE.fullmatch(line.text)) for line in lines)


def _looks_stacked(cells: Iterable[Sequence[Piece]]) -> bool:
    """Whether several numbers stand below one another in two cells or more."""
    return sum(_values(lines) > 1 for lines in cells) > 1


def _edges(cells: Sequence[tuple[Area, Sequence[Piece]]]) -> list[float]:
    pieces = [line for _, lines in cells for line in lines]
    columns = [
        (min(line.x0 for line in lines), max(line.x1 for line in lines)) if lines else (area.x0, area.x1)
        for area, lines in cells
    ]
    limits = [area.x1 - _PADDING * (lines[0].size if lines else 0) for area, lines in cells]
    return row_edges(pieces, columns, limits)


def _has_doubtful_names(cells: Sequence[tuple[Area, Sequence[Piece]]]) -> bool:
    """Whether two names in the first of the *cells* may be one."""
    area, names = min(cells, key=lambda cell: cell[0].x0)
    if not names:
        return False
    column = min(line.x0 for line in names), max(line.x1 for line in names)
    limit = area.x1 - _PADDING * names[0].size
    return are_doubtful(names, [line for _, lines in cells for line in lines], column, limit)


def _cut(lattice: Lattice, edges: dict[int, list[float]]) -> Lattice:
    """The lattice with further lines at the *edges* within its rows."""
    ys: list[float] = []
    begins: list[int] = []
    for row, top in enumerate(lattice.ys[:-1]):
        begins.append(len(ys))
        ys += [top, *edges.get(row, ())]
    begins.append(len(ys))
    ys.append(lattice.ys[-1])
    cells: list[LatticeCell] = []
    for cell in lattice.cells:
        first, end = begins[cell.row], begins[cell.row + cell.row_span]
        if cell.row in edges and cell.row_span == 1:
            cells += [
                replace(cell, row=first + down, area=cell.area._replace(top=top, bottom=bottom))
                for down, (top, bottom) in enumerate(pairwise(ys[first : end + 1]))
            ]
        else:
            cells.append(replace(cell, row=first, row_span=end - first))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    # A page break falls between rows that their baselines tell, not within one.
    open_top = lattice.open_top and 0 not in edges
    open_bottom = lattice.open_bottom and len(lattice.ys) - 2 not in edges
    return Lattice(lattice.xs, tuple(ys), tuple(cells), open_top, open_bottom, lattice.ruled)
