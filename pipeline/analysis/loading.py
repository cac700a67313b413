"""Datasets for notebooks: committed issues only, and one issue per edition."""

from __future__ import annotations

import warnings
from dataclasses import asdict, fields
from pathlib import Path
from typing import Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analysis.editions import Editions, LeftOut, editions
from pipeline.store.committed import Committed, Place, committed, only
from schemas.datasets import DATASETS

Choice = Literal["one", "all"]


class LeftOutWarning(UserWarning):
    """A dataset was loaded without the issues that others stand for."""


_told: set[tuple[str, str]] = set()
"""What was warned of, by folder: a notebook that loads ten datasets hears it once."""


def load(
    dataset: str, processed: str | Path = "processed", editions: Choice = "one", *, quiet: bool = False
) -> pd.DataFrame:
    """The rows of *dataset* in text order, issue by issue, with a last column ``year`` (0 where it is unknown).

    Only committed issues are read. With *editions* ``"one"``, an edition that was published in several forms (a PDF and
    a web page) or again with corrections counts once (:mod:`pipeline.analysis.editions`), and a :class:`LeftOutWarning`
    says once how many issues that left out and why, unless *quiet*; with ``"all"`` every issue counts. *processed* is a
    folder or an address (``s3://…``). Columns have Arrow types (:class:`pandas.ArrowDtype`).

    Raises :class:`KeyError` for an unknown dataset and :class:`FileNotFoundError` where *processed* holds no data.
    """
    if dataset not in DATASETS:
        raise KeyError(f"no dataset is named {dataset!r}; there are {', '.join(DATASETS)}")
    if editions not in ("one", "all"):
        raise ValueError(f"editions is 'one' or 'all', not {editions!r}")
    found = _committed(processed)
    chosen = _one_an_edition(found) if editions == "one" else None
    if chosen is not None and not quiet:
        _tell(chosen, processed)
    kept = chosen.kept if chosen is not None else None
    places = [place for place in found.places if kept is None or place in kept]
    tables = [
        _with_year(table, place, None if kept is None else kept[place])
        for place, table in found.tables(dataset, places)
    ]
    rows = pa.concat_tables(tables)
    order = pc.sort_indices(rows, [("year", "ascending"), ("issue_id", "ascending")])  # stable: in text order
    frame: pd.DataFrame = rows.take(order).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def left_out(processed: str | Path = "processed") -> pd.DataFrame:
    """The issues that :func:`load` leaves out, each with its reason and the issue that stands for it.

    Raises :class:`FileNotFoundError` where *processed* holds no data.
    """
    found = _one_an_edition(_committed(processed)).left_out
    return pd.DataFrame([asdict(item) for item in found], columns=[item.name for item in fields(LeftOut)])


def _committed(processed: str | Path) -> Committed:
    found = committed(processed)
    if not found.places:
        raise FileNotFoundError(f"{processed} holds no committed issues; run: gongbao run PATH --out {processed}")
    return found


def _one_an_edition(found: Committed) -> Editions:
    return editions(found)


def _tell(chosen: Editions, processed: str | Path) -> None:
    told = chosen.told()
    if told and (str(processed), told) not in _told:
        _told.add((str(processed), told))
        message = f"{told}; editions='all' loads them too, pipeline.left_out({str(processed)!r}) lists them"
        warnings.warn(message, LeftOutWarning, stacklevel=4)


def _with_year(table: pa.Table, place: Place, issues: list[str] | None) -> pa.Table:
    """The rows of one file, those of the issues that count, with their year."""
    bare = table.replace_schema_metadata(None)
    if issues is not None:
        bare = only(bare, issues)
    year = int(place[0].removeprefix("year="))
    return bare.append_column("year", pa.array([year] * bare.num_rows, pa.int32()))
