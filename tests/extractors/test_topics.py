"""What a part is about: the subject of facts that leave unsaid whose they are."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

REPLY = """国务院办公厅关于云川省临川县地质灾害险情有关问题的复函

国办函〔2004〕80号

云川省人民政府：

　　你省请示收悉。{reply}

国务院办公厅

二〇〇四年十一月四日

附件

关于云川省临川县大河镇青柯村地质险情调研情况的报告

国务院：

{report}
"""

TOPICS = [
    ("房屋出现裂缝的有12户。", "", [("12户", "临川县")]),
    ("全国共发生此类险情30起。", "", [("30起", "全国")]),
    ("", "　　倒塌房屋5间。", [("5间", "青柯村")]),
    ("", "一、基本情况\n\n　　柳林镇位于大江南岸，面积10.9平方公里，共有村庄13个。", [("10.9平方公里", "柳林镇"), ("13个", "柳林镇")]),
    ("", "（一）青柯农业开发有限公司\n\n　　公司成立于2011年3月，注册资金500万元。\n\n（二）产业概况\n\n　　现有企业6家。", [("500万元", "青柯农业开发有限公司"), ("6家", "青柯村")]),
    ("", "　　专家组两次实地调查了裂缝。", [("两次", "专家组")]),
    ("", "　　1995年我国共发生强震48次，7月12日青川边境又发生了7.3级强震。", [("48次", "全国"), ("7.3级", "青川边境")]),
    ("", "　　4月3日，大同市白麓沟煤矿瓦斯爆炸事故造成43人死亡、2人受伤；8月14日长岭烟花厂发生爆炸事故，死亡37人。",
     [("43人", "白麓沟煤矿"), ("2人", "白麓沟煤矿"), ("37人", "长岭烟花厂")]),
    ("", "　　险情与青江水库135米水位有关；在今后水库抬高水位（156米）时可能再次发生。", [("135米", "青江水库"), ("156米", "青江水库")]),
    ("", "　　1995年我国共发生5级以上地震48次。", [("48次", "全国")]),
    ("", "（一）关于加大对青江南堤堤防建设投资比例问题。去年已安排该项目2亿元。", [("2亿元", "青江南堤堤防")]),
    ("", "二、关于修建青柯水库问题。\n\n　　项目总投资3亿元。", [("3亿元", "青柯水库")]),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "report", "expected"), TOPICS, ids=range(len(TOPICS)))
def test_topics(reply: str, report: str, expected: list[tuple[str, str | None]]) -> None:
    text = REPLY.format(reply=reply, report=report)
    rows = process(source_of(text))["quantities"].to_pylist()
    assert [(row["text"], row["subject"]) for row in rows] == expected
    for row in rows:
        if row["subject"] and row["subject"] in text:
            assert text[row["subject_start"] : row["subject_end"]] == row["subject"]


LIST = "临川县2024年重点项目进展情况\n\n　　今年，全县安排重点项目30个。\n\n{body}\n"
ITEMS = [
    ("改造小区2个，包括：1、青柯小区，涉及居民90户，楼宇2栋。2、柳荫小区，涉及居民120户；3、其他，居民45户。",
     [("2个", None), ("90户", "青柯小区"), ("2栋", "青柯小区"), ("120户", "柳荫小区"), ("45户", None)]),
    ("● 青柯大桥\n项目进度：路面完成80%。\n● 柳荫水厂扩建工程\n项目概况：日供水能力5万吨。\n二、其他工作\n完成植树3万株。",
     [("80%", "青柯大桥"), ("5万吨", "柳荫水厂扩建工程"), ("3万株", None)]),
    ("一、缓解停车难行动\n全年支出资金3亿元。\n二、加快青柯大桥建设\n完成投资2亿元。\n三、农村公路\n建成85公里。",
     [("3亿元", "缓解停车难行动"), ("2亿元", None), ("85公里", None)]),
    ("一、重点工程\n（一）青柯河综合治理工程\n完成投资4000万元。\n（二）全县项目\n完成投资5亿元。\n1.城北客运站：占地30亩。",
     [("4000万元", "青柯河综合治理工程"), ("5亿元", None), ("30亩", "城北客运站")]),
    ("一、改造农村公路。建成30公里。\n二、努力建设美好家园。新建广场3个。", [("30公里", None), ("3个", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ITEMS, ids=range(len(ITEMS)))
def test_named_items(body: str, expected: list[tuple[str, str | None]]) -> None:
    text = LIST.format(body=body)
    rows = process(source_of(text))["quantities"].to_pylist()[1:]
    assert [(row["text"], row["subject"]) for row in rows] == expected
    for row in rows:
        if row["subject"]:
            assert text[row["subject_start"] : row["subject_end"]] == row["subject"]
