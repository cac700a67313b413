"""Rows of unequal length or with shifted cells, brought under their columns by what the columns hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.repairs import repair_rows
from pipeline.segmentation.rotated import set_upright
from pipeline.segmentation.rows import RawCell, RawRow, content_kind, width_of
from schemas.spans import Span

_PROFILE_ROWS: Final = 200
_MOST_CELLS: Final = 40
_STEP: Final = -0.5
"""Price of an empty cell that is dropped or put in."""
_GAIN: Final = 2.0
"""How much better than as printed another placing of a whole row must fit before it is believed."""
_RELIEF: Final = 0.5
"""How much better it must fit where it leaves fewer cells under columns that never hold the like."""
_MISFIT: Final = -0.75
_ITEMS: Final = re.compile(r"\d{1,3}\s?[.．、](?!\d).{4}", re.DOTALL)
_AKIN: Final = {
    "text": ("short", "items"),
    "items": ("text",),
    "short": ("text", "agency", "name"),
    "name": ("short",),
    "agency": ("short",),
    "number": ("short", "serial"),
    "serial": ("number",),
}


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows under their columns; ``notes`` says which rows were moved, ``unsettled`` which fit nowhere.

    ``width`` counts the columns of the header and the common rows, ``short`` lists the rows with fewer cells.
    """

    rows: tuple[tuple[RawCell, ...], ...]
    width: int
    short: frozenset[int]
    notes: tuple[tuple[int, str], ...]
    unsettled: frozenset[int]


def align_rows(rows: Sequence[RawRow], header_rows: int) -> Grid:
    """The rows as a grid of equal width.

    A row that fits no placing keeps its cells as printed, beyond the last column if need be: nothing is lost.
    """
    width = width_of(rows)
    rows, width = _widened(rows, header_rows, width)
    profiles = _profiles(rows[header_rows:], width)
    if profiles:
        rows = set_upright(rows, header_rows, width, lambda text, column: _fit(_kind(text), profiles[column]))
    heads = [[cell.text for cell in row.cells] for row in rows[:header_rows]]
    placed: list[list[RawCell | None]] = []
    notes: list[tuple[int, str]] = []
    unsettled: set[int] = set()
    for number, row in enumerate(rows):
        cells = _trimmed(row, width)
        best: list[RawCell | None] | None = list(cells)
        printed_again = [cell.text for cell in row.cells] in heads
        if number >= header_rows and not printed_again and profiles and len(cells) <= _MOST_CELLS:
            best = _place(cells, profiles)
        if best is None or len(best) > width:
            unsettled.add(number)
            notes.append((number, f"unsettled: {len(cells)} cells under {width} columns"))
            best = list(cells)
        elif best[: len(cells)] != cells:
            notes.append((number, "cells moved under the columns that they fit"))
        elif len(cells) < width:
            notes.append((number, f"{len(cells)} cells under {width} columns"))
        placed.append(best)
    breadth = max(width, *(len(cells) for cells in placed))
    grid = [_padded(cells, breadth, row) for cells, row in zip(placed, rows, strict=True)]
    notes += _repaired(grid, header_rows, width, unsettled)
    short = frozenset(n for n, row in enumerate(rows) if n >= header_rows and len(row.cells) < width)
    return Grid(tuple(tuple(row) for row in grid), width, short, tuple(notes), frozenset(unsettled))


def _widened(rows: Sequence[RawRow], header_rows: int, width: int) -> tuple[Sequence[RawRow], int]:
    """The rows with a gap in a header that prints one cell over two columns without marking it.

    Where several rows have just one cell more than the header, the narrower rows show by their content
    which column they lack; there the header cell before it reaches over.
    """
    body = rows[header_rows:]
    wider = [row for row in body if len(_trimmed(row, width + 1)) == width + 1 and all(cell.text for cell in row.cells)]
    if header_rows != 1 or len(rows[0].cells) != width or len(wider) < 3 or not all(c.text for c in rows[0].cells):
        return rows, width
    profiles = _profiles(wider, width + 1)
    gaps: Counter[int] = Counter()
    for row in body:
        cells = _trimmed(row, width)
        placed = _place(cells, profiles) if len(cells) == width and all(cell.text for cell in cells) else None
        if placed is not None and None in placed:
            gaps[max(1, placed.index(None))] += 1
    gap = min(gaps, key=lambda column: (-gaps[column], column)) if gaps else 1
    header = rows[0]
    end = header.cells[gap - 1].span.end
    cells_with_gap = (*header.cells[:gap], RawCell((Span(end, end),), ""), *header.cells[gap:])
    return [RawRow(header.lines, cells_with_gap), *body], width + 1


def _trimmed(row: RawRow, width: int) -> list[RawCell]:
    cells = list(row.cells)
    while len(cells) > width and not cells[-1].text:
        cells.pop()
    return cells


