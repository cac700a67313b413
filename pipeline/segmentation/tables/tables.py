"""Tabular lines, or the cells that a reader found → tables whose cells know header, row label and row above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.segmentation.lines.lines import Line, squash
from pipeline.segmentation.tables.align import Grid, align_rows
from pipeline.segmentation.tables.blank_columns import without_blank_columns
from pipeline.segmentation.tables.broken_rows import join_broken_rows
from pipeline.segmentation.tables.captions import Heading
from pipeline.segmentation.tables.checks import check_figures, check_serials, check_sums, check_units
from pipeline.segmentation.tables.headers import (
    SERIAL_HEADER,
    TOTAL,
    Spans,
    count_header_rows,
    header_paths,
    header_spans,
    label_columns,
    serial_column,
)
from pipeline.segmentation.tables.rows import AS_ABOVE, RawCell, RawRow, cell_reading, content_kind, read_rows
from pipeline.segmentation.tables.stubs import Stub, read_stub
from pipeline.segmentation.tables.title_rows import TitleRows, note_in, read_title_rows
from schemas.records import Cell, Problem, SourceTable, Table
from schemas.spans import Span

_OWNER_HEADER: Final = re.compile(
    r"领导|单位|部门|责任|牵头|负责|配合|协办|主办|召集|联系|联点|挂帅|处室|科室|乡镇|时限|时间|期限"
)
_UNIT_HEADER: Final = re.compile(r"计?量?单位$")
_REMARK_HEADER: Final = re.compile(r"备\s*注|说明|附注")
_FURTHEST_REACH: Final = 30
"""Columns around an owner's column in which its group of owners stands."""
_LONGEST_GROUP: Final = 20
_MOST_GROUPS: Final = 8
"""Columns at the left that may group rows."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands."""

    issue_id: str
    document_id: str
    clause_id: str | None
    ordinal: int
    part: str
    heading: Heading


@dataclass(frozen=True, slots=True)
class _Layout:
    """A grid with its header; ``spans`` holds the merged cells that a reader found, ``covered`` what they cover.

    ``titles`` are the rows at the top, counted in ``header_rows``, that head no column.
    """

    grid: Grid
    header_rows: int
    titles: TitleRows
    spans: Spans | None
    covered: frozenset[tuple[int, int]]


def build_table(
    source: str, lines: Sequence[Line], place: Place, given: SourceTable | None = None
) -> tuple[Table, list[Problem]]:
    """The table of the tabular *lines*, or of the cells that a reader found (*given*), and what is wrong with it."""
    if given is not None and given.cells and (_has_merged(given) or _stands_a_cell_a_line(lines)):
        layout, span, problems = _given_layout(source, given), given.span, []
    else:
        layout = _printed_layout(source, lines, given.header_rows or 0 if given else 0)
        span = Span(lines[0].start, lines[-1].end)
        problems = [_shape_problem(layout.grid.rows[number], how) for number, how in layout.grid.notes]
    rows, count = layout.grid.rows, layout.header_rows
    heading = _heading(source, layout, place.heading)
    headers = header_paths(rows, count, layout.grid.width, _first_head(layout, place.heading))
    table = Table(
        table_id=f"{place.issue_id}/t/{span.start}", document_id=place.document_id, clause_id=place.clause_id,
        ordinal=place.ordinal, part=place.part, caption=heading.caption, n_rows=len(rows), n_columns=len(rows[0]),
        header_rows=count, span=span, cells=tuple(_cells(source, layout, headers)),
        unit_note=heading.unit_note, unit_span=heading.unit_span,
    )  # fmt: skip
    problems += check_sums(rows, count, headers) + check_serials(rows, count, headers)
    problems += check_units(table) + check_figures(table)
    return table, [replace(problem, document_id=place.document_id) for problem in problems]


def _heading(source: str, layout: _Layout, over: Heading) -> Heading:
    """The title and unit note of the table: those over it, else those in its title rows, else a note in its header."""
    own = layout.titles.heading
    head = [cell for row in layout.grid.rows[: layout.header_rows] for cell in row]
    noted = next((found for found in (own, over, note_in(source, head)) if found.unit_note is not None), Heading())
    return Heading(over.caption or own.caption, noted.unit_note, noted.unit_span)


def _first_head(layout: _Layout, over: Heading) -> int:
    """The first row that heads the columns: a short one over all of them does where the table has a title above it."""
    own, titles = layout.titles.heading, layout.titles.count
    if titles == 1 and over.caption is not None and own.caption is not None and own.unit_note is None:
        return 0 if len(own.caption) <= _LONGEST_GROUP and own.caption != over.caption else titles
    return titles


