"""Figures of a made text, checked against values worked out independently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation import load_gold
from pipeline.evaluation.run import SetEvaluation, evaluate_set
from pipeline.evaluation.wilson import wilson
from tests.evaluation.made import rows, write_set

EXPECTED: dict[str, Any] = {
    "rows_whose_span_is_not_their_text": 0,
    "rows_without_span": 0,
    "targets_one_to_one": True,
    "quantity_span": {"p": 0.8571, "r": 0.8571, "f1": 0.8571, "gold": 7, "pred": 7},
    "quantity_value_unit": {"p": 0.7143, "r": 0.7143, "f1": 0.7143, "gold": 7, "pred": 7},
    "quantity_value_unit_cmp": {"p": 0.5714, "r": 0.5714, "f1": 0.5714, "gold": 7, "pred": 7},
    "comparator_accuracy": 0.8333,
    "comparator_accuracy_loose": 1.0,
    "kind_accuracy": 0.8333,
    "deadline_accuracy": 1.0,
    "deadline_stated_accuracy": None,
    "stretch_accuracy": 0.8333,
    "indicator_char_f1": 0.9111,
    "indicator_match": 0.8333,
    "indicator_match_second_guide": None,
    "target_value_unit_cmp": {"p": 0.5, "r": 0.6667, "f1": 0.5714, "gold": 3, "pred": 4},
    "target_complete": {"p": 0.5, "r": 0.6667, "f1": 0.5714, "gold": 3, "pred": 4},
    "official_name": {"p": 0.6667, "r": 1.0, "f1": 0.8, "gold": 2, "pred": 3},
    "official_role_accuracy": 0.5,
    "agency": {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 2, "pred": 2},
    "agency_duty": {"p": 0.5, "r": 0.5, "f1": 0.5, "gold": 2, "pred": 2},
    "target_owner": {"p": 0.8, "r": 1.0, "f1": 0.8889, "gold": 4, "pred": 5},
    "target_official_recall": 1.0,
    "document": {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1, "pred": 1},
    "document_title_accuracy": 1.0,
    "document_number_accuracy": 1.0,
    "document_issuers_accuracy": 1.0,
    "document_signed_date_accuracy": 0.0,
    "document_adopted_date_accuracy": None,
    "document_type_accuracy": None,
    "document_speaker_accuracy": None,
    "clause": {"p": 0.6667, "r": 0.6667, "f1": 0.6667, "gold": 3, "pred": 3},
}


def _judged(folder: Path, made: dict[str, list[dict[str, Any]]]) -> SetEvaluation:
    return evaluate_set(load_gold(write_set(folder / "made")), lambda _: made)


def test_every_figure(tmp_path: Path) -> None:
    assert _judged(tmp_path, rows()).figures == EXPECTED


def test_rows_without_spans_or_with_wrong_ones_are_counted(tmp_path: Path) -> None:
    made = rows()
    made["quantities"][0]["text"] = "22万亩"
    made["officials"][0] |= {"char_start": None, "char_end": None}
    figures = _judged(tmp_path, made).figures
    assert (figures["rows_whose_span_is_not_their_text"], figures["rows_without_span"]) == (1, 1)


@pytest.mark.parametrize("drop", [0, 2])
def test_a_target_without_its_quantity_is_not_one_to_one(tmp_path: Path, drop: int) -> None:
    made = rows()
    del made["targets"][drop]
    assert _judged(tmp_path, made).figures["targets_one_to_one"] is False


def test_no_rows_at_all(tmp_path: Path) -> None:
    figures = _judged(tmp_path, {}).figures
    assert figures["quantity_span"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 7, "pred": 0}
    assert figures["document"] == {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 1, "pred": 0}
    assert figures["document_title_accuracy"] == 0.0
    assert figures["targets_one_to_one"] is False


def test_intervals_hold_the_value_and_do_not_change(tmp_path: Path) -> None:
    first, second = (_judged(tmp_path, rows()) for _ in range(2))
    assert first.intervals == second.intervals
    for name, interval in first.intervals.items():
        value = first.figures[name]
        bounds = interval if isinstance(interval, dict) else {"": interval}
        for key, (low, high) in bounds.items():
            number = value[key] if isinstance(value, dict) else value
            assert isinstance(number, float)
            assert 0.0 <= low <= number <= high <= 1.0, name
    low, high = first.intervals["kind_accuracy"]
    assert low < high


def test_every_column_of_every_rule_is_judged_by_itself(tmp_path: Path) -> None:
    made = rows()
    for row in made["quantities"]:
        row |= {"kind_rule": "made.kind", "indicator_rule": "made.indicator", "time_period_rule": "made.period"}
    made["quantities"][-1]["rule_id"] = "made.year"
    table = {(one.dataset, one.column, one.rule_id): one for one in _judged(tmp_path, made).decisions}
    makes = {
        key[2]: (one.decided, one.right, one.wrong)
        for key, one in table.items()
        if key[:2] == ("quantities", "rule_id")
    }
    assert makes == {"made.year": (1, 0, 1), "made.rule": (6, 6, 0)}
    kind = table["quantities", "kind_rule", "made.kind"]
    assert (kind.decided, kind.right, kind.wrong, kind.precision) == (7, 5, 1, 0.8333)
    period = table["quantities", "time_period_rule", "made.period"]
    assert (period.decided, period.judged, period.precision, period.interval) == (7, 0, None, None)
    assert len(kind.wrong_rows) == 1


@pytest.mark.parametrize(
    ("right", "judged", "interval"),
    [
        (0, 0, None),
        (1, 1, (0.2065, 1.0)),
        (0, 10, (0.0, 0.2775)),
        (50, 100, (0.4038, 0.5962)),
        (980, 1000, (0.9693, 0.987)),
    ],
)
def test_wilson_intervals(right: int, judged: int, interval: tuple[float, float] | None) -> None:
    assert wilson(right, judged) == interval


def test_kinds(tmp_path: Path) -> None:
    kinds = {kind.kind: (kind.gold, kind.predicted, kind.f1) for kind in _judged(tmp_path, rows()).kinds}
    assert kinds == {"target": (3, 4, 0.8571), "standard": (2, 1, 0.6667), "fact": (2, 2, 0.5)}


def test_documents_break_figures_down(tmp_path: Path) -> None:
    (document,) = _judged(tmp_path, rows()).documents
    assert document.title == "关于做好秋冬种工作的通知"
    assert document.figures["agency_duty"] == EXPECTED["agency_duty"]


FINDINGS = [
    ("quantities", "missed", "3年", {"kind": "standard", "indicator": "补助年限"}, {}),
    ("quantities", "extra", "2024年", {}, {"kind": "fact", "indicator": "年"}),
    ("quantities", "different", "60元", {"unit": "元"}, {"unit": "元/亩"}),
    ("quantities", "different", "5万亩", {"stretch": True}, {"stretch": False}),
    ("officials", "different", "盛　夏", {"role": "责任人"}, {"role": "牵头领导"}),
    ("officials", "extra", "柳堤", {}, {"name": "柳堤", "role": None}),
    ("responsibilities", "different", "县财政局", {"duty": "responsible"}, {"duty": "lead"}),
]


@pytest.mark.parametrize(("dataset", "category", "text", "expected", "found"), FINDINGS)
def test_findings(
    tmp_path: Path, dataset: str, category: str, text: str, expected: dict[str, Any], found: dict[str, Any]
) -> None:
    findings = [
        finding
        for finding in _judged(tmp_path, rows()).findings
        if (finding.dataset, finding.category, finding.text) == (dataset, category, text)
    ]
    assert [(finding.expected, finding.found) for finding in findings] == [(expected, found)]
