"""Rows of unequal length or with shifted cells, brought under their columns by what the columns hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.tables.profiles import Places, Profiles
from pipeline.segmentation.tables.repairs import repair_rows, stretch
from pipeline.segmentation.tables.rotated import set_upright
from pipeline.segmentation.tables.rows import RawCell, RawRow, width_of
from schemas.spans import Span

_NUMBER: Final = re.compile(r"\d{1,3}\s?[.．、]")
_MOST_CELLS: Final = 40
_STEP: Final = -0.5
"""Price of an empty cell that is dropped or put in."""
_AS_PRINTED: Final = 0.01
"""What a cell's printed place counts where other placings fit as well."""
_GAIN: Final = 2.0
"""How much better than as printed another placing of a whole row must fit before it is believed."""
_RELIEF: Final = 0.5
"""How much better it must fit where it leaves fewer cells under columns that never hold the like."""
_MISFIT: Final = -0.75
_DOUBTFUL: Final = -0.5
_AT_HOME: Final = 0.25
"""How well a cell fits the column that it is moved to, at least."""
_MOVED: Final = 1.5
"""How much better a row must fit with one cell printed elsewhere, where that leaves none that does not fit."""


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

    def below(self, titles: Sequence[tuple[RawCell, ...]]) -> Grid:
        """The grid under rows of titles of its breadth, which are counted as its first."""
        down = len(titles)
        width = max([len(self.rows[0]), *map(len, titles)])
        rows = tuple((*row, *(_empty_after(row),) * (width - len(row))) for row in (*titles, *self.rows))
        return Grid(
            rows, self.width, frozenset(row + down for row in self.short),
            tuple((row + down, note) for row, note in self.notes), frozenset(row + down for row in self.unsettled),
        )  # fmt: skip


def align_rows(rows: Sequence[RawRow], header_rows: int) -> Grid:
    """The rows as a grid of equal width.

    A row that fits no placing keeps its cells as printed, beyond the last column if need be: nothing is lost.
    """
    width = width_of(rows)
    rows, width = _widened(rows, header_rows, width)
    profiles = Profiles([_trimmed(row, width) for row in rows[header_rows:]], width)
    if profiles:
        rows = set_upright(rows, header_rows, width, lambda text, column: profiles.fit(profiles.kind(text), column))
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
    profiles = Profiles([_trimmed(row, width + 1) for row in wider], width + 1)
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


def _empty_after(row: Sequence[RawCell]) -> RawCell:
    end = row[-1].span.end
    return RawCell((Span(end, end),), "")


def _padded(cells: Sequence[RawCell | None], width: int, row: RawRow) -> list[RawCell]:
    """The cells with empty ones where none is printed; an empty cell stands where the one before it ends."""
    at = row.lines[0].start
    padded: list[RawCell] = []
    for cell in [*cells, *[None] * (width - len(cells))]:
        padded.append(cell or RawCell((Span(at, at),), ""))
        at = padded[-1].span.end
    return padded


def _place(cells: Sequence[RawCell], profiles: Profiles) -> list[RawCell | None] | None:
    """The placing of the cells, or ``None`` where none takes them all.

    Cells that recognition made one (two printed paragraphs), or printed out of their order, are tried apart and moved
    where the row as printed does not fit.
    """
    placed, score = _in_order(cells, profiles)
    apart = _at_paragraphs(cells, profiles.width)
    if apart is not None:
        other, better = _in_order(apart, profiles)
        if other is not None and (placed is None or better >= score + _RELIEF):
            cells, placed, score = apart, other, better
    bad = len(cells) if placed is None else _misfits(placed, profiles, _DOUBTFUL)
    if not bad or len(cells) > profiles.width:
        return placed
    best = score + _MOVED
    for cell, moved in _moved(cells):
        kind = profiles.kind(cell.text)
        if max(profiles.fits(kind)) < _AT_HOME:
            continue
        value, places = _best(tuple([profiles.kind(c.text) for c in moved]), profiles)
        other = None if places is None else _at(moved, places)
        if other is None or value <= best or profiles.fit(kind, other.index(cell)) < _AT_HOME:
            continue
        if _misfits(other, profiles, _DOUBTFUL) <= bad // 2:
            placed, best = other, value
    return placed


