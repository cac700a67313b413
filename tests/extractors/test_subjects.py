"""Whose a value is: names in front of what is measured, and subjects that the sentence states elsewhere; text → rows."""

from __future__ import annotations

import pytest

from extractors.quantities.frames.articles import Articles
from extractors.quantities.frames.frame import Frame
from extractors.quantities.frames.resolve import Zones, resolve
from tests.extractors.describing import described

TITLE = "2025年工作回顾"

ROWS = [
    # provinces side by side, parks and areas in front of what lies, settles or grows in them
    ("川渝省际铁路、高速公路、水路通道达到22条。", [("川渝", "省际铁路、高速公路、水路通道")]),
    ("沪青协作投入资金3.2亿元。", [("沪青协作", "投入资金")]),
    ("京沪高铁营业里程1318公里。", [(None, "京沪高铁营业里程")]),
    ("沪川先进制造业共建产业园落地项目28个。", [("沪川先进制造业共建产业园", "落地项目")]),
    ("柳荫科技园入驻企业130家。", [("柳荫科技园", "入驻企业")]),
    ("省级工业园区入驻企业800家。", [(None, "省级工业园区入驻企业")]),
    ("苏北地区粮食产量800万吨。", [("苏北地区", "粮食产量")]),
    ("四川地区生产总值6万亿元。", [("四川", "地区生产总值")]),
    ("北疆高校在校生12万人，增长5%。", [("北疆高校", "在校生"), ("北疆高校", "在校生")]),
    ("中专院校在校生3万人，西医院校5所。", [(None, "中专院校在校生"), (None, "西医院校")]),
    ("自贸试验区5项创新成果在全国推广。", [("自贸试验区", "创新成果")]),
    # parts of the own area by their level or kind
    ("市本级一般公共预算收入完成36亿元，增长7%。", [("市本级", "一般公共预算收入"), ("市本级", "一般公共预算收入")]),
    ("五城区新建口袋公园14个。", [("五城区", "新建口袋公园")]),
    ("中心城区新增停车位5200个。", [("中心城区", "新增停车位")]),
    ("老城区改造小区36个。", [(None, "老城区改造小区")]),
    # kinds of things are none, nor is the place that a fund or a centre is named by
    ("民用运输机场运营数量居全国第4位。", [(None, "民用运输机场运营数量")]),
    ("全球“灯塔工厂”3家。", [(None, "全球“灯塔工厂”")]),
    ("中原股权交易中心（四板）挂牌企业644家。", [(None, "中原股权交易中心（四板）挂牌企业")]),
    # a plan whose aims are counted, who came so many times, what people gain from, where water goes
    ("《规划草案》立足长远、统筹当前，提出六大类22个主要指标。", [("《规划草案》", "主要指标")]),
    ("《若干措施》印发后，全市新建充电桩1200个。", [(None, "新建充电桩")]),
    ("省委书记、省长心系灾区，先后5次到现场指挥、3次作出批示。",
     [("省委书记、省长", "到现场指挥"), ("省委书记、省长", "作出批示")]),
    ("新建青北天然气管道惠及260多万群众。", [("青北天然气管道", "惠及群众")]),
    ("新建天然气管道惠及60多万群众。", [(None, "惠及群众")]),
    ("向白洋湖流域胡杨林补水14.2亿立方米。", [("白洋湖流域", "向白洋湖流域胡杨林补水")]),
    # how long a work took from stage to stage
    ("远帆集团产业基地45天开工、8个月投产，百万吨石化项目5个月具备开工条件。",
     [("远帆集团产业基地", "开工用时"), ("远帆集团产业基地", "投产用时"), ("百万吨石化项目", "具备开工条件用时")]),
    ("青柯数据中心一期项目100天完成主体封顶。", [("青柯数据中心一期项目", "主体封顶用时")]),
    ("青柯新材料项目从签约到投产仅用11个月。", [("青柯新材料项目", "从签约到投产用时")]),
    # places, firms and bodies in turn, and places that share one value
    (
        "东河县、西河县和南河县的粮食产量分别为12万吨、13万吨和15万吨。",
        [("东河县", "粮食产量"), ("西河县", "粮食产量"), ("南河县", "粮食产量")],
    ),
    ("青柯公司、远帆公司分别实现产值12亿元、13亿元。", [("青柯公司", "产值"), ("远帆公司", "产值")]),
    ("市发改委、市财政局分别牵头3项、5项任务。", [("市发改委", "牵头"), ("市财政局", "牵头")]),
    ("猪肉、牛肉产量分别为12万吨和3万吨。", [(None, "猪肉产量"), (None, "牛肉产量")]),
    ("黄石区、白麓区、南河区的城镇居民人均收入为3万元。", [("黄石区、白麓区、南河区", "城镇居民人均收入")]),
    # what opens a stretch of a sentence is what it tells of, up to another area or name
    ("柳溪开发区新入驻企业27家，实现工业总产值214亿元，增长9.4%，占全市比重提高到31%。",
     [("柳溪开发区", "新入驻企业")] + [("柳溪开发区", "工业总产值")] * 2 + [("柳溪开发区", "工业总产值占全市比重")]),
    ("柳溪开发区新入驻企业27家，全市新增就业1.4万人。", [("柳溪开发区", "新入驻企业"), (None, "新增就业")]),
    ("北岭街道开工项目4个，完成投资2.7亿元；南岭街道新开工项目6个。",
     [("北岭街道", "开工项目"), ("北岭街道", "开工项目完成投资"), ("南岭街道", "新开工项目")]),
    ("白鹭花园小区更换管网2.9公里，总投资1900万元，居民自筹170万元。",
     [("白鹭花园小区", "更换管网"), ("白鹭花园小区", "更换管网总投资"), ("白鹭花园小区", "居民自筹")]),
    ("老旧小区改造21个，惠及居民4300户。", [(None, "老旧小区改造"), (None, "老旧小区改造惠及居民")]),
    # sites, firms and houses of the public by their own kind, with the part that is meant
    ("柳荫生物营业收入7.4亿元，纳税0.6亿元。", [("柳荫生物", "营业收入"), ("柳荫生物", "纳税")]),
    ("市第三人民医院迁建项目主体封顶，建筑面积9.8万平方米，设置床位860张。",
     [("市第三人民医院迁建项目", "建筑面积"), ("市第三人民医院迁建项目", "设置床位")]),
    ("轨道交通4号线完成投资11亿元。", [("轨道交通4号线", "完成投资")]),
    ("白鹭河大桥建成通车，全长1.9公里。", [("白鹭河大桥", "全长")]),
    ("非化石能源发电装机达到2700万千瓦。", [(None, "非化石能源发电装机")]),
    ("省外科研院所合作数量增加到17家。", [(None, "省外科研院所合作数量")]),
    # who is ranked, behind what they are ranked by
    ("公众安全感调查临川市居全省第二。", [("临川市", "公众安全感调查")]),
    ("群众满意度测评我市连续两年全省第一。", [(None, "群众满意度测评")]),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(ROWS)))
