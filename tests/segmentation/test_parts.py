"""The parts of a report with role and time, the genre of a document, and who speaks."""

from __future__ import annotations

import hashlib

import pytest

from pipeline.segmentation import segment
from pipeline.segmentation.parts.genre import genre_of
from schemas.records import Document, SourceText

HEAD = "政府工作报告\n——2024年1月20日在青泽市第七届人民代表大会第三次会议上\n代市长　陈 冬\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n"


def _document(text: str) -> Document:
    source = SourceText(text, "issue.txt", hashlib.sha256(text.encode()).hexdigest())
    return segment(source).documents[0]


def _parts(text: str) -> dict[str, tuple[str | None, str | None]]:
    return {
        clause.reading.text[-6:]: (clause.section_role, clause.section_period) for clause in _document(text).clauses
    }


BODY = HEAD + (
    "一、2023年工作回顾\n过去一年，全市经济稳中有进。\n（一）聚力落实重大战略任务。新增企业30家。\n我们也清醒认识到，财政收支矛盾突出。\n"
    "二、2024年工作安排\n今年经济社会发展的主要预期目标是：地区生产总值增长6%。\n（一）扩大有效投资。实施项目120个。\n三、奋力开创新局面\n建设法治政府。\n"
)
EXPECTED = [
    ("稳中有进。", ("review", "2023")),
    ("企业30家。", ("review", "2023")),
    ("矛盾突出。", ("situation", "2023")),
    ("值增长6%。", ("plan", "2024")),
    ("目120个。", ("plan", "2024")),
    ("法治政府。", ("plan", "2024")),
]


@pytest.mark.parametrize(("words", "part"), EXPECTED)
def test_parts(words: str, part: tuple[str, str]) -> None:
    found = {end: said for end, said in _parts(BODY).items() if end.endswith(words)}
    assert list(found.values()) == [part]


def test_the_speaker_is_no_addressee() -> None:
    document = _document(BODY)
    assert (document.speaker, document.recipients, document.report_year) == ("陈冬", ("各位代表",), 2023)
    assert document.issuers == ("青泽市人民政府",)


OCCASION = "——2024年1月20日在青泽市第七届人民代表大会第三次会议上"
CITY = "青泽市人民政府"
SPEAKERS: list[tuple[tuple[str, ...], tuple[str | None, str | None, str | None]]] = [
    ((OCCASION, "市长　陈　冬"), ("陈冬", "市长", CITY)),
    ((OCCASION, "来源：青泽日报", "时间：2024-01-28", "青泽市市长 陈冬"), ("陈冬", "青泽市市长", CITY)),
    ((OCCASION, "青泽市人民政府代市长陈冬"), ("陈冬", "青泽市人民政府代市长", CITY)),
    ((OCCASION, "市长：陈冬"), ("陈冬", "市长", CITY)),
    ((OCCASION, "（青泽市市长 陈冬）"), ("陈冬", "青泽市市长", CITY)),
    ((OCCASION, "市委副书记、代市长  陈冬"), ("陈冬", "市委副书记、代市长", CITY)),
    ((OCCASION, "陈冬"), ("陈冬", None, CITY)),
    ((OCCASION, "市 长", "陈　冬"), ("陈冬", "市长", CITY)),
    ((OCCASION, "市长　热依汗·买买提"), ("热依汗·买买提", "市长", CITY)),
    ((OCCASION + "　市长　陈冬",), ("陈冬", "市长", CITY)),
    ((OCCASION + "（青泽市市长 陈冬）",), ("陈冬", "青泽市市长", CITY)),
    (("青泽市人民政府市长 陈冬（2024年1月20日）",), ("陈冬", "青泽市人民政府市长", CITY)),
    (("青泽市人民政府市长", "陈冬", "（2024年1月20日）"), ("陈冬", "青泽市人民政府市长", CITY)),
    (("2024年1月20日在青泽市人大七届三次会议上", "代市长　陈冬"), ("陈冬", "代市长", CITY)),
    (("2024年1月20日在第十四届全国人民代表大会第二次会议上", "国务院总理　陈冬"), ("陈冬", "国务院总理", "国务院")),
    ((OCCASION,), (None, None, CITY)),
]


