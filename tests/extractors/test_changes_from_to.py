"""What a change from one time's value to another's is of, whatever form the times have; text → metrics."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

TITLE = "2025年工作回顾"
TWO = [
    ("农户贷款余额从2019年末的63亿元增加到2024年末的112亿元。", "农户贷款余额"),
    ("农户贷款余额从2019年的63亿元提高到目前的112亿元。", "农户贷款余额"),
    ("在园幼儿由6年前的3200人发展到现在的5600人。", "在园幼儿"),
    ("公路里程由上年的1200公里增至今年的1560公里。", "公路里程"),
    ("中专招生数将由一九八三年的二十八万人增加到一九八八年的四十万人。", "中专招生数"),
    ("资本充足率从2018年底的8.1%提升到去年底的12.6%。", "资本充足率"),
    ("社会消费品零售总额从3年前的120亿元跃升到210亿元。", "社会消费品零售总额"),
    ("城镇存款由3.2亿元猛增到8.8亿元。", "城镇存款"),
    ("轨道交通运营里程从35公里延伸至95公里。", "轨道交通运营里程"),
    # of how much a value is, behind the time
    ("离休人员补贴从2011年人均每月860元提高到2016年的1240元。", "离休人员补贴"),
    ("失业保险金由人均每月830元提高到1120元。", "失业保险金"),
    ("农户收入从2012年户均21000元增加到47000元。", "农户收入"),
    # a change that opens the clause before: what it changes
    ("扩大梯田面积，由2019年的32万亩增加到2023年的50万亩。", "梯田面积"),
    ("扩大梯田面积，计划由一九八三年的三十二万亩增加到一九八八年的五十万亩。", "梯田面积"),
    ("增加公办幼儿园，由35所增加到50所。", "公办幼儿园"),
]


@pytest.mark.parametrize("number", range(len(TWO)))
def test_both_ends_of_a_change_are_of_one_measure(number: int) -> None:
    text, metric = TWO[number]
    assert [row.metric for row in described(text, TITLE)] == [metric, metric]


def test_a_change_is_no_measure_by_itself() -> None:
    (lowered,) = described("降低屠宰税税率，平均每年降低2个百分点以上。", TITLE)
    assert lowered.metric == "屠宰税税率"


SAID = [
    # what the clause before names with the circumstances
    ("油料在连年受旱的情况下，总产量仍达到4.6万吨。", ["油料总产量"]),
    ("外贸在外需不足的形势下，出口额同比增长6%。", ["外贸出口额"]),
    # modals and adverbs in front of a change, prices by which it is reckoned, and times behind a noun are none of it
    ("氨氮、总磷排放量要分别下降4%。", ["氨氮、总磷排放量"]),
    ("氨氮、总磷排放量都要下降4%。", ["氨氮、总磷排放量"]),
    ("轻工业产值每年要增长9%以上。", ["轻工业产值"]),
    ("纺织生产又比去年同期增长11%。", ["纺织生产"]),
    ("市民收入2017年达到913亿元，按可比价格计算平均每年增长7.7%。", ["市民收入", "市民收入"]),
    ("完成税收35亿元，按不变价格计算平均每年增长6.5%。", ["税收", "税收"]),
    ("轻工业产值去年达到153亿元，比上年增长10.7%。", ["轻工业产值", "轻工业产值"]),
    ("已开工的57个项目要加快建设。", ["项目"]),
    # what something is compared with is of the same measure
    ("林业总产值达到871亿元，比一九八四年的716亿元增加155亿元。", ["林业总产值"] * 3),
    ("1987年来县游客达到269万人次，创汇1840万美元，分别为1982年的3.4倍和2.2倍。",
     ["来县游客", "创汇", "来县游客", "创汇"]),
    # words that begin like an adverb
    ("可再生能源发电装机规模突破3亿千瓦。", ["可再生能源发电装机规模"]),
    ("建成可持续发展实验区6个，到港船舶1200艘。", ["建成可持续发展实验区", "到港船舶"]),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(SAID)))
def test_what_stands_around_a_measure_is_none_of_it(number: int) -> None:
    text, metrics = SAID[number]
    assert [row.metric for row in described(text, TITLE)] == metrics
