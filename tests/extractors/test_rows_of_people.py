"""People as whole rows: what is printed, name, type of the mention, role, organization, position, act and rule."""

from __future__ import annotations

import pytest

from extractors.officials import extract_officials
from pipeline.segmentation import segment
from schemas.ids import IdMaker
from schemas.records import Issue, Segment
from schemas.replacing import replace
from schemas.rows import Official
from schemas.spans import Reading, Span
from tests.extractors.building import issue_of
from tests.extractors.test_officials import run
from tests.segmentation.support import source_of

Row = tuple[str, str | None, str, str | None, str | None, str | None, str | None, str]

ROWS: list[tuple[str, list[Row]]] = [
    # titles: an act, an honour, and what is neither
    ("关于孙立新同志任职的通知", [("孙立新", "孙立新", "appointment", "任职", None, None, None, "official.subject_of_title")]),
    ("关于李建民同志学习推广活动的通知", [("李建民", "李建民", "mention", "同志", None, None, None, "official.subject_of_title")]),
    ("关于追授林晓峰同志称号的决定", [("林晓峰", "林晓峰", "mention", "追授", None, None, "commend", "official.honoured")]),
    # bylines: behind a colon or a blank, with and without an agency
    ("县长:宁致远", [("宁致远", "宁致远", "signature", "县长", None, "县长", None, "official.byline")]),
    ("县长宁致远", [("宁致远", "宁致远", "mention", "县长", None, "县长", None, "official.titled")]),
    ("县　长　宁致远", [("宁致远", "宁致远", "signature", "县长", None, "县长", None, "official.byline")]),
    ("市财政局局长　李 晓 明", [("李 晓 明", "李晓明", "signature", "市财政局局长", "市财政局", "市财政局局长", None, "official.byline")]),
    # labels: the value ends before the next label, however that is set apart
    ("联系人：王小丽 电话：12345678", [("王小丽", "王小丽", "contact", "联系人", None, None, None, "official.contact")]),
    ("责任领导：张明 责任单位：县水利局", [("张明", "张明", "duty", "责任领导", None, None, None, "official.label")]),
    ("联系人：罗敏（市商务局），地址：云栖路1号", [("罗敏", "罗敏", "contact", "联系人", "市商务局", None, None, "official.contact")]),
    ("组　长：宋立本　县委副书记、县长", [("宋立本", "宋立本", "duty", "组长", "县委", "县委副书记、县长", None, "official.label")]),
    ("副组长：何川　副县长、县公安局局长", [("何川", "何川", "duty", "副组长", None, "副县长、县公安局局长", None, "official.label")]),
    ("牵头领导：周明轩，责任单位：县水利局", [("周明轩", "周明轩", "duty", "牵头领导", None, None, None, "official.label")]),
    ("联系人王小丽，责任人：何欢", [
        ("王小丽", "王小丽", "contact", "联系人", None, None, None, "official.contact_in_prose"),
        ("何欢", "何欢", "duty", "责任人", None, None, None, "official.label"),
    ]),
    ("重要县领导王慧、李建平出席。", [
        ("王慧", "王慧", "mention", "县领导", None, "县领导", None, "official.titled"),
        ("李建平", "李建平", "mention", "县领导", None, "县领导", None, "official.titled"),
    ]),
    ("由县长林建国任组长、副县长王海燕任副组长。", [
        ("林建国", "林建国", "duty", "组长", None, "县长", None, "official.titled"),
        ("王海燕", "王海燕", "duty", "副组长", None, "副县长", None, "official.titled"),
    ]),
    ("记者王小丽 摄影何欢", [
        ("王小丽", "王小丽", "mention", "记者", None, None, None, "official.credit"),
        ("何欢", "何欢", "mention", "摄影", None, None, None, "official.credit"),
    ]),
    # rolls: the house or the office before the colon goes with the people of its line
    ("对下列同志予以通报表扬：\n县水利局：李丽\n县农业农村局局长：王海燕\n", [
        ("李丽", "李丽", "mention", "通报表扬", "县水利局", None, "commend", "official.name_line"),
        ("王海燕", "王海燕", "mention", "通报表扬", "县农业农村局", "县农业农村局局长", "commend", "official.name_line"),
    ]),
    ("才旦多杰　州委副书记、州长　主持州人民政府全面工作", [
        ("才旦多杰", "才旦多杰", "duty", "主持", "州委", "州委副书记、州长", None, "official.leader_line"),
    ]),
    ("扎 西　州委书记　主持全面工作", [("扎 西", "扎西", "duty", "主持", "州委", "州委书记", None, "official.leader_line")]),
    ("孙立新副县长：负责水利工作。", [("孙立新", "孙立新", "mention", "副县长", None, "副县长", None, "official.division_of_work")]),
    # tables: organization and position of the row, the act that a header states, the role that the title gives
    ("全市劳动模范名单\n姓名\t单位\t职务\n李 丽\t县教育局\t县教育局科长\n", [
        ("李 丽", "李丽", "mention", "劳动模范", "县教育局", "县教育局科长", "commend", "official.name_column"),
    ]),
    ("关于表扬先进个人的通报\n各单位：\n姓名\t单位\n佟欣\t市供水公司\n", [
        ("佟欣", "佟欣", "mention", "先进个人", "市供水公司", None, "commend", "official.name_column"),
    ]),
    ("人员名单\n姓名\t任命职务\n佟欣\t市林业局局长\n", [
        ("佟欣", "佟欣", "appointment", "任", "市林业局", "市林业局局长", "appoint", "official.name_column"),
    ]),
    ("姓名\t免去职务\n佟欣\t市林业局局长\n", [
        ("佟欣", "佟欣", "appointment", "免", "市林业局", "市林业局局长", "remove", "official.name_column"),
    ]),
    ("姓名\t职务\t联系电话\n佟欣\t市林业局局长\t12345\n", [
        ("佟欣", "佟欣", "mention", "姓名", "市林业局", "市林业局局长", None, "official.name_column"),
    ]),
    ("项目\t牵头领导\n甲\t周明轩（县委书记）\n乙\t相关副县长\n", [
        ("周明轩", "周明轩", "duty", "牵头领导", "县委", "县委书记", None, "official.person_column"),
        ("相关副县长", None, "duty", "牵头领导", None, "相关副县长", None, "official.office_in_charge"),
    ]),
    ("项目\t牵头领导\n甲\t周明轩、何川（副县长）\n", [
        ("周明轩", "周明轩", "duty", "牵头领导", None, None, None, "official.person_column"),
        ("何川", "何川", "duty", "牵头领导", None, "副县长", None, "official.person_column"),
    ]),
    ("项目\t牵头领导\n甲\t县财政局 何川\n", [("何川", "何川", "duty", "牵头领导", "县财政局", None, None, "official.person_column")]),
    ("事项\t牵头领导\t牵头单位\n甲\t周明轩 何川\t县财政局\n周明轩\t县财政局\t县水利局\n", [
        ("周明轩", "周明轩", "duty", "牵头领导", None, None, None, "official.person_column"),
        ("何川", "何川", "duty", "牵头领导", None, None, None, "official.person_column"),
        ("周明轩", "周明轩", "duty", "牵头领导", None, None, None, "official.roster_cell"),
    ]),
    ("项目\t牵头领导\n甲\t周明轩\n二、周明轩同志要抓好落实，周明轩每月调度。周明轩路、周明轩工作室除外。\n", [
        ("周明轩", "周明轩", "duty", "牵头领导", None, None, None, "official.person_column"),
        ("周明轩", "周明轩", "mention", "同志", None, None, None, "official.comrade"),
        ("周明轩", "周明轩", "mention", "同志", None, None, None, "official.known_name"),
    ]),
    # cells: numbers, notes and breaks between names; a sentence and a place are nobody
    ("项目\t负责人\n甲\t李爱国138，王海燕\n乙\t何川<br>周旭\n丙\t（女）孙倩\n", [
        ("李爱国", "李爱国", "duty", "负责人", None, None, None, "official.person_column"),
        ("王海燕", "王海燕", "duty", "负责人", None, None, None, "official.person_column"),
        ("何川", "何川", "duty", "负责人", None, None, None, "official.person_column"),
        ("周旭", "周旭", "duty", "负责人", None, None, None, "official.person_column"),
        ("孙倩", "孙倩", "duty", "负责人", None, None, None, "official.person_column"),
    ]),
    ("项目\t责任人\n甲\t李登科\n乙\t王州县\n", [("李登科", "李登科", "duty", "责任人", None, None, None, "official.person_column")]),
    ("项目\t牵头领导\n甲\t周明轩要抓好落实，每月调度一次。\n", []),
    ("姓名\t职务\n周明轩\t组长\n", [("周明轩", "周明轩", "duty", "组长", None, None, None, "official.name_column")]),
    # offices in charge: each whole office of a post of many, the last part behind parts that name none
    ("由张三丰任组长，由县财政局局长、县水利局局长任副组长。", [
        ("张三丰", "张三丰", "duty", "组长", None, "组长", None, "official.take_office"),
        ("县财政局局长", None, "duty", "副组长", "县财政局", "县财政局局长", None, "official.office_in_charge"),
        ("县水利局局长", None, "duty", "副组长", "县水利局", "县水利局局长", None, "official.office_in_charge"),
    ]),
    ("由县委，县长任组长。", [("县长", None, "duty", "组长", None, "县长", None, "official.office_in_charge")]),
    ("由市委，市政府，分管副市长任组长。", [("分管副市长", None, "duty", "组长", None, "分管副市长", None, "official.office_in_charge")]),
    # acts, and what became of those who failed
    ("王强同志原任县外事办主任职务自然免除。", [
        ("王强", "王强", "appointment", "免", "县外事办", "县外事办主任", "lapse", "official.lapse_of_named"),
    ]),
    ("聘任何欢为市图书馆馆长。", [("何欢", "何欢", "appointment", "聘任", "市图书馆", "市图书馆馆长", "engage", "official.appoint")]),
    ("提名陈立为县人民法院副院长人选；", [
        ("陈立", "陈立", "appointment", "提名", "县人民法院", "县人民法院副院长", "nominate", "official.appoint"),
    ]),
    ("张强任县水利局局长，免去其县林业局副局长职务；", [
        ("张强", "张强", "appointment", "任", "县水利局", "县水利局局长", "appoint", "official.take_office"),
        ("张强", "张强", "appointment", "免", "县林业局", "县林业局副局长", "remove", "official.further_removal"),
    ]),
    ("接受李宏伟辞去县人民政府副县长职务的请求。", [
        ("李宏伟", "李宏伟", "appointment", "免", "县人民政府", "县人民政府副县长", "remove", "official.resign"),
    ]),
    ("石磊同志达到法定退休年龄，批准退休。", [("石磊", "石磊", "appointment", "退休", None, None, "retire", "official.retire")]),
    ("退休人员名单\n姓名\t原单位及职务\n万方\t市林业局二级调研员\n", [
        ("万方", "万方", "appointment", "退休", "市林业局", "市林业局二级调研员", "retire", "official.name_column"),
    ]),
    ("因机构改革，原市粮食局领导班子成员职务自然免除。", [
        ("原市粮食局领导班子成员", None, "appointment", "免", "市粮食局领导班子", "原市粮食局领导班子成员", "lapse", "official.lapse"),
    ]),
    ("公安局刘洋、财政局赵晓东为成员。", [
        ("刘洋", "刘洋", "duty", "成员", "公安局", None, None, "official.listed_for_post"),
        ("赵晓东", "赵晓东", "duty", "成员", "财政局", None, None, "official.listed_for_post"),
    ]),
    # a verb that is the end of a name, and one that is not
    ("成员：赵晓东　县财政局局长\n　　　　朱长任　县工业局总工程师\n", [
        ("赵晓东", "赵晓东", "duty", "成员", "县财政局", "县财政局局长", None, "official.label"),
        ("朱长任", "朱长任", "duty", "成员", "县工业局", "县工业局总工程师", None, "official.group_line"),
    ]),
    ("王建国任　县水利局局长", [("王建国", "王建国", "appointment", "任", "县水利局", "县水利局局长", "appoint", "official.take_office")]),
    # who is sent to an office, and another person's removal in the same sentence
    ("派张三丰任县供销社主任，免去王海燕同志县林业局局长职务。", [
        ("张三丰", "张三丰", "appointment", "任", "县供销社", "县供销社主任", "appoint", "official.appoint"),
        ("王海燕", "王海燕", "appointment", "免", "县林业局", "县林业局局长", "remove", "official.remove"),
    ]),
    ("委派何川为县国资公司监事。", [("何川", "何川", "appointment", "任", "县国资公司", "县国资公司监事", "appoint", "official.appoint")]),
    ("根据规定，免去刘玉海职务。", [("刘玉海", "刘玉海", "appointment", "免", None, None, "remove", "official.remove_unnamed_office")]),
    ("任命梁思远为青岚市第四任市长。", [("梁思远", "梁思远", "appointment", "任", "青岚市", "青岚市第四任市长", "appoint", "official.appoint")]),
    # several who are punished in one sentence, each with an office of his own
    ("给予青溪乡煤监站站长唐建成、乡政府副科级干部李海涛行政撤职处分。", [
        ("唐建成", "唐建成", "mention", "行政撤职", "青溪乡煤监站", "青溪乡煤监站站长", "punish", "official.listed_for_penalty"),
        ("李海涛", "李海涛", "mention", "行政撤职", None, "乡政府副科级干部", "punish", "official.listed_for_penalty"),
    ]),
    ("对云溪镇副镇长王德海、工作人员赵晓东给予行政警告处分。", [
        ("王德海", "王德海", "mention", "行政警告", "云溪镇", "云溪镇副镇长", "punish", "official.titled"),
        ("赵晓东", "赵晓东", "mention", "行政警告", None, "工作人员", "punish", "official.listed_for_penalty"),
    ]),
    ("矿长李云海被处罚款700元。", [("李云海", "李云海", "mention", "处罚款", None, "矿长", "punish", "official.titled")]),
    ("决定对青岚县人民政府等14个单位和何川等45名同志予以表彰。", [
        ("何川", "何川", "mention", "表扬", None, None, "commend", "official.rewarded"),
    ]),
    ("关于表彰云州县第九届劳动模范的决定\n县人民政府决定授予张云新等47名同志“云州县劳动模范”荣誉称号，授予吴学玲等53名同志“云州县先进工作者”荣誉称号。\n", [
        ("张云新", "张云新", "mention", "云州县劳动模范", None, None, "commend", "official.honoured"),
        ("吴学玲", "吴学玲", "mention", "云州县先进工作者", None, None, "commend", "official.honoured"),
    ]),
    # the other script
    ("行政長官 何厚銘", [("何厚銘", "何厚銘", "signature", "行政长官", None, "行政長官", None, "official.byline")]),
    ("由行政法務司司長張永興臨時代理行政長官的職務。", [
        ("張永興", "張永興", "mention", "临时代理", "行政法務司", "行政法務司司長", None, "official.led_by"),
    ]),
    # staff as Macau's gazette prints them, names and offices in the characters of the text
    ("何建文—根據第3/2011號行政法規第四條的規定，其擔任漁務廳廳長的定期委任，自五月十日起續期一年。", [
        ("何建文", "何建文", "appointment", "任", "漁務廳", "漁務廳廳長", "appoint", "official.dispatch.appointed"),
    ]),
    ("孫國華，本局人員編制第三職階高級技術員—根據通則第七條的規定，於一月二日因自願退休而離職。", [
        ("孫國華", "孫國華", "appointment", "退休", None, "本局人員編制第三職階高級技術員", "retire", "official.dispatch.left"),
    ]),
    ("聲明如下，蘇偉強在本局擔任第九職階輕型車輛司機的合同於四月二日失效。", [
        ("蘇偉強", "蘇偉強", "appointment", "免", None, "第九職階輕型車輛司機", "lapse", "official.dispatch.post_ends"),
    ]),
    ("- 第六職階輕型車輛司機衛永波，二零二四年三月二日；", [
        ("衛永波", "衛永波", "mention", "第六职阶轻型车辆司机", None, "第六職階輕型車輛司機", None, "official.dispatch.grade_in_front"),
    ]),
    ("在何明義學士卸任體育署署長之際，特予表揚。", [
        ("何明義", "何明義", "mention", "卸任", "體育署", "體育署署長", None, "official.on_leaving"),
    ]),
    # posts of a body that the sentence names first; who acts for an office; an honour behind 同志
    ("青岚水库管理处由李建华同志任主任，王海燕同志兼任副主任。", [
        ("李建华", "李建华", "duty", "主任", "青岚水库管理处", "主任", None, "official.take_office"),
        ("王海燕", "王海燕", "duty", "副主任", "青岚水库管理处", "副主任", None, "official.take_office"),
    ]),
    ("成员为余国伟、郑承文博士和司徒惠明教授。", [
        (name, name, "duty", "成员", None, None, None, "official.members_named") for name in ("余国伟", "郑承文", "司徒惠明")
    ]),
    ("任期亦为两年，任期三年。", []),
    ("鉴于张全发已辞去县农业局局长职务，决定如下。", [
        ("张全发", "张全发", "appointment", "免", "县农业局", "县农业局局长", "remove", "official.step_down"),
    ]),
    ("决定：李建华同志代理青岚市人民政府市长。", [
        ("李建华", "李建华", "appointment", "任", "青岚市人民政府", "青岚市人民政府市长", "appoint", "official.take_office"),
    ]),
    ("李建华、王海燕等4名同志被授予“全省造林模范”荣誉称号。", [
        ("李建华", "李建华", "mention", "“全省造林模范”荣誉称号", None, None, "commend", "official.comrade"),
        ("王海燕", "王海燕", "mention", "“全省造林模范”荣誉称号", None, None, "commend", "official.comrade"),
    ]),
    ("县人大常委会副主任李建华出席。", [
        ("李建华", "李建华", "mention", "副主任", "县人大常委会", "县人大常委会副主任", None, "official.titled"),
    ]),
    ("县长肖文关于成明、石方明两位同志辞职的报告", [
        ("肖文", "肖文", "mention", "县长", None, "县长", None, "official.titled"),
        ("成明", "成明", "mention", "同志", None, None, None, "official.comrade"),
        ("石方明", "石方明", "mention", "同志", None, None, None, "official.comrade"),
    ]),
    ("对张三丰同志给予警告处分。", [("张三丰", "张三丰", "mention", "警告", None, None, "punish", "official.punished")]),
]  # fmt: skip