def _printed_layout(source: str, lines: Sequence[Line], marked: int) -> _Layout:
    """The rows printed on *lines* as a grid; *marked* rows at the top are headers by the markup."""
    raw = join_broken_rows(read_rows(lines))
    titles = read_title_rows(source, raw)
    body = raw[titles.count :]
    header_rows = count_header_rows(body, least=max(0, marked - titles.count))
    grid = align_rows(without_blank_columns(body, header_rows), header_rows)
    return _Layout(
        grid.below([row.cells for row in raw[: titles.count]]), titles.count + header_rows, titles, None, frozenset()
    )


def cut_by_furniture(tables: Sequence[SourceTable], lines: Sequence[Line], furniture: frozenset[int]) -> frozenset[int]:
    """The numbers of a reader's plain tables between which nothing but page furniture is printed: pieces of one table.

    Their lines say all that they hold, and are joined like the rows of any printed table.
    """
    cut: set[int] = set()
    last: int | None = None
    for line in lines:
        if not line.text or (line.table is None and line.index in furniture):
            continue
        if line.table is not None and last is not None and line.table == last + 1:
            pair = tables[last], tables[line.table]
            if pair[0].n_columns == pair[1].n_columns > 1 and not any(map(_has_merged, pair)):
                cut |= {last, line.table}
        last = line.table
    return frozenset(cut)


def _stands_a_cell_a_line(lines: Sequence[Line]) -> bool:
    """Whether the lines of the table say nothing of its columns."""
    return not any(line.spaced or "\t" in line.text for line in lines)


def _has_merged(given: SourceTable) -> bool:
    """Whether a reader found merged cells, which the lines of the table do not show.

    A plain grid is settled like printed lines: what recognition put beside its column was printed there.
    """
    return any(cell.row_span > 1 or cell.column_span > 1 for cell in given.cells)


def _given_layout(source: str, given: SourceTable) -> _Layout:
    """The cells of a reader as a grid; a merged cell's text stands in every place that it covers."""
    at = given.span.start
    grid = [[RawCell((Span(at, at),), "") for _ in range(given.n_columns)] for _ in range(given.n_rows)]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for cell in given.cells:
        raw = RawCell((cell.span,), source[cell.span.start : cell.span.end])
        spans[cell.row, cell.column] = (cell.row_span, cell.column_span)
        for row in range(cell.row, min(given.n_rows, cell.row + cell.row_span)):
            for column in range(cell.column, min(given.n_columns, cell.column + cell.column_span)):
                grid[row][column] = raw
                if (row, column) != (cell.row, cell.column):
                    covered.add((row, column))
    rows = tuple(tuple(row) for row in grid)
    printed = [
        RawRow((), tuple(cell if (r, c) not in covered else RawCell(cell.pieces, "") for c, cell in enumerate(row)))
        for r, row in enumerate(rows)
    ]
    titles = read_title_rows(source, printed)
    below = {(row - titles.count, column): size for (row, column), size in spans.items() if row >= titles.count}
    marked = max(0, (given.header_rows or 0) - titles.count)
    header_rows = titles.count + count_header_rows(printed[titles.count :], below, marked)
    grid_of = Grid(rows, given.n_columns, frozenset(), (), frozenset())
    return _Layout(grid_of, header_rows, titles, spans, frozenset(covered))


def _cells(source: str, layout: _Layout, headers: Sequence[tuple[str, ...]]) -> list[Cell]:
    grid, count = layout.grid, layout.header_rows
    owners = [_inherits(grid.rows, count, headers, column) for column in range(len(headers))]
    naming = label_columns(grid.rows, count, headers)
    stubs = {column: read_stub(source, grid.rows, count, headers, column) for column in naming}
    sides = [_side_of(column, naming) for column in range(len(grid.rows[0]))]
    last: list[int | None] = [None] * len(headers)
    heads = [[cell.text for cell in row] for row in grid.rows[:count]]
    cells: list[Cell] = []
    for number, row in enumerate(grid.rows):
        repeated = number >= count and [cell.text for cell in row] in heads
        is_header = number < count or repeated
        texts = [squash(cell.text) for cell in row]
        settled = number not in grid.unsettled | grid.short and not _stands_alone(texts)
        above = list(last)
        if not is_header:
            for column, (cell, text) in enumerate(zip(row, texts, strict=True)):
                if text and text not in AS_ABOVE:
                    # Prose in a row that fits no columns is nobody's value and names no row.
                    stray = number in grid.unsettled and content_kind(cell.text) == "text"
                    last[column] = None if stray else number
        labels = {} if is_header else {c: _label_at(grid, number, last[c], c, len(naming) > 1) for c in naming}
        for column, (cell, text, side) in enumerate(zip(row, texts, sides, strict=True)):
            spans = _spans(layout, number, column, is_header and not repeated)
            if spans is None:
                continue
            stub = stubs[side][number] if side is not None and not is_header else Stub()
            repeats = text in AS_ABOVE or (not text and owners[column] and settled and column < grid.width)
            cells.append(
                Cell(
                    row=number,
                    column=column,
                    reading=cell_reading(source, cell),
                    span=cell.span,
                    row_span=spans[0],
                    column_span=spans[1],
                    is_header=is_header,
                    header=() if is_header or number in grid.unsettled else headers[column],
                    row_label=None if side is None else labels.get(side),
                    row_group=stub.groups,
                    part_of_row=stub.whole,
                    inherits_row=above[column] if repeats and not is_header else None,
                )
            )
    return cells


