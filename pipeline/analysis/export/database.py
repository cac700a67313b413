"""Database files: DuckDB with comments, SQLite with a metadata file for Datasette."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from pipeline.analysis.database import column_descriptions, database, describe, description_of, tables_of
from pipeline.analysis.export.views import views
from pipeline.analysis.loading import Editions
from schemas.datasets import DATASETS

_AFFINITIES: Final = (
    (pa.types.is_boolean, "INTEGER"), (pa.types.is_integer, "INTEGER"), (pa.types.is_floating, "REAL"),
)  # fmt: skip


def write_duckdb(processed: str | Path, out: Path, editions: Editions, site: str | None) -> list[Path]:
    """Write a DuckDB file with a table a dataset, lists kept, and the wide tables; a file that is there is replaced."""
    tables = tables_of(processed, editions)
    out.unlink(missing_ok=True)
    with database().connect(str(out)) as connection:
        for name, table in tables.items():
            connection.register("_rows", table)
            connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM _rows')
            connection.unregister("_rows")
        describe(connection, tables, "TABLE")
    return [out]


def write_sqlite(processed: str | Path, out: Path, editions: Editions, site: str | None) -> list[Path]:
    """Write a SQLite file, and beside it ``<name>.metadata.json`` with descriptions for Datasette."""
    tables = views(processed, editions)
    out.unlink(missing_ok=True)
    connection = sqlite3.connect(out)
    try:
        for name, table in tables.items():
            _create(connection, name, table)
        connection.commit()
    finally:
        connection.close()
    metadata = out.with_suffix(".metadata.json")
    described = {
        "title": "Chinese government gazettes",
        "databases": {out.stem: {"tables": {name: _described(name, table) for name, table in tables.items()}}},
    }
    metadata.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [out, metadata]


def _create(connection: sqlite3.Connection, name: str, table: pa.Table) -> None:
    key = DATASETS[name].id_column or ("issue_id" if name == "issues" else None)
    columns = [
        f'"{column.name}" {_affinity(column.type)}{" PRIMARY KEY" if column.name == key else ""}'
        for column in table.schema
    ]
    connection.execute(f'CREATE TABLE "{name}" ({", ".join(columns)})')
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', _rows(table))
    if key != "issue_id":
        connection.execute(f'CREATE INDEX "{name}_issue" ON "{name}" (issue_id)')


def _rows(table: pa.Table) -> Iterable[tuple[Any, ...]]:
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield tuple(str(value) if hasattr(value, "isoformat") else value for value in row.values())


def _affinity(kind: pa.DataType) -> str:
    return next((word for test, word in _AFFINITIES if test(kind)), "TEXT")


def _described(name: str, table: pa.Table) -> dict[str, Any]:
    known = column_descriptions(name)
    columns = {column: known[column] for column in table.column_names if column in known}
    return {"description": description_of(name), "columns": columns}