OUTSIDE: list[tuple[str, list[Row]]] = [
    ("政府工作报告……市长 吴晓峰（3）\n", [("吴晓峰", "吴晓峰", "signature", "市长", None, "市长", None, "official.speaker_in_contents")]),
    ("政府工作报告　　市长　吴 晓 峰　（12）\n", [
        ("吴 晓 峰", "吴晓峰", "signature", "市长", None, "市长", None, "official.speaker_in_contents"),
    ]),
    ("政府工作报告……市长 方案（3）\n", []),
    ("政府工作报告……市长 雷锋（3）\n", []),
]  # fmt: skip
"""Lines of the contents, outside every document."""


def whole(text: str, outside: int = 0) -> list[Row]:
    return [
        (row.text, row.name, row.mention_type, row.role, row.organization, row.position, row.action, row.rule_id)
        for row in run(text, outside)
    ]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(text: str, expected: list[Row]) -> None:
    assert whole(text) == expected


@pytest.mark.parametrize(("text", "expected"), OUTSIDE)
def test_rows_outside_documents(text: str, expected: list[Row]) -> None:
    assert whole(text, outside=1) == expected


def in_one_paragraph(text: str) -> tuple[Official, ...]:
    """The rows of a text whose lines one clause joins."""
    issue = issue_of(text)
    (document,) = issue.documents
    clause = replace(document.clauses[0], reading=Reading.of(text, 0, len(text)), span=Span(0, len(text)))
    joined = replace(issue, documents=(replace(document, clauses=(clause,)),))
    return extract_officials(joined, IdMaker(issue.issue_id))


