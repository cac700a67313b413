"""The head of a table without lines, and the grid that it makes with the rows below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area, Glyph
from pipeline.readers.page.tables.head_groups import between, is_within, lines_under_groups
from pipeline.readers.page.tables.lattice import Lattice
from pipeline.readers.page.tables.open import GAP, row_pieces
from pipeline.readers.page.tables.open_rows import Piece, lay_rows
from pipeline.readers.page.tables.unruled_rows import (
    FEW_COLUMNS,
    NEAR,
    Row,
    are_apart,
    columns_of,
    fits,
    gap_between,
    is_label,
)

_SHORT: Final = 6.0
_NARROWER: Final = (0.4, 0.3, 0.2, 0.12)
"""Gaps in em that part heads which stand nearer to one another than the cells of any row."""
_HANGING: Final = 0.6
"""How far words of two heads may reach over one another, in em."""
_MOST_HEAD: Final = 4
_FAR: Final = 3.0
"""A head with a word for each column may stand this far over the first row, in em."""
_WIDEST: Final = 0.5
"""Running text takes more than this share of the table's width."""
_MARGIN: Final = 0.5
"""The table's edges stand so far outside its words, in points."""


def find_head_rows(rows: Sequence[Row], first: int, run: Sequence[Row], taken: Sequence[Area]) -> tuple[int, int]:
    """The first row below the table's head, and how many rows above it are the head."""
    width = max(row[-1].x1 for row in run) - min(row[0].x0 for row in run)
    columns, count, held = columns_of(run), 0, 0
    for number in range(first - 1, max(-1, first - 1 - _MOST_HEAD), -1):
        row = rows[number]
        near = _FAR if not count and len(row) == len(columns) > FEW_COLUMNS else NEAR
        if gap_between(row, rows[number + 1]) > near or are_apart(row, rows[number + 1], taken) or is_label(row):
            break
        if len(row) == 1:
            # One word of several lines in a head: it is taken only where the row above is of the head as well.
            if held or not fits(row, columns):
                break
            held += 1
            continue
        own = len(row) == len(columns) and all(is_within(*pair) for pair in zip(row, columns, strict=True))
        wide = any(piece.x1 - piece.x0 > _WIDEST * width for piece in row)
        if (wide and not own) or row[0].x0 < columns[0][0] - width / 4:
            break
        count, held = first - number, 0
    # Lines in the first column right above the first number are of its name, or name its group.
    while count and len(rows[first - 1]) == 1 and rows[first - 1][0].x0 < columns[0][1]:
        first, count = first - 1, count - 1
    return first, count


def heads_apart(heads: Sequence[tuple[Row, Sequence[Glyph]]], columns: Sequence[tuple[float, float]]) -> list[Row]:
    """The rows of the head, words that reach over several *columns* parted at narrower gaps where these make one a column."""
    return [[part for piece in row for part in (_parted(piece, glyphs, columns) or [piece])] for row, glyphs in heads]


def _parted(piece: Piece, glyphs: Sequence[Glyph], columns: Sequence[tuple[float, float]]) -> list[Piece]:
    over = [column for column in columns if is_within(piece, column)]
    if len(over) < FEW_COLUMNS:
        return []
    own = [glyph for glyph in glyphs if piece.x0 <= glyph.x0 < piece.x1]
    for gap in _NARROWER:
        parts = row_pieces(own, gap)
        if len(parts) == len(over) and all(is_within(*pair) for pair in zip(parts, over, strict=True)):
            return parts
    return []


def have_heads(heads: Sequence[Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether each of the *columns* behind the first has a word of the head of its own, or over it and its neighbours."""
    if any(len(row) == len(columns) for row in heads):
        return True
    over = [[n for n, column in enumerate(columns) if is_within(piece, column)] for row in heads for piece in row]
    alone = {places[0] for places in over if len(places) == 1}
    grouped = {n for places in over if len(places) > 1 and set(places) <= alone | {0} for n in places}
    return alone | grouped | {0} == set(range(len(columns)))


def lattice_of(head: Sequence[Row], body: Sequence[Row]) -> Lattice | None:
    """The grid of the rows of a head and of those below it; ``None`` where they have no columns."""
    area = area_of([*head, *body])
    area = Area(area.x0, area.top - _MARGIN, area.x1, area.bottom + _MARGIN)
    columns = columns_of(body)
    if len(columns) < FEW_COLUMNS:
        return None
    # Short names are none that a line's end breaks, however short the others are.
    (start, end), size = columns[0], body[0][0].size
    beside = [piece.x0 for row in head for piece in row if piece.x0 > end]
    columns[0] = start, max(end, min(start + _SHORT * size, min([columns[1][0], *beside]) - GAP * size))
    if head and len(head[-1]) == len(columns) + 1 and head[-1][-1].x0 > columns[-1][1]:
        columns.append((head[-1][-1].x0, head[-1][-1].x1))  # a last column without a word in it (备注)
    for row in reversed(head):
        columns = _headed(columns, row)
    rules = [
        rule
        for number, row in enumerate(head)
        for rule in lines_under_groups(row, [piece for lower in head[number + 1 :] for piece in lower], columns)
    ]
    if head:
        rules.append((between(head[-1], body[0]), area.x0, area.x1))
    lattice = lay_rows(area, rules, [piece for row in (*head, *body) for piece in row], columns, fewest=1)
    return replace(lattice, words=tuple(columns)) if lattice is not None else None


def area_of(rows: Sequence[Row]) -> Area:
    pieces = [piece for row in rows for piece in row]
    return Area(
        min(p.x0 for p in pieces), min(p.top for p in pieces), max(p.x1 for p in pieces), max(p.bottom for p in pieces)
    )


def _headed(columns: list[tuple[float, float]], row: Row) -> list[tuple[float, float]]:
    """The columns with the words of a row of the head, each of which may stand beside the cells below it."""
    widened = list(columns)
    for number, piece in enumerate(row):
        over = [n for n, column in enumerate(columns) if is_within(piece, column)]
        if len(row) == len(columns):
            over = [number]
        elif not over:
            over = [min(range(len(columns)), key=lambda n: _away(piece, columns[n]))]
        if len(over) == 1:
            start, end = columns[over[0]]
            widened[over[0]] = (min(start, piece.x0), max(end, piece.x1))
    for left, (before, after) in enumerate(pairwise(widened)):
        reach = before[1] - after[0]
        if 0 <= reach < _HANGING * row[0].size:
            middle = (before[1] + after[0]) / 2  # a bracket hangs over the edge of its column
            widened[left], widened[left + 1] = (before[0], middle - _MARGIN), (middle + _MARGIN, after[1])
    apart = all(after[0] > before[1] for before, after in pairwise(widened))
    return widened if apart else columns


def _away(piece: Piece, column: tuple[float, float]) -> float:
    return max(column[0] - piece.x1, piece.x0 - column[1])
