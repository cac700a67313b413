"""Where a table of lines ends: what without tabs still belongs to it, and which row begins another right below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extractors.quantities.candidates.unit_notes import find_unit_note
from pipeline.segmentation.lines.lines import Line, page_turns
from pipeline.segmentation.tables.rows import content_kind

_LONGEST_REST: Final = 40
_LONGEST_NAME: Final = 24


def is_of_table(before: Line, line: Line, after: Line) -> bool:
    """Whether *line* belongs to the table in which *before* stands and *after* may stand."""
    if not after.tabular or line.form.note or line.form.caption:
        return False
    return _is_rest_of_row(before, line, after) or _names_rows(before, line, after)


def begins_table(rows: Sequence[Line], line: Line, after: Line) -> bool:
    """Whether *line* is the head of another table than that of the *rows* above it, and *after* its first row.

    Below an empty line, words stand alone where the rows have figures, and over figures: no row of that table.
    """
    if not line.gap or after.gap or not (line.tabular and after.tabular) or any(row.gap for row in rows[1:]):
        return False
    words = line.text.split("\t")
    if line.text == rows[0].text or _figures(line) or sum(map(bool, words)) < max(2, len(words) - 1):
        return False
    below = _figures(after) & {column for column, word in enumerate(words) if word}
    return bool(below) and any(_figures(row) & below for row in rows)


def _figures(line: Line) -> set[int]:
    """The columns behind the first in which a row holds figures."""
    cells = line.text.split("\t")
    return {n for n, cell in enumerate(cells) if n and content_kind(cell) in ("serial", "number")}


def _is_rest_of_row(before: Line, line: Line, after: Line) -> bool:
    """Whether *line* is the remainder of a last cell that a page or the column's width cut."""
    if len(line.text) > _LONGEST_REST:
        return False
    next_number = content_kind(after.text.partition("\t")[0]) == "serial"
    return page_turns(before, line) or (line.gap == 0 and after.gap == 0 and next_number)


def _names_rows(before: Line, line: Line, after: Line) -> bool:
    """Whether *line* names the rows below it, or has no values: a row as wide stands above, and one of figures below.

    Heads of columns below it would begin a table of their own.
    """
    wide = before.text.count("\t")
    if not 0 < after.text.count("\t") <= wide or line.gap + after.gap > 1 or len(line.text) > _LONGEST_NAME:
        return False
    if line.text[-1] in "。；：:，、" or find_unit_note(line.text) is not None:
        return False
    return any(content_kind(cell) in ("serial", "number") for cell in after.text.split("\t")[1:])
