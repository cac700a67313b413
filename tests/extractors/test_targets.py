"""Targets: one for each quantity of that kind, with key, scope, year and standard values."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.targets.keys import indicator_key
from tests.extractors.describing import aimed, described

SAME = [
    ("粮食种植面积", "粮食播种面积"),
    ("完成全县粮食播种面积", "粮食面积"),
    ("新增规模以上工业企业", "新增规上工业企业"),
    ("固定资产投资增速", "固定资产投资同比增长"),
    ("糧食播種面積", "粮食播种面积"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_wordings_of_one_indicator_share_a_key(one: str, other: str) -> None:
    assert indicator_key(one) == indicator_key(other)


def test_other_indicators_have_other_keys() -> None:
    assert len({indicator_key(name) for name in ("粮食播种面积", "粮食总产量", "油菜播种面积", "税收", "增长")}) == 5


def test_one_target_for_each_quantity_of_that_kind() -> None:
    text = "6月底前新建幼儿园6所。每月调度1次。油茶种植面积稳定在26万亩。"
    chosen = [quantity.quantity_id for quantity in described(text) if quantity.kind == "target"]
    found = aimed(text)
    assert [target.quantity_id for target in found] == chosen
    first, second = found
    assert (first.target_year, first.deadline_date) == (2024, dt.date(2024, 6, 30))
    assert (second.target_year, second.deadline, second.unit) == (2024, None, "亩")
    assert second.unit_std != "亩" and second.low_std is not None and second.low_std > second.low


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("全县粮食播种面积达到26万亩。", "全县"),
        ("各乡镇年内引进项目2个。", "各乡镇"),
        ("园区工业税收达到6亿元。", "园区"),
        ("新建公厕20座。", None),
        ("乡镇\t年度任务（亩）\n青柯镇\t2300", "青柯镇"),
    ],
)
def test_scope(text: str, scope: str | None) -> None:
    assert [target.scope for target in aimed(text)] == [scope]
