"""Columns that were taken for one: cells that hold a name and a number, or two numbers, side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.readers.canonical.text import GridCell

_SIDE_BY_SIDE: Final = re.compile(r"\S(?:.*\S)?[ \u3000]+[-−－]?\d[\d,，]*(?:\.\d+)?")
_FEWEST: Final = 2
_SHARE: Final = 0.5
"""Share of a column's cells that hold two values."""


def holds_fused(cells: Iterable[GridCell]) -> bool:
    """Whether half of the cells of a column, and two at least, end in a number that stands apart from what is before it."""
    columns: dict[int, list[str]] = {}
    for cell in cells:
        if cell.text:
            columns.setdefault(cell.column, []).append(cell.text)
    return any(
        sum(bool(_SIDE_BY_SIDE.fullmatch(text)) for text in texts) >= max(_FEWEST, _SHARE * len(texts))
        for texts in columns.values()
    )
