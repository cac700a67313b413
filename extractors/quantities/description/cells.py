"""Numbers in table cells: row name and column name make the indicator, headers and captions the kind and deadline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from extractors.language.folding import fold, squash
from extractors.quantities.candidates.cells import PART, whole_header
from extractors.quantities.description.deadline import time_expressions
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.kind import Kind, kind_by_label, kind_of_column
from extractors.quantities.frames.elided import inherit
from extractors.rules.registry import rules_of
from schemas.records import Cell, Document, Table
from schemas.spans import Reading

_REPEATS: Final = frozenset({"同上", "〃", "″", "＂", '"', "”", "“", "同左", ""})
_UNIT_NOTE: Final = re.compile(r"[（(][^（()）]{0,16}[）)]$|(?<=[\u4e00-\u9fff])±?[%％‰]$")
_YEAR: Final = re.compile(r"20\d\d")
_NUMBER: Final = re.compile(r"[≥≤><＞＜±+\-−]?\d")
_BRACKETED: Final = re.compile(r"（[^（）]*）$")
_TOTAL: Final = re.compile(r"(?:全[省市州县区旗镇乡])?(?:合计|总计|共计|小计|总数)")
_CHANGE: Final = re.compile(r"^(?:年均)?(?:增[幅长速]|变化)|〔|年均增[长速]")
_ROW_NUMBER: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_MARK_OF_PART: Final = re.compile(r"^(?:其中[:：]?|在.{1,8}中[:：]|按.{1,10}分[:：]|[#＃])")
_LONGEST_NAME: Final = 40
_FARTHEST_ABOVE: Final = 300
_LONGEST_CELL_NAME: Final = 24
_WIDEST_HEADER: Final = 3
"""A header over several columns of names (总量 | 园区技工贸总收入): the last one names the row."""


@dataclass(frozen=True)
class TableView:
    """A table looked up by row and column; merged and "as above" cells are seen through."""

    table: Table
    document: Document

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], Cell]:
        """The cell at every position, merged cells at each position that they cover."""
        return {
            (cell.row + down, cell.column + right): cell
            for cell in self.table.cells
            for down in range(cell.row_span)
            for right in range(cell.column_span)
        }

    @cached_property
    def headers(self) -> Mapping[int, tuple[str, ...]]:
        """The header path of each column."""
        found: dict[int, tuple[str, ...]] = {}
        for cell in self.table.cells:
            if cell.header and cell.column not in found:
                found[cell.column] = cell.header
        return found

    @cached_property
    def texts(self) -> Mapping[tuple[int, int], str]:
        """The text of every position without blanks."""
        return {place: squash(cell.reading.text) for place, cell in self.cells.items()}

    def column_like(self, prefix: str) -> int | None:
        """The first column whose header a rule of *prefix* matches."""
        columns = sorted(self.headers.items())
        for column, header in columns:
            text = "".join(header)
            if any(rule.pattern.search(text) for rule in rules_of(prefix)):
                return max(other for other, path in columns if path == header and other - column < _WIDEST_HEADER)
        return None

    def holds_numbers(self, column: int) -> bool:
        """Whether most of the column's data cells begin with a digit or a sign of comparison."""
        return column in self._columns_of_numbers

    @cached_property
    def _columns_of_numbers(self) -> frozenset[int]:
        filled: dict[int, list[bool]] = {}
        for cell in self.table.cells:
            text = self.texts[cell.row, cell.column]
            if not cell.is_header and text not in _REPEATS:
                filled.setdefault(cell.column, []).append(_NUMBER.match(text) is not None)
        return frozenset(column for column, numbers in filled.items() if 2 * sum(numbers) > len(numbers))

    @cached_property
    def has_planned_column(self) -> bool:
        """Whether a column of numbers is headed as planned; a column of words (工作任务) names what is done."""
        kinds = ((column, kind_of_column(header, None)) for column, header in self.headers.items())
        return any(kind and kind.value == "target" and self.holds_numbers(column) for column, kind in kinds)

    def is_planned(self, column: int) -> bool:
        """Whether *column* is headed as planned, whatever its cells hold."""
        kind = kind_of_column(self.headers.get(column, ()), None)
        return kind is not None and kind.value == "target"

    def has_later_column(self, plan_year: int | None) -> bool:
        """Whether a column is headed by a year behind *plan_year*."""
        headers = self.headers.values()
        return plan_year is not None and any(year > plan_year for header in headers for year in _years(header))

    @cached_property
    def name_column(self) -> int | None:
        """The column that names the rows, by its header."""
        return self.column_like("cell.name_column")

    @cached_property
    def time_column(self) -> int | None:
        """The column of deadlines."""
        return self.column_like("cell.time_column")

    @cached_property
    def gives_marks(self) -> bool:
        """Whether the table is that of an assessment: one of its columns holds marks."""
        return self.column_like("cell.marks_column") is not None

    @cached_property
    def two_sided(self) -> frozenset[int]:
        """The rows in which cells have names of their own on two sides (收入 | 支出)."""
        labels: dict[int, set[str]] = {}
        for cell in self.table.cells:
            if cell.row_label:
                labels.setdefault(cell.row, set()).add(cell.row_label)
        several = {row for row, names in labels.items() if len(names) > 1}
        return frozenset(labels) if several else frozenset()

    def is_total(self, row: int) -> bool:
        """Whether the row sums up those above it."""
        return _TOTAL.fullmatch(self.texts.get((row, 0), "")) is not None

    def value_above(self, row: int, column: int) -> str:
        """The text at a position, or what its "as above" sign repeats."""
        for above in range(row, max(self.table.header_rows, row - _FARTHEST_ABOVE) - 1, -1):
            text = self.texts.get((above, column), "")
            if text not in _REPEATS:
                return text
        return ""


