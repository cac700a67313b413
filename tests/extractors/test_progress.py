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
    # one of a class after another
    ("东部地区人口所占比重上升2.1个百分点，中部地区下降0.8个百分点。",
     [("fact", "东部地区人口所占比重"), ("fact", "中部地区人口所占比重")]),
    ("其中：12个项目建成投用，230个项目正在紧张建设，25个项目正在进行前期工作。",
     [("fact", "项目")] * 3),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", ROWS)
def test_what_was_planned_and_what_was_done(text: str, expected: list[tuple[str, str | None]]) -> None:
    found = [(one.kind, one.metric) for one in described(text, NEWS)]
    kept = [(kind, metric if want else None) for (kind, metric), (_, want) in zip(found, expected, strict=True)]
    assert kept == expected
