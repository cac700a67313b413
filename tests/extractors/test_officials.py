"""People in tables and labels: what is printed, whom it names, in which role."""

from __future__ import annotations

import pytest

from extractors.officials import extract_officials
from extractors.rules.registry import registry
from schemas.ids import IdMaker
from schemas.records import Issue
from schemas.rows import Official
from tests.extractors.building import issue_of

Expected = list[tuple[str, str | None, str | None]]

TABLES: list[tuple[str, Expected]] = [
    # one name, several names, blanks and full-width blanks inside names
    ("项目\t责任领导\n绕城公路\t周明轩\n", [("周明轩", "周明轩", "责任领导")]),
    ("项目\t牵 头 领 导\n绕城公路\t周　旭\n", [("周　旭", "周旭", "牵头领导")]),
    ("项目\t联系县领导\n甲\t周明轩 何　川\n", [("周明轩", "周明轩", "联系县领导"), ("何　川", "何川", "联系县领导")]),
    ("项目\t包联领导\n甲\t周明轩、何川\n", [("周明轩", "周明轩", "包联领导"), ("何川", "何川", "包联领导")]),
    ("项目\t总指挥\n甲\t吴 晓 峰\n", [("吴 晓 峰", "吴晓峰", "总指挥")]),
    ("河段\t县级河长\n清水河\t梁启明\n", [("梁启明", "梁启明", "县级河长")]),
    ("片区\t林长\n北山\t贺 兰\n", [("贺 兰", "贺兰", "林长")]),
    ("产业链\t链长\t联络员\n茶\t欧阳静\t令狐冲和\n", [("欧阳静", "欧阳静", "链长"), ("令狐冲和", "令狐冲和", "联络员")]),
    # minority names
    ("村\t驻村第一书记\n甲村\t扎西顿珠\n", [("扎西顿珠", "扎西顿珠", "驻村第一书记")]),
    ("村\t责任人\n甲村\t阿不都·热西提\n", [("阿不都·热西提", "阿不都·热西提", "责任人")]),
    ("村\t责任人\n甲村\t其其格\n乙村\t吉克阿依\n", [("其其格", "其其格", "责任人"), ("吉克阿依", "吉克阿依", "责任人")]),
    # rare surnames, names that are words
    ("村\t责任人\n甲村\t郁杉\n乙村\t牧野\n丙村\t谷粱\n", [("郁杉", "郁杉", "责任人"), ("牧野", "牧野", "责任人"), ("谷粱", "谷粱", "责任人")]),
    # agencies, offices and names in one cell
    ("项目\t责任单位及责任人\n甲\t市财政局 钱 进\n", [("钱 进", "钱进", "责任单位及责任人")]),
    ("项目\t包保责任人\n甲\t孙立新（副市长）\n", [("孙立新", "孙立新", "包保责任人")]),
    ("项目\t责任人\n甲\t李爱国13800000000\n", [("李爱国", "李爱国", "责任人")]),
    ("项目\t揭榜单位负责人\n甲\t招商局 程度 贸促会 向前进\n", [("程度", "程度", "揭榜单位负责人"), ("向前进", "向前进", "揭榜单位负责人")]),
    # what is nobody
    ("项目\t责任人\n甲\t同上\n乙\t〃\n丙\t无\n丁\t待定\n", []),
    ("项目\t责任人\n甲\t东湖社区\n乙\t县住建局\n丙\t清河镇\n丁\t宏远建设集团\n", []),
    ("项目\t责任单位\n甲\t周明轩\n", []),
    ("项目\t责任人\n甲\t2023年5月\n乙\t各乡镇\n丙\t全面实现\n", []),
    ("项目\t责任领导\n甲\t相关副县长\n", [("相关副县长", None, "责任领导")]),
    ("项目\t责任领导\n甲\t张立 各项目牵头市级领导\n", [("张立", "张立", "责任领导")]),
    ("项目\t责任人电话\n甲\t13900000000\n", []),
    ("河流\t河长姓名\t河长职务\n清溪河\t向阳\t副市长\n", [("向阳", "向阳", "河长姓名")]),
    ("拟录用人员名单\n姓名\t性别\t报考职位\n雷 鸣\t男\t市林业局科员\n", [("雷 鸣", "雷鸣", "拟录用")]),
    ("职务\t姓名\t单位及职务\n组长\t苗 青\t县委书记\n成员\t水 田\t县水利局局长\n", [("苗 青", "苗青", "组长"), ("水 田", "水田", "成员")]),
    # columns known by their cells
    ("村\t包村干部\n甲村\t左明远\n乙村\t水长清\n", [("左明远", "左明远", "包村干部"), ("水长清", "水长清", "包村干部")]),
    ("村\t包村干部\n甲村\t县财政局\n乙村\t水长清\n", []),
    # columns of bare names take their role from what stands above
    ("全市劳动模范名单\n姓 名\t单位及职务\n佟 欣\t市供水公司班长\n", [("佟 欣", "佟欣", "劳动模范")]),
    ("退休人员名单\n姓名\t原单位及职务\n万 方\t市林业局二级调研员\n", [("万 方", "万方", "退休")]),
]  # fmt: skip

