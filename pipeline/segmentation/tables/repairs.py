"""Single cells of aligned rows brought to where the other rows of their columns say that they belong.

Recognition of a ruled table drops the line between two cells, or puts a cell beside the column that it stands in.
What the other rows hold decides, never a word of one table:

- *fused*: a cell beside an empty one holds the words of both (a name before an agency, a number after a name);
- *early*: a value that no other row has stands in a column of groups, and the column of single items beside it is empty;
- *stray*: a cell fits its column in no other row, and the one empty column that it fits is elsewhere in its row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from extractors.officials.names import is_name_in_prose
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.rows import RawCell, content_kind
from schemas.spans import Span

_FULL: Final = 0.6
"""Share of rows that fill a column in which a gap is no merged cell."""
_SAME: Final = 0.6
"""Share of a column's filled cells that are of its usual kind."""
_FEWEST: Final = 5
"""Rows that say enough about a column."""
_LONGEST: Final = 60
_FIELDS: Final = frozenset({"serial", "number", "name", "agency"})
_TOTAL: Final = re.compile(r"(?:全[省市州县区旗镇乡])?[合总共小]计")
"""The label of a row of sums: it stands where it is printed, whatever its column holds elsewhere."""

Row = list[RawCell]


class Columns:
    """What the columns of a table hold: kinds, values, words to a cell."""

    def __init__(self, rows: Sequence[Row], width: int) -> None:
        self.width = width
        self.count = len(rows)
        self.kinds = [Counter(content_kind(row[c].text) for row in rows) for c in range(width)]
        self.values = [Counter(squash(row[c].text) for row in rows) for c in range(width)]
        self.words = [Counter(len(row[c].text.split()) for row in rows if row[c].text) for c in range(width)]

    def usual(self, column: int) -> str:
        """The kind that most filled cells of the column are of, empty where none prevails."""
        filled = {kind: n for kind, n in self.kinds[column].items() if kind not in ("empty", "above")}
        kind = max(filled, key=lambda kind: (filled[kind], kind), default="")
        return kind if kind and filled[kind] >= _SAME * sum(filled.values()) else ""

    def filled(self, column: int) -> float:
        """The share of rows that fill the column."""
        return 1 - self.kinds[column]["empty"] / max(1, self.count)

    def groups(self, column: int) -> bool:
        """Whether the column groups rows: most of its values stand in several rows, or over gaps."""
        return sum(n for value, n in self.values[column].items() if n > 1) >= 0.5 * self.count


def repair_rows(rows: Sequence[Row], width: int) -> list[str | None]:
    """Repair the *rows* (without the header) in place; for each what was done, ``None`` where nothing was."""
    if len(rows) < _FEWEST:
        return [None] * len(rows)
    columns = Columns(rows, width)
    notes: list[str | None] = []
    for row in rows:
        if any(_TOTAL.fullmatch(squash(cell.text)) for cell in row):
            notes.append(None)
            continue
        done = [
            name
            for name, repair in (("early", _shift_early), ("fused", _split_fused), ("stray", _move_stray))
            if repair(row, columns)
        ]
        notes.append(f"cells settled: {', '.join(done)}" if done else None)
    return notes


def _split_fused(row: Row, columns: Columns) -> bool:
    done = False
    for column in range(columns.width - 1):
        left, right = row[column], row[column + 1]
        if not left.text and right.text and columns.filled(column) >= _SAME:
            done |= _give_left(row, column, columns)
        elif left.text and not right.text:
            done |= _give_right(row, column, columns)
    return done


