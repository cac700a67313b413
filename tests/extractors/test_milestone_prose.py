"""Milestones of sentences in the manners of plans, notices and reports; no row beside those marked."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.extractors.test_milestones import found

_LINES: Final = Path(__file__).with_name("milestone_prose.txt").read_text(encoding="utf-8").splitlines()
CASES: Final = [line.split(" => ") for line in _LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("case", range(len(CASES)))
def test_what_a_sentence_promises(case: int) -> None:
    text, promised = CASES[case]
    rows = found(text)
    expected = [one.split(" ", 1) for one in promised.split(" ; ")] if promised != "-" else []
    assert sorted(row.deadline for row in rows) == sorted(date for date, _ in expected), [row.text for row in rows]
    for date, said in expected:
        assert any(row.deadline == date and (said in row.text or said in row.object) for row in rows), (date, said)
