"""The rows and cells of a table without vertical lines, once its columns are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area
from pipeline.readers.page.paragraphs import needed_width
from pipeline.readers.page.tables.lattice import Lattice, LatticeCell, Segment
from pipeline.readers.rules import pattern

_SAME: Final = 2.5
_COVERED: Final = 0.6
"""A line that covers this share of a column parts what stands in it."""
_WHOLE: Final = 0.9
_FEWEST_RULED: Final = 4
"""Tables with fewer whole lines across are ruled at their head and end only."""
_SLACK: Final = 0.3
"""A line is full where the next word would have reached this near the column's edge, in em."""
_PADDING: Final = 2.0
"""What typesetters leave free between two full columns, at most, in em."""
_FLUSH: Final = 0.6
_PITCH: Final = 1.12
"""Lines of one cell stand at one distance, give or take this share."""
_WIDER: Final = 1.25
_FEWEST_UNDER_NOTE: Final = 2
_LEVEL: Final = 0.4
"""Words whose middles are nearer than this, in em, stand in one row."""
_SHORT_NAME: Final = 8.0
"""Columns of names are seldom narrower than this, in em: what is shorter seldom fills one."""
_GOES_ON: Final = "（(）)、，"
_OWN_ROW: Final = pattern("table.row_of_its_own")
SPARE: Final = 0.9
"""Rows of a head stand this far below one another at least, in em; cells in the middle of taller ones stand nearer."""
NUMBER: Final = re.compile(r"[<>≤≥+\-－−]?\d[\d.,，]*(?:[%％‰万亿]|年)?|[—–\-－…·/]{1,3}")
_NO_WORDS: Final = re.compile(r"[\d.,，%％+\-—－–~〃]+")


@dataclass(slots=True)
class Piece:
    """A stretch of one printed line that stands in one cell."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


Columns = Sequence[tuple[float, float]]
_Interval = tuple[float, float]


def lay_rows(
    area: Area, rules: Sequence[Segment], pieces: Sequence[Piece], columns: Columns, fewest: int = 2
) -> Lattice | None:
    """The grid of a table: rows between its lines, and within the stretches that no lines part; ``None`` below *fewest*."""
    xs = (area.x0, *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), area.x1)
    ruled = _heights(area, rules)
    floors = {y: [_is_ruled(rules, y, column) for column in columns] for y in ruled}
    head = _head(ruled, rules, area)
    for y in (area.top, area.bottom, head):
        floors[y] = [True] * len(columns)
    limits = _limits(area, pieces, columns)
    levels = [y for y in ruled if y < head]
    for top, bottom in pairwise(ruled):
        within = [piece for piece in pieces if top < piece.middle < bottom]
        if bottom <= head and (len(levels) > 1 or not any(len(_span(piece, columns)) > 1 for piece in within)):
            continue
        for edge in row_edges(within, columns, limits):
            floors[edge] = [True] * len(columns)
    for edge in _under_note(area, min((y for y in ruled[1:]), default=area.bottom), head, pieces):
        floors[edge] = [True] * len(columns)
    ys = sorted(floors)
    for y, below in pairwise(ys[1:]):
        _floor_by_text((y, below), floors[y], pieces, columns, limits)
    under_head = ys.index(head)
    spans = _spans(ys, floors, pieces, columns, under_head, rules)
    cells = _cells(xs, ys, floors, spans, _groups(ys, pieces, columns, under_head))
    body = [piece for piece in pieces if piece.middle > head]
    doubtful = are_doubtful(_lines(body, columns, 0), body, columns[0], limits[0], ruled)
    return Lattice(xs, tuple(ys), tuple(cells), ruled=False, doubtful=doubtful) if len(ys) > fewest else None


def _under_note(area: Area, first: float, head: float, pieces: Sequence[Piece]) -> list[float]:
    """The edge under a word that stands alone over the heads of columns in the first row: a note or title of the table."""
    lines = sorted((p for p in pieces if area.top < p.middle < min(first, head)), key=lambda p: p.middle)
    if len(lines) < _FEWEST_UNDER_NOTE + 1 or lines[1].middle - lines[0].middle < SPARE * lines[0].size:
        return []
    heads = [p for p in lines[1:] if p.middle - lines[1].middle < SPARE * p.size]
    return [(lines[0].bottom + heads[0].top) / 2] if len(heads) >= _FEWEST_UNDER_NOTE else []


def _limits(area: Area, pieces: Sequence[Piece], columns: Columns) -> list[float]:
    """How far text could reach in every column: to the next one where that is flush left, else as far as it does."""
    limits = []
    for number, (_, end) in enumerate(columns):
        if number + 1 == len(columns):
            limits.append(area.x1)
            continue
        lines = _lines(pieces, columns, number + 1)
        left = columns[number + 1][0]
        flush = sum(line.x0 - left < 0.3 * line.size for line in lines) >= _FLUSH * len(lines)
        limits.append(left if flush else end)
    return limits


def _floor_by_text(
    row: _Interval, floor: list[bool], pieces: Sequence[Piece], columns: Columns, limits: Sequence[float]
) -> None:
    """Part *row* from the cells above where the line over it leaves a column out but the texts are two."""
    for number, column in enumerate(columns):
        if floor[number]:
            continue
        lines = _lines(pieces, columns, number)
        above = [line for line in lines if line.bottom <= row[0] + 1]
        below = [line for line in lines if line.top >= row[0] - 1]
        if above and below and below[0].middle < row[1]:
            pitch = min(v.middle - u.middle for u, v in pairwise(lines))
            floor[number] = not _goes_on(above[-1], below[0], (column[1], limits[number]), pitch)


def find_head(area: Area, rules: Sequence[Segment]) -> float:
    """The height at which the head of the table ends; its top where no line tells."""
    return _head(_heights(area, rules), rules, area)


def _heights(area: Area, rules: Iterable[Segment]) -> list[float]:
    """The heights of the lines, each once, the outline's own included."""
    heights = [area.top]
    for y in sorted(rule[0] for rule in rules):
        if y - heights[-1] > _SAME and y < area.bottom - _SAME:
            heights.append(y)
    return [*heights, area.bottom]


