"""Ruled tables: lines that cross → grids of cells, merged cells as one."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.readers.page.content import Area, Rule

_SNAP: Final = 2.5
"""Lines nearer than this, in points, are one (the two sides of a border, lines drawn cell by cell)."""
_COVERED: Final = 0.6
"""A cell's side is ruled where a line covers this share of it."""
_MOST_LINES: Final = 400
_GROUP: Final = 45.0
"""The height of a row over all columns, at most, in points."""
_FEWEST_ACROSS: Final = 4
"""Lines across a table, one of which may be that of the page's head."""


@dataclass(frozen=True, slots=True)
class LatticeCell:
    """A ruled cell: its place on the grid and on the page."""

    row: int
    column: int
    row_span: int
    column_span: int
    area: Area


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table: the heights of its horizontal lines, the places of its vertical ones, and its cells in order.

    ``ruled`` says that lines part the columns: else their places are guessed from the text.
    ``words`` are the stretches that the words of its columns take where no line stands anywhere. ``open_top`` and ``open_bottom`` say that its first or last row has no line there: a page break cut it.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[LatticeCell, ...]
    open_top: bool = False
    open_bottom: bool = False
    ruled: bool = True
    words: tuple[tuple[float, float], ...] = ()
    grouped: bool = False
    """Whether rows over all columns are told by the gaps that they leave in the lines down: none stand between rows."""
    doubtful: bool = False
    """Whether a cell may hold the names of two rows."""

    @property
    def area(self) -> Area:
        """The table's outline."""
        return Area(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float, index: dict[tuple[int, int], int]) -> int | None:
        """Number of the cell that holds the point, by the *index* that :func:`index_cells` made."""
        return index.get((bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1))


