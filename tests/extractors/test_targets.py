"""Targets: one for each quantity of that kind, with key, scope, year and standard values."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from extractors.quantities.frames.keys import indicator_key
from extractors.quantities.frames.vocabulary import indicator_of, vocabulary
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


def test_keys_work_on_words() -> None:
    assert indicator_key("工业增加值") == "工业增加值", "增加 → 增长 is no folding of a word that only begins so"
    assert indicator_key("新增高新技术企业") != indicator_key("高新技术企业"), "a flow is not its stock"
    assert not indicator_key("培育和创建示范社").startswith(("和", "或"))


CODES = [
    ("一般公共预算收入完成31亿元。", "revenue_general"),
    ("地方一般公共预算收入增长4%。", "revenue_general"),
    ("GDP增长5.5%。", "gdp"),
    ("R&D经费投入强度达到2.5%。", "rd_intensity"),
    ("高新技术企业达到120家。", "hightech_enterprises"),
    ("新增高新技术企业15家。", "new_hightech_enterprises"),
    ("出口企业达到40家。", None),
    ("城乡社区议事厅建成6个。", None),
]


@pytest.mark.parametrize(("text", "code"), CODES)
def test_common_indicators_have_codes(text: str, code: str | None) -> None:
    assert [one.metric_code for one in described(text)] == [code]


def test_the_vocabulary_is_whole() -> None:
    found = vocabulary()
    assert len(found) >= 150
    for indicator in found.values():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", indicator.code)
        assert indicator_of(indicator.name, "", "growth") is indicator, "each name and wording has one code"


def test_one_target_for_each_quantity_of_that_kind() -> None:
    text = "6月底前新建幼儿园6所。每月调度1次。油茶种植面积稳定在26万亩。"
    chosen = [quantity.quantity_id for quantity in described(text) if quantity.kind == "target"]
    found = aimed(text)
    assert [target.quantity.quantity_id for target in found] == chosen
    first, second = found
    assert (first.target_year, first.deadline_date) == (2024, dt.date(2024, 6, 30))
    assert (second.target_year, second.quantity.deadline, second.quantity.unit) == (2024, None, "亩")
    assert second.quantity.unit_std != "亩" and (second.low_std or 0) > second.quantity.low


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("新建标准工业园4个。", None),
        ("全县粮食播种面积达到26万亩。", "全县"),
        ("各乡镇年内引进项目2个。", "各乡镇"),
        ("园区工业税收达到6亿元。", "园区"),
        ("新建公厕20座。", None),
        ("乡镇\t年度任务（亩）\n青柯镇\t2300", "青柯镇"),
    ],
)
def test_scope(text: str, scope: str | None) -> None:
    assert [target.scope for target in aimed(text)] == [scope]
