"""Quantities of table cells: the unit from the cell, its header, a unit column, the row's name or the caption."""

from __future__ import annotations

import pytest

from extractors.quantities.candidates.find import find_candidates
from extractors.rules.registry import registry
from tests.extractors.quantity_cases import spelt, table

HEADERS = """
序号|企业名称|2022年税收(万元)|增幅（%）|工龄（年）|面积（万亩）|备注
1|某某公司|1379|-2.8|40.5|21.7|12
2|某某二公司|-654|≥36|/|—|含个税453万元
3|某某三公司|1,012|5—8|41|7000平方米（租）|新增
"""
UNIT_COLUMN = """
序号|工作事项|计量单位|年度任务|完成时限|联系电话
1|新改建农村公路|公里|460|11月底|6621508
2|农村公路安防工程|〃|280|同上|6621509
3|城镇新增就业|万人|0.76|5月31日|6621510
4|养老床位||120|12月|6621511
"""
LABELS = """
指标|2023年|2024年目标
粮食总产量（万吨）|50|51.5
税收|3.5亿|4亿
城镇化率（%）|61.2|62
"""
TEXTS = """
序号|主要指标|具体目标
1|技工贸总收入|规上企业过150家，600亿元、力争达650亿元
2|劳动生产率|92万/人
3|综合评价|进入全市前三、力争挺进全省前10强
4|土地节约集约利用指数|90%以上
"""
PLAIN = """
乡镇|户数|人数|学校代码
东河镇|320|1150|43001
"""
MARKED = """
地区|限额（亿元）|收入（元）
东河镇|12.5①|19800¹
西林乡|8[2]|15,000※
"""
AGENCIES = """
序号|任务|单位|金额（万元）
1|道路硬化|县交通运输局|86
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (HEADERS, ["13790000元", "-2.8%", "40.5年", "217000亩", "-6540000元", ">=36%", "4530000元", "10120000元",
                   "5..8%", "41年", "7000平方米"]),
        (UNIT_COLUMN, ["460公里", "280公里", "7600人", "1200000人"]),
        (LABELS, ["500000吨", "515000吨", "350000000元", "400000000元", "61.2%", "62%"]),
        (TEXTS, [">150家", "60000000000元", "65000000000元", "920000元/人", "<=3名次", "<=10名次", ">=90%"]),
        (PLAIN, ["320户", "1150人"]),
        (AGENCIES, ["860000元"]),
        (MARKED, ["1250000000元", "19800元", "800000000元", "15000元"]),
    ],
)  # fmt: skip
def test_cells(rows: str, expected: list[str]) -> None:
    found = [one for passage in table(rows) for one in find_candidates(passage)]
    assert [spelt(one) for one in found] == expected
    assert all(one.rule_id in registry() for one in found)


def test_caption_gives_the_unit() -> None:
    cells = table("县区|收入\n东区|120", caption="各县区财政收入（单位：万元）")
    assert [spelt(one) for passage in cells for one in find_candidates(passage)] == ["1200000元"]


def test_a_rate_is_none_of_the_people_who_pay_it() -> None:
    cells = table("用水类别|基本水价\n居民|2.35\n非居民|3.10", caption="收费标准（单位：元/吨）")
    assert [spelt(one) for passage in cells for one in find_candidates(passage)] == ["2.35元/吨", "3.1元/吨"]


def test_the_span_is_the_number_alone() -> None:
    passage = next(one for one in table(HEADERS) if one.text == "≥36")
    (found,) = find_candidates(passage)
    assert passage.text[found.start : found.end] == "36"
    assert found.rule_id == "quantity.cell_header"
