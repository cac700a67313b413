"""Datasets for notebooks: committed issues only, and one issue per edition."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.store.committed import Committed, Place, committed, only
from pipeline.store.store import COMMIT
from schemas.datasets import DATASETS

Editions = Literal["one", "all"]

PREFERENCE: Final = (
    "text/html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "text/markdown",
    "text/plain",
    "application/pdf",
)
"""Of several issues of one edition the first of these counts: the formats that keep most of the structure come
first, and a scan last. Between equals the one with more text counts, then the smaller id."""


def load(dataset: str, processed: str | Path = "processed", editions: Editions = "one") -> pd.DataFrame:
    """The rows of *dataset* in text order, issue by issue, with a last column ``year`` (0 where it is unknown).

    Only committed issues are read. With *editions* ``"one"``, an edition that was published in
    several forms (a PDF and a web page) counts once (:data:`PREFERENCE`); with ``"all"`` every
    issue counts. *processed* is a folder or an address (``s3://…``). Columns have Arrow types (:class:`pandas.ArrowDtype`).

    Raises :class:`KeyError` for an unknown dataset and :class:`FileNotFoundError` where *processed* holds no data.
    """
    if dataset not in DATASETS:
        raise KeyError(f"no dataset is named {dataset!r}; there are {', '.join(DATASETS)}")
    if editions not in ("one", "all"):
        raise ValueError(f"editions is 'one' or 'all', not {editions!r}")
    found = committed(processed)
    if not found.places:
        raise FileNotFoundError(f"{processed} holds no committed issues; run: gongbao run PATH --out {processed}")
    kept = _one_an_edition(found) if editions == "one" else None
    places = [place for place in found.places if kept is None or place in kept]
    tables = [_with_year(table, place, kept) for place, table in found.tables(dataset, places)]
    rows = pa.concat_tables(tables)
    order = pc.sort_indices(rows, [("year", "ascending"), ("issue_id", "ascending")])  # stable: in text order
    frame: pd.DataFrame = rows.take(order).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _one_an_edition(found: Committed) -> dict[Place, list[str]]:
    """The issues that count, by where they lie."""
    best: dict[str, tuple[tuple[int, int, str], Place]] = {}
    columns = ["issue_id", "edition_key", "media_type", "char_count"]
    for place, table in found.tables(COMMIT, found.places, columns):
        for row in table.to_pylist():
            rank = PREFERENCE.index(row["media_type"]) if row["media_type"] in PREFERENCE else len(PREFERENCE)
            order = (rank, -row["char_count"], row["issue_id"])
            edition = row["edition_key"] or row["issue_id"]
            if edition not in best or order < best[edition][0]:
                best[edition] = (order, place)
    kept: dict[Place, list[str]] = {}
    for (_, _, issue_id), place in best.values():
        kept.setdefault(place, []).append(issue_id)
    return kept


def _with_year(table: pa.Table, place: Place, kept: dict[Place, list[str]] | None) -> pa.Table:
    """The rows of one file, those of the issues that count, with their year."""
    bare = table.replace_schema_metadata(None)
    if kept is not None:
        bare = only(bare, kept[place])
    year = int(place[0].removeprefix("year="))
    return bare.append_column("year", pa.array([year] * bare.num_rows, pa.int32()))
