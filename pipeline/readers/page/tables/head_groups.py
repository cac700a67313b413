"""Heads over several columns, no line below them: which of the columns below each word of the head takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.readers.page.tables.lattice import Segment
from pipeline.readers.page.tables.open_rows import Piece

Columns = Sequence[tuple[float, float]]
_PLACES: Final[tuple[Callable[[float, float], float], ...]] = (
    lambda x0, x1: (x0 + x1) / 2,
    lambda x0, x1: x0,
    lambda x0, x1: x1,
)
"""Words of a head stand at the middle of what they are over, or at one of its edges: all in the same way."""
_TOUCH: Final = 1.0
_LEVEL: Final = 0.4
"""Words whose middles are nearer than this, in em, stand at one height."""
_LEVELS: Final = 2
_SPACED: Final = 3.0
"""Two characters of a word that is set wide stand nearer than this, in em."""


def is_within(piece: Piece, column: tuple[float, float]) -> bool:
    """Whether a word reaches into a column."""
    return piece.x0 < column[1] and piece.x1 > column[0]


def between(upper: Sequence[Piece], lower: Sequence[Piece]) -> float:
    """The height in the middle between two rows."""
    return (max(p.bottom for p in upper) + min(p.top for p in lower)) / 2


def lines_under_groups(upper: Sequence[Piece], lower: Sequence[Piece], columns: Columns) -> Iterator[Segment]:
    """The line that would stand under each word of the row *upper* of a head that takes several columns of *lower* words.

    Columns with words below and none above are shared out so that the words stand as alike as can be over theirs.
    """
    upper = _words(upper)
    edge = max(piece.bottom for piece in upper) - _TOUCH
    below = [piece for piece in lower if piece.top >= edge]
    filled = sorted({n for piece in below for n, column in enumerate(columns) if is_within(piece, column)})
    alone = [piece for piece in upper if not any(n in filled for n in _over(piece, columns))]
    sharing = [piece for piece in upper if piece not in alone]
    own = {n for piece in alone for n in _over(piece, columns)}
    places = [n for n in filled if n not in own]
    if places[:1] == [0] and sharing and sharing[0].x0 >= columns[0][1]:
        del places[0]  # the head of the names, which stands lower than those of the figures
    for piece, (first, last) in zip(sharing, shared_out(sharing, places, columns), strict=False):
        if last > first:
            start, end = columns[first][0], columns[last][1]
            yield between([piece], [other for other in below if is_within(other, (start, end))]), start, end


def lines_in_head(rows: Sequence[Sequence[Piece]], columns: Columns) -> list[Segment]:
    """The lines that would stand under the words of a head of two levels that take several columns each.

    Words at half the height of the head with nothing over and below them head one column each and share in nothing.
    """
    pieces = [piece for row in rows for piece in row]
    heights = [piece.middle for piece in pieces]
    middle = (min(heights) + max(heights)) / 2
    whole = [p for p in pieces if abs(p.middle - middle) < _LEVEL * p.size and _is_alone(p, pieces, columns)]
    levels = [row for row in ([piece for piece in row if piece not in whole] for row in rows) if row]
    if len(levels) != _LEVELS or (not whole and _is_over_all(levels[0], columns)):
        return []
    return list(lines_under_groups(levels[0], levels[1], columns))


def _is_over_all(row: Sequence[Piece], columns: Columns) -> bool:
    """Whether a row is one word over the whole table, a note or its title: nearer to its middle than to that of its figures."""
    place, (start, end) = (row[0].x0 + row[0].x1) / 2, (columns[0][0], columns[-1][1])
    behind = (columns[1][0] + end) / 2 if len(columns) > 1 else end
    return len(row) == 1 and abs(place - (start + end) / 2) < abs(place - behind)


def _is_alone(piece: Piece, pieces: Sequence[Piece], columns: Columns) -> bool:
    own = _over(piece, columns)
    return len(own) == 1 and not any(other is not piece and is_within(other, columns[own[0]]) for other in pieces)


def _words(row: Sequence[Piece]) -> list[Piece]:
    """The row with characters that are set far apart as the words that they make."""
    words: list[Piece] = []
    for piece in row:
        last = words[-1] if words else None
        if last is not None and len(piece.text) == len(last.text) == 1 and piece.x0 - last.x1 < _SPACED * piece.size:
            words[-1] = replace(last, text=last.text + piece.text, x1=piece.x1)
        else:
            words.append(piece)
    return words


def shared_out(pieces: Sequence[Piece], places: Sequence[int], columns: Columns) -> list[tuple[int, int]]:
    """The first and last of the *places* (numbers of columns) that each of *pieces* takes; none where they are too few."""
    if not pieces or len(pieces) > len(places):
        return []
    found = [_shared(pieces, places, columns, place) for place in _PLACES]
    return min(found, key=lambda one: one[0])[1]


def _shared(
    pieces: Sequence[Piece], places: Sequence[int], columns: Columns, place: Callable[[float, float], float]
) -> tuple[float, list[tuple[int, int]]]:
    """How far the pieces stand from the *place* of their columns at the least, and the columns of each."""
    worst = float("inf")
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, []), *((worst, []) for _ in places)]
    for piece in pieces:
        after: list[tuple[float, list[tuple[int, int]]]] = [(worst, []) for _ in best]
        for start, (cost, spans) in enumerate(best):
            for end in range(start + 1, len(best)) if cost < worst else ():
                taken = places[start:end]
                if any(b != a + 1 for a, b in pairwise(taken)):
                    break
                away = abs(place(piece.x0, piece.x1) - place(columns[taken[0]][0], columns[taken[-1]][1]))
                if cost + away < after[end][0]:
                    after[end] = cost + away, [*spans, (taken[0], taken[-1])]
        best = after
    return best[-1]


def _over(piece: Piece, columns: Columns) -> list[int]:
    """The columns that a word of the head stands over: the two beside it where it stands between them."""
    over = [n for n, column in enumerate(columns) if is_within(piece, column)]
    if over:
        return over
    before = [n for n, column in enumerate(columns) if column[1] <= piece.x0]
    return [n for n in ((before[-1], before[-1] + 1) if before else (0,)) if n < len(columns)]