def test_lines_that_a_paragraph_joins_are_acts_of_their_own() -> None:
    rows = in_one_paragraph("任命：\n张三丰为县水利局局长\n李四光为县林业局副局长\n王五岳为县司法局局长")
    assert [(row.name, row.position, row.organization, row.action) for row in rows] == [
        ("张三丰", "县水利局局长", "县水利局", "appoint"),
        ("李四光", "县林业局副局长", "县林业局", "appoint"),
        ("王五岳", "县司法局局长", "县司法局", "appoint"),
    ]


BROKEN = [
    ("授予张三\n丰同志“先进个人”称号。", [("张三丰", "张三\n丰")]),
    (
        "会议由县长林建\n国主持，林建国\n讲话，林建\n国总结。",
        [("林建国", "林建\n国"), ("林建国", "林建国"), ("林建国", "林建\n国")],
    ),
    ("任命王建\n国为县教育局局长；", [("王建国", "王建\n国")]),
    ("由县财政局\n局长任组长。", [(None, "县财政局\n局长")]),
]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_a_name_that_a_line_end_cuts_has_its_pieces(text: str, expected: list[tuple[str | None, str]]) -> None:
    rows = in_one_paragraph(text)
    assert [(row.name, row.text) for row in rows] == expected
    for row in rows:
        pieces = [text[start:end] for start, end in row.fragments or ()]
        assert pieces == (row.text.split("\n") if "\n" in row.text else [])