def _repaired(
    grid: Sequence[list[RawCell]], header_rows: int, width: int, unsettled: set[int]
) -> list[tuple[int, str]]:
    """Repair single cells of the settled rows in place, and say in which rows."""
    heads = [[cell.text for cell in row] for row in grid[:header_rows]]
    numbers = [
        number
        for number in range(header_rows, len(grid))
        if number not in unsettled and [cell.text for cell in grid[number]] not in heads
    ]
    done = repair_rows([grid[number] for number in numbers], width)
    return [(number, note) for number, note in zip(numbers, done, strict=True) if note]


def _padded(cells: Sequence[RawCell | None], width: int, row: RawRow) -> list[RawCell]:
    """The cells with empty ones where none is printed; an empty cell stands where the one before it ends."""
    at = row.lines[0].start
    padded: list[RawCell] = []
    for cell in [*cells, *[None] * (width - len(cells))]:
        padded.append(cell or RawCell((Span(at, at),), ""))
        at = padded[-1].span.end
    return padded


def _profiles(rows: Sequence[RawRow], width: int) -> list[Counter[str]]:
    """What each column holds in the rows that are as wide as the table; empty where too few are."""
    profiles: list[Counter[str]] = [Counter() for _ in range(width)]
    whole = [cells for row in rows[:_PROFILE_ROWS] if len(cells := _trimmed(row, width)) == width]
    for cells in whole:
        for column, cell in enumerate(cells):
            profiles[column][_kind(cell.text)] += 1
    return profiles if len(whole) >= 3 else []


def _kind(text: str) -> str:
    """The kind of content for placing: as for all cells, but numbered prose (1. …) apart from short words."""
    kind = content_kind(text)
    return "items" if kind in ("text", "short") and _ITEMS.match(text) else kind


def _fits(profiles: Sequence[Counter[str]], kinds: Sequence[str]) -> list[dict[str, float]]:
    """How well each of *kinds* fits each column."""
    return [{kind: _fit(kind, profile) for kind in set(kinds)} for profile in profiles]


def _fit(kind: str, profile: Counter[str]) -> float:
    """How well content of *kind* fits a column: from -1 (never met there) to 1 (nothing else is)."""
    if kind in ("empty", "above"):
        return 0.0
    total = sum(profile.values()) - profile["empty"] - profile["above"]
    if not total:
        return -0.5
    share = (profile[kind] + 0.5 * sum(profile[akin] for akin in _AKIN.get(kind, ()))) / total
    return min(1.0, 2 * share - 1)


def _place(cells: Sequence[RawCell], profiles: Sequence[Counter[str]]) -> list[RawCell | None] | None:
    """The placing of the cells, or ``None`` where none takes them all."""
    width = len(profiles)
    kinds = [_kind(cell.text) for cell in cells]
    fits = [_fit(kind, profile) for kind, profile in zip(kinds, profiles, strict=False)]
    printed = sum(fits)
    score, best = _best(cells, kinds, profiles)
    if len(cells) == width:
        if best is None:
            return list(cells)
        left = sum(
            _fit(_kind(cell.text), profile) <= _MISFIT
            for cell, profile in zip(best, profiles, strict=True) if cell is not None
        )  # fmt: skip
        relieved = left < sum(fit <= _MISFIT for fit in fits)
        return best if score >= printed + (_RELIEF if relieved else _GAIN) else list(cells)
    filled = sum(kind != "empty" for kind in kinds)
    if best is None or (score < 0 and filled > 1):
        return list(cells) if len(cells) < width and printed >= -1 else None
    return best


def _best(
    cells: Sequence[RawCell], kinds: Sequence[str], profiles: Sequence[Counter[str]]
) -> tuple[float, list[RawCell | None] | None]:
    """The placing, left to right, that fits best: a cell under a column, an empty one dropped or put in."""
    rows, columns = len(cells), len(profiles)
    fits = _fits(profiles, kinds)
    worst = float("-inf")
    table = [[worst] * (columns + 1) for _ in range(rows + 1)]
    table[0] = [_STEP * j for j in range(columns + 1)]
    for i in range(1, rows + 1):
        droppable = kinds[i - 1] == "empty"
        for j in range(columns + 1):
            score = table[i - 1][j] + _STEP if droppable else worst
            if j:
                score = max(score, table[i - 1][j - 1] + fits[j - 1][kinds[i - 1]], table[i][j - 1] + _STEP)
            table[i][j] = score
    if table[rows][columns] == worst:
        return worst, None
    placed: list[RawCell | None] = [None] * columns
    i, j = rows, columns
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + fits[j - 1][kinds[i - 1]]:
            placed[j - 1] = cells[i - 1]
            i, j = i - 1, j - 1
        elif j and table[i][j] == table[i][j - 1] + _STEP:
            j -= 1
        else:
            i -= 1
    return table[rows][columns], placed
