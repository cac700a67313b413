"""Datasets for notebooks: committed issues only, one issue per edition, as pandas, polars or Arrow."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analysis.editions import one_an_edition
from pipeline.store.committed import Committed, Place, committed, only
from pipeline.store.store import COMMIT
from schemas.datasets import DATASETS

Editions = Literal["one", "all"]
Library = Literal["pandas", "polars", "arrow"]

JOINT: Final = "、"
"""Joins the items of a list where a table has no lists."""
OF_DOCUMENT: Final = {
    "title": "document_title",
    **{
        name: name for name in ("doc_number", "signed_date", "genre", "plan_year", "report_year", "place", "place_code")
    },
}
OF_ISSUE: Final = {"title": "issue_title", "number": "issue_number", "publication_date": "publication_date"}
"""Columns of documents and of issues that rows have beside their own in flat tables, and their names there."""


class LeftOutWarning(UserWarning):
    """A dataset was loaded without the issues that others stand for."""


_told: set[str] = set()
"""What was warned of: a notebook that loads ten datasets hears it once."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The issues that count, by the files that hold them, and why others do not."""

    found: Committed
    issues: Mapping[Place, Sequence[str]]
    left_out: tuple[dict[str, str], ...]

    def table(self, dataset: str) -> pa.Table:
        """The rows of *dataset*, issue by issue in text order, with a last column ``year``."""
        places = [place for place in self.found.places if place in self.issues]
        try:
            tables = [
                _with_year(table, place, self.issues[place]) for place, table in self.found.tables(dataset, places)
            ]
        except FileNotFoundError as error:
            lost = f": {error.filename} is gone" if error.filename else ""
            message = f"the folder has no {dataset} of some issue{lost}; make it again: gongbao run PATH"
            raise FileNotFoundError(message) from error
        if not tables:
            raise ValueError("no issue counts here: as_of lies before the first of them")
        try:
            rows = pa.concat_tables(tables)
        except pa.ArrowInvalid as error:
            message = f"the issues' {dataset} have different columns; make them alike: gongbao run PATH"
            raise ValueError(message) from error
        order = pc.sort_indices(rows, [("year", "ascending"), ("issue_id", "ascending")])  # stable: in text order
        return rows.take(order)


def load(
    dataset: str,
    processed: str | Path = "processed",
    editions: Editions = "one",
    *,
    flat: bool = False,
    as_of: str | dt.date | None = None,
    library: Library = "pandas",
    quiet: bool = False,
) -> Any:
    """The rows of *dataset* in text order, issue by issue, with a last column ``year`` (0 where it is unknown).

    Only committed issues are read. With *editions* ``"one"``, an edition that was published in several forms (a PDF and
    a web page) or again with corrections counts once (:mod:`pipeline.analysis.editions`); with ``"all"`` every issue
    counts. With *as_of* (a date, or its text) only issues published up to that day count. What was left out, and why, is
    in ``frame.attrs["left_out"]``; a :class:`LeftOutWarning` says once how much, unless *quiet*.
    *processed* is a folder or an address (``s3://…``).

    With *flat*, lists are joined by 、, and each row has its document's title, number, date and place and its issue's
    title, number and date. *library* ``"polars"`` and ``"arrow"`` give those tables. In pandas, columns have Arrow types
    (:class:`pandas.ArrowDtype`), dates ``datetime64[s]``, which compare with strings and resample.

    Raises :class:`KeyError` for an unknown dataset, :class:`ValueError` for another argument that is none, and
    :class:`FileNotFoundError` where *processed* holds no data, or a file of it is gone, and
    :class:`pipeline.store.committed.DamagedError` where one is damaged.
    """
    if dataset not in DATASETS:
        raise KeyError(f"no dataset is named {dataset!r}; there are {', '.join(DATASETS)}")
    if library not in ("pandas", "polars", "arrow"):
        raise ValueError(f"library is 'pandas', 'polars' or 'arrow', not {library!r}")
    chosen = select(processed, editions, as_of)
    if not quiet:
        _tell(chosen, processed)
    table = flattened(chosen, dataset) if flat else chosen.table(dataset)
    if library == "arrow":
        return table
    if library == "polars":
        import polars

        return polars.from_arrow(table)
    return to_pandas(table, chosen.left_out)


def select(
    processed: str | Path = "processed", editions: Editions = "one", as_of: str | dt.date | None = None
) -> Selection:
    """The issues below *processed* that count; see :func:`load`."""
    if editions not in ("one", "all"):
        raise ValueError(f"editions is 'one' or 'all', not {editions!r}")
    day = _day(as_of)
    found = committed(processed)
    if not found.places:
        raise FileNotFoundError(f"{processed} holds no committed issues; run: gongbao run PATH --out {processed}")
    issues = [(place, row) for place, table in found.tables(COMMIT, found.places, _SEEN) for row in table.to_pylist()]
    kept: list[tuple[Place, dict[str, Any]]] = []
    left_out: list[dict[str, str]] = []
    for place, row in issues:
        published = _published(row, place)
        if day is not None and (published is None or published > day):
            reason = f"published {published}, after {day}" if published else "no date of publication"
            left_out.append({"issue_id": row["issue_id"], "reason": reason})
        else:
            kept.append((place, row))
    if editions == "one":
        kept, doubles = one_an_edition(kept, found.files)
        left_out += doubles
    by_place: dict[Place, list[str]] = {}
    for place, row in kept:
        by_place.setdefault(place, []).append(row["issue_id"])
    return Selection(found, by_place, tuple(left_out))