def cells(issue: Issue) -> list[tuple[str | None, str, str | None, str | None, str | None, str]]:
    rows = extract_officials(issue, IdMaker(issue.issue_id))
    assert all(issue.source.text[row.span.start : row.span.end] == row.text for row in rows)
    return [(row.name, row.mention_type, row.role, row.organization, row.position, row.rule_id) for row in rows]


@pytest.mark.parametrize(("office", "organization"), [("市长", None), ("青柯市人民政府市长", "青柯市人民政府")])
def test_who_gives_a_report_stands_under_its_title(office: str, organization: str | None) -> None:
    date = "——2024年1月8日在市人民代表大会上"
    issue = segment(source_of(f"青柯市人民政府工作报告\n{date}\n{office}　吴晓峰\n各位代表：\n现在报告工作。\n"))
    assert cells(issue) == [("吴晓峰", "signature", office, organization, office, "official.speaker")]
    (row,) = extract_officials(issue, IdMaker(issue.issue_id))
    (document,) = issue.documents
    (clause,) = [clause for clause in document.clauses if clause.clause_id == row.place.clause_id]
    assert (row.place.document_id, clause.reading.text) == (document.document_id, f"{office}　吴晓峰")


def test_captions_of_photographs_name_whom_they_show() -> None:
    """Of the furniture of a page only the lines that credit a photographer are captions."""
    lines = [
        "各县要抓紧春耕。", "县长林建国检查春耕。本报记者李丽摄", "副县长王慧出席。", "局长王海燕讲话。云栖日报记者 陈锋 摄",
    ]  # fmt: skip
    text = "\n".join(lines)
    issue = issue_of(text)
    (document,) = issue.documents
    second = text.index(lines[3])
    issue = replace(
        issue,
        documents=(replace(document, clauses=document.clauses[:1]),),
        segments=(
            Segment("body", Span(0, len(lines[0]))), Segment("furniture", None),
            Segment("furniture", Span(len(lines[0]) + 1, second)), Segment("furniture", Span(second, len(text))),
        ),
    )  # fmt: skip
    assert cells(issue) == [
        ("林建国", "mention", "县长", None, "县长", "official.titled"),
        ("李丽", "mention", "记者", None, None, "official.credit"),
        ("王海燕", "mention", "局长", None, "局长", "official.titled"),
        ("陈锋", "mention", "记者", None, None, "official.credit"),
    ]
    assert {row.place.document_id for row in extract_officials(issue, IdMaker(issue.issue_id))} == {"d"}


