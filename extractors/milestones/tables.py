"""Tables of tasks: the column that says by when, and the column that says what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.milestones.times import stated_time
from extractors.rules.registry import rules_of
from schemas.records import Cell, Document, Table

_TIME = "milestone.column.time"
_TASK = "milestone.column.task"
_COLONS = frozenset("：:")
"""A cell with a colon is a schedule of its own, read as text."""


@dataclass(frozen=True)
class RowTimes:
    """For the cells of a document that say what is to be done in their row: by when their row's times say so."""

    dates: Mapping[tuple[str, int, int], str]

    @classmethod
    def of(cls, document: Document, year: int | None) -> RowTimes:
        """The dates of the task cells of *document*'s tables; *year* is that of bare months."""
        dates: dict[tuple[str, int, int], str] = {}
        for table in document.tables:
            dates.update(_dates(table, year))
        return cls(dates)

    def due(self, passage: Passage) -> str | None:
        """The date of the row of *passage*, where it is the cell of a task."""
        if passage.table is None or passage.cell is None:
            return None
        return self.dates.get((passage.table.table_id, passage.cell.row, passage.cell.column))

    def rule(self, passage: Passage) -> str | None:
        """The rule of :meth:`due`."""
        return _TIME if self.due(passage) else None


def _dates(table: Table, year: int | None) -> dict[tuple[str, int, int], str]:
    times = {cell.column for cell in table.cells if _is_headed(cell, _TIME)}
    tasks = {cell.column for cell in table.cells if _is_headed(cell, _TASK)} - times
    if not times or not tasks:
        return {}
    lengths = {column: sum(len(cell.reading) for cell in table.cells if cell.column == column) for column in tasks}
    task = max(sorted(tasks), key=lambda column: lengths[column])
    found: dict[tuple[str, int, int], str] = {}
    for row in range(table.header_rows, table.n_rows):
        cells = {cell.column: cell for cell in table.covering(row)}
        if task in cells and _heads_a_group(cells[task], [cells[column] for column in times if column in cells], row):
            continue
        printed = [fold(cells[column].reading).text for column in sorted(times) if column in cells]
        stated = [stated_time(text, year) for text in printed if not _COLONS & set(text)]
        date = next((time.date for time in reversed(stated) if time), None)
        if date and task in cells:
            found.setdefault((table.table_id, cells[task].row, task), date)
    return found


def _heads_a_group(task: Cell, times: Sequence[Cell], row: int) -> bool:
    """Whether *task* is the name of the tasks below it: its *row* has no time of its own."""
    text = fold(task.reading).text
    return all(time.row != row for time in times) and any(rule.search(text) for rule in rules_of("milestone.group_row"))


def _is_headed(cell: Cell, prefix: str) -> bool:
    header = squash(cell.header[-1]) if cell.header else ""
    return bool(header) and not cell.is_header and any(rule.search(header) for rule in rules_of(prefix))
