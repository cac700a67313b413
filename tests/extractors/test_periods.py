"""The periods that a text names, and the period that a value is of."""

from __future__ import annotations

import pytest

from extractors.quantities import extract_quantities
from extractors.times.periods import periods
from pipeline.segmentation import segment
from schemas.ids import IdMaker
from schemas.records import SourceText
from tests.extractors.describing import described

NAMED = [
    ("“十四五”时期和2025年", ["2021/2025", "2025"]),
    ("一九八一年到一九八五年", ["1981/1985"]),
    ("关于第七个五年计划的报告", ["1986/1990"]),
    ("过去五年", ["2021/2025"]),
    ("去年末", ["2025-12"]),
    ("上半年", ["2026-01/2026-06"]),
    ("2025年前三季度", ["2025-01/2025-09"]),
    ("6月30日前", ["2026-06-30"]),
    ("未来三年", ["2026/2028"]),
    ("每年3月", []),
    ("实行一月一排名", []),
    ("三年行动", []),
    ("入境游客人次年均增长8%", []),
    ("——这是城乡面貌变化最大的五年。", ["2021/2025"]),
    ("打造“新十二月市”“八月集”品牌", []),
    ("对标2035年远景目标", []),
    ("2019年1月1日至12月31日", ["2019-01-01/2019-12-31"]),
    ("自2004年3月8日至7月7日", ["2004-03-08/2004-07-07"]),
    ("2023年11月1日至次年2月10日", ["2023-11-01/2024-02-10"]),
    ("2003年12月18日晚8时40分和19日晚8时35分两次", ["2003-12-18/2003-12-19"]),
    ("6月1日至15日", ["2026-06-01/2026-06-15"]),
    ("2006年元至6月", ["2006-01/2006-06"]),
    ("今年元月至九月", ["2026-01/2026-09"]),
    ("二〇〇八年一至八月", ["2008-01/2008-08"]),
    ("每吨3万元至6月的5万元", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_periods(text: str, expected: list[str]) -> None:
    assert [found.value for found in periods(text, 2026)] == expected


def test_a_year_that_nobody_states_is_left_out() -> None:
    assert periods("6月底前和去年", None) == ()


OF = [
    ("2026年政府工作报告", "“十五五”时期，地区生产总值年均增长6%。", [("2026/2030", "stated")]),
    ("2024年政府工作报告", "去年，新增就业2万人。", [("2023", "stated")]),
    ("2024年政府工作报告", "占比由31%提升至54%。", [("2022", "part"), ("2023", "part")]),
    ("2024年工作要点", "到2030年，森林覆盖率达到45%。", [("2030", "stated")]),
    ("2024年工作要点", "新建学校4所。", [("2024", "part")]),
    ("2024年政府工作报告", "一季度增速回落，果断出手，全年生产总值增长5%。", [("2023", "part")]),
    ("2024年政府工作报告", "转化率从2019年的51%提升到2023年的70%。", [("2019", "stated"), ("2023", "stated")]),
    ("中医药振兴实施方案", "新建中医馆4所。", [(None, None)]),
    ("2024年国民经济和社会发展统计公报", "年末常住人口31万人。", [("2024", "stated")]),
    ("生活垃圾管理办法", "处五百元以上罚款。", [(None, None)]),
    ("稳岗返还办法", "2024年1月1日至12月31日，每人补助500元。", [("2024-01-01/2024-12-31", "stated")]),
    ("关于2024年最低生活保障标准的通知", "城市低保标准为每人每月800元。", [("2024", "document")]),
    ("关于大桥坍塌情况的函", "2023年5月3日大桥坍塌。房屋损坏12间。", [("2023-05-03", "stated")]),
    ("关于大桥坍塌情况的函", "伤者为1990年5月3日以前出生。房屋损坏12间。", [(None, None)]),
    ("关于激励措施的函", "将2022年实施的24项措施调整增加为30项。", [("2022", "stated"), (None, None)]),
    (
        "节能工作方案",
        "（一）主要目标。到2030年，能耗下降15%。排放总量控制在5万吨以内。",
        [("2030", "stated"), ("2030", "stated")],
    ),
    ("2024年工作要点", "到2030年，产值达到2020年的2倍。", [("2030", "stated")]),
    (
        "关于《青柯市国土空间总体规划（2021—2035年）》的批复",
        "到2035年，边界控制在基于2020年用地规模的1.3倍以内。",
        [("2035", "stated")],
    ),
    (
        "2023年全市经济运行情况",
        "前三季度生产总值8亿元。财政支出2亿元。截至9月末，存款5亿元。",
        [("2023-01/2023-09", "stated"), ("2023-01/2023-09", "stated"), ("2023-09", "stated")],
    ),
    ("2023年全市经济运行情况", "1—12月，完成投资3亿元。", [("2023", "stated")]),
    # a year set off by a comma goes on, over full stops and into the items of its list
    (
        "建议办理总体情况",
        "2021年，共收到建议128件，分为两类：一是城建类45件；二是教育类83件。办结90件。",
        [("2021", "stated"), ("2021", "stated"), ("2021", "stated"), ("2021", "stated")],
    ),
    (
        "建议办理总体情况",
        "2020年，收到建议120件。2021年，收到建议128件。办结90件。",
        [("2020", "stated"), ("2021", "stated"), ("2021", "stated")],
    ),
    ("企业介绍", "公司成立于2011年。厂房12间。", [(None, None)]),
    ("建议办理办法", "2021年，收到建议120件。逾期的处500元罚款。", [("2021", "stated"), (None, None)]),
    ("2023年全市经济运行情况", "增速为20年来首次；投资增长8%。", [("2023", "part")]),
    (
        "关于山体滑坡情况的函",
        "5月3日、9日所发生的1.5级和2.4级地震。",
        [("2024-05-03", "stated"), ("2024-05-09", "stated")],
    ),
    (
        "关于山体滑坡情况的函",
        "2023年5月3日和9日两次滑坡。受损房屋12间。",
        [("2023-05", "stated")],
    ),
    ("关于堤防问题的函", "2019年以来，已安排该工程资金2亿元。", [("2019/2024", "stated")]),
    (
        "放宽申领条件的意见",
        "2024年1月1日至12月31日，申领条件由参保3年以上放宽至参保1年以上。",
        [(None, None), ("2024-01-01/2024-12-31", "stated")],
    ),
    ("关于网站建设情况的函", "门户网站于2023年3月1日正式开通。部门网站开通12个。", [(None, None)]),
    ("关于防震减灾工作意见", "“十二五”期间工作的目标是：使大城市具备抗御6级地震的能力。", [("2011/2015", "stated")]),
    ("关于地震形势的函", "2022年发生地震48次，大大高于年均19次的水平。", [("2022", "stated"), (None, None)]),
]


@pytest.mark.parametrize(("title", "text", "expected"), OF)
def test_time_periods(title: str, text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(row.time_period, row.time_period_basis) for row in described(text, title)] == expected


REVIEWED = [
    ("新增通航里程16公里、达到54公里。", ["2019/2023", "2023"]),
    ("建成示范学校304所、实践基地20个，馆藏居全国第3。", ["2019/2023", "2019/2023", "2023"]),
    ("粮食年产量稳定在700亿斤以上，进出口总额连续两年过万亿元。", ["2019/2023", "2022/2023"]),
    ("25项改革经验获推广，办理建议4249件、提案3542件。", ["2019/2023", "2019/2023", "2019/2023"]),
    ("咖啡产值增长3倍、精深加工率85%。", ["2019/2023", "2023"]),
    ("累计发送旅客6400万人次，工业增加值突破7600亿元。", ["2019/2023", "2023"]),
    ("累计建成高标准农田412万亩、累计认定绿色工厂36家。", ["2023", "2023"]),
    ("养老待遇水平提高62%，民间投资占比提高5.1个百分点。", ["2019/2023", "2019/2023"]),
    ("开挖疏浚沟渠1.7万公里，12万监测对象稳定消除返贫风险。", ["2019/2023", "2019/2023"]),
    ("创新能力由全国第12位跃升至第9位。", ["2018", "2023"]),
]


@pytest.mark.parametrize(("text", "expected"), REVIEWED)
def test_flows_and_stocks_of_several_years(text: str, expected: list[str]) -> None:
    """What was done over the years of a review is of all of them, a state of the last one."""
    found = described(f"过去五年，全州经济稳步发展。{text}", "2024年政府工作报告")
    assert [row.time_period for row in found if row.low != 5] == expected


def test_a_year_that_opens_text_under_a_label_of_goals_is_that_of_all_of_it() -> None:
    text = (
        "青河县人民政府关于加快农机装备发展的意见\n\n一、总体要求\n（一）发展目标。\n到2027年，体系完善。机械化率达到60%。\n"
        "（二）基本原则。\n到2027年，体系完善。机械化率达到70%。\n"
    )
    issue = segment(SourceText(text, "issue.txt", "0" * 64))
    (document,) = issue.documents
    rows = extract_quantities(issue, document, IdMaker(issue.issue_id))
    assert [(row.low, row.deadline) for row in rows] == [(60.0, "2027"), (70.0, None)]


def test_a_standing_rule_among_goals_has_their_deadline() -> None:
    text = (
        "青河县人民政府关于加快职业教育发展的意见\n\n一、总体要求\n（一）发展目标。\n"
        "到2027年，办学条件达标。建成基地30个。实践课时原则上占总课时的40%以上。\n二、保障\n收费标准为每人80元。\n"
    )
    issue = segment(SourceText(text, "issue.txt", "0" * 64))
    rows = extract_quantities(issue, issue.documents[0], IdMaker(issue.issue_id))
    assert [(row.kind, row.deadline) for row in rows] == [("target", "2027"), ("standard", "2027"), ("standard", None)]
