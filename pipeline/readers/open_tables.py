"""Tables ruled across only (三线表): three lines or more of one width, and text that stands in columns between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.readers.lattice import Lattice, LatticeCell, join_segments
from pipeline.readers.pages import Area, Line, Rule

_FEWEST_RULES: Final = 3
_SHORTEST: Final = 100.0
_SAME: Final = 4.0
_GAP: Final = 0.8
"""Columns are this far apart, in em, on every row."""
_FULLEST: Final = 0.65
"""The cells of a table leave room in their columns; running text in two columns fills them."""


def find_open_tables(rules: Sequence[Rule], lines: Sequence[Line], taken: Sequence[Area]) -> list[Lattice]:
    """The tables without vertical lines among *lines* (pieces parted by wide gaps), outside the areas *taken*."""
    groups: list[list[Rule]] = []
    joined = join_segments([(rule.top, rule.x0, rule.x1) for rule in rules if rule.is_horizontal])
    for rule in (Rule(x0, top, x1, top) for top, x0, x1 in joined if x1 - x0 >= _SHORTEST):
        if any(area.top - 2 <= rule.top <= area.bottom + 2 for area in taken):
            continue
        for group in groups:
            if abs(group[-1].x0 - rule.x0) <= _SAME and abs(group[-1].x1 - rule.x1) <= _SAME:
                group.append(rule)
                break
        else:
            groups.append([rule])
    tables = []
    for group in groups:
        heights = [rule.top for rule in group]
        distinct = [heights[0], *(b for a, b in pairwise(heights) if b - a > _SAME)]
        if len(distinct) >= _FEWEST_RULES:
            area = Area(group[0].x0, distinct[0], group[0].x1, distinct[-1])
            table = _table(area, distinct, [line for line in lines if area.holds((line.x0 + line.x1) / 2, line.middle)])
            if table is not None:
                tables.append(table)
    return tables


def _table(area: Area, heights: Sequence[float], lines: Sequence[Line]) -> Lattice | None:
    if len(lines) < 4:
        return None
    size = sorted(line.size for line in lines)[len(lines) // 2]
    columns = _columns(lines, _GAP * size)
    if len(columns) < 2 or not _leaves_room(lines, columns):
        return None
    xs = [area.x0, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), area.x1]
    ys = _row_edges(area, heights, [line for line in lines if line.x0 < xs[1]])
    cells = tuple(
        LatticeCell(row, column, 1, 1, Area(xs[column], ys[row], xs[column + 1], ys[row + 1]))
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
    )
    return Lattice(tuple(xs), tuple(ys), cells) if len(ys) > 2 else None


def _columns(lines: Sequence[Line], gap: float) -> list[tuple[float, float]]:
    """The stretches across the page that text takes on any row."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((line.x0, line.x1) for line in lines):
        if columns and x0 - columns[-1][1] < gap:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _leaves_room(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    if len(columns) > 2:
        return True
    shares = sorted((line.x1 - line.x0) / (x1 - x0) for line in lines for x0, x1 in columns if x0 <= line.x0 < x1)
    return shares[len(shares) // 2] <= _FULLEST or len(lines) < 12


def _row_edges(area: Area, heights: Sequence[float], leading: Sequence[Line]) -> list[float]:
    """The edges of the rows: the ruled lines, and the middle between the texts of the first column."""
    edges = list(heights)
    ordered = sorted(leading, key=lambda line: line.top)
    for above, below in pairwise(ordered):
        if below.top <= above.bottom - 1 or any(above.middle < height < below.middle for height in heights):
            continue
        edges.append(max(above.bottom, below.top - (below.top - above.bottom) / 2))
    edges.sort()
    return [edges[0], *(b for a, b in pairwise(edges) if b - a > 1)]
