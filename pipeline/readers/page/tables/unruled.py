"""Tables without any line: rows of names and numbers that stand in columns by the places of their words alone.

A run of rows is a table where at least one column behind the first holds numbers and no row bridges the strips
between the columns. Rows that look so and cannot be settled are doubtful, never read as a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area, Glyph
from pipeline.readers.page.tables.head_groups import is_within
from pipeline.readers.page.tables.lattice import Lattice
from pipeline.readers.page.tables.open import row_pieces
from pipeline.readers.page.tables.open_rows import NUMBER, Piece
from pipeline.readers.page.tables.unruled_heads import area_of, find_head_rows, have_heads, heads_apart, lattice_of
from pipeline.readers.page.tables.unruled_rows import (
    FEW_COLUMNS,
    Row,
    columns_of,
    find_runs,
    has_number,
    is_listed,
)

_FEWEST_ROWS: Final = 3
_SEVERAL: Final = 2
_FUSED: Final = re.compile(r".*[\u3400-\u9fff）)][-−－]?\d[\d,，]*(?:\.\d+)?")
_MOST_WORDS: Final = 0.2
"""Share of a column of numbers that may be words."""


@dataclass(frozen=True, slots=True)
class Unruled:
    """The tables without lines of a page, and the areas of rows that may be such."""

    tables: tuple[Lattice, ...] = ()
    doubtful: tuple[Area, ...] = ()
    parts: tuple[Lattice, ...] = ()
    """Rows at the page's head or foot, too few to be a table unless they go on one of the page before or behind."""


def find_unruled_tables(printed: Iterable[Sequence[Glyph]], taken: Sequence[Area]) -> Unruled:
    """The tables among the *printed* rows that no line tells; none reaches over an area that is *taken*."""
    pairs = [(row, glyphs) for glyphs in printed if (row := row_pieces(glyphs))]
    rows = [row for row, _ in pairs]
    tables: list[Lattice] = []
    doubtful: list[Area] = []
    parts: list[Lattice] = []
    runs = find_runs(rows, taken)
    for first, last in runs:
        run = rows[first : last + 1]
        begin, head = find_head_rows(rows, first, run, taken)
        run = rows[begin : last + 1]
        heads = heads_apart(pairs[begin - head : begin], columns_of(run))
        lattice = lattice_of(heads, run)
        if lattice is not None and _is_table(run, head):
            tables.append(lattice)
            # rows without a head say what they hold only at the top of a page
            headed = have_heads(heads, columns_of(run)) if heads else not first
            if not headed or lattice.doubtful or _holds_fused(run):
                doubtful.append(lattice.area)
        elif lattice is not None and len(run) < _FEWEST_ROWS and (first, last) in (runs[0], runs[-1]):
            parts.append(lattice)
        elif _is_doubtful(run, head):
            doubtful.append(area_of(run))
    found = [*(table.area for table in tables), *doubtful]
    listed = [row for row in rows if is_listed(row) and not any(a.holds(row[0].x0, row[0].middle) for a in found)]
    if len(listed) >= _FEWEST_ROWS:
        doubtful.append(area_of(listed))
    return Unruled(tuple(tables), tuple(doubtful), tuple(parts))


def _is_table(run: Sequence[Row], head: int) -> bool:
    numbered = [row for row in run if has_number(row)]
    columns = columns_of(numbered)
    if len(columns) < FEW_COLUMNS:
        return False
    full = all(any(is_within(piece, column) for piece in row) for row in numbered for column in columns)
    if len(numbered) < _FEWEST_ROWS and not (head and full and len(columns) > FEW_COLUMNS and len(numbered) > 1):
        return False
    by_column = [[piece for row in numbered for piece in row if is_within(piece, column)] for column in columns[1:]]
    numbers = [column for column in by_column if _is_numbers(column)]
    return bool(numbers) and not (len(columns) == FEW_COLUMNS and _is_contents(numbers[0]))


def _holds_fused(run: Sequence[Row]) -> bool:
    """Whether rows hold a name and a number in one column: the name reaches up to the number beside it."""
    columns = columns_of(run)
    fused = 0
    for row in run:
        within = [[piece.text for piece in row if is_within(piece, column)] for column in columns]
        fused += any(
            _FUSED.fullmatch("".join(texts)) or (len(texts) > 1 and NUMBER.fullmatch(texts[-1])) for texts in within
        )
    return fused >= _SEVERAL


def _is_numbers(pieces: Sequence[Piece]) -> bool:
    words = sum(not NUMBER.fullmatch(piece.text) for piece in pieces)
    return len(pieces) > 1 and words <= _MOST_WORDS * len(pieces)


def _is_contents(pieces: Sequence[Piece]) -> bool:
    """Whether the numbers of a table of two columns are pages: whole and never falling."""
    texts = [piece.text for piece in pieces]
    return all(text.isdigit() for text in texts) and all(int(a) <= int(b) for a, b in pairwise(texts))


def _is_doubtful(run: Sequence[Row], head: int) -> bool:
    """Whether a run that is no table looks like one: rows enough of several numbers, or two of one under a head."""
    rows = sum(sum(bool(NUMBER.fullmatch(piece.text)) for piece in row) > 1 for row in run)
    return rows >= _FEWEST_ROWS or (head > 0 and sum(map(has_number, run)) >= _SEVERAL)
