"""The reading order of a page: bands across the page, and the columns between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.readers.lattice import Lattice
from pipeline.readers.lines import merge
from pipeline.readers.pages import Line

_STEP: Final = 2.0
_FEWEST_LINES: Final = 3
_LEAST_FILL: Final = 0.6
"""Lines of running text fill their column by this share in the middle of the run."""
_DEEPEST: Final = 3
_FAR: Final = 8.0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table in the order of reading, with its place."""

    index: int
    x0: float
    top: float
    x1: float
    bottom: float


Item = Line | TableBlock


@dataclass(frozen=True, slots=True)
class Flow:
    """Items read one after another down one column; ``left`` and ``right`` are the column's edges, ``key`` its name."""

    items: tuple[Item, ...]
    left: float
    right: float
    key: int


def reading_order(lines: Sequence[Line], tables: Sequence[Lattice]) -> list[Flow]:
    """The flows of a page in reading order."""
    blocks = [TableBlock(number, *table.area) for number, table in enumerate(tables)]
    return _flows([*lines, *blocks], 0, 0, None)


def _flows(items: Sequence[Item], depth: int, key: int, frame: tuple[float, float] | None) -> list[Flow]:
    if not items:
        return []
    frame = _frame(items) or frame or (items[0].x0, items[0].x1)
    gutter = _gutter(items) if depth < _DEEPEST else None
    if gutter is None:
        return [Flow(tuple(_rows(items)), *frame, key)]
    sides = _frame([i for i in items if i.x1 <= gutter]), _frame([i for i in items if i.x0 >= gutter])
    flows: list[Flow] = []
    for band in _bands(items, gutter):
        left, right = [i for i in band if i.x1 <= gutter], [i for i in band if i.x0 >= gutter]
        if not left or not right or len(left) + len(right) < len(band):
            flows.append(Flow(tuple(_rows(band)), *frame, key))
            continue
        flows += _flows(left, depth + 1, 2 * key + 1, sides[0])
        flows += _flows(right, depth + 1, 2 * key + 2, sides[1])
    return flows


def _frame(items: Sequence[Item]) -> tuple[float, float] | None:
    """The edges of a column: the outermost ones that two lines share, else the outermost ones."""
    lines = [item for item in items if isinstance(item, Line)]
    if not lines:
        return None
    return _shared(sorted(line.x0 for line in lines), lines[0].size), -_shared(
        sorted(-line.x1 for line in lines), lines[0].size
    )


def _shared(values: list[float], size: float) -> float:
    for a, b in itertools.pairwise(values):
        if b - a < 0.6 * size:
            # Of a few lines the signature has an edge of its own, far from that of the text.
            return a if len(values) > _FEWEST_LINES or a - values[0] < _FAR * size else values[0]
    return values[0]


def _gutter(items: Sequence[Item]) -> float | None:
    """The place of the blank strip between two columns of running text, or ``None``."""
    lines = [item for item in items if isinstance(item, Line)]
    if len(lines) < 2 * _FEWEST_LINES:
        return None
    start, end = min(line.x0 for line in lines), max(line.x1 for line in lines)
    width = end - start
    best: tuple[float, float] | None = None
    plateau: list[float] = []
    place = start + 0.2 * width
    while place <= start + 0.8 * width:
        left = sum(line.bottom - line.top for line in lines if line.x1 <= place)
        right = sum(line.bottom - line.top for line in lines if line.x0 >= place)
        crossed = sum(line.bottom - line.top for line in lines if line.x0 < place < line.x1)
        score = (min(left, right), -crossed)
        if best is None or score > best:
            best, plateau = score, [place]
        elif score == best:
            plateau.append(place)
        place += _STEP
    gutter = plateau[len(plateau) // 2]
    return gutter if _is_gutter(lines, gutter, start, end) else None


def _is_gutter(lines: Sequence[Line], gutter: float, start: float, end: float) -> bool:
    left, right = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    for side, width in ((left, gutter - start), (right, end - gutter)):
        widths = sorted(line.x1 - line.x0 for line in side)
        if widths[len(widths) // 2] < _LEAST_FILL * width:
            return False
    few, many = sorted((left, right), key=len)
    top, bottom = min(line.top for line in many), max(line.bottom for line in many)
    return sum(top <= line.middle <= bottom for line in few) >= 0.5 * len(few)


def _bands(items: Sequence[Item], gutter: float) -> list[list[Item]]:
    """The items cut into bands: those that cross the gutter, and those between them, from top to bottom."""
    bands: list[list[Item]] = []
    crossing_before: bool | None = None
    crossing = sorted((i for i in items if i.x0 < gutter < i.x1), key=lambda i: i.top)
    edges = [(item.top + item.bottom) / 2 for item in crossing]
    position = 0
    others = sorted((i for i in items if not i.x0 < gutter < i.x1), key=lambda i: (i.top + i.bottom) / 2)
    for item, edge in [*zip(crossing, edges, strict=True), (None, float("inf"))]:
        between = []
        while position < len(others) and (others[position].top + others[position].bottom) / 2 < edge:
            between.append(others[position])
            position += 1
        if between:
            one_sided = all(i.x1 <= gutter for i in between) or all(i.x0 >= gutter for i in between)
            if one_sided and bands and crossing_before:
                bands[-1] += between
            else:
                bands.append(between)
                crossing_before = one_sided
        if item is not None:
            if crossing_before and bands:
                bands[-1].append(item)
            else:
                bands.append([item])
                crossing_before = True
    return bands


def _rows(items: Sequence[Item]) -> list[Item]:
    """The items of one column from top to bottom, the pieces of a line side by side made one."""
    ordered = sorted(items, key=lambda item: ((item.top + item.bottom) / 2, item.x0))
    rows: list[list[Line]] = []
    merged: list[Item] = []
    for item in ordered:
        if isinstance(item, TableBlock):
            merged += [merge(row) for row in rows]
            rows = []
            merged.append(item)
            continue
        if rows:
            first = rows[-1][0]
            overlap = min(first.bottom, item.bottom) - max(first.top, item.top)
            if overlap >= 0.5 * min(first.bottom - first.top, item.bottom - item.top):
                rows[-1].append(item)
                continue
        rows.append([item])
    return merged + [merge(row) for row in rows]
