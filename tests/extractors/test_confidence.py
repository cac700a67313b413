"""Confidence: a logistic sum of named features, in steps of 0.001, the same in every run."""

from __future__ import annotations

from importlib.resources import files

import pytest

from extractors.quantities.frames.confidence import BIAS, Model, model
from tests.extractors.describing import described


def test_a_score_is_the_logistic_sum_of_the_weights() -> None:
    small = Model({BIAS: 1.0, "a": -1.0, "b": 2.0})
    assert small.score(()) == 0.731
    assert small.score(("a", "a", "unknown")) == 0.5
    assert small.score(("b", "a")) == small.score(("a", "b")) == 0.881
    assert small.heaviest(("a", "b", "unknown"), 1) == [("b", 2.0)]


@pytest.mark.parametrize("column", ["indicator", "kind"])
def test_the_weights_name_the_labels_that_they_come_from(column: str) -> None:
    head = (files("extractors") / "lexicons" / f"{column}_weights.tsv").read_text(encoding="utf-8").splitlines()[:2]
    assert "make weights" in head[0] and "heldout" not in head[1] and len(head[1].rpartition(" ")[2]) == 64
    assert BIAS in model(column).weights


def test_a_common_indicator_is_surer_than_a_heading_taken_for_want_of_words() -> None:
    (common,) = described("地区生产总值增长6%左右。")
    (odd,) = described("按照以上的精神和其他要求，每次约3%。")
    assert 0 <= odd.indicator_confidence < common.indicator_confidence <= 1
    assert described("地区生产总值增长6%左右。")[0].indicator_confidence == common.indicator_confidence


def test_a_kind_that_other_evidence_speaks_against_is_less_sure() -> None:
    (agreed,) = described("引水线路全长58.6公里。", "2024年国民经济和社会发展统计公报")
    (opposed,) = described("引水线路全长58.6公里。", "2024年工作要点")
    assert agreed.kind == opposed.kind == "fact"
    assert opposed.kind_confidence < agreed.kind_confidence