def _label_at(grid: Grid, row: int, last: int | None, column: int, sided: bool) -> str | None:
    """What the column prints in *row*, else what it printed *last*; a side of a table (*sided*) may end before the other."""
    own = squash(grid.rows[row][column].text)
    if sided and not own:
        return None
    return squash(grid.rows[last][column].text) if last is not None else None


def _side_of(column: int, naming: Sequence[int]) -> int | None:
    """The column that names rows for *column*: the nearest to its left, else the first."""
    return max((c for c in naming if c <= column), default=min(naming, default=None))


def _spans(layout: _Layout, row: int, column: int, is_header: bool) -> tuple[int, int] | None:
    if (row, column) in layout.covered:
        return None
    if layout.spans is not None:
        return layout.spans.get((row, column), (1, 1))
    return header_spans(layout.grid.rows, row, column, layout.header_rows, layout.grid.width) if is_header else (1, 1)


def _stands_alone(texts: Sequence[str]) -> bool:
    """Whether the empty cells of a row of *texts* repeat nothing: a total, or a row that states its own owner in words."""
    return any(TOTAL.fullmatch(text) or text.endswith("具体负责") for text in texts)


def _inherits(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]], column: int) -> bool:
    """Whether an empty cell of the column repeats the one above: group columns at the left, owners' columns."""
    body = [row[column] for row in grid[count:]]
    header = "".join(headers[column])
    kinds = [content_kind(cell.text) for cell in body]
    filled = [kind for kind in kinds if kind != "empty"]
    empties = len(kinds) - len(filled)
    if not filled or not empties or (kinds[0] == "empty" and empties == len(kinds) - 1 and len(kinds) > 3):
        return False
    if _REMARK_HEADER.search(header) or SERIAL_HEADER.fullmatch(header):
        return False
    if sum(kind == "number" for kind in filled) * 2 >= len(filled):
        return False
    if _OWNER_HEADER.search(header) or _UNIT_HEADER.search(header):
        # One gap in a long column is a missing owner, unless its whole group of owners is left out.
        return empties > 1 or len(body) < 10 or _gap_is_shared(grid, count, headers, column)
    leading = column < _MOST_GROUPS and all(_is_group(grid, count, left, headers) for left in range(column))
    return leading and _is_group(grid, count, column, headers)


def _gap_is_shared(
    grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]], column: int
) -> bool:
    near = range(max(0, column - _FURTHEST_REACH), min(len(headers), column + _FURTHEST_REACH))
    others = [c for c in near if c != column and _OWNER_HEADER.search("".join(headers[c]))]
    return any(not row[column].text and any(not row[other].text for other in others) for row in grid[count:])


def _is_group(grid: Sequence[Sequence[RawCell]], count: int, column: int, headers: Sequence[tuple[str, ...]]) -> bool:
    """Whether the column is the 序号, or groups rows: short words with gaps below them."""
    if column == serial_column(headers):
        return True
    texts = [squash(row[column].text) for row in grid[count:]]
    filled = [text for text in texts if text]
    return (
        bool(filled)
        and all(len(text) <= 24 for text in filled)
        and (len(filled) < len(texts) or len(set(filled)) < len(filled))
    )


def _shape_problem(row: Sequence[RawCell], how: str) -> Problem:
    span = Span(min(cell.span.start for cell in row), max(cell.span.end for cell in row))
    return Problem("table_shape", "warning" if how.startswith("unsettled") else "info", how, span)
