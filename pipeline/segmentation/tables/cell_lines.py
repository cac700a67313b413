"""Tables copied from a page with each cell on a line of its own: found again where a period makes their columns certain.

Two forms are certain: rows that a serial number opens under a head that begins with 序号, and rows of one name and as
many figures each under as many heads. Where such rows are in sight and their columns are not, a problem says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from pipeline.segmentation.lines.form import FINAL
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.rules import reader
from schemas.records import Problem, SourceCell, SourceTable
from schemas.spans import Span

_NUMBER: Final = re.compile(r"[-－—+]?\d[\d,，]*(?:\.\d+)?\s*[%％‰]?(?:[（(][^（）()]{1,10}[）)])?|[-—–－/]{1,2}")
_SERIAL_HEAD: Final = reader("table.serial_head")
_SECTION: Final = reader("table.section_row")
_DIGITS: Final = re.compile("[0-9]{1,4}")
_YEAR: Final = re.compile(r"\d{4}年?")
_FEWEST_ROWS: Final = 3
_MOST_COLUMNS: Final = 12
_LONGEST_HEAD: Final = 16
_LONGEST_NAME: Final = 20
_FEWEST_FIGURES: Final = 2


@dataclass(frozen=True, slots=True)
class CellLines:
    """The tables found, in order, and a problem for each whose columns are not certain."""

    tables: tuple[SourceTable, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a row by column; a *section* stands over all columns."""

    cells: tuple[tuple[int, Line], ...]
    section: bool = False


def find_cell_lines(lines: Sequence[Line]) -> CellLines:
    """The tables among the printed *lines*, none of which is tabular."""
    tables: list[SourceTable] = []
    problems: list[Problem] = []
    position = 0
    while position < len(lines):
        found = _serial_table(lines, position) or _figure_table(lines, position)
        if found is None:
            position += 1
            continue
        end, result = found
        if isinstance(result, Problem):
            problems.append(result)
        else:
            tables.append(result)
        position = end
    return CellLines(tuple(tables), tuple(problems))


def _is_number(line: Line) -> bool:
    return _NUMBER.fullmatch(line.text) is not None


def _heads(line: Line) -> bool:
    """Whether the line may head a column."""
    form = line.form
    return len(line.text) <= _LONGEST_HEAD and not _is_number(line) and line.text[-1] not in FINAL + "，,。" and not (
        form.enumerated or form.caption or form.is_date or form.attachment is not None
    )  # fmt: skip


def _doubt(lines: Sequence[Line]) -> Problem:
    span = Span(lines[0].start, lines[-1].end)
    return Problem(
        "table_shape", "warning", f"{len(lines)} lines look like cells of a table whose columns are not certain", span
    )


def _serial_table(lines: Sequence[Line], position: int) -> tuple[int, SourceTable | Problem] | None:
    """A table whose head begins at *position* with 序号 and whose rows count up from 1."""
    if not _SERIAL_HEAD(lines[position].form.compact):
        return None
    width = 1
    while position + width < len(lines) and width <= _MOST_COLUMNS and _heads(lines[position + width]):
        width += 1
    first = position + width
    if first < len(lines) and lines[first].text != "1" and first + 1 < len(lines) and lines[first + 1].text == "1":
        first += 1
    if width < 2 or width > _MOST_COLUMNS or first >= len(lines) or lines[first].text != "1":
        return None
    starts = _serials(lines, first, width)
    if len(starts) < _FEWEST_ROWS:
        return None
    parted = [_parted(lines[a + 1 : b], width) for a, b in pairwise(starts)]
    last_end = _last_row_end(lines, starts[-1], width)
    parted.append((list(lines[starts[-1] + 1 : last_end]), []))
    kinds = _kinds([cells for cells, _ in parted], width)
    rows = [_Row(tuple(enumerate(lines[position : position + width])))]
    if first > position + width:
        rows.append(_Row(((0, lines[first - 1]),), True))
    for start, (cells, sections) in zip(starts, parted, strict=True):
        columns = _columns_of(cells, kinds, width)
        if columns is None:
            return last_end, _doubt(lines[position:last_end])
        rows.append(_Row(((0, lines[start]), *zip(columns, cells, strict=True))))
        rows += [_Row(((0, section),), True) for section in sections]
    return last_end, _table(rows, width)


def _serials(lines: Sequence[Line], first: int, width: int) -> list[int]:
    """The positions of the serials 1, 2, 3 … from *first* on, each at most a row and a section behind the one before."""
    starts = [first]
    while True:
        last = int(lines[starts[-1]].text)
        reach = range(starts[-1] + 1, min(len(lines), starts[-1] + width + 2))
        following = next((p for p in reversed(reach) if lines[p].text == str(last + 1)), None)
        if following is None:
            following = _behind_sections(lines, starts[-1] + 2, starts[-1] + width, last)
        if following is None:
            return starts
        starts.append(following)


