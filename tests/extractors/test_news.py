"""News and plans: the year that a page or dateline gives, chapters that tell how things stand, shares by which money is reckoned."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

Told = tuple[str, str, str | None]

NEWS: list[tuple[str, list[Told]]] = [
    ("某市就业情况\n2021-05-06 10:20\n来源：市人社局\n去年新增就业3万人。", [("3万人", "fact", "2020")]),
    ("某湾区发展综述\n2019年12月02日 20:16 | 来源：某某网\n去年新增就业3万人。", [("3万人", "fact", "2018")]),
    ("新闻发布会举行\n新华社青柯2003年2月3日电 去年新增就业3万人。", [("3万人", "fact", "2002")]),
    (
        "新闻发布会举行\n2021年1月14日，市政府召开发布会。去年前三季度新设企业9万户。",
        [("9万户", "fact", "2020-01/2020-09")],
    ),
    ("审批提速\n2020-04-17 09:00\n今年前3月，审批项目12个。", [("12个", "fact", "2020-01/2020-03")]),
    (
        "方案印发\n2011-09-08 04:05\n到2015年，能耗下降到0.9吨(按2005年价格计算)，比2010年的1.1吨下降16%。力争农林牧渔总产值比增8%。",
        [("0.9吨", "target", "2015"), ("1.1吨", "fact", "2010"), ("16%", "target", "2015"), ("8%", "target", None)],
    ),
    (
        "工业部门：2025年将大力推进改造\n本报青柯12月28日电　工业工作会议于12月26日至27日在京召开。会议指出，2024年，工业运行总体平稳。预计全年，增加值同比增长5.7%，销售同比增长4%，出口同比增长3%。"
        "累计培育企业14家。",
        [("5.7%", "fact", "2024"), ("4%", "fact", "2024"), ("3%", "fact", "2024"), ("14家", "fact", "2024")],
    ),
    (
        "建设提速\n某某介绍，2023年我国建设提速，全年完成投资96亿元，跟去年同期比，增加了8亿元。第一类，防洪工程，实施了83个项目，开工12个。",
        [("96亿元", "fact", "2023"), ("8亿元", "fact", "2023"), ("83个", "fact", "2023"), ("12个", "fact", "2023")],
    ),
    (
        "青柯省“十四五”农业规划\n第一章　发展环境\n“十三五”时期，乡村振兴实现良好开局。贫困村摘帽12个。机械化率达到71%。",
        [("12个", "fact", "2016/2020"), ("71%", "fact", "2020")],
    ),
    ("“十一五”前四年，青柯省生产总值年均增长11%。", [("11%", "fact", "2006/2009")]),
    ("规划公布\n2019-12-02 09:00\n国务院昨天（1日）印发规划，到2025年，覆盖率达到80%。", [("80%", "target", "2025")]),
]

PLANS: list[tuple[str, list[Told]]] = [
    (
        "青柯省“十三五”水资源保护规划\n第一章　水资源保护形势\n第一节　水资源保护取得积极进展\n2015年，全省水质达标率为66%。建成监测站120个。\n"
        "第二章　主要任务\n第一节　加强治理\n新建监测站80个。",
        [("66%", "fact", "2015"), ("120个", "fact", "2015"), ("80个", "target", "2016/2020")],
    ),
    (
        "青柯省水土保持“十一五”规划\n一、环境形势\n全省62%的断面水质不达标。\n二、主要任务\n治理水土流失300平方公里。",
        [("62%", "fact", None), ("300平方公里", "target", "2006/2010")],
    ),
    ("青柯条例施行成效明显\n评估组调研了9个县的18个村。", [("9个", "fact", None), ("18个", "fact", None)]),
]

MONEY = [
    ("返还数额按单位实际交纳数的70%计算。", "standard"),
    ("各县按本县交纳数的60%，集中返还给省局。", "standard"),
    ("完成计划的70%，发放资金。", "fact"),
]


def _told(text: str) -> list[Told]:
    rows = process(source_of(f"{text}\n"))["quantities"].to_pylist()
    return [(row["text"], row["kind"], row["time_period"]) for row in rows]


@pytest.mark.parametrize(("text", "expected"), NEWS, ids=range(len(NEWS)))
def test_the_year_of_news(text: str, expected: list[Told]) -> None:
    assert _told(text) == expected


@pytest.mark.parametrize(("text", "expected"), PLANS, ids=range(len(PLANS)))
def test_how_things_stand_in_a_plan(text: str, expected: list[Told]) -> None:
    assert _told(text) == expected


@pytest.mark.parametrize(("text", "kind"), MONEY, ids=range(len(MONEY)))
def test_shares_by_which_money_is_reckoned(text: str, kind: str) -> None:
    told = _told(f"关于返还基金问题的通知\n各县人民政府：\n{text}")
    assert [row[1] for row in told] == [kind]
