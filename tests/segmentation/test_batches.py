"""Short acts one after the other, numbers of orders under titles, addressees and what only looks like them."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from schemas.records import Document
from tests.segmentation.support import assert_sound, source_of


def documents_of(text: str) -> tuple[Document, ...]:
    """The documents of *text*."""
    issue = segment(source_of(text))
    assert_sound(issue)
    return issue.documents


def act(title: str, body: str, issuer: str = "澄阳县人民政府办公室", day: int = 2) -> str:
    """A short act with its signature."""
    return f"{title}\n\n{body}\n\n{issuer}\n2024年4月{day}日\n\n"


PRAISE = "关于表扬清水行动先进单位的通报"
CHECK = "关于春耕督查情况的通报"
FIRE = "南坪镇火灾事故通报"
WATER, POWER = "关于停水的公告", "关于停电的公告"
RULES = "澄阳县停车管理办法\n\n第一条　为了加强停车管理，制定本办法。\n\n第二条　停车场由县城管局监管。\n"
BATCHES = [
    (act(PRAISE, "城西镇推进有力。") + act(CHECK, "个别乡镇迟缓。", day=9) + act(FIRE, "3月8日起火。", day=12), [PRAISE, CHECK, FIRE]),
    (act(WATER, "4月3日停水。", "澄阳供水公司") + act(POWER, "4月5日停电。", "澄阳供电公司"), [WATER, POWER]),
    (act(PRAISE, "现予表扬。\n\n附件：关于春耕督查情况的通报") + act(f"附件\n\n{CHECK}", "个别乡镇迟缓。"), [PRAISE]),
    (act("关于转发火灾事故通报的通报", "现转发给你们。") + act(FIRE, "3月8日起火。"), ["关于转发火灾事故通报的通报"]),
    (act(PRAISE, "现予表扬。") + f"{CHECK}\n\n个别乡镇迟缓。\n", [PRAISE]),  # without a signature it is no act
    (act("关于印发停车管理办法的通知", "现印发给你们。") + RULES, ["关于印发停车管理办法的通知"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "titles"), BATCHES)
def test_signed_acts_of_one_type_are_documents(text: str, titles: list[str]) -> None:
    assert [document.title for document in documents_of(text)] == titles


def test_each_act_has_its_own_issuer_and_date() -> None:
    text = act(WATER, "4月3日停水。", "澄阳市供水公司") + act(POWER, "4月5日停电。", "澄阳市供电公司", 3)
    found = [(document.issuers, document.signed_date and document.signed_date.day) for document in documents_of(text)]
    assert found == [(("澄阳市供水公司",), 2), (("澄阳市供电公司",), 3)]


ACTS = [
    ("第12/2024號行政長官批示", ("行政長官批示", 2024, 12)),
    ("第13/2024號行政長官批示", ("行政長官批示", 2024, 13)),
]


def test_acts_whose_names_are_numbers() -> None:
    acts = [f"{name}\n\n作出本批示。\n\n二〇二四年三月{day}日\n\n行政長官　陳某\n\n" for (name, _), day in zip(ACTS, "五六", strict=True)]  # fmt: skip
    found = documents_of("".join(acts))
    assert [(d.title, (d.doc_number_code, d.doc_number_year, d.doc_number_serial)) for d in found] == ACTS
    assert [(d.doc_number, d.issuers, d.doc_type) for d in found] == [(name, ("行政長官",), "批示") for name, _ in ACTS]
    assert [document.signed_date and document.signed_date.day for document in found] == [5, 6]


ORDER = "澄阳市人民政府令第146号"
LAW = "澄阳市停车管理条例"


@pytest.mark.parametrize("printed", [ORDER, f"（{ORDER}）", f"({ORDER})"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_number_of_an_order_under_a_title_is_its_number(printed: str, gap: str) -> None:
    text = f"{LAW}{gap}{printed}\n\n第一条　为了加强停车管理，制定本条例。\n\n第二条　本条例适用于本市。\n"
    (document,) = documents_of(text)
    assert (document.title, document.doc_number, document.doc_type) == (LAW, ORDER, "条例")
    assert document.issuers == ("澄阳市人民政府",)


def test_an_order_of_its_own_keeps_the_title_of_what_it_promulgates() -> None:
    (document,) = documents_of(f"{ORDER}\n\n现公布《澄阳县停车管理办法》。\n\n市长　陆远\n2024年3月1日\n\n{RULES}")
    assert (document.title, document.doc_number, document.doc_type) == ("澄阳县停车管理办法", ORDER, "令")


ADDRESSES = [
    ("全县各部门、各单位：", ("全县各部门", "各单位")),
    ("各位代表：", ("各位代表",)),
    ("张　某\n\n各位代表：", ("各位代表",)),
    ("一年来，全县各部门、各单位团结一心，主要做了三件事：", ()),
    ("今年以来，各乡镇、各部门：", ()),
    ("汛期期间，各单位落实了以下工作：", ()),
]


@pytest.mark.parametrize(("line", "recipients"), ADDRESSES)
def test_addressees(line: str, recipients: tuple[str, ...]) -> None:
    text = f"澄阳县人民政府工作报告\n\n（2024年1月9日在澄阳县第七届人民代表大会第三次会议上）\n\n{line}\n\n经济稳步增长。\n"
    (document,) = documents_of(text)
    assert document.recipients == recipients


def notice(name: str, *printed: str) -> str:
    """An act whose head is its name, over what is *printed* under it."""
    return "\n\n".join([name, *printed]) + "\n\n"


DAY, NEXT = "中華民國99年7月20日", "中華民國99年7月21日"
NAMED = [
    (
        notice("工務部公告", DAY, "工授商字第09901133170號", "主　　旨：公告某事。", "部　　長　施某")
        + notice("工務部公告", NEXT, "工授商字第09901133180號", "主　　旨：公告另一事。", "部　　長　施某"),
        [("工務部公告", ("工務部",), "工授商字第09901133170號", 20), ("工務部公告", ("工務部",), "工授商字第09901133180號", 21)],
    ),
    (
        notice("工務部公告", DAY, "工授商字第09901133170號", "主　　旨：公告某事。", "公告事項：如附件。", "部　　長　施某")
        + notice("工務部函", NEXT, "工授商字第09901133180號", "主　　旨：貴公司職務解任，請　查照。", "說　　明：", "一、依申請書辦理。", "部　　長　施某")
        + notice("工務部書函", NEXT, "工授商字第09901133190號", "主　　旨：復貴公司來函。", "部　　長　施某"),
        [
            ("工務部公告", ("工務部",), "工授商字第09901133170號", 20),
            ("工務部函", ("工務部",), "工授商字第09901133180號", 21),
            ("工務部書函", ("工務部",), "工授商字第09901133190號", 21),
        ],
    ),
    (
        notice("總統令", DAY, "任命陳某為次長。", "總　　統　蔡某") + notice("總統令", NEXT, "特任林某為主任委員。", "總　　統　蔡某"),
        [("總統令", ("總統",), None, 20), ("總統令", ("總統",), None, 21)],
    ),
    (
        notice("公　告", "第12号", "李某辞去代表职务。", "特此公告。", "澄阳市人民代表大会常务委员会\n2024年3月1日")
        + notice("公　告", "第13号", "补选王某为代表。", "澄阳市人民代表大会常务委员会\n2024年3月9日"),
        [("公告", ("澄阳市人民代表大会常务委员会",), "第12号", 1), ("公告", ("澄阳市人民代表大会常务委员会",), "第13号", 9)],
    ),
    (
        notice("公告", "2024年第3号", "目录予以公布。", "澄阳市水务局\n2024年3月1日")
        + notice("公告", "2024年第4号", "旧证停用。", "澄阳市水务局\n2024年3月9日"),
        [("公告", ("澄阳市水务局",), "2024年第3号", 1), ("公告", ("澄阳市水务局",), "2024年第4号", 9)],
    ),
    (
        notice("命令", "澄政令〔2024〕2号", "发布命令如下。", "总指挥　李某\n2024年6月1日") + notice("命令", "澄政令〔2024〕3号", "解除前令。", "总指挥　李某\n2024年6月8日"),
        [("命令", (), "澄政令〔2024〕2号", 1), ("命令", (), "澄政令〔2024〕3号", 8)],
    ),
    (
        notice("第123號公告", "現公布某道路將予封閉。", "2024年3月5日", "運輸署署長　李某") + notice("第124號公告", "現公布另一條。", "2024年3月6日", "運輸署署長　李某"),
        [("第123號公告", (), "第123號公告", 5), ("第124號公告", (), "第124號公告", 6)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_acts_named_alone(text: str, expected: list[tuple[str, tuple[str, ...], str | None, int]]) -> None:
    found = documents_of(text)
    assert [(d.title, d.issuers, d.doc_number, d.signed_date.day if d.signed_date else None) for d in found] == expected


@pytest.mark.parametrize("line", ["公告", "澄阳县公告", "停水公告"])
def test_the_name_of_an_act_without_number_and_body_begins_none(line: str) -> None:
    text = act(PRAISE, "现予表扬。") + f"{line}\n\n2024年5月1日\n\n某日停水。\n"
    assert [document.title for document in documents_of(text)] == [PRAISE]


@pytest.mark.parametrize(
    ("printed", "issuers", "title"),
    [
        ("澄阳市财政局2024年度部门决算", ("澄阳市财政局",), "2024年度部门决算"),
        ("澄阳市2024年度经济计划", (), "澄阳市2024年度经济计划"),
    ],
)
def test_the_agency_before_the_year_of_a_title_is_its_issuer(
    printed: str, issuers: tuple[str, ...], title: str
) -> None:
    (document,) = documents_of(f"{printed}\n\n一、主要职责\n\n管理财政。\n")
    assert (document.issuers, document.title) == (issuers, title)


def test_an_association_over_the_number_is_a_letterhead() -> None:
    text = "中国某某业协会\n\n中某协〔2025〕34号\n\n纪律处分决定书\n\n当事人：黄某。\n\n中国某某业协会\n2025年11月5日\n"
    (document,) = documents_of(text)
    assert (document.title, document.issuers, document.doc_type) == ("纪律处分决定书", ("中国某某业协会",), "决定")


@pytest.mark.parametrize(
    ("printed", "subject"),
    [
        ("訂定「漁港管理辦法」。", "漁港管理辦法"),
        ("修正「漁港管理辦法」第三條條文。", "漁港管理辦法"),
        ("任命陳某為次長。", None),
        ("依據「漁港管理辦法」，公告事項如下。", None),
    ],
)
def test_what_an_order_named_after_its_body_makes(printed: str, subject: str | None) -> None:
    (document,) = segment(source_of(notice("農業部令", DAY, printed, "部　　長　蔡某"))).documents
    assert (document.title, document.subject_title) == ("農業部令", subject)