def _give_left(row: Row, column: int, columns: Columns) -> bool:
    """Move the first words of the cell after the empty *column* there, as far as they are what it holds."""
    cell, kind = row[column + 1], columns.usual(column)
    cuts = _cuts(cell)
    if kind not in _FIELDS or not cuts or content_kind(cell.text) == columns.usual(column + 1) == kind:
        return False
    if kind == "serial":
        taken = 1 if content_kind(cell.text[: cuts[0][0]]) == kind else 0
    else:
        keep = columns.words[column + 1].most_common(1)[0][0] if columns.words[column + 1] else 1
        if _ends_in_number(cell.text) and column + 2 < columns.width and not row[column + 2].text:
            keep += 1
        taken = len(cuts) + 1 - keep
    if taken < 1 or taken > len(cuts) or any(content_kind(word) != kind for word in cell.text.split()[:taken]):
        return False
    row[column], row[column + 1] = _split(cell, cuts[taken - 1])
    return True


def _give_right(row: Row, column: int, columns: Columns) -> bool:
    """Move what belongs in the empty column after *column* there: a last number, or the second of two known values."""
    cell, after = row[column], column + 1
    cuts = _cuts(cell)
    if not cuts:
        return False
    if columns.usual(after) in ("serial", "number") and columns.filled(after) >= _SAME:
        own = columns.usual(column)
        if own not in ("serial", "number", "") and _ends_in_number(cell.text):
            row[column], row[after] = _split(cell, cuts[-1])
            return True
        return False
    for cut in cuts:
        left, right = squash(cell.text[: cut[0]]), squash(cell.text[cut[1] :])
        if columns.values[column][left] > 1 and columns.values[after][right] > 1:
            row[column], row[after] = _split(cell, cut)
            return True
    return False


def _shift_early(row: Row, columns: Columns) -> bool:
    for column in range(1, columns.width - 1):
        cell = row[column]
        if not cell.text or content_kind(cell.text) not in ("short", "name", "agency") or not columns.groups(column):
            continue
        home = next((c for c in range(column + 1, columns.width) if not columns.groups(c)), None)
        if (
            home is not None
            and columns.values[column][squash(cell.text)] == 1
            and not any(between.text for between in row[column + 1 : home + 1])
            and columns.filled(home) >= _FULL
            and columns.kinds[home][content_kind(cell.text)] > 1
        ):
            row[column], row[home] = _empty(cell.span.start), cell
            return True
    return False


def _move_stray(row: Row, columns: Columns) -> bool:
    for column in range(columns.width):
        kind = content_kind(row[column].text)
        if kind not in _FIELDS or columns.kinds[column][kind] > 1 or not columns.usual(column):
            continue
        if kind == "name" and columns.usual(column) == "short" and not is_name_in_prose(squash(row[column].text)):
            continue  # a short word among short words
        homes = [c for c in range(columns.width) if not row[c].text and columns.usual(c) == kind]
        if len(homes) == 1 and abs(homes[0] - column) > 1:
            row[homes[0]], row[column] = row[column], _empty(row[column].span.start)
            return True
    return False


def _ends_in_number(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and content_kind(words[-1]) in ("serial", "number") and words[-1][0].isdigit()


def _cuts(cell: RawCell) -> list[tuple[int, int]]:
    """Ends and beginnings of the words of a cell; none where it is long or its text is not its stretch."""
    text = cell.text
    if len(text) > _LONGEST or len(text) != sum(piece.end - piece.start for piece in cell.pieces):
        return []
    cuts: list[tuple[int, int]] = []
    at = 0
    for number, word in enumerate(text.split()):
        start = text.index(word, at)
        if number:
            cuts.append((at, start))
        at = start + len(word)
    return cuts


def _split(cell: RawCell, cut: tuple[int, int]) -> tuple[RawCell, RawCell]:
    return stretch(cell, 0, cut[0]), stretch(cell, cut[1], len(cell.text))


def stretch(cell: RawCell, start: int, end: int) -> RawCell:
    """The characters ``[start, end)`` of a cell as a cell of their own."""
    pieces: list[Span] = []
    at = 0
    for piece in cell.pieces:
        first, last = max(start, at), min(end, at + piece.end - piece.start)
        if first < last:
            pieces.append(Span(piece.start + first - at, piece.start + last - at))
        at += piece.end - piece.start
    return RawCell(tuple(pieces), cell.text[start:end])


def _empty(at: int) -> RawCell:
    return RawCell((Span(at, at),), "")
