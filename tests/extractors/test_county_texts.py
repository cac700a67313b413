"""Accounts, lists of works, grants and reports of counties: text → whose and what each of its numbers measures."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

SUMMARY = "青柯县2023年工作总结"
BULLETIN = "青柯县2023年国民经济和社会发展统计公报"
WORKS = "2024年重大项目进展"
LIVELIHOOD = "2024年度民生实事项目"
POLICY = "关于支持企业发展的若干措施"

ROWS = [
    # a noun alone goes on with whom the number before is of; a list that ends in 分别 is of whom its sums are
    (SUMMARY, "远禾农业公司流转土地450亩，种植辣椒1300亩，花椒700亩。",
     [("远禾农业公司", "流转土地"), ("远禾农业公司", "种植辣椒"), ("远禾农业公司", "花椒")]),
    (SUMMARY, "柳荫开发区入驻企业118家，实现工业产值76亿元，税收2.9亿元，分别增长11%和8%。",
     [("柳荫开发区", "入驻企业")] + [("柳荫开发区", "工业产值"), ("柳荫开发区", "工业税收")] * 2),
    # who pays taxes, houses of the public, towns that do something
    (SUMMARY, "柳荫锰业共上缴增值税386万元。", [("柳荫锰业", "共上缴增值税")]),
    (SUMMARY, "县一中新校区建筑面积5.9万平方米，新增学位1400个。",
     [("县一中新校区", "建筑面积"), ("县一中新校区", "新增学位")]),
    (SUMMARY, "县供销社建成为农服务中心4处，托管土地4.8万亩。",
     [("县供销社", "建成为农服务中心"), ("县供销社", "托管土地")]),
    (SUMMARY, "白麓镇整合资金730万元，建设蔬菜大棚110个，带动农户户均增收3900元。",
     [("白麓镇", "整合资金"), ("白麓镇", "建设蔬菜大棚"), ("白麓镇", "带动农户户均增收")]),
    (SUMMARY, "引进远帆电子科技有限公司，该公司投资1.4亿元。", [("远帆电子科技有限公司", "投资")]),
    # kinds of works are no work
    (WORKS, "重点建设项目总投资190亿元。产业发展项目总投资76亿元。", [(None, None), (None, None)]),
    # ports, groups of firms, new towns; what is done to a zone is no part of its name
    (SUMMARY, "柳荫港完成货物吞吐量1.1亿吨、集装箱70万标箱。", [("柳荫港", "货物吞吐量"), ("柳荫港", "集装箱")]),
    (SUMMARY, "远帆集团营收突破450亿元。东部新城建成区面积达到21平方公里。",
     [("远帆集团", "营收"), ("东部新城", "建成区面积")]),
    (SUMMARY, "推动柳荫经开区扩区提质，新引进企业46家。", [(None, "新引进企业")]),
    # a work behind its size, one whose place is told first, one in two places
    (SUMMARY, "占地150亩的白麓养鸭场今年初见成效，出栏肉鸭11万只。",
     [("白麓养鸭场", "占地"), ("白麓养鸭场", "出栏肉鸭")]),
    (WORKS, "青柳湖水上乐园项目位于临川区白麓镇东侧，总投资3.1亿元，占地130亩。",
     [("青柳湖水上乐园项目", "总投资"), ("青柳湖水上乐园项目", "占地")]),
    (WORKS, "青柯新区柳荫坝新城综合开发项目位于临川区白麓镇，估算总投资约31亿元，规划占地2300亩。",
     [("青柯新区柳荫坝新城综合开发项目", "估算总投资"), ("青柯新区柳荫坝新城综合开发项目", "规划占地")]),
    (WORKS, "分区域看，临川县有柳湾至东坝绿道等28个项目，总投资41亿元，年度计划投资15亿元。",
     [("临川县", "项目"), ("临川县", "项目总投资"), ("临川县", "年度计划投资")]),
    # places counted, with what is done there; who is reached; sizes side by side
    (LIVELIHOOD, "在14个乡镇（街道）硬化道路7万平方米并安装路灯800盏，惠及14个乡镇。",
     [(None, None), (None, "硬化道路"), (None, "安装路灯"), (None, "惠及乡镇")]),
    (LIVELIHOOD, "在19个行政村开展“清洁家园”行动试点。在7个社区推行网格化管理。",
     [(None, "“清洁家园”行动试点行政村"), (None, "网格化管理社区")]),
    (LIVELIHOOD, "实施6乡镇8村390户1460人的生态搬迁工程；建设16条68公里通组公路。",
     [(None, "实施生态搬迁工程")] * 2 + [(None, "生态搬迁工程")] * 2 + [(None, "建设通组公路"), (None, "通组公路")]),
    (LIVELIHOOD, "到2026年底，18个社区建成老年友好型社区，70个村卫生室达到省级良好标准。",
     [(None, "建成老年友好型社区"), (None, "达到省级良好标准村卫生室")]),
    # steps passed, kinds announced, plans beaten
    (SUMMARY, "工业总产值再上一个百亿台阶，达到1680.4亿元、增长6.7%。", [(None, "工业总产值")] * 2),
    (SUMMARY, "社会消费品零售总额迈上新台阶，完成790亿元。", [(None, "社会消费品零售总额")]),
    (SUMMARY, "涉及的主要税种增值税收入8900万元，增长19.2%。", [(None, "增值税收入")] * 2),
    (SUMMARY, "财政收入比年初预算短收310万元。", [(None, None)]),
    # what a sentence is seen from names nothing; places of a rank; branches; contributions
    (BULLETIN, "规模以上工业增加值增长5.8%。从月度增速看，8月份增长6.4%，居全省第10位，较7月份提高3个位次。",
     [(None, "规模以上工业增加值")] * 3 + [(None, "规模以上工业增加值位次")]),
    (BULLETIN, "34个大类行业中19个行业实现增长，增长面为55.9%。",
     [(None, "大类行业"), (None, "增长行业"), (None, "增长面")]),
    (BULLETIN, "高技术产业增加值增长8.7%，占规上工业的比重为23.1%，对规上工业的贡献率为30.4%，拉动规上工业增长1.9个百分点。",
     [(None, "高技术产业增加值"), (None, None), (None, "高技术产业增加值对规上工业的贡献率"),
      (None, "高技术产业增加值拉动规上工业")]),
    # the pace of what was just told, ranked; its own growth and that like for like; what a growth leads to
    (SUMMARY, "规上工业增加值增长8.3%，高于全省平均水平1.4个百分点，增速在全省位次由第9位上升到第5位。",
     [(None, "规上工业增加值")] + [(None, "规上工业增加值增速")] * 3),
    (SUMMARY, "固定资产投资增长9.2%，增幅列全市第三。", [(None, "固定资产投资"), (None, "固定资产投资增幅")]),
    (SUMMARY, "一般公共预算收入3.6亿元，自然增幅4%，同口径完成3.7亿元，增幅6.2%。", [(None, "一般公共预算收入")] * 4),
    (SUMMARY, "水泥产量增长11%、达270万吨，特种水泥产量增长29%、达43万吨。",
     [(None, "水泥产量")] * 2 + [(None, "特种水泥产量")] * 2),
    # months inside a name, a work behind its acceptance, names of one of several, taken into a list
    (WORKS, "国省干线1-5月完成投资72亿元，占年计划180亿元的40%。",
     [(None, "国省干线完成投资"), (None, "国省干线完成投资年计划"), (None, "国省干线完成投资完成年计划比例")]),
    (WORKS, "青柯灌渠改造工程通过蓄水验收，完成投资1950万元，占年度任务3900万元的50%。",
     [("青柯灌渠改造工程", "完成投资"), ("青柯灌渠改造工程", "完成投资年度任务"),
      ("青柯灌渠改造工程", "完成投资完成年度任务比例")]),
    (SUMMARY, "远储能源共享电站等52个重点项目建成投产，召开办公会7次。", [(None, None), (None, "召开办公会")]),
    (WORKS, "全市共有23个支线改扩建项目列入市级规划，建设规模870公里。", [(None, "支线改扩建项目"), (None, "建设规模")]),
    (SUMMARY, "完成棚户区改造3.4万平方米。", [(None, "棚户区改造")]),
    (SUMMARY, "加快土地流转，曙阳种植专业合作社流转土地2700亩，种植西兰花240亩、圆葱160亩。",
     [("曙阳种植专业合作社", "流转土地"), ("曙阳种植专业合作社", "种植西兰花"), ("曙阳种植专业合作社", "种植圆葱")]),
    # grants for deeds of two characters, bases that grow, last year's measure, land in one piece
    (POLICY, "对首次认定为国家级企业技术中心的，给予一次性奖励110万元；成功上市的，给予一次性奖励290万元；成功挂牌的，奖励30万元。",
     [(None, "国家级企业技术中心奖励"), (None, "上市奖励"), (None, "挂牌奖励")]),
    (POLICY, "上年度销售额6000万元以下的企业，按照销售额每新增1900万元奖励2万元的标准给予奖励。",
     [(None, "销售额"), (None, "销售额"), (None, "销售额奖励")]),
    (POLICY, "新建钢架大棚连片12亩以上的，每亩补助1900元。", [(None, "新建钢架大棚面积"), (None, "新建钢架大棚补助")]),
]  # fmt: skip


@pytest.mark.parametrize("case", ROWS, ids=range(len(ROWS)))
def test_whose_and_what_numbers_measure(case: tuple[str, str, list[tuple[str | None, str | None]]]) -> None:
    title, text, expected = case
    found = [(quantity.subject, quantity.metric) for quantity in described(text, title)]
    assert [subject for subject, _ in found] == [subject for subject, _ in expected]
    assert [metric for (_, metric), (_, said) in zip(found, expected, strict=True) if said] == [
        said for _, said in expected if said
    ]


@pytest.mark.parametrize(
    "text",
    ["（一）年产25万台水泵项目。", "柳荫公司年处理7万吨废旧轮胎项目开工。", "10亿元以上项目实现零的突破。"],
)
def test_sizes_in_names_of_works_are_no_quantities(text: str) -> None:
    assert described(text, WORKS) == ()


def test_what_is_aimed_at_in_coming_years_is_a_target() -> None:
    found = described("未来五年，全县粮食产量稳定在18万吨以上，新增高标准农田11万亩。", "县委农村工作会议")
    assert [quantity.kind for quantity in found] == ["target", "target"]


def test_the_plan_of_a_year_that_runs_is_a_target_and_that_of_one_that_is_over_a_fact() -> None:
    running = described("1—7月，全县完成财政收入3.1亿元，占年初预算5.2亿元的59.6%。", "收支情况")
    over = described("2023年，全年收入完成3.1亿元，占年初预算3亿元的103.3%。", "收支情况")
    assert [quantity.kind for quantity in running] == ["fact", "target", "fact"]
    assert [quantity.kind for quantity in over] == ["fact", "fact", "fact"]


def test_a_sum_that_is_named_an_aim_is_a_target() -> None:
    found = described("全省公路建设投资目标1700亿元。", "2024年交通建设")
    assert [quantity.kind for quantity in found] == ["target"]


def test_the_base_of_a_grant_for_each_is_no_target() -> None:
    found = described("每引进1名高级技师奖励企业4000元。", POLICY)
    assert [quantity.kind for quantity in found] == ["standard", "standard"]


def test_a_ratio_that_is_reached_is_a_share() -> None:
    found = described("城乡居民收入比由2.33缩小到2.27。", BULLETIN)
    assert [quantity.transformation for quantity in found] == ["share", "share"]
