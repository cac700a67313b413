"""Who answers for a quantity, by where it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.language.passages import passages
from extractors.officials import extract_officials
from extractors.responsibilities import extract_responsibilities
from extractors.targets.owners import OwnersFinding, owners_index
from schemas.ids import IdMaker
from schemas.rows import Owners
from schemas.spans import Span
from tests.extractors.describing import described
from tests.extractors.marked import issue_of

CASES = [
    ("新建公厕20座。（牵头单位：区城管局；责任单位：区住建局）", "20座", Owners(("区城管局",), ("区住建局",))),
    ("新建学校2所。（市教育局牵头）改造医院3所。（市卫健委牵头，市财政局配合）", "2所", Owners(("市教育局",))),
    (
        "新建学校2所。（市教育局牵头）改造医院3所。（市卫健委牵头，市财政局配合）",
        "3所",
        Owners(("市卫健委",), (), ("市财政局",)),
    ),
    (
        "（一）防范债务风险（县财政局牵头）\n\n1.化解债务3亿元。\n\n2.压减支出5%。（县审计局负责）",
        "3亿元",
        Owners(("县财政局",)),
    ),
    (
        "（一）防范债务风险（县财政局牵头）\n\n1.化解债务3亿元。\n\n2.压减支出5%。（县审计局负责）",
        "5%",
        Owners((), ("县审计局",)),
    ),
    (
        "（一）发展水产。养殖面积3万亩。\n\n引进项目2个。（责任单位：县水利局、县商务局）",
        "3万亩",
        Owners((), ("县水利局", "县商务局")),
    ),
    (
        "查验单据减为9份。（舶阳海关牵头；各县（市、区）配合；市口岸办负责）",
        "9份",
        Owners(("舶阳海关",), ("市口岸办",), ("各县（市、区）",)),
    ),
    (
        "新增企业12家。\n\n牵头单位：县工信局\n\n责任单位：县发改局、县统计局\n\n配合单位：各乡镇\n\n新建学校2所。",
        "12家",
        Owners(("县工信局",), ("县发改局", "县统计局"), ("各乡镇",)),
    ),
    ("由市民政局牵头，联合市残联走访100户。其余工作照常。", "100户", Owners(("市民政局",), (), ("市残联",))),
    ("绿化造林5万亩，完成投资2亿元。", "5万亩", Owners()),
    ("成员单位包括市教育局、市科技局，培训300人。", "300人", Owners()),
    (
        "扶持企业5家。（各县（市、区）人民政府，市开发区管委会负责）",
        "5家",
        Owners((), ("各县（市、区）人民政府", "市开发区管委会")),
    ),
    # A semicolon between labels or in a bracket parts the halves of one note; elsewhere it ends the note.
    ("建站3座。（市水利局牵头；市财政局配合）", "3座", Owners(("市水利局",), (), ("市财政局",))),
    ("建站3座。牵头单位：市水利局；配合单位：市财政局", "3座", Owners(("市水利局",), (), ("市财政局",))),
    ("建站3座。牵头单位:市水利局;配合单位:市财政局", "3座", Owners(("市水利局",), (), ("市财政局",))),
    ("建站3座（市水利局牵头）；改造5座（市财政局牵头）。", "3座", Owners(("市水利局",))),
    ("建站3座（市水利局牵头）；改造5座（市财政局牵头）。", "5座", Owners(("市财政局",))),
    (
        "（一）治水（市水利局牵头）。\n\n建站3座。\n\n（二）治气（市环保局牵头）。\n\n减排5%。",
        "3座",
        Owners(("市水利局",)),
    ),
    # Running text covers its own sentence alone, from its first character to its last.
    ("由市民政局牵头走访100户。由市教育局牵头培训20人。", "100户", Owners(("市民政局",))),
    ("由市民政局牵头走访100户。由市教育局牵头培训20人。", "20人", Owners(("市教育局",))),
    ("培训20人由市教育局牵头。走访100户由市民政局牵头", "100户", Owners(("市民政局",))),
    (
        "走访100户。由市民政局牵头，每月调度。全年培训和交流共两批。由市教育局牵头，逐季总结。",
        "100户",
        Owners(("市民政局",)),
    ),
    # A line between a clause and a label belongs to neither: the first labelled lines behind the clause close it.
    ("新增企业12家。\n\n各地要重视。\n\n牵头单位：县工信局", "12家", Owners(("县工信局",))),
    ("新增企业12家。\n\n牵头单位：县工信局\n\n各地要重视。（县财政局负责）", "12家", Owners(("县工信局",))),
    ("新增企业12家。\n\n各地要重视。（县财政局负责）\n\n牵头单位：县工信局", "12家", Owners((), ("县财政局",))),
]

PEOPLE = [
    ("建站3座。（责任人：王立本；责任单位：县水利局）", "3座", Owners((), ("县水利局",), (), ("王立本",))),
    ("建站3座。（责任人：王立本、赵素琴）", "3座", Owners((), (), (), ("王立本", "赵素琴"))),
    ("建站3座。（责任人：王立本）改造5座。（责任人：赵素琴）", "5座", Owners((), (), (), ("赵素琴",))),
]

ROWS = [
    (
        "任务\t牵头单位\t配合单位\n公厕20座\t区城管局\t区住建局\n步道9公里\t区园林局\t区财政局",
        "9公里",
        Owners(("区园林局",), (), ("区财政局",)),
    ),
    (
        "任务\t牵头单位\t配合单位\n公厕20座\t区城管局\t区住建局\n步道9公里\t同上\t〃",
        "9公里",
        Owners(("区城管局",), (), ("区住建局",)),
    ),
    ("任务\t成员单位\n公厕20座\t区城管局、区住建局", "20座", Owners()),
]


PLACES = [
    ("新建公厕20座。（区城管局牵头）", "20座", "owner.closing_note"),
    ("由市民政局牵头走访100户。其余照常。", "100户", "owner.sentence"),
    ("由市民政局牵头走访100户。（市财政局配合）", "100户", "owner.sentence_and_note"),
    ("（一）债务（县财政局牵头）\n\n1.化解债务3亿元。", "3亿元", "owner.heading_note"),
    ("新增企业12家。\n\n牵头单位：县工信局", "12家", "owner.following_note"),
    ("新增企业12家。由县工信局牵头，每月调度。", "12家", "owner.nearest_words"),
    ("绿化造林5万亩，完成投资2亿元。", "5万亩", None),
]


def test_keys_stand_beside_the_names() -> None:
    finding = finding_of(
        "新建公厕20座。（牵头单位：县卫健局；责任单位：县教育局、鹿台镇）", "20座", table=False, issuer="东山县人民政府"
    )
    owners = finding.owners
    assert (owners.lead_agencies, owners.lead_agency_keys) == (("县卫健局",), ("县卫生健康局",))
    assert (owners.responsible_agencies, owners.responsible_agency_keys) == (
        ("县教育局", "鹿台镇"),
        ("县教育局", "鹿台镇"),
    )
    assert owners.support_agency_keys == owners.person_keys == ()


@pytest.mark.parametrize(("text", "quantity", "rule"), PLACES, ids=range(len(PLACES)))
def test_the_rule_says_where_owners_were_found(text: str, quantity: str, rule: str | None) -> None:
    found = finding_of(text, quantity, table=False)
    assert found.rule_id == rule and (rule is None) == (found.source == "nothing names any")


def test_the_rule_of_a_row_and_of_a_note_in_its_cell() -> None:
    text = "任务\t牵头单位\n公厕20座\t区城管局\n步道9公里（区园林局牵头，区财政局负责）\t区城管局"
    assert finding_of(text, "20座", table=True).rule_id == "owner.row"
    assert finding_of(text, "9公里", table=True).rule_id == "owner.cell_note"


def owners_of(text: str, quantity: str, *, table: bool) -> Owners:
    return finding_of(text, quantity, table=table).owners


def finding_of(text: str, quantity: str, *, table: bool, issuer: str | None = None) -> OwnersFinding:
    issue = issue_of(text, table=table, issuers=[issuer] if issuer else ())
    ids = IdMaker("i")
    document = issue.documents[0]
    start = text.index(quantity)
    place = next(p.place for p in passages(document) if start in p.reading.offsets)
    row = replace(described("完成投资1亿元。")[0], place=place, span=Span(start, start + len(quantity)), text=quantity)
    officials = extract_officials(issue, ids)
    return owners_index(document, extract_responsibilities(issue, ids), officials).finding(row)


@pytest.mark.parametrize(("text", "quantity", "owners"), PEOPLE, ids=range(len(PEOPLE)))
def test_people_answer_by_their_duties(text: str, quantity: str, owners: Owners) -> None:
    found = owners_of(text, quantity, table=False)
    assert found == owners
    assert found.person_keys == found.officials


def test_who_signs_does_not_answer() -> None:
    assert finding_of("县长 王立本\n\n建站3座。", "3座", table=False).mentions == ()


@pytest.mark.parametrize(("text", "quantity", "owners"), CASES, ids=range(len(CASES)))
def test_owners_in_text(text: str, quantity: str, owners: Owners) -> None:
    assert owners_of(text, quantity, table=False) == owners


@pytest.mark.parametrize(("text", "quantity", "owners"), ROWS, ids=range(len(ROWS)))
def test_owners_in_rows(text: str, quantity: str, owners: Owners) -> None:
    assert owners_of(text, quantity, table=True) == owners
