"""What each number measures: one table of sentences, each number with its span's text and its indicator."""

from __future__ import annotations

import pytest

from extractors.folding import fold
from extractors.noun_phrases import phrases
from extractors.quantities.indicator import STRATEGIES
from schemas.spans import Reading
from tests.extractors.describing import described

PROSE = [
    # nouns before the number
    ("地区生产总值增长6%左右。", [("6%", "地区生产总值增长")]),
    ("力争全年出栏山羊18万只。", [("18万只", "出栏山羊")]),
    ("完成一般公共预算收入31.5亿元。", [("31.5亿元", "一般公共预算收入")]),
    ("油茶种植面积稳定在26万亩。", [("26万亩", "油茶种植面积")]),
    # nouns behind it
    ("新改建3所乡镇卫生院。", [("3所", "新改建乡镇卫生院")]),
    ("完成17个老旧小区改造。", [("17个", "老旧小区改造")]),
    ("培育40家创新型企业、6家专精特新企业。", [("40家", "培育创新型企业"), ("6家", "培育专精特新企业")]),
    # lists that share a verb, a head or a change
    ("申报知识产权30项、发明专利12项。", [("30项", "申报知识产权"), ("12项", "申报发明专利")]),
    ("茶叶产量、柑橘产量分别增长5%、8%。", [("5%", "茶叶产量增长"), ("8%", "柑橘产量增长")]),
    ("城乡居民人均可支配收入分别增长6%、7%。", [("6%", "城镇居民人均可支配收入增长"), ("7%", "农村居民人均可支配收入增长")]),
    ("建成县、乡、村三级物流站点1个、12个、140个。",
     [("1个", "建成县级物流站点"), ("12个", "建成乡级物流站点"), ("140个", "建成村级物流站点")]),
    # what is left unsaid
    ("进出口总额286.4亿元，同比增长7.2%。", [("286.4亿元", "进出口总额"), ("7.2%", "进出口总额同比增长")]),
    ("油茶种植面积稳定在26万亩，总产量达到2万吨。", [("26万亩", "油茶种植面积"), ("2万吨", "油茶总产量")]),
    ("引进项目60个，其中过5亿元项目8个。", [("60个", "引进项目"), ("8个", "引进过5亿元项目")]),
    ("建成省级示范基地4个，其中国家级1个。", [("4个", "建成省级示范基地"), ("1个", "建成国家级示范基地")]),
    ("改造老旧小区58个，惠及居民4300余户。", [("58个", "改造老旧小区"), ("4300余户", "改造老旧小区惠及居民")]),
    ("污水集中处理率由71%提高到80%。", [("71%", "污水集中处理率"), ("80%", "污水集中处理率")]),
    # ranks, shares, limits
    ("园区综合排名进入全省前10。", [("前10", "园区综合排名全省")]),
    ("引进项目100%符合产业规划。", [("100%", "引进项目符合产业规划比例")]),
    ("年度考核得分低于70分的，取消评优资格。", [("70分", "取消评优资格的年度考核得分")]),
    ("违规存放被处罚三次以上的，吊销许可证。", [("三次", "吊销许可证的违规存放被处罚次数")]),
    ("企业申请3个工作日内受理、8个工作日内办结。", [("3个工作日", "企业申请受理时限"), ("8个工作日", "企业申请办结时限")]),
    ("群众诉求须在5个工作日内办结。", [("5个工作日", "群众诉求办结时限")]),
    ("擅自占用绿地的，处五千元以上三万元以下罚款。", [("五千元", "擅自占用绿地罚款"), ("三万元", "擅自占用绿地罚款")]),
]  # fmt: skip

TABLES = [
    (
        "乡镇\t早稻面积（万亩）\t总产量（吨）\n青柯镇\t2.3\t10500",
        [("2.3", "青柯镇早稻面积"), ("10500", "青柯镇总产量")],
    ),
    ("姓名\t奖金（元）\n方砚\t5000", [("5000", "方砚奖金")]),
]


@pytest.mark.parametrize(("text", "expected"), PROSE + TABLES)
def test_indicators(text: str, expected: list[tuple[str, str]]) -> None:
    found = described(text)
    assert [(quantity.text, quantity.indicator) for quantity in found] == expected
    assert all(text[quantity.span.start : quantity.span.end] == quantity.text for quantity in found)


def test_strategies_have_names_and_reasons() -> None:
    assert len({strategy.__name__ for strategy in STRATEGIES}) == len(STRATEGIES)
    assert all(strategy.__doc__ for strategy in STRATEGIES)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("全面加强高标准农田", "加强高标准农田"),
        ("在全县粮食播种面积稳定在", "粮食播种面积"),
        ("确保森林覆盖率达到", "森林覆盖率"),
        ("税收收入增长", "税收收入增长"),
        ("城市共同配送率提高到", "城市共同配送率"),
    ],
)
def test_leads_and_tails_are_peeled_off(text: str, phrase: str) -> None:
    start, end = phrases(text, [(0, len(text))]).trim(0, len(text))
    assert text[start:end] == phrase


def test_hostile_line_stays_linear_and_survives() -> None:
    line = "引进项目3个、" * 4000
    assert len(described(line)) == 4000
    assert fold(Reading.of(line, 0, len(line))).text
