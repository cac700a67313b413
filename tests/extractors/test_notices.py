"""Notices, replies and rules of the State Council's manner: months gone by, bounds, classes and set phrases; text → rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from extractors.quantities import extract_quantities
from pipeline.segmentation.parts import with_parts
from schemas.ids import IdMaker
from schemas.rows import Quantity
from tests.extractors.building import issue_of
from tests.extractors.describing import PLAN_YEAR, described

RULES = "青柯县物资储运管理办法"
SIGNED = dt.date(PLAN_YEAR, 10, 15)


def signed(text: str, title: str = "关于做好今冬物资调运工作的通知") -> tuple[Quantity, ...]:
    """The quantities of *text* in a notice signed in the middle of October of the plan year."""
    issue = issue_of(text)
    document = with_parts(replace(issue.documents[0], title=title, plan_year=PLAN_YEAR, signed_date=SIGNED))
    return extract_quantities(issue, document, IdMaker(issue.issue_id))


MONTHS = [
    # months that were over when the notice was signed state what was done, later ones what is to be done
    ("元至八月，铁路外运煤炭八百四十万吨，占全年计划的百分之五十六。",
     [("fact", "2024-01/2024-08"), ("fact", "2024-01/2024-08")]),
    ("前三季度，水路外运木材35万立方米。", [("fact", "2024-01/2024-09")]),
    ("截至九月底，已收购棉花五十二万担，完成计划的百分之七十一，比去年同期多购三万担。",
     [("fact", "2024-09"), ("fact", "2024-09"), ("fact", "2024-09")]),
    ("第四季度安排省间调拨煤炭45万吨。", [("target", "2024-10/2024-12")]),
    ("9月底前完成检修120处。", [("target", "2024-09")]),
    ("11月份安排外运木材6万立方米。", [("target", "2024-11")]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", MONTHS, ids=range(len(MONTHS)))
def test_months_over_when_the_notice_was_signed(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.time_period) for one in signed(text)] == expected


def test_how_much_of_a_plan_is_asked_for_is_no_fact() -> None:
    assert [one.kind for one in signed("各地要确保完成全年计划的60%。")] == ["target"]


BOUNDS = [
    ("减征后的税额不得超过法定最低税额的35%。", "<=", 35.0),
    ("补偿金最高不得超过当地最低限价的40%。", "<=", 40.0),
    ("首付款最低为房屋总价的15%。", ">=", 15.0),
    ("运价不得低于公布的最低运价的70%。", ">=", 70.0),
]


@pytest.mark.parametrize("text, comparator, low", BOUNDS, ids=range(len(BOUNDS)))
def test_a_lowest_or_highest_base_is_no_bound(text: str, comparator: str, low: float) -> None:
    assert [(one.comparator, one.low) for one in described(text, RULES)] == [(comparator, low)]


NAMED = [
    ("职工累计工作已满2年不满8年的，年休假6天；已满8年不满16年的，年休假9天；已满16年的，年休假12天。",
     ["累计工作时间", "累计工作时间", None, "累计工作时间", "累计工作时间", None, "累计工作时间", None]),
    ("工龄满二十五年的，按百分之八十发给；满十年不满二十五年的，按百分之六十五发给。",
     ["工龄", None, "工龄", "工龄", None]),
    ("经营者以1个季度为一个结算期的，自期满之日起12日内申报。", ["结算期", None]),
    ("以1日、4日或者8日为一个结算期。", ["结算期"] * 3),
    ("年应纳税所得额超出的部分减按35%计入应纳税所得额。", ["计入应纳税所得额比例"]),
    ("样品应在6℃以下避光保存。", ["样品保存温度"]),
    ("逐级上报时每级不得超过3小时。", ["上报期限"]),
    ("面试人选按招录计划数1:4的比例确定。", ["面试比例"]),
    ("依照前条规定处以罚款的，罚款幅度为擅自占用的绿地每平方米30元至60元。", ["绿地罚款幅度"]),
    ("依照前条规定处以罚款的，罚款数额为700元以上、7000元以下。", ["罚款数额", "罚款数额"]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", NAMED, ids=range(len(NAMED)))
def test_classes_and_set_phrases_of_rules(text: str, expected: list[str | None]) -> None:
    found = described(text, RULES)
    assert [one.kind for one in found] == ["standard"] * len(expected)
    metrics = [one.metric.removeprefix("职工") for one in found]
    assert [metric if want else None for metric, want in zip(metrics, expected, strict=True)] == expected


BULLETINS = [
    ("2023年，全国林业部门共出动检查人员62万人次，挽回经济损失3.1亿元。", ["出动检查人员", "挽回经济损失"]),
    ("全省海关系统累计查获走私案件215件。", ["查获走私案件"]),
    ("利用国际农业基金贷款2400万美元建设灌溉渠道。", ["国际农业基金贷款"]),
]


@pytest.mark.parametrize("text, expected", BULLETINS, ids=range(len(BULLETINS)))
def test_organs_that_acted_together_and_loans(text: str, expected: list[str]) -> None:
    assert [one.metric for one in described(text, "2023年工作情况通报")] == expected


def test_what_is_fostered_with_a_quality_is_no_case() -> None:
    found = described("到2030年，培育40个以上具有全国影响力的赛事品牌，消费规模突破2万亿元。", "关于发展健身产业的意见")
    assert [(one.kind, one.time_period) for one in found] == [("target", "2030")] * 2
    (case,) = described("对引进4家以上企业的，给予表扬。", "青柯县扶持政策")
    assert case.kind == "standard"


def test_a_reply_on_a_plan_is_about_the_place_of_its_title() -> None:
    text = "到2035年，生态保护红线面积不低于1500平方千米；城区东至白河，西至青石岭，面积约160平方公里。"
    found = described(text, "国务院关于青柯市国土空间总体规划的批复")
    assert [one.metric for one in found] == ["生态保护红线面积", "面积"]


def test_the_day_of_a_request_dates_nothing() -> None:
    text = "你省一九八八年六月三日请示收悉。柳荫县现辖12个镇、7个乡，总人口46.1万人。"
    assert [one.time_period for one in described(text, "关于设立柳荫市的批复")] == [None] * 3


def test_funds_of_an_allotment_are_no_grant_for_a_case() -> None:
    text = "现下达危房改造计划1.3万户，其中重点县7400户，补助资金2.9亿元（中央资金1.8亿元）。"
    assert [one.kind for one in described(text, "关于下达2024年危房改造计划的通知")] == ["target"] * 4
    (grant,) = described("每户补助二分五厘。", "青柯县补贴办法")
    assert grant.kind == "standard"