@pytest.mark.parametrize(("head", "expected"), SPEAKERS)
def test_the_speaker_in_every_form_of_his_line(
    head: tuple[str, ...], expected: tuple[str | None, str | None, str | None]
) -> None:
    lines = [
        "政府工作报告",
        *head,
        "各位代表：",
        "现在，我代表市人民政府，向大会报告工作，请予审议。",
        "一、工作回顾",
        "全市稳中有进。",
    ]
    document = _document("\n".join(lines) + "\n")
    (issuer,) = document.issuers
    assert (document.speaker, document.speaker_office, issuer) == expected
    assert (document.title, document.recipients) == ("政府工作报告", ("各位代表",))
    assert str(document.signed_date) == "2024-01-20"


def test_a_caption_over_the_title_is_no_title() -> None:
    text = (
        f"青泽市市长陈冬作政府工作报告\n2024年青泽市政府工作报告\n{OCCASION}\n市长　陈冬\n各位代表：\n现在报告工作。\n"
    )
    document = _document(text)
    assert (document.title, document.speaker) == ("2024年青泽市政府工作报告", "陈冬")


def test_a_report_whose_title_alone_names_the_place() -> None:
    document = _document("2024年青泽市政府工作报告\n市长　陈冬\n各位代表：\n现在报告工作。\n一、工作回顾\n稳中有进。\n")
    assert document.issuers == (CITY,)


def test_headings_that_name_both_years_go_before_the_title() -> None:
    parts = _parts(
        "2023年青泽市政府工作报告\n市长　陈冬\n各位代表：\n现在报告工作。\n"
        "一、2023年工作回顾\n新增企业30家。\n二、2024年工作安排\n新增企业40家。\n"
    )
    assert (parts["企业30家。"], parts["企业40家。"]) == (("review", "2023"), ("plan", "2024"))


@pytest.mark.parametrize("heading", ["下半年工作", "下半年主要工作", "四季度重点任务", "下半年工作打算"])
def test_what_a_half_year_leaves_is_planned(heading: str) -> None:
    parts = _parts(
        f"青泽市2024年上半年经济运行情况\n一、主要指标完成情况\n新增企业30家。\n二、{heading}\n新增企业40家。\n"
    )
    assert parts["企业30家。"][0] == "review" and parts["企业40家。"][0] == "plan"


TITLES = [
    ("关于印发青泽县2024年工作要点的通知", "plan"),
    ("关于表扬先进集体的通报", "commendation"),
    ("关于印发青泽县生活垃圾管理办法的通知", "rules"),
    ("关于印发促进民营经济发展若干政策措施的通知", "grants"),
    ("关于同意设立青泽经济开发区的批复", "reply"),
    ("关于做好冬春供暖工作的通知", "plan"),
    ("2024年青泽县民生实事项目", "plan"),
]


LOOKS_BACK = [
    ("2024年民生实事项目完成情况", "2024年，全区票决的10件实事全部完成。"),
    ("2024年度青泽县财政决算说明", "2024年度一般公共预算支出9亿元，完成调整预算的96%。"),
    ("2024年青泽县农业工作总结", "（五）2024年高标准农田建设任务3万亩，完成4万亩。"),
]


@pytest.mark.parametrize(("title", "text"), LOOKS_BACK)
def test_what_only_reports_looks_back_on_its_own_year(title: str, text: str) -> None:
    clauses = _document(f"{title}\n一、总体情况\n{text}\n").clauses
    assert {clause.section_role for clause in clauses} == {"review"}


