"""Deadlines: what time expressions stand for, and which one a quantity takes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import pytest

from extractors.milestones.times import governing_times
from extractors.quantities.description.deadline import OPEN, last_day, time_expressions
from extractors.rules.registry import signs_of
from pipeline.process import process
from tests.extractors.describing import described
from tests.segmentation.support import source_of

EXPRESSIONS = [
    ("到2027年达到", [("2027年", "2027")]),
    ("2025年底前", [("2025年底前", "2025-12")]),
    ("6月底前", [("6月底前", "2024-06")]),
    ("9月30日前", [("9月30日前", "2024-09-30")]),
    ("三季度末前", [("三季度末前", "2024-09")]),
    ("上半年", [("上半年", "2024-06")]),
    ("明年6月底前", [("明年6月底前", "2025-06")]),
    ("“十四五”末", [("“十四五”末", "2025")]),
    ("“十五五”期间", [("“十五五”期间", "2030")]),
    ("年内新增", [("年内", "2024")]),
    ("“九五”期间新建", [("“九五”期间", "2000")]),
    ("比“六五”期间增长", []),
    ("2023年1月1日至2025年12月31日", []),
    ("较2023年提高", []),
    ("聘期12个月", []),
    ("每季度终了后", []),
]


FORMS: Final = [
    line.split(" => ")
    for line in Path(__file__).with_name("time_forms.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_forms_of_times(form: int) -> None:
    phrase, expected = FORMS[form]
    date, _, milestones_alone = expected.partition(" ")
    dates = [] if date == "-" else [date]
    text = f"{phrase}完成柳溪桥主体施工"
    assert [time.date for time in governing_times(text, 2025, signs_of(text))][-1:] == dates
    if not milestones_alone and dates:
        assert [time.date for time in time_expressions(f"力争{phrase}新建卫生室12所", 2025)][-1:] == dates


SIGNED = [
    ("月底前", 2025, dt.date(2025, 4, 9), "2025-04", False),
    ("下月10日前", 2025, dt.date(2025, 12, 9), "2026-01-10", False),
    ("1月15日前", 2025, dt.date(2025, 12, 9), "2026-01-15", False),  # soon behind the signature
    ("元月底前", 2025, dt.date(2025, 11, 20), "2026-01", False),
    ("6月15日前", 2025, dt.date(2025, 12, 9), "2025-06-15", False),  # long past
    ("11月15日前", 2026, dt.date(2025, 10, 20), "2025-11-15", True),  # a notice of next year's plan
    ("12月31日前", 2026, dt.date(2025, 10, 20), "2026-12-31", True),
    ("11月", 2026, dt.date(2025, 10, 20), "2026-11", True),
    ("6月30日前", 2026, dt.date(2025, 12, 20), "2026-06-30", False),
    ("2026年11月15日前", 2026, dt.date(2025, 10, 20), "2026-11-15", False),
    ("春节前", 2025, dt.date(2025, 11, 20), "2026-02-17", False),
    ("春节前", 2025, dt.date(2025, 1, 9), "2025-01-29", False),
    ("春节前", 2025, None, "2025", True),  # this year's, or that of the year behind
    ("2025年春节前", 2025, None, "2025-01-29", False),
    ("2045年春节前", 2025, None, "2045", True),  # no calendar as far as that
    ("国庆节前", 2025, dt.date(2025, 10, 20), "2026-10-01", False),
    ("元旦前", 2025, dt.date(2025, 12, 3), "2026-01-01", False),
    ("元旦前", 2026, dt.date(2025, 12, 3), "2026-01-01", False),
    ("端午节前", 2025, dt.date(2025, 4, 3), "2025-05-31", False),
    ("两会前", 2025, None, "2025", True),
]


@pytest.mark.parametrize("case", range(len(SIGNED)))
def test_times_of_a_signed_paper(case: int) -> None:
    phrase, year, signed, date, is_open = SIGNED[case]
    [time] = time_expressions(f"{phrase}新建卫生室12所", year, signed=signed)
    assert (time.date, time.rule_id in OPEN) == (date, is_open)


def test_a_deadline_that_the_text_leaves_open_is_told() -> None:
    text = "柳溪县2025年重点工作方案\n一、主要任务\n春节前完成桥梁加固。两会前新建泵站3座。6月底前完成选址。\n"
    made = process(source_of(text))
    told = [row["message"] for row in made["problems"].to_pylist() if row["category"] == "open_deadline"]
    assert [row["deadline"] for row in made["milestones"].to_pylist()] == ["2025", "2025-06"]
    assert [("春节前" in one, "3座" in one) for one in sorted(told)] == [(False, True), (True, False)]


OPEN_YEARS = [
    # No year of its own: that of the paper to be written.
    ("（二）清查阶段（6月1日至6月20日）。各乡镇建立取水台账。\n（三）整改阶段（6月21日至9月30日）。各乡镇关停违规取水井，"
     "并报送《2024年取水管理工作总结》。", 1),
    # A plan of the year to come, whose table may mean the days right behind the signature.
    ("柳溪县2026年水利工作计划\n序号  任务  完成时限\n1  完成渠道清淤  12月10日\n2  建成青柯泵站  6月底前\n柳溪县水利局\n2025年11月3日", 1),
    ("柳溪县2026年水利工作计划\n一、任务\n2026年12月10日前完成渠道清淤，6月底前建成青柯泵站。\n柳溪县水利局\n2025年11月3日", 0),
    ("柳溪县2026年水利工作计划\n一、任务\n12月10日前完成渠道清淤。\n柳溪县水利局\n2026年1月3日", 0),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(OPEN_YEARS)))
def test_a_year_that_a_paper_leaves_open_is_told_once(case: int) -> None:
    text, told = OPEN_YEARS[case]
    made = process(source_of(text + "\n"))
    assert made["milestones"].num_rows > 1 - case // 3
    assert sum(row["category"] == "open_deadline" for row in made["problems"].to_pylist()) == told


def test_a_garbled_plan_year_dates_nothing() -> None:
    assert time_expressions("9月底前完成，2024年建成", 484) == time_expressions("9月底前完成，2024年建成", None)


@pytest.mark.parametrize(("text", "expected"), EXPRESSIONS)
def test_time_expressions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[item.start : item.end], item.date) for item in time_expressions(text, 2024)] == expected


GOVERNING = [
    ("一季度末新增企业6家，6月底前新增18家，全年新增42家。", ["2024-03", "2024-06", "2024"]),
    ("4月、5月网络零售额分别不低于6亿元、7亿元。", ["2024-04", "2024-05"]),
    ("到2026年，实现以下目标：床位达到500张；医师达到300人。", ["2026", "2026"]),
    ("年内新增床位80张；改造卫生院6所。", ["2024", None]),
    ("今年，安排补助800万元；新建水厂2座。", ["2024", "2024"]),
    ("今年主要预期目标是：生产总值增长6%，努力争取更好结果。工业增加值增长7%，进出口增长5%。", ["2024"] * 3),
    ("今年主要预期目标是：生产总值增长6%。要做好以下工作：新建水厂2座。", ["2024", None]),
    ("今年是关键之年。全市主要预期目标是：生产总值增长6%；投资增长7%。", ["2024", "2024"]),
    ("今年是开局之年，要稳中求进。\n全市主要预期目标是：生产总值增长6%；投资增长7%。", ["2024", "2024"]),
    ("按照部署，今年政府工作，要稳中求进。\n主要预期目标为：生产总值增长6%。", [None]),
    ("去年是收官之年。\n主要预期目标为：生产总值增长6%。", [None]),
    ("今年的主要预期目标是：\n生产总值增长6%；新增就业2万人。\n新建水厂2座。", ["2024", "2024", None]),
    ("今年的主要预期目标是：\n——生产总值增长6%；\n——新增就业2万人。\n新建水厂2座。", ["2024", "2024", None]),
    ("2024年安排预算100亿元。其中：安排教育预算20亿元；安排卫生预算8亿元。", ["2024"] * 3),
    ("二、通过实施规划，到2026年，森林覆盖率达到40%；床位达到500张。", ["2026", "2026"]),  # all of its sentence
    ("主要指标：到2026年，建成水厂2座。推动建设基地30个。", ["2026", "2026"]),
    ("每年培育农民300人。", [None]),
    ("2024年，每人每月补助600元。", [None]),
    ("事项\t年度任务（公里）\t完成时限\n农村公路\t460\t11月底\n安防工程\t280\t同上", ["2024-11", "2024-11"]),
]


@pytest.mark.parametrize(("text", "expected"), GOVERNING)
def test_each_quantity_takes_the_nearest(text: str, expected: list[str | None]) -> None:
    assert [quantity.deadline for quantity in described(text)] == expected


@pytest.mark.parametrize(
    ("deadline", "day"),
    [("2024", dt.date(2024, 12, 31)), ("2024-02", dt.date(2024, 2, 29)), ("2024-06-30", dt.date(2024, 6, 30)),
     ("2023-02-31", None)],
)  # fmt: skip
def test_last_day(deadline: str, day: dt.date | None) -> None:
    assert last_day(deadline) == day


OPINION = """青柯省人民政府关于加快装备产业发展的指导意见

