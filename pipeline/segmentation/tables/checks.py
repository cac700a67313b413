"""Checks of a table against itself: totals, running numbers, and units that its note leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from extractors.numbers.numerals import parse_arabic
from extractors.quantities.candidates.cells import guessed_columns
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.headers import serial_column
from pipeline.segmentation.tables.rows import RawCell
from schemas.records import Problem, Table

TOTAL: Final = re.compile(r"合计|总计|小计|全[县市区州省]|共计")
_GRAND_TOTAL: Final = re.compile(r"合计|总计|共计")
_RATE: Final = re.compile(r"率|%|％|占比|平均|均价|排名|位次|序号")


def check_sums(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> list[Problem]:
    """Totals that differ from the sum of their column; rates and averages do not add up."""
    totals = [n for n in range(count, len(grid)) if _says(grid[n], _GRAND_TOTAL)]
    body = [n for n in range(count, len(grid)) if n not in totals and not _says(grid[n], TOTAL)]
    if len(totals) != 1 or len(body) < 2:
        return []
    problems: list[Problem] = []
    for column in range(1, len(headers)):
        cell = grid[totals[0]][column]
        printed = parse_arabic(squash(cell.text))
        values = [parse_arabic(squash(grid[n][column].text) or "0") for n in body]
        if printed is None or None in values or _RATE.search("".join(headers[column])):
            continue
        found = sum((value for value in values if value is not None), Decimal(0))
        if found != printed:
            message = f"column {column}: total {printed}, rows add up to {found}"
            problems.append(Problem("table_sum_mismatch", "warning", message, cell.span))
    return problems


def _says(row: Sequence[RawCell], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(squash(cell.text)) for cell in row[:3])


def check_serials(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> list[Problem]:
    """Serial numbers that skip or go back."""
    column = serial_column(headers)
    if column is None:
        return []
    problems: list[Problem] = []
    previous: int | None = None
    merged: RawCell | None = None
    for row in grid[count:]:
        text = squash(row[column].text)
        if not text.isdecimal() or row[column] is merged:
            continue
        merged = row[column]
        number = int(text)
        if previous is not None and number not in (previous + 1, 1):
            problems.append(
                Problem("serial_gap", "warning", f"row number {number} follows {previous}", row[column].span)
            )
        previous = number
    return problems


def check_units(table: Table) -> list[Problem]:
    """A note of several units that does not say which of them the figures of a column are in: its scale may be wrong."""
    columns = guessed_columns(table)
    if not columns:
        return []
    message = f"{table.unit_note}: the unit of column {', '.join(map(str, columns))} is a guess"
    return [Problem("unknown_unit", "warning", message, table.unit_span)]
