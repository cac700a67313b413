"""Bulletins, accounts and support policies of counties and towns: text → what each of its numbers measures."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

BULLETIN = "青柯县2023年国民经济和社会发展统计公报"
ACCOUNTS = "青柯县2023年上半年预算执行情况的报告"
POLICY = "青柯市农业扶持政策"
PLAN = "青柯市农业发展规划"

METRICS = [
    # firms counted in front of their own results
    (BULLETIN, "全年46家限额以上企业完成零售总额8.3亿元。", ["限额以上企业", "限额以上企业零售总额"]),
    (BULLETIN, "32家市级以上专业合作社年经营收入2.4亿元。", ["市级以上专业合作社", "市级以上专业合作社年经营收入"]),
    (BULLETIN, "列入名录的31户企业发展势头良好。", ["企业"]),
    # one unit for a list, a minus in it
    (BULLETIN, "三次产业对经济增长的拉动分别为0.3、-1.24、2.05个百分点。",
     ["第一产业对经济增长的拉动", "第二产业对经济增长的拉动", "第三产业对经济增长的拉动"]),
    (BULLETIN, "全县实现生产总值（GDP）85.1亿元，按户籍人口计算人均生产总值41200元。", ["生产总值", "人均生产总值"]),
    (BULLETIN, "完成植树1200亩；及时出动300人次、打捞水葫芦40船，计260吨。",
     ["植树", "出动", "打捞水葫芦", "打捞水葫芦"]),
    (BULLETIN, "预算收入12亿元，占地区生产总值的比重提高0.4个百分点。", ["预算收入", "占地区生产总值的比重"]),
    # classes of places one after the other, levels that one number counts together, converted areas
    (PLAN, "全县城市污水处理率达到96%、县城达到88%，建制镇达到45%。", ["城市污水处理率", "县城污水处理率", "建制镇污水处理率"]),
    (PLAN, "乡镇垃圾处理率达到97%，行政村达到72%以上。", ["乡镇垃圾处理率", "行政村垃圾处理率"]),
    (BULLETIN, "共有26个省、市、自治区参加，7个乡、镇受益。", ["省、市、自治区", "乡、镇"]),
    (BULLETIN, "总建筑面积3万平方米（合45亩）。", ["总建筑面积", "总建筑面积"]),
    # revenue that grew or fell by its own word, and its rank among so many
    (ACCOUNTS, "上划省级收入0.6亿元，减少0.1亿元，负增长14.3%。", ["上划省级收入"] * 3),
    (ACCOUNTS, "税收占预算收入比重71.2%，高于上年1.3个百分点。", ["税收占预算收入比重"] * 2),
    (ACCOUNTS, "非税收入0.8亿元，同比增收0.1亿元，增长14.3%。", ["非税收入"] * 3),
    (ACCOUNTS, "增值税0.5亿元，同比减收0.02亿元，下降3.8%。", ["增值税"] * 3),
    (ACCOUNTS, "预算收入0.8亿元，增长14%（增幅在全市11个县区中排名第三）。", ["预算收入", "预算收入", "县区", "增幅"]),
    (ACCOUNTS, "预算收入3亿元，从征收部门看：税务部门完成1.4亿元，财政部门完成1.6亿元。", ["预算收入"] * 3),
    (ACCOUNTS, "城乡差距持续缩小，由上年同期的2.31:1缩小到2.27:1。", ["城乡差距"] * 2),
    # the size of what is supported, a variant's rate, money set aside, surcharges
    (POLICY, "对规模达200亩以上的水产养殖基地，给予80元/亩的补贴。", ["水产养殖基地规模", "水产养殖基地补贴"]),
    (POLICY, "对新建连片规模达300亩以上的蔬菜基地、50亩以上的花卉基地予以奖补。", ["蔬菜基地规模", "花卉基地规模"]),
    (POLICY, "市财政列支50万元用于种子补贴；列支20万元作为督办经费。", ["种子补贴资金", "督办经费"]),
    (POLICY, "月用气量超过30立方米的部分加价30%。", ["加价的月用气量", "月用气量加价"]),
    (PLAN, "建成30万亩集中连片、旱涝保收、节水高效的高标准农田。", ["高标准农田"]),
]  # fmt: skip


@pytest.mark.parametrize("case", METRICS, ids=range(len(METRICS)))
def test_what_numbers_measure(case: tuple[str, str, list[str]]) -> None:
    title, text, metrics = case
    assert [quantity.metric for quantity in described(text, title)] == metrics


def test_the_minus_of_a_list_belongs_to_its_number() -> None:
    found = described("三次产业拉动分别为0.3、-1.24、2.05个百分点。", BULLETIN)
    assert [(float(one.low), one.unit, one.text) for one in found] == [
        (0.3, "个百分点", "0.3"), (-1.24, "个百分点", "-1.24"), (2.05, "个百分点", "2.05个百分点"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("打捞水草1400船次。", ["船次"]),
        ("清运污泥620斗车，", ["斗车"]),
        ("马匹存栏2万头（匹、只）。", ["头（匹、只）"]),
    ],
)
def test_containers_and_their_variants_are_units(text: str, units: list[str]) -> None:
    assert [one.unit for one in described(text, BULLETIN)] == units


def test_what_months_are_compared_with_is_of_the_same_months_a_year_before() -> None:
    found = described("1—6月税收收入1.2亿元，比上年同期1.5亿元减收0.3亿元，完成年初预算2.9亿元的41%。", ACCOUNTS)
    assert [one.time_period for one in found] == [
        "2023-01/2023-06", "2022-01/2022-06", "2023-01/2023-06", "2023", "2023-01/2023-06",
    ]  # fmt: skip


def test_a_lead_in_that_strives_covers_items_with_subjects_of_their_own() -> None:
    found = described("力争用三年时间实现“五个一”目标，即：粮食产量稳定在8亿斤，蔬菜产量达到5万吨。", PLAN)
    assert [one.stretch for one in found] == [True, True]


def test_money_set_aside_is_planned_but_a_yearly_sum_is_a_rule() -> None:
    found = described("市财政列支200万元，支持基地建设；对示范基地每年补助3万元。", POLICY)
    assert [one.kind for one in found] == ["target", "standard"]


SECOND = [
    # totals of accounts, an own short name, revenue beside what it was compared with
    (ACCOUNTS, "预算收入3亿元，加上上年结转0.5亿元、动用预算稳定调节基金0.2亿元，收入总量3.7亿元。",
     ["预算收入", "上年结转", "动用预算稳定调节基金", "收入总量"]),
    (ACCOUNTS, "预算收入3亿元，按可比口径比上年增收0.2亿元，比上年同期（以下简称“同比”）增长7%。", ["预算收入"] * 3),
    (ACCOUNTS, "农业“两税”收入0.3亿元，比上年减收0.1亿元。", ["农业“两税”收入"] * 2),
    (BULLETIN, "地区生产总值132亿元，是“十五”末的1.9倍，年均增长12%。", ["地区生产总值"] * 3),
    (BULLETIN, "三次产业结构演进为14.2:50.3:35.5。", ["第一产业", "第二产业", "第三产业"]),
    (BULLETIN, "全县常住人口中共有家庭户3.2万户，居住在乡村的人口为8万人，占61.2%。",
     ["家庭户", "居住在乡村的人口", "居住在乡村的人口占比重"]),
    (BULLETIN, "牧业年度牲畜存栏63万头只，骆驼养殖规模稳定在5000峰。", ["牲畜存栏", "骆驼养殖规模"]),
    (BULLETIN, "常住人口为58万人，与2010年第六次全国人口普查的46万人相比，增加12万人。", ["常住人口"] * 3),
    # policies: what a year's plan sets beside what each receiver gets
    (POLICY, "2024年，计划推进全市83个新建、续建项目。", ["新建、续建项目"]),
    (POLICY, "安排8亿元财政资金保障我市政府投资项目建设。", ["政府投资项目建设资金"]),
    (POLICY, "报告书14个工作日内、报告表7个工作日内、登记表3个工作日内完成审批。",
     ["报告书审批期限", "报告表审批期限", "登记表审批期限"]),
    (PLAN, "投入1.6亿元，全面实施青柯湖流域治理工程，新修厚16厘米C25商砼水泥道路。",
     ["青柯湖流域治理工程投入", "商砼水泥道路厚度"]),
    (PLAN, "完成西巷白改黑及建设3个口袋公园，新建2条道路和建成4座桥梁。", ["建设口袋公园", "新建道路", "建成桥梁"]),
]  # fmt: skip


@pytest.mark.parametrize("case", SECOND, ids=range(len(SECOND)))
def test_what_further_numbers_measure(case: tuple[str, str, list[str]]) -> None:
    title, text, metrics = case
    assert [quantity.metric for quantity in described(text, title)] == metrics


def test_a_time_in_front_of_one_value_is_not_that_of_the_next() -> None:
    text = "地区生产总值从2017年的96亿元提高至2021年的148亿元，累计完成512亿元。"
    assert [one.time_period for one in described(text, "青柯县工作总结")][:2] == ["2017", "2021"]
    assert described(text, "青柯县工作总结")[2].time_period != "2021"


def test_the_year_of_a_plan_in_a_policy_makes_targets() -> None:
    found = described("2024年，计划推进全市83个新建项目。\n对新升规企业，给予7万元奖励。", POLICY)
    assert [one.kind for one in found] == ["target", "standard"]


PRICES = "关于制定青柯景区门票及相关服务价格的通知"
SPEECH = "在全县农业工作会议上的讲话"
REPORT = "2023年青柯县人民政府工作报告"

THIRD = [
    (REPORT, "财政收入2亿元，较上年增长26%，高于年初12%的目标11.6个百分点，年均增长20%。",
     ["财政收入", "财政收入", "财政收入增速", "财政收入", "财政收入"]),
    (REPORT, "三次产业结构由2012年末的26.2:30.5:43.3调整为23.8:34.5:41.7。", ["第一产业", "第二产业", "第三产业"] * 2),
    (REPORT, "全年实现固定资产投资38亿元，超额完成年度任务，同比增长63.5%。", ["固定资产投资"] * 2),
    (REPORT, "农民人均纯收入达到6238元，同步增长9%。", ["农民人均纯收入"] * 2),
    (REPORT, "经济总量在全市各县区中率先突破500亿元。", ["经济总量"]),
    (REPORT, "青州和53家省级单位投入资金3亿元。", ["省级单位", "省级单位投入资金"]),
    (REPORT, "总投资47亿元的青柯重工、白麓制造等14个在建项目进展顺利。", ["在建项目总投资", "在建项目"]),
    (REPORT, "建成后形成年营业收入20亿元。", ["年营业收入"]),
    (BULLETIN, "基地产值增长41%，增速在全省27个新兴产业集聚发展基地中居第7位。",
     ["基地产值", "新兴产业集聚发展基地", "增速"]),
    (PRICES, "景区门票价格（5月1日-10月31日）30元/人次。", ["景区门票价格"]),
]  # fmt: skip


@pytest.mark.parametrize("case", THIRD, ids=range(len(THIRD)))
def test_what_numbers_of_reports_and_prices_measure(case: tuple[str, str, list[str]]) -> None:
    title, text, metrics = case
    assert [quantity.metric for quantity in described(text, title)] == metrics


@pytest.mark.parametrize(
    ("title", "text", "kinds"),
    [
        (SPEECH, "要除险加固小型水库24座，改造危桥17座。", ["target", "target"]),
        (SPEECH, "去年全县除险加固小型水库24座。", ["fact"]),
        (SPEECH, "各单位要在5日内报告。", ["standard"]),
    ],
)
def test_what_a_speech_wants_built_is_a_target(title: str, text: str, kinds: list[str]) -> None:
    assert [one.kind for one in described(text, title)] == kinds


def test_a_heading_with_a_verb_before_its_work_names_none() -> None:
    found = described("（一）破难攻坚抓项目，有效投入大幅增长。全年实现固定资产投资41亿元。", REPORT)
    assert [one.subject for one in found] == [None]


FOURTH = [
    (REPORT, "设施农业提质增效，实现增加值3.2亿元，增长6%。", ["设施农业增加值"] * 2),
    (REPORT, "五年生产原煤12亿吨。", ["生产原煤"]),
    (REPORT, "种植中药材约10000（6500）亩。", ["种植中药材"] * 2),
    (REPORT, "争取资金1234.56万元，其中省级234.5、市级1000.06万元。", ["争取资金", "争取省级资金", "争取市级资金"]),
    (REPORT, "建好以柳荫、石桥为中心的3个示范片，扩种萝卜100亩。", ["示范片", "扩种萝卜"]),
]


@pytest.mark.parametrize("case", FOURTH, ids=range(len(FOURTH)))
def test_what_is_left_to_the_words_around(case: tuple[str, str, list[str]]) -> None:
    title, text, metrics = case
    assert [quantity.metric for quantity in described(text, title)] == metrics


def test_a_list_of_levels_shares_unit_and_scale() -> None:
    found = described("其中省级234.5、市级1000.06万元。", REPORT)
    assert [(float(one.low), one.unit) for one in found] == [(2345000, "元"), (10000600, "元")]


def test_the_plan_period_that_opens_a_paragraph_holds_for_its_sentences() -> None:
    text = "“十三五”期间，全面完成各项任务。新增960名残疾人就业，康复服务率达98%。"
    assert [one.time_period for one in described(text, "青柯市残疾人保障实施情况")][-1] == "2020"
