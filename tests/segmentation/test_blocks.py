"""What each line of a document is: lists and labels of attachments, signatures, captions, the parts that they open."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import source_of

HEAD = "青柯市人民政府\n关于春耕生产的通知\n青政发〔2024〕3号\n\n各县：\n\n现就春耕生产通知如下。\n\n"
SIGNED = "青柯市人民政府\n2024年3月1日\n\n"
OPENING = """
title body 青柯市人民政府关于春耕生产的通知
doc_number body 青政发〔2024〕3号
addressees body 各县：
paragraph body 现就春耕生产通知如下。
"""
CLOSING = """
signature body 青柯市人民政府
date body 2024年3月1日
"""

CASES = [
    (  # A decision that prints the text it amends is the notice of it; another text behind it is none.
        "青柯市人民代表大会\n关于修改《青柯市\n供水条例》的决定\n\n一、删去第三条。\n\n青柯市供水条例\n\n第一条　为了供水，制定本条例。\n",
        """
title notice 青柯市人民代表大会关于修改《青柯市供水条例》的决定
numbered notice 一、删去第三条。
paragraph notice 青柯市供水条例
numbered notice 第一条　为了供水，制定本条例。
""",
    ),
    (
        "青柯市人民代表大会\n关于修改《青柯市供水条例》的决定\n\n一、删去第三条。\n\n青柯市节水办法\n\n第一条　为了节水，制定本办法。\n",
        """
title body 青柯市人民代表大会关于修改《青柯市供水条例》的决定
numbered body 一、删去第三条。
paragraph body 青柯市节水办法
numbered body 第一条　为了节水，制定本办法。
""",
    ),
    (
        f"{HEAD}附件：春耕生产任务表\n一、播种。\n二、灌溉。\n",
        f"""
{OPENING}
attachment_label attachment-1 附件：春耕生产任务表
numbered attachment-1 一、播种。
numbered attachment-1 二、灌溉。
""",
    ),
    (
        f"{HEAD}附件：\n1.任务表\n2.名单\n一、播种。\n",
        f"""
{OPENING}
attachment_list body 附件：
attachment_list body 1.任务表
attachment_list body 2.名单
numbered body 一、播种。
""",
    ),
    (
        f"{HEAD}附件：\n任务表\n一、播种。\n",
        f"""
{OPENING}
attachment_label attachment-1 附件：
title attachment-1 任务表
numbered attachment-1 一、播种。
""",
    ),
    (
        f"{HEAD}附件：\n1.任务表\n2.名单\n\n{SIGNED}附件1\n任务表\n一、播种。\n附件2\n名单\n一、王立本。\n",
        f"""
{OPENING}
attachment_list body 附件：
attachment_list body 1.任务表
attachment_list body 2.名单
{CLOSING}
attachment_label attachment-1 附件1
title attachment-1 任务表
numbered attachment-1 一、播种。
attachment_label attachment-2 附件2
title attachment-2 名单
numbered attachment-2 一、王立本。
""",
    ),
    (
        f"{HEAD}附件：1.青柯市春耕\n生产任务表\n2.名单\n\n{SIGNED}附件1\n青柯市春耕\n生产任务表\n一、播种。\n\n附件2\n名单\n一、王立本。\n",
        f"""
{OPENING}
attachment_list body 附件：1.青柯市春耕生产任务表
attachment_list body 2.名单
{CLOSING}
attachment_label attachment-1 附件1
title attachment-1 青柯市春耕生产任务表
numbered attachment-1 一、播种。
attachment_label attachment-2 附件2
title attachment-2 名单
numbered attachment-2 一、王立本。
""",
    ),
    (
        f"{HEAD}{SIGNED}附件\n\n春耕生产任务表\n\n一、播种。\n",
        f"""
{OPENING}
{CLOSING}
attachment_label attachment-1 附件
title attachment-1 春耕生产任务表
numbered attachment-1 一、播种。
""",
    ),
    (
        f"{HEAD}{SIGNED}附件1：任务表\n任务	亩\n播种	20\n\n附件2：名单\n一、王立本。\n",
        f"""
{OPENING}
{CLOSING}
attachment_label attachment-1 附件1：任务表
attachment_label attachment-2 附件2：名单
numbered attachment-2 一、王立本。
""",
    ),
    (
        f"{HEAD}附件：任务表\n\n{SIGNED}任务表\n任务	亩\n播种	20\n",
        f"""
{OPENING}
attachment_list body 附件：任务表
{CLOSING}
title attachment-1 任务表
""",
    ),
    (
        f"{HEAD}{SIGNED}附件：\n青柯市春耕办法\n一、播种。\n青柯市农业农村局\n2024年3月2日\n",
        f"""
{OPENING}
{CLOSING}
attachment_label attachment-1 附件：
title attachment-1 青柯市春耕办法
numbered attachment-1 一、播种。
signature attachment-1 青柯市农业农村局
date attachment-1 2024年3月2日
""",
    ),
    (
        f"{HEAD}{SIGNED}附件\n青柯市农业农村局\n关于报送任务的函\n青农函〔2024〕5号\n市财政局：\n请报送。\n青柯市农业农村局\n2024年2月1日\n",
        f"""
{OPENING}
{CLOSING}
attachment_label attachment-1 附件
title attachment-1 青柯市农业农村局关于报送任务的函
doc_number attachment-1 青农函〔2024〕5号
addressees attachment-1 市财政局：
paragraph attachment-1 请报送。
signature attachment-1 青柯市农业农村局
date attachment-1 2024年2月1日
""",
    ),
    (
        f"{HEAD}任务	亩\n播种	20\n收获	18\n合计	38\n{SIGNED}",
        f"""
{OPENING}
{CLOSING}
""",
    ),
    (
        f"{HEAD}表1 任务表\n任务	亩\n播种	20\n\n注：单位为万亩。\n\n{SIGNED}",
        f"""
{OPENING}
caption body 表1 任务表
note body 注：单位为万亩。
{CLOSING}
""",
    ),
    (
        f"{HEAD}{SIGNED}（此件公开发布）\n青柯市人民政府办公室　2024年3月2日印发\n",
        f"""
{OPENING}
{CLOSING}
disclosure body （此件公开发布）
imprint body 青柯市人民政府办公室　2024年3月2日印发
""",
    ),
    (
        f"青柯市人民政府\n关于印发春耕办法的通知\n\n各县：\n\n现印发。\n\n{SIGNED}青柯市春耕办法\n\n第一条 播种。\n第二条 收获。\n",
        """
