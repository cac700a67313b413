"""Ruled tables of pages → grids of text; tables that go on over pages become one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.readers.canonical.grids import compact
from pipeline.readers.canonical.text import Grid, GridCell
from pipeline.readers.page.content import Area, Glyph, Line
from pipeline.readers.page.lines import build_lines, build_rows, merge
from pipeline.readers.page.paragraphs import glue, needed_width
from pipeline.readers.page.tables.indents import stub_indents
from pipeline.readers.page.tables.lattice import Lattice, LatticeCell, index_cells

_PADDING: Final = 1.6
"""A line that ends this near its cell's edge, in em, was broken because the cell is full."""
_LONG: Final = 12
"""A full cell of more characters that ends without a mark has more to come."""
_FINAL: Final = "。；！？"
_SLACK: Final = 0.5
"""Room that padding takes from a cell beside the next word, in em."""
_MOST_HEADER_ROWS: Final = 5
_MOST_STUBS: Final = 2
"""Columns at the left that may hold the names of rows: serial numbers may stand before them."""
_SAME: Final = 6.0
"""Columns of two pages whose edges are this near, in points, are one column."""
_HANGING: Final = "，。、；：！？）》”’"
"""Marks that typesetters let hang over the edge of a cell."""


@dataclass(slots=True)
class PageTable:
    """A table on one page: its cells with their text, the room in em after their last lines, which edges have no rule."""

    page: int
    area: Area
    xs: tuple[float, ...]
    n_rows: int
    cells: list[GridCell]
    room: dict[tuple[int, int], float] = field(default_factory=dict)
    open_top: bool = False
    open_bottom: bool = False
    ruled: bool = True
    words: tuple[tuple[float, float], ...] = ()


@dataclass(slots=True)
class LongTable:
    """A table over one page or more: the page of every row, and the repeated heads that were left out."""

    n_columns: int
    cells: list[GridCell]
    pages: list[int]
    last: PageTable
    header_rows: int | None = None
    dropped: list[tuple[str, int, Area]] = field(default_factory=list)

    def grid(self) -> tuple[Grid, list[int]]:
        """The table's grid and the page of each of its rows."""
        begun = {cell.row for cell in self.cells}
        grid = compact(Grid(len(self.pages), self.n_columns, tuple(self.cells), self.header_rows))
        return grid, [page for row, page in enumerate(self.pages) if row in begun]