LABELS: list[tuple[str, Expected]] = [
    ("（牵头领导：张明、刘建国；责任单位：县水利局）", [("张明", "张明", "牵头领导"), ("刘建国", "刘建国", "牵头领导")]),
    ("【责任领导:何 川，责任单位:市城管局】", [("何 川", "何川", "责任领导")]),
    ("〔牵头市领导：欧阳明；牵头单位：市发展改革委〕", [("欧阳明", "欧阳明", "牵头市领导")]),
    ("组　长：宋立本　县委副书记、县长", [("宋立本", "宋立本", "组长")]),
    ("副组长：宋立本（常务副县长）、方 圆（副县长）", [("宋立本", "宋立本", "副组长"), ("方 圆", "方圆", "副组长")]),
    ("联系人：王小丽，联系电话：0571-8888888。", [("王小丽", "王小丽", "联系人")]),
    ("（联系人：市商务局 罗 敏，电话：12345678）", [("罗 敏", "罗敏", "联系人")]),
    ("责任编辑：程 琳　　校对：何 佳", [("程 琳", "程琳", "责任编辑"), ("何 佳", "何佳", "校对")]),
    ("主　编：白 云　副主编：秦 岭", [("白 云", "白云", "主编"), ("秦 岭", "秦岭", "副主编")]),
    ("总指挥：县委副书记、县长　孟庆和", [("孟庆和", "孟庆和", "总指挥")]),
    ("出席：鲁明　水静波　年 富", [("鲁明", "鲁明", "出席"), ("水静波", "水静波", "出席"), ("年 富", "年富", "出席")]),
    ("申请人：李建国，男，1970年生。", [("李建国", "李建国", "申请人")]),
    ("被申请人：云栖市公安局东山分局。", []),
    ("责任单位：县财政局、县教育局", []),
    ("联系人：各乡镇分管负责人", []),
    ("会议时间：2024年5月，会议地点：市政府二楼", []),
]  # fmt: skip


def run(text: str, outside: int = 0) -> tuple[Official, ...]:
    issue = issue_of(text, outside)
    rows = extract_officials(issue, IdMaker(issue.issue_id))
    for row in rows:
        assert text[row.span.start : row.span.end] == row.text
        assert row.rule_id in registry()
        _check_place(issue, row)
    assert len({row.official_id for row in rows}) == len(rows)
    return rows


def _check_place(issue: Issue, row: Official) -> None:
    """The row stands in the clause or cell that it names, with its fragments inside its span."""
    assert all(row.span.contains(fragment) for fragment in row.fragments or ())
    if row.place.document_id is None:
        assert row.place.clause_id is None and row.place.table_id is None
        return
    (document,) = issue.documents
    assert row.place.document_id == document.document_id
    if row.place.table_id is None:
        (around,) = [one.span for one in document.clauses if one.clause_id == row.place.clause_id]
    else:
        (table,) = [one for one in document.tables if one.table_id == row.place.table_id]
        (around,) = [one.span for one in table.cells if (one.row, one.column) == (row.place.row, row.place.column)]
    assert around.contains(row.span)


def found(text: str, outside: int = 0) -> Expected:
    return [(row.text, row.name, row.role) for row in run(text, outside)]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_people_in_tables(text: str, expected: Expected) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_people_behind_labels(text: str, expected: Expected) -> None:
    assert found(text) == expected


