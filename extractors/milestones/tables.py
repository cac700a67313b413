"""Tables of tasks: the column that says by when, and the column that says what, or columns that are headed by a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.language.folding import fold, squash
from extractors.language.passages import Passage
from extractors.milestones.stages import soon_behind, stage_of
from extractors.milestones.times import dated, last_year, stated_time
from extractors.rules.registry import rules_of, signs_of
from schemas.records import Cell, Document, Table

_TIME = "milestone.column.time"
_TASK = "milestone.column.task"
_OF_TIME = "milestone.column.of_time"
_COLONS = frozenset("：:")
"""A cell with a colon is a schedule of its own, read as text."""
_SCHEDULED = 3
"""A cell with so many times is a schedule, read as text."""
_LONGEST_BESIDE = 10
"""Characters that a cell of a time may hold beside it (前完成并长期坚持)."""
_YEAR = 4
"""Characters of a date that is a year."""


@dataclass(frozen=True)
class RowTimes:
    """For the cells of a document that say what is to be done: by when the times of their row or column say so.

    ``columns``: the tables' columns that are headed by a time.
    """

    dates: Mapping[tuple[str, int, int], str]
    columns: frozenset[tuple[str, int]] = frozenset()
    schedules: frozenset[tuple[str, int]] = frozenset()
    """The columns of times by which the tasks of their rows are to be done: whatever else their cells say is planned."""
    times: frozenset[tuple[str, int, int]] = frozenset()
    """The cells of these columns, by table, column and row, that say by when and no more."""

    @classmethod
    def of(cls, document: Document, year: int | None) -> RowTimes:
        """The dates of the task cells of *document*'s tables; *year* is that of bare months."""
        dates: dict[tuple[str, int, int], str] = {}
        columns: set[tuple[str, int]] = set()
        schedules: set[tuple[str, int]] = set()
        times: set[tuple[str, int, int]] = set()
        for table in document.tables:
            dates.update(_dates(table, year, soon_behind(document)))
            named = _named(table, _TIME)
            schedules.update((table.table_id, column) for column in named)
            times.update(
                (table.table_id, cell.column, cell.row)
                for cell in table.cells
                if cell.column in named and _is_time(text := fold(cell.reading).text, year) and stated_time(text, year)
            )
            headed = _headed_by_time(table, year)
            columns.update((table.table_id, column) for column in headed)
            dates.update(
                {
                    (table.table_id, cell.row, cell.column): headed[cell.column]
                    for cell in table.cells
                    if cell.column in headed and not cell.is_header and (cell.row or table.header_rows)
                }
            )
        return cls(dates, frozenset(columns), frozenset(schedules), frozenset(times))

    def due(self, passage: Passage) -> str | None:
        """The date of the row of *passage*, where it is the cell of a task."""
        if passage.table is None or passage.cell is None:
            return None
        return self.dates.get((passage.table.table_id, passage.cell.row, passage.cell.column))

    def rule(self, passage: Passage) -> str | None:
        """The rule of :meth:`due`."""
        if not self.due(passage):
            return None
        return _OF_TIME if self.heads(passage) else _TIME

    def heads(self, passage: Passage) -> bool:
        """Whether a time heads the column of *passage*: then no other cell of its row counts what it says."""
        return _column(passage) in self.columns

    def plans(self, passage: Passage) -> bool:
        """Whether *passage* is the cell of a column of times."""
        return _column(passage) in self.schedules

    def is_time(self, passage: Passage) -> bool:
        """Whether *passage* is a cell that says by when the task of its row is to be done, and no more."""
        return passage.cell is not None and (*_column(passage), passage.cell.row) in self.times


def _column(passage: Passage) -> tuple[str, int]:
    """The table and column of *passage*."""
    if passage.table is None or passage.cell is None:
        return "", 0
    return passage.table.table_id, passage.cell.column


def _dates(table: Table, year: int | None, signed: dt.date | None) -> dict[tuple[str, int, int], str]:
    times = _named(table, _TIME)
    tasks = _named(table, _TASK) - times
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
        stated = [stated_time(text, year, signed) for text in printed if _is_time(text, year)]
        date = next((time.date for time in reversed(stated) if time), None) or _spilt(table, row + 1, year, signed)
        if date and task in cells:
            found.setdefault((table.table_id, cells[task].row, task), date)
    return found


def _spilt(table: Table, row: int, year: int | None, signed: dt.date | None) -> str | None:
    """The date that *row* of *table*, of cells printed as lines, is all of: that of the row above, one of whose cells took two lines."""
    cells = [cell for cell in table.rows().get(row, ()) if len(cell.reading)]
    return (
        stage_of("milestone.line.time", fold(cells[0].reading).text.strip(), year, signed) if len(cells) == 1 else None
    )


def _is_time(text: str, year: int | None) -> bool:
    """Whether a cell of a column of times says by when and no more: no schedule of its own, and nothing that goes on all year."""
    if _COLONS & set(text) or any(rule.search(text) for rule in rules_of("milestone.column.ongoing")):
        return False
    times = dated(text, year, signs_of(text))
    beside = text[: times[0].start] + text[times[-1].end :] if times else ""
    return len(times) < _SCHEDULED and len(beside) <= _LONGEST_BESIDE


def _headed_by_time(table: Table, year: int | None) -> dict[int, str]:
    """The dates of the columns of *table* that are headed by a part of a year; by a year where two columns are, by another each.

    Of a table whose header is not known as such, the first row tells.
    """
    found: dict[int, str] = {}
    for column, path in _heads(table).items():
        match = next((m for rule in rules_of(_OF_TIME) if (m := rule.search(path[-1]))), None)
        time = stated_time(match["time"], last_year("".join(path[:-1])) or year) if match else None
        if time is not None:
            found[column] = time.date
    if not table.header_rows and len(found) == 1:
        return {}
    years = {date for date in found.values() if len(date) == _YEAR}
    return {column: date for column, date in found.items() if len(date) > _YEAR or len(years) > 1}


def _heads(table: Table) -> dict[int, tuple[str, ...]]:
    """The texts over each column of *table*, outermost first, without blanks."""
    heads: dict[int, tuple[str, ...]] = {}
    for cell in table.cells:
        path = cell.header or ((cell.reading.text,) if not table.header_rows and not cell.row else ())
        if path:
            heads.setdefault(cell.column, tuple(squash(one) for one in path))
    return heads


def _heads_a_group(task: Cell, times: Sequence[Cell], row: int) -> bool:
    """Whether *task* is the name of the tasks below it: its *row* has no time of its own."""
    text = fold(task.reading).text
    return all(time.row != row for time in times) and any(rule.search(text) for rule in rules_of("milestone.group_row"))


def _named(table: Table, prefix: str) -> set[int]:
    """The columns of *table* whose header one of the rules of *prefix* finds."""
    return {column for column, path in _heads(table).items() if any(rule.search(path[-1]) for rule in rules_of(prefix))}
