"""Tabular lines → tables: columns, headers, row labels, cells that mean "as above", sums and serials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from extractors.numerals import parse_arabic
from pipeline.segmentation.align import align_rows
from pipeline.segmentation.lines import Line, squash
from pipeline.segmentation.rows import AS_ABOVE, RawCell, RawRow, cell_reading, content_kind, read_rows
from schemas.records import Cell, Problem, Table
from schemas.spans import Span

_SERIAL_HEADER: Final = re.compile(r"序号?|编号|项次|No\.?", re.IGNORECASE)
_OWNER_HEADER: Final = re.compile(
    r"领导|单位|部门|责任|牵头|负责|配合|协办|主办|召集|联系|联点|挂帅|处室|科室|乡镇|时限|时间|期限"
)
_UNIT_HEADER: Final = re.compile(r"计?量?单位$")
_REMARK_HEADER: Final = re.compile(r"备\s*注|说明|附注")
_NO_LABEL: Final = re.compile(r"领导|责任人|备注|单位$")
_TOTAL: Final = re.compile(r"合\s*计|总\s*计|小\s*计|全[县市区州省]|共\s*计")
_GRAND_TOTAL: Final = re.compile(r"合\s*计|总\s*计|共\s*计")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?:年|$|[-—])")
_RATE: Final = re.compile(r"率|%|％|占比|平均|均价|排名|位次|序号")
_DEEPEST_HEADER: Final = 3
_FURTHEST_REACH: Final = 30
"""Columns that a group header may take."""
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
    caption: str | None


def build_table(source: str, lines: Sequence[Line], place: Place) -> tuple[Table, list[Problem]]:
    """The table of the tabular *lines*, and what is wrong with it."""
    raw = read_rows(lines)
    header_rows = count_header_rows(raw)
    aligned = align_rows(raw, header_rows)
    grid = aligned.rows
    span = Span(lines[0].start, lines[-1].end)
    width = len(grid[0])
    headers = _header_paths(grid, header_rows, aligned.width)
    owners = [_inherits(grid, header_rows, headers, column) for column in range(width)]
    label_column = _label_column(grid, header_rows, headers)
    cells: list[Cell] = []
    for number, row in enumerate(grid):
        repeated = number >= header_rows and header_rows and [c.text for c in row] == [c.text for c in grid[0]]
        is_header = number < header_rows or bool(repeated)
        label = None if is_header else _label_at(grid, number, label_column, header_rows)
        for column, cell in enumerate(row):
            above = None
            if not is_header and number not in aligned.unsettled | aligned.short and column < aligned.width:
                above = _row_above(grid, number, column, header_rows, owners[column])
            spans = _spans(grid, number, column, header_rows) if is_header and not repeated else (1, 1)
            if spans is None:
                continue
            cells.append(
                Cell(
                    row=number,
                    column=column,
                    reading=cell_reading(source, cell),
                    span=cell.span,
                    row_span=spans[0],
                    column_span=spans[1],
                    is_header=is_header,
                    header=() if is_header or number in aligned.unsettled else headers[column],
                    row_label=label,
                    inherits_row=above,
                )
            )
    table = Table(
        table_id=f"{place.issue_id}/t/{span.start}", document_id=place.document_id, clause_id=place.clause_id,
        ordinal=place.ordinal, part=place.part, caption=place.caption, n_rows=len(grid), n_columns=width,
        header_rows=header_rows, span=span, cells=tuple(cells),
    )  # fmt: skip
    problems = [_shape_problem(raw[number], how) for number, how in aligned.notes]
    problems += _check_sums(grid, header_rows, headers) + _check_serials(grid, header_rows, headers)
    return table, [replace(problem, document_id=place.document_id) for problem in problems]


def count_header_rows(rows: Sequence[RawRow]) -> int:
    """How many rows at the top are headers: the first where it holds short words only, and those that refine it."""
    if len(rows) < 2 or not _is_header(rows[0]):
        return 0
    count = 1
    while count < min(_DEEPEST_HEADER, len(rows) - 1) and _refines(rows[:count], rows[count]):
        count += 1
    return count


def _is_header(row: RawRow) -> bool:
    texts = [squash(cell.text) for cell in row.cells if cell.text]
    if len(texts) < 2 or any(len(text) > 30 or text in AS_ABOVE for text in texts):
        return False
    if _SERIAL_HEADER.fullmatch(texts[0]):
        return True
    return not any(content_kind(text) in ("serial", "number") and not _YEAR.match(text) for text in texts)


def _refines(above: Sequence[RawRow], row: RawRow) -> bool:
    """Whether *row* is a further level of the header: its words stand where the rows above leave gaps."""
    filled = [i for i, cell in enumerate(row.cells) if cell.text]
    first = above[-1].cells
    if not filled or (row.cells[0].text and first[0].text):
        return False
    if not all(
        len(squash(row.cells[i].text)) <= 20 and content_kind(row.cells[i].text) not in ("serial", "number", "above")
        for i in filled
    ):
        return False
    gaps = [i for i, cell in enumerate(first) if not cell.text and i]
    return any(i in gaps for i in filled) and len(filled) < len(row.cells)


def _header_paths(grid: Sequence[Sequence[RawCell]], count: int, reach: int) -> list[tuple[str, ...]]:
    """The header texts above each column, outermost first; a group header reaches over the gaps to its right."""
    width = len(grid[0])
    paths: list[list[str]] = [[] for _ in range(width)]
    for level in range(count):
        group = ""
        for column in range(min(width, reach)):
            text = squash(grid[level][column].text)
            if text:
                group = text
            elif (level + 1 < count and any(squash(grid[below][column].text) for below in range(level + 1, count))) or (
                level == 0 and count == 1 and column and not any(paths[column])
            ):
                text = group
            if text:
                paths[column].append(text)
    return [tuple(path) for path in paths]


def _spans(grid: Sequence[Sequence[RawCell]], row: int, column: int, count: int) -> tuple[int, int] | None:
    """Rows and columns that a header cell takes, or ``None`` for a gap that another cell covers."""
    text = grid[row][column].text
    if not text:
        covered_above = any(grid[above][column].text for above in range(row))
        covered_left = any(cell.text for cell in grid[row][max(0, column - _FURTHEST_REACH) : column])
        return None if covered_above or covered_left else (1, 1)
    height = 1
    while row + height < count and not grid[row + height][column].text:
        height += 1
    breadth = 1
    while (
        breadth < _FURTHEST_REACH
        and column + breadth < len(grid[row])
        and not grid[row][column + breadth].text
        and ((row + 1 < count and grid[row + 1][column + breadth].text) or count == 1)
    ):
        breadth += 1
    return (1 if breadth > 1 and row + 1 < count and grid[row + 1][column].text else height, breadth)


def _serial_column(headers: Sequence[tuple[str, ...]]) -> int | None:
    return next((i for i, path in enumerate(headers) if path and _SERIAL_HEADER.fullmatch(path[-1])), None)


def _label_column(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> int | None:
    """The column that names the rows: the first whose own short words differ from row to row."""
    serial = _serial_column(headers)
    body = grid[count:]
    best: int | None = None
    for column in range(min(5, len(headers))):
        if column == serial:
            continue
        texts = [squash(row[column].text) for row in body]
        filled = [text for text in texts if text]
        if not filled or _NO_LABEL.search("".join(headers[column])):
            continue
        if best is None:
            best = column
        if len(filled) >= 0.7 * len(texts) and len(set(filled)) >= 0.6 * len(filled):
            return column
    return best


def _label_at(grid: Sequence[Sequence[RawCell]], row: int, column: int | None, count: int) -> str | None:
    if column is None:
        return None
    for above in range(row, count - 1, -1):
        text = squash(grid[above][column].text)
        if text and text not in AS_ABOVE:
            return text
    return None


def _inherits(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]], column: int) -> bool:
    """Whether an empty cell of the column repeats the one above: group columns at the left, owners' columns."""
    body = [row[column] for row in grid[count:]]
    header = "".join(headers[column])
    kinds = [content_kind(cell.text) for cell in body]
    filled = [kind for kind in kinds if kind != "empty"]
    empties = len(kinds) - len(filled)
    if not filled or not empties or (kinds[0] == "empty" and empties == len(kinds) - 1 and len(kinds) > 3):
        return False
    if _REMARK_HEADER.search(header) or _SERIAL_HEADER.fullmatch(header):
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
    if column == _serial_column(headers):
        return True
    texts = [squash(row[column].text) for row in grid[count:]]
    filled = [text for text in texts if text]
    return (
        bool(filled)
        and all(len(text) <= 24 for text in filled)
        and (len(filled) < len(texts) or len(set(filled)) < len(filled))
    )


