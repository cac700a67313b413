"""The numbered clauses that a table prints: items within a cell, and rows whose numbers make an outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace as renamed
from typing import Final

from pipeline.segmentation.clauses.tree import path_label, system_ranks
from pipeline.segmentation.lines.markers import Marker, Progress, read_marker, stretches
from schemas.records import Cell, Clause, Table
from schemas.replacing import replace
from schemas.spans import Reading

_ITEM_START: Final = re.compile(r"(?:^|(?<=[\s。；;：:>]))(?=\d{1,3}\s?[.．、]|[①-⑳])")
_BARE: Final = re.compile(r"[^\W_]{1,3}")
"""A number alone in its cell, without the sign that parts it from its text in a line."""
_SHORTEST: Final = 8


def table_clauses(source: str, clauses: Sequence[Clause], tables: Sequence[Table]) -> list[Clause]:
    """The clauses that the *tables* of a document print; *clauses* are those printed outside of them.

    They are the items of its cells, two or more in a cell (1. …；2. …). Where a document is a table and nothing
    else, and the first column of it counts by two systems (一、 over 1), its rows are clauses too, each the
    number with the name beside it; the items of the row's cells stand under it.
    """
    found: list[Clause] = []
    alone = len(tables) == 1 and not any(clause.clause_type in ("numbered", "paragraph") for clause in clauses)
    for table in tables:
        rows = _outline(source, table) if alone else []
        above = {row.row: row for row in rows}
        depth = max((row.level for row in rows), default=0)
        found += rows
        for item in _cell_items(table):
            row = above.get(item.row)
            path = f"{row.path}/{item.path}" if row else item.path
            parent = row.clause_id if row else item.parent_id
            found.append(replace(item, parent_id=parent, level=depth + 1 if row else 1, path=path))
    return found


def _outline(source: str, table: Table) -> list[Clause]:
    """The numbered rows of *table*, where its first column counts by two systems or more; none where by one."""
    rows = list(_numbered_rows(table))
    ranks = system_ranks([marker for marker, _ in rows])
    if len(set(ranks.values())) < 2:
        return []
    found: list[Clause] = []
    stack: list[Clause] = []
    for marker, cells in rows:
        level = ranks[marker.kind]
        stack = [clause for clause in stack if clause.level < level]
        parent = stack[-1] if stack else None
        pieces = [piece for cell in cells for piece in cell.reading.pieces(0, len(cell.reading))]
        reading = Reading.join(source, pieces)
        path = "/".join([*([parent.path] if parent else []), path_label(marker)])
        heading = cells[1].reading.text.strip() if len(cells) > 1 else None
        clause = replace(_clause(table, cells[0], marker, reading, parent, level), path=path, heading=heading)
        found.append(clause)
        stack.append(clause)
    return [replace(clause, subtree_end=_end(table, clause, found[number:])) for number, clause in enumerate(found, 1)]


def _numbered_rows(table: Table) -> Iterator[tuple[Marker, Sequence[Cell]]]:
    """The rows that a number begins in the first column: the marker, its cell and the cell that names the row."""
    for cells in table.rows().values():
        first = cells[0]
        text = first.reading.text.strip()
        if first.is_header or first.column or not text:
            continue
        closed = f"{text}、" if _BARE.fullmatch(text) else text
        marker = read_marker(closed, Progress())
        if marker is not None and marker.text.strip() == closed:
            names = [cell for cell in cells[1:] if len(cell.reading)]
            yield renamed(marker, text=text), [first, *names[:1]]


def _end(table: Table, clause: Clause, after: Sequence[Clause]) -> int:
    """Where the rows end that stand under the row *clause*: before the next of *after* that stands beside or over it."""
    stop = next((other.row for other in after if other.level <= clause.level), None)
    last = [cell.span.end for cell in table.cells if stop is None or cell.row < stop]
    return max(clause.span.end, *last[-1:])


def _clause(table: Table, cell: Cell, marker: Marker, reading: Reading, parent: Clause | None, level: int) -> Clause:
    span = reading.whole()
    issue_id = table.document_id.partition("/")[0]
    return Clause(
        clause_id=f"{issue_id}/c/{span.start}",
        document_id=table.document_id,
        parent_id=parent.clause_id if parent else table.clause_id,
        ordinal=0,
        part=table.part,
        clause_type="cell_item",
        level=level,
        marker=marker.text.strip(),
        number=marker.number,
        path=str(marker.number),
        heading=None,
        reading=reading,
        span=span,
        subtree_end=span.end,
        table_id=table.table_id,
        row=cell.row,
        column=cell.column,
    )


def _cell_items(table: Table) -> Iterator[Clause]:
    """The numbered items of the table's cells (1. …；2. …), two or more in a cell."""
    for cell in table.cells:
        if cell.is_header or len(cell.reading) < _SHORTEST:
            continue
        for start, end, marker in stretches(_items(cell.reading), len(cell.reading)):
            yield _clause(table, cell, marker, _stripped(cell.reading, start, end), None, 1)


def _items(reading: Reading) -> list[tuple[int, Marker]]:
    """The markers of a cell's items with their positions: a series that counts up, from any number."""
    progress = Progress()
    found: list[tuple[int, Marker]] = []
    for match in _ITEM_START.finditer(reading.text):
        at = match.start()
        rest = reading.text[at : at + 40]
        if not found:
            first = re.match(r"(\d{1,3})\s?[.．、]", rest)
            if first:
                progress.last["dot"] = int(first[1]) - 1
        marker = read_marker(rest, progress)
        if marker is None or marker.kind not in ("dot", "comma", "circled"):
            continue
        if found and (
            marker.kind != found[-1][1].kind
            or marker.number <= found[-1][1].number
            or marker.number > found[-1][1].number + 2
        ):
            continue
        found.append((at, marker))
        progress.take(marker)
    return found if len(found) >= 2 or (found and found[0][0] == 0) else []


def _stripped(reading: Reading, start: int, end: int) -> Reading:
    while end > start and reading.text[end - 1].isspace():
        end -= 1
    return reading.slice(start, end)
