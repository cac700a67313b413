"""Five yearly reports of one invented city: each plans its year and looks back on the last, in wordings that change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.auditing.folders import made

YEARS = range(2019, 2024)
CHINESE = {2019: "二〇一九", 2020: "二〇二〇", 2021: "二〇二一", 2022: "二〇二二", 2023: "二〇二三"}


@dataclass(frozen=True)
class Said:
    """What a report says of one metric: as it looks back, as it plans; ``{0}`` is the value."""

    code: str
    review: tuple[str, ...]
    plan: tuple[str, ...]
    outcomes: tuple[float, ...]
    targets: tuple[float, ...]
    """One a year of :data:`YEARS`: outcomes of the year before, targets of the year."""


SAID = (
    Said("gdp", ("地区生产总值增长{0}%", "全市生产总值比上年增长{0}%", "预计地区生产总值增长{0}%左右"),
         ("地区生产总值增长{0}%左右", "全市地区生产总值增长{0}%以上", "生产总值预期增长{0}%"),
         (7.9, 7.1, 3.2, 8.4, 4.1), (7.5, 6.5, 7.0, 6.0, 5.5)),
    Said("va_industry_above_size", ("规模以上工业增加值增长{0}%", "规上工业增加值同比增长{0}%"),
         ("规模以上工业增加值增长{0}%以上", "规上工业增加值增长{0}%"),
         (8.6, 8.1, 4.4, 9.3, 6.7), (8.5, 7.5, 8.0, 7.0, 7.0)),
    Said("fai", ("固定资产投资增长{0}%", "完成固定资产投资同比增长{0}%"),
         ("固定资产投资增长{0}%", "固定资产投资增速保持在{0}%以上"),
         (10.2, 9.4, 6.1, 11.0, 7.8), (10.0, 9.0, 9.0, 8.5, 8.0)),
    Said("retail_sales", ("社会消费品零售总额增长{0}%", "社会消费品零售总额同比增长{0}%"),
         ("社会消费品零售总额增长{0}%左右", "社会消费品零售总额增长{0}%以上"),
         (9.7, 9.1, -2.6, 12.4, 2.3), (10.0, 9.0, 9.0, 8.0, 7.5)),
    Said("revenue_general", ("地方一般公共预算收入增长{0}%", "一般公共预算收入同比增长{0}%"),
         ("一般公共预算收入增长{0}%", "地方一般公共预算收入增长{0}%以上"),
         (6.3, 5.2, 1.4, 7.7, 3.8), (6.0, 5.0, 5.0, 4.5, 5.0)),
    Said("income_urban", ("城镇居民人均可支配收入增长{0}%",), ("城镇居民人均可支配收入增长{0}%左右",),
         (8.2, 8.4, 5.1, 8.9, 4.6), (8.0, 8.0, 7.5, 7.0, 6.5)),
    Said("income_rural", ("农村居民人均可支配收入增长{0}%",), ("农村居民人均可支配收入增长{0}%以上",),
         (9.1, 9.6, 7.7, 10.2, 6.9), (9.0, 9.0, 8.5, 8.0, 7.5)),
    Said("cpi", ("居民消费价格上涨{0}%", "居民消费价格涨幅为{0}%"), ("居民消费价格涨幅控制在{0}%左右", "居民消费价格涨幅{0}%以内"),
         (2.1, 2.8, 2.4, 0.9, 1.9), (3.0, 3.0, 3.5, 3.0, 3.0)),
    Said("new_urban_jobs", ("城镇新增就业{0}万人", "新增城镇就业{0}万人"), ("城镇新增就业{0}万人以上", "全年城镇新增就业{0}万人"),
         (5.6, 5.9, 5.2, 5.8, 5.4), (5.5, 5.5, 5.0, 5.2, 5.3)),
    Said("unemployment_registered", ("年末城镇登记失业率{0}%", "城镇登记失业率为{0}%"), ("城镇登记失业率控制在{0}%以内",),
         (3.3, 3.1, 3.9, 3.6, 3.5), (4.0, 4.0, 4.5, 4.2, 4.2)),
)  # fmt: skip

REPORT = """政府工作报告

——{chinese}年一月十六日在云川市第六届人民代表大会第{session}次会议上

云川市市长　沈望舒

各位代表：

现在，我代表市人民政府，向大会报告工作，请予审议。

一、{last}年工作回顾

过去一年，我们攻坚克难、稳中求进。{review}。

城乡面貌持续改善，群众获得感不断增强。

二、{year}年工作安排

今年全市经济社会发展的主要预期目标是：{plan}。

为实现上述目标，重点抓好以下工作。

（一）做强实体经济。培育壮大先进制造业。

（二）办好民生实事。加快补齐短板。
"""


def report(year: int) -> str:
    """The report of *year*."""
    number = year - YEARS[0]
    review = "；".join(
        said.review[number % len(said.review)].format(said.outcomes[number])
        if said.outcomes[number] >= 0
        else said.review[number % len(said.review)].replace("增长", "下降").format(-said.outcomes[number])
        for said in SAID
    )
    plan = "，".join(said.plan[number % len(said.plan)].format(said.targets[number]) for said in SAID)
    return REPORT.format(
        chinese=CHINESE[year], session="一二三四五"[number], last=year - 1, year=year, review=review, plan=plan
    )


def write_reports(folder: Path) -> Path:
    """*folder* with the five reports."""
    for year in YEARS:
        made(folder, report(year), f"yunchuan-{year}.txt", year)
    return folder


def expected() -> dict[tuple[str, str], tuple[float, float]]:
    """Target and outcome by metric's code and year, of the years that a later report looks back on."""
    return {
        (said.code, str(year)): (said.targets[number], said.outcomes[number + 1])
        for said in SAID
        for number, year in enumerate(YEARS[:-1])
    }
