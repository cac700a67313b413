"""Columns of tables that name agencies: which they are, and the rows that each cell answers for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.language.folding import squash
from extractors.language.passages import Passage
from extractors.responsibilities.findings import NameList
from extractors.responsibilities.labels import duty_of_header, duty_of_label
from extractors.rules.registry import lexicon, pattern_of
from schemas.records import Cell, Table
from schemas.rows import Duty

Columns = dict[int, tuple[Duty, str]]
"""Duty and rule by column."""


def duty_columns(tables: Sequence[Table]) -> dict[str, Columns]:
    """The columns of each table of a document (by ``table_id``) whose header names agencies.

    A table without header rows has its headers in its first row, or goes on from the one before it, of the same width.
    """
    found: dict[str, Columns] = {}
    for number, table in enumerate(tables):
        columns = _own_columns(table)
        before = tables[number - 1] if number else None
        if not columns and not table.header_rows and before and before.n_columns == table.n_columns:
            columns = found[before.table_id]
        found[table.table_id] = columns
    return found


def _own_columns(table: Table) -> Columns:
    columns: Columns = {}
    for cell in table.cells:
        if cell.column not in columns and not cell.is_header and (found := duty_of_header(cell.header)):
            columns[cell.column] = found
    if not columns and (label := pattern_of("duty.of_table").search(squash(table.caption or ""))):
        found = duty_of_label(label[0])
        heads = {cell.column: cell.header[-1] for cell in table.cells if cell.header and not cell.is_header}
        bare = [column for column, head in heads.items() if pattern_of("duty.column_of_names").search(squash(head))]
        return {column: found for column in bare[:1] if found}
    if not columns and not table.header_rows:
        first = {cell.column: duty_of_label(squash(cell.reading.text)) for cell in table.cells if cell.row == 0}
        return {column: found for column, found in first.items() if found}
    return columns


def applies_to(table: Table) -> dict[tuple[int, int], tuple[int, ...]]:
    """The rows that each printed cell stands for, by (row, column): its own, and those that say "as above" of it."""
    by_column: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if not cell.is_header:
            by_column.setdefault(cell.column, []).append(cell)
    rows: dict[tuple[int, int], list[int]] = {}
    for column, cells in by_column.items():
        owner: dict[int, int] = {}
        above: int | None = None
        for cell in sorted(cells, key=lambda cell: cell.row):
            own = range(cell.row, cell.row + cell.row_span)
            text = squash(cell.reading.text)
            root = above if text in lexicon("ditto_marks") else None
            if not text and cell.inherits_row is not None:
                root = owner.get(cell.inherits_row, cell.inherits_row)
            if text and root is None:
                above = root = cell.row
            if root is not None:
                owner.update({row: root for row in own})
                rows.setdefault((root, column), []).extend(own)
    return {key: tuple(dict.fromkeys(found)) for key, found in rows.items()}


def names_in_cell(passage: Passage, columns: Columns, rows: tuple[int, ...]) -> Iterator[NameList]:
    """The list in a cell of a column that names agencies."""
    cell = passage.cell
    if cell is None or cell.is_header or cell.column not in columns:
        return
    text = squash(cell.reading.text)
    is_header = cell.row == 0 and not cell.header and duty_of_label(text) is not None
    if text in lexicon("ditto_marks") or is_header:
        return
    duty, rule = columns[cell.column]
    yield NameList(
        passage, 0, len(passage.text), duty, rule, strict=True, in_cell=True, rows=rows or (cell.row,), note=0
    )
