"""Milestones of texts in the layouts of plans (stages, lines of time, lists, tables of tasks) and of genres; no row beside those marked."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import pytest

from pipeline.process import process
from schemas.records import SourceText
from tests.extractors.marked import unmark

_FILES: Final = ("milestone_layouts.txt", "milestone_genres.txt", "milestone_neighbours.txt")
_TEXTS: Final = [Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _FILES]
CASES: Final = [part.partition("\n") for text in _TEXTS for part in text.split("@@ ")[1:]]


@pytest.mark.parametrize("case", range(len(CASES)), ids=[name.replace(" ", "_") for name, _, _ in CASES])
def test_what_a_layout_dates(case: int) -> None:
    text, expected = unmark(CASES[case][2])
    rows = process(SourceText(text, "case.txt", hashlib.sha256(text.encode()).hexdigest()))["milestones"].to_pylist()
    assert [row["deadline"] for row in rows] == [date for _, _, date in expected], [row["text"] for row in rows]
    for row, (start, end, _) in zip(rows, expected, strict=True):
        assert start < row["char_end"] <= end or row["char_start"] <= start < row["char_end"], row["text"]
