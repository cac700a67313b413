"""The Arrow side of the field dictionary: types by their names, and the schema of a dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import pyarrow as pa

from schemas import fields
from schemas.datasets import DATASETS
from schemas.fields import Field

_OFFSET: Final = pa.int64()
TYPES: Final[Mapping[str, pa.DataType]] = {
    fields.STRING: pa.string(),
    fields.STRINGS: pa.list_(pa.string()),
    fields.INT: pa.int32(),
    fields.INTS: pa.list_(pa.int32()),
    fields.OFFSET: _OFFSET,
    fields.NUMBER: pa.float64(),
    fields.FLAG: pa.bool_(),
    fields.DATE: pa.date32(),
    fields.FRAGMENTS: pa.list_(
        pa.struct([pa.field("start", _OFFSET, nullable=False), pa.field("end", _OFFSET, nullable=False)])
    ),
}
"""Arrow's types by the names that fields give them."""


def schema_of(name: str, metadata: Mapping[str, str] | None = None) -> pa.Schema:
    """The Arrow schema of the dataset *name*, each column with its description, unit and allowed values as metadata.

    *metadata* joins the dataset's own description. Raises :class:`KeyError` for a type that :data:`TYPES` lacks.
    """
    described = {"dataset": name, "description": DATASETS[name].description, **(metadata or {})}
    return pa.schema(_columns(name), metadata=described)


@cache
def _columns(name: str) -> Sequence[pa.Field]:
    dataset = DATASETS[name]
    never_null = {*dataset.key, *dataset.required}
    return [
        pa.field(item.name, TYPES[item.type], nullable=item.name not in never_null, metadata=_metadata(item))
        for item in dataset.fields()
    ]


def _metadata(item: Field) -> dict[str, str]:
    described = {"description": item.description}
    if item.unit:
        described["unit"] = item.unit
    if item.values:
        described["values"] = "|".join(item.values)
    return described