def _behind_sections(lines: Sequence[Line], first: int, latest: int, last: int) -> int | None:
    """The serial behind heads of sections that begin at *first* to *latest*: the text may leave rows out."""
    position = next((p for p in range(first, min(latest + 1, len(lines))) if _SECTION(lines[p].text)), len(lines))
    below = position
    while below < len(lines) and _SECTION(lines[below].text):
        below += 1
    found = below > position and below < len(lines) and _DIGITS.fullmatch(lines[below].text)
    return below if found and int(lines[below].text) > last else None


def _parted(cells: Sequence[Line], width: int) -> tuple[list[Line], list[Line]]:
    """The cells of a row and the lines behind them that head the next rows."""
    end = len(cells)
    while end > 1 and _SECTION(cells[end - 1].text):
        end -= 1
    end = min(end, width - 1) if len(cells) == width else end
    return list(cells[:end]), list(cells[end:])


def _last_row_end(lines: Sequence[Line], start: int, width: int) -> int:
    end = start + 1
    while end < min(len(lines), start + width):
        form = lines[end].form
        if form.note or form.is_date or form.enumerated or form.attachment is not None or form.imprint:
            break
        end += 1
    return end


def _kinds(rows: Sequence[Sequence[Line]], width: int) -> tuple[bool, ...] | None:
    """Of each column behind the serial, whether it holds numbers: what the full rows agree on."""
    full = [tuple(_is_number(line) for line in row) for row in rows if len(row) == width - 1]
    if not full:
        return None
    return tuple(2 * sum(row[column] for row in full) > len(full) for column in range(width - 1))


def _columns_of(cells: Sequence[Line], kinds: tuple[bool, ...] | None, width: int) -> tuple[int, ...] | None:
    """The columns of a row's *cells*, or ``None`` where several orders would do."""
    if len(cells) == width - 1:
        return tuple(range(1, width))
    if kinds is None or len(cells) > width - 1 or not cells:
        return None
    own = tuple(_is_number(line) for line in cells)
    fits = [c for c in combinations(range(width - 1), len(cells)) if tuple(kinds[column] for column in c) == own]
    return tuple(column + 1 for column in fits[0]) if len(fits) == 1 else None


def _figure_table(lines: Sequence[Line], position: int) -> tuple[int, SourceTable | Problem] | None:
    """A table whose first row begins at *position*: a name, and as many figures as in each of the rows below."""
    if _is_number(lines[position]) or len(lines[position].text) > _LONGEST_NAME:
        return None
    starts, end = [position], position
    while end < len(lines) and not _is_number(lines[end]) and _names(lines[end]):
        start = end
        end += 1
        while end < len(lines) and _is_number(lines[end]):
            end += 1
        if end - start <= _FEWEST_FIGURES:
            end = start
            break
        if start != position:
            starts.append(start)
    if len(starts) < _FEWEST_ROWS:
        return None
    widths = Counter(b - a for a, b in zip(starts, [*starts[1:], end], strict=True))
    heads = list(_heads_above(lines, position))
    if len(widths) > 1:
        return end, _doubt([*heads, *lines[position:end]])
    width = next(iter(widths))
    header = _header(heads, width)
    if header is None:
        return end, _doubt([*heads, *lines[position:end]])
    rows = [*header, *(_Row(tuple(enumerate(lines[start : start + width]))) for start in starts)]
    return end, _table(rows, width)


def _names(line: Line) -> bool:
    return len(line.text) <= _LONGEST_NAME and line.text[-1] not in FINAL and not line.form.note


def _heads_above(lines: Sequence[Line], position: int) -> Iterator[Line]:
    """The lines right over *position* that may head columns, in order."""
    top = position
    while top > 0 and position - top <= 2 * _MOST_COLUMNS and _heads(lines[top - 1]):
        top -= 1
    yield from lines[top:position]


def _header(heads: Sequence[Line], width: int) -> list[_Row] | None:
    """The header rows that *heads* make over *width* columns: one row, or one with years under its last head."""
    if len(heads) == width:
        return [_Row(tuple(enumerate(heads)))]
    years = 0
    while years < len(heads) and _YEAR.fullmatch(heads[-1 - years].text):
        years += 1
    if years < _FEWEST_FIGURES or len(heads) != width + 1 or years >= width:
        return None
    single = width - years
    above = _Row(tuple(enumerate(heads[: single + 1])))
    return [above, _Row(tuple(enumerate(heads[single + 1 :], single)))]


def _table(rows: Sequence[_Row], width: int) -> SourceTable:
    headers = 2 if len(rows) > 1 and rows[1].cells[0][0] > 0 else 1
    cells: list[SourceCell] = []
    for number, row in enumerate(rows):
        for column, line in row.cells:
            deep = number == 0 and headers == 2 and column < rows[1].cells[0][0]
            last = number == 0 and headers == 2 and column == rows[1].cells[0][0]
            across = width - column if row.section or last else 1
            cells.append(SourceCell(number, column, 2 if deep else 1, across, line.span))
    start = min(line.start for row in rows for _, line in row.cells)
    end = max(line.end for row in rows for _, line in row.cells)
    return SourceTable(Span(start, end), len(rows), width, tuple(cells), headers)
