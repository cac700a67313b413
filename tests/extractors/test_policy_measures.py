"""Measures of support, guides and price notices: cases with two bounds, tiers, receivers and rates, text → metric and kind."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

MEASURES = "关于促进商贸流通的若干措施"

METRICS = [
    # two bounds of one case, each measured by its own words
    ("餐饮企业营业额达到90万元且增速达到15%以上的，给予2万元奖励。", ["营业额", "增速", "营业额奖励"]),
    ("承租面积达200亩且合同期四年以上的农庄给予每亩一次性补助80元。", ["承租面积", "合同期", "农庄补助"]),
    # a list of amounts before the noun of the grant, for which the case that opens the sentence stands
    ("首次认定为6000万元、8000万元税收楼，且入驻率达到75%以上，属地率达85%以上的，分别给予运营单位30万元、40万元一次性奖励。",
     [None, None, "入驻率", "属地率", "税收楼奖励", "税收楼奖励"]),
    # who receives it stands between the verb and the amount
    ("引进包船来我市的，每航次奖励该旅行社2万元。", ["引进包船来我市奖励"]),
    ("新评为4A级景区的，可一次性获得奖金6万元。", ["4A级景区奖金"]),
    # further tiers of the case, and tiers of the grant that stand alone
    ("观众数2000至4000人的，每人奖励3元；4000至8000人，每人奖励4元；8000人以上，每人奖励6元。",
     ["观众数", None, "观众数", None, "观众数", None]),
    ("对新评定的乡村旅游点给予奖励，具体标准为：5A级30万元，4A级20万元。", ["5A级奖励", "4A级奖励"]),
    ("对新获评的金穗级、银穗级生态农庄，分别给予一次性奖励6万元、4万元。", ["金穗级生态农庄奖励", "银穗级生态农庄奖励"]),
    # a grant whose own name says what for
    ("在登记后半年内可给予一次性求职补贴资金2000元。", ["求职补贴"]),
    # shares of a whole, terms, counts of a deed
    ("经考核的安全管理人员应占总人数的60%以上。", ["安全管理人员占总人数比重"]),
    ("1年内新招用员工人数达到企业在职职工人数12%。", ["新招用员工期限", "新招用员工人数占企业在职职工人数比例"]),
    ("贷款额度最高40万元，期限最长不超过2年。", ["贷款额度", "贷款期限"]),
    ("单个项目贴息期不超过2年。", ["单个项目贴息期"]),
    ("申请之日前6个月内带动8人以上就业的，给予支持。", ["带动就业人数"]),
    # who gives stands in front of the verb; several grants of one sentence have names of their own
    ("对在新三板挂牌的企业，在市级奖励基础上，青柯区给予一次性奖励80万元。", ["新三板挂牌奖励"]),
    ("博士和硕士分别可获得12万元和8万元的一次性安家补贴。", ["安家补贴", "安家补贴"]),
    ("对引进的甲类人才，给予60万元安家费和90万元购房补贴。", ["安家费", "购房补贴"]),
    ("购房补贴分4年发放。", ["购房补贴发放期限"]),
    ("对为企业提供担保、期限超过5个月的机构，给予补助2万元。", ["担保期限", None]),
    ("累计缴费时间满2年不满6年的，每月发放800元。", ["累计缴费时间", "累计缴费时间", None]),
    # a bound alike goes on with the measure of the one before
    ("新区建设绿地率不低于36%，旧区改造不低于26%。", ["建设绿地率", "旧区改造绿地率"]),
    # a fine follows on the deed, not on what comes of it
    ("未经批准在市区内饲养家禽，影响环境卫生的，由城管部门处以60元以上300元以下的罚款。",
     ["未经批准在市区内饲养家禽罚款", "未经批准在市区内饲养家禽罚款"]),
    # what only says that a measure holds, is kept or was confirmed is no part of its name
    ("燃气价统一按每立方米3元执行。", ["燃气价"]),
    ("严格执行班级学额控制在45人以内的规定，寄宿制学校班额可以安排50人左右。", ["班级学额", None]),
    ("线上销售金额经第三方验收确认达300万元以上的，给予3万元的奖励。", ["线上销售金额", None]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", METRICS)
def test_measures_of_support_say_what_is_granted_for_what(text: str, expected: list[str | None]) -> None:
    found = [one.metric for one in described(text, MEASURES)]
    assert [None if want is None else got for got, want in zip(found, expected, strict=True)] == expected


KINDS = [
    # a month in the case makes no fact of its bound
    ("商贸企业2023年9月零售额达到1000万元以上，且增速达5%以上的，给予3万元奖励。", ["standard"] * 3),
    ("零售额增速为正的（其中，汽车企业增速需达到10%），给予5万元奖励。", ["standard"] * 2),
]


def test_bounds_listed_as_a_standard_are_standing_rules() -> None:
    text = "养殖场按以下标准掌握：肉牛存栏120头以上；肉羊存栏600只以上。"
    assert [one.kind for one in described(text, "冷藏保鲜设施建设实施方案")] == ["standard", "standard"]


@pytest.mark.parametrize("text, expected", KINDS)
def test_a_bound_of_a_case_is_a_standing_rule(text: str, expected: list[str]) -> None:
    assert [one.kind for one in described(text, MEASURES)] == expected


LABELS = [
    # the label stands in the sentence, in the lead-in over the list, or in the heading
    ("场馆绿地率应当符合下列规定：甲类不低于22%；乙类不低于33%。", ["甲类绿地率", "乙类绿地率"]),
    (
        "建筑退让河道蓝线距离按照下列规定执行：\n（一）主干河道不小于12米；\n（二）支流不小于6米，沟渠不小于3米。",
        ["主干河道蓝线距离", "支流蓝线距离", "沟渠蓝线距离"],
    ),
    ("机动车停车位配建标准：住宅每户不少于1个。", ["住宅停车位配建标准"]),
    ("审核时限：7个工作日。", ["审核时限"]),
    ("住宿费标准：\n1.四人间每生每学年1100元；\n2.六人间700元。", ["四人间住宿费标准", "六人间住宿费标准"]),
    # a bound of another dimension takes nothing from the label, nor from the number before it
    ("停车收费标准：超过20分钟后每辆6元，不足1小时按1小时计费。", ["停车时长", "收费标准"]),
    # a measure of its own needs none
    ("绿地率应当符合下列规定：绿化覆盖率不低于40%。", ["绿化覆盖率"]),
]


@pytest.mark.parametrize("text, expected", LABELS)
def test_a_label_names_the_measure_of_what_stands_under_it(text: str, expected: list[str | None]) -> None:
    found = [one.metric for one in described(text, "青柯市建设管理技术规定")]
    assert [None if want is None else got for got, want in zip(found, expected, strict=True)] == expected
