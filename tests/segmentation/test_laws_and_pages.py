"""Texts of laws with the history of their adoption, texts copied from web pages, titles over several lines."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.segmentation import segment
from pipeline.segmentation.documents.history import History, read_history
from pipeline.segmentation.lines.numbers import DocNumber
from schemas.records import Document
from tests.segmentation.support import assert_sound, source_of

ARTICLES = "\n\n第一章　总则\n\n第一条　为了规范管理，制定本条例。\n\n第二条　本条例适用于本市。\n"
COUNCIL = "青禾市人民代表大会常务委员会"
ADOPTED = "2014年8月22日 青禾市第十四届人民代表大会常务委员会第五次会议通过"
APPROVED = "2014年9月26日 云泽省第十二届人民代表大会常务委员会第十次会议批准"
AMENDED = "2019年5月9日 青禾市第十五届人民代表大会常务委员会第七次会议《关于修改〈青禾市绿化条例〉的决定》修正"


def the_document(text: str) -> Document:
    """The one document of *text*."""
    issue = segment(source_of(text))
    assert_sound(issue)
    (document,) = issue.documents
    return document


HISTORIES = [
    ([], History()),
    ([f"（{ADOPTED}）"], History((ADOPTED.replace(" ", ""),), dt.date(2014, 8, 22), COUNCIL, None, COUNCIL)),
    (
        [ADOPTED, APPROVED, AMENDED],
        History(tuple(x.replace(" ", "") for x in (ADOPTED, APPROVED, AMENDED)), dt.date(2014, 8, 22), COUNCIL, None, COUNCIL),
    ),
    (
        ["2008年9月3日国务院第25次常务会议通过", "2008年9月18日中华人民共和国国务院令第535号公布", "自公布之日起施行"],
        History(
            ("2008年9月3日国务院第25次常务会议通过", "2008年9月18日中华人民共和国国务院令第535号公布自公布之日起施行"),
            dt.date(2008, 9, 3), "国务院", dt.date(2008, 9, 18), "国务院",
            DocNumber("中华人民共和国国务院令第535号", "中华人民共和国国务院令", None, 535), dt.date(2008, 9, 18),
        ),
    ),
    (
        ["中華民國98年3月4日行政院原能委員會會技字第0980001234號函訂定", "並自即日生效"],
        History(
            ("中華民國98年3月4日行政院原能委員會會技字第0980001234號函訂定並自即日生效",),
            dt.date(2009, 3, 4), "行政院原能委員會", dt.date(2009, 3, 4), "行政院原能委員會",
            DocNumber("會技字第0980001234號", "會技字", None, None), dt.date(2009, 3, 4),
        ),
    ),
    (["自2015年1月1日起施行"], History(("自2015年1月1日起施行",), None, None, dt.date(2015, 1, 1))),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), HISTORIES)
def test_history(printed: list[str], expected: History) -> None:
    assert read_history(printed) == expected


BODIES = [
    ("2014年8月22日第十二届全国人民代表大会常务委员会第十次会议通过", "全国人民代表大会常务委员会"),
    ("2014年8月22日青禾市第十六届人民代表大会第七次会议通过", "青禾市人民代表大会"),
    ("2014年8月22日青禾市人民政府第12次常务会议审议通过", "青禾市人民政府"),
    ("1991年11月16日中华人民共和国国务院令第91号发布", "国务院"),
    ("2014年8月22日云泽省人民政府令第91号公布 自2014年10月1日起施行", "云泽省人民政府"),
    ("2014年9月26日云泽省人民代表大会常务委员会第十次会议批准", None),
    ("2019年5月9日《关于修改〈青禾市绿化条例〉的决定》修正", None),
    ("根据2019年5月9日青禾市人民政府令第3号公布的《关于修改某某办法的决定》修改", None),
]


@pytest.mark.parametrize(("note", "body"), BODIES)
def test_the_body_that_answers_for_a_law(note: str, body: str | None) -> None:
    assert read_history([note]).body == body


def test_an_order_that_publishes_is_the_number_of_its_own_body_alone() -> None:
    own = read_history(["1991年11月16日 云泽省人民政府令第91号发布"])
    assert own.number is not None and (own.number.text, own.signed_date) == (
        "云泽省人民政府令第91号",
        dt.date(1991, 11, 16),
    )
    others = read_history([ADOPTED, "2014年9月30日 云泽省人民政府令第91号公布"])
    assert (others.number, others.signed_date, others.body) == (None, None, COUNCIL)


LAWS = {
    "one line": f"青禾市绿化条例\n\n{ADOPTED}{ARTICLES}",
    "several lines": f"青禾市绿化条例\n\n{ADOPTED}\n\n{APPROVED}\n\n{AMENDED}{ARTICLES}",
    "brackets": f"青禾市绿化条例\n（{ADOPTED}　{APPROVED}）{ARTICLES}",
    "cut by the width": f"青禾市绿化条例\n（{ADOPTED[:20]}\n{ADOPTED[20:]}）{ARTICLES}",
    "title over two lines": f"青禾市\n绿化条例\n{ADOPTED}{ARTICLES}",
}


@pytest.mark.parametrize("name", LAWS)
def test_the_history_is_no_part_of_the_title(name: str) -> None:
    law = the_document(LAWS[name])
    assert (law.title, law.doc_type, law.issuers, law.signed_date) == ("青禾市绿化条例", "条例", (COUNCIL,), None)
    assert (law.adopted_date, law.adopted_by) == (dt.date(2014, 8, 22), COUNCIL)
    assert "".join(law.history).startswith(ADOPTED.replace(" ", ""))
    assert [c.marker for c in law.clauses if c.marker] == ["第一章", "第一条", "第二条"]


def test_a_meeting_in_a_chronicle_is_no_history() -> None:
    document = the_document("青禾市大事记\n\n2014年8月22日，市人民政府召开第5次常务会议，审议通过某某办法。\n")
    assert document.history == () and document.adopted_date is None


def test_a_tab_in_a_heading_makes_no_table() -> None:
    law = the_document(f"青禾市绿化条例\n{ADOPTED}\n第一章\t总则\n第一条　略。\n第二章\t罚则\n第二条　略。\n")
    assert law.tables == () and [c.marker for c in law.clauses if c.marker] == ["第一章", "第一条", "第二章", "第二条"]


REPORT = (
    "各位代表：\n\n现在，我代表市人民政府，向大会报告工作，请予审议。\n\n一、2025年工作回顾\n\n一年来，成绩显著。\n"
)
GIVEN = "——2026年1月27日在青禾市第十四届人民代表大会第四次会议上"
PAGES = {
    "buttons": f"下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n减小\n】\n2026年青禾市政府工作报告\n{GIVEN}\n来源：青禾日报\n时间：2026-02-12\n市长 林远\n{REPORT}",
    "trail": f"您的位置:\n首页\n>\n青禾要闻\n2026年青禾市政府工作报告\n{GIVEN}\n2026-02-03 09:02:33\n市长 林远\n{REPORT}",
    "foot": f"2026年青禾市政府工作报告\n{GIVEN}\n市长 林远\n{REPORT}责任编辑：\n王某\n相关链接>>\n青禾市人民代表大会关于政府工作报告的决议\n打印本页\n关闭窗口\n",
    "photograph": f"2026年青禾市政府工作报告\n{GIVEN}\n青禾日报记者 王某 摄\n市长 林远\n{REPORT}",
    "date in Chinese": f"2026年青禾市政府工作报告\n——二〇二六年一月二十七日在青禾市十四届人民代表大会第四次会议上\n市长 林远\n{REPORT}",
    "brackets": f"2026年青禾市政府工作报告\n（{GIVEN.strip('—')}）\n市长 林远\n{REPORT}",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_web_page_around_a_report(name: str) -> None:
    report = the_document(PAGES[name])
    assert (report.title, report.issuers) == ("2026年青禾市政府工作报告", ("青禾市人民政府",))
    assert report.signed_date == dt.date(2026, 1, 27) and report.recipients == ("各位代表",)
    assert {"打印", "还原", "王某", "首页", "关闭窗口"}.isdisjoint(c.reading.text for c in report.clauses)


def test_two_buttons_and_words_like_them_in_a_text_stay() -> None:
    document = the_document("关于规格的说明\n\n规格如下。\n\n大\n\n小\n\n以上规格自明年起使用。\n")
    assert {"大", "小"} <= {c.reading.text for c in document.clauses}


def test_a_report_to_the_congress_of_the_nation_is_its_governments() -> None:
    text = f"政府工作报告\n——2026年3月5日在第十四届全国人民代表大会第四次会议上\n国务院总理　林远\n{REPORT}"
    assert the_document(text).issuers == ("国务院",)


TITLES = [
    ("青禾市人民政府关于推行公示制度全过程记录制度\n\n法制审核制度的指导意见\n\n青政发〔2024〕3号", "关于推行公示制度全过程记录制度法制审核制度的指导意见"),
    ("青禾市人民政府办公室对市十届人大\n\n四次会议第29号建议的答复\n\n青政办函〔2024〕7号", "对市十届人大四次会议第29号建议的答复"),
    ("青禾市人民政府公报２０２４年第１期·特载·政府工作报告（节选）", "政府工作报告（节选）"),
    ("2024年青禾市国民经济和社会发展统计公报①", "2024年青禾市国民经济和社会发展统计公报"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title"), TITLES)
def test_title_over_several_lines_and_in_a_head_line(head: str, title: str) -> None:
    assert the_document(f"{head}\n\n各区人民政府：\n\n现将有关事项通知如下。\n").title == title


def test_a_text_without_a_title_has_none_and_says_so() -> None:
    issue = segment(source_of("一、财政支持\n\n设立引导基金，列入财政预算。\n\n二、用地支持\n\n优先保障用地。\n"))
    assert issue.documents[0].title is None
    assert "missing_title" in {problem.category for problem in issue.problems}


EXPLAINED = [
    ("本政策由青禾市人民政府负责解释。", ("青禾市人民政府",)),
    ("本政策由市财政局负责解释。", ()),
    ("证书由青禾市人民政府发放。", ()),
]


@pytest.mark.parametrize(("provision", "issuers"), EXPLAINED)
def test_the_government_that_interprets_a_text_issues_it(provision: str, issuers: tuple[str, ...]) -> None:
    assert the_document(f"工业发展若干政策意见\n\n一、支持创新。\n\n二、{provision}\n").issuers == issuers


def test_the_first_print_of_a_running_head_is_the_title() -> None:
    page = "鼓励企业采用先进技术改造设备，按照投入的百分之十给予补助，最高不超过"
    text = "工业经济\n高质量发展的若干政策意见\n\n" + "".join(
        f"{n}.{page}\n工业经济\n高质量发展的若干政策意见\n{n}0万元。\n\n" for n in range(1, 4)
    )
    document = the_document(text)
    assert document.title == "工业经济高质量发展的若干政策意见"
    assert [c.marker for c in document.clauses if c.marker] == ["1.", "2.", "3."]


def test_a_title_that_only_the_heads_of_the_pages_print() -> None:
    page = "培育乡村新动能\n振兴乡村的若干政策意见\n{0}.支持品牌建设。对参展企业给予补助，每家不超过五千元，由区财政承担。\n"
    text = "带动农户增收的项目，每个补助四万元。\n" + "".join(page.format(number) for number in range(3, 9))
    text += "本政府由青泽市云栖区人民政府负责解释。\n"
    (document,) = segment(source_of(text)).documents
    assert document.title == "培育乡村新动能振兴乡村的若干政策意见"
    assert document.issuers == ("青泽市云栖区人民政府",)
    assert [clause.marker for clause in document.clauses if clause.marker] == [f"{n}." for n in range(3, 9)]


def test_entries_in_title_marks_begin_no_documents() -> None:
    text = "在科技园，您可以享受多项政策。\n"
    for number, name in enumerate(("加快建设科技创新中心的意见", "深化人才工作体制机制改革的实施意见"), 1):
        text += f"政策{number}：《关于{name}》（简称{number}条）\n该政策着力引进人才，支持创业。\n"
    assert len(segment(source_of(text)).documents) == 1


def test_a_budget_that_says_whose_it_is_in_its_first_sentence() -> None:
    text = "一、单位基本情况\n云川市交通委员会是在2000年机构改革中组建的综合部门。\n（一）职能职责。\n负责推进综合交通体系建设。\n"
    (document,) = segment(source_of(text)).documents
    assert (document.title, document.issuers) == (None, ("云川市交通委员会",))


def test_numbers_of_rows_whose_cells_stand_one_a_line_are_no_page_numbers() -> None:
    rows = "".join(
        f"{n}\n推行一网通办改革事项之{'甲乙丙丁戊'[n - 1]}，对审批流程予以精简。\n全省\n" for n in range(1, 6)
    )
    issue = segment(
        source_of(f"关于推广改革举措的通知\n青政发〔2024〕3号\n各县人民政府：\n清单如下。\n序号\n内容\n范围\n{rows}")
    )
    assert not [item for item in issue.segments if item.segment_type == "furniture"]


@pytest.mark.parametrize(
    ("rest", "paragraphs"), [("万亿元，增长5.8%。", 1), ("个百分点，好于预期。", 1), ("千方百计扩大就业。", 2)]
)
def test_a_break_within_an_amount_ends_no_paragraph(rest: str, paragraphs: int) -> None:
    text = f"政府工作报告\n\n　　经济运行稳中向好，全市生产总值达到1.2\n\n　　{rest}\n\n　　民生持续改善。\n"
    clauses = [clause for clause in the_document(text).clauses if clause.clause_type == "paragraph"]
    assert len(clauses) == paragraphs + 1


def test_a_note_of_acts_over_paragraphs_of_a_reader_is_no_title() -> None:
    note = "中華民國98年3月4日行政院原能委員會\n\n會技字第0980001234號函訂定\n\n並自即日生效"
    document = the_document(f"核災處理作業要點\n\n{note}\n\n一、目的\n\n為某事。\n\n二、範圍\n\n某地。\n")
    assert (document.title, document.doc_type, document.doc_number) == (
        "核災處理作業要點",
        "要点",
        "會技字第0980001234號",
    )
    assert document.issuers == ("行政院原能委員會",)


def test_a_law_that_an_order_of_its_history_publishes_is_still_a_law() -> None:
    document = the_document(f"青禾市绿化条例\n\n1991年11月16日 云泽省人民政府令第91号发布{ARTICLES}")
    assert (document.doc_type, document.doc_number) == ("条例", "云泽省人民政府令第91号")
