"""Rows that recognition read from a page that lay on its side: printed columns became lines, the last one first.

Such a block has one line for each column of the table and as many cells on each line as it has rows. Its lines hold
one kind of content each, and read from the last line to the first they are the columns of the rows that stand upright.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from pipeline.segmentation.tables.rows import RawRow

_FEWEST_COLUMNS: Final = 4
_MOST_ROWS: Final = 12
_UPRIGHT: Final = 0.25
"""How well, on average, the lines must fit their columns."""


def set_upright(rows: Sequence[RawRow], header_rows: int, width: int, fit: Callable[[str, int], float]) -> list[RawRow]:
    """The rows, blocks that lie on their side turned; ``fit(text, column)`` says how well a cell fits (-1 to 1)."""
    upright = list(rows[:header_rows])
    position = header_rows
    while position < len(rows):
        block = rows[position : position + width]
        if _lies(block, width, fit):
            upright += _turned(block)
            position += width
        else:
            upright.append(rows[position])
            position += 1
    return upright


def _lies(block: Sequence[RawRow], width: int, fit: Callable[[str, int], float]) -> bool:
    count = len(block[0].cells)
    if len(block) < width or width < _FEWEST_COLUMNS or not 2 <= count <= min(_MOST_ROWS, width - 1):
        return False
    if any(len(row.cells) != count for row in block):
        return False
    filled = [(line, cell.text) for line, row in enumerate(block) for cell in row.cells if cell.text]
    turned = sum(fit(text, width - 1 - line) for line, text in filled)
    printed = sum(fit(cell.text, column) for row in block for column, cell in enumerate(row.cells) if cell.text)
    return turned >= _UPRIGHT * len(filled) and turned > printed + 1


def _turned(block: Sequence[RawRow]) -> list[RawRow]:
    lines = tuple(line for row in block for line in row.lines)
    return [RawRow(lines, tuple(row.cells[number] for row in reversed(block))) for number in range(len(block[0].cells))]
