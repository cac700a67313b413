"""Parts of one table whose pages show different columns: a head or a last row in which some are merged throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pipeline.readers.canonical.text import GridCell
from pipeline.readers.page.tables.ruled import LongTable, PageTable

_SAME: Final = 6.0
"""Edges of columns on two pages that are this near, in points, are one."""
_MOST_ROWS: Final = 3
"""The part with fewer columns is a head or an end: longer ones are tables of their own."""
_FEWEST: Final = 3


def match_columns(table: LongTable, following: PageTable) -> PageTable:
    """*following* in the columns of *table*, which takes those of *following* where these are more.

    Both stay as they are where one part's columns are not among the other's, or it is no mere head or end.
    """
    xs, other = table.last.xs, following.xs
    if len(xs) == len(other) or table.last.page + 1 != following.page:
        return following
    shift = xs[0] - other[0]
    if len(other) < len(xs):
        places = _places([x + shift for x in other], xs)
        if places is None or following.n_rows > _MOST_ROWS:
            return following
        room = {(row, places[column]): free for (row, column), free in following.room.items()}
        return replace(following, xs=tuple(x - shift for x in xs), cells=_spread(following.cells, places), room=room)
    places = _places(xs, [x + shift for x in other])
    if places is None or len(table.pages) > _MOST_ROWS:
        return following
    last = table.last
    room = {(row, places[column]): free for (row, column), free in last.room.items()}
    table.cells, table.n_columns = _spread(table.cells, places), len(other) - 1
    table.last = replace(last, xs=tuple(x + shift for x in other), cells=_spread(last.cells, places), room=room)
    return following


def _places(fewer: Sequence[float], more: Sequence[float]) -> list[int] | None:
    """Where the edges *fewer* stand among *more*; ``None`` where one does not, or they are too few to tell."""
    if len(fewer) <= _FEWEST or abs(fewer[-1] - more[-1]) > _SAME:
        return None
    places = [min(range(len(more)), key=lambda index: abs(more[index] - x)) for x in fewer]
    return places if all(abs(more[at] - x) <= _SAME for at, x in zip(places, fewer, strict=True)) else None


def _spread(cells: Iterable[GridCell], places: Sequence[int]) -> list[GridCell]:
    return [
        replace(
            cell,
            column=places[cell.column],
            column_span=places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in cells
    ]
