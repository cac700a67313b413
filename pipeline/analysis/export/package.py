"""CSV files that open in Excel, and a Frictionless data package of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from pipeline.analysis.database import column_descriptions
from pipeline.analysis.export.cells import harmless_table
from pipeline.analysis.export.views import views
from pipeline.analysis.loading import Editions
from schemas.datasets import DATASETS

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the system's encoding."""
_TYPES: Final = (
    (pa.types.is_boolean, "boolean"), (pa.types.is_integer, "integer"), (pa.types.is_floating, "number"),
    (pa.types.is_date, "date"),
)  # fmt: skip


def write_csv(processed: str | Path, out: Path, editions: Editions, site: str | None) -> list[Path]:
    """Write a CSV file a dataset into the folder *out*; UTF-8 with a byte order mark, for Excel."""
    return [_write(out, name, table, _BYTE_ORDER_MARK) for name, table in views(processed, editions).items()]


def write_package(processed: str | Path, out: Path, editions: Editions, site: str | None) -> list[Path]:
    """Write CSV files and ``datapackage.json`` into the folder *out*."""
    tables = views(processed, editions)
    files = [_write(out, name, table, "") for name, table in tables.items()]
    described = {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": "gongbao",
        "title": "Chinese government gazettes as structured data",
        "resources": [_resource(name, table) for name, table in tables.items()],
    }
    path = out / "datapackage.json"
    path.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*files, path]


def _write(out: Path, name: str, table: pa.Table, opening: str) -> Path:
    out.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.column_names)
    for row in harmless_table(table).to_pylist():
        writer.writerow(_printed(value) for value in row.values())
    path = out / f"{name}.csv"
    path.write_bytes((opening + text.getvalue()).encode("utf-8", "replace"))
    return path


def _printed(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _resource(name: str, table: pa.Table) -> dict[str, Any]:
    dataset = DATASETS[name]
    schema: dict[str, Any] = {"fields": [_field(name, column) for column in table.schema]}
    if dataset.id_column or name == "issues":
        schema["primaryKey"] = [dataset.id_column or "issue_id"]
    if name != "issues":
        schema["foreignKeys"] = [{"fields": ["issue_id"], "reference": {"resource": "issues", "fields": ["issue_id"]}}]
    return {
        "name": name.replace("_", "-"), "path": f"{name}.csv", "description": dataset.description,
        "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "schema": schema,
    }  # fmt: skip


def _field(name: str, column: pa.Field) -> dict[str, Any]:
    kind = next((word for test, word in _TYPES if test(column.type)), "string")
    dataset = DATASETS[name]
    known = {field.name: field for field in dataset.fields()}
    described: dict[str, Any] = {"name": column.name, "type": kind}
    text = column_descriptions(name).get(column.name)
    if text:
        described["description"] = text
    constraints: dict[str, Any] = {}
    if column.name in (*dataset.key, *dataset.required) and kind != "string":
        constraints["required"] = True
    if column.name in known and known[column.name].values and kind == "string":
        constraints["enum"] = list(known[column.name].values)
    return {**described, "constraints": constraints} if constraints else described