def row_name(view: TableView, cell: Cell) -> str:
    """What names the row of *cell*: its name column, else the label that the segmenter found."""
    if cell.row in view.two_sided:
        return _with_whole(cell, _unnumbered(squash(cell.row_label or "")))
    return _with_whole(cell, _unnumbered(_row_name(view, cell)))


def _with_whole(cell: Cell, name: str) -> str:
    """The name of a part with that of its whole before it, without which it does not stand alone (人口 / 其中：女性)."""
    if cell.part_of_row is None or not cell.row_group or not name:
        return name
    whole = _BRACKETED.sub("", cell.row_group[-1])
    return name if whole in name or len(whole) + len(name) > _LONGEST_NAME else f"{whole}{name}"


def _unnumbered(name: str) -> str:
    """*name* without the number of its row and without 其中."""
    return _MARK_OF_PART.sub("", _ROW_NUMBER.sub("", name)) or name


def _row_name(view: TableView, cell: Cell) -> str:
    if view.is_total(cell.row):
        return view.texts[cell.row, 0]
    column = view.name_column
    if column is not None and column != cell.column:
        name = _BRACKETED.sub("", view.texts.get((cell.row, column), ""))
        if name and len(name) <= _LONGEST_CELL_NAME and name != view.texts.get((cell.row, cell.column)):
            return name
        if not name and cell.row_span == 1:
            return view.value_above(cell.row, column) if cell.row_label is None else squash(cell.row_label)
    label = squash(cell.row_label or "")
    return label if label and label != squash(cell.reading.text) else _name_to_the_left(view, cell)


def _name_to_the_left(view: TableView, cell: Cell) -> str:
    """The nearest cell to the left that holds words and no number."""
    for column in range(cell.column - 1, -1, -1):
        text = view.texts.get((cell.row, column), "")
        if text and text not in _REPEATS and len(text) <= _LONGEST_CELL_NAME and not re.search(r"\d", text):
            return text
    return ""


def is_remark(cell: Cell) -> bool:
    """Whether the cell stands in a column of remarks."""
    return any(rule.pattern.search("".join(cell.header)) for rule in rules_of("cell.remark_column"))


def is_profile(cell: Cell) -> bool:
    """Whether the cell stands in a column that tells what a project is like."""
    return bool(cell.header) and _reads_as("cell.profile_column", squash(cell.header[-1]))


def column_name(header: tuple[str, ...]) -> str:
    """A column's name: its header path without notes of units."""
    parts = [_UNIT_NOTE.sub("", squash(part)) for part in header]
    kept = [part for index, part in enumerate(parts) if part and part not in parts[:index]]
    return "".join(kept)


def _column_of(table: Table, cell: Cell) -> str:
    """The name of the column of *cell*; a part takes what it leaves unsaid from the whole (其中：水稻 → 水稻面积)."""
    name = column_name(cell.header)
    if not cell.header or not PART.match(squash(cell.header[-1])):
        return name
    whole = column_name(whole_header(table, cell))
    return inherit(PART.sub("", column_name(cell.header[-1:])), whole) if whole else name


