"""Decisions as tables print them: nothing without a case, and no perfect share beside a wrong row."""

from __future__ import annotations

import pytest

from pipeline.evaluation.decisions import Decisions


@pytest.mark.parametrize(
    ("right", "wrong", "shown"),
    [
        (0, 0, ("–", "–", "–")),
        (3, 0, ("3", "0", "1.000")),
        (0, 2, ("0", "2", "0.000")),
        (2, 1, ("2", "1", "0.667")),
        (2054, 1, ("2054", "1", "0.999")),
    ],
)
def test_a_table_shows_what_labels_judged(right: int, wrong: int, shown: tuple[str, str, str]) -> None:
    one = Decisions("quantities", "stretch_rule", "stretch.none", right + wrong + 5, right, wrong)
    assert one.judgement == shown