LABELS: list[tuple[str, list[tuple[str | None, str | None]]]] = [
    # one line of bare names goes on with a label, several where they tell offices, until a line is none
    ("责任编辑：\n李丽丽\n王海燕\n", [("李丽丽", "责任编辑")]),
    (
        "副召集人：\n王海燕　　教育部部长\n陈锋　　国务院副秘书长\n何欢\n",
        [("王海燕", "副召集人"), ("陈锋", "副召集人")],
    ),
    ("副召集人：\n各单位要密切配合。\n陈锋　　国务院副秘书长\n", []),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_lines_below_a_label(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(row.name, row.role) for row in run(text) if row.mention_type in ("staff", "duty")] == expected


def test_a_new_title_ends_the_act_and_the_day_in_force() -> None:
    text = (
        "免去：\n李四光的县林业局局长职务；\n关于任职的通知\n王五岳为县司法局局长；\n任命：\n张三丰为县水利局局长；\n"
    )
    found = [(row.name, row.action) for row in run(text) if row.mention_type == "appointment"]
    assert ("李四光", "remove") in found and ("张三丰", "appoint") in found and ("王五岳", "remove") not in found


CELLS = [
    ("周明轩县委书记", "周明轩", "县委书记"),
    ("县委书记周明轩", "周明轩", "县委书记"),
    ("李志强镇长", "李志强", "镇长"),
    ("乡长孙立", "孙立", "乡长"),
    ("欧阳文副县长", "欧阳文", "副县长"),
    ("张家港市长", None, "张家港市长"),
    ("金山镇镇长", None, "金山镇镇长"),
    ("石门县长", None, "石门县长"),
]


@pytest.mark.parametrize("case", range(len(CELLS)))
def test_name_and_office_printed_as_one_in_a_cell(case: int) -> None:
    text, name, position = CELLS[case]
    found = run(f"河流\t县级河长\n白沙河\t{text}\n清水河\t王建国（县长）\n")
    assert [(one.name, one.position) for one in found] == [(name, position), ("王建国", "县长")]
