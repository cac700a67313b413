"""Results against aims, changes of accounts, and parts that bodies and places have of the whole before."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.extractors.describing import described
from tests.segmentation.support import source_of

Said = tuple[str | None, str, str, str | None]
TITLE = "2024年1-6月财政收支情况"

AIMS: list[tuple[str, list[Said]]] = [
    (
        "全县一般公共预算收入累计完成24亿元,完成年初预算数60亿元的40%,比上年减收2000万元,下降4%。",
        [
            (None, "一般公共预算收入", "level", None),
            (None, "一般公共预算收入年初预算数", "level", None),
            (None, "一般公共预算收入完成年初预算数比例", "share", None),
            (None, "一般公共预算收入", "change", "down"),
            (None, "一般公共预算收入", "growth", "down"),
        ],
    ),
    (
        "截至6月底,全州已开工7万户,占今年8万户任务数的80%,已竣工1万户。",
        [
            (None, "开工", "level", None),
            (None, "开工任务数", "level", None),
            (None, "开工完成任务数比例", "share", None),
            (None, "竣工", "level", None),
        ],
    ),
    (
        "城镇登记失业率控制在3.3%,比年目标任务4%低0.7个百分点,失业人员再就业6650人。",
        [
            (None, "城镇登记失业率", "share", None),
            (None, "城镇登记失业率年目标任务", "share", None),
            (None, "城镇登记失业率", "change", "down"),
            (None, "失业人员再就业", "level", None),
        ],
    ),
    (
        "基金收入完成220万元,完成年初预算150万元的146%,完成调整预算的100%,比上年120万元增加100万元。",
        [
            (None, "基金收入", "level", None),
            (None, "基金收入年初预算", "level", None),
            (None, "基金收入完成年初预算比例", "share", None),
            (None, "基金收入完成调整预算比例", "share", None),
            (None, "基金收入", "level", None),
            (None, "基金收入", "change", "up"),
        ],
    ),
    (
        "全市一般公共预算支出102亿元,完成年初预算36.7%,快于序时进度3.4个百分点,下降4%。",
        [
            (None, "一般公共预算支出", "level", None),
            (None, "一般公共预算支出完成年初预算比例", "share", None),
            (None, "一般公共预算支出快于序时进度", "change", "up"),
            (None, "一般公共预算支出", "growth", "down"),
        ],
    ),
    (
        "教育支出20亿元,占一般公共预算支出的18%。",
        [(None, "教育支出", "level", None), (None, "教育支出占一般公共预算支出比重", "share", None)],
    ),
]
PARTS: list[tuple[str, list[Said]]] = [
    (
        "全县完成财政收入2.9亿元,增长6%。其中,国税完成1.1亿元,完成年初预算的25%,较上年同期增收1423万元;"
        "地税完成1.4亿元,同比下降11%。",
        [
            (None, "财政收入", "level", None),
            (None, "财政收入", "growth", "up"),
            ("国税", "财政收入", "level", None),
            ("国税", "财政收入完成年初预算比例", "share", None),
            ("国税", "财政收入", "change", "up"),
            ("地税", "财政收入", "level", None),
            ("地税", "财政收入", "growth", "down"),
        ],
    ),
    (
        "未整改问题13个。其中,东河区2个、文旅区1个、市城投公司2个、市禁烧办1个。",
        [
            (None, "未整改问题", "level", None),
            ("东河区", "未整改问题", "level", None),
            ("文旅区", "未整改问题", "level", None),
            ("市城投公司", "未整改问题", "level", None),
            ("市禁烧办", "未整改问题", "level", None),
        ],
    ),
    (
        "一般公共预算收入8亿元,增长2%。其中:增值税3亿元,企业所得税完成1亿元。",
        [
            (None, "一般公共预算收入", "level", None),
            (None, "一般公共预算收入", "growth", "up"),
            (None, "增值税", "level", None),
            (None, "企业所得税", "level", None),
        ],
    ),
]


@pytest.mark.parametrize("text, expected", [*AIMS, *PARTS], ids=lambda value: value if isinstance(value, str) else "")
def test_results(text: str, expected: list[Said]) -> None:
    """Subject, metric, transformation and direction of each number."""
    said = [(one.subject, one.metric, one.transformation, one.direction) for one in described(text, TITLE)]
    assert said == expected


LINES: list[tuple[str, list[str]]] = [
    (
        "*为8个住宅小区新增充电设施\n*改造11家农村薄弱养老机构\n*50张认知症老人照料床位",
        ["住宅小区新增充电设施", "农村薄弱养老机构", "认知症老人照料床位"],
    ),
    (
        "完成30台多层住宅电梯加装工作、9家社区卫生服务中心消防设施改造工作\n完成1.3万户农村生活污水处理设施改造\n新增就业9000人",
        ["多层住宅电梯加装工作", "社区卫生服务中心消防设施改造工作", "农村生活污水处理设施改造", "新增就业"],
    ),
]


@pytest.mark.parametrize("text, expected", LINES, ids=range(len(LINES)))
def test_lines_of_a_list_without_marks_at_their_end(text: str, expected: list[str]) -> None:
    """The words of one line reach no number of the next."""
    rows = process(source_of(f"2024年实事项目安排\n现将今年的安排公布如下。\n{text}\n"))["quantities"].to_pylist()
    assert [row["metric"] for row in rows] == expected


WORDS: list[tuple[str, list[tuple[str, str]]]] = [
    ("年末存栏羊30万、牛2.5万、猪8万头。", [("存栏羊", "头"), ("牛", "头"), ("猪", "头")]),
    ("经济总量居全省第3位,发电量120亿千瓦时;粮食产量居全省第2位,单产500公斤。",
     [("经济总量", "名次"), ("发电量", "千瓦时"), ("粮食产量", "名次"), ("粮食单产", "公斤")]),
    ("将企业投资类、政府投资类(含市政)、一般工业类等3类项目的办理时间分别压缩至30、20、10个工作日。",
     [("项目", "类"), ("企业投资类项目的办理时间", "个工作日"), ("政府投资类项目的办理时间", "个工作日"),
      ("一般工业类项目的办理时间", "个工作日")]),
    ("采矿业增加值占比达96%,同比下降15%,特别是煤炭开采业占比为95%。",
     [("采矿业增加值占比", "%"), ("采矿业增加值", "%"), ("煤炭开采业占比", "%")]),
    ("全镇总产值1亿元,其中牧业产值3400万元,人均收入3000元。", [("总产值", "元"), ("牧业产值", "元"), ("人均收入", "元")]),
    ("改良母牛1950头,参配率达100%,受胎率90%以上。", [("改良母牛", "头"), ("参配率", "%"), ("母牛受胎率", "%")]),
    ("新增就业1.1万人,困难人员再就业2006人,分别完成年计划的76%、80%。",
     [("新增就业", "人"), ("困难人员再就业", "人"), ("新增就业完成年计划比例", "%"), ("困难人员再就业完成年计划比例", "%")]),
    ("完成公路预防性养护21公里,完成投资387万元。", [("公路预防性养护", "公里"), ("公路预防性养护完成投资", "元")]),
    ("全镇371户1080人贫困人口脱贫。", [("贫困人口脱贫", "户"), ("贫困人口脱贫", "人")]),
    ("全镇20个社区居委会已基本实现了路面硬化,其他专项1.7亿元。", [("社区居委会", "个"), ("其他专项", "元")]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", WORDS, ids=lambda value: value if isinstance(value, str) else "")
def test_words_of_bulletins(text: str, expected: list[tuple[str, str]]) -> None:
    """Metric and unit of each number."""
    assert [(one.metric, one.unit) for one in described(text, TITLE)] == expected


REVISED: list[tuple[str, list[tuple[str | None, str]]]] = [
    ("完成投资5.6亿元,比年度计划高12个百分点。", [(None, "完成投资"), (None, "完成投资")]),
    ("预算收入由年初的1亿元调整为1.2亿元,调增2000万元;专项转移支付由年初3亿元调整4亿元,调增1亿元。",
     [(None, "预算收入")] * 3 + [(None, "专项转移支付")] * 3),
    ("全县财政总收入18亿元,比年初预算12亿元,调增6亿元。",
     [(None, "财政总收入"), (None, "财政总收入年初预算"), (None, "财政总收入")]),
    ("青石河下游防洪三期工程完成投资1.2亿元,占总投资的61%。青河大坝工程通过竣工验收,完成投资2380万元。",
     [("青石河下游防洪三期工程", "完成投资"), ("青石河下游防洪三期工程", "完成投资占总投资比重"), ("青河大坝工程", "完成投资")]),
    ("北岸防洪工程完成1550万元;南溪治理项目总投资5亿元。", [("北岸防洪工程", "完成投资"), ("南溪治理项目", "总投资")]),
    ("医疗机构床位1225张,其中,二级医院499张、民营医院80张。",
     [(None, "医疗机构床位"), (None, "二级医院床位"), (None, "民营医院床位")]),
    ("配套资金到位率86.8%,其中大型91.7%、小型78.1%。",
     [(None, "配套资金到位率"), (None, "大型到位率"), (None, "小型到位率")]),
    ("新建标准化茶厂2座,带动茶农户均增收1.2万元。", [(None, "新建标准化茶厂"), (None, "带动茶农户均增收")]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", REVISED, ids=lambda value: value if isinstance(value, str) else "")
def test_revisions_and_works(text: str, expected: list[tuple[str | None, str]]) -> None:
    """Subject and metric of each number."""
    assert [(one.subject, one.metric) for one in described(text, TITLE)] == expected


def test_a_line_names_the_work_that_is_told_of_below() -> None:
    """Until the next line or heading."""
    text = "2023年民生实事项目\n现将完成情况公布如下。\n实事之一\n绿道提升工程\n全长12公里。\n实事之二\n青柯示范园项目\n总投资2亿元。\n三、其他工作\n全年新增就业3000人。\n"
    rows = process(source_of(text))["quantities"].to_pylist()
    assert [row["subject"] for row in rows] == ["绿道提升工程", "青柯示范园项目", None]