title notice 青柯市人民政府关于印发春耕办法的通知
addressees notice 各县：
paragraph notice 现印发。
signature notice 青柯市人民政府
date notice 2024年3月1日
title body 青柯市春耕办法
numbered body 第一条 播种。
numbered body 第二条 收获。
""",
    ),
    (  # A list without a label below it closes the document; with one it is a list of what the label opens.
        f"{HEAD}附件：任务表\n",
        f"""
{OPENING}
attachment_list body 附件：任务表
""",
    ),
    (
        f"{HEAD}附件：任务表\n附件1\n任务表\n一、播种。\n",
        f"""
{OPENING}
attachment_list body 附件：任务表
attachment_label attachment-1 附件1
title attachment-1 任务表
numbered attachment-1 一、播种。
""",
    ),
    (
        f"{HEAD}附件：任务表\n\n{SIGNED}附件：任务表\n一、播种。\n",
        f"""
{OPENING}
attachment_list body 附件：任务表
{CLOSING}
attachment_label attachment-1 附件：任务表
numbered attachment-1 一、播种。
""",
    ),
    (  # Listed attachments without labels: two on one line of the list, one over two lines, the second alone.
        f"{HEAD}附件：1.任务表　2.名单\n\n{SIGNED}任务表\n一、播种。\n\n名单\n一、王立本。\n",
        f"""
{OPENING}
attachment_list body 附件：1.任务表　2.名单
{CLOSING}
title attachment-1 任务表
numbered attachment-1 一、播种。
title attachment-2 名单
numbered attachment-2 一、王立本。
""",
    ),
    (
        f"{HEAD}附件：1.青柯市春耕生产任务表\n\n{SIGNED}青柯市春耕\n生产任务表\n一、播种。\n",
        f"""
{OPENING}
attachment_list body 附件：1.青柯市春耕生产任务表
{CLOSING}
title attachment-1 青柯市春耕生产任务表
numbered attachment-1 一、播种。
""",
    ),
    (
        f"{HEAD}附件：1.任务表\n2.名单\n\n{SIGNED}名单\n一、王立本。\n",
        f"""
{OPENING}
attachment_list body 附件：1.任务表
attachment_list body 2.名单
{CLOSING}
title attachment-2 名单
numbered attachment-2 一、王立本。
""",
    ),
    (  # An attachment that bodies sign under its title.
        f"{HEAD}{SIGNED}附件1\n春耕生产办法\n青柯市农业农村局\n青柯市财政局\n2024年2月1日\n第一条　播种。\n",
        f"""
{OPENING}
{CLOSING}
attachment_label attachment-1 附件1
title attachment-1 春耕生产办法
signature attachment-1 青柯市农业农村局
signature attachment-1 青柯市财政局
date attachment-1 2024年2月1日
numbered attachment-1 第一条　播种。
""",
    ),
    (  # Lines of publication stand between signature and attachment.
        f"{HEAD}{SIGNED}（此件公开发布）\n青柯市人民政府办公室　2024年3月2日印发\n附件\n任务表\n一、播种。\n",
        f"""
{OPENING}
{CLOSING}
disclosure body （此件公开发布）
imprint body 青柯市人民政府办公室　2024年3月2日印发
attachment_label attachment-1 附件
title attachment-1 任务表
numbered attachment-1 一、播种。
""",
    ),
    (f"{HEAD}抄送：市委各部门。\n\n{SIGNED}", f"{OPENING}\nimprint body 抄送：市委各部门。\n{CLOSING}"),
    (  # A footnote's sign is referred to above it; one that nothing refers to yet is a number.
        f"{HEAD}春耕面积①要稳定。\n①指播种面积。\n\n{SIGNED}",
        f"{OPENING}\nparagraph body 春耕面积①要稳定。\nnote body ①指播种面积。\n{CLOSING}",
    ),
    (
        f"{HEAD}①指播种面积。\n春耕面积①要稳定。\n\n{SIGNED}",
        f"{OPENING}\nnumbered body ①指播种面积。\nparagraph body 春耕面积①要稳定。\n{CLOSING}",
    ),
    (
        "青柯市春耕办法\n（2024年1月2日青柯市人民政府第3次常务会议通过）\n\n第一条　播种。\n",
        """