def _is_ruled(rules: Iterable[Segment], y: float, column: tuple[float, float]) -> bool:
    covered = sum(max(0.0, min(x1, column[1]) - max(x0, column[0])) for at, x0, x1 in rules if abs(at - y) <= _SAME)
    return covered >= _COVERED * (column[1] - column[0])


def _head(ruled: Sequence[float], rules: Sequence[Segment], area: Area) -> float:
    """Where the head ends: at its last line, or at the first whole line where every row has one."""
    whole = [
        y for y in ruled if sum(x1 - x0 for at, x0, x1 in rules if abs(at - y) <= _SAME) >= _WHOLE * (area.x1 - area.x0)
    ]
    inner = [y for y in ruled if area.top < y < area.bottom]
    if len(whole) >= _FEWEST_RULED:
        return next((y for y in whole if y > area.top), area.top)
    return inner[-1] if inner else area.top


def _span(piece: Piece, columns: Columns) -> range:
    """The columns that a piece reaches into."""
    touched = [n for n, (x0, x1) in enumerate(columns) if piece.x0 < x1 - 1 and piece.x1 > x0 + 1]
    if touched:
        return range(touched[0], touched[-1] + 1)
    middle = (piece.x0 + piece.x1) / 2
    nearest = min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))
    return range(nearest, nearest + 1)


def row_edges(pieces: Sequence[Piece], columns: Columns, limits: Sequence[float]) -> list[float]:
    """The heights that part the rows of a stretch without lines.

    Two lines of a column that are not one cell have an edge between them; the fewest edges that do so are taken.
    """
    lines = [_lines(pieces, columns, number) for number in range(len(columns))]
    pairs = [(u, v, number) for number, column in enumerate(lines) for u, v in pairwise(column)]
    if not pairs:
        return []
    pitch = min(v.middle - u.middle for u, v, _ in pairs)
    apart = sorted(
        (
            (u.middle, v.middle)
            for u, v, number in pairs
            if not _goes_on(u, v, (columns[number][1], limits[number]), pitch)
            or (not number and _begins_row(u, v, pieces))
        ),
        key=lambda interval: interval[1],
    )
    edges: list[float] = []
    common: _Interval | None = None
    for interval in apart:
        if common is not None and interval[0] < common[1]:
            common = max(common[0], interval[0]), common[1]
            continue
        if common is not None:
            edges.append(_edge(common, pieces))
        common = interval
    return [*edges, _edge(common, pieces)] if common is not None else edges


