"""How the tables of quantities are written and read back.

A case is a text with its quantities in 【】, each followed by the expected reading: ``value unit`` with a
comparator before it where there is one and ``low..high`` for a range (``>=118亩``, ``3..5家``, ``7%``).
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.language.folding import fold
from extractors.language.passages import Passage
from extractors.quantities.candidates.candidate import Candidate
from schemas.records import Cell, Document, Table
from schemas.rows import Place
from schemas.spans import Reading, Span

DOCUMENT = Document("d", 0, Span(0, 0))
_MARK = re.compile(r"【([^【】|]+)\|([^【】]+)】")


def taken_apart(case: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain text of *case* and its quantities as (printed, expected) pairs."""
    return _MARK.sub(r"\1", case), [(match[1], match[2]) for match in _MARK.finditer(case)]


def spelt(candidate: Candidate) -> str:
    """The reading of *candidate* in the notation of the cases."""
    low, high = plain(candidate.low), plain(candidate.high)
    sign = "" if candidate.comparator == "=" else candidate.comparator
    return f"{sign}{low}{'' if low == high else '..' + high}{candidate.unit}"


def plain(value: Decimal) -> str:
    """*value* without an exponent or closing zeros."""
    return f"{value.normalize():f}"


def prose(text: str) -> Passage:
    """*text* as the passage of an unnumbered paragraph."""
    reading = Reading.of(text, 0, len(text))
    return Passage(DOCUMENT, Place("d"), reading, fold(reading))


def table(rows: str, caption: str | None = None) -> list[Passage]:
    """The passages of a table written in *rows*: lines of cells parted by ``|``, the first its header."""
    grid = [line.split("|") for line in rows.strip().splitlines()]
    cells, at = [], 0
    label = 1 if grid[0][0] == "序号" else 0
    for row, line in enumerate(grid):
        for column, text in enumerate(line):
            header = () if row == 0 else (grid[0][column],)
            row_label = line[label] if row and column > label else None
            cells.append(
                Cell(row, column, Reading(text, range(at, at + len(text))), Span(at, at + len(text)),
                     is_header=row == 0, header=header, row_label=row_label)
            )  # fmt: skip
            at += len(text) + 1
    made = Table("t", "d", None, 0, "body", caption, len(grid), len(grid[0]), 1, Span(0, at), tuple(cells))
    return [
        Passage(DOCUMENT, Place("d"), cell.reading, fold(cell.reading), None, made, cell)
        for cell in cells
        if len(cell.reading)
    ]