title body 青柯市春耕办法
note body （2024年1月2日青柯市人民政府第3次常务会议通过）
numbered body 第一条　播种。
""",
    ),
    (
        "青柯市人民政府工作报告\n——2024年1月8日在市人民代表大会上\n市长　吴晓峰\n各位代表：\n现在报告工作。\n",
        """
title body 青柯市人民政府工作报告
date body ——2024年1月8日在市人民代表大会上
signature body 市长　吴晓峰
addressees body 各位代表：
paragraph body 现在报告工作。
""",
    ),
    (
        "青柯市人民政府令\n第3号\n\n现公布《青柯市春耕办法》。\n\n市长　吴晓峰\n2024年3月1日\n\n青柯市春耕办法\n\n第一条　播种。\n",
        """
title notice 青柯市人民政府令
doc_number notice 第3号
paragraph notice 现公布《青柯市春耕办法》。
signature notice 市长　吴晓峰
date notice 2024年3月1日
title body 青柯市春耕办法
numbered body 第一条　播种。
""",
    ),
    (  # Items within a paragraph are cut off without the blank between them.
        f"{HEAD}（一）总目标。1.种粮。 2.养猪。\n（二）分目标：一是种粮；二是养猪。\n\n{SIGNED}",
        f"""
{OPENING}
numbered body （一）总目标。
numbered body 1.种粮。
numbered body 2.养猪。
numbered body （二）分目标：
numbered body 一是种粮；
numbered body 二是养猪。
{CLOSING}
""",
    ),
    (  # Date and number between title and text; a text listed under 附件： that are sentences; a label ends the list.
        "青柯市人民政府\n关于春耕的通知\n2024年3月1日\n青政发〔2024〕3号\n\n各县：\n现通知如下。\n",
        """
