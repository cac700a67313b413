"""Rows of unequal length or with shifted cells, brought under their columns by what the columns hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.rows import RawCell, RawRow, content_kind, width_of
from schemas.spans import Span

_PROFILE_ROWS: Final = 200
_MISFIT: Final = -1.0
_DROPPED: Final = -4.0
_GAIN: Final = 1.5
"""How much better than as printed another placing must fit before it is believed."""


def align_rows(rows: Sequence[RawRow], header_rows: int) -> tuple[list[list[RawCell]], list[tuple[int, str]]]:
    """The rows as a grid of equal width, and the rows that were moved or cannot be settled (number, how)."""
    width = width_of(rows)
    profiles = _profiles(rows[header_rows:], width)
    grid: list[list[RawCell]] = []
    moved: list[tuple[int, str]] = []
    for number, row in enumerate(rows):
        cells = _trimmed(row, width)
        if number < header_rows or not profiles:
            if len(cells) > width:
                width_excess = cells[width:]
                moved.append((number, f"unsettled: {len(width_excess)} cells beyond the header"))
            grid.append(_padded(cells[:width], width, row))
            continue
        placed, how = _place(cells, profiles, width)
        grid.append(_padded(placed, width, row))
        if how:
            moved.append((number, how))
    return grid, moved


def _trimmed(row: RawRow, width: int) -> list[RawCell]:
    cells = list(row.cells)
    while len(cells) > width and not cells[-1].text:
        cells.pop()
    return cells


def _padded(cells: Sequence[RawCell | None], width: int, row: RawRow) -> list[RawCell]:
    """The cells with empty ones where none is printed; an empty cell stands where the one before it ends."""
    at = row.line.start
    padded: list[RawCell] = []
    for cell in [*cells, *[None] * (width - len(cells))]:
        padded.append(cell or RawCell(Span(at, at), ""))
        at = padded[-1].span.end
    return padded


def _profiles(rows: Sequence[RawRow], width: int) -> list[Counter[str]]:
    """What each column holds in the rows that are as wide as the table."""
    profiles: list[Counter[str]] = [Counter() for _ in range(width)]
    whole = [cells for row in rows[:_PROFILE_ROWS] if len(cells := _trimmed(row, width)) == width and cells[-1].text]
    for cells in whole:
        for column, cell in enumerate(cells):
            profiles[column][content_kind(cell.text)] += 1
    return profiles if len(whole) >= 3 else []


def _fit(cell: RawCell, profile: Counter[str]) -> float:
    """How well the content of *cell* fits a column: between -1 and 1."""
    kind = content_kind(cell.text)
    if kind == "above":
        return 0.2
    total = sum(profile.values()) - (profile["empty"] if kind != "empty" else 0)
    if not total:
        return 0.0
    share = profile[kind] / total
    return 2 * share - 1


def _place(cells: Sequence[RawCell], profiles: Sequence[Counter[str]], width: int) -> tuple[list[RawCell | None], str | None]:
    as_printed: list[RawCell | None] = list(cells[:width])
    printed_score = sum(_fit(cell, profiles[i]) for i, cell in enumerate(cells[:width]) if cell.text)
    printed_score += _DROPPED * sum(1 for cell in cells[width:] if cell.text)
    score, best = _best(cells, profiles, width)
    if len(cells) <= width and score < printed_score + _GAIN:
        how = None if len(cells) == width else f"row has {len(cells)} of {width} cells"
        return as_printed, how
    if best == as_printed:
        return as_printed, None
    kept = sum(1 for cell in best if cell and cell.text)
    if kept < sum(1 for cell in cells if cell.text):
        return as_printed, f"unsettled: row has {len(cells)} of {width} cells"
    return best, "cells moved under the columns that they fit"


def _best(cells: Sequence[RawCell], profiles: Sequence[Counter[str]], width: int) -> tuple[float, list[RawCell | None]]:
    """The placing of the filled cells, left to right, that fits best (dynamic programming over cells and columns)."""
    filled = [cell for cell in cells if cell.text]
    rows, columns = len(filled), width
    table = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(1, rows + 1):
        table[i][0] = _DROPPED * i
        for j in range(1, columns + 1):
            fit = _fit(filled[i - 1], profiles[j - 1])
            table[i][j] = max(table[i - 1][j - 1] + fit, table[i][j - 1], table[i - 1][j] + _DROPPED)
    placed: list[RawCell | None] = [None] * columns
    i, j = rows, columns
    while i and j:
        fit = _fit(filled[i - 1], profiles[j - 1])
        if table[i][j] == table[i][j - 1]:
            j -= 1
        elif table[i][j] == table[i - 1][j - 1] + fit:
            placed[j - 1] = filled[i - 1]
            i, j = i - 1, j - 1
        else:
            i -= 1
    return table[rows][columns], placed