def test_subject_and_metric(case: int) -> None:
    text, expected = ROWS[case]
    assert [(one.subject, one.metric) for one in described(text, TITLE)] == expected


COUNTED = [
    # things named one by one before their count, sizes between count and noun, what classes share
    ("创建青白有色金属、白麓工业母机2个国家先进制造业集群。", ["创建国家先进制造业集群"]),
    ("实施清洁降碳、安全可靠、高效调节三大专项行动。", ["实施专项行动"]),
    ("推进12个百亿元、70个30亿元以上项目建设。", ["百亿元项目", "30亿元以上项目"]),
    ("签约30个5000万元以上、12个亿元以上项目。", ["签约5000万元以上项目", "签约亿元以上项目"]),
    ("有色冶金、石化化工、装备制造产业增加值年均分别增长17.8%、4.8%、9.9%。",
     ["有色冶金产业增加值", "石化化工产业增加值", "装备制造产业增加值"]),
    ("升格设置8所本科院校。", ["升格设置本科院校"]),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(COUNTED)))
def test_what_is_counted(case: int) -> None:
    text, expected = COUNTED[case]
    found = [one.metric for one in described(text, TITLE)]
    assert found == expected


METRICS = [
    ("违反本条例第二十条第三款的规定，损毁绿化设施，应当恢复原状，并可处1000元以下罚款。", "损毁绿化设施罚款"),
    ("贷款总额不超过小微企业贷款额度上限（500万元）。", "小微企业贷款额度上限"),
    ("各培训班可参照上述要求分别开设6门课程。", "开设课程"),
]


@pytest.mark.parametrize("case", range(len(METRICS)))
def test_metric_without_what_it_is_held_against(case: int) -> None:
    text, metric = METRICS[case]
    assert [one.metric for one in described(text, "贷款管理办法")] == [metric]


PLANNED = [
    ("各级融资担保机构要坚守主业，主动剥离政府债券发行业务，严格控制闲置资金运作规模和风险，不得向非融资担保机构进行股权投资，"
     "逐步提高支农业务占比，力争达到80%以上。", "各级融资担保机构"),
    ("各级医院要健全制度，引导合作机构逐步将平均费率降至1%以下。", "合作机构"),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(PLANNED)))
def test_who_is_to_reach_a_planned_value(case: int) -> None:
    text, subject = PLANNED[case]
    assert [one.subject for one in described(text, "2026年工作安排")] == [subject]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [("青柯中心一期厂房78天封顶。", "="), ("每户补助3000元封顶。", "<="), ("补贴最长6个月封顶。", "<=")],
)
def test_topped_out_is_no_cap(text: str, comparator: str) -> None:
    assert [one.comparator for one in described(text, TITLE)] == [comparator]


@pytest.mark.parametrize(
    ("heading", "metric"),
    [("违反道路秩序的责任", "违反道路秩序罚款"), ("乱贴乱画等的责任", "乱贴乱画罚款"), ("法律责任", "罚款")],
)
def test_the_heading_of_an_article_names_the_case(heading: str, metric: str) -> None:
    fine = Frame("frame.amount.fine", "{case}罚款", {})
    assert (
        resolve(fine, Zones((), "违反本条例第十五条规定，可以处", "", heading, "", 0, 1, Articles())).phrase == metric
    )
