"""The rows of a page that no line tells apart: which of them stand below one another in one set of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.readers.page.content import Area
from pipeline.readers.page.furniture import CAPTION
from pipeline.readers.page.tables.head_groups import is_within
from pipeline.readers.page.tables.open import GAP, as_piece, stretches
from pipeline.readers.page.tables.open_rows import NUMBER, Piece

_YEAR: Final = re.compile(r"(?:19|20)\d\d年?")
_SERIAL: Final = re.compile(r"\d{1,3}[.．、]?")
NEAR: Final = 2.0
"""Rows of a table stand nearer to one another than this, in em."""
_TIGHT: Final = 0.7
"""Lines of one cell stand nearer than this, in em."""
FEW_COLUMNS: Final = 2
_MOST_BETWEEN: Final = 2
"""Rows without a number (groups, lines of a long name) between two rows with one."""

Row = list[Piece]


def has_number(row: Row) -> bool:
    """Whether a number stands behind another word of the row."""
    return any(NUMBER.fullmatch(piece.text) and not _YEAR.fullmatch(piece.text) for piece in row[1:])


def is_listed(row: Row) -> bool:
    """Whether words of several columns stand behind a serial number."""
    return len(row) > FEW_COLUMNS and bool(_SERIAL.fullmatch(row[0].text))


def gap_between(upper: Row, lower: Row) -> float:
    """What is free between two rows, in em of the lower one."""
    return (min(p.top for p in lower) - max(p.bottom for p in upper)) / lower[0].size


def are_apart(upper: Row, lower: Row, taken: Sequence[Area]) -> bool:
    """Whether a table that is found already stands between two rows."""
    return any(upper[0].middle < area.bottom and area.top < lower[0].middle for area in taken)


def is_label(row: Row) -> bool:
    """Whether a row is the caption of a table or states its unit."""
    return any(CAPTION.match(piece.text) for piece in row)


def find_runs(rows: Sequence[Row], taken: Sequence[Area]) -> list[tuple[int, int]]:
    """The first and last rows of the runs that stand in one set of columns."""
    runs: list[tuple[int, int]] = []
    number = 0
    while number < len(rows):
        if not has_number(rows[number]):
            number += 1
            continue
        first = number - 1 if _begins_name(rows, number, runs) else number
        last = _end(rows, first, taken)
        if last < number:
            first, last = number, _end(rows, number, taken)
        runs.append((first, last))
        number = last + 1
    return runs


def _end(rows: Sequence[Row], first: int, taken: Sequence[Area]) -> int:
    """The last row of the run that begins at *first*."""
    columns, last = columns_of([rows[first]]), first
    numbers = [piece for piece in rows[first] if NUMBER.fullmatch(piece.text)]
    for number in range(first + 1, len(rows)):
        row = rows[number]
        if gap_between(rows[number - 1], row) > NEAR or are_apart(rows[number - 1], row, taken) or is_label(row):
            break
        if has_number(row):
            if _bridges(row, columns, numbers):
                break
            columns, last = stretches([*map(as_piece, columns), *row], GAP * row[0].size), number
            numbers += [piece for piece in row if NUMBER.fullmatch(piece.text)]
        elif number - last > _MOST_BETWEEN or not fits(row, columns):
            break
    if last + 1 < len(rows) and (_ends_name(rows, last, columns) or _lacks_figures(rows, last, columns, taken)):
        last += 1
    return last


def _lacks_figures(
    rows: Sequence[Row], last: int, columns: Sequence[tuple[float, float]], taken: Sequence[Area]
) -> bool:
    """Whether the row below the last one stands in its columns too, but the cells of its figures are empty."""
    row, below = rows[last], rows[last + 1]
    if not 1 < len(below) < len(columns) or gap_between(row, below) > NEAR or are_apart(row, below, taken):
        return False
    return all(any(abs(piece.x0 - start) < piece.size for start, _ in columns[:-1]) for piece in below)


def _bridges(row: Row, columns: Sequence[tuple[float, float]], numbers: Sequence[Piece]) -> bool:
    """Whether a row does not stand in the columns: a word reaches over two of them, or two words stand in one.

    Names are set wide, so that one may take several stretches before the first number.
    """
    names = min((piece.x0 for piece in numbers), default=0.0)
    held: set[int] = set()
    for piece in row:
        over = {n for n, column in enumerate(columns) if is_within(piece, column) and piece.x1 > names}
        if len(over) > 1 or over & held:
            return True
        held |= over
    return False


def columns_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    return stretches([piece for row in rows for piece in row], GAP * rows[0][0].size)


def fits(row: Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the words of a row stand in the columns, the last of each free to reach up to the next column."""
    starts = [start for start, _ in columns]
    for piece in row:
        before = [n for n, start in enumerate(starts) if start <= piece.x0 + piece.size]
        if not before:
            return False
        following = starts[before[-1] + 1 : before[-1] + 2]
        if following and piece.x1 > following[0] - GAP * piece.size:
            return False
    return True


def _begins_name(rows: Sequence[Row], number: int, runs: Sequence[tuple[int, int]]) -> bool:
    """Whether the row above one with a number is the first line of its name."""
    if not number or (runs and runs[-1][1] == number - 1):
        return False
    above, row = rows[number - 1], rows[number]
    left = len(above) == 1 and above[0].x0 < row[0].x0 - row[0].size
    return left and gap_between(above, row) <= _TIGHT and not is_label(above)


def _ends_name(rows: Sequence[Row], last: int, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the row below the last one is the end of its name, which takes several lines."""
    row, below = rows[last], rows[last + 1]
    if len(below) > 1 or gap_between(row, below) > _TIGHT or abs(below[0].x0 - columns[0][0]) > below[0].size:
        return False
    name = next((piece for piece in row if piece.x0 < columns[0][1]), None)
    return fits(below, columns) and (name is None or columns[0][1] - name.x1 < name.size)