def _lines(pieces: Iterable[Piece], columns: Columns, number: int) -> list[Piece]:
    """The printed lines of a column, what stands beside one another as one."""
    lines: list[Piece] = []
    for piece in sorted((p for p in pieces if _span(p, columns).start == number), key=lambda p: (p.middle, p.x0)):
        last = lines[-1] if lines else None
        if last is not None and piece.middle - last.middle < 0.4 * piece.size:
            lines[-1] = Piece(
                last.text + piece.text, last.x0, min(last.top, piece.top), max(last.x1, piece.x1),
                max(last.bottom, piece.bottom), last.size,
            )  # fmt: skip
        else:
            lines.append(piece)
    return lines


def _goes_on(upper: Piece, lower: Piece, ends: tuple[float, float], pitch: float) -> bool:
    """Whether two lines are of one cell: the upper one is full, and they stand at the distance of lines.

    *ends* are how far the column's text reaches, and how far it could.
    """
    if lower.middle - upper.middle > _PITCH * pitch or _NO_WORDS.fullmatch(upper.text):
        return False
    needed = needed_width(lower.text)
    reaches, could = (ends[0] - upper.x1) / upper.size, (ends[1] - upper.x1) / upper.size
    return upper.x1 - upper.x0 >= 1.5 * upper.size and reaches < needed + _SLACK and could < needed + _PADDING


