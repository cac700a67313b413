"""The real issue: its documents column by column, its clauses by level, its tables; each checked by hand against the source."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from schemas.records import Issue
from tests.segmentation.support import read_issue

SOURCE = Path(__file__).parents[2] / "raw" / "xiangyin" / "2023-01.txt"
PARTY, OFFICES = ("中共湘阴县委", "湘阴县人民政府"), ("中共湘阴县委办公室", "湘阴县人民政府办公室")
WIDE = ("各乡镇党委", "乡镇人民政府", "文星街道党工委", "文星街道办事处", "县直及驻县各单位")
NARROW = ("各乡镇人民政府", "文星街道办事处", "县直及驻县各单位")
DOCUMENTS = [
    # section, title, number, issuers, recipients, signed, page
    ("县委文件、县政府文件", "关于印发《湘阴县全面提高义务教育质量行动方案》的通知", "湘阴发〔2023〕1号", PARTY, WIDE, "2023-01-31", 1),
    ("县委文件、县政府文件", "关于印发《湘阴县2023年创建“五好”园区推进全市“五大园区”争先比强实施方案》的通知", "湘阴发〔2023〕2号", PARTY, WIDE, "2023-02-01", 7),
    ("县委文件、县政府文件", "关于印发《湘阴县2023年度乡村振兴“十大引领性工程”实施方案》的通知", "湘阴发〔2023〕4号", PARTY, WIDE, "2023-02-02", 19),
    ("县政府文件", "关于印发《湘阴县人民政府2023年工作要点》的通知", "湘阴政发〔2023〕1号", PARTY[1:], NARROW, "2023-02-12", 34),
    ("县委办、县政府办文件", "关于印发《湘阴县2023年企业联手帮扶和产业项目建设“揭榜挂帅”行动方案》的通知", "湘阴办发〔2023〕6号", OFFICES, WIDE, "2023-01-31", 57),
    ("县委办、县政府办文件", "关于印发《湘阴县2023年度粮食生产工作实施方案》的通知", "湘阴办发〔2023〕13号", OFFICES, WIDE, "2023-02-27", 72),
    ("县委办、县政府办文件", "关于印发《2023年湘阴县推进全国文明城市创建工作实施方案》的通知", "湘阴办发〔2023〕17号", OFFICES, WIDE, "2023-03-16", 78),
    ("县政府办文件", "关于印发《关于推进城区居民小区物业管理工作的实施意见（试行）》的通知", "湘阴政办发〔2023〕2号", OFFICES[1:], NARROW, "2023-02-10", 84),
    ("县政府办文件", "关于印发《湘阴县打好发展“六仗”总体方案》的通知", "湘阴政办发〔2023〕5号", OFFICES[1:], NARROW, "2023-03-09", 90),
    ("人事任免", "关于范文灿等同志职务任免的通知", "湘阴政人〔2023〕1号", PARTY[1:], NARROW, "2023-01-13", 122),
    ("人事任免", "关于免去刘应斌等同志职务的通知", "湘阴政人〔2023〕2号", PARTY[1:], NARROW, "2023-02-09", 123),
]  # fmt: skip
LEVELS = {1: {1: 4, 2: 5, 3: 33}, 4: {1: 4, 2: 25, 3: 50}, 6: {1: 4, 2: 11, 3: 30}, 8: {1: 4, 2: 15, 3: 21}}
TABLES = [
    # document, part, rows, columns, header rows
    (2, "attachment-1", 39, 6, 1), (2, "attachment-2", 31, 7, 1), (3, "attachment-1", 23, 12, 1), (3, "attachment-2", 6, 4, 1),
    (4, "attachment-1", 42, 9, 1), (5, "attachment-1", 4, 7, 1), (5, "attachment-2", 6, 7, 1), (5, "attachment-3", 6, 7, 1),
    (5, "attachment-4", 32, 13, 2), (5, "attachment-5", 17, 8, 1), (6, "attachment-1", 18, 6, 1), (7, "attachment-1", 24, 4, 1),
    (9, "attachment-1", 7, 5, 1),
]  # fmt: skip


@pytest.fixture(scope="module")
def issue() -> Issue:
    return read_issue(SOURCE)


def test_documents(issue: Issue) -> None:
    found = [
        (d.section, d.title, d.doc_number, d.issuers, d.recipients, str(d.signed_date), d.toc_page)
        for d in issue.documents
    ]
    assert found == DOCUMENTS
    assert issue.edition_key == "xiangyin-xian-2023-01"
    eighth = issue.documents[7]
    assert (eighth.registration_number, eighth.disclosure) == ("XYDR-2023-01001", "公开发布")
    assert (str(eighth.effective_date), eighth.validity) == ("2023-03-15", "2年")
    assert issue.documents[8].disclosure == "依申请公开"
    assert all(document.doc_type == "通知" and document.plan_year == 2023 for document in issue.documents)
    assert not [p for p in issue.problems if "contents" in p.category or p.category.startswith("missing")]


def test_clauses_by_level(issue: Issue) -> None:
    for ordinal, expected in LEVELS.items():
        clauses = issue.documents[ordinal - 1].clauses
        levels = Counter(c.level for c in clauses if c.clause_type == "numbered" and c.part == "body")
        assert dict(levels) == expected, ordinal


def test_tables(issue: Issue) -> None:
    found = [(d.ordinal, t.part, t.n_rows, t.n_columns, t.header_rows) for d in issue.documents for t in d.tables]
    assert found == TABLES


def test_shifted_row_is_put_right(issue: Issue) -> None:
    row = issue.documents[1].tables[0].rows()[20]
    assert row[1].inherits_row == 19 and row[2].reading.text.startswith("加快味美多")
    assert [cell.reading.text for cell in row[3:]] == ["张奕", "县土地清理 处理领导 小组", "焦洪桥"]


PLACES = [
    # document, table, row, column, what stands there; each read off the source by hand
    (3, 0, 19, 5, "政法委"), (3, 0, 19, 6, "政法委 信访局"), (3, 0, 20, 6, "文旅广体局"), (3, 0, 21, 5, "组织部"),
    (3, 0, 21, 4, "张 奕 徐春光 胡锦平"), (3, 0, 19, 1, "乡村治理现代化工程"), (3, 0, 22, 6, "地方金融 服务中心 农业 农村局"),
    (4, 0, 20, 3, "保障重点支出"), (4, 0, 24, 3, "持续改善空气质量"), (4, 0, 24, 4, "63. 确保空气质量优良率89%以上。"),
    (4, 0, 34, 1, "重点民生保障仗"), (4, 0, 34, 2, "全力推进民生福祉改善"), (4, 0, 34, 3, "提升教育教学质量"),
    (4, 0, 41, 3, "提升平安湘阴建设"),
    (2, 1, 5, 2, "外贸进出口总额"), (2, 1, 5, 3, "突破 4.5 亿元"), (2, 1, 5, 5, "商务粮食局"), (2, 1, 6, 5, "税务局"),
    (3, 0, 1, 0, "打造农业产业强镇示范样板"), (3, 0, 1, 1, ""), (3, 0, 8, 0, "打造农村现代化样板"), (3, 0, 15, 4, "张奕 张亚玲"),
    (3, 0, 15, 5, "教育 卫生健康局"), (3, 0, 15, 6, "财政局 人社局 各乡镇 (街道)"),
    (4, 0, 6, 6, "罗奇"), (4, 0, 6, 7, "贸促会 高新区 科技局 各乡镇街道"), (4, 0, 7, 6, "罗奇"), (4, 0, 7, 7, "高新区 工信局"),
    (4, 0, 9, 3, "理顺体制机制"), (4, 0, 10, 3, "强化科技支撑"), (4, 0, 11, 4, "28. 确保营商环境评价排名进入全市前3、全省前20位。"),
    (4, 0, 12, 3, "优化营商环境"), (4, 0, 33, 5, ""), (4, 0, 34, 7, "教育局"), (4, 0, 34, 8, "各乡镇街道"),
    (4, 0, 35, 6, "张亚玲"), (4, 0, 35, 7, "卫健局 血防中心"), (4, 0, 35, 8, ""), (4, 0, 39, 5, ""), (4, 0, 39, 6, "黄平"),
    (5, 4, 11, 1, "长康 二期"), (5, 4, 11, 6, "农业农村 袁敏哲"),
    (5, 4, 4, 5, "黄新凯"), (5, 4, 4, 6, "乡村振兴局 何建平"), (5, 4, 10, 0, "10"), (5, 4, 10, 1, "鑫政 新能 源"),
    (5, 4, 10, 5, "张奕 张水平"), (5, 4, 10, 6, "贾促会 廖昱"), (5, 4, 10, 7, "10"), (5, 4, 11, 5, "刘界雄"), (5, 4, 11, 7, "5"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "table", "row", "column", "text"), PLACES)
def test_cells_stand_under_their_columns(
    issue: Issue, document: int, table: int, row: int, column: int, text: str
) -> None:
    cell = next(c for c in issue.documents[document - 1].tables[table].rows()[row] if c.column == column)
    assert cell.reading.text == text
    assert cell.header


def test_paragraphs_cut_by_a_page_are_joined(issue: Issue) -> None:
    joined = 0
    for document in issue.documents:
        for clause in document.clauses:
            if clause.clause_type in ("numbered", "paragraph"):
                joined += len(clause.reading.fragments(issue.source.text, 0, len(clause.reading)) or (0,)) - 1
                assert len(clause.reading) < 40 or clause.reading.text[-1] in "。；：）)", clause.reading.text[-20:]
    assert joined >= 120


def test_running_heads_are_furniture(issue: Issue) -> None:
    text = issue.source.text
    heads = {
        text[s.span.start : s.span.end].strip() for s in issue.segments if s.segment_type == "furniture" and s.span
    }
    assert heads >= {"县委、县政府文件", "县委办、县政府办文件"}
    assert not any("人民政府" in head for head in heads)