title body 青柯市人民政府关于春耕的通知
date body 2024年3月1日
doc_number body 青政发〔2024〕3号
addressees body 各县：
paragraph body 现通知如下。
""",
    ),
    (
        f"{HEAD}附件：\n1.抓好播种。\n2.抓好收获。\n{SIGNED}",
        f"""
{OPENING}
attachment_list body 附件：
numbered body 1.抓好播种。
numbered body 2.抓好收获。
{CLOSING}
""",
    ),
    (
        f"{HEAD}附件：1.任务表\n附件2\n名单\n一、王立本。\n",
        f"""
{OPENING}
attachment_list body 附件：1.任务表
attachment_label attachment-2 附件2
title attachment-2 名单
numbered attachment-2 一、王立本。
""",
    ),
    (  # A line over a table is its caption, unless it ends as a sentence does.
        f"{HEAD}各县任务\n任务\t亩\n播种\t20\n\n{SIGNED}",
        f"{OPENING}\ncaption body 各县任务\n{CLOSING}",
    ),
    (
        f"{HEAD}各县任务见下。\n任务\t亩\n播种\t20\n\n{SIGNED}",
        f"{OPENING}\nparagraph body 各县任务见下。\n{CLOSING}",
    ),
    (
        f"{HEAD}任务\t亩\n播种\t20\n各县要抓紧。\n收获\t18\n\n{SIGNED}",
        f"{OPENING}\nparagraph body 各县要抓紧。\n{CLOSING}",
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_what_each_line_is(text: str, expected: str) -> None:
    clauses = [clause for document in segment(source_of(text)).documents for clause in document.clauses]
    found = [f"{clause.clause_type} {clause.part} {clause.reading.text}" for clause in clauses]
    assert found == [line for line in expected.splitlines() if line]


TABLES = [
    # the remainder of a last cell that the column's width cut, right above the row with the next number
    (
        "序号\t任务\n1\t播种面积要稳定\n并扩大\n2\t收获\n",
        [[["序号", "任务"], ["1", "播种面积要稳定并扩大"], ["2", "收获"]]],
    ),
    (
        "序号\t任务\n1\t播种面积要稳定\n\n并扩大\n\n2\t收获\n",
        [[["序号", "任务"], ["1", "播种面积要稳定"]], [["2", "收获"]]],
    ),
    ("序号\t任务\n1\t播种\n注：单位万亩\n2\t收获\n", [[["序号", "任务"], ["1", "播种"]], [["2", "收获"]]]),
    (
        "任务\t面积要求\n播种\t稳定\n并扩大\n收获\t提高\n",
        [[["任务", "面积要求"], ["播种", "稳定"]], [["收获", "提高"]]],
    ),
    ("任务\t亩\n播种\t20\n各县要抓紧。\n收获\t18\n", [[["任务", "亩"], ["播种", "20"]], [["收获", "18"]]]),
]


@pytest.mark.parametrize(("text", "expected"), TABLES, ids=range(len(TABLES)))
def test_what_a_table_ends_with(text: str, expected: list[list[list[str]]]) -> None:
    (document,) = segment(source_of(f"{HEAD}{text}\n{SIGNED}")).documents
    tables = [[[cell.reading.text for cell in row] for row in table.rows().values()] for table in document.tables]
    assert tables == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "青柯市人民政府\n关于春耕生产的通知\n青政发〔2024〕3号\n\n各县人民政府，市直各有关单位：　　现将今年春耕生产的有关事项通知如下，请认真贯彻执行。\n\n一、抓好春耕。\n",
            ["title", "doc_number", "addressees", "paragraph", "numbered"],
        ),
        (
            "青柯市人民政府令\n第3号\n2024年3月1日\n《青柯市春耕办法》已经通过，现予公布。\n\n市长　王某\n2024年3月1日\n\n青柯市春耕办法\n\n第一条　播种。\n",
            ["title", "doc_number", "date", "paragraph", "signature", "date", "title", "numbered"],
        ),
        (
            "青柯市春耕条例\n（2024年3月1日青柯市第十届人民代表大会常务委员会第三次会议通过）\n青政发〔2024〕3号\n\n第一条　播种。\n\n第二条　收割。\n",
            ["title", "note", "doc_number", "numbered", "numbered"],
        ),
    ],
)
def test_addressees_with_text_behind_them_and_lines_between_title_and_number(text: str, kinds: list[str]) -> None:
    assert [clause.clause_type for clause in segment(source_of(text)).documents[0].clauses] == kinds