def test_an_as_above_cell_makes_no_row_and_widens_the_printed_one() -> None:
    rows = run("序号\t责任人\n1\t周明轩\n2\t\n3\t同上\n4\t何川\n")
    assert [(row.name, row.applies_to_rows) for row in rows] == [("周明轩", (1, 2, 3)), ("何川", (4,))]
    rows = run("序号\t责任人\t责任领导\n1\t周明轩\t何川\n2\t\t孙倩\n3\t\t同上\n")
    assert [(row.name, row.applies_to_rows) for row in rows] == [
        ("周明轩", (1, 2, 3)),
        ("何川", (1,)),
        ("孙倩", (2, 3)),
    ]


def test_a_row_that_the_scan_shifted_is_read_by_the_roster() -> None:
    text = "事项\t牵头领导\t牵头单位\n甲\t周明轩 何川\t县财政局\n周明轩\t县财政局\t县水利局\n"
    assert [(row.name, row.place.column, row.rule_id) for row in run(text)] == [
        ("周明轩", 1, "official.person_column"),
        ("何川", 1, "official.person_column"),
        ("周明轩", 0, "official.roster_cell"),
    ]


def test_offices_printed_with_a_name() -> None:
    rows = run("成员：邹立（县教育局副局长）、付强（县公安局政委）")
    assert [(row.name, row.organization, row.position) for row in rows] == [
        ("邹立", "县教育局", "县教育局副局长"),
        ("付强", "县公安局", "县公安局政委"),
    ]


def test_lines_of_a_leading_group_keep_the_role_of_their_label() -> None:
    rows = run(
        "成　员：钱学文　县发展改革局局长\n　　　　李　丽　县教育局副局长\n各成员单位要加强协调。\n孙　立　县水利局局长\n"
    )
    assert [(row.name, row.role, row.position) for row in rows] == [
        ("钱学文", "成员", "县发展改革局局长"),
        ("李丽", "成员", "县教育局副局长"),
    ]


def test_rolls_of_names_under_a_heading() -> None:
    text = "二、模范个人（6名）\n扎　西　州农牧局干部\n拉姆措　尼玛县中学教师\n李　娜（女，藏族）　州人民医院护士\n唐古　格桑卓玛\n特此通报。\n王立 赵方\n"
    assert [(row.name, row.role, row.position) for row in run(text)] == [
        ("扎西", "模范个人", "州农牧局干部"),
        ("拉姆措", "模范个人", "尼玛县中学教师"),
        ("李娜", "模范个人", "州人民医院护士"),
        ("唐古", "模范个人", None),
        ("格桑卓玛", "模范个人", None),
    ]


def test_the_imprint_names_staff() -> None:
    rows = run("编委会主任：孟庆和　副主任：俞晓峰\n主　编：左 楠　责任编辑：桂 芳\n各乡镇要认真落实。", outside=2)
    assert [(row.name, row.role, row.mention_type, row.place.document_id) for row in rows] == [
        ("孟庆和", "编委会主任", "staff", None),
        ("俞晓峰", "副主任", "staff", None),
        ("左楠", "主编", "staff", None),
        ("桂芳", "责任编辑", "staff", None),
    ]


def test_names_of_a_table_are_met_again_in_the_prose_of_its_document() -> None:
    text = "其间，闻人晓带队救出群众27名。\n先进个人名单\n姓名\t单位及职务\n闻人晓\t市消防大队站长\n"
    assert found(text) == [("闻人晓", "闻人晓", "先进个人"), ("闻人晓", "闻人晓", "先进个人")]


@pytest.mark.parametrize(
    "text",
    [
        "责任人：" + "（" * 50_000,
        "项目\t责任人\n甲\t" + "张" * 100_000 + "\n",
        "项目\t责任人\n甲\t" + "张 奕 " * 30_000 + "\n",
        "任命" + "张三、" * 30_000,
        "由" + "县" * 100_000 + "任组长",
        "免去" * 40_000,
        "联系人：" * 20_000,
    ],
)
def test_hostile_text_raises_nothing(text: str) -> None:
    run(text)
