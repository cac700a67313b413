"""Acts of appointment: person, office, agency, action, day; titles, bylines, offices without a name."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.extractors.test_officials import found, run

Act = tuple[str | None, str | None, str | None, str | None]

ACTS: list[tuple[str, list[Act]]] = [
    ("任命王建国为县教育局局长；", [("王建国", "县教育局局长", "县教育局", "appoint")]),
    ("任命：\n王建国为县教育局局长（试用期一年）；", [("王建国", "县教育局局长", "县教育局", "appoint")]),
    ("王建国同志任县教育局局长（兼）；", [("王建国", "县教育局局长", "县教育局", "appoint")]),
    ("王　磊、孙　燕任市第三中学副校长。", [("王磊", "市第三中学副校长", "市第三中学", "appoint"), ("孙燕", "市第三中学副校长", "市第三中学", "appoint")]),
    ("决定任命司马长风为省水利厅副厅长；", [("司马长风", "省水利厅副厅长", "省水利厅", "appoint")]),
    ("聘任：\n何　欢为市图书馆馆长，聘期三年。", [("何欢", "市图书馆馆长", "市图书馆", "engage")]),
    ("聘请高远同志为市人民政府参事。", [("高远", "市人民政府参事", "市人民政府", "engage")]),
    ("提名陈立为县人民法院副院长人选；", [("陈立", "县人民法院副院长", "县人民法院", "nominate")]),
    ("免去丁一同志的市审计局局长职务；", [("丁一", "市审计局局长", "市审计局", "remove")]),
    ("免去丁一县审计局局长职务；", [("丁一", "县审计局局长", "县审计局", "remove")]),
    ("免去：\n古力娜扎的州文旅局副局长职务；\n白玛、次仁的州林草局副局长职务。", [
        ("古力娜扎", "州文旅局副局长", "州文旅局", "remove"),
        ("白玛", "州林草局副局长", "州林草局", "remove"),
        ("次仁", "州林草局副局长", "州林草局", "remove"),
    ]),
    ("因工作调动，钟离同志不再担任区商务局副局长职务。", [("钟离", "区商务局副局长", "区商务局", "remove")]),
    ("接受李宏伟辞去县人民政府副县长职务的请求。", [("李宏伟", "县人民政府副县长", "县人民政府", "remove")]),
    ("张强任县水利局局长，免去其县林业局副局长职务；", [
        ("张强", "县水利局局长", "县水利局", "appoint"),
        ("张强", "县林业局副局长", "县林业局", "remove"),
    ]),
    ("因机构改革，原市粮食局领导班子成员职务自然免除。", [(None, "原市粮食局领导班子成员", "市粮食局领导班子", "lapse")]),
    ("王强同志原任县外事办主任职务自然免除。", [("王强", "县外事办主任", "县外事办", "lapse")]),
    ("夏侯玄、石磊等同志达到法定退休年龄，批准退休。", [("夏侯玄", None, None, "retire"), ("石磊", None, None, "retire")]),
    ("任命阿依努尔·艾山为市人民医院护士长。", [("阿依努尔·艾山", "市人民医院护士长", "市人民医院", "appoint")]),
    # no act of a named person
    ("以上任命人员的任职时间自2024年5月28日起计算。", []),
    ("任务为县级重点，责任为各乡镇。", []),
    ("县长任组长，分管副县长任副组长。", []),
    ("免去其他人员相关职务的程序按规定办理。", []),
]  # fmt: skip

TITLES: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    ("关于苏明远等同志职务任免的通知", [("苏明远", "苏明远", "任免")]),
    ("关于免去刘应斌等同志职务的通知", [("刘应斌", "刘应斌", "免")]),
    ("关于诸葛瑾、何欢任职的通知", [("诸葛瑾", "诸葛瑾", "任职"), ("何欢", "何欢", "任职")]),
    ("关于邵蕴等同志正式任职和申屠克难等同志退休的通知", [("邵蕴", "邵蕴", "正式任职"), ("申屠克难", "申屠克难", "退休")]),
    ("关于表彰王建军同志的决定", [("王建军", "王建军", "表彰")]),
    ("关于学习雷锋同志先进事迹的通知", []),
    ("关于印发干部任免工作规定的通知", []),
    ("关于调整县安委会组成人员的通知", []),
]  # fmt: skip

PROSE: list[tuple[str, list[tuple[str, str | None, str | None]]]] = [
    ("（2024年1月8日在市第五届人民代表大会第三次会议上）\n市长　吴 晓 峰", [("吴 晓 峰", "吴晓峰", "市长")]),
    ("县　长：宁致远", [("宁致远", "宁致远", "县长")]),
    ("会上，县长刘志强主持会议，副县长王慧、李建平出席。", [
        ("刘志强", "刘志强", "县长"), ("王慧", "王慧", "副县长"), ("李建平", "李建平", "副县长"),
    ]),
    ("专班由刘志强同志牵头，每月调度。", [("刘志强", "刘志强", "牵头")]),
    ("局长负责制要落实到位，主任会议每月召开。", []),
    ("传承左宗棠、郭嵩焘等历史文化名人的家国情怀，深入学习贯彻习近平新时代中国特色社会主义思想。", []),
    ("修缮左宗棠故居，支持刘少军院士团队，弘扬焦裕禄精神，开展向雷锋同志学习活动。", []),
    ("由县财政局牵头，由常务副县长牵头。", []),
]  # fmt: skip

OFFICES: list[tuple[str, list[tuple[str, str]]]] = [
    ("成立领导小组，由县委书记任组长。", [("县委书记", "组长")]),
    ("领导小组由市长任组长，常务副市长、分管副市长任副组长。", [("市长", "组长"), ("常务副市长", "副组长"), ("分管副市长", "副组长")]),
    ("由县委副书记、县人民政府县长任指挥长", [("县委副书记、县人民政府县长", "指挥长")]),
    ("成立专班，由分管城建的副区长任召集人，区政府办协管副主任、区住建局主要负责人任副召集人", [
        ("分管城建的副区长", "召集人"), ("区政府办协管副主任", "副召集人"), ("区住建局主要负责人", "副召集人"),
    ]),
    ("任期三年，任务为重点。", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACTS)
def test_acts(text: str, expected: list[Act]) -> None:
    rows = [row for row in run(text) if row.mention_type == "appointment"]
    assert [(row.name, row.position, row.organization, row.action) for row in rows] == expected


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert found(text) == expected
    assert found(f"{text}　12\n", outside=1) == expected


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_people_in_prose(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), OFFICES)
def test_offices_in_charge(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(row.position, row.role) for row in run(text) if row.name is None] == expected


def test_terms_begin_on_the_day_that_the_notice_states() -> None:
    rows = run("任命：\n钱立为县司法局局长；\n免去：\n孙方的县司法局局长职务。\n以上任命人员的任职时间自2024年5月28日起计算。")
    assert [(row.name, row.effective_date) for row in rows] == [("钱立", dt.date(2024, 5, 28)), ("孙方", None)]
    rows = run("经考核合格，正式任职，任职时间从2023年4月11日起计算：\n邵　蕴任市农业农村局副局长；")
    assert [(row.name, row.effective_date, row.role) for row in rows] == [("邵蕴", dt.date(2023, 4, 11), "正式任职")]


def test_two_acts_of_one_printed_name_have_ids_of_their_own() -> None:
    rows = run("张强任县水利局局长，免去其县林业局副局长职务；")
    assert rows[1].official_id == rows[0].official_id + "#2"
