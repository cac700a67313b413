"""Data files: scripts that assign plain data, since a page opened from a file may not fetch anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from pipeline.evaluation.labels import letter_of
from pipeline.site.issue import IssueView, Page
from pipeline.site.marks import Mark, MarkIndex, Row
from schemas.datasets import DATASETS
from schemas.fields import STRING, STRINGS

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
            column.name: {
                "about": column.description,
                "unit": column.unit,
                "values": list(column.values),
                "list": column.type == STRINGS,
            }
            for column in dataset.fields()
        }
        for name, dataset in DATASETS.items()
        if dataset.is_mention or name == "clauses"
    }
    keys = {name: DATASETS[name].key[-1] for name in described}
    judged = {name: DATASETS[name].judged for name in described if DATASETS[name].judged}
    letters = {name: letter_of(name) for name in judged}
    return assign("gongbaoSchema", {"columns": described, "keys": keys, "judged": judged, "letters": letters})


def page_script(view: IssueView, page: Page, index: MarkIndex) -> str:
    """The rows behind the marks of a page. A mark is [dataset, place of its row, start, end, layer, verdict, label].

    Where a row differs from its label, the last holds what the label says of the columns that differ.
    """
    table = _RowTable(view.issue_id)
    marks = [
        [mark.dataset, table.add(mark.dataset, mark.row), mark.start, mark.end, mark.layer, *_verdict(view, mark)]
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
            "targets": {table.short(key): table.add("targets", row) for key, row in targets.items()},
            "clauses": {table.short(str(row["clause_id"])): table.add("clauses", row) for row in clauses},
            "columns": table.columns,
            "coded": table.coded,
            "rows": table.rows,
            "strings": table.strings,
        },
    )


def queue_script(view: IssueView) -> str:
    """What a queue of reviews needs of an issue: of each judged mark id, page, confidence and whether it is in conflict."""
    conflicts = {str(row["quantity_id"]) for row in view.rows["targets"] if row.get("conflict_id")}
    rows = [
        [short_id(view.issue_id, row_id), page.name, _confidence(mark.row), int(row_id in conflicts)]
        for page in view.pages
        for mark in view.index(page).marks
        if mark.dataset in DATASETS and DATASETS[mark.dataset].judged and mark.dataset != "clauses"
        for row_id in [str(mark.row[DATASETS[mark.dataset].key[-1]])]
    ]
    return f"(globalThis.gongbaoQueues ??= []).push({json_for_script({'issue': issue_data(view), 'rows': rows})});\n"


def short_id(issue_id: str, row_id: str) -> str:
    """*row_id* without the issue that it begins with."""
    return row_id.removeprefix(issue_id)


def _confidence(row: Row) -> float | None:
    """The least of a row's confidences."""
    found = [value for name, value in row.items() if name.endswith("_confidence") and value is not None]
    return min(found, default=None)


def issue_data(view: IssueView) -> dict[str, Any]:
    """The data of an issue that the scripts need."""
    return issue_data_of(view.row)


def issue_data_of(row: Row) -> dict[str, Any]:
    """The same, from its row of ``issues``."""
    return {
        "id": row["issue_id"],
        "edition": row["edition_key"] or row["issue_id"],
        "title": issue_title(row),
        "source": row["source_path"],
    }


def issue_title(row: Row) -> str:
    """Title, year and number of an issue for people."""
    year, number = row["publication_year"], row["number"]
    parts = [row["title"] or row["source_path"], f"{year}年" if year else "", f"第{number}期" if number else ""]
    return " ".join(part for part in parts if part)


def text_script(view: IssueView) -> str:
    """The text of an issue with its pages, added to the registry that the search fills from."""
    pages = [{"name": page.name, "title": page.title, "stretches": page.stretches} for page in view.pages]
    data = {"issue": issue_data(view), "pages": pages, "text": view.text}
    return f"(globalThis.gongbaoTexts ??= []).push({json_for_script(data)});\n"


def _verdict(view: IssueView, mark: Mark) -> tuple[str | None, Mapping[str, Any] | None]:
    if mark.dataset == "labels":
        return "missed", None
    said = view.judgement.of(mark.dataset, mark.row)
    return said, view.judgement.label_of(mark.dataset, mark.row) if said == "differs" else None


class _RowTable:
    """Rows by dataset as lists of values, the columns said once; text is a number in the list of all strings."""

    def __init__(self, issue_id: str) -> None:
        self.columns: dict[str, list[str]] = {}
        self.coded: dict[str, list[bool]] = {}
        self.rows: dict[str, list[list[Any]]] = {}
        self._issue = issue_id
        self._strings: dict[str, int] = {}
        self._places: dict[tuple[str, int], int] = {}

    @property
    def strings(self) -> list[str]:
        """The strings in the order of their numbers; ids stand without the issue that they begin with."""
        return list(self._strings)

    def short(self, row_id: str) -> str:
        """*row_id* without its issue."""
        return short_id(self._issue, row_id)

    def add(self, dataset: str, row: Row) -> int:
        """The place of *row* among those of *dataset*; a row that is added again keeps its place."""
        key = (dataset, id(row))
        if key not in self._places:
            if dataset not in self.columns:
                self.columns[dataset], self.coded[dataset] = _columns(dataset)
            rows = self.rows.setdefault(dataset, [])
            values = [row.get(column) for column in self.columns[dataset]]
            coded = self.coded[dataset]
            rows.append([self._code(value) if text else value for value, text in zip(values, coded, strict=True)])
            self._places[key] = len(rows) - 1
        return self._places[key]

    def _code(self, value: Any) -> int | None:
        if value is None:
            return None
        return self._strings.setdefault(self.short(str(value)), len(self._strings))


_LEFT_OUT: Final = frozenset({"issue_id", "sentence", "clause_path"})
"""Columns that only repeat what the page shows."""


def _columns(dataset: str) -> tuple[list[str], list[bool]]:
    """The columns of *dataset* that a page holds, and which of them are text."""
    if dataset not in DATASETS:
        judged = dict.fromkeys(name for one in DATASETS.values() for name in one.judged)
        names = ["dataset", "text", "char_start", "char_end", *judged]
        return names, [False] * len(names)
    known = DATASETS[dataset]
    left_out = _LEFT_OUT | ({"text"} if dataset == "clauses" else set())
    if known.describes is not None:
        left_out |= set(DATASETS[known.describes].columns) - {str(DATASETS[known.describes].id_column)}
    kept = [column for column in known.fields() if column.name not in left_out]
    return [column.name for column in kept], [column.type == STRING for column in kept]
