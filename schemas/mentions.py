"""Rows → records: the frozen record of a row of a dataset of mentions, as an extractor made it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from schemas.rows import Extraction, Place
from schemas.spans import Span


def record_of(dataset: str, row: Mapping[str, Any]) -> Any:
    """The record of *row* of *dataset*, the reverse of :func:`schemas.tabulate.rows_of`.

    Columns of a record within that the dataset lacks (of a target's quantity) are ``None``.
    """
    return _record(get_args(_hints(Extraction)[dataset])[0], row)


def _record(kind: type, row: Mapping[str, Any]) -> Any:
    return kind(**{name: _field(name, hint, row) for name, hint in _hints(kind).items()})


def _field(name: str, hint: Any, row: Mapping[str, Any]) -> Any:
    if name == "span":
        return Span(row["char_start"], row["char_end"])
    if name == "place":
        return Place(**{column: row.get(column) for column in _hints(Place)})
    if name == "fragments":
        pieces = row.get(name)
        return None if pieces is None else tuple(Span(piece["start"], piece["end"]) for piece in pieces)
    if is_dataclass(hint) and isinstance(hint, type):
        return _record(hint, row)
    return tuple(row.get(name) or ()) if get_origin(hint) is tuple else row.get(name)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
