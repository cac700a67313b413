"""Reports of accidents, disasters and honours: what they count, whose it is, and of which time."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

CIRCULAR = """云川省人民政府办公厅关于青柯、石桥市四起特大事故调查处理情况的通报

云政办发〔2004〕7号

各市人民政府：

{body}

云川省人民政府办公厅

2004年1月16日
"""

METRICS: list[tuple[str, list[tuple[str, str]]]] = [
    ("对三起特别重大事故的处理作出批复，这11起事故都是责任事故。", [("三起", "特别重大事故"), ("11起", "事故")]),
    ("造成1名消防员牺牲，6名矿工和2名电工受伤，4人下落不明。", [
        ("1名", "消防员牺牲"), ("6名", "矿工受伤"), ("2名", "电工受伤"), ("4人", "下落不明人数"),
    ]),
    ("另有58名涉嫌犯罪的责任人已被移送司法机关。", [("58名", "责任人")]),
    ("其他8名责任人员分别受到了党纪、政纪处分。", [("8名", "责任人员")]),
    ("已有37人被问责，30余人被安全疏散。", [("37人", "问责人数"), ("30余人", "安全疏散人数")]),
    ("公安机关已对23人采取强制措施。", [("23人", "强制措施人数")]),
    ("矿长王海军受到开除留用2年、留党察看1年处分。", [("2年", "开除留用期限"), ("1年", "留党察看期限")]),
    ("两起火灾相隔仅半年多的时间。", [("两起", "火灾"), ("半年多", "相隔时间")]),
    ("发生了2月3日青川白麓7.0级、3月19日临川6.9级、5月3日南海6.1级等强震。", [
        ("7.0级", "地震震级"), ("6.9级", "地震震级"), ("6.1级", "地震震级"),
    ]),
    ("授予215人全省劳动模范荣誉称号，授予王海军等30名同志“抗旱先进个人”称号。", [
        ("215人", "劳动模范"), ("30名", "抗旱先进个人"),
    ]),
    ("附件：劳动模范名册（共85名）", [("85名", "劳动模范名册")]),
    ("起火建筑共三层，一层为商铺。", [("三层", "起火建筑层数")]),
    ("近海可能发生6级左右地震，发生7级以上地震的可能性不大。", []),
    ("对所有厂矿进行一次检查、整顿。", [("一次", "所有厂矿检查、整顿")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), METRICS, ids=[text[:12] for text, _ in METRICS])
def test_metrics(text: str, expected: list[tuple[str, str]]) -> None:
    rows = process(source_of(CIRCULAR.format(body=f"　　{text}")))["quantities"].to_pylist()
    assert [(row["text"], row["metric"]) for row in rows if row["text"] != "四起"] == expected


SITES: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    # the mine without the firm that it belongs to; sentences and paragraphs go on with it, and with its day
    ("　　2002年5月13日，云川省石桥矿业（集团）公司白麓煤矿发生特大瓦斯爆炸事故，造成86名矿工遇难。过火面积200平方米。", [
        ("86名", "白麓煤矿", "2002-05-13"), ("200平方米", "白麓煤矿", "2002-05-13"),
    ]),
    ("　　湖南白麓煤矿“5·13”事故的两名直接责任人已经死亡。矿长孙海受到留党察看2年处分。其他22名责任人员也分别受到了党纪处分。\n\n　　这4起事故教训深刻。", [
        ("两名", "白麓煤矿", "2003"), ("2年", None, None), ("22名", "白麓煤矿", None), ("4起", "青柯、石桥市", "2003"),
    ]),
    ("一、长岭商厦火灾事故\n\n　　2002年2月9日凌晨，该处起火。过火面积300平方米。\n\n　　71名事故责任人员受到党纪处分。", [
        ("300平方米", "长岭商厦", "2002-02-09"), ("71名", "长岭商厦", None),
    ]),
    ("　　2003年4月25日，位于石桥市柳林街道枫林路303号的白麓宾馆发生火灾，造成10人死亡；4月26日，石桥市一个小型旅馆发生火灾，造成4人死亡。", [
        ("10人", "白麓宾馆", "2003-04-25"), ("4人", "石桥市", "2003-04-26"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SITES, ids=range(len(SITES)))
def test_sites_and_days(body: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    rows = process(source_of(CIRCULAR.format(body=body)))["quantities"].to_pylist()
    found = [(row["text"], row["subject"], row["time_period"]) for row in rows if row["text"] != "四起"]
    assert found == expected
