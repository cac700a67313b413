"""Target, standard or fact: by the words, the title, the column."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

PLAN, RULES, REPORT = "2024年工作要点", "生活垃圾管理办法", "2024年政府工作报告"
CASES = [
    (PLAN, "新建幼儿园6所。", ["target"]),
    (RULES, "发展目标。到2030年，灌溉体系基本完善。全市节水灌溉面积达到8万亩。", ["target"]),
    (RULES, "最高额度由40万元提高至55万元。", ["fact", "standard"]),
    (
        RULES,
        "由“按本市公布的上一年度职工月平均工资的10%核定”调整为“按本市公布的上一年度职工月平均工资的12%核定”。",
        ["fact", "standard"],
    ),
    (PLAN, "2024年9月30日之前已改制的企业，可继续免征三年房产税。", ["standard"]),
    (PLAN, "双职工贷款最高额度提高到65万元。", ["standard"]),
    (PLAN, "入围单位为2家的，采用竞争性磋商。", ["standard"]),
    (PLAN, "评估周期为2年。", ["standard"]),
    (PLAN, "部品应用比例不应低于50%。", ["standard"]),
    (PLAN, "对在我区就业（缴纳社保6个月及以上）的毕业生发放补贴。", ["standard"]),
    (PLAN, "占比10%—20%（不含）得4分，低于5%不得分。", ["standard", "standard", "standard"]),
    ("关于节水技术的复函", "预计每年可实现经济效益4200万元。", ["fact"]),
    ("关于支持购房的通知", "自本通知发布之日起6个月内购买首套住房的，给予补贴3万元。", ["standard", "standard"]),
    (RULES, "各地要在本意见印发之日起30日内，制定实施办法。", ["target"]),
    (RULES, "引导合作机构逐步将平均担保费率降至1%以下。", ["target"]),
    (RULES, "原则上每个省（自治区、直辖市）培育一家龙头机构。", ["target"]),
    (RULES, "争取三年内实现业务全覆盖。", ["target"]),
    (PLAN, "教师应从具有3年以上企业工作经历的人员中招聘。", ["standard"]),
    (PLAN, "实践课时原则上占总课时一半以上。", ["standard"]),
    (PLAN, "公办学校招生计划总数为135个。", ["target"]),
    (PLAN, "三年内新材料产业产值突破800亿元。", ["target", "target"]),
    (PLAN, "门诊候诊时间缩短至25分钟以内。", ["target"]),
    (PLAN, "栽插密度每亩不少于1.2万穴。", ["standard"]),
    (PLAN, "投资额2000万元以上的项目由区领导每月调度1次。", ["standard", "standard"]),
    (PLAN, "引水线路全长58.6公里。", ["fact"]),
    (PLAN, "我国60周岁以上人口2.4亿，养老床位紧缺。为促进发展，现提出以下意见：", ["fact"]),
    (RULES, "截至2024年3月底，贷款余额达54亿元。", ["fact"]),
    (PLAN, "在养老机构从业满5年的护理员给予入职补贴。", ["standard"]),
    (
        "关于《青柯市国土空间总体规划（2021—2035年）》的批复",
        "开发边界倍数控制在基于2020年用地规模的1.3倍以内，用水总量不超过5亿立方米。",
        ["target", "target"],
    ),
    ("关于设立开发区的批复", "同意安排投资3亿元。核定出口配额12万吨。", ["target", "target"]),
    (PLAN, "电网具备4%以上的需求侧响应能力。", ["target"]),
    (RULES, "2024年新增担保额不低于300亿元。", ["target"]),
    (REPORT, "2023年，养老金由每人每月118元提高到136元。", ["fact", "fact"]),
    ("促进消费若干政策措施", "贷款费率不高于0.9%。", ["standard"]),
    (PLAN, "城市低保标准由每人每月710元提高到780元。", ["fact", "standard"]),
    (PLAN, "污水处理率由71%提高到80%。", ["fact", "target"]),
    (PLAN, "对新认定的企业一次性奖励10万元。", ["standard"]),
    (PLAN, "争取上级补助资金62亿元。", ["target"]),
    (PLAN, "转移支付增幅明显高于去年，县级财力奖补资金增幅超过10%。", ["target"]),
    (PLAN, "城市公共交通分担率达到30%。", ["target"]),
    (PLAN, "法人社会团体应有10万元以上资金，任期一般不超过两届。", ["standard", "standard"]),
    (PLAN, "每月调度1次。", ["standard"]),
    (PLAN, "每年引进品牌首店不少于20家。", ["target"]),
    (PLAN, "推进总投资约110亿元的36个重点项目。", ["fact", "target"]),
    (PLAN, "2023年，全区实现税收41亿元。", ["fact"]),
    (PLAN, "投诉须在3个工作日内办结。", ["standard"]),
    (RULES, "单位擅自倾倒垃圾的，处二千元以上一万元以下罚款。", ["standard", "standard"]),
    (RULES, "收集容器容积不少于120升。", ["standard"]),
    (REPORT, "产量65.2万吨，同比增长5.1%。", ["fact", "fact"]),
    (PLAN, "企业名称\t2023年产值（万元）\t2024年产值目标（万元）\n青岚电机\t3400\t4000", ["fact", "target"]),
    # what measures of a policy bring about by a year or in a year is planned; what they grant, and whom, stands
    ("促进消费若干政策措施", "到2027年培育龙头企业30家。", ["target"]),
    ("促进消费若干政策措施", "2024年新增社区托育点20家。", ["target"]),
    ("促进消费若干政策措施", "实施城中村改造1.6万户，推进老旧小区改造120个。", ["target", "target"]),
    ("促进消费若干政策措施", "新建充电桩500个以上的企业，给予一次性奖励10万元。", ["standard", "standard"]),
    ("促进消费若干政策措施", "到2025年止，每户给予补贴3000元。", ["standard"]),
    (PLAN, "力争到2026年培育10个以上年产值超十亿元、2个以上年产值超百亿元的龙头企业。", ["target"] * 3),
    (PLAN, "对75个已命名的特色村进行复核。", ["fact"]),
    (PLAN, "与用人单位签订5年以上劳动合同的，可申请公寓。", ["standard"]),
    (PLAN, "姓名\t奖金（元）\n方砚\t5000", ["standard"]),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES)
def test_kinds(title: str, text: str, expected: list[str]) -> None:
    assert [quantity.kind for quantity in described(text, title)] == expected
