"""Reports of progress: what was planned beside what was done, bases of comparison, classes in parallel; text → rows."""

from __future__ import annotations

import pytest

from tests.extractors.describing import described

NEWS = "重点工程推进情况"

ROWS = [
    # what a year's plan sets is a target, what was done of it a fact of the same thing
    ("全市重点项目60个，年度计划投资85亿元，1—8月完成投资52亿元。",
     [("fact", "重点项目"), ("target", None), ("fact", "完成投资")]),
    ("本年度计划新开工项目30个，实际已开工21个，开工率70%。",
     [("target", "新开工项目"), ("fact", "新开工项目"), ("fact", "项目开工率")]),
    ("我市计划新建公园12座，现已建成9座。", [("target", "新建公园"), ("fact", "建成公园")]),
    ("计划更新公交车300辆，已更新220辆。", [("target", "公交车"), ("fact", "公交车")]),
    ("计划新建或改造便利店80个，现已超额完成93个。", [("target", None), ("fact", "新建或改造便利店")]),
    ("占年度投资计划的61%。", [("fact", None)]),
    # a year that still runs
    ("今年预计建成2条高速公路，投资42亿元建设国省道9条，新增通车里程120公里。",
     [("target", "建成高速公路"), ("target", None), ("target", "建设国省道"), ("target", "新增通车里程")]),
    # the base of a comparison measures what was measured before
    ("一般公共预算收入完成1.2亿元，较上年决算1.3亿元，减收0.1亿元，减幅7.7%。",
     [("fact", "一般公共预算收入")] * 4),
    ("平均每个家庭户的人口为2.5人，比2010年第六次人口普查的2.9人减少0.4人。",
     [("fact", "平均每个家庭户的人口")] * 3),
    ("平均每个家庭户的人口为2.5人，比2010年的2.9人减少0.4人。", [("fact", "平均每个家庭户的人口")] * 3),
    # one of a class after another
    ("东部地区人口所占比重上升2.1个百分点，中部地区下降0.8个百分点。",
     [("fact", "人口所占比重"), ("fact", "人口所占比重")]),
    ("其中：12个项目建成投用，230个项目正在紧张建设，25个项目正在进行前期工作。",
     [("fact", "项目")] * 3),
    # what a list of accounts carries over, and the other side of an account
    ("上年结转2亿元，年终结转3亿元。", [("fact", "上年结转"), ("fact", "年终结转")]),
    ("省级一般公共预算收入和支出分别增长12.5%、17.1%。",
     [("fact", "省级一般公共预算收入"), ("fact", "省级一般公共预算支出")]),
    # a sentence that goes on with the change of what the one before told
    ("常住人口90万人，十年共增加9万人。平均每年增加0.9万人。", [("fact", "常住人口")] * 3),
    # comparisons and adverbs are no part of what is measured
    ("制造业增加值增长3%，高于全县规上工业增速2个百分点，较一季度和1—5月分别提高15和2个百分点。",
     [("fact", "制造业增加值"), ("fact", "制造业增加值增速"), ("fact", "制造业增加值"), ("fact", "制造业增加值")]),
    ("出口规模在历史同期首次突破3000亿元，达3080亿元。", [("fact", "出口规模")] * 2),
    ("3日8时至4日8时降雨300毫米。", [("fact", "降雨")]),
    # a change in one character, and in other words for one
    ("全区工业增加值增6.8%，固定资产投资降3.1%，其中民间投资升2.2%。",
     [("fact", "工业增加值"), ("fact", "固定资产投资"), ("fact", "民间投资")]),
    ("臭氧浓度同比降6微克/立方米，万元产值能耗0.42吨标准煤，降2.6%。",
     [("fact", "臭氧浓度"), ("fact", "万元产值能耗"), ("fact", "万元产值能耗")]),
    ("审批事项缩减80%，招收规模比上年扩大38.2%。", [("fact", "审批事项"), ("fact", "招收规模")]),
    ("轻工产值平均每年递增5.5%，重工产值计划提高3%。", [("fact", "轻工产值"), ("target", "重工产值")]),
    ("航班起降1.2万架次。", [("fact", "航班起降")]),
    # one pace against several bases
    ("全区生产总值增长6.3%，增速分别高于全市、全省0.7、1.2个百分点。",
     [("fact", "生产总值"), ("fact", "生产总值增速"), ("fact", "生产总值增速")]),
    ("固定资产投资增长5.4%，高于全国、全省平均水平1.6和0.8个百分点。",
     [("fact", "固定资产投资"), ("fact", "固定资产投资增速"), ("fact", "固定资产投资增速")]),
    # a part that has a verb of its own; money that is no bearer
    ("全力推进重点项目120个，其中新开工项目50个、竣工项目30个。",
     [("fact", "重点项目"), ("fact", "新开工项目"), ("fact", "竣工项目")]),
    ("引进企业3家，到位外资2500万美元，出口额达1.3亿美元。",
     [("fact", "引进企业"), ("fact", "到位外资"), ("fact", "出口额")]),
    # what a look back says is still to be done
    ("下半年，力争完成投资95亿元。", [("target", "完成投资")]),
    ("下一步，将新建公园14座。", [("target", "新建公园")]),
    # what names the currency, the area or the people is not what is measured
    ("涉案金额折合人民币3.6亿元。", [("fact", "涉案金额")]),
    ("全镇总人口4.8万，面积126平方公里。", [("fact", "总人口"), ("fact", "面积")]),
    ("过夜游客占34%。", [("fact", "过夜游客占比")]),
    ("2023年我县开展督查6轮次，通报典型案例6起，见案例6。", [("fact", "开展督查"), ("fact", "通报典型案例")]),
    ("签约项目13个，计划投资9亿元。", [("fact", "签约项目"), ("target", "计划投资")]),
    ("投资90亿元建设3条高速公路计120公里。",
     [("fact", "建设高速公路投资"), ("fact", "建设高速公路"), ("fact", "高速公路")]),
    ("将建议交由30个市直部门承办。", [("fact", "市直部门")]),
    # what was planned for a year gone by is told with what was done
    ("2021年，全市计划实施重点项目129个，开工123个。", [("fact", "实施重点项目"), ("fact", "开工重点项目")]),
]  # fmt: skip

