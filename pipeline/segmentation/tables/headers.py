"""The headers of a table: how many rows they take, the path of texts above each column, the columns that name rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.rows import AS_ABOVE, RawCell, RawRow, content_kind

SERIAL_HEADER: Final = re.compile(r"序号?|编号|项次|No\.?", re.IGNORECASE)
_NO_LABEL: Final = re.compile(r"领导|责任人|备注|单位$")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?:年|$|[-—])")
_DEEPEST_HEADER: Final = 3
_LONGEST_NAME: Final = 40
_FURTHEST_REACH: Final = 30
"""Columns that a group header may take."""


def count_header_rows(rows: Sequence[RawRow]) -> int:
    """How many rows at the top are headers: the first where it holds short words only, and those that refine it."""
    if len(rows) < 2 or not _is_header(rows[0]):
        return 0
    count = 1
    while count < min(_DEEPEST_HEADER, len(rows) - 1) and _refines(rows[:count], rows[count]):
        count += 1
    return count


def _is_header(row: RawRow) -> bool:
    texts = [squash(cell.text) for cell in row.cells if cell.text]
    if len(texts) < 2 or any(len(text) > 30 or text in AS_ABOVE for text in texts):
        return False
    if SERIAL_HEADER.fullmatch(texts[0]):
        return True
    return not any(content_kind(text) in ("serial", "number") and not _YEAR.match(text) for text in texts)


def _refines(above: Sequence[RawRow], row: RawRow) -> bool:
    """Whether *row* is a further level of the header: its words stand where the rows above leave gaps."""
    filled = [i for i, cell in enumerate(row.cells) if cell.text]
    first = above[-1].cells
    if not filled or (row.cells[0].text and first[0].text):
        return False
    if not all(
        len(squash(row.cells[i].text)) <= 20 and content_kind(row.cells[i].text) not in ("serial", "number", "above")
        for i in filled
    ):
        return False
    gaps = [i for i, cell in enumerate(first) if not cell.text and i]
    return any(i in gaps for i in filled) and len(filled) < len(row.cells)


def header_paths(grid: Sequence[Sequence[RawCell]], count: int, reach: int) -> list[tuple[str, ...]]:
    """The header texts above each column, outermost first; a group header reaches over the gaps to its right."""
    width = len(grid[0])
    paths: list[list[str]] = [[] for _ in range(width)]
    for level in range(count):
        group = ""
        for column in range(min(width, reach)):
            text = squash(grid[level][column].text)
            if text:
                group = text
            elif (level + 1 < count and any(squash(grid[below][column].text) for below in range(level + 1, count))) or (
                level == 0 and count == 1 and column and not any(paths[column])
            ):
                text = group
            if text and paths[column][-1:] != [text]:
                paths[column].append(text)
    return [tuple(path) for path in paths]


def header_spans(
    grid: Sequence[Sequence[RawCell]], row: int, column: int, count: int, reach: int
) -> tuple[int, int] | None:
    """Rows and columns that a header cell takes, or ``None`` for a gap that another cell covers."""
    text = grid[row][column].text
    if not text:
        covered_above = any(grid[above][column].text for above in range(row))
        covered_left = any(cell.text for cell in grid[row][max(0, column - _FURTHEST_REACH) : column])
        return None if covered_above or covered_left else (1, 1)
    height = 1
    while row + height < count and not grid[row + height][column].text:
        height += 1
    breadth = 1
    while (
        breadth < _FURTHEST_REACH
        and column + breadth < reach
        and not grid[row][column + breadth].text
        and ((row + 1 < count and grid[row + 1][column + breadth].text) or count == 1)
    ):
        breadth += 1
    return (1 if breadth > 1 and row + 1 < count and grid[row + 1][column].text else height, breadth)


def serial_column(headers: Sequence[tuple[str, ...]]) -> int | None:
    """The column of running numbers (序号), if there is one."""
    return next((i for i, path in enumerate(headers) if path and SERIAL_HEADER.fullmatch(path[-1])), None)


def label_column(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> int | None:
    """The column that names the rows: the first whose own short words differ from row to row."""
    serial = serial_column(headers)
    body = grid[count:]
    best: int | None = None
    for column in range(min(5, len(headers))):
        if column == serial:
            continue
        texts = [squash(row[column].text) for row in body]
        filled = [text for text in texts if text]
        if not filled or _NO_LABEL.search("".join(headers[column])):
            continue
        if sum(len(text) > _LONGEST_NAME for text in filled) * 2 > len(filled):
            continue  # Prose names no row.
        if best is None:
            best = column
        if len(filled) >= 0.7 * len(texts) and len(set(filled)) >= 0.6 * len(filled):
            after = [squash(row[column + 1].text) for row in body] if column + 1 < len(headers) else []
            return column + 1 if _groups(texts) and _names_rows(after) else column
    return best


def _groups(texts: Sequence[str]) -> bool:
    """Whether a value stands in rows that follow each other: a cell merged over them."""
    return any(a and a == b for a, b in itertools.pairwise(texts))


def _names_rows(texts: Sequence[str]) -> bool:
    """Whether the texts are short words that differ from row to row; what states a number is no name."""
    if any(char.isdigit() for text in texts for char in text):
        return False
    kinds = {content_kind(text) for text in texts}
    return bool(texts) and len(set(texts)) == len(texts) and not kinds & {"empty", "number", "serial", "text", "above"}
