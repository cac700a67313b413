"""Tables without any line: rows of names and numbers that stand in columns by the places of their words alone.

A run of rows is a table where at least one column behind the first holds numbers and no row bridges the strips
between the columns. Rows that look so and cannot be settled are doubtful, never read as a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area, Glyph
from pipeline.readers.page.furniture import CAPTION
from pipeline.readers.page.tables.lattice import Lattice, Segment
from pipeline.readers.page.tables.open import GAP, as_piece, row_pieces, stretches
from pipeline.readers.page.tables.open_rows import Piece, lay_rows

_NUMBER: Final = re.compile(r"[<>≤≥+\-－−]?\d[\d.,，]*(?:[%％‰万亿]|年)?|[—–\-－…·/]{1,3}")
_YEAR: Final = re.compile(r"(?:19|20)\d\d年?")
_SERIAL: Final = re.compile(r"\d{1,3}[.．、]?")
_NEAR: Final = 1.5
"""Rows of a table stand nearer to one another than this, in em."""
_TIGHT: Final = 0.7
"""Lines of one cell stand nearer than this, in em."""
_SHORT: Final = 6.0
_FEWEST_ROWS: Final = 3
_FEW_COLUMNS: Final = 2
_MOST_HEAD: Final = 4
_MOST_BETWEEN: Final = 2
"""Rows without a number (groups, lines of a long name) between two rows with one."""
_MOST_WORDS: Final = 0.2
"""Share of a column of numbers that may be words."""
_WIDEST: Final = 0.5
"""Running text takes more than this share of the table's width."""
_MARGIN: Final = 0.5
"""The table's edges stand so far outside its words, in points."""

Row = list[Piece]


@dataclass(frozen=True, slots=True)
class Unruled:
    """The tables without lines of a page, and the areas of rows that may be such."""

    tables: tuple[Lattice, ...] = ()
    doubtful: tuple[Area, ...] = ()
    parts: tuple[Lattice, ...] = ()
    """Rows at the page's head or foot, too few to be a table unless they go on one of the page before or behind."""


def find_unruled_tables(printed: Iterable[Sequence[Glyph]], taken: Sequence[Area]) -> Unruled:
    """The tables among the *printed* rows that no line tells; none reaches over an area that is *taken*."""
    rows = [row for row in map(row_pieces, printed) if row]
    tables: list[Lattice] = []
    doubtful: list[Area] = []
    parts: list[Lattice] = []
    runs = _runs(rows, taken)
    for first, last in runs:
        run = rows[first : last + 1]
        begin, head = _head(rows, first, run, taken)
        run = rows[begin : last + 1]
        lattice = _lattice(rows[begin - head : begin], run)
        if lattice is not None and _is_table(run, head):
            tables.append(lattice)
            if not head and first:  # rows without a head say what they hold only at the top of a page
                doubtful.append(lattice.area)
        elif lattice is not None and len(run) < _FEWEST_ROWS and (first, last) in (runs[0], runs[-1]):
            parts.append(lattice)
        elif _is_doubtful(run):
            doubtful.append(_area(run))
    found = [*(table.area for table in tables), *doubtful]
    listed = [row for row in rows if _is_listed(row) and not any(a.holds(row[0].x0, row[0].middle) for a in found)]
    if len(listed) >= _FEWEST_ROWS:
        doubtful.append(_area(listed))
    return Unruled(tuple(tables), tuple(doubtful), tuple(parts))


def _has_number(row: Row) -> bool:
    """Whether a number stands behind another word of the row."""
    return any(_NUMBER.fullmatch(piece.text) and not _YEAR.fullmatch(piece.text) for piece in row[1:])


def _is_listed(row: Row) -> bool:
    """Whether words of several columns stand behind a serial number."""
    return len(row) > _FEW_COLUMNS and bool(_SERIAL.fullmatch(row[0].text))


def _gap(upper: Row, lower: Row) -> float:
    """What is free between two rows, in em of the lower one."""
    return (min(p.top for p in lower) - max(p.bottom for p in upper)) / lower[0].size


def _apart(upper: Row, lower: Row, taken: Sequence[Area]) -> bool:
    """Whether a table that is found already stands between two rows."""
    return any(upper[0].middle < area.bottom and area.top < lower[0].middle for area in taken)


def _is_label(row: Row) -> bool:
    """Whether a row is the caption of a table or states its unit."""
    return any(CAPTION.match(piece.text) for piece in row)


