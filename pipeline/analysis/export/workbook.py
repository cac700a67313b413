"""An Excel workbook: a sheet a view with real dates, filters and widths, a sheet of definitions, links to the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.analysis.conflicts import EarlierVersionError, conflicts
from pipeline.analysis.database import column_descriptions
from pipeline.analysis.export.cells import fitting
from pipeline.analysis.export.views import link_of, places_of, views
from pipeline.analysis.loading import Editions, select
from pipeline.analysis.panel import panel
from pipeline.analysis.promises import calendar, owners
from schemas.datasets import DATASETS

_SHEETS: Final = (
    "targets",
    "milestones",
    "quantities",
    "officials",
    "responsibilities",
    "citations",
    "documents",
    "issues",
)
_MOST_ROWS: Final = 1_048_575
"""Rows of a sheet beside its header; what is more goes to a further sheet."""
_MOST_LINKS: Final = 65_530
"""Links that Excel opens in one sheet."""
_WIDEST: Final = 60
_NARROWEST: Final = 8
_SAMPLED: Final = 200
"""Rows by which a column's width is found."""

Rows = Sequence[Mapping[Any, Any]]


def write(processed: str | Path, out: Path, editions: Editions, site: str | None) -> list[Path]:
    """Write the workbook to *out*; returns it. Needs the extra ``analysis``."""
    try:
        import xlsxwriter
    except ModuleNotFoundError:
        raise ModuleNotFoundError("a workbook needs XlsxWriter: pip install 'gongbao[analysis]'") from None
    found = views(processed, editions)
    settings = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": False,
    }
    with xlsxwriter.Workbook(str(out), settings) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # the same bytes for the same rows
        sheets = _Sheets(book, site)
        for name in (name for name in _SHEETS if name in found):
            sheets.add(name, found[name].column_names, found[name].to_pylist(), DATASETS[name].id_column)
        sheets.add_frame("calendar", calendar(processed, editions), "row_id")
        sheets.add_frame("owners", owners(processed, editions), "row_id")
        places = places_of(select(processed, editions)) if site else {}
        for title, make, row_id in (("panel", panel, "target_id"), ("conflicts", conflicts, "one_id")):
            sheets.add_frame(title, _or_empty(make, processed, editions), row_id, places)
        sheets.definitions()
    return [out]


def _or_empty(
    make: Callable[[str | Path, Editions], pd.DataFrame], processed: str | Path, editions: Editions
) -> pd.DataFrame:
    """What *make* gives; nothing for a folder of an earlier version, which names no metrics."""
    try:
        return make(processed, editions)
    except EarlierVersionError:
        return pd.DataFrame()


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, book: Any, site: str | None) -> None:
        self._book, self._site = book, site
        self._columns: dict[str, Sequence[str]] = {}
        self._head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._link = book.get_default_url_format()

    def add(self, name: str, columns: Sequence[str], rows: Rows, row_id: str | None) -> None:
        """A sheet of *rows*, several where they are more than a sheet holds."""
        self._columns[name] = columns
        for number, first in enumerate(range(0, max(1, len(rows)), _MOST_ROWS)):
            title = name if not number else f"{name} {number + 1}"
            self._sheet(title, columns, rows[first : first + _MOST_ROWS], row_id)

    def add_frame(
        self, name: str, frame: pd.DataFrame, row_id: str, places: Mapping[str, Mapping[str, Any]] | None = None
    ) -> None:
        """A sheet of *frame*; *places* say where the rows named by *row_id* stand, where the frame does not."""
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        if places is None:
            self.add(name, list(frame.columns), rows, row_id)
        else:
            self.add(name, list(frame.columns), [{**places.get(str(row[row_id]), {}), **row} for row in rows], None)

    def _sheet(self, title: str, columns: Sequence[str], rows: Rows, row_id: str | None) -> None:
        sheet = self._book.add_worksheet(title)
        linked = self._site is not None and any(row.get("issue_id") for row in rows)
        names = [*(["evidence"] if linked else []), *columns]
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, self._head)
            sheet.set_column(column, column, _width(name, rows))
        for number, row in enumerate(rows, 1):
            if linked:
                link = link_of(dict(row), row_id, self._site or "")
                if link and number <= _MOST_LINKS:
                    sheet.write_url(number, 0, link, self._link, "open")
            for column, name in enumerate(columns, int(linked)):
                self._write(sheet, number, column, row.get(name))
        sheet.freeze_panes(1, 0)
        if columns:
            sheet.autofilter(0, 0, max(1, len(rows)), len(names) - 1)

    def _write(self, sheet: Any, row: int, column: int, value: object) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, column, value, self._date)
        else:
            sheet.write_string(row, column, fitting(str(value)))

    def definitions(self) -> None:
        """The sheet that says what each column of each sheet before it means."""
        rows = [
            {"sheet": name, "column": column, "meaning": column_descriptions(name).get(column, "")}
            for name, columns in self._columns.items()
            for column in columns
        ]
        self._sheet("definitions", ["sheet", "column", "meaning"], rows, None)


def _width(name: str, rows: Rows) -> int:
    """A width that shows most values: Chinese characters take two places."""
    widths = sorted(sum(2 if char > "⺀" else 1 for char in str(row.get(name) or "")) for row in rows[:_SAMPLED])
    common = widths[len(widths) * 9 // 10] if widths else 0
    return min(_WIDEST, max(_NARROWEST, len(name) + 2, common + 1))
