"""Tables without vertical lines: ruled across only, or under their head and at their end alone (三线表).

The lines across say where a table stands; its columns are the strips in which no row has ink; its rows are
what the lines part, and where they part nothing, what :mod:`pipeline.readers.page.tables.open_rows` tells from the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area, Glyph, Rule
from pipeline.readers.page.furniture import CAPTION
from pipeline.readers.page.tables.head_groups import lines_in_head
from pipeline.readers.page.tables.lattice import Lattice, Segment, join_segments
from pipeline.readers.page.tables.open_rows import NUMBER, SPARE, Piece, find_head, lay_rows

_FEWEST_RULES: Final = 2
_SHORTEST: Final = 100.0
_SAME: Final = 4.0
GAP: Final = 0.5
"""Columns are at least this far apart, in em, on every row."""
_HALF_BLANK: Final = "）》】」』"
_BEHIND_MARK: Final = 0.3
"""Behind a mark with a blank half columns are this far apart, in em."""
_MARK: Final = re.compile(r"[—–\-－…·/]{1,3}")
_FULLEST: Final = 0.65
"""The cells of a table leave room in their columns; running text in two columns fills them."""
_FEWEST_PIECES: Final = 4
_HEAD: Final = 120.0
"""The head of a table is no higher than this, in points."""
_TIGHT: Final = 0.8
_TALLEST_GAP: Final = 1.5
"""Rows that go on below the last line stand nearer to one another than this, in em."""


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table stands: its outline, and all lines across within it."""

    area: Area
    rules: tuple[Segment, ...]


def find_open_tables(rules: Sequence[Rule], printed: Iterable[Sequence[Glyph]], taken: Sequence[Area]) -> list[Lattice]:
    """The tables without vertical lines among the *printed* rows, outside the areas *taken*."""
    across = [
        rule
        for rule in join_segments([(rule.top, rule.x0, rule.x1) for rule in rules if rule.is_horizontal])
        if not any(area.top - 2 <= rule[0] <= area.bottom + 2 and area.x0 - 2 <= rule[1] <= area.x1 for area in taken)
    ]
    full = [rule for rule in across if rule[2] - rule[1] >= _SHORTEST]
    if len(across) < _FEWEST_RULES or not full:
        return []
    rows = [row for row in map(row_pieces, printed) if row]
    tables = []
    for region in _regions(across, full, rows):
        table = table_in(region, rows)
        if table is not None:
            tables.append(table)
    return tables


def row_pieces(row: Sequence[Glyph], gap: float = GAP) -> list[Piece]:
    """The stretches of a printed row that no *gap*, in em, parts."""
    pieces: list[Piece] = []
    bridged = 0.0
    for glyph in row:
        last = pieces[-1] if pieces else None
        if not glyph.text.strip():
            if (
                last is not None
                and abs(glyph.x0 - last.x1) < 0.3 * glyph.size
                and glyph.x1 - glyph.x0 < 1.2 * glyph.size
            ):
                bridged = glyph.x1
            continue
        # One blank parts the characters of a name, not two columns.
        reached = max(last.x1, bridged) if last is not None else 0.0
        near = _BEHIND_MARK if last is not None and last.text[-1] in _HALF_BLANK else gap
        if last is not None and glyph.x0 - reached < near * max(last.size, glyph.size):
            last.x1 = max(last.x1, glyph.x1)
            last.text += glyph.text
            last.top, last.bottom = min(last.top, glyph.top), max(last.bottom, glyph.bottom)
        else:
            pieces.append(Piece(glyph.text, glyph.x0, glyph.top, glyph.x1, glyph.bottom, glyph.size))
    return [_without_blank_half(piece) for piece in pieces]


def _without_blank_half(piece: Piece) -> Piece:
    """The piece without the blank half of a closing mark at its end, which typesetters let stand between two columns."""
    if len(piece.text) > 1 and piece.text[-1] in _HALF_BLANK:
        piece.x1 -= piece.size / 2
    return piece


