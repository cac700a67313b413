"""Numbers of rows that are parts of other rows (其中：, #, indents), tied to the numbers of those in their column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from schemas.records import Table
from schemas.rows import Quantity


def tie_parts(quantities: Sequence[Quantity], tables: Iterable[Table]) -> list[Quantity]:
    """The *quantities*, those in the cells of a part tied to the one number that its whole has in their column."""
    wholes: dict[tuple[str | None, int | None, int | None], int] = {
        (table.table_id, cell.row, cell.column): cell.part_of_row
        for table in tables
        for cell in table.cells
        if cell.part_of_row is not None
    }
    if not wholes:
        return list(quantities)
    at: dict[tuple[str | None, int | None, int | None], list[str]] = {}
    for one in quantities:
        at.setdefault((one.place.table_id, one.place.row, one.place.column), []).append(one.quantity_id)
    tied: list[Quantity] = []
    for one in quantities:
        place = (one.place.table_id, one.place.row, one.place.column)
        row = wholes.get(place)
        whole = at.get((one.place.table_id, row, one.place.column), []) if row is not None else []
        alone = len(whole) == 1 and len(at[place]) == 1 and one.part_of_quantity_id is None
        tied.append(replace(one, part_of_quantity_id=whole[0]) if alone else one)
    return tied
