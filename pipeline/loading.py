"""Datasets for notebooks: committed issues only, and one issue per edition."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.store import COMMIT, PART
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
    issue counts. Columns have Arrow types (:class:`pandas.ArrowDtype`).

    Raises :class:`KeyError` for an unknown dataset and :class:`FileNotFoundError` where *processed* holds no data.
    """
    if dataset not in DATASETS:
        raise KeyError(f"no dataset is named {dataset!r}; there are {', '.join(DATASETS)}")
    if editions not in ("one", "all"):
        raise ValueError(f"editions is 'one' or 'all', not {editions!r}")
    root = Path(processed)
    marks = sorted((root / COMMIT).glob("year=*/*.parquet"))
    if not marks:
        raise FileNotFoundError(f"{root} holds no committed issues; run: gongbao run PATH --out {root}")
    kept = _one_an_edition(marks) if editions == "one" else None
    tables = [
        _read(root / dataset / mark.parent.name / mark.name, kept) for mark in marks if kept is None or mark in kept
    ]
    rows = pa.concat_tables(tables)
    order = pc.sort_indices(rows, [("year", "ascending"), ("issue_id", "ascending")])  # stable: in text order
    frame: pd.DataFrame = rows.take(order).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _one_an_edition(marks: list[Path]) -> dict[Path, list[str]]:
    """The issues that count, by the file that commits them."""
    best: dict[str, tuple[tuple[int, int, str], Path]] = {}
    for mark in marks:
        for row in pq.ParquetFile(mark).read(["issue_id", "edition_key", "media_type", "char_count"]).to_pylist():
            rank = PREFERENCE.index(row["media_type"]) if row["media_type"] in PREFERENCE else len(PREFERENCE)
            order = (rank, -row["char_count"], row["issue_id"])
            edition = row["edition_key"] or row["issue_id"]
            if edition not in best or order < best[edition][0]:
                best[edition] = (order, mark)
    kept: dict[Path, list[str]] = {}
    for (_, _, issue_id), mark in best.values():
        kept.setdefault(mark, []).append(issue_id)
    return kept


def _read(path: Path, kept: dict[Path, list[str]] | None) -> pa.Table:
    """The rows of one file, those of the issues that count where it holds many."""
    table = pq.ParquetFile(path).read().replace_schema_metadata(None)
    if kept is not None and path.stem.startswith(PART):
        mark = path.parent.parent.parent / COMMIT / path.parent.name / path.name
        table = table.filter(pc.is_in(table.column("issue_id"), pa.array(kept[mark], pa.string())))
    year = int(path.parent.name.removeprefix("year="))
    return table.append_column("year", pa.array([year] * table.num_rows, pa.int32()))