def _regions(across: Sequence[Segment], full: Sequence[Segment], rows: Sequence[Sequence[Piece]]) -> list[Region]:
    """The runs of lines of one width with columns between all of them."""
    groups: list[list[Segment]] = []
    for rule in full:
        for group in groups:
            if abs(group[-1][1] - rule[1]) <= _SAME and abs(group[-1][2] - rule[2]) <= _SAME:
                group.append(rule)
                break
        else:
            groups.append([rule])
    regions = []
    for group in groups:
        left, right = group[0][1] - 2, group[0][2] + 2
        if any(_holds(other, group) for other in groups if other is not group):
            continue
        inner = [rule for rule in across if rule[1] >= left - _SAME and rule[2] <= right + _SAME]
        bands = [_between(rows, left, right, upper[0], lower[0]) for upper, lower in pairwise(group)]
        start = 0
        for position in range(len(group)):
            if position < len(bands) and (_is_tabular(bands[position]) or _names_row(bands, position)):
                continue
            regions += _region(inner, group[start : position + 1], rows)
            start = position + 1
    return regions


def _names_row(bands: Sequence[Sequence[Sequence[Piece]]], position: int) -> bool:
    """Whether one word stands between two lines as a row: the name of a group of rows, or of one without figures.

    Each row of such a table has a line: the next band above or below that stands in columns is one row as well.
    """
    band = bands[position]
    if len(band) != 1 or len(band[0]) != 1 or CAPTION.match(band[0][0].text):
        return False
    name = band[0][0]
    above = next((other for other in reversed(bands[:position]) if _is_tabular(other)), None)
    below = next((other for other in bands[position + 1 :] if _is_tabular(other)), above)
    if above is None or below is None or len(above) > 1 or len(below) > 1:
        return False
    return all(name.x0 < max(row[0].x1, row[0].x0 + name.size) and name.x1 < row[-1].x0 for row in (above[0], below[0]))


def _holds(outer: Sequence[Segment], inner: Sequence[Segment]) -> bool:
    """Whether a group of lines is part of a table with wider ones: lines under the heads of several columns."""
    wider = outer[0][1] <= inner[0][1] + _SAME and outer[0][2] >= inner[0][2] - _SAME
    return wider and any(-_HEAD / 4 < rule[0] - other[0] < _HEAD for rule in inner for other in outer)


def _region(across: Sequence[Segment], group: Sequence[Segment], rows: Sequence[Sequence[Piece]]) -> list[Region]:
    """The region of lines that follow one another, with the rows above and below that stand in the same columns."""
    left, right, top, bottom = group[0][1], group[0][2], group[0][0], group[-1][0]
    for rule in sorted(rule for rule in across if rule[0] > bottom + _SAME):
        # The lines under the heads of several columns.
        if rule[0] > bottom + _HEAD / 2 or rule[2] - rule[1] > 0.9 * (right - left):
            break
        bottom = rule[0]
    whole = [rule[0] for rule in across if rule[2] - rule[1] > 0.9 * (right - left)]
    within = [piece for row in _between(rows, left - 2, right + 2, top, bottom) for piece in row]
    limit = min((y for y in whole if y > bottom + _SAME), default=1e9)
    below = _between(rows, left - 2, right + 2, bottom, limit)
    end = _reach(below, within, bottom, 1)
    limit = max((y for y in whole if y < top - _SAME), default=-1e9)
    above = _between(rows, left - 2, right + 2, limit, top)
    start = _reach(above[::-1], within, top, -1)
    inside = tuple(rule for rule in across if start - _SAME < rule[0] < end + _SAME)
    if end - start < _SAME or len({round(rule[0]) for rule in inside}) < _FEWEST_RULES:
        return []
    return [Region(Area(left, start, right, end), inside)]


def _reach(rows: Sequence[Sequence[Piece]], within: Sequence[Piece], edge: float, way: int) -> float:
    """How far the table goes on beyond its last line, as where a page cuts it: rows near one another, in its columns."""
    columns: list[tuple[float, float]] = []
    size = within[0].size if within else 12.0
    if within:
        columns = stretches(within, GAP * size)
    reach = place = edge
    for number, row in enumerate(rows):
        near, far = (row[0].top, row[0].bottom) if way > 0 else (row[0].bottom, row[0].top)
        single = len(row) < 2
        # One word alone may belong to a cell of its neighbours, or be a note below the table: then none follow it.
        gap = _TIGHT if single and reach == edge else _TALLEST_GAP
        if (near - place) * way > gap * row[0].size:
            break
        if way < 0 and not _tops_page(rows[number:], columns):
            break
        merged = stretches([*map(as_piece, columns), *row], GAP * row[0].size)
        if len(merged) < max(2, len(columns) - 1) or (single and len(merged) != len(columns)):
            break
        columns, place = merged, far
        if not single or reach != edge or way < 0:
            reach = far + way
    return reach


