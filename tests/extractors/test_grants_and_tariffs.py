"""Who gets or pays how much for what: cases, tiers, lists and tariffs of local policies, text → metric and kind."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

MEASURES, PLAN, NEWS = "关于促进乡村产业发展的若干措施", "2024年工作要点", "城乡居民医保待遇"

METRICS = [
    # a class behind the bound that the case is about, and the grant that follows
    ("新建30座以上不足60座（含30座）钢架菇棚，每座补贴2000元。",
     ["新建钢架菇棚", "新建钢架菇棚", "新建钢架菇棚补贴"]),
    ("全年累计引来3列以上符合上述条件的旅游专列，另外奖励2万元。", ["引来旅游专列", None]),
    ("研学机构组织市外学员在我市住宿累计300人（含）以上的，按照20元/人给予奖励。", ["组织市外学员", None]),
    # further tiers of a grant: the bound is that of the first
    ("组织游客每航次达到50人（含）以上奖励1万元、80人（含）以上奖励2万元。",
     ["组织游客", "组织游客奖励", "组织游客", "组织游客奖励"]),
    # terms in the case of a grant
    ("自登记之日起正常经营12个月以上的，给予一次性补贴3000元。", ["正常经营时间", None]),
    ("毕业3年内返乡创业的高校毕业生，给予补贴5000元。", ["毕业时间", None]),
    ("签订2年以上期限劳务合同的，给予补贴800元。", ["劳务合同期限", None]),
    ("给予最长不超过2年的失业、工伤保险补贴。", ["失业、工伤保险补贴期限"]),
    # what each of a list behind a named rate gets or pays
    ("补助标准为玻璃温室4万元/亩、连栋大棚2万元/亩、竹棚补助0.3万元/亩。",
     ["玻璃温室补助标准", "连栋大棚补助标准", "竹棚补助标准"]),
    ("补贴标准为第一年3万元、第二年2万元。", ["第一年补贴标准", "第二年补贴标准"]),
    ("报销比例为一级医院85%，二级医院75%。", ["一级医院报销比例", "二级医院报销比例"]),
    ("单户企业年度奖补不超过90万元。", ["奖补"]),
    ("资金兑现时限不超过45个工作日。", ["资金兑现时限"]),
    # one item of a list of titles for each grant
    ("对新评定为国家甲级、乙级、丙级的露营地，分别给予一次性奖励20万元、10万元、5万元。",
     ["国家甲级露营地奖励", "乙级露营地奖励", "丙级露营地奖励"]),
    ("对获得绿色农资、有机肥料和地理标志产品获证单位，分别奖励1万元、2万元和3万元。",
     ["绿色农资奖励", "有机肥料奖励", "地理标志产品获证单位奖励"]),
    ("对出口额前3位的企业，设一等奖1名、二等奖2名，分别给予20万元、10万元的补助。",
     [None, None, None, "出口额一等奖补助", "出口额二等奖补助"]),
    ("对新评为国家级、省级示范牧场，在享受省级奖励的同时，区本级分别给予30万元、10万元奖励。",
     ["国家级示范牧场奖励", "省级示范牧场奖励"]),
    ("一级游客中心建设补助80万元，二级补助40万元。", ["一级游客中心建设补助", "二级补助"]),
    ("对在站研究员，每人每年补助4万元；对留在园区工作的博士后，给予购房补助8万元。",
     ["在站研究员补助", "博士后购房补助"]),
    # what a case compares with is no part of it; what opens it neither
    ("对年度出口额8000万元以上的企业，出口额比上年度每增加1000万元，给予奖励1万元。",
     ["年度出口额", "出口额", "出口额奖励"]),
    # the part of a base that a grant comes to, its noun behind the cap
    ("按照不超过企业年度设备投入的15%，给予每家企业不超过80万元补助。", ["年度设备投入补助比例", None]),
    ("对新建仓库，给予不高于总投资8%、单个企业年度最高不超过90万元补助。", ["总投资补助比例", None]),
    # rates of a list, the noun of the grant behind the list or behind the receivers
    ("对企业新引进A、B类人才的，分别按照每人6万元、4万元的标准给予奖励。", ["企业新引进A类人才奖励", "企业新引进B类人才奖励"]),
    ("分别给予博士研究生、硕士研究生、本科毕业生每人6000元、4000元、1000元的一次性租房补贴。",
     ["租房补贴", "租房补贴", "租房补贴"]),
    ("享受博士1800元/月、硕士900元/月的租房补贴。", ["博士租房补贴", "硕士租房补贴"]),
    ("每套发放8000元消费券。", ["消费券"]),
    ("分别按不超过40万元、20万元的额度发放餐饮消费券。", ["餐饮消费券", "餐饮消费券"]),
    ("最高给予40万元的一次性奖励。", [None]),
    # the part of a base that the grant's own standard is, terms of loans, counts that say so, prizes
    ("购车补贴标准为实际购车金额的10%，最高不超过6000元。", ["实际购车金额购车补贴比例", None]),
    ("可申请最长不超过2年、最高不超过15万元的创业担保贷款。", ["创业担保贷款期限", None]),
    ("每人每年享受培训次数最多不超过2次。", ["培训次数"]),
    ("按每招用1人800元的标准给予补贴。", ["招用人数", None]),
    ("对前3名的企业，设一等奖1名、优秀奖2名，分别给予奖励5万元、1万元。",
     [None, "一等奖", "优秀奖", None, None]),
    # a bound that is listed measures what it says, without the verb of its list
    ("对开通夜游线路、运营船舶不少于5艘、停靠码头不少于3个的单位，给予每年30万元补助。",
     ["运营船舶", "停靠码头", None]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", METRICS)
def test_a_grant_names_its_case_and_a_bound_what_it_bounds(text: str, expected: list[str | None]) -> None:
    found = [one.metric for one in described(text, MEASURES)]
    assert [None if want is None else got for got, want in zip(found, expected, strict=True)] == expected


KINDS = [
    (PLAN, "对产值比上年增长10%以上的企业，给予奖励2万元。", ["standard", "standard"]),
    (PLAN, "连片种植20亩以上的，每亩补贴300元。", ["standard", "standard"]),
    (PLAN, "最高补贴金额不超过60万元，最低仓容不低于200立方米。", ["standard", "standard"]),
    (PLAN, "每名专家只能申领一次津贴。", ["standard"]),
    (MEASURES, "推进800万亩优质麦示范区建设，创建省级绿色矿山3家。", ["target", "target"]),
    (MEASURES, "新建冷藏库3座以上的，给予补助6万元。", ["standard", "standard"]),
    (PLAN, "附属设备不超过项目总造价的30%。", ["standard"]),
    (NEWS, "住院起付标准：乡镇卫生院100元，县级医院300元。", ["standard", "standard"]),
    (MEASURES, "目前，全县茶园面积已达5万亩，建成加工厂12家。", ["fact", "fact"]),
    (MEASURES, "近年来，通过与全国30家院校合作，已引进专家25名。", ["fact", "fact"]),
]


@pytest.mark.parametrize("title, text, expected", KINDS)
def test_what_a_granting_sentence_sets_is_a_standing_rule(title: str, text: str, expected: list[str]) -> None:
    assert [one.kind for one in described(text, title)] == expected
