"""Fees in prose: by how long something is used, what it costs, what goes on top, and the most; text → rows."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

NEWS = "城区停车收费听证会召开"

FEES = [
    (
        "露天停车场收费标准：\n超过20分钟至2小时（含2小时）3元/辆，每增加1小时加收2元，不足1小时按1小时计费，全天（24小时）最高收费20元。",
        [
            ("停车时长", ">", 20),
            ("停车时长", "<=", 2),
            ("收费标准", "=", 3),
            ("每增加1小时加收", "=", 2),
            ("全天最高收费", "<=", 20),
        ],
    ),
    (
        "小型车：停放1小时以内免费；超过1小时不足4小时的，收费3元，每日最高收取15元。",
        [
            ("免费停车时长", "<=", 1),
            ("停车时长", ">", 1),
            ("停车时长", "<", 4),
            ("收费标准", "=", 3),
            ("每日最高收费", "<=", 15),
        ],
    ),
    (
        "首小时6元，以后每30分钟2元，当天（8时至20时）封顶40元。连续停车超过24小时的，不再免费。",
        [
            ("首小时收费标准", "=", 6),
            ("每30分钟收费标准", "=", 2),
            ("当天最高收费", "<=", 40),
            ("连续停车时长", ">", 24),
        ],
    ),
    (
        "居民用水：2.8元/立方米\n特种用水：9元/立方米",
        [("居民用水价格", "=", 2.8), ("特种用水价格", "=", 9)],
    ),
    (
        "门票价格：\n旺季80元/人次，淡季50元/人次",
        [("旺季门票价格", "=", 80), ("淡季门票价格", "=", 50)],
    ),
]


@pytest.mark.parametrize("text, expected", FEES)
def test_fees_are_standards_by_step_charge_and_cap(text: str, expected: list[tuple[str, str, float]]) -> None:
    found = described(text, NEWS)
    assert [(one.metric, one.comparator, one.low) for one in found] == expected
    assert {one.kind for one in found} == {"standard"}


def test_a_label_begins_a_line_of_its_own_behind_a_value_without_an_end_mark() -> None:
    found = described("收费标准：\n旅馆：每床每月4元\n商铺：每间每月30元", NEWS)
    assert [one.sentence for one in found] == ["旅馆：每床每月4元", "商铺：每间每月30元"]


def test_a_bound_of_a_deed_in_time_is_no_fee() -> None:
    (one,) = described("值班人员应当在2小时内赶到现场。", "应急预案")
    assert "停车" not in one.metric