def _tops_page(rows: Sequence[Sequence[Piece]], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether the rows up to the page's head are the rest of a table, the first of *rows* above it: not a caption."""
    row = rows[0]
    if len(row) > 1:
        return 2 * len(row) >= len(columns) and all(_starts(piece, columns) for piece in row)
    alone = len(rows) == 1 or row[0].top - rows[1][0].bottom > 2 * row[0].size
    return alone and _starts(row[0], columns[1:])


def _starts(piece: Piece, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a piece stands within one column, or begins where it does."""
    return any(abs(piece.x0 - x0) < 0.3 * piece.size or (x0 <= piece.x0 and piece.x1 <= x1) for x0, x1 in columns)


def as_piece(column: tuple[float, float]) -> Piece:
    """A stretch of a column as a piece."""
    return Piece("", column[0], 0.0, column[1], 0.0, 0.0)


def _between(
    rows: Sequence[Sequence[Piece]], left: float, right: float, top: float, bottom: float
) -> list[list[Piece]]:
    found = []
    for row in rows:
        inside = [
            p for p in row if p.x0 >= left - p.size and p.x1 <= right + p.size and top < (p.top + p.bottom) / 2 < bottom
        ]
        if inside:
            found.append(inside)
    return found


def _is_tabular(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the rows between two lines stand in columns; nothing between them parts nothing."""
    pieces = [piece for row in rows for piece in row]
    if not any(len(row) > 1 for row in rows):
        return False
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    return len(stretches(pieces, GAP * size)) >= 2


def table_in(region: Region, rows: Sequence[Sequence[Piece]]) -> Lattice | None:
    area = region.area
    inside = _between(rows, area.x0 - 2, area.x1 + 2, area.top, area.bottom)
    pieces = [piece for row in inside for piece in row]
    if len(pieces) < _FEWEST_PIECES:
        return None
    size = sorted(piece.size for piece in pieces)[len(pieces) // 2]
    columns = _table_columns(region, inside, GAP * size)
    if len(columns) < 2 or not _leaves_room(pieces, columns):
        return None
    return lay_rows(area, (*region.rules, *_lines_of_groups(region, inside, columns)), pieces, columns)


def _lines_of_groups(
    region: Region, rows: Sequence[Sequence[Piece]], columns: Sequence[tuple[float, float]]
) -> list[Segment]:
    """The lines that would part the levels of a head that has none within it."""
    head = find_head(region.area, region.rules)
    if any(region.area.top + _SAME < y < head - _SAME for y, _, _ in region.rules):
        return []
    above = [row for row in rows if row[0].middle <= head]
    return lines_in_head(above, columns) if len(above) > 1 else []


def _table_columns(region: Region, rows: Sequence[Sequence[Piece]], gap: float) -> list[tuple[float, float]]:
    """The columns of a table: the stretches that its words take, those aside that stand over several columns."""
    parted = [row for row in rows if len(row) > 1]
    head = find_head(region.area, region.rules)
    spanning = [p for row in rows for p in row if _spans_most(p, parted) or _is_group(p, region.rules, head)]
    spanning += [p for p in (*_note_over_heads(rows, head), *_over_heads(rows, head)) if p not in spanning]
    columns = stretches([piece for row in rows for piece in row if piece not in spanning], gap)
    above = [piece for row in rows for piece in row if piece.middle <= head]
    for piece in spanning:
        # A word of the head without others below it is that of one column, whose cells have blanks at one place.
        if piece in above and not any(_is_under(other, piece) for other in above if other not in spanning):
            columns = stretches([*map(as_piece, columns), piece], gap)
    below = [row for row in rows if row[0].middle > head]
    columns = _without_lone_marks(columns, above, below)
    cells = [piece for row in below for piece in row]
    return _with_heads(columns, *(_filled(columns, [p for p in side if p not in spanning]) for side in (above, cells)))


def _without_lone_marks(
    columns: Sequence[tuple[float, float]], head: Sequence[Piece], rows: Sequence[Sequence[Piece]]
) -> list[tuple[float, float]]:
    """The columns, one of dashes alone and without a head joined with the nearest one that has nothing beside any of them.

    The dashes of empty cells may be set elsewhere than the figures of their column.
    """
    joined = list(columns)
    for column in columns:
        within = [p for row in rows for p in row if p.x0 < column[1] and p.x1 > column[0]]
        if any(_filled([column], head)) or not within or not all(map(_MARK.fullmatch, (p.text for p in within))):
            continue
        at = joined.index(column)
        beside = [n for n in (at - 1, at + 1) if 0 <= n < len(joined)]
        free = [n for n in beside if not any(all(_filled([column, joined[n]], row)) for row in rows)]
        if free:
            near = min(free, key=lambda n: max(joined[n][0] - column[1], column[0] - joined[n][1]))
            first = min(at, near)
            joined[first : first + 2] = [(joined[first][0], joined[first + 1][1])]
    return joined


def _note_over_heads(rows: Sequence[Sequence[Piece]], head: float) -> Sequence[Piece]:
    """The word alone on the first row of a head whose next row has the heads of columns: a note or title over all of them."""
    first, *rest = rows or [[]]
    below = rest[0] if rest else []
    if len(first) != 1 or len(below) < 2 or below[0].middle > head:
        return ()
    # The first line of a head whose neighbours stand at its middle is nearer to them than rows are.
    return first if below[0].middle - first[0].middle >= SPARE * first[0].size else ()


def _over_heads(rows: Sequence[Sequence[Piece]], head: float) -> list[Piece]:
    """The words of a head that stand over two words of a lower row of it: those of several columns."""
    above = [row for row in rows if row[0].middle <= head]
    return [
        piece
        for number, row in enumerate(above)
        for piece in row
        if any(sum(_is_under(other, piece) for other in lower) > 1 for lower in above[number + 1 :])
    ]


def _filled(columns: Sequence[tuple[float, float]], pieces: Sequence[Piece]) -> list[bool]:
    """Which columns have any of *pieces* in them."""
    return [any(p.x0 < x1 and p.x1 > x0 for p in pieces) for x0, x1 in columns]


def _with_heads(
    columns: Sequence[tuple[float, float]], headed: Sequence[bool], filled: Sequence[bool]
) -> list[tuple[float, float]]:
    """The columns, where a stretch with a head alone and one beside it with cells alone are one."""
    joined: list[tuple[float, float]] = []
    last: tuple[bool, bool] | None = None
    for column, has_head, has_cells in zip(columns, headed, filled, strict=True):
        kind = has_head, has_cells
        if last is not None and {last, kind} == {(True, False), (False, True)}:
            joined[-1] = (joined[-1][0], column[1])
            last = (True, True)
        else:
            joined.append(column)
            last = kind
    return joined


def _spans_most(piece: Piece, rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether half of the rows have two words or more within the stretch that this one takes."""
    several = sum(sum(other.x0 < piece.x1 - 1 and other.x1 > piece.x0 + 1 for other in row) > 1 for row in rows)
    return 2 * several >= len(rows) > 1


def _is_group(piece: Piece, rules: Sequence[Segment], head: float) -> bool:
    """Whether a line within the head parts the word from those below it, over which it stands."""
    middle = (piece.x0 + piece.x1) / 2
    return any(piece.bottom - 1 <= y < head - _SAME and x0 < middle < x1 for y, x0, x1 in rules)


def _is_under(other: Piece, piece: Piece) -> bool:
    return other.top >= piece.bottom - 1 and other.x0 < piece.x1 and other.x1 > piece.x0


def stretches(pieces: Sequence[Piece], gap: float) -> list[tuple[float, float]]:
    """The stretches across the page that text takes on any row."""
    columns: list[tuple[float, float]] = []
    for x0, x1 in sorted((piece.x0, piece.x1) for piece in pieces):
        if columns and x0 - columns[-1][1] < gap:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    return columns


def _leaves_room(pieces: Sequence[Piece], columns: Sequence[tuple[float, float]]) -> bool:
    if len(columns) > 2 or _has_figures(pieces, columns[-1]):
        return True
    shares = sorted((p.x1 - p.x0) / (x1 - x0) for p in pieces for x0, x1 in columns if x0 <= p.x0 < x1)
    return shares[len(shares) // 2] <= _FULLEST or len(pieces) < 12


def _has_figures(pieces: Sequence[Piece], column: tuple[float, float]) -> bool:
    """Whether a column holds figures below its head, which no running text is set beside."""
    within = [piece.text for piece in pieces if column[0] <= piece.x0 < column[1]]
    return sum(map(bool, map(NUMBER.fullmatch, within))) >= max(2, len(within) - 1)
