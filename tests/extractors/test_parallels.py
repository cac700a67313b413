"""What numbers side by side leave unsaid: a change of other places, the measure or head at the end of a list, pairs."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

Named = tuple[str, str | None, str]

PLACES: list[tuple[str, list[Named]]] = [
    (
        "全省细颗粒物浓度下降23%，京津冀、长三角分别下降27%、21%。",
        [("23%", None, "细颗粒物浓度"), ("27%", "京津冀", "细颗粒物浓度"), ("21%", "长三角", "细颗粒物浓度")],
    ),
    (
        "粮食产量增长5%，东河县、西山县分别增长6%和8%。",
        [("5%", None, "粮食产量"), ("6%", "东河县", "粮食产量"), ("8%", "西山县", "粮食产量")],
    ),
    (
        "进出口总额增长5%，其中东川市增长8%，西川市下降3%。",
        [("5%", None, "进出口总额"), ("8%", "东川市", "进出口总额"), ("3%", "西川市", "进出口总额")],
    ),
    (
        "缺水城市再生水利用率达到20%，京津冀区域达到30%，西部地区达到15%。",
        [("20%", None, "缺水城市再生水利用率"), ("30%", "京津冀区域", "再生水利用率"), ("15%", "西部地区", "再生水利用率")],
    ),
    ("推进京津冀协同发展项目12个。", [("12个", "京津冀", "协同发展项目")]),
]  # fmt: skip

LISTS: list[tuple[str, list[Named]]] = [
    (
        "全省化学需氧量和氨氮、二氧化硫排放总量分别累计下降12%、13%、18%。",
        [("12%", None, "化学需氧量排放总量"), ("13%", None, "氨氮排放总量"), ("18%", None, "二氧化硫排放总量")],
    ),
    (
        "粮食总产量和油料、棉花产量分别增长3%、4%、5%。",
        [("3%", None, "粮食总产量"), ("4%", None, "油料产量"), ("5%", None, "棉花产量")],
    ),
    ("税收、粗钢产量分别增长3%、4%。", [("3%", None, "税收"), ("4%", None, "粗钢产量")]),
    (
        "建成35家基础级、12家先进级、5家卓越级工厂。",
        [("35家", None, "建成基础级工厂"), ("12家", None, "建成先进级工厂"), ("5家", None, "建成卓越级工厂")],
    ),
    (
        "教师持证率、校舍达标率分别达到96%、88%，提高1.5个、2个百分点。",
        [("96%", None, "教师持证率"), ("88%", None, "校舍达标率"), ("1.5", None, "教师持证率"), ("2个百分点", None, "校舍达标率")],
    ),
    (
        "建成省级以上实验室12家、市级40家。",
        [("12家", None, "建成省级以上实验室"), ("40家", None, "建成市级实验室")],
    ),
    ("规上企业数量翻一番，达到90家。", [("一番", None, "规上企业数量"), ("90家", None, "规上企业数量")]),
    ("“十三五”以来危房改造完成3万户。", [("3万户", None, "危房改造")]),
    ("茶叶出口量创历史同期新高，达到2万吨。", [("2万吨", None, "茶叶出口量")]),
    ("城乡居民收入分别居全国第7位和第5位。", [("第7", None, "城乡居民收入"), ("第5", None, "城乡居民收入")]),
    ("酸雨区比例由历史高峰值的30%降至7%。", [("30%", None, "酸雨区比例"), ("7%", None, "酸雨区比例")]),
]  # fmt: skip

CLASSES_OF_BEFORE: list[tuple[str, list[Named]]] = [
    (
        "规模以上工业增加值增长5.4%。分经济类型看，国有控股企业增长2.9%；私营企业增长7.3%。分门类看，采矿业下降1.8%。",
        [("5.4%", None, "规模以上工业增加值"), ("2.9%", None, "国有控股企业增加值"), ("7.3%", None, "私营企业增加值"),
         ("1.8%", None, "采矿业增加值")],
    ),
    (
        "粮食产量93万吨，增产1.2%。其中，夏粮27万吨，减产0.6%；秋粮66万吨。",
        [("93万吨", None, "粮食产量"), ("1.2%", None, "粮食产量"), ("27万吨", None, "夏粮产量"), ("0.6%", None, "夏粮产量"),
         ("66万吨", None, "秋粮产量")],
    ),
    # a class with a measure of its own, and a share, take none
    ("能源消费总量68万吨标准煤。从构成看，工业消费量41万吨标准煤。",
     [("68万吨标准煤", None, "能源消费总量"), ("41万吨标准煤", None, "工业消费量")]),
    ("从八大类消费品价格看，衣着下降2.7%、医疗保健上涨1.3%。", [("2.7%", None, "衣着价格"), ("1.3%", None, "医疗保健价格")]),
    # paces that move, and a pace over that of others
    (
        "固定资产投资增长9.4%，增速回落3.6个百分点；商品房销售额下降8.1%，降幅比一季度收窄2.2个百分点。",
        [("9.4%", None, "固定资产投资"), ("3.6个百分点", None, "固定资产投资增速"), ("8.1%", None, "商品房销售额"),
         ("2.2个百分点", None, "商品房销售额降幅")],
    ),
    ("技改投资增速高于全省9.3个百分点。", [("9.3个百分点", None, "技改投资增速")]),
    ("林业总产值8.3亿元，增长3.1%，增加值5.2亿元。",
     [("8.3亿元", None, "林业总产值"), ("3.1%", None, "林业总产值"), ("5.2亿元", None, "林业增加值")]),
    # whose parts the sentence gives by what it opens with
    (
        "地方收入按部门分：税务部门完成1520万元，下降6.4%；财政部门完成310万元。",
        [("1520万元", "税务部门", "地方收入"), ("6.4%", "税务部门", "地方收入"), ("310万元", "财政部门", "地方收入")],
    ),
    # parts by what is done to them and by their size
    ("全年安排重点项目71个，其中新开工28个、续建43个。",
     [("71个", None, "安排重点项目"), ("28个", None, "新开工重点项目"), ("43个", None, "续建重点项目")]),
    ("新增规上工业企业19家，其中产值超2亿元的5家。",
     [("19家", None, "新增规上工业企业"), ("5家", None, "产值超2亿元规上工业企业")]),
    # averaging times, an index behind its abbreviation, areas without a measure word, a full stop for a point
    ("臭氧日最大8小时滑动平均值第90百分位浓度为131微克/立方米。",
     [("131微克/立方米", None, "臭氧日最大8小时滑动平均值第90百分位浓度")]),
    ("生态质量指数（EQI）66.2，位居全市第四。", [("66.2", None, "生态质量指数"), ("第四", None, "生态质量指数")]),
    ("惠及7镇39村。", [("7镇", None, "惠及"), ("39村", None, "惠及")]),
    ("工业增加值增长4。6%。", [("4。6%", None, "工业增加值")]),
]  # fmt: skip

LIMITS: list[tuple[str, list[Named]]] = [
    ("县水利局应当自收到材料之日起15个工作日内，组织专家进行评审。", [("15个工作日", None, "专家评审期限")]),
    ("经办机构应当自受理之日起十日内，审查失业人员是否符合规定的条件。", [("十日", None, "审查失业人员期限")]),
]


FINES: list[tuple[str, str]] = [
    (
        "运输车辆没有采取密封、包扎等措施或者带泥上路的，由主管部门处{}的罚款。",
        "运输车辆没有采取密封、包扎等措施或者带泥上路罚款",
    ),
    ("产生噪音污染的，由公安机关处警告；警告后不改正的，处{}的罚款。", "产生噪音污染罚款"),
    (
        "泄漏造成道路污染的，责令限期清理；逾期不清理的，代为清理，费用由违法行为人承担，处{}的罚款。",
        "泄漏造成道路污染罚款",
    ),
    ("占用盲道堆放物品的，由城市管理部门责令改正，处{}的罚款。", "占用盲道堆放物品罚款"),
]

CLASSES: list[Named] = [
    ("10人", None, "死亡人数"), ("30人", None, "死亡人数"), ("50人", None, "重伤人数"), ("100人", None, "重伤人数"),
    ("5000万元", None, "直接经济损失"), ("1亿元", None, "直接经济损失"),
]  # fmt: skip


def _named(text: str) -> list[Named]:
    rows = process(source_of(f"工作进展\n\n　　{text}\n"))["quantities"].to_pylist()
    return [(row["text"], row["subject"], row["metric"]) for row in rows]


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=range(len(PLACES)))
def test_places(text: str, expected: list[Named]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=range(len(LISTS)))
def test_lists(text: str, expected: list[Named]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize(("text", "expected"), CLASSES_OF_BEFORE, ids=range(len(CLASSES_OF_BEFORE)))
def test_classes_paces_and_parts(text: str, expected: list[Named]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize(("text", "expected"), LIMITS, ids=range(len(LIMITS)))
def test_limits_told_behind_a_comma(text: str, expected: list[Named]) -> None:
    assert [name[0] for name in _named(text)] == [name[0] for name in expected]
    assert all(want[2] in got[2] for got, want in zip(_named(text), expected, strict=True))


@pytest.mark.parametrize(("text", "metric"), FINES, ids=range(len(FINES)))
def test_the_case_of_a_fine(text: str, metric: str) -> None:
    rule = "青柯市市容管理办法\n\n第一条　违反前款规定，" + text.format("二百元以上五千元以下") + "\n"
    rows = process(source_of(rule))["quantities"].to_pylist()
    assert [row["metric"] for row in rows] == [metric, metric]


def test_both_ends_of_a_class_of_accidents() -> None:
    found = _named(
        "重大事故，是指造成10人以上30人以下死亡，或者50人以上100人以下重伤，或者5000万元以上1亿元以下直接经济损失的事故。"
    )
    assert found == CLASSES