def _row_above(grid: Sequence[Sequence[RawCell]], row: int, column: int, count: int, inherits: bool) -> int | None:
    """The row whose cell an empty or "as above" cell repeats."""
    text = squash(grid[row][column].text)
    if (text and text not in AS_ABOVE) or (not text and not inherits):
        return None
    if not text and any(
        _TOTAL.fullmatch(squash(cell.text)) or squash(cell.text).endswith("具体负责") for cell in grid[row]
    ):
        return None
    for above in range(row - 1, count - 1, -1):
        found = squash(grid[above][column].text)
        if found and found not in AS_ABOVE:
            return above
    return None


def _check_sums(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> list[Problem]:
    """Totals that differ from the sum of their column; rates and averages do not add up."""
    totals = [n for n in range(count, len(grid)) if _says(grid[n], _GRAND_TOTAL)]
    body = [n for n in range(count, len(grid)) if n not in totals and not _says(grid[n], _TOTAL)]
    if len(totals) != 1 or len(body) < 2:
        return []
    problems: list[Problem] = []
    for column in range(1, len(headers)):
        cell = grid[totals[0]][column]
        printed = parse_arabic(squash(cell.text))
        values = [parse_arabic(squash(grid[n][column].text) or "0") for n in body]
        if printed is None or None in values or _RATE.search("".join(headers[column])):
            continue
        found = sum((value for value in values if value is not None), Decimal(0))
        if found != printed:
            message = f"column {column}: total {printed}, rows add up to {found}"
            problems.append(Problem("table_sum_mismatch", "warning", message, cell.span))
    return problems


def _says(row: Sequence[RawCell], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(squash(cell.text)) for cell in row[:3])


def _check_serials(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> list[Problem]:
    """Serial numbers that skip or go back."""
    column = _serial_column(headers)
    if column is None:
        return []
    problems: list[Problem] = []
    previous: int | None = None
    for row in grid[count:]:
        text = squash(row[column].text)
        if not text.isdecimal():
            continue
        number = int(text)
        if previous is not None and number not in (previous + 1, 1):
            problems.append(
                Problem("serial_gap", "warning", f"row number {number} follows {previous}", row[column].span)
            )
        previous = number
    return problems


def _shape_problem(row: RawRow, how: str) -> Problem:
    return Problem("table_shape", "warning" if how.startswith("unsettled") else "info", how, row.span)