SUBJECTS = [
    ("外县来镇务工人员为3.2万人，占常住人口的18%。", [None, None]),
    ("45个加快建设项目完成投资80亿元。", [None, None]),
    ("城建项目完成投资145亿元。", [None]),
    ("青柯产业园60万平方米标准厂房入驻46家企业。", ["青柯产业园", None]),
    ("包括：1、柳荫小区，居民90户，楼宇2栋。2、纺织厂家属区，居民60户，楼宇1栋。",
     ["柳荫小区", "柳荫小区", "纺织厂家属区", "纺织厂家属区"]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", SUBJECTS)
def test_classes_and_people_from_elsewhere_are_no_subjects(text: str, expected: list[str | None]) -> None:
    assert [one.subject for one in described(text, NEWS)] == expected


GRANTS = [
    ("新建床位达到100张以上、运营1年以上的，给予每张床位5000元的建设补贴；30张以上不足100张的，给予每张3000元补贴。",
     ["新建床位", "运营时间", "建设补贴", "新建床位", "新建床位", "新建床位补贴"]),
    ("运营补贴按实际使用床位每张每月200元。", ["运营补贴"]),
    ("对营业收入达到4000万元及以上且同比增长10%及以上的工业企业，给予一次性奖补20万元。", ["营业收入", "营业收入", None]),
    ("市总工会每年编列预算90万元用于职工培训补贴。", ["职工培训补贴预算"]),
    ("受训人员取得证书后3个月内，由单位提出申请。", ["申请期限"]),
    ("租金不得低于市场租金的60%，不得高于市场租金的80%。", ["租金占市场租金比例", "租金占市场租金比例"]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", GRANTS)
def test_steps_and_bases_of_grants(text: str, expected: list[str | None]) -> None:
    found = [one.metric for one in described(text, "青柯市养老服务扶持办法")]
    assert [None if want is None else got for got, want in zip(found, expected, strict=True)] == expected


@pytest.mark.parametrize("text, expected", ROWS)
def test_what_was_planned_and_what_was_done(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(one.kind, one.metric) for one in described(text, NEWS)]
    kept = [(kind, metric if want else None) for (kind, metric), (_, want) in zip(found, expected, strict=True)]
    assert kept == expected


PLANS_AND_SIGHTS = [
    # a plan told over semicolons, and works of a class that are no subjects
    ("我市计划完成土石方1300万方；修复水毁工程200处，除险加固病险水库10座；解决饮水安全人口9万人。",
     [("target", None), ("target", None), ("target", None), ("target", None)]),
    ("计划新建公园12座；新增绿地面积80万平方米，同比增长5%。", [("target", None), ("fact", None), ("fact", None)]),
    # sights by their names, with the days so far as the time
    ("青柯湖景区前4天累计接待13.9万人，门票收入120万元。", [("fact", "青柯湖景区"), ("fact", None)]),
    ("西门印象景区接待游客突破10万人次。", [("fact", "西门印象景区")]),
    ("红色旅游景区接待游客2万人次。", [("fact", None)]),
    ("小麦开镰收割，预计10日进入收获高峰期。", []),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", PLANS_AND_SIGHTS)
def test_plans_over_semicolons_and_sights(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(one.kind, one.subject) for one in described(text, NEWS)] == expected
