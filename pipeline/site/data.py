"""Data files: scripts that assign plain data, since a page opened from a file may not fetch anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.site.issue import IssueView, Page
from pipeline.site.marks import Mark, MarkIndex, Row
from schemas.datasets import DATASETS

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def json_for_script(value: Any) -> str:
    """JSON that can stand inside of a script, whatever text it holds: no ``</script>`` ends it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def assign(name: str, value: Any) -> str:
    """A script that assigns *value* to the global *name*."""
    return f"globalThis.{name} = {json_for_script(value)};\n"


def schema_script() -> str:
    """The meaning, unit and allowed values of every column of the datasets whose rows the site shows."""
    described = {
        name: {
            column.name: {"about": column.description, "unit": column.unit, "values": list(column.values)}
            for column in dataset.fields()
        }
        for name, dataset in DATASETS.items()
        if dataset.is_mention or name == "clauses"
    }
    keys = {name: DATASETS[name].key[-1] for name in described}
    judged = {name: DATASETS[name].judged for name in described if DATASETS[name].judged}
    return assign("gongbaoSchema", {"columns": described, "keys": keys, "judged": judged})


def page_script(view: IssueView, page: Page, index: MarkIndex) -> str:
    """The rows behind the marks of a page. A mark is [dataset, place of its row, start, end, layer, verdict]."""
    table = _RowTable()
    marks = [
        [mark.dataset, table.add(mark.dataset, mark.row), mark.start, mark.end, mark.layer, _verdict(view, mark)]
        for mark in index.marks
    ]
    targets = {str(row["quantity_id"]): row for row in view.rows["targets"] if page.holds(int(row["char_start"]))}
    clauses = [row for row in view.rows["clauses"] if page.holds(int(row["char_start"]))]
    return assign(
        "gongbaoPage",
        {
            "issue": issue_data(view),
            "page": {"name": page.name, "title": page.title, "stretches": page.stretches},
            "marks": marks,
            "targets": {key: table.add("targets", row) for key, row in targets.items()},
            "clauses": {str(row["clause_id"]): table.add("clauses", row) for row in clauses},
            "columns": table.columns,
            "rows": table.rows,
        },
    )


def issue_data(view: IssueView) -> dict[str, Any]:
    """The data of an issue that the scripts need."""
    return {
        "id": view.issue_id,
        "edition": view.row["edition_key"] or view.issue_id,
        "title": issue_title(view),
        "source": view.row["source_path"],
    }


def issue_title(view: IssueView) -> str:
    """Title, year and number of an issue for people."""
    year, number = view.row["publication_year"], view.row["number"]
    parts = [
        view.row["title"] or view.row["source_path"],
        f"{year}年" if year else "",
        f"第{number}期" if number else "",
    ]
    return " ".join(part for part in parts if part)


def text_script(view: IssueView) -> str:
    """The text of an issue with its pages, added to the registry that the search fills from."""
    pages = [{"name": page.name, "title": page.title, "stretches": page.stretches} for page in view.pages]
    data = {"issue": issue_data(view), "pages": pages, "text": view.text}
    return f"(globalThis.gongbaoTexts ??= []).push({json_for_script(data)});\n"


def _verdict(view: IssueView, mark: Mark) -> str | None:
    return "missed" if mark.dataset == "labels" else view.judgement.of(mark.dataset, mark.row)


class _RowTable:
    """Rows by dataset as lists of values, the columns said once."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str]] = {}
        self.rows: dict[str, list[list[Any]]] = {}
        self._places: dict[tuple[str, int], int] = {}

    def add(self, dataset: str, row: Row) -> int:
        """The place of *row* among those of *dataset*; a row that is added again keeps its place."""
        key = (dataset, id(row))
        if key not in self._places:
            columns = self.columns.setdefault(dataset, list(_columns(dataset, row)))
            rows = self.rows.setdefault(dataset, [])
            rows.append([row.get(column) for column in columns])
            self._places[key] = len(rows) - 1
        return self._places[key]


def _columns(dataset: str, row: Mapping[str, Any]) -> list[str]:
    if dataset in DATASETS:
        return [name for name in DATASETS[dataset].columns if name != "issue_id"]
    return ["dataset", "text", "char_start", "char_end", "low", "high", "unit", "comparator", "kind", "indicator",
            "deadline", "stretch", "name", "role", "agency", "duty"]  # fmt: skip
