"""Rows at the top of a table that head no column: its title over all columns, its unit at the right edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.captions import Heading, read_note
from pipeline.segmentation.tables.headers import is_header_row
from pipeline.segmentation.tables.rows import RawCell, RawRow, cell_reading, content_kind

_MOST: Final = 4
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class TitleRows:
    """How many rows at the top are titles, and what they say."""

    count: int
    heading: Heading


def read_title_rows(source: str, rows: Sequence[RawRow]) -> TitleRows:
    """The title rows of the printed *rows*; in none of them stands more than a title beside notes and form fields."""
    caption: str | None = None
    note = Heading()
    count = 0
    for row in rows[: min(_MOST, len(rows) - 1)]:
        filled = [cell for cell in row.cells if cell.text.strip()]
        if len(row.cells) < 2 or not filled:
            break
        notes = [found for cell in filled if (found := read_note(cell_reading(source, cell)))]
        words = [text for cell in filled if (text := _title(source, cell))]
        if len(words) > 1 or (len(words) == 1 and len(filled) > 1 and not notes):
            break
        if words and notes and not _title(source, filled[0]) and not _heads_follow(rows[count + 1 :]):
            break  # a note in the corner, beside the one head that there is
        if not notes and not (words and _is_title(words[0]) and _heads_follow(rows[count + 1 :])):
            break
        note = notes[0][0] if notes and note.unit_note is None else note
        labelled = Form(next(cell.text for cell in filled)).titled_attachment if words else None
        caption = caption or (squash(labelled[1]) if labelled else words[0] if words else None)
        count += 1
    return TitleRows(count, Heading(caption, note.unit_note, note.unit_span))


def note_in(source: str, cells: Sequence[RawCell]) -> Heading:
    """The note of units in one of the header's *cells*, as in the corner over the stub."""
    for cell in cells:
        found = read_note(cell_reading(source, cell)) if cell.text else None
        if found is not None:
            return found[0]
    return Heading()


def _title(source: str, cell: RawCell) -> str:
    """What a cell says apart from a note of units."""
    found = read_note(cell_reading(source, cell))
    return found[1] if found else squash(cell.text)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST and content_kind(text) not in ("serial", "number", "above", "empty")


def _heads_follow(rows: Sequence[RawRow]) -> bool:
    """Whether a row of column heads, or another title over one, follows."""
    for row in rows[:_MOST]:
        filled = [cell for cell in row.cells if cell.text.strip()]
        if len(filled) > 1:
            return is_header_row(row)
    return False
