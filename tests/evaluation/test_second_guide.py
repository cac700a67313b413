"""Labels of the second guide beside a set: what they allow, what stops their loading, and the figure that they give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.evaluation import GoldError, load_gold
from pipeline.evaluation.run import evaluate_set
from pipeline.evaluation.second_guide import FILE, Accepted
from tests.evaluation.made import TEXT, rows, write_set

HELD_OUT = Path(__file__).parents[1] / "gold" / "heldout"
ACCEPTED = Accepted(("规划面积", "开发区规划面积"), "柳堤开发区", ("开发面积",), ("short",))
READING: dict[str, Any] = {
    "file": "M1", "start": TEXT.index("21万亩"), "quantity": "21万亩", "metrics": ["秋播小麦", "小麦"], "by": ["short"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("row", "allowed"),
    [
        ({"kind": "target", "metric": "规划面积", "subject": "柳堤开发区"}, True),
        ({"kind": "target", "metric": "规划总面积", "subject": "柳堤经济开发区"}, True),
        ({"kind": "target", "metric": "规划面积", "subject": None}, False),
        ({"kind": "standard", "metric": "规划面积", "subject": None}, True),
        ({"kind": "standard", "metric": "开发面积", "subject": "柳堤开发区"}, False),
        ({"kind": "fact", "metric": "产值", "subject": "柳堤开发区"}, False),
        ({"kind": "fact", "metric": None, "subject": "柳堤开发区"}, False),
    ],
)
def test_metric_and_subject_are_both_asked_but_no_subject_of_a_standing_rule(
    row: Mapping[str, Any], allowed: bool
) -> None:
    assert ACCEPTED.allows(row) is allowed


def _beside(folder: Path, *readings: Mapping[str, Any]) -> Path:
    data = {"sentences": {"short": "metric: the thing measured"}, "quantities": list(readings)}
    (folder / FILE).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder


def test_both_figures_are_reported(tmp_path: Path) -> None:
    made = rows()
    made["quantities"][0] |= {"metric": "小麦"}
    first = evaluate_set(load_gold(write_set(tmp_path / "made")), lambda _: made)
    both = evaluate_set(load_gold(_beside(tmp_path / "made", READING)), lambda _: made)
    assert first.figures["indicator_match"] == both.figures["indicator_match"] == 0.8333
    assert first.figures["indicator_match_second_guide"] is None
    assert both.figures["indicator_match_second_guide"] == 1.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": 3}, "no label of '21万亩' is there"),
        ({"quantity": "21万"}, "no label of '21万' is there"),
        ({"metrics": []}, "needs a metric"),
        ({"by": ["other"]}, r"known sentences, not \['other'\]"),
        ({"note": "?"}, r"unknown or missing keys \['note'\]"),
    ],
)
def test_a_reading_that_speaks_of_nothing_stops_the_load(tmp_path: Path, change: Mapping[str, Any], said: str) -> None:
    with pytest.raises(GoldError, match=said):
        load_gold(_beside(write_set(tmp_path / "made"), READING | dict(change)))


def test_readings_of_the_held_out_set_each_meet_a_label_and_rest_on_a_sentence() -> None:
    read = {text.name: text.accepted for text in load_gold(HELD_OUT).texts}
    written = json.loads((HELD_OUT / FILE).read_text("utf-8"))
    assert sum(map(len, read.values())) == len(written["quantities"]) > 100
    assert {name for one in written["quantities"] for name in one["by"]} == written["sentences"].keys()
