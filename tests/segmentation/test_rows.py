"""Rows that recognition scarred: cells out of their order, two made one, one cell short; each row as it must stand."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import assert_sound, source_of

HEAD = "湖山县人民政府关于下达任务的通知\n\n湖政发〔2024〕3号\n\n各乡镇人民政府：\n\n现将任务下达给你们。\n\n"
TITLE = "序号\t工作内容\t年度要点\t推进措施\t责任领导\t牵头单位\n"
ROWS = [
    "1\t加快园区建设\t3. 建成标准厂房20万平方米。\t1. 倒排工期，3月底前开工。\t凌 云\t县发改局 县住建局",
    "2\t培育市场主体\t5. 新增规模企业12家。\t1. 建立名单，逐户走访企业。\t凌 云\t县工信局",
    "3\t提升人居环境\t7. 改造户厕3000户。\t1. 每月通报，年底组织验收。\t山 岚\t县农业农村局",
    "4\t办好民生实事\t9. 新增学位1200个。\t1. 9月底前建成两所学校。\t白 帆\t县教育局",
    "5\t推进生态治理\t11. 治理河道16公里。\t1. 6月底前完成勘测设计。\t山 岚\t县水利局",
]
FIFTH = ["5", "推进生态治理", "11. 治理河道16公里。", "1. 6月底前完成勘测设计。", "山 岚", "县水利局"]


def table_rows(last: str) -> list[list[str]]:
    issue = segment(source_of(f"{HEAD}{TITLE}{chr(10).join(ROWS)}\n{last}\n\n湖山县人民政府\n2024年3月1日\n"))
    assert_sound(issue)
    (table,) = issue.documents[0].tables
    return [[cell.reading.text for cell in row] for row in table.rows().values()]


SIXTH = ["6", "化解债务风险", "13. 压减债务2亿元。", "1. 逐月调度，严控新增债务。", "白 帆", "县财政局"]
SCARS = [
    # printed, as it must stand
    ("\t".join(SIXTH), SIXTH),
    ("6\t13. 压减债务2亿元。\t化解债务风险\t1. 逐月调度，严控新增债务。\t白 帆\t县财政局", SIXTH),
    ("6\t化解债务风险\t13. 压减债务2亿元。\t1. 逐月调度，严控新增债务。\t县财政局\t白 帆", SIXTH),
    ("6\t化解债务风险\t13. 压减债务2亿元。\t白 帆\t县财政局\t1. 逐月调度，严控新增债务。", SIXTH),
    ("6\t化解债务风险\t13. 压减债务2亿元。\t1. 逐月调度，严控新增债务。\t<p>白 帆</p> <p>县财政局</p>", SIXTH),
    ("6\t化解债务风险\t1. 逐月调度，严控新增债务。\t白 帆\t县财政局", [*SIXTH[:2], "", *SIXTH[3:]]),
    ("6\t化解债务风险\t13. 压减债务2亿元。\t白 帆\t县财政局", [*SIXTH[:3], "", *SIXTH[4:]]),
    ("<p>6</p>\t<p>化解债务风险</p>\t<p>13. 压减债务2亿元。</p> <p>14. 清零拖欠账款。</p>\t<p>白 帆</p>\t<p>县财政局</p>",
     ["6", "化解债务风险", "13. 压减债务2亿元。 14. 清零拖欠账款。", "", "白 帆", "县财政局"]),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), SCARS)
def test_scarred_row_stands_under_its_columns(printed: str, expected: list[str]) -> None:
    rows = table_rows(printed)
    assert rows[5] == FIFTH
    assert rows[6] == expected


def test_the_label_of_a_row_of_sums_stays_where_it_is_printed() -> None:
    rows = "".join(f"{name}\t{area}\t{tons}\t{who}\n" for name, area, tons, who in [
        ("石桥镇", "7.85", "31420", "庹 立"), ("白杨乡", "6.40", "25600", "阿 木"), ("罗坪镇", "9.12", "37150", "者 红"),
        ("双湾镇", "5.03", "20260", "庹 立"), ("青坝乡", "4.60", "18400", "阿 木"),
    ])  # fmt: skip
    issue = segment(
        source_of(
            f"{HEAD}乡镇\t面积（万亩）\t产量（吨）\t责任人\n{rows}合计\t33.00\t132830\t\n\n湖山县人民政府\n2024年3月1日\n"
        )
    )
    (table,) = issue.documents[0].tables
    assert [cell.reading.text for cell in table.rows()[6]] == ["合计", "33.00", "132830", ""]