青政发〔2018〕4号

各市人民政府：

一、总体要求

（一）发展目标。

到2025年，装备品类基本齐全，产业迈入高质量发展阶段。农机总动力稳定在1亿千瓦左右，灌排动力达到300万千瓦。

二、重点任务

（二）完善体系。新建装备产业园12个。

青柯省人民政府

2018年12月20日
"""
REPORT = """政府工作报告

——2026年1月20日在青柯省第十四届人民代表大会第四次会议上

各位代表：

二、“十五五”时期主要目标任务

“十五五”时期是全面发力的关键时期，这里概述几个方面。

——坚持扩大需求。社会消费品零售总额年均增长5%左右。

——坚持创新驱动。战略性新兴产业增加值占规上工业比重达到30%。

三、2026年重点工作

今年是开局之年。新建高标准农田40万亩。
"""
STRUCTURED = [
    # a label line over a paragraph that its year opens; a plan period at the head of a list with dashes
    (OPINION, [("target", "2025"), ("target", "2025"), ("target", None)]),
    (REPORT, [("target", "2030"), ("target", "2030"), ("target", None)]),
]


@pytest.mark.parametrize(("text", "expected"), STRUCTURED)
def test_goals_under_their_label(text: str, expected: list[tuple[str, str | None]]) -> None:
    rows = process(source_of(text))["quantities"].to_pylist()
    assert [(row["kind"], row["deadline"]) for row in rows] == expected
