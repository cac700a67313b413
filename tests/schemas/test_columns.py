"""Columns laid out by hand are those of ``pyarrow.array``, and need no pandas."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest

from schemas import fields
from schemas.arrow import TYPES
from schemas.columns import to_array

DAY = dt.date(2023, 1, 31)
VALUES = {
    fields.STRING: ["增长", None, "", "𠮷"],
    fields.STRINGS: [["县财政局", "县水利局"], None, [], ["县教育局"]],
    fields.INT: [3, None, -1, 2**31 - 1],
    fields.INTS: [[1, 2], None, [], [-3]],
    fields.OFFSET: [0, None, 2**40],
    fields.NUMBER: [1.5, None, float("inf"), -0.0, 7],
    fields.FLAG: [True, None, False, *[True] * 9],
    fields.DATE: [DAY, None, dt.date(1949, 10, 1)],
    fields.FRAGMENTS: [[{"start": 1, "end": 2}, {"start": 5, "end": 9}], None, [], [{"start": 3, "end": 4}]],
}


@pytest.mark.parametrize("name", TYPES)
def test_columns_are_as_arrow_makes_them(name: str) -> None:
    for values in (VALUES[name], VALUES[name][:1], [None], []):
        made = to_array(values, TYPES[name])
        made.validate(full=True)
        assert made.equals(pa.array(values, TYPES[name]))
        assert made.null_count == values.count(None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (fields.STRING, 1), (fields.STRING, "\ud800"), (fields.STRINGS, [1]), (fields.INT, "1"), (fields.INT, 1.0),
        (fields.INT, 2**31), (fields.OFFSET, 2**63), (fields.NUMBER, "much"), (fields.FLAG, 1), (fields.DATE, "2023"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused(name: str, value: Any) -> None:
    with pytest.raises((TypeError, ValueError, OverflowError, AttributeError)):
        to_array([value], TYPES[name])


def test_rows_become_batches_without_pandas() -> None:
    code = (
        "import sys; from schemas.batches import to_batch; to_batch('problems', []); assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
