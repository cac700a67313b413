"""A page's text as blocks that tile it: leaf segments, and tables with their grids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pipeline.site.marks import MarkIndex, Row, Run

DEEPEST: Final = 6
"""Levels that are set in; deeper ones stand under the last."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid with the runs of its printed text, piece by piece."""

    tag: str
    row_span: int
    column_span: int
    runs: tuple[Run, ...]
    inherits: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as a table."""

    row: Row
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of the text. ``kind`` is a segment type, or the clause type of a clause."""

    start: int
    end: int
    kind: str
    level: int
    clause_id: str | None
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that follow one another: those of one table with its grid, or others without."""

    grid: Grid | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """What blocks are made from: the rows of one issue."""

    segments: Sequence[Row]
    """Leaf segments in text order."""
    clauses: Mapping[str, Row]
    tables: Sequence[Row]
    cells: Mapping[str, Sequence[Row]]


def blocks(structure: Structure, start: int, end: int, index: MarkIndex) -> Iterator[Block]:
    """The blocks that tile ``[start, end)``."""
    starts = [int(segment["char_start"]) for segment in structure.segments]
    at = start
    for segment in structure.segments[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]:
        low, high = max(at, int(segment["char_start"])), min(end, int(segment["char_end"]))
        if low > at:
            yield _block(structure, {"segment_type": "blank"}, at, low, index)
        if high > low:
            yield _block(structure, segment, low, high, index)
            at = high
    if at < end:
        yield _block(structure, {"segment_type": "blank"}, at, end, index)


def parts(structure: Structure, start: int, end: int, index: MarkIndex) -> Iterator[Part]:
    """The blocks of ``[start, end)``, those of each table together."""
    tables = [table for table in structure.tables if start <= int(table["char_start"]) < end]

    def table_at(block: Block) -> Row | None:
        return next((t for t in tables if t["char_start"] <= block.start < t["char_end"]), None)

    together = groupby(blocks(structure, start, end, index), key=table_at)
    for table, group in together:
        grid = None if table is None else _grid(table, structure.cells.get(table["table_id"], ()), index)
        yield Part(grid, tuple(group))


def _block(structure: Structure, segment: Row, start: int, end: int, index: MarkIndex) -> Block:
    clause = structure.clauses.get(segment.get("clause_id") or "") if segment["segment_type"] == "clause" else None
    runs = tuple(index.runs(start, end))
    if clause is None:
        return Block(start, end, str(segment["segment_type"]), 0, None, runs)
    level = min(int(clause["level"]), DEEPEST)
    return Block(start, end, str(clause["clause_type"]), level, str(clause["clause_id"]), runs)


def _grid(table: Row, cells: Sequence[Row], index: MarkIndex) -> Grid:
    rows = groupby(sorted(cells, key=lambda cell: (cell["row"], cell["column"])), key=lambda cell: cell["row"])
    return Grid(table, tuple(tuple(_cell(cell, index) for cell in row) for _, row in rows))


def _cell(cell: Row, index: MarkIndex) -> Cell:
    pieces = cell["fragments"] or ({"start": cell["char_start"], "end": cell["char_end"]},)
    runs = tuple(run for piece in pieces for run in index.runs(int(piece["start"]), int(piece["end"])))
    return Cell(
        "th" if cell["is_header"] else "td",
        int(cell["row_span"]),
        int(cell["column_span"]),
        runs,
        cell["inherits_row"] is not None,
    )
