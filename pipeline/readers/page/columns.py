"""The reading order of a page: bands across the page, and the columns between them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.readers.page.content import Line
from pipeline.readers.page.lines import merge
from pipeline.readers.page.tables.lattice import Lattice

_STEP: Final = 2.0
_FEWEST_LINES: Final = 3
_FEWEST_OF_TWO: Final = 12
"""Lines of two columns beside a third one."""
_LEAST_FILL: Final = 0.6
"""Lines of running text fill their column by this share in the middle of the run."""
_FULL: Final = 0.85
"""A full line takes this share of its column."""
_FEWEST_FULL: Final = 0.1
"""This share of a column's lines is full even where it holds lists."""
_DEEPEST: Final = 3
_FAR: Final = 8.0
_BESIDE: Final = 12.0
"""Tables and hanging marks reach this far over the edges of the text, in points."""
_RAGGED: Final = 3.0
"""Full lines end this near the one that reaches farthest, in em."""
_ENOUGH: Final = 8


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table in the order of reading, with its place."""

    index: int
    x0: float
    top: float
    x1: float
    bottom: float


Item = Line | TableBlock


class Gutter(NamedTuple):
    """The place of the blank strip between two columns, and the outer edges of both."""

    start: float
    place: float
    end: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Items read one after another down one column; ``left`` and ``right`` are the column's edges, ``key`` its name."""

    items: tuple[Item, ...]
    left: float
    right: float
    key: int


def reading_order(lines: Sequence[Line], tables: Sequence[Lattice], usual: Gutter | None = None) -> list[Flow]:
    """The flows of a page in reading order; *usual* is the gutter of the file's other pages of this size."""
    items = _items(lines, tables)
    gutter = _gutter(items)
    if gutter is None and usual is not None and _has_columns(items, usual):
        return _in_columns(items, 0, 0, usual)
    return _flows(items, 0, 0, None)


def find_gutter(lines: Sequence[Line], tables: Sequence[Lattice]) -> Gutter | None:
    """The blank strip between two columns of the page, or ``None``."""
    return _gutter(_items(lines, tables))


def _items(lines: Sequence[Line], tables: Sequence[Lattice]) -> list[Item]:
    return [*lines, *(TableBlock(number, *table.area) for number, table in enumerate(tables))]


def _flows(items: Sequence[Item], depth: int, key: int, frame: tuple[float, float] | None) -> list[Flow]:
    if not items:
        return []
    gutter = _gutter(items) if depth < _DEEPEST else None
    if gutter is None:
        return [Flow(tuple(_rows(items)), *(frame or _frame(items) or (items[0].x0, items[0].x1)), key)]
    return _in_columns(items, depth, key, gutter)


def _in_columns(items: Sequence[Item], depth: int, key: int, gutter: Gutter) -> list[Flow]:
    place = gutter.place
    frame = _frame(items) or (gutter.start, gutter.end)
    sides = _frame([i for i in items if i.x1 <= place]), _frame([i for i in items if i.x0 >= place])
    strip = (sides[0][1] if sides[0] else place, sides[1][0] if sides[1] else place)
    crossing = [item for item in items if _crosses(item, place, strip)]
    crossing += [item for item in _captions(items, crossing) if item not in crossing]
    flows: list[Flow] = []
    for band in _bands(items, gutter, crossing):
        spanning = any(item in crossing for item in band)
        left, right = [i for i in band if i.x1 <= place], [i for i in band if i.x0 >= place]
        if spanning or not ((left and right) or _fills(left or right, gutter)):
            flows.append(Flow(tuple(_rows(band)), *frame, key))
            continue
        flows += _flows(left, depth + 1, 2 * key + 1, sides[0])
        flows += _flows(right, depth + 1, 2 * key + 2, sides[1])
    return flows


def _crosses(item: Item, place: float, strip: tuple[float, float]) -> bool:
    """Whether an item spans both columns: a short one in the middle of the page stands over the blank strip."""
    return item.x0 < place < item.x1 or strip[0] < (item.x0 + item.x1) / 2 < strip[1]


def _captions(items: Sequence[Item], crossing: Sequence[Item]) -> list[Item]:
    """The lines right over a table that spans the columns, in its middle: over three columns it stands in the second."""
    tables = [item for item in crossing if isinstance(item, TableBlock)]
    return [
        item
        for item in items
        if isinstance(item, Line)
        and any(
            0 <= table.top - item.bottom < 2 * item.size
            and abs((table.x0 + table.x1 - item.x0 - item.x1) / 2) < item.size
            for table in tables
        )
    ]


def _fills(side: Sequence[Item], gutter: Gutter) -> bool:
    """Whether something of a column's stretch is as wide as the column: a short line alone belongs to what spans both."""
    width = gutter.place - gutter.start if side[0].x1 <= gutter.place else gutter.end - gutter.place
    indents = (2 * item.size if isinstance(item, Line) else 0.0 for item in side)
    return max(item.x1 - item.x0 + indent for item, indent in zip(side, indents, strict=True)) >= _FULL * width


def _has_columns(items: Sequence[Item], gutter: Gutter) -> bool:
    """Whether a page with little text has it in the columns of the other pages."""
    left, right = [i for i in items if i.x1 <= gutter.place], [i for i in items if i.x0 >= gutter.place]
    inside = all(item.x0 > gutter.start - _BESIDE and item.x1 < gutter.end + _BESIDE for item in items)
    return inside and any(_fills(side, gutter) for side in (left, right) if side)


