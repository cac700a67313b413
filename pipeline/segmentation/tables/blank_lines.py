"""Tables printed as lines whose cells blanks part: rows that count up from 1 under a head with as many words that begins with 序号."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.rules import reader
from schemas.records import SourceCell, SourceTable
from schemas.spans import Span

_SERIAL_HEAD: Final = reader("table.serial_head")
_GAPS: Final = (re.compile(r"[ \u3000]{2,}|\u3000"), re.compile(r"[ \u3000]+"))
"""What may part cells: wide gaps, where cells hold blanks of their own, else any; tabs make tables of another kind."""
_TAB: Final = "\t"
_FEWEST_ROWS: Final = 2
_FEWEST_COLUMNS: Final = 3
_MOST_COLUMNS: Final = 12


def find_blank_lines(lines: Sequence[Line]) -> tuple[SourceTable, ...]:
    """The tables among the printed *lines*, in order, where every row has a cell for each word of the head."""
    tables: list[SourceTable] = []
    position = 0
    while position < len(lines):
        rows = next((rows for gap in _GAPS if (rows := _rows(lines[position:], gap))), [])
        if rows:
            tables.append(_table(rows))
        position += max(1, len(rows))
    return tuple(tables)


def _rows(lines: Sequence[Line], gap: re.Pattern[str]) -> list[list[Span]]:
    """The cells of the head that the first of *lines* is and of the rows under it; none where they are too few."""
    head = _cells(lines[0], gap)
    if not _FEWEST_COLUMNS <= len(head) <= _MOST_COLUMNS or not _SERIAL_HEAD(_first(lines[0], head)):
        return []
    rows = [head]
    for line in lines[1:]:
        cells = _cells(line, gap)
        if len(cells) != len(head) or _first(line, cells) != f"{len(rows)}":
            break
        rows.append(cells)
    return rows if len(rows) > _FEWEST_ROWS else []


def _first(line: Line, cells: Sequence[Span]) -> str:
    return line.text[: cells[0].end - line.start]


def _cells(line: Line, gap: re.Pattern[str]) -> list[Span]:
    """The stretches of *line* that *gap* parts."""
    if _TAB in line.text:
        return [line.span]
    ends = [
        (line.start, line.start),
        *((line.start + m.start(), line.start + m.end()) for m in gap.finditer(line.text)),
    ]
    return [Span(left, right) for (_, left), (right, _) in pairwise([*ends, (line.end, line.end)])]


def _table(rows: Sequence[Sequence[Span]]) -> SourceTable:
    cells = [SourceCell(r, c, 1, 1, span) for r, row in enumerate(rows) for c, span in enumerate(row)]
    return SourceTable(Span(rows[0][0].start, rows[-1][-1].end), len(rows), len(rows[0]), tuple(cells), 1)