def test_a_question_begins_no_part() -> None:
    text = "就贷款投放答记者问\n一、做了哪些工作，下一步有何安排？\n贷款余额增长5%。\n二、如何评价成效？\n新增贷款3亿元。\n"
    assert {clause.section_role for clause in _document(text).clauses} == {None}


@pytest.mark.parametrize(("title", "genre"), TITLES)
def test_genres(title: str, genre: str) -> None:
    text = f"青泽县人民政府办公室\n{title}\n\n各乡镇人民政府：\n现将有关事项通知如下。\n\n青泽县人民政府办公室\n2024年1月5日\n"
    assert _document(text).genre == genre


BODIES = [
    ("首套住房首付比例不低于20%。\n二孩家庭的，可申请贷款上浮10%。\n租金提取额度提高至每年1.5万元。", "rules"),
    ("累计发放贷款3亿元，最高可贷额度提高至60万元。\n目前，已发放补贴5万元。\n去年共发放补贴8万元。", "other"),
    ("产量增长5%，同比提高2个百分点。\n销量同比下降3%。\n首付比例不低于20%。", "bulletin"),
]


@pytest.mark.parametrize(("body", "genre"), BODIES)
def test_genres_of_bodies(body: str, genre: str) -> None:
    assert _document(f"{body}\n").genre == genre


UNSAID: list[tuple[str, str, str]] = [
    ("坚持改革开放 推进现代化建设", "国务院总理 陈冬", "国务院"),
    ("奋力谱写青泽发展新篇章", "青泽市市长 陈冬", "青泽市人民政府"),
    ("同心同德 建设美好家园", "青泽县人民政府代县长　陈 冬", "青泽县人民政府"),
]


@pytest.mark.parametrize(("title", "line", "issuer"), UNSAID)
def test_a_report_whose_title_does_not_say_so(title: str, line: str, issuer: str) -> None:
    document = _document(
        f"{title}\n{OCCASION}\n{line}\n各位代表：\n我受委托，向大会作关于发展规划的报告。\n一、过去的回顾\n增长9%。\n"
    )
    assert (document.speaker, document.issuers, document.genre) == ("陈冬", (issuer,), "review_and_plan")
    assert document.genre_rule == "genre.opening.report"


LABELS: list[tuple[str, tuple[str | None, ...]]] = [
    ("主要目标\n床位达到500张。\n组织领导\n各级要重视。\n", ("goals", "goals", None, None)),
    (
        "一、主要做法\n新建6所。\n奋斗目标\n新建9所。\n二、存在问题\n缺口3所。\n",
        (None, None, "goals", "goals", "situation", "situation"),
    ),
    ("目标任务\n1.床位。床位达到500张。\n2.人员。新增30人。\n", ("goals", "goals", "goals")),
]


@pytest.mark.parametrize(("body", "roles"), LABELS)
def test_a_line_that_labels_goals_holds_to_the_next_line_or_heading(body: str, roles: tuple[str | None, ...]) -> None:
    document = _document(f"关于青泽市养老服务建议的答复\n陈委员：\n您提出的建议收悉，现答复如下。\n{body}")
    assert tuple(clause.section_role for clause in document.clauses)[-len(roles) :] == roles


TITLED: list[tuple[str, str]] = [
    ("关于《政府工作报告》2021年重点工作上半年完成情况的通报", "bulletin"),
    ("关于《政府工作报告》确定的重点任务落实情况的通报", "review"),
    ("2021年全市经济社会发展各项目标任务高质量全面完成", "review"),
    ("2019年市委市政府为民兴办10件实事", "plan"),
    ("青泽县2024年十项民生实事公布", "plan"),
    ("关于我县2021年预算编制情况的说明", "plan"),
    ("关于做好2026年部门预算编制工作的通知", "plan"),
    ("关于2024年部门预算执行情况的说明", "review"),
]


@pytest.mark.parametrize(("title", "genre"), TITLED, ids=range(len(TITLED)))
def test_genres_of_titles(title: str, genre: str) -> None:
    assert genre_of(title, None, ())[0] == genre