def fill(lattice: Lattice, glyphs: Iterable[Glyph], page: int) -> tuple[PageTable, list[Glyph]]:
    """The table with the characters that stand in its cells, and the characters that stand outside."""
    index = index_cells(lattice)
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    last: tuple[Glyph, int] | None = None
    for glyph in glyphs:
        number = lattice.cell_at((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2, index)
        if last is not None and number != last[1] and _follows(last[0], glyph):
            number = last[1]
        last = (glyph, number) if number is not None else None
        if number is None:
            outside.append(glyph)
        else:
            inside.setdefault(number, []).append(glyph)
    table = PageTable(page, lattice.area, lattice.xs, len(lattice.ys) - 1, [])
    table.open_top, table.open_bottom = lattice.open_top, lattice.open_bottom
    table.ruled, table.words = lattice.ruled, lattice.words
    begins: dict[int, dict[int, Line]] = {}
    for number, cell in enumerate(lattice.cells):
        text, room, first = _cell_text(cell, inside.get(number, []))
        table.cells.append(GridCell(cell.row, cell.column, text, cell.row_span, cell.column_span))
        table.room[cell.row, cell.column] = room
        if first is not None and cell.row and cell.row_span == cell.column_span == 1:
            begins.setdefault(cell.column, {})[cell.row] = first
    _indent(table, begins)
    return table, outside


def _indent(table: PageTable, begins: Mapping[int, Mapping[int, Line]]) -> None:
    """Note how far the names of rows stand in, by the first lines of the cells of each column."""
    for column in sorted(begins)[:_MOST_STUBS]:
        found = stub_indents(begins[column])
        if found:
            table.cells = [
                replace(cell, indent=found.get(cell.row, 0)) if cell.column == column else cell for cell in table.cells
            ]
            return


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character that stands over the edge belongs to the one before: a hanging mark, the rest of a word."""
    if glyph.top != last.top:
        return False
    away = abs(glyph.x0 - last.x1) / glyph.size
    word = glyph.text.isascii() and last.text.isascii() and glyph.text.strip() and last.text.strip()
    return (glyph.text in _HANGING and away < 0.2) or (bool(word) and away < 0.02)


def _cell_text(cell: LatticeCell, glyphs: Sequence[Glyph]) -> tuple[str, float, Line | None]:
    """The cell's text: lines that are full run on, others are parted by a blank; the room in em after its last line; its first."""
    if not glyphs:
        return "", _PADDING, None
    upright = [g for g in glyphs if not g.turn] or list(glyphs)
    lines = [merge(row) for row in _pieces(upright)]
    if not lines:
        return "", _PADDING, None
    right = max(line.x1 for line in lines)
    text = lines[0].text
    for before, after in itertools.pairwise(lines):
        full = _is_full(_room(before, cell, right), after.text)
        text += (glue(text, after.text, before.blank_end) if full else " ") + after.text
    return text, _room(lines[-1], cell, right), lines[0]


def _pieces(glyphs: Sequence[Glyph]) -> Iterable[list[Line]]:
    for row in build_rows(glyphs):
        lines = build_lines(row)
        if lines:
            yield lines


def _room(line: Line, cell: LatticeCell, right: float) -> float:
    """What is free after the line in its cell, in em."""
    edge = min(cell.area.x1, right + _PADDING * line.size) if right > cell.area.x1 - 3 * line.size else cell.area.x1
    left_gap = max(0.0, line.x0 - cell.area.x0)
    free = edge - line.x1
    # A centred line leaves half of the free width at its left.
    centred = abs(left_gap - free) < 0.5 * line.size
    return (max(free, free + left_gap - 0.8 * line.size) if centred else free) / line.size


def _is_full(room: float, following: str) -> bool:
    """Whether the cell's edge broke the line: the next word would not have fitted."""
    return room < max(_PADDING, needed_width(following) + _SLACK)


def goes_on(table: LongTable, following: PageTable) -> bool:
    """Whether a table at the top of the next page is the rest of *table*: the same columns at the same places."""
    xs, other = table.last.xs, following.xs
    if table.last.page + 1 != following.page and table.last.page != following.page:
        return False
    if len(xs) != len(other) or bool(table.last.words) != bool(following.words):
        return False
    if following.words:
        return all(
            (a[0] < b[1] and a[1] > b[0]) == (m == n)
            for m, a in enumerate(table.last.words)
            for n, b in enumerate(following.words)
        )
    shift = xs[0] - other[0]
    off = [abs(a - b - shift) for a, b in zip(xs, other, strict=True)]
    if table.last.ruled and following.ruled:
        return max(off) <= _SAME
    widths = [
        min(b - a, d - c) for (a, b), (c, d) in zip(itertools.pairwise(xs), itertools.pairwise(other), strict=True)
    ]
    near = all(away <= 0.5 * min(pair) for away, pair in zip(off[1:-1], itertools.pairwise(widths), strict=True))
    return off[-1] <= _SAME and near and table.last.ruled == following.ruled


def begin(table: PageTable) -> LongTable:
    """A table that begins with *table*."""
    return LongTable(len(table.xs) - 1, list(table.cells), [table.page] * table.n_rows, table)


def extend(table: LongTable, following: PageTable) -> None:
    """Take the rest of the table from the next page: without its repeated head, a row that the break cut made whole."""
    header = _repeated_header(table, following)
    cells = [replace(cell, row=cell.row - header) for cell in following.cells if cell.row >= header]
    n_rows = following.n_rows - header
    room = {(row - header, column): free for (row, column), free in following.room.items() if row >= header}
    if header:
        table.header_rows = header
        text = " ".join(cell.text for cell in following.cells if cell.row < header and cell.text)
        bottom = following.area.top + (following.area.bottom - following.area.top) * header / following.n_rows
        table.dropped.append((text, following.page, following.area._replace(bottom=bottom)))
    if n_rows and _is_cut(table, cells, bool(header) or following.open_top):
        _mend(table, [cell for cell in cells if cell.row == 0])
        cells = [replace(cell, row=cell.row - 1) for cell in cells if cell.row > 0]
        room = {(row - 1, column): free for (row, column), free in room.items()}  # row -1: a row over three pages
        n_rows -= 1
    elif n_rows:
        cells = _merged_over_break(table, cells)
    offset = len(table.pages)
    table.cells += [replace(cell, row=cell.row + offset) for cell in cells]
    table.pages += [following.page] * n_rows
    table.last = replace(following, n_rows=n_rows, cells=cells, room=room)


def _repeated_header(table: LongTable, following: PageTable) -> int:
    """How many rows at the head of *following* repeat the head of *table*."""

    def rows(cells: Iterable[GridCell]) -> dict[int, list[tuple[int, int, int, str]]]:
        found: dict[int, list[tuple[int, int, int, str]]] = {}
        for cell in cells:
            if cell.row < _MOST_HEADER_ROWS:
                text = "".join(cell.text.split())
                found.setdefault(cell.row, []).append((cell.column, cell.column_span, cell.row_span, text))
        return found

    first, second = rows(table.cells), rows(following.cells)
    count = 0
    while count < min(_MOST_HEADER_ROWS, following.n_rows) and _alike(first.get(count), second.get(count)):
        count += 1
    return count


def _alike(first: list[tuple[int, int, int, str]] | None, second: list[tuple[int, int, int, str]] | None) -> bool:
    if first is None or second is None:
        return False
    return first == second and any(text for *_, text in first)


def _is_cut(table: LongTable, cells: Sequence[GridCell], opened: bool) -> bool:
    """Whether the first row of the next page goes on the last row of this one: no cell of it begins anything.

    *opened* says that the rest need not have a line above it.
    """
    first = {cell.column: cell for cell in cells if cell.row == 0}
    last_row = table.last.n_rows - 1
    offset = len(table.pages) - table.last.n_rows
    last = {cell.column: cell for cell in table.cells if cell.row + cell.row_span - 1 == last_row + offset}
    filled = [column for column, cell in first.items() if cell.text]
    if not filled or not last or any(column not in last for column in filled):
        return False
    if table.last.open_bottom and opened:
        return True
    full = {
        column for column in filled
        if _is_full(table.last.room.get((last[column].row - offset, column), _PADDING), first[column].text)
    }  # fmt: skip
    lead = min(last)
    begins = lead in filled and lead not in full and bool(last[lead].text)
    if begins or any(_is_figure(last[column]) and _is_figure(first[column]) for column in filled):
        return False
    done = {column for column, cell in last.items() if cell.text} - set(filled)
    longest = max(filled, key=lambda column: len(last[column].text))
    broken = longest in full and len(last[longest].text) > _LONG and last[longest].text[-1] not in _FINAL
    if broken or (full == set(filled) and done and not any(_is_figure(last[column]) for column in filled)):
        return True
    if lead in filled or not last[lead].text or any(first[column].row_span > 1 for column in filled):
        return False
    # Where rows are numbered, a row without a number begins nothing, even if some of its cells begin on this page.
    if last[lead].text.isdigit() and last[lead].row_span == 1:
        return True
    return full == set(filled)


def _is_figure(cell: GridCell) -> bool:
    """Whether a cell holds a number alone, which no page break cuts."""
    return not any("\u4e00" <= char <= "\u9fff" for char in cell.text)


def _merged_over_break(table: LongTable, cells: Sequence[GridCell]) -> list[GridCell]:
    """The rest's cells without those that go on a merged cell of the last page, which grows instead."""
    last = {
        cell.column: number for number, cell in enumerate(table.cells) if cell.row + cell.row_span == len(table.pages)
    }
    kept: list[GridCell] = []
    for cell in cells:
        number = last.get(cell.column) if cell.row == 0 and not cell.text else None
        above = table.cells[number] if number is not None else None
        if (
            above is None
            or above.column_span != cell.column_span
            or max(above.row_span, cell.row_span) < 2
            or not above.text
        ):
            kept.append(cell)
        else:
            table.cells[number] = replace(above, row_span=above.row_span + cell.row_span)  # type: ignore[index]
    return kept


def _mend(table: LongTable, rest: Sequence[GridCell]) -> None:
    """Put the cells of a cut row's rest behind those that they go on; a merged cell that goes on below grows."""
    offset = len(table.pages) - table.last.n_rows
    by_column = {cell.column: cell for cell in rest}
    for number, cell in enumerate(table.cells):
        after = by_column.get(cell.column)
        if after is None or cell.row + cell.row_span != len(table.pages):
            continue
        is_full = _is_full(table.last.room.get((cell.row - offset, cell.column), _PADDING), after.text)
        text = cell.text + (("" if is_full else " ") + after.text if after.text else "")
        table.cells[number] = replace(cell, text=text, row_span=cell.row_span + after.row_span - 1)
