"""Columns that are blank throughout on one side of a table's head: a double tab under or over the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.segmentation.tables.rows import RawRow

_FEWEST = 2
_MOST = 0.9
"""Share of the rows that have to be of one width."""


def without_blank_columns(rows: Sequence[RawRow], header_rows: int) -> list[RawRow]:
    """The rows, where head and body differ in width by just the columns that are blank all through the wider one.

    Only where all rows of each are of one width, so that nothing but those columns explains the difference.
    """
    heads, body = list(rows[:header_rows]), list(rows[header_rows:])
    if not heads or len(body) < _FEWEST:
        return list(rows)
    above, below = _width(heads, 1.0), _width(body, _MOST)
    if above is None or below is None or above == below:
        return list(rows)
    wide, width, other = (body, below, above) if below > above else (heads, above, below)
    blank = [
        column
        for column in range(1, width)
        if not any(row.cells[column].text.strip() for row in wide if len(row.cells) == width)
    ]
    if len(blank) < width - other:
        return list(rows)
    dropped = frozenset(blank[: width - other])
    narrowed = [_without(row, dropped) if len(row.cells) == width else row for row in wide]
    return [*heads, *narrowed] if wide is body else [*narrowed, *body]


def _width(rows: Sequence[RawRow], share: float) -> int | None:
    """The width that (nearly) all rows have."""
    (width, count), *_ = Counter(len(row.cells) for row in rows).most_common(1)
    return width if count >= share * len(rows) else None


def _without(row: RawRow, columns: frozenset[int]) -> RawRow:
    return RawRow(row.lines, tuple(cell for column, cell in enumerate(row.cells) if column not in columns))