def number_indicator(view: TableView, cell: Cell) -> str:
    """The indicator of a cell that holds a number alone."""
    row = row_name(view, cell)
    column = _column_of(view.table, cell)
    if len(cell.header) > 1 and row.endswith(side := squash(cell.header[0])):
        column = column.removeprefix(side)  # 教育支出 under 支出 / 决算数
    if not column or _reads_as("cell.plain_column", column):
        return (row or column)[:_LONGEST_NAME]
    note = _row_note(cell)
    if _reads_as("cell.change_column", column):
        column = _level_of(view, cell, row) + column
    return f"{row}{column}{note}"[: 2 * _LONGEST_NAME] or view.table.caption or squash(cell.reading.text)


def _level_of(view: TableView, cell: Cell, row: str) -> str:
    """What changes in a column headed by its change alone (产量（万吨） | 比上年增长（%）): the name of the nearest level."""
    for column in range(cell.column - 1, -1, -1):
        name = column_name(view.headers.get(column, ()))
        if not name or not view.holds_numbers(column):
            continue
        if _reads_as("cell.plain_column", name):
            return ""
        if _reads_as("cell.change_column", name):
            continue
        return "" if row.endswith(name) or _YEAR.search(name) else name
    return ""


def _reads_as(prefix: str, name: str) -> bool:
    return any(rule.pattern.fullmatch(name) for rule in rules_of(prefix))


def _row_note(cell: Cell) -> str:
    """A remark in brackets behind the number (7000平方米（租）)."""
    match = re.search(r"[（(]([^（()）\d]{1,6})[）)]$", squash(cell.reading.text))
    return f"（{match[1]}）" if match else ""


def number_kind(view: TableView, cell: Cell, document: Kind, plan_year: int | None) -> Kind:
    """The kind of a number in a cell: its column's header, its year, the table's caption, the document."""
    years = _years(cell.header)
    own = kind_of_column(cell.header, None)
    if own is not None:
        return own
    planned = view.has_planned_column or view.has_later_column(plan_year) or view.is_planned(cell.column - 1)
    if planned and _CHANGE.search(squash("".join(cell.header))):
        return kind_by_label(
            "kind.cell", "change beside planned", "growth beside what is planned", "".join(cell.header)
        )
    if years and plan_year is not None:
        if years[-1] > plan_year:
            return kind_by_label("kind.cell", "later year", f"the column's year is after {plan_year}", str(years[-1]))
        return kind_by_label(
            "kind.cell", "no later year", f"the column's year is not after {plan_year}", str(years[-1])
        )
    if view.has_later_column(plan_year):
        return kind_by_label("kind.cell", "beside a later year", f"another column's year is after {plan_year}")
    if view.has_planned_column:
        return kind_by_label("kind.cell", "beside planned", "another column of the table holds what is planned")
    captioned = kind_of_column((), view.table.caption) or kind_of_column((), view.document.subject_title)
    if captioned is not None:
        return captioned
    if document.value == "standard" and view.column_like("kind.header.standard") is not None:
        return kind_by_label("kind.cell", "rates", "a rule's table with a column of rates", document.words)
    return kind_by_label("kind.cell", "plain", "nothing says that the table plans or rules")


def _years(header: tuple[str, ...]) -> list[int]:
    return [int(year) for part in header for year in _YEAR.findall(part)]


def cell_deadline(
    view: TableView, cell: Cell, plan_year: int | None, signed: dt.date | None = None
) -> Finding[str] | None:
    """The deadline of a cell: its row's entry in a column of deadlines, else the year of its column's header.

    *signed* is the day of the paper.
    """
    column = view.time_column
    if column is not None and column != cell.column and not view.is_total(cell.row):
        text = view.value_above(cell.row, column)
        found = time_expressions(fold(Reading.of(text, 0, len(text))).text, plan_year, signed=signed)
        if found:
            return Finding(found[-1].date, "the row's entry in the column of deadlines", text, found[-1].rule_id)
    for part in reversed(cell.header):
        found = time_expressions(squash(part), plan_year, signed=signed)
        if found:
            return Finding(found[-1].date, "the column's header", part, found[-1].rule_id)
    return None
