"""Records → Arrow record batches, checked against the field dictionary.

Nothing is nulled or dropped in silence: a missing or unknown column, a null in a required column, a
value outside a field's allowed values, or a repeated key raises :class:`SchemaError`.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.arrow import schema_of
from schemas.columns import to_array
from schemas.datasets import DATASETS, Dataset

Row = Mapping[str, Any]


class SchemaError(ValueError):
    """A row does not fit its dataset."""


def to_batch(name: str, rows: Sequence[Row], metadata: Mapping[str, str] | None = None) -> pa.RecordBatch:
    """The *rows* (one mapping of all columns each) of the dataset *name* as one record batch.

    Raises :class:`SchemaError` where a row does not fit; *metadata* joins the schema's own.
    """
    dataset = DATASETS[name]
    names = frozenset(dataset.columns)
    for row in rows:
        if row.keys() != names:
            missing, unknown = sorted(names - row.keys()), sorted(row.keys() - names)
            raise SchemaError(f"{dataset.name}: row lacks {missing} and has unknown {unknown}")
    columns = {name: [row[name] for row in rows] for name in dataset.columns}
    _check_values(dataset, rows, columns)
    _check_keys(dataset, columns)
    schema = schema_of(name, metadata)
    arrays = [to_array(columns[item.name], item.type) for item in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


class Keys:
    """The keys of batches that make one dataset together, for many rows: a number of 64 bits each."""

    def __init__(self) -> None:
        self._seen: dict[str, array[int]] = {}

    def note(self, name: str, batch: pa.RecordBatch) -> None:
        """Take in the keys of a *batch* of the dataset *name*, which has none of them twice."""
        key = DATASETS[name].key
        if key == ("issue_id",):  # as many rows as there are
            return
        columns = [batch.column(column).to_pylist() for column in key]
        self._seen.setdefault(name, array("q")).extend(map(hash, zip(*columns, strict=True)))

    def check(self) -> None:
        """Raises :class:`SchemaError` where two batches of a dataset have one key.

        Two keys of one number would be taken for one, which of a million rows happens once in thirty million times.
        """
        for name, seen in self._seen.items():
            ordered = np.sort(np.frombuffer(seen, np.int64))
            if (ordered[1:] == ordered[:-1]).any():
                raise SchemaError(f"{name}: a key stands in two parts of the issue")


def _check_values(dataset: Dataset, rows: Sequence[Row], columns: Mapping[str, Sequence[Any]]) -> None:
    for name in (*dataset.key, *dataset.required):
        if None in columns[name]:
            raise SchemaError(f"{dataset.name}.{name} is null in {dict(rows[columns[name].index(None)])}")
    for item in dataset.fields():
        wrong = set(columns[item.name]).difference(item.values, (None,)) if item.values else ()
        if wrong:
            value, allowed = min(wrong, key=str), ", ".join(item.values)
            raise SchemaError(f"{dataset.name}.{item.name} holds {value!r}, which is not one of {allowed}")


def _check_keys(dataset: Dataset, columns: Mapping[str, Sequence[Any]]) -> None:
    if dataset.key == ("issue_id",):
        return
    counts = Counter(zip(*(columns[name] for name in dataset.key), strict=True))
    repeated = [key for key, count in counts.items() if count > 1]
    if repeated:
        raise SchemaError(f"{dataset.name}: key {repeated[0]} stands {counts[repeated[0]]} times")
