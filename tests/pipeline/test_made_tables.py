"""Random tables of figures: every value that is read is the printed one, in its unit, or a problem is recorded."""

from __future__ import annotations

import re

import pytest

from pipeline.process import process
from pipeline.readers import read_bytes
from tests.pipeline.made_tables import Form, Value, make, source

SEEDS = {"text": range(25), "html": range(25, 45), "pdf": range(45, 70)}


def _faults(seed: int, form: Form) -> list[str]:
    """The values that are missed or misread."""
    made = make(seed)
    read = read_bytes(*source(made, form, seed))
    rows = [row for row in process(read)["quantities"].to_pylist() if row["table_id"]]
    faults = []
    for value in made.values:
        place = re.search(rf"(?<![\d.]){re.escape(value.printed.strip('-－'))}(?!\d)", read.text)
        row = next((r for r in rows if place and r["char_start"] <= place.start() < r["char_end"]), None)
        if row is None or not _is_right(row["low"], row["unit"], value):
            faults.append(f"{seed} {value.printed}: {(row['low'], row['unit']) if row else None}")
    return faults


def _is_right(low: float, unit: str | None, value: Value) -> bool:
    return unit == value.unit and abs(low - float(value.low)) <= 1e-9 * abs(low)


@pytest.mark.parametrize("form", ["text", "html", "pdf"])
def test_every_cell_has_its_value_and_unit(form: Form) -> None:
    assert [fault for seed in SEEDS[form] for fault in _faults(seed, form)] == []
