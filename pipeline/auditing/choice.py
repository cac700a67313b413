"""Rows of a processed folder chosen by a condition in SQL, as analysts write it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from pipeline.auditing.folders import Folder
from schemas.datasets import DATASETS


class ChoiceError(ValueError):
    """The condition cannot be asked, or the dataset has no ids."""


def rows_where(folder: Folder, dataset: str, condition: str, most: int) -> list[str]:
    """The ids of up to *most* rows of *dataset* for which the SQL *condition* holds, issue by issue in text order.

    Lists are JSON text, flags 1 and 0. The rows lie in memory: a condition changes nothing.
    """
    known = DATASETS.get(dataset)
    if known is None or known.id_column is None:
        named = ", ".join(name for name, one in DATASETS.items() if one.id_column)
        raise ChoiceError(f"rows with ids are in {named}, not in {dataset!r}")
    found: list[str] = []
    columns = ", ".join(f'"{name}"' for name in known.columns)
    marks = ", ".join("?" * len(known.columns))
    with sqlite3.connect(":memory:") as memory:
        memory.execute(f"CREATE TABLE rows ({columns})")
        for issue_id in folder.issues:
            memory.execute("DELETE FROM rows")
            rows = ([_plain(row.get(name)) for name in known.columns] for row in folder.rows(dataset, issue_id))
            memory.executemany(f"INSERT INTO rows VALUES ({marks})", rows)
            try:
                query = f'SELECT "{known.id_column}" FROM rows WHERE {condition} LIMIT ?'
                found += [str(name) for (name,) in memory.execute(query, [most - len(found)])]
            except sqlite3.Error as error:
                raise ChoiceError(f"--where {condition}: {error}") from error
            if len(found) >= most:
                break
    return found


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