def _runs(rows: Sequence[Row], taken: Sequence[Area]) -> list[tuple[int, int]]:
    """The first and last rows of the runs that stand in one set of columns."""
    runs: list[tuple[int, int]] = []
    number = 0
    while number < len(rows):
        if not _has_number(rows[number]):
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
    columns, last = _columns([rows[first]]), first
    numbers = [piece for piece in rows[first] if _NUMBER.fullmatch(piece.text)]
    for number in range(first + 1, len(rows)):
        row = rows[number]
        if _gap(rows[number - 1], row) > _NEAR or _apart(rows[number - 1], row, taken) or _is_label(row):
            break
        if _has_number(row):
            if _bridges(row, columns, numbers):
                break
            columns, last = stretches([*map(as_piece, columns), *row], GAP * row[0].size), number
            numbers += [piece for piece in row if _NUMBER.fullmatch(piece.text)]
        elif number - last > _MOST_BETWEEN or not _fits(row, columns):
            break
    if last + 1 < len(rows) and _ends_name(rows, last, columns):
        last += 1
    return last


def _bridges(row: Row, columns: Sequence[tuple[float, float]], numbers: Sequence[Piece]) -> bool:
    """Whether a row does not stand in the columns: a word reaches over two of them, or two words stand in one.

    Names are set wide, so that one may take several stretches before the first number.
    """
    names = min((piece.x0 for piece in numbers), default=0.0)
    held: set[int] = set()
    for piece in row:
        over = {n for n, column in enumerate(columns) if _within(piece, column) and piece.x1 > names}
        if len(over) > 1 or over & held:
            return True
        held |= over
    return False


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    return stretches([piece for row in rows for piece in row], GAP * rows[0][0].size)


def _fits(row: Row, columns: Sequence[tuple[float, float]]) -> bool:
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
    return left and _gap(above, row) <= _TIGHT and not _is_label(above)


