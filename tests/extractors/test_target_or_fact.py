"""Kind, period, deadline and stretch of the numbers of whole texts: reports in their frames, plans, budgets, notices, rules."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pytest

from pipeline.process import process
from schemas.records import SourceText
from tests.extractors.marked import unmark

_FIELDS: Final = ("kind", "time_period", "deadline", "stretch")
_PARTS: Final = Path(__file__).with_name("target_or_fact.txt").read_text(encoding="utf-8").split("@@ ")
CASES: Final = [part.partition("\n") for part in _PARTS[1:]]


@pytest.mark.parametrize("case", range(len(CASES)), ids=[name.replace(" ", "_") for name, _, _ in CASES])
def test_target_or_fact_and_of_which_time(case: int) -> None:
    text, expected = unmark(CASES[case][2])
    found = process(SourceText(text, "case.txt", hashlib.sha256(text.encode()).hexdigest()))["quantities"].to_pylist()
    assert expected
    for start, end, wanted in expected:
        row = next(row for row in found if row["char_start"] < end and start < row["char_end"])
        got = [row["kind"][0], row["time_period"] or "-", row["deadline"] or "-", "1" if row["stretch"] else "0"]
        for field, want, has in zip(_FIELDS, wanted.split("|"), got, strict=False):
            assert want in ("*", has), (text[max(0, start - 20) : end], field)
