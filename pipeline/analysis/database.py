"""DuckDB over the datasets: a view a dataset, described, and wide views for analysts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from pipeline.analysis.loading import OF_DOCUMENT, OF_ISSUE, Editions, flattened, select
from schemas.datasets import DATASETS

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

WIDE: Final = {
    "analysis_targets": ("targets", "Targets with what identifies their document and issue; lists joined by 、."),
    "analysis_milestones": (
        "milestones",
        "Milestones with what identifies their document and issue; lists joined by 、.",
    ),
}
"""Wide views by name: their dataset, and what they hold."""


def connect(
    processed: str | Path = "processed", editions: Editions = "one", *, as_of: str | dt.date | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory with a view a dataset, and :data:`WIDE`; columns have the dictionary as comments.

    The views hold what :func:`pipeline.analysis.loading.load` returns for the same arguments, and raise as it does.
    Needs the extra ``analysis`` (:class:`ModuleNotFoundError` names it).
    """
    connection: duckdb.DuckDBPyConnection = database().connect()
    tables = tables_of(processed, editions, as_of)
    for name, table in tables.items():
        connection.register(f"_{name}", table)
        connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM "_{name}"')
    describe(connection, tables, "VIEW")
    return connection


def tables_of(
    processed: str | Path, editions: Editions = "one", as_of: str | dt.date | None = None
) -> dict[str, pa.Table]:
    """Every dataset and wide view as an Arrow table, by name."""
    chosen = select(processed, editions, as_of)
    return {
        **{name: chosen.table(name) for name in DATASETS},
        **{name: flattened(chosen, dataset) for name, (dataset, _) in WIDE.items()},
    }


def describe(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table], kind: str) -> None:
    """Write the dictionary into the comments of *tables*, which are each a ``TABLE`` or ``VIEW``."""
    for name, table in tables.items():
        connection.execute(f'COMMENT ON {kind} "{name}" IS {_quoted(description_of(name))}')
        known = column_descriptions(name)
        for column in table.column_names:
            if column in known:
                connection.execute(f'COMMENT ON COLUMN "{name}"."{column}" IS {_quoted(known[column])}')


def description_of(name: str) -> str:
    """What a row of the dataset or wide view *name* is."""
    return WIDE[name][1] if name in WIDE else DATASETS[name].description


def column_descriptions(name: str) -> dict[str, str]:
    """The description of each column of the dataset, wide view or table made on reading (``panel``) *name*, those of its
    document and issue, unit and values included."""
    if name in _made():
        return _made()[name]
    dataset = DATASETS[WIDE[name][0] if name in WIDE else name]
    known = {"year": "Year of the issue; 0 where it is unknown."}
    for other, names in (("issues", OF_ISSUE), ("documents", OF_DOCUMENT)):
        known |= {names[field.name]: field.description for field in DATASETS[other].fields() if field.name in names}
    for field in dataset.fields():
        values = f" One of {', '.join(field.values)}." if field.values else ""
        known[field.name] = f"{field.description}{f' Unit: {field.unit}.' if field.unit else ''}{values}"
    return known


@cache
def _made() -> dict[str, dict[str, str]]:
    """What the columns of tables made on reading mean, by table (``columns.toml``)."""
    return tomllib.loads((files("pipeline.analysis") / "columns.toml").read_text(encoding="utf-8"))


def database() -> Any:
    """The module ``duckdb``. ``ModuleNotFoundError`` says which extra has it."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise ModuleNotFoundError("this needs DuckDB: pip install 'gongbao[analysis]'") from None
    return duckdb


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