def _begins_row(upper: Piece, lower: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether one of two lines in the column of names has no figures beside it and is a row of its own.

    It reads so, or stands as far from the other as rows do and the other is too short to have filled its column.
    """
    alone = [one for one in (upper, lower) if _is_alone(one, pieces)]
    reads_so = any(_OWN_ROW.match(one.text) for one in (*alone, lower))
    return reads_so or (bool(alone) and _stands_as_rows_do(upper, lower, pieces))


def _is_alone(piece: Piece, pieces: Sequence[Piece]) -> bool:
    return not any(abs(other.middle - piece.middle) < _LEVEL * piece.size and other.x0 > piece.x1 for other in pieces)


def _stands_as_rows_do(upper: Piece, lower: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a short name and the line below it are so far apart that figures below one another stand whole rows apart."""
    if upper.x1 - upper.x0 >= _SHORT_NAME * upper.size or lower.text[0] in _GOES_ON:
        return False
    far = lower.middle - upper.middle
    figures = [piece for piece in pieces if _NO_WORDS.fullmatch(piece.text)]
    under = [
        min((v.middle - u.middle for v in figures if v.middle > u.bottom and v.x0 < u.x1 and u.x0 < v.x1), default=far)
        for u in figures
    ]
    return bool(figures) and all(abs(down - far * max(1, round(down / far))) < (_PITCH - 1) * far for down in under)


def are_doubtful(
    names: Sequence[Piece], pieces: Sequence[Piece], column: _Interval, limit: float, ruled: Sequence[float] = ()
) -> bool:
    """Whether two of the *names* in the first column are rows by their distance alone, no line between them: or one name."""
    pitch = min((v.middle - u.middle for u, v in pairwise(names)), default=0.0)
    return any(
        _goes_on(u, v, (column[1], limit), pitch)
        and any(_is_alone(one, pieces) for one in (u, v))
        and not any(_OWN_ROW.match(one.text) for one in (u, v))
        and not any(u.middle < y < v.middle for y in ruled)
        and _stands_as_rows_do(u, v, pieces)
        for u, v in pairwise(names)
    )


def _edge(common: _Interval, pieces: Sequence[Piece]) -> float:
    """The best height within the stretch: its widest strip without text, or the last of those alike."""
    low, high = common
    ink = sorted((p.top, p.bottom) for p in pieces if p.bottom > low and p.top < high)
    strips: list[_Interval] = []
    reach = low
    for top, bottom in ink:
        if top > reach:
            strips.append((reach, min(top, high)))
        reach = max(reach, bottom)
    if not strips:
        return (low + high) / 2
    widest = max(b - a for a, b in strips)
    low, high = next((a, b) for a, b in reversed(strips) if b - a > widest / _WIDER)
    return (low + high) / 2


def _cells(
    xs: Sequence[float],
    ys: Sequence[float],
    floors: dict[float, list[bool]],
    spans: dict[tuple[int, int], int],
    groups: dict[int, int],
) -> list[LatticeCell]:
    """The cells between *floors*, those that :func:`_spans` and :func:`_groups` tell over several columns and rows."""
    taken: set[tuple[int, int]] = set()
    cells: list[LatticeCell] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            width = 1
            while width < spans.get((row, column), 1) and (row, column + width) not in taken:
                width += 1
            height = groups.get(row, 1) if column == 0 and width == 1 else 1
            while row + height < len(ys) - 1 and not any(floors[ys[row + height]][column : column + width]):
                height += 1
            taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
            area = Area(xs[column], ys[row], xs[column + width], ys[row + height])
            cells.append(LatticeCell(row, column, height, width, area))
    return cells


def _spans(
    ys: Sequence[float],
    floors: dict[float, list[bool]],
    pieces: Sequence[Piece],
    columns: Columns,
    head: int,
    rules: Sequence[Segment],
) -> dict[tuple[int, int], int]:
    """How many columns the cells take that take more than one, by row and column."""
    spans: dict[tuple[int, int], int] = {}
    for row, (top, bottom) in enumerate(pairwise(ys)):
        within = [piece for piece in pieces if top < piece.middle < bottom]
        reached = [_span(piece, columns) for piece in within]
        if row < head - 1 and (ruled := _over_lines(within, bottom, rules, columns)):
            reached = ruled
        elif row < head - 1:
            reached = _widened(reached, floors[bottom], pieces, columns, (top, bottom))
        for span in reached:
            if len(span) > 1:
                spans[row, span.start] = max(spans.get((row, span.start), 1), len(span))
    return spans


def _over_lines(pieces: Sequence[Piece], y: float, rules: Sequence[Segment], columns: Columns) -> list[range]:
    """The columns of each word that a line of its own under it shows; none where two words share a line."""
    lines = [(x0, x1) for at, x0, x1 in rules if abs(at - y) <= _SAME]
    over = [[line for line in lines if line[0] <= (piece.x0 + piece.x1) / 2 <= line[1]] for piece in pieces]
    owned = [found[0] for found in over if found]
    if not owned or len(set(owned)) < len(owned):
        return []
    spans = []
    for piece, found in zip(pieces, over, strict=True):
        under = [n for n, column in enumerate(columns) if found and found[0][0] <= sum(column) / 2 <= found[0][1]]
        spans.append(range(under[0], under[-1] + 1) if under else _span(piece, columns))
    return spans


def _widened(
    reached: Sequence[range], parted: Sequence[bool], pieces: Sequence[Piece], columns: Columns, row: _Interval
) -> list[range]:
    """The spans of a head's row with the empty columns beside them, which stand under the same word."""
    middles = [
        ((piece.x0 + piece.x1) / 2, span)
        for piece, span in zip((p for p in pieces if row[0] < p.middle < row[1]), reached, strict=True)
    ]
    owners = {column: span for span in reached for column in span}
    # Words flush left stand over the columns to their right, others in the middle of theirs.
    flush = all(n in owners for n, open_ in enumerate(parted) if open_ and (n == 0 or not parted[n - 1]))
    wide = {span: [span.start, span.stop] for span in reached}
    for column in range(len(columns)):
        if column in owners or not parted[column]:
            continue
        place = sum(columns[column]) / 2
        near = sorted(
            (abs(middle - place), span.start, span)
            for middle, span in middles
            if all(parted[c] for c in span) and (span.start < column or not flush)
        )
        if near:
            span = near[0][2]
            wide[span] = [min(wide[span][0], column), max(wide[span][1], column + 1)]
    return [range(start, stop) for start, stop in wide.values()]


def _groups(ys: Sequence[float], pieces: Sequence[Piece], columns: Columns, head: int) -> dict[int, int]:
    """Rows under one name in the first column, which stands at the middle of them: first row → how many rows."""
    names = [p for p in _lines(pieces, columns, 0) if p.middle > ys[head]]
    rows = list(pairwise(ys))
    groups: dict[int, int] = {}
    row = head
    for name in names:
        best = min(
            range(row, len(rows)), key=lambda last: abs((rows[row][0] + rows[last][1]) / 2 - name.middle), default=None
        )
        if best is None or abs((rows[row][0] + rows[best][1]) / 2 - name.middle) > 0.3 * (rows[row][1] - rows[row][0]):
            return {}
        groups[row] = best - row + 1
        row = best + 1
    return groups if row == len(rows) and any(height > 1 for height in groups.values()) else {}