def _ends_name(rows: Sequence[Row], last: int, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the row below the last one is the end of its name, which takes several lines."""
    row, below = rows[last], rows[last + 1]
    if len(below) > 1 or _gap(row, below) > _TIGHT or abs(below[0].x0 - columns[0][0]) > below[0].size:
        return False
    name = next((piece for piece in row if piece.x0 < columns[0][1]), None)
    return _fits(below, columns) and (name is None or columns[0][1] - name.x1 < name.size)


def _head(rows: Sequence[Row], first: int, run: Sequence[Row], taken: Sequence[Area]) -> tuple[int, int]:
    """The first row below the table's head, and how many rows above it are the head."""
    width = max(row[-1].x1 for row in run) - min(row[0].x0 for row in run)
    columns, count, held = _columns(run), 0, 0
    for number in range(first - 1, max(-1, first - 1 - _MOST_HEAD), -1):
        row = rows[number]
        if _gap(row, rows[number + 1]) > _NEAR or _apart(row, rows[number + 1], taken) or _is_label(row):
            break
        if len(row) == 1:
            # One word of several lines in a head: it is taken only where the row above is of the head as well.
            if held or not _fits(row, columns):
                break
            held += 1
            continue
        if any(piece.x1 - piece.x0 > _WIDEST * width for piece in row) or row[0].x0 < columns[0][0] - width / 4:
            break
        count, held = first - number, 0
    # Lines in the first column right above the first number are of its name, or name its group.
    while count and len(rows[first - 1]) == 1 and rows[first - 1][0].x0 < columns[0][1]:
        first, count = first - 1, count - 1
    return first, count


def _is_table(run: Sequence[Row], head: int) -> bool:
    numbered = [row for row in run if _has_number(row)]
    columns = _columns(numbered)
    if len(columns) < _FEW_COLUMNS:
        return False
    full = all(any(_within(piece, column) for piece in row) for row in numbered for column in columns)
    if len(numbered) < _FEWEST_ROWS and not (head and full and len(columns) > _FEW_COLUMNS and len(numbered) > 1):
        return False
    by_column = [[piece for row in numbered for piece in row if _within(piece, column)] for column in columns[1:]]
    numbers = [column for column in by_column if _is_numbers(column)]
    return bool(numbers) and not (len(columns) == _FEW_COLUMNS and _is_contents(numbers[0]))


def _within(piece: Piece, column: tuple[float, float]) -> bool:
    return piece.x0 < column[1] and piece.x1 > column[0]


def _is_numbers(pieces: Sequence[Piece]) -> bool:
    words = sum(not _NUMBER.fullmatch(piece.text) for piece in pieces)
    return len(pieces) > 1 and words <= _MOST_WORDS * len(pieces)


def _is_contents(pieces: Sequence[Piece]) -> bool:
    """Whether the numbers of a table of two columns are pages: whole and never falling."""
    texts = [piece.text for piece in pieces]
    return all(text.isdigit() for text in texts) and all(int(a) <= int(b) for a, b in pairwise(texts))


def _is_doubtful(run: Sequence[Row]) -> bool:
    """Whether a run that is no table has rows enough of several numbers to look like one."""
    return sum(sum(bool(_NUMBER.fullmatch(piece.text)) for piece in row) > 1 for row in run) >= _FEWEST_ROWS


def _area(rows: Sequence[Row]) -> Area:
    pieces = [piece for row in rows for piece in row]
    return Area(
        min(p.x0 for p in pieces), min(p.top for p in pieces), max(p.x1 for p in pieces), max(p.bottom for p in pieces)
    )


def _lattice(head: Sequence[Row], body: Sequence[Row]) -> Lattice | None:
    area = _area([*head, *body])
    area = Area(area.x0, area.top - _MARGIN, area.x1, area.bottom + _MARGIN)
    columns = _columns(body)
    if len(columns) < _FEW_COLUMNS:
        return None
    # Short names are none that a line's end breaks, however short the others are.
    (start, end), size = columns[0], body[0][0].size
    columns[0] = start, max(end, min(start + _SHORT * size, columns[1][0] - GAP * size))
    for row in reversed(head):
        columns = _headed(columns, row)
    rules = [
        rule
        for number, row in enumerate(head)
        for rule in _under_groups(row, [piece for lower in head[number + 1 :] for piece in lower], columns)
    ]
    if head:
        rules.append((_between(head[-1], body[0]), area.x0, area.x1))
    lattice = lay_rows(area, rules, [piece for row in (*head, *body) for piece in row], columns)
    return replace(lattice, words=tuple(columns)) if lattice is not None else None


def _between(upper: Row, lower: Row) -> float:
    return (max(p.bottom for p in upper) + min(p.top for p in lower)) / 2


def _under_groups(upper: Row, lower: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> Iterator[Segment]:
    """The line that would stand under each word of the head that several columns share.

    A word over one column is that of its neighbours too where these have words below but none above.
    """
    above = [_over(piece, columns) for piece in upper]
    below = {n for piece in lower for n, column in enumerate(columns) if _within(piece, column)}
    headed = {n for over in above for n in over}
    for piece, over in zip(upper, above, strict=True):
        if over[0] not in below:
            continue
        if over[0] - 1 in below - headed and piece.x0 + piece.x1 < sum(columns[over[0]]):
            over.insert(0, over[0] - 1)
        while over[-1] + 1 in below - headed:
            over.append(over[-1] + 1)
        headed.update(over)
        if len(over) > 1:
            start, end = columns[over[0]][0], columns[over[-1]][1]
            yield _between([piece], [other for other in lower if _within(other, (start, end))]), start, end


def _over(piece: Piece, columns: Sequence[tuple[float, float]]) -> list[int]:
    """The columns that a word of the head stands over: the two beside it where it stands between them."""
    over = [n for n, column in enumerate(columns) if _within(piece, column)]
    if over:
        return over
    before = [n for n, column in enumerate(columns) if column[1] <= piece.x0]
    return [n for n in ((before[-1], before[-1] + 1) if before else (0,)) if n < len(columns)]


def _headed(columns: list[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """The columns with the words of a row of the head, each of which may stand beside the cells below it."""
    widened = list(columns)
    for number, piece in enumerate(row):
        over = [n for n, column in enumerate(columns) if _within(piece, column)]
        if len(row) == len(columns):
            over = [number]
        elif not over:
            over = [min(range(len(columns)), key=lambda n: _away(piece, columns[n]))]
        if len(over) == 1:
            start, end = columns[over[0]]
            widened[over[0]] = (min(start, piece.x0), max(end, piece.x1))
    apart = all(after[0] > before[1] for before, after in pairwise(widened))
    return widened if apart else columns


def _away(piece: Piece, column: tuple[float, float]) -> float:
    return max(column[0] - piece.x1, piece.x0 - column[1])
