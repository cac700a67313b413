"""Checks of a table against itself: totals, running numbers, and units that its note leaves open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extractors.numbers.numerals import parse_arabic
from extractors.quantities.candidates.cells import guessed_columns, names_against_note, unread_figures
from extractors.rules.registry import pattern_of
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.headers import TOTAL, serial_column
from pipeline.segmentation.tables.rows import RawCell
from pipeline.segmentation.tables.stubs import PART
from schemas.records import Problem, Table

_GRAND_TOTAL: Final = re.compile(r"合计|总计|共计")
_TOLD: Final = 3
"""Names that a problem tells before it counts the rest."""
_SUBTOTAL: Final = re.compile(r".(?:合计|小计)$")
_RATE: Final = re.compile(r"率|%|％|占比|平均|均价|排名|位次|序号")


def check_sums(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> list[Problem]:
    """Totals that differ from what their column adds up to; rates and averages do not add up.

    Rows under a code that begins another row's (20805 under 208, or 208 | 05 | 01) are parts of it and counted with it.
    Behind a first total (本年收入合计) the last one is the sum of that and of what follows it.
    """
    totals = [n for n in range(count, len(grid)) if _says(grid[n], _GRAND_TOTAL)]
    if len(totals) != 1:
        return []
    body = [n for n in range(count, len(grid)) if n not in totals and not _says(grid[n], TOTAL)]
    codes = {n: _code(grid[n], headers) for n in body}
    known = frozenset(codes.values())
    body = [n for n in body if not _is_part(codes[n], known)]
    if len(body) < 2:
        return []
    problems: list[Problem] = []
    for column in range(1, len(headers)):
        cell = grid[totals[0]][column]
        printed = parse_arabic(squash(cell.text))
        values = [parse_arabic(squash(grid[n][column].text) or "0") for n in body]
        if printed is None or None in values or _RATE.search("".join(headers[column])):
            continue
        amounts = [value for value in values if value is not None]
        first = _after_subtotal(grid, body, column)
        names = [_name(grid[n], column) for n in body]
        wholes = _without_parts(names[first:], amounts[first:])
        unmarked = [amount for name, amount in zip(names, amounts, strict=True) if not PART.match(name)]
        if not any(_makes(printed, summands) for summands in (amounts, amounts[first:], wholes, unmarked)):
            message = f"column {column}: total {printed}, rows add up to {sum(amounts, Decimal(0))}"
            problems.append(Problem("table_sum_mismatch", "warning", message, cell.span))
    return problems


def _makes(total: Decimal, amounts: Sequence[Decimal]) -> bool:
    """Whether the amounts add up to the total, each rounded as printed."""
    found = sum(amounts, Decimal(0))
    if found == total:
        return True
    step = Decimal(1).scaleb(int(total.as_tuple().exponent))
    return step < 1 and abs(found - total) <= step * max(1, len(amounts) // 4)


def _after_subtotal(grid: Sequence[Sequence[RawCell]], body: Sequence[int], column: int) -> int:
    """Where among the rows of *body* the last one stands whose name in front of *column* ends as a sum (本年支出合计)."""
    sums = [n for n, row in enumerate(body) if _SUBTOTAL.search(_name(grid[row], column))]
    return sums[-1] if sums else 0


def _without_parts(names: Sequence[str], amounts: Sequence[Decimal]) -> list[Decimal]:
    """The amounts without those of numbered rows (一、…) that divide the unnumbered row over them: they make its amount."""
    wholes: list[Decimal] = []
    at = 0
    while at < len(amounts):
        end = at + 1
        while end < len(amounts) and Form(names[end]).enumerated:
            end += 1
        divided = end > at + 1 and not Form(names[at]).enumerated and _makes(amounts[at], amounts[at + 1 : end])
        wholes += amounts[at : at + 1] if divided else amounts[at:end]
        at = end
    return wholes


def _name(row: Sequence[RawCell], column: int) -> str:
    """The name of a row at the left of *column*: the nearest words."""
    return next((text for cell in reversed(row[:column]) if _is_name(text := squash(cell.text))), "")


def _is_name(text: str) -> bool:
    return bool(text) and parse_arabic(text) is None


def _code(row: Sequence[RawCell], headers: Sequence[tuple[str, ...]]) -> str:
    """The code of a row: what its columns of codes print, joined."""
    pattern = pattern_of("exclusion.code_column")
    columns = [n for n, path in enumerate(headers) if any(pattern.search(squash(head)) for head in path)]
    leading = columns[: next((n for n, (a, b) in enumerate(pairwise(columns), 1) if b != a + 1), len(columns))]
    return "".join(text for n in leading if (text := squash(row[n].text)).isdecimal())


def _is_part(code: str, codes: frozenset[str]) -> bool:
    """Whether another row's code begins *code*."""
    return any(code[:length] in codes for length in range(1, len(code)))


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


def check_figures(table: Table) -> list[Problem]:
    """Figures with a mark that leaves open what they say; they are no quantities."""
    cells = unread_figures(table)
    if not cells:
        return []
    told = "、".join(squash(cell.reading.text) for cell in cells[:_TOLD])
    more = f" and {len(cells) - _TOLD} more" if len(cells) > _TOLD else ""
    return [
        Problem("table_shape", "warning", f"figures that are not read for their marks: {told}{more}", cells[0].span)
    ]


def check_units(table: Table) -> list[Problem]:
    """Units that are doubtful: of a note of several the one that a column is in, and a name that the note contradicts."""
    messages = []
    if columns := guessed_columns(table):
        messages.append(f"{table.unit_note}: the unit of column {', '.join(map(str, columns))} is a guess")
    if names := names_against_note(table):
        more = f" and {len(names) - _TOLD} more" if len(names) > _TOLD else ""
        messages.append(
            f"{table.unit_note}: set aside for {'、'.join(names[:_TOLD])}{more}, whose name says another quantity"
        )
    return [Problem("unknown_unit", "warning", message, table.unit_span) for message in messages]
