"""What a number says in standing rules, grants and notices: text → the construction and the metric written from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.quantities import extract_quantities
from extractors.quantities.frames.merits import merits
from pipeline.segmentation.parts import with_parts
from schemas.ids import IdMaker
from tests.extractors.building import issue_of
from tests.extractors.describing import described

GRANTS = [
    # each group of a list gets its own of the grant or limit named before
    ("补贴标准：本科毕业生3万元，硕士5万元。",
     [("frame.amount.allowance_of_group", "本科毕业生补贴"), ("frame.amount.allowance_of_group", "硕士补贴")]),
    ("农房贷款最高额度为单职工30万元、双职工50万元。",
     [("frame.amount.allowance_of_group", "单职工贷款最高额度"),
      ("frame.amount.allowance_of_group", "双职工贷款最高额度")]),
    # a limit of time is named by verb and object: not by who acts, to whom, where, or what arrived
    ("鉴定机构应当自收到样品之日起三日内向房屋使用人发出整治通知书。",
     [("frame.time.since_receipt", "发出整治通知书期限")]),
    ("鉴定机构应当在出具报告之日起三日内，将鉴定报告报送县住房管理部门。", [("frame.time.since", "鉴定报告报送期限")]),
    ("管理人应当自换届之日起十日内将账册、印章以及其他财物移交新一届委员会。", [("frame.time.since", "移交期限")]),
    ("主管部门应当自受理采石申请之日起二十日内作出是否准予许可的书面决定。",
     [("frame.time.since_receipt", "准予许可决定期限")]),
    ("规划批准之日起三十日内，建设单位应当在工程显著位置设置永久性标牌。", [("frame.time.since", "设置永久性标牌期限")]),
    ("（二）对要求审查理事资格的申请，自受理之日起二十日；", [("frame.time.since_alone", "申请办理期限")]),
    ("委员会任期届满二个月前，应当组织召开换届会议。", [("frame.time.before_event", "召开换届会议期限")]),
    ("车主应当保存凭证，并至少保存二年。", [("frame.time.shown", "保存期限")]),
    ("转制企业自2019年1月1日起可继续免征五年企业所得税。", [("frame.time.exempted", "免征企业所得税期限")]),
    ("社团应有50个以上的成员（基金会除外）；非法人社团还应有固定的场所、5000元以上的资金和兼职人员。",
     [("frame.amount.must_have_members", "成员"), ("frame.amount.must_have_listed", "非法人社团资金")]),
    ("情节严重的，责令暂停6个月以上1年以下经营活动。",
     [("frame.time.suspended_behind", "暂停经营期限"), ("frame.time.suspended_behind", "暂停经营期限")]),
    ("经批准可以延长，但处理期限最长不得超过90日。", [("frame.time.term", "处理期限")]),
    ("本村五分之一以上有选举权的村民联名，可以要求罢免。", [("frame.ratio.of_people", "村民联名比例")]),
    ("不得成为持有公司5%以上股权的股东。", [("frame.ratio.of_stock", "持有股权比例")]),
    ("独生子女父母，女方年满五十五周岁的，可享受扶助。", [("frame.amount.age_of", "女方年龄")]),
    ("扶助金发至其满十八周岁止，逐月发放。", [("frame.amount.age_elsewhere", "年龄")]),
    # the area and number of what is bought; limits without the verb that changes them and who keeps to them
    ("购买90平方米以下（含90平方米）住房的，补贴5000元。",
     [("frame.amount.bought_area_of", "住房面积"), ("frame.amount.grant_before", "购买住房补贴")]),
    ("购买普通商品房在100平方米以下，可申请补贴。", [("frame.amount.bought_area", "普通商品房面积")]),
    ("青柯企业一次性购买30套以上的新建商品住宅，可享受优惠。", [("frame.amount.bought_at_once", "购买新建商品住宅")]),
    ("青柯提高公积金贷款额度至60万元。", [("construction.direct", "公积金贷款额度")]),
    ("银行机构均按首套住房贷款首付款比例不低于20%执行。", [("construction.direct", "首套住房贷款首付款比例")]),
    # bounds of age with nobody named; a share of something that the item before names
    ("凡年满18周岁的，可申请补贴。", [("frame.amount.age_alone", "年龄")]),
    ("（三）年龄不超过45周岁；可申请补贴。", [("frame.amount.age_alone", "年龄")]),
    ("贷款额度不得高于房价的70%，且不得超过评估价的80%。",
     [("frame.ratio.of_base", "贷款额度占房价比例"), ("frame.ratio.of_base_alone", "贷款额度占评估价比例")]),
    # each tier named alone before what it gets
    ("市级奖励2万元，省级奖励5万元。",
     [("frame.amount.grant_of_tier", "市级奖励"), ("frame.amount.grant_of_tier", "省级奖励")]),
    ("三星级按60%奖励返还，四星级按80%奖励返还。",
     [("frame.ratio.grant_of_tier", "三星级奖励返还比例"), ("frame.ratio.grant_of_tier", "四星级奖励返还比例")]),
    # a case that a bound behind it only narrows
    ("对新发展的观赏林基地，连续种植3年以上的，一次性奖励100元/亩。",
     [("frame.time.deed", "连续种植期限"), ("frame.amount.grant_before", "观赏林基地奖励")]),
    # what is rewarded stands in the case before, in the same clause, or in an earlier case of the sentence
    ("对首次获得市级绿色工厂称号的企业，给予奖励3万元。", [("frame.amount.grant_before", "市级绿色工厂奖励")]),
    ("通过省级新材料专项验收的，给予补助10万元。", [("frame.amount.grant_before", "省级新材料专项验收补助")]),
    ("首次获评市级诚信企业奖励2万元。", [("frame.amount.grant_before", "市级诚信企业奖励")]),
    ("对在主板上市企业，给予企业500万元奖励。", [("frame.amount.grant_behind", "主板上市企业奖励")]),
    ("对新建立的粮食烘干服务组织一次性奖励10万元。", [("frame.amount.grant_before", "粮食烘干服务组织奖励")]),
    ("对新增并入库的规模以上工业企业，一次性给予5万元奖励。",
     [("frame.amount.grant_behind", "规模以上工业企业奖励")]),
    ("股票上市后挂牌，予以奖励100万元。", [("frame.amount.grant_before", "股票上市后挂牌奖励")]),
    ("经认定为省级首台产品的企业，除享受上级补助外，再给予奖励20万元。",
     [("frame.amount.grant_before", "省级首台产品奖励")]),
    ("最高给予15元/平方米房租补助。", [("frame.amount.grant_of_noun", "房租补助")]),
    ("可按每平方米300元的标准，给予购房补助。", [("frame.amount.grant_at_rate_of_noun", "购房补助")]),
    # a list of grants over a list of levels
    ("对初次认定为国家、省级工程中心的企业，分别给予企业40万元、20万元奖励。",
     [("frame.amount.grant_behind", "国家级工程中心奖励"), ("frame.amount.grant_behind", "省级工程中心奖励")]),
    ("对评为一、二等奖的，分别奖励3万元、1万元。",
     [("frame.amount.grant_before", "一等奖奖励"), ("frame.amount.grant_before", "二等奖奖励")]),
    ("对牵头起草国家、行业和地方标准的企业，分别给予30万元、10万元、5万元的奖励。",
     [("frame.amount.grant_behind", "国家标准奖励"), ("frame.amount.grant_behind", "行业标准奖励"),
      ("frame.amount.grant_behind", "地方标准奖励")]),
    # what each receiver has of a grant named before; the grant behind its rate; the receiver inside the grant
    ("一级教师每人每月发放交通补贴800元，二级教师每人每月500元。",
     [("frame.amount.grant_before", "一级教师交通补贴"), ("frame.amount.allowance_of_receiver", "二级教师交通补贴")]),
    ("护理员每人每年1200元的岗位补贴。", [("frame.amount.allowance_behind", "岗位补贴")]),
    ("获评国家级绿色矿山的，奖励经营管理团队20万元。", [("frame.amount.grant_before", "国家级绿色矿山奖励")]),
    ("对担保机构，按代偿损失的30%给予风险补偿。", [("frame.ratio.grant_by_base", "代偿损失风险补偿比例")]),
]  # fmt: skip

LIMITS = [
    # what went before a prohibition, whom a deed is done to, whose time it is
    ("虚报材料的，追回补助，2年内不得申报。", [("frame.time.within", "不得申报期限")]),
    ("运营单位应当自变更之日起二十日内到原登记机关办理变更手续。", [("frame.time.since", "办理变更手续期限")]),
    ("用人单位安排见习人员每周工作时间不得超过三十小时。", [("frame.time.term", "每周工作时间")]),
    ("主管部门每年至少组织3次对运营单位的考核。", [("frame.times.done_of", "运营单位考核")]),
    ("按实际租金的30%给予补贴，最长不超过4年。",
     [("frame.ratio.grant_by_base", "实际租金补贴比例"), ("frame.time.grant_term", "实际租金补贴期限")]),
    ("签订二年及以上聘用（劳务）合同。", [("frame.time.of_noun", "聘用（劳务）合同期限")]),
    ("评审小组由七人以上单数组成，每届任期四年。",
     [("frame.amount.body_of", "评审小组人数"), ("frame.time.term", "每届任期")]),
    ("执法人员进入现场，应当两人以上。", [("frame.amount.officers", "执法人员人数")]),
    ("业主代表应当于会议召开二十日前公布议题。", [("frame.time.before_event", "公布议题期限")]),
    ("受托人应当自合同终止之日起十日内，将账册、印章及其他资料移交委托人。", [("frame.time.since", "移交期限")]),
    ("应当配备五名以上具有相应资质的专职检测人员。", [("frame.amount.counted_far", "专职检测人员")]),
    ("名单通过网站向社会公示7日。", [("frame.time.shown", "公示期限")]),
    ("累计24个月在本市缴纳社会保险费的人员。", [("frame.time.in_all", "累计缴纳社会保险费时间")]),
    ("并处货值金额二倍以上五倍以下的罚款。",
     [("frame.ratio.fine_of", "货值金额罚款倍数"), ("frame.ratio.fine_of", "货值金额罚款倍数")]),
    ("有特殊情况的，可以延长10个工作日。", [("frame.time.prolonged", "延长期限")]),
    ("应当提前五个工作日向所在地主管部门报告。", [("frame.time.ahead", "提前报告期限")]),
    ("上报有关情况（最迟不超过4小时）。", [("frame.time.in_brackets", "上报有关情况期限")]),
]  # fmt: skip

SHARES = [
    ("按项目研发投入的30%给予扶持，最高100万元。",
     [("frame.ratio.grant_by_base", "研发投入扶持比例"), ("frame.amount.bare_cap", "研发投入扶持")]),
    ("给予每家企业展位费80%奖励。", [("frame.ratio.grant_behind", "展位费奖励比例")]),
    ("补助加工费的20%。", [("frame.ratio.grant_before", "加工费补助比例")]),
    ("单个项目补助资金不得超过总投入的70%，年补助金额不超过20万元。",
     [("frame.ratio.of_base", "单个项目补助资金占总投入比例"), ("frame.amount.grant_cap", "年补助金额")]),
    ("成功创建国家级、省级技术中心的，补助比例分别提高3、2个百分点。",
     [("frame.points.grant_rate", "国家级技术中心补助比例"), ("frame.points.grant_rate", "省级技术中心补助比例")]),
]  # fmt: skip

BOUNDS = [
    ("批发企业年销售额首次达到1亿元、5亿元的，分别给予奖励5万元、15万元。",
     [("frame.amount.threshold", "年销售额"), ("frame.amount.threshold", "年销售额"),
      ("frame.amount.grant_before", "年销售额奖励"), ("frame.amount.grant_before", "年销售额奖励")]),
    ("对茶园种植面积达到30亩的奖励1万元，达到50亩以上的奖励2万元。",
     [("frame.amount.threshold", "茶园种植面积"), ("frame.amount.grant_before", "茶园种植面积奖励"),
      ("frame.amount.bound_again", "茶园种植面积"), ("frame.amount.grant_before", "茶园种植面积奖励")]),
    ("申请人（女性不超过55周岁、男性不超过60周岁）可以申请。",
     [("frame.amount.age_of", "女性年龄"), ("frame.amount.age_of", "男性年龄")]),
    ("组织16—24岁失业青年，参加见习。", [("frame.amount.age", "失业青年年龄")]),
    ("设立规模不低于1亿元的产业引导资金。", [("frame.amount.fund_of_size", "产业引导资金规模")]),
    ("个人缴费标准为每人400元，财政补助标准为每人900元。",
     [("frame.amount.standard", "个人缴费标准"), ("frame.amount.standard", "财政补助标准")]),
    ("低保边缘家庭认定标准按低保标准的1.5倍确定，为每人每月1500元。",
     [("construction.direct", "低保边缘家庭认定标准按低保标准"), ("frame.amount.standard", "低保边缘家庭认定标准")]),
]  # fmt: skip

TERMS = [
    ("补助期限不超过3年，公示时间为5个工作日。", [("frame.time.term", "补助期限"), ("frame.time.term", "公示时间")]),
    ("专利资助申请须在授权公告之日起一年内提出。", [("frame.time.request_of", "专利资助申请期限")]),
    ("毕业2年内高校毕业生可以申请。", [("frame.time.since_state", "毕业时间")]),
    ("参加失业保险3年以上的，可以申领。", [("frame.time.years_of", "参加失业保险年限")]),
    ("主管部门三十日内未作答复的，视为同意。", [("frame.time.not_done", "答复期限")]),
    ("落实教师5年一周期的全员轮训制度。", [("frame.time.cycle", "全员轮训周期")]),
    ("符合条件的人员只能享受一次创业补贴。", [("frame.times.enjoyed", "创业补贴享受次数")]),
]  # fmt: skip

COUNTS = [
    ("事故造成3人死亡、5人受伤，直接经济损失200万元。",
     [("frame.amount.casualties", "死亡人数"), ("frame.amount.casualties", "受伤人数"),
      ("frame.amount.loss", "直接经济损失")]),
    ("推出100项具有较大知名度的精品赛事，打造品牌。", [("frame.amount.counted_far", "精品赛事")]),
    ("将20项激励措施调整增加为30项激励措施。",
     [("frame.amount.counted_reordered", "激励措施"), ("frame.amount.counted_reordered", "激励措施")]),
    ("每家企业最多奖励4个标准展位。", [("frame.amount.counted_granted", "标准展位")]),
]  # fmt: skip

NEIGHBOURS = [
    # constructions that look alike and are none of these
    ("全年发放稳岗补贴3亿元。", "frame.amount.grant"),
    ("完成固定资产投资420亿元，增长6%。", "frame.amount.threshold"),
    ("建成5个县（市）。", "frame.amount.counted_places"),
    ("三年内不得转让。", "frame.time.not_done"),
]

NAMED_WITH = [
    # what a term, rate or fine is of stands before it, behind a 的, or in an earlier item
    ("录像的保存时间不少于九十日，船龄不超过十五年。", ["录像的保存时间", "船龄"]),
    ("复核时间一般不少于3个工作日，最长不超过10个工作日。", ["复核时间", "复核时间"]),
    ("用人单位按照本单位工资总额的0.5%缴纳工伤保险费。", ["缴纳工伤保险费比例"]),
    ("护理费的标准为当地月平均工资的40%。", ["护理费占当地月平均工资比例"]),
    ("技能补贴标准为800元；中级的为1200元；高级的为1600元。", ["技能补贴标准", "中级补贴", "高级补贴"]),
    ("无证经营的，没收违法所得，并处违法所得二倍以下的罚款；没有违法所得的，处三万元以下的罚款。",
     ["违法所得罚款倍数", "无证经营罚款"]),
    ("逾期不缴的，按日加收万分之五的滞纳金。", ["滞纳金"]),
    ("主管部门应当每半年组织二次安全检查。", ["组织安全检查"]),
    ("新建小区按照每百户不少于30平方米的标准配建养老用房。", ["每百户配建养老用房"]),
    ("标志牌分为临时标志牌和固定标志牌两种。", ["标志牌"]),
]  # fmt: skip
REPORTED = [
    ("国家发展改革委已安排防洪建设资金3亿元，其中2021年安排8000万元。", ["防洪建设资金", "防洪建设资金"]),
    ("水利部已派出4个专家组赴现场指导。", ["专家组"]),
    ("选择15个城市开展养老服务试点，确定2个县作为试点地区。", ["养老服务试点城市", "试点县"]),
]

MERITS = [
    # the words before a grant, place and size of its list → what is rewarded
    ("对当年销售收入达⟨⟩（需有证明，下同）的养殖场，", 0, 1, "养殖场"),
    ("对建立育秧、烘干、维修等农机服务中心的，经验收合格后，", 0, 1, "农机服务中心"),
    ("被评为国家级推广项目或评定为国家级工法，", 0, 1, "国家级推广项目"),
    ("对参赛项目，评定为三、四、五星级的，", 1, 3, "四星级参赛项目"),
    ("通过专利申请的，法人组织每件资助⟨⟩，自然人每件", 0, 1, "专利申请"),
]


ORDERS = [
    ("由主管部门责令停止承接代理业务6个月至12个月。", [("frame.time.suspended", "停止承接代理业务期限")]),
]

PLACES = [
    ("全村面积9.2平方公里，共有13个村民小组，505户、1748人。", ["全村面积", "村民小组", "户数", "人口"]),
    ("清河村位于长江南岸海拔高程480-560米，西距石桥县柳林集镇5公里。", ["海拔高程", "距石桥县柳林集镇距离"]),
]

POINTS = [
    # what earns points stands in the clause before, before a bracket, or with the points before that a cap is of
    ("在本市办理《海东省居住证》，每满1年计8分。", ["《海东省居住证》每满1年计分"]),
    ("合法租赁住房，每满1年计5分，最高不超过20分。", ["合法租赁住房每满1年计分", "合法租赁住房计分"]),
    ("本科及以上学历（30分）；专科（含高职）（20分）。", ["本科及以上学历计分", "专科计分"]),
    ("个人获得一等功（首次20分，累加每次5分）；获得二等功（首次10分）。",
     ["一等功首次计分", "一等功累加每次计分", "二等功首次计分"]),
    ("近5年内，参加献血（每次计2分），单项累计最高不超过10分。", ["献血每次计分", "献血计分"]),
    ("近5年内，参加献血（每次计2分）。1年内计分不超过4分。", ["献血每次计分", "献血计分"]),
    ("近5年内，受到行政处罚，每次减10分。", ["行政处罚每次减分"]),
    ("在本市就业（创业）并缴存住房公积金，每满1年计2分。", ["缴存住房公积金每满1年计分"]),
    ("近3个纳税年度累计在本市缴纳个人所得税：1万—3万元（含1万元）（4分）；3万元以上（8分）。",
     ["累计在本市缴纳个人所得税计分", "累计在本市缴纳个人所得税计分"]),
    # neighbours: a total that is no deed
    ("考核总分100分。", ["考核总分"]),
]  # fmt: skip


@pytest.mark.parametrize("text, metrics", PLACES)
def test_places(text: str, metrics: list[str]) -> None:
    assert [one.metric for one in described(text, "现场调查报告")] == metrics


@pytest.mark.parametrize("text, metrics", POINTS)
def test_points(text: str, metrics: list[str]) -> None:
    assert [one.metric for one in described(text, "积分管理办法") if one.unit == "分"] == metrics


@pytest.mark.parametrize(
    "text, expected", [*GRANTS, *LIMITS, *SHARES, *BOUNDS, *TERMS, *COUNTS, *ORDERS], ids=lambda value: value if isinstance(value, str) else ""
)  # fmt: skip
def test_constructions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.indicator_rule, one.metric) for one in described(text, "产业扶持办法")] == expected


@pytest.mark.parametrize("text, rule", NEIGHBOURS)
def test_what_only_looks_like_one(text: str, rule: str) -> None:
    found = described(text)
    assert found
    assert not [one.indicator_rule for one in found if one.indicator_rule.startswith(rule)]


@pytest.mark.parametrize(("text", "metrics"), NAMED_WITH)
def test_terms_rates_and_fines_with_what_they_are_of(text: str, metrics: list[str]) -> None:
    assert [row.metric for row in described(text, "船员管理办法")] == metrics


@pytest.mark.parametrize(("text", "metrics"), REPORTED)
def test_who_gave_or_chose_is_no_part_of_what_was_given(text: str, metrics: list[str]) -> None:
    assert [row.metric for row in described(text, "关于所提问题办理情况的函")] == metrics


def test_each_earthquake_of_a_list_has_its_place() -> None:
    rows = described("2023年相继发生了2月3日青川7.0级、3月19日临川6.9级和5月3日白麓6.4级地震。", "关于地震趋势的报告")
    assert [(row.subject, row.metric) for row in rows] == [(place, "地震震级") for place in ("青川", "临川", "白麓")]


def test_a_part_with_a_bound_of_its_own_is_a_rule() -> None:
    rows = described("工程总投资20亿元，其中中央补助资金不超过总投资的40%；联席会议由14个部门组成。", "2024年实施方案")
    assert [row.kind for row in rows] == ["fact", "standard", "fact"]


@pytest.mark.parametrize("words, place, size, merit", MERITS)
def test_merits(words: str, place: int, size: int, merit: str) -> None:
    assert next(merits(words, "", place, size)).text == merit


def test_a_heading_names_what_no_clause_does() -> None:
    assert [(one.text, one.zone) for one in merits("经验收合格后，", "企业升规奖励补助", 0, 1)] == [
        ("企业升规", "heading")
    ]


LAW = """第一条 任何单位和个人不得侵占、损坏或者擅自拆除管网设施。
第二条 经营者应当依法设置安全警示标志。
第三条 经营者不得有下列行为：
（一）在销售的液体中掺混其他物质；
第四条 {fine}"""

FINES = [
    # the article with the fine → metric and subject of each number
    ("违反本条例第一条规定的，由主管部门对单位处五万元以上十万元以下罚款，对个人处五千元以上二万元以下罚款。",
     [("侵占管网设施罚款", "单位"), ("侵占管网设施罚款", "单位"), ("侵占管网设施罚款", "个人"),
      ("侵占管网设施罚款", "个人")]),
    ("违反本条例第二条规定的，由主管部门处一万元以下罚款。", [("未设置安全警示标志罚款", None)]),
    ("违反本条例第三条规定的，由主管部门处一万元以下罚款。", [("罚款", None)]),
    ("违反本条例第一条规定，擅自移动界桩的，由主管部门处一万元以下罚款。", [("擅自移动界桩罚款", None)]),
    ("违反本条例第九条规定的，由主管部门处一万元以下罚款。", [("罚款", None)]),
    # what only grades a fine, points to a list or joins a second case is no part of its name
    ("经营者有下列情形之一的，处一万元以下罚款。", [("罚款", None)]),
    ("违反本条例第八条规定擅自开挖的，责令改正，处一万元以下罚款。", [("擅自开挖罚款", None)]),
    ("在桥下停放车辆，或者为车辆充电的，处五百元以下罚款。", [("为车辆充电罚款", None)]),
    ("没有违法所得或者违法所得不足三万元的，处一万元以下罚款。", [("违法所得", None), ("罚款", None)]),
    ("擅自移动未经检查的仪表的，处一万元以下罚款。", [("擅自移动未经检查的仪表罚款", None)]),
]  # fmt: skip


@pytest.mark.parametrize("fine, expected", FINES)
def test_a_fine_names_the_case_of_the_article_that_it_points_to(
    fine: str, expected: list[tuple[str, str | None]]
) -> None:
    issue = issue_of(LAW.format(fine=fine))
    articles = [
        replace(clause, marker=clause.reading.text[:3], number=number) if clause.reading.text[2] == "条" else clause
        for number, clause in zip((1, 2, 3, 0, 4), issue.documents[0].clauses, strict=True)
    ]
    document = with_parts(replace(issue.documents[0], title="管网管理条例", clauses=tuple(articles)))
    found = extract_quantities(issue, document, IdMaker(issue.issue_id))
    assert [(one.metric, one.subject) for one in found] == expected


def test_an_amount_in_a_list_with_a_share_is_no_share() -> None:
    share, amount = described("给予装备销售额20%、最高300万元支持。", "产业扶持办法")
    assert share.metric == "装备销售额支持比例"
    assert not amount.metric.endswith("比例")
