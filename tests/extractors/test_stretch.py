"""Stretch values and the ties between the numbers of a sentence."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

CASES = [
    ("力争全年出栏牦牛23万头；奶产量突破7万吨。", [True, False]),
    ("收入达到24亿元，力争突破26亿元，进出口总额突破4亿元。", [False, True, False]),
    ("力争引进项目30个，其中过亿元项目20个。", [True, True]),
    ("力争新增床位60张，确保新增学位800个。", [True, False]),
    ("力争规上工业增加值增长8%，固定资产投资增长7%。", [True, False]),
    ("全年争取上级补助资金62亿元。", [False]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_stretch(text: str, expected: list[bool]) -> None:
    assert [quantity.stretch for quantity in described(text)] == expected


LED = [
    ("力争完成以下任务：（1）新建学校3所；（2）新增床位100张。新增企业5家。", [True, True, False]),
    ("今年力争实现以下目标：\n——新建学校3所；\n——新增床位100张，确保新增学位800个。\n新增企业5家。",
     [True, True, False, False]),
    ("确保完成以下任务：新建学校3所；新增床位100张。", [False, False]),
    ("收入力争突破26亿元：新建学校3所。", [True, True]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LED)
def test_a_lead_in_that_strives(text: str, expected: list[bool]) -> None:
    assert [quantity.stretch for quantity in described(text)] == expected


def test_firm_and_stretch_share_a_group() -> None:
    firm, stretch = described("一般公共预算收入完成24.8亿元，力争达到26亿元。")
    assert firm.group_id == stretch.group_id == firm.quantity_id


def test_baseline_and_part() -> None:
    before, after = described("核定面积由5.3平方公里增至10.9平方公里。")
    assert after.baseline_quantity_id == before.quantity_id
    whole, part, other = described("粮食播种面积118万亩（其中早稻39万亩），总产量50万吨。")
    assert (part.part_of_quantity_id, other.part_of_quantity_id) == (whole.quantity_id, None)
