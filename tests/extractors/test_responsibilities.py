"""Agencies with a duty: notes, labels, running text, columns, in gazettes of many places."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from extractors.responsibilities import extract_responsibilities
from extractors.responsibilities.columns import duty_columns
from extractors.responsibilities.labels import duty_of_label
from extractors.rules.registry import registry
from schemas.ids import IdMaker
from schemas.records import Table
from schemas.rows import Responsibility
from tests.extractors.marked import issue_of, unmark

DUTY = {"l": "lead", "r": "responsible", "s": "support", "m": "member"}

NOTES = [
    # labels
    "1.改造老旧小区12个。（牵头单位：【【市住建局|l】】；责任单位：【【市财政局|r】】、【【各区县政府|r】】）",
    "新增学位3000个。（责任单位：【【区教育局|r】】，【【各街道|r】】）",
    "（一）建设充电桩600个。[牵头部门：【【省能源局|l】】，配合部门：【【省住房和城乡建设厅|s】】、【【各市（州）人民政府|s】】]",
    "完成造林5万亩。【牵头单位：【【旗林业和草原局|l】】；责任单位：【【各苏木镇|r】】】",
    "发放消费券2000万元。〔主办单位：【【市商务局|l】】；协办单位：【【市文化和旅游局|s】】、【【市总工会|s】】〕",
    "新建泵站3座。（牵头领导：王某某；责任单位：【【区水务局|r】】；完成时限：2024年6月底前）",
    "培训教师500人次。（责任单位：【【州教育体育局|r】】；责任人：李某某）",
    "压减煤炭消费20万吨。（牵头：【【市发展改革委|l】】；配合：【【市生态环境局|s】】、【【市统计局|s】】）",
    "整治黑臭水体5条。（落实单位：【【各县（市、区）人民政府|r】】，【【经济技术开发区管委会|r】】）",
    "改建厕所300座。（责任单位：【【区城市管理局|r】】等相关部门）",
    "新建公园2个。（牵头单位：【【市园林绿化中心|l】】，参与单位：【【市自然资源和规划局|s】】、【【市城投公司|s】】）",
    "修复湿地80公顷。（牵头单位：\n【【市林业局|l】】；责任单位：【【市水\n利局|r】】）",
    "实现通车20公里。（责任单位：【【县交通运输局|l】】（牵头）、【【县公路事务中心|r】】）",
    "加强监测。牵头单位：【【市气象局|l】】；责任单位：【【市应急管理局|r】】、【【市水文中心|r】】。",
    # verbs
    "引进企业10家。（【【区投资促进局|l】】牵头，【【区财政局|r】】、【【各街道办事处|r】】等负责）",
    "完成投资30亿元。（【【市发展改革委|r】】、【【市交通运输局|r】】按职责分工负责）",
    "举办招聘会40场。（【【市人力资源和社会保障局|l】】牵头，【【市工商联|s】】、【【团市委|s】】配合）",
    "（【【省科技厅|l】】、【【省财政厅|l】】牵头）",
    "推广新技术15项。（【【市农业农村局|r】】、【【市科技局|r】】依职责负责）",
    "开展执法检查20次。（【【市市场监管局|l】】牵头，【【市公安局|s】】、【【市卫生健康委|s】】等相关单位配合）",
    "建设美丽乡村8个。（【【县委组织部|l】】、【【县农业农村局|l】】牵头负责）",
    "处置闲置土地500亩。（【【县自然资源局|r】】会同【【县税务局|s】】负责）",
    "完成清欠3亿元。（【【市工业和信息化局|l】】牵头，会同【【市国资委|s】】）",
    "实施技改项目60个。（【【区经济和信息化局|l】】牵头,【【区科学技术局|r】】、【【高新区管委会|r】】负责落实）",
    "（【【县公安局|l】】、【【县交警大队|l】】依职责牵头，【【县教育局|s】】、【【各乡镇街道|s】】配合）",
    "新建5G基站100个。(【【县工信局|l】】牵头,【【相关部门单位|r】】负责)",
    "（【【市处非办|r】】、【【市公安局|r】】及【【其他处非工作领导小组成员单位|r】】负责）",
    "（牵头单位：【【县卫健局|l】】　配合单位：【【县医保局|s】】、【【各乡镇卫生院|s】】）",
    "（责任单位：【【县财政局|r】】 【【县审计局|r】】 【【各乡镇|r】】）",
    "（【【洪山区|r】】、【【武昌区|r】】、【【东湖高新区|r】】负责）",
    "（【【省教育厅|r】】、【【省人力资源社会保障厅|r】】等负责；【【各市人民政府|s】】配合）",
    "（责任单位：【【国家税务总局云溪县税务局|r】】、【【国网云溪县供电公司|r】】、【【中国铁塔云溪分公司|r】】）",
    "（责任单位：【【县项目推进中心|r】】、【【县招商服务中心|r】】）",
    "（牵头单位：【【市商务局|l】】　参加单位：【【市教育局|s】】、【【市邮政管理局|s】】　完成时限：2025年底）",
    "（以上均由【【市住房城乡建设局|l】】牵头负责）",
    # bare lists
    "改造道路5公里。〔【【市交通运输局|r】】、【【云溪建投集团|r】】〕",
    "培训40期。（【【市教育局|r】】、【【市财政局|r】】，2025年6月底前完成）",
    "造林3万亩。（【【市林业局|r】】；【【各县（市、区）人民政府|r】】）",
    "完成普查。（【【市统计局|r】】会同【【市财政局|s】】）",
    "粮食产量稳定在20万吨。（【【市农业农村局|r】】，【【各县区人民政府|r】】）",
    "城镇新增就业2万人。（【【州人力资源社会保障局|r】】）",
    "外贸进出口增长6%（【【自治区商务厅|r】】、【【南宁海关|r】】）。",
    # running text
    "由【【市教育局|l】】牵头，联合【【市公安局|s】】、【【市市场监管局|s】】开展校园周边整治。",
    "由【【区民政局|r】】负责审核，每季度一次。",
    "第五条　【【市水行政主管部门|r】】负责全市节约用水工作。",
    "成员单位包括【【州发展改革委|m】】、【【州财政局|m】】、【【州林草局|m】】。",
    "【【区文旅局|m】】、【【区公安分局|m】】、【【区城管执法局|m】】等为成员单位，每月调度一次。",
    "副区长任组长，【【区应急局|m】】、【【区消防救援大队|m】】等单位主要负责人为成员。",
    "年底由【【市创建全国文明城市工作领导小组|l】】牵头，【【办公室|r】】具体负责，组织考核。",
    "由【【市发展改革委|l】】、【【市统计局|l】】牵头，会同【【各区县统计部门|s】】按月调度。",
    "【【市交通运输局|l】】牵头，【【市公安局|s】】、【【市城管局|s】】配合，6月底前完成整治。",
    "【【县水利局|r】】负责河道清淤，【【县住建局|r】】负责管网改造。",
    "成员由【【县发改局|m】】、【【县财政局|m】】等单位负责同志组成。",
    "建立由【【市发展改革委|l】】牵头，【【市财政局|s】】、【【市统计局|s】】参加的联席会议制度。",
    "由【【云溪集团|l】】牵头实施，【【市城投公司|s】】配合，【【市审计局|s】】参与。",
    "由【【市财政局|r】】会同【【市审计局|r】】、【【市统计局|r】】负责资金监管。",
    "由【【市财政局|l】】会同【【市审计局|s】】牵头开展清理。",
    "本办法由【【东山区人民政府|r】】负责解释，具体由【【区农业农村局|r】】等部门承担。",
    "由【【市工业和信息化局|r】】会同【【有关部门|r】】负责解释。【【县财政局|r】】负责本办法的解释。",
    "【【县级以上人民政府水行政主管部门|r】】在本级人民政府的领导下，负责防洪的日常工作。",
    "【【市教育行政部门|r】】、【【其他有关部门|r】】在职责范围内，分别负责有关的教育工作。",
    "【【区人民政府|r】】应当按照市人民政府规定的职责，负责燃气安全工作。",
    "【【省教育行政部门|l】】依照职业标准牵头组织开发教学标准。",
    "联席会议由省教育厅、省财政厅等9个部门和单位组成，【【省教育厅|l】】为牵头单位。",
    "【【公安|r】】、【【交通运输|r】】、【【市场监督管理|r】】等部门按照各自职责，负责有关工作。",
    "【【市水务局|r】】是本市水行政主管部门，依法负责全市节水工作。",
    "【【各省、自治区、直辖市人民政府|r】】负责本地区工作，【【省级人民政府|r】】对本地区工作负总责。",
    "本规定由【【国家发展改革委|r】】商【【财政部|r】】负责解释。",
    "【【市、县房屋征收部门|r】】具体负责房屋征收，【【县交通局|r】】、【【各乡镇|r】】为责任单位。",
    "【【城市供水行政主管部门|r】】（以下简称供水主管部门）负责供水管理。",
    "（【【省财政厅|r】】等有关部门和单位负责）",
    "（【【各有关部门和单位|r】】，【【各市人民政府|r】】按职责分工负责）",
    "（技工院校内由【【市人力资源社会保障行政部门|r】】负责）",
    "（【【省财政厅|l】】、【【省教育厅|r】】负责。列第一位者为牵头单位，下同）",
    "（责任单位：【【省财政厅|l】】、【【省教育厅|r】】）\n\n注：责任单位排在首位的为牵头单位。",
    "（【【省民政厅|l】】牵头，【【省财政厅|r】】、【【省教育厅|r】】负责，其中列第一位的为牵头单位）",
    "由【【县卫健局|l】】牵头，【【县医保局|s】】配合，组建工作专班，【【县财政局|m】】、【【县数据局|m】】为成员单位。",
    "【【工作专班|r】】负责统筹协调。",
    "建站3座。（责任单位：【【市水务局|r】】。）",
    "建站3座。（责任单位：【【市水务局|r】】；）",
    "建站3座（责任单位：【【市水务局（河长办）|r】】、【【市气象局（台站）|r】】）。",
    "建站3座（责任单位：【【市水务局（含河长办；水文站）|r】】、【【市气象局|r】】）。",
    "【【县教育局|r】】负责方案制定，【【县财政局|s】】、【【县审计局|s】】等单位配合。",
    "由【【市农业农村局|r】】负责核查，会同【【市林业局|s】】开展抽查。",
    "民政部门要开展救助，社会各界积极参与。",
    "成员：【【商务部|m】】、【【海关总署|m】】、【【省粮食局|m】】有关负责人。",
    "【【省、自治区、直辖市人民政府管理版权工作的部门|r】】负责本行政区域内的版权管理工作。",
    "建站3座（【【市水务局|r】】、【【市气象局|r】】）",
    "建站3座（【【市水务局|r】】、【【市气象局|r】】）；改造5座（【【市财政局|r】】）。",
    "建站3座。责任单位：【【市水务局|r】】\n\n改造5座。责任单位：【【市财政局|r】】、【【市气象局|r】】",
    "（【【市水务局|l】】牵头，【【市财政局|s】】，【【市审计局|s】】配合；【【市气象局|r】】负责）",
    "【【市水务局|l】】、【【市气象局|l】】牵头，会同【【市财政局|s】】、【【市审计局|s】】负责建站3座。",
    "由【【省、市两级财政部门|r】】负责。",
    "【【县财政局|r】】要负责资金监管，【【市教育局|l】】应当牵头制定方案。",
    "完成造林5万亩。（【【市林业局|l】】、【【市财政局|r】】。列第一位者为牵头单位，下同）",
    "成员单位有【【市教育局|m】】、【【市公安局|m】】和【【市财政局|m】】，负责协调推进，每月调度。",
    "新建学校3所。（牵头单位：【【市教育局（市学校建设办（市项目办））|l】】）",
    "新建学校3所。牵头单位：【【市教育局（基建科）|l】】；责任单位：【【市住建局（质监站）|r】】。每月通报。",
    # nobody
    "财政部门要负责资金监管，相关部门应负责落实。",
    "各级财政部门应负责资金监管，市直有关部门将负责落实。",
    "建站3座（市水务局、市气象局）和5所。",
    "新建学校2所（市一中、市二中）。",
    "各部门、各单位要负责。",
    "由一个部门牵头、多个部门协同，成员包括政府人员、行业专家，政府主要负责规划战略。",
    "专班联络员：麻 如 岫（县农业农村局）、鄢　柯（县林业局）。",
    "加快推进中心城区改造，统筹推进工作。",
    "坚持政府牵头、部门联动，物业服务企业负责小区日常保洁。",
    "充分发挥牵头部门作用，由各部门分工负责；由第三方机构负责评估。",
    "领导小组办公室设在县发展和改革局，由县发展和改革局局长兼任办公室主任。",
    "由县人民政府常务副县长牵头，每月调度1次。",
    "财政部门要确保资金到位，组织部门要选优配强干部。",
    "保障资金拨付到乡镇（街道）。",
    "深入实施《方案（试行）》（以下简称《方案》）。",
    "落实校长负责制，明确单位负责人职责。",
    "各牵头单位和责任单位要压实责任，加强部门配合。",
    "该县发展和改革局（县粮食和物资储备局）。",
    "到2025年达到80%（2022—2024年）。",
]

TABLES = [
    "序号\t任务\t牵头单位\t配合单位\n1\t新建公厕20座\t【【区城管局|l】】\t【【区住建局|s】】 【【区财政局|s】】",
    "任务\t责任单位\n湿地修复\t【【市生态环境局 临川分局|r】】 【【水利局|r】】\n造林\t【【林业 和草原局|r】】",
    "任务\t主办单位\t协办单位\n助残\t【【县残联|l】】\t【【县妇联|s】】、【【团县委|s】】、【【左公旅投|s】】、【【县教育局|s】】",
    "任务\t牵头单位\n停车\t【【市公安局交警支队 云溪大队|l】】\n消防\t【【市公安局交警支队|l】】 【【市消防大队|l】】",
    "任务\t责任单位\n招商\t【【贸促会|r】】 【【产业链 办公室|r】】\n安全\t【【各级各 部门单位|r】】",
    "任务\t责任单位\n产业\t【【高新区|r】】\n园区\t【【高新区|r】】 【【科技局|r】】\n医疗\t【【科技局|r】】\n装备\t【【高新区|r】】【【科技局|r】】",
    "企业\t揭榜挂帅单位负责人\n甲公司\t【【民政局|r】】 周某勇\n乙公司\t【【住建局|r】】 柳某秋",
    "事项\t责任单位及责任人\n普查\t【【统计局|r】】 张某\n核查\t【【审计局|r】】 李某",
    "指标\t计量单位\t牵头领导\n面积\t万亩\t王某",
    "任务\t牵头部门\n清淤\t【【州水利局|l】】\n护岸\t同上\n加固\t〃",
    "任务\t相关单位\n普法\t【【司 法 局|s】】 【【信 访 局|s】】",
    "任务\t备注\n清淤\t【【县水利局|r】】负责\n护岸\t【【县住建局|l】】牵头，【【县财政局|s】】配合\n绿化\t县里负责",
    "任务\t负责考核部门\n宣传\t【【县委宣传部|r】】【【县教育局|r】】【【县河长办|r】】\n巡河\t【【县河长办|r】】",
    "任务\t成员单位\n专班\t【【县委组织部|m】】，【【县政府督查室|m】】、【【市生态环境局青山分局|m】】",
]


def run(plain: str, *, table: bool = False) -> tuple[Responsibility, ...]:
    issue = issue_of(plain, table=table)
    return extract_responsibilities(issue, IdMaker("i"))


@pytest.mark.parametrize("marked", NOTES, ids=range(len(NOTES)))
def test_text(marked: str) -> None:
    plain, expected = unmark(marked)
    found = [(row.span.start, row.span.end, row.duty) for row in run(plain)]
    assert found == [(start, end, DUTY[value]) for start, end, value in expected]


@pytest.mark.parametrize("marked", TABLES, ids=range(len(TABLES)))
def test_table(marked: str) -> None:
    plain, expected = unmark(marked)
    found = [(row.span.start, row.span.end, row.duty) for row in run(plain, table=True)]
    assert found == [(start, end, DUTY[value]) for start, end, value in expected]


def test_agency_is_printed_without_breaks_and_text_is_the_source() -> None:
    plain, _ = unmark("（牵头单位：市林业局；责任单位：市水\n利局）")
    row = run(plain)[1]
    assert (row.agency, row.text) == ("市水利局", "市水\n利局")
    assert row.fragments is not None and [plain[a:b] for a, b in row.fragments] == ["市水", "利局"]


def test_brackets_behind_the_members_of_a_group_name_where_they_come_from() -> None:
    assert run("副组长：何海明（市纪委）\n成员：李红英（市发改局）") == ()
    assert [(row.agency, row.duty) for row in run("推进河道整治。（市水利局）")] == [("市水利局", "responsible")]


def test_as_above_makes_no_row_and_is_in_applies_to_rows() -> None:
    rows = run("任务\t牵头部门\n清淤\t州水利局\n护岸\t同上\n加固\t\n绿化\t州林草局", table=True)
    assert [(row.agency, row.applies_to_rows) for row in rows] == [("州水利局", (1, 2, 3)), ("州林草局", (4,))]


def headless(text: str, name: str) -> Table:
    """A table whose first row is none of headers."""
    table = issue_of(text, table=True).documents[0].tables[0]
    cells = tuple(replace(cell, is_header=False, header=()) for cell in table.cells)
    return replace(table, table_id=name, header_rows=0, cells=cells)


def headed(text: str, name: str, *, above: str = "", caption: str | None = None) -> Table:
    """A table with one row of headers, or two where all columns stand under *above*."""
    table = issue_of(text, table=True).documents[0].tables[0]
    cells = [
        replace(cell, header=(above, *cell.header) if above and cell.header else cell.header) for cell in table.cells
    ]
    return replace(table, table_id=name, caption=caption, cells=tuple(cells))


LEAD, LEADS = "任务\t牵头单位\n清淤\t州水利局", {1: "lead"}

COLUMNS = [
    ([headed(LEAD, "a")], [LEADS]),
    ([headed(LEAD, "a", above="分工")], [LEADS]),
    # A table without headers goes on from the one right before it, of the same width.
    ([headed("任务\t进度\n清淤\t过半", "x"), headed(LEAD, "a"), headless("护岸\t州水利局", "b")], [{}, LEADS, LEADS]),
    ([headed(LEAD, "a"), headless("护岸\t州水利局", "b"), headless("绿化\t州林草局", "c")], [LEADS, LEADS, LEADS]),
    ([headed(LEAD, "a"), headless("1\t护岸\t州水利局", "b")], [LEADS, {}]),
    ([headed(LEAD, "a"), headed("任务\t进度\n清淤\t过半", "x")], [LEADS, {}]),
    ([headless("护岸\t州水利局", "b"), headed(LEAD, "a")], [{}, LEADS]),
    # Its headers are the first row where none was recognised.
    ([headless("任务\t责任单位\n清淤\t州水利局", "a")], [{1: "responsible"}]),
    # The caption says the duty of the column of names.
    ([headed("序号\t单位\n1\t州水利局", "a", caption="任务责任单位表")], [{1: "responsible"}]),
    ([headed("序号\t单位\n1\t州水利局", "a", above="分工", caption="牵头单位名单")], [LEADS]),
    ([headed("单位\t部门\n甲\t州水利局", "a", caption="牵头单位名单")], [{0: "lead"}]),
    ([headed("序号\t进度\n1\t过半", "a", caption="牵头单位名单")], [{}]),
]


@pytest.mark.parametrize(("tables", "expected"), COLUMNS, ids=range(len(COLUMNS)))
def test_columns_of_agencies(tables: list[Table], expected: list[dict[int, str]]) -> None:
    found = duty_columns(tables)
    assert [{column: duty for column, (duty, _) in found[one.table_id].items()} for one in tables] == expected


def test_an_empty_cell_goes_on_from_the_owner_of_the_cell_above() -> None:
    rows = run("任务\t牵头部门\n清淤\t州水利局\n护岸\t同上\n加固\t\n绿化\t\n测绘\t州测绘院", table=True)
    assert [(row.agency, row.applies_to_rows) for row in rows] == [("州水利局", (1, 2, 3, 4)), ("州测绘院", (5,))]


def test_every_rule_id_is_registered() -> None:
    for marked in NOTES:
        for row in run(unmark(marked)[0]):
            assert row.rule_id in registry()


@pytest.mark.parametrize(
    ("label", "duty"),
    [
        ("牵头单位", "lead"), ("第一牵头单位", "lead"), ("主办", "lead"), ("市直牵头部门", "lead"),
        ("责任单位", "responsible"), ("落实单位", "responsible"), ("实施主体", "responsible"),
        ("配合单位", "support"), ("协助部门", "support"), ("联系单位", "support"), ("支持单位", "support"),
        ("成员单位", "member"), ("牵头领导", None), ("责任人", None), ("计量单位", None), ("完成时限", None),
        ("联系人", None), ("联系电话", None), ("各相关单位", None), ("填报单位", None),
    ],
)  # fmt: skip
def test_label(label: str, duty: str | None) -> None:
    found = duty_of_label(label)
    assert (found and found[0]) == duty


@pytest.mark.parametrize(
    "hostile",
    [
        "（牵头单位：" * 20_000,
        "（" * 60_000 + "）" * 60_000,
        "由" * 60_000 + "牵头",
        "县财政局、" * 20_000,
        "、" * 100_000 + "为成员单位",
        "成员单位包括" * 20_000,
        "局" * 100_000,
        "责任单位：县财政局。" * 10_000,
        "县财政局 " * 20_000,
    ],
)
def test_hostile_text_is_linear(hostile: str) -> None:
    run("县财政局负责。")
    began = time.process_time()
    run(hostile)
    run("任务\t责任单位\n甲\t" + hostile, table=True)
    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    ("printed", "agencies"),
    [
        ("各 相 关 部 门 单 位", ["各相关部门单位"]),
        ("各 有 关 部 门 和 单 位", ["各有关部门", "单位"]),
        ("县 水 利 局、县 财 政 局", ["县水利局", "县财政局"]),
        ("县 水 利 局 县 财 政 局", ["县水利局", "县财政局"]),
    ],
)
def test_blanks_between_the_characters_of_a_name(printed: str, agencies: list[str]) -> None:
    issue = issue_of(f"任务\t责任单位\n疏浚\t{printed}\n绿化\t县林业局", table=True)
    rows = [row.agency for row in extract_responsibilities(issue, IdMaker(issue.issue_id))]
    assert rows == [*agencies, "县林业局"]