def _frame(items: Sequence[Item]) -> tuple[float, float] | None:
    """The edges of a column: the outermost ones that two lines share, else the outermost ones."""
    lines = [item for item in items if isinstance(item, Line)]
    if not lines:
        return None
    size = lines[0].size
    left = _shared(sorted(line.x0 for line in lines), size)
    ends = sorted(-line.x1 for line in lines)
    full = [end for end in ends if end - ends[0] < _RAGGED * size]
    # Marks hang over the edge and widths are not always as the typesetter thought: most full lines tell the edge.
    return left, -(full[int(0.3 * len(full))] if len(full) >= _ENOUGH else _shared(ends, size))


def _shared(values: list[float], size: float) -> float:
    for a, b in itertools.pairwise(values):
        if b - a < 0.6 * size:
            # Of a few lines the signature has an edge of its own, far from that of the text.
            return a if len(values) > _FEWEST_LINES or a - values[0] < _FAR * size else values[0]
    return values[0]


def _gutter(items: Sequence[Item], nested: bool = False) -> Gutter | None:
    """The blank strip between two columns of running text and tables, or ``None``; of three columns the first or second.

    *nested*: the items are a side of such a strip themselves, and are not divided again.
    """
    if len(items) < 2 or not any(isinstance(item, Line) for item in items):
        return None
    start, end = min(item.x0 for item in items), max(item.x1 for item in items)
    width = end - start
    best: float | None = None
    plateau: list[float] = []
    place = start + 0.2 * width
    while place <= start + 0.8 * width:
        left = sum(item.bottom - item.top for item in items if item.x1 <= place)
        right = sum(item.bottom - item.top for item in items if item.x0 >= place)
        crossed = sum(item.bottom - item.top for item in items if item.x0 < place < item.x1)
        score = min(left, right) - crossed
        if best is None or score > best:
            best, plateau = score, [place]
        elif score == best:
            plateau.append(place)
        place += _STEP
    gutter = Gutter(start, plateau[len(plateau) // 2], end)
    return gutter if _is_gutter(items, gutter, nested) else None


def _is_gutter(items: Sequence[Item], gutter: Gutter, nested: bool) -> bool:
    left, right = [i for i in items if i.x1 <= gutter.place], [i for i in items if i.x0 >= gutter.place]
    sizes = sorted(item.size for item in items if isinstance(item, Line))
    height = sizes[len(sizes) // 2]
    if any(sum(map(_weight, side)) < _FEWEST_LINES * 0.9 * height for side in (left, right)):
        return False
    if all(isinstance(item, TableBlock) for item in (*left, *right)):
        return False
    for side, width in ((left, gutter.place - gutter.start), (right, gutter.end - gutter.place)):
        narrow = _middle_width(side) < _LEAST_FILL * width and _share(side, _FULL * width) < _FEWEST_FULL
        if narrow and (nested or len(side) < _FEWEST_OF_TWO or _gutter(side, nested=True) is None):
            return False
    few, many = sorted((left, right), key=lambda side: sum(map(_weight, side)))
    top, bottom = min(i.top for i in many), max(i.bottom for i in many)
    return sum(_weight(i) for i in few if top <= (i.top + i.bottom) / 2 <= bottom) >= 0.5 * sum(map(_weight, few))


def _weight(item: Item) -> float:
    return item.bottom - item.top


def _share(items: Sequence[Item], width: float) -> float:
    """The share of the items' height that is at least as wide; nothing where but one is."""
    wide = [_weight(item) for item in items if item.x1 - item.x0 >= width]
    return sum(wide) / sum(map(_weight, items)) if len(wide) > 1 else 0.0


def _middle_width(items: Sequence[Item]) -> float:
    """The width that half of the items' height is not wider than."""
    ordered = sorted((item.x1 - item.x0, _weight(item)) for item in items)
    half, seen = sum(weight for _, weight in ordered) / 2, 0.0
    for width, weight in ordered:
        seen += weight
        if seen > half:
            return width
    return ordered[-1][0]


def _bands(items: Sequence[Item], gutter: Gutter, across: Sequence[Item]) -> list[list[Item]]:
    """The items cut into bands from top to bottom: what stands *across* the gutter, and the columns between.

    Short lines at one side go with what crosses: the end of a paragraph, a signature.
    """
    place = gutter.place
    bands: list[list[Item]] = []
    spanning = False
    crossing = sorted(across, key=lambda i: i.top)
    edges = [(item.top + item.bottom) / 2 for item in crossing]
    position = 0
    others = sorted((i for i in items if i not in across), key=lambda i: (i.top + i.bottom) / 2)
    for item, edge in [*zip(crossing, edges, strict=True), (None, float("inf"))]:
        between: list[Item] = []
        while position < len(others) and (others[position].top + others[position].bottom) / 2 < edge:
            between.append(others[position])
            position += 1
        if between:
            one_sided = all(i.x1 <= place for i in between) or all(i.x0 >= place for i in between)
            short = one_sided and not _fills(between, gutter)
            if short and bands and spanning:
                bands[-1] += between
            else:
                bands.append(between)
                spanning = short
        if item is not None:
            if spanning and bands:
                bands[-1].append(item)
            else:
                bands.append([item])
                spanning = True
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