def index_cells(lattice: Lattice) -> dict[tuple[int, int], int]:
    """The number of the cell at every place of the grid."""
    return {
        (row, column): number
        for number, cell in enumerate(lattice.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def find_lattices(rules: Sequence[Rule], page: Area) -> list[Lattice]:
    """The ruled tables of a page, from top to bottom; frames and single columns are no tables."""
    inside = [r for r in rules if r.x1 >= page.x0 and r.x0 <= page.x1 and r.bottom >= page.top and r.top <= page.bottom]
    across = join_segments([(r.top, r.x0, r.x1) for r in inside if r.is_horizontal])
    down = join_segments([(r.x0, r.top, r.bottom) for r in inside if not r.is_horizontal])
    lattices = []
    for horizontal, vertical in itertools.chain.from_iterable(itertools.starmap(_apart, _crossing(across, down))):
        lattice = _grid(horizontal, vertical)
        if lattice is not None:
            lattices.append(lattice)
    lattices.sort(key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    return [
        item for item in lattices if not any(_within(item.area, other.area) for other in lattices if other is not item)
    ]


def _within(inner: Area, outer: Area) -> bool:
    return (
        inner.x0 > outer.x0 + 1
        and inner.x1 < outer.x1 - 1
        and inner.top > outer.top + 1
        and inner.bottom < outer.bottom - 1
    )


Segment = tuple[float, float, float]
"""A line: its place on the other axis, its start and its end."""


def join_segments(segments: list[Segment]) -> list[Segment]:
    """Lines at one place as one, their pieces joined where they touch."""
    segments.sort()
    groups: list[list[Segment]] = []
    for segment in segments:
        if groups and segment[0] - groups[-1][-1][0] <= _SNAP and segment[0] - groups[-1][0][0] <= 2 * _SNAP:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    joined: list[Segment] = []
    for group in groups:
        place = sum(item[0] for item in group) / len(group)
        start = end = None
        for _, low, high in sorted(group, key=lambda item: item[1]):
            if end is not None and low <= end + _SNAP:
                end = max(end, high)
                continue
            if start is not None and end is not None:
                joined.append((place, start, end))
            start, end = low, high
        if start is not None and end is not None:
            joined.append((place, start, end))
    return joined


def _crossing(across: list[Segment], down: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """The groups of lines that hang together by crossing or touching."""
    parent = list(range(len(across) + len(down)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    if len(across) > _MOST_LINES or len(down) > _MOST_LINES:
        return []
    for i, (y, x0, x1) in enumerate(across):
        for j, (x, top, bottom) in enumerate(down):
            if x0 - _SNAP <= x <= x1 + _SNAP and top - _SNAP <= y <= bottom + _SNAP:
                parent[root(i)] = root(len(across) + j)
    for upper, lower in _parted_by_group(across, down):
        parent[root(len(across) + upper)] = root(len(across) + lower)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, segment in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(segment)
    for j, segment in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(segment)
    return list(groups.values())


def _parted_by_group(across: Sequence[Segment], down: Sequence[Segment]) -> list[tuple[int, int]]:
    """The numbers of two lines down that are one but for a row over all columns: no line goes across where the lower begins."""
    found = []
    for (i, (x, _, bottom)), (j, (at, top, _)) in itertools.permutations(enumerate(down), 2):
        if abs(x - at) > _SNAP or not 0 < top - bottom < _GROUP:
            continue
        if not any(x0 - _SNAP <= x <= x1 + _SNAP and bottom + _SNAP < y <= top + _SNAP for y, x0, x1 in across):
            found.append((i, j))
    return found


def _apart(across: list[Segment], down: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Tables side by side that a line over both holds together, each on its own."""
    for left, right in itertools.pairwise(_places([x for x, _, _ in down])):
        strip = sum(x0 < left + _SNAP and x1 > right - _SNAP for _, x0, x1 in across)
        before, after = [s for s in across if s[1] < left - _SNAP], [s for s in across if s[2] > right + _SNAP]
        if strip > 1 or min(len(before), len(after)) < _FEWEST_ACROSS:
            continue
        rest = _apart([(y, max(x0, right), x1) for y, x0, x1 in after], [s for s in down if s[0] >= right - _SNAP])
        return [([(y, x0, min(x1, left)) for y, x0, x1 in before], [s for s in down if s[0] <= left + _SNAP]), *rest]
    return [(across, down)]


def _grid(across: list[Segment], down: list[Segment]) -> Lattice | None:
    if len(across) < 2 or not down:
        return None
    # One line alone that reaches farther is not of the table: that under the page's head, which touches it.
    left, right = sorted(x0 for _, x0, _ in across)[1], sorted(x1 for _, _, x1 in across)[-2]
    top, bottom = min(t for _, t, _ in down), max(b for _, _, b in down)
    xs, ys = _places([x for x, _, _ in down]), _places([y for y, _, _ in across])
    # Tables are printed open at their sides too: the ends of the lines across are their outline.
    down, across = list(down), list(across)
    if xs[0] - left > 4 * _SNAP:
        xs.insert(0, left)
        down.append((left, ys[0], ys[-1]))
    if right - xs[-1] > 4 * _SNAP:
        xs.append(right)
        down.append((right, ys[0], ys[-1]))
    open_top, open_bottom = ys[0] - top > 4 * _SNAP, bottom - ys[-1] > 4 * _SNAP
    if open_top:
        ys.insert(0, top)
        across.append((top, xs[0], xs[-1]))
    if open_bottom:
        ys.append(bottom)
        across.append((bottom, xs[0], xs[-1]))
    if len(xs) < 3 or len(ys) < 2:
        return None
    groups = [y for y in _groups(xs[1:-1], down) if min(abs(y - other) for other in ys) > 2 * _SNAP]
    ys = sorted([*ys, *_breaks(xs[1:-1], ys, down), *groups])
    across += [(y, xs[0], xs[-1]) for y in groups]
    cells = _cells(xs, ys, across, down)
    if len(cells) < 2 or max(cell.column for cell in cells) == 0:
        return None
    return Lattice(tuple(xs), tuple(ys), cells, open_top, open_bottom, grouped=bool(groups))


def _breaks(inner: list[float], ys: list[float], down: list[Segment]) -> list[float]:
    """The heights in the first row at which lines between columns begin, though no line goes across there.

    What stands above is over several columns: their group's head, or over all of them a note.
    """
    begun = _places([top for x, top, _ in down if any(abs(x - place) <= _SNAP for place in inner)])
    return [y for y in begun if ys[0] + 2 * _SNAP < y < ys[1] - 2 * _SNAP]


def _groups(inner: list[float], down: list[Segment]) -> list[float]:
    """The edges of the rows over all columns, which all lines between columns leave out."""
    lines = [[line for line in down if abs(line[0] - x) <= _SNAP] for x in inner]
    edges: list[float] = []
    for (_, _, bottom), (_, top, _) in itertools.pairwise(sorted(lines[0], key=lambda line: line[1])):
        middle = (bottom + top) / 2
        if 0 < top - bottom < _GROUP and not any(low < middle < high for line in lines for _, low, high in line):
            edges += [bottom, top]
    return edges


def _places(values: list[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places


def _cells(xs: list[float], ys: list[float], across: list[Segment], down: list[Segment]) -> tuple[LatticeCell, ...]:
    """The cells of the grid; places with no line between them are one cell, kept to a rectangle."""
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    walls = [[_is_ruled(down, xs[c], ys[r], ys[r + 1]) for c in range(len(xs))] for r in range(n_rows)]
    floors = [[_is_ruled(across, ys[r], xs[c], xs[c + 1]) for c in range(n_columns)] for r in range(len(ys))]
    taken: set[tuple[int, int]] = set()
    cells: list[LatticeCell] = []
    for row in range(n_rows):
        for column in range(n_columns):
            if (row, column) in taken:
                continue
            width = 1
            while column + width < n_columns and (row, column + width) not in taken and not walls[row][column + width]:
                width += 1
            height = 1
            while row + height < n_rows and _opens(floors[row + height], walls[row + height], column, width):
                height += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            area = Area(xs[column], ys[row], xs[column + width], ys[row + height])
            cells.append(LatticeCell(row, column, height, width, area))
    return tuple(cells)


def _opens(floor: list[bool], wall: list[bool], column: int, width: int) -> bool:
    """Whether the row below goes on the cell of these columns: no line above it, none within it."""
    return not any(floor[column : column + width]) and not any(wall[column + 1 : column + width])


def _is_ruled(segments: list[Segment], place: float, start: float, end: float) -> bool:
    covered = sum(max(0.0, min(high, end) - max(low, start)) for at, low, high in segments if abs(at - place) <= _SNAP)
    return covered >= _COVERED * (end - start)