_SEEN: Final = ["issue_id", "edition_key", "media_type", "source_path", "publication_date", "publication_year"]


def left_out(processed: str | Path = "processed") -> pd.DataFrame:
    """The issues that :func:`load` leaves out, each with its reason and the issue that stands for it.

    Raises :class:`FileNotFoundError` where *processed* holds no data.
    """
    return pd.DataFrame(list(select(processed).left_out), columns=["issue_id", "source_path", "reason", "stands"])


def _tell(chosen: Selection, processed: str | Path) -> None:
    """Warn, once a folder, of what was left out for the sake of others."""
    doubles = sum("stands" in item for item in chosen.left_out)
    if not doubles:
        return
    kept = sum(map(len, chosen.issues.values()))
    message = (
        f"{processed}: left out {doubles} of {doubles + kept} issues, of whose editions a newer revision "
        f"or a preferred form counts; editions='all' loads them too, pipeline.left_out({str(processed)!r}) lists them"
    )
    if message not in _told:
        _told.add(message)
        warnings.warn(message, LeftOutWarning, stacklevel=3)


def _day(as_of: str | dt.date | None) -> dt.date | None:
    if isinstance(as_of, dt.datetime):  # a pandas.Timestamp is one
        return as_of.date()
    if as_of is None or isinstance(as_of, dt.date):
        return as_of
    try:
        return dt.date.fromisoformat(as_of)
    except ValueError:
        raise ValueError(f"as_of is a date such as '2024-06-30', not {as_of!r}") from None


def _published(row: Mapping[str, Any], place: Place) -> dt.date | None:
    """The day of publication; of an issue that names its year alone, the last of it."""
    if row["publication_date"]:
        return row["publication_date"]  # type: ignore[no-any-return]
    year = int(row["publication_year"] or place[0].removeprefix("year="))
    return dt.date(year, 12, 31) if year else None


def _with_year(table: pa.Table, place: Place, kept: Sequence[str]) -> pa.Table:
    """The rows of one file, those of the issues that count, with their year."""
    bare = only(table.replace_schema_metadata(None), list(kept))
    year = int(place[0].removeprefix("year="))
    return bare.append_column("year", pa.array([year] * bare.num_rows, pa.int32()))


def flattened(chosen: Selection, dataset: str) -> pa.Table:
    """The rows of *dataset* without lists, each with what identifies its document and issue."""
    table = chosen.table(dataset)
    if dataset not in ("documents", "issues") and "document_id" in table.column_names:
        table = joined(table, chosen.table("documents"), "document_id", OF_DOCUMENT)
    if dataset != "issues":
        table = joined(table, chosen.table("issues"), "issue_id", OF_ISSUE)
    for number, column in enumerate(table.schema):
        if pa.types.is_list(column.type):
            table = table.set_column(number, column.name, _strings(table.column(number)))
    return table


def joined(table: pa.Table, other: pa.Table, key: str, names: Mapping[str, str]) -> pa.Table:
    """*table* with columns of *other*, found by *key*, under new *names*; those that it has stay its own."""
    chosen = {name: new for name, new in names.items() if name in other.column_names and new not in table.column_names}
    rows = {keyed: number for number, keyed in enumerate(other.column(key).to_pylist())}
    places = pa.array([rows.get(keyed) for keyed in table.column(key).to_pylist()], pa.int64())
    for name, new in chosen.items():
        table = table.append_column(new, other.column(name).take(places))
    return table


def _strings(column: pa.ChunkedArray) -> pa.Array:
    """Lists as strings joined by 、; pieces of spans as ``start-end``."""
    return pa.array(
        [None if items is None else JOINT.join(map(_item, items)) for items in column.to_pylist()], pa.string()
    )


def _item(item: object) -> str:
    return f"{item['start']}-{item['end']}" if isinstance(item, dict) else str(item)


def to_pandas(table: pa.Table, left_out: Sequence[dict[str, str]] = ()) -> pd.DataFrame:
    """*table* as pandas sees it best: Arrow types, and dates that compare with strings and time stamps."""
    for number, column in enumerate(table.schema):
        if pa.types.is_date(column.type):
            table = table.set_column(number, column.name, table.column(number).cast(pa.timestamp("s")))
    frame: pd.DataFrame = table.to_pandas(
        types_mapper=lambda kind: None if pa.types.is_timestamp(kind) else pd.ArrowDtype(kind)
    )
    frame.attrs["left_out"] = list(left_out)
    return frame