def _in_order(cells: Sequence[RawCell], profiles: Profiles) -> tuple[list[RawCell | None] | None, float]:
    """The placing of the cells in their printed order, and how well it fits."""
    width = profiles.width
    kinds = tuple([profiles.kind(cell.text) for cell in cells])
    fits = [profiles.fit(kind, column) for column, kind in enumerate(kinds[:width])]
    printed = sum(fits)
    score, places = _best(kinds, profiles)
    best = None if places is None else _at(cells, places)
    if len(cells) == width:
        if best is None:
            return list(cells), printed
        relieved = _misfits(best, profiles) < sum(fit <= _MISFIT for fit in fits)
        if score >= printed + (_RELIEF if relieved else _GAIN):
            return best, score
        return list(cells), printed
    filled = sum(kind != "empty" for kind in kinds)
    if best is None or (score < 0 and filled > 1):
        return (list(cells), printed) if len(cells) < width and printed >= -1 else (None, printed)
    return best, score


def _at(cells: Sequence[RawCell], places: Places) -> list[RawCell | None]:
    """The *cells* at their *places*."""
    return [None if place is None else cells[place] for place in places]


def _misfits(cells: Sequence[RawCell | None], profiles: Profiles, limit: float = _MISFIT) -> int:
    """How many cells stand under columns that never, or hardly ever (a higher *limit*), hold the like."""
    return sum(
        profiles.fit(profiles.kind(cell.text), column) <= limit
        for column, cell in enumerate(cells[: profiles.width])
        if cell is not None
    )


def _at_paragraphs(cells: Sequence[RawCell], width: int) -> list[RawCell] | None:
    """The cells with those of several printed paragraphs taken apart, if the row lacks just so many or more."""
    if len(cells) >= width:
        return None
    apart: list[RawCell] = []
    for cell in cells:
        ends = [*cell.breaks, len(cell.text)]
        parts = [stretch(cell, *_stripped(cell.text, a, b)) for a, b in zip([0, *ends], ends, strict=False)]
        parts = [part for part in parts if part.text]
        apart += parts if not any(_NUMBER.match(part.text) for part in parts[1:]) else [cell]
    return apart if len(cells) < len(apart) <= width else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _moved(cells: Sequence[RawCell]) -> Iterator[tuple[RawCell, list[RawCell]]]:
    """One filled cell and the row with it at another place, near places first."""
    places = [(a, b) for a, cell in enumerate(cells) for b in range(len(cells)) if cell.text and b not in (a, a - 1)]
    for start, place in sorted(places, key=lambda move: (abs(move[0] - move[1]), move)):
        rest = [*cells[:start], *cells[start + 1 :]]
        yield cells[start], [*rest[:place], cells[start], *rest[place:]]


def _best(kinds: tuple[str, ...], profiles: Profiles) -> tuple[float, Places | None]:
    """The placing of cells of these *kinds*, left to right, that fits best; rows of a table are alike, and are placed once."""
    found = profiles.placings.get(kinds)
    if found is None:
        found = profiles.placings[kinds] = _placing(kinds, profiles)
    return found


def _placing(kinds: Sequence[str], profiles: Profiles) -> tuple[float, Places | None]:
    """The same found out: a cell stands under a column, an empty one is dropped or put in."""
    rows, columns = len(kinds), profiles.width
    fits = [_as_printed(profiles.fits(kind), row) for row, kind in enumerate(kinds)]
    worst = float("-inf")
    table = [[_STEP * j for j in range(columns + 1)]]
    for kind, here in zip(kinds, fits, strict=True):
        above = table[-1]
        row = [score + _STEP for score in above] if kind == "empty" else [worst] * (columns + 1)
        left = row[0]
        for j, fit in enumerate(here, 1):
            left += _STEP
            under = above[j - 1] + fit
            if under > left:
                left = under
            if row[j] > left:
                left = row[j]
            row[j] = left
        table.append(row)
    if table[rows][columns] == worst:
        return worst, None
    placed: list[int | None] = [None] * columns
    i, j = rows, columns
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + fits[i - 1][j - 1]:
            placed[j - 1] = i - 1
            i, j = i - 1, j - 1
        elif j and table[i][j] == table[i][j - 1] + _STEP:
            j -= 1
        else:
            i -= 1
    return table[rows][columns], tuple(placed)


def _as_printed(fits: Sequence[float], row: int) -> list[float]:
    """How well the cell at place *row* fits each column, a little better where it is printed."""
    found = list(fits)
    if row < len(found):
        found[row] += _AS_PRINTED
    return found
