"""Tables as offices print them: what names their rows, what goes on another table, figures with marks, titles above."""

from __future__ import annotations

import pytest

from pipeline.process import process
from tests.segmentation.support import source_of

HEAD = "青泽县财政局关于公布资金安排的通知\n青财〔2024〕3号\n各乡镇人民政府：\n现将安排情况公布如下：\n"
LABELS = [
    ("单位\t金额（万元）\n云溪镇\t120\n和平镇\t200\n", ["云溪镇", "和平镇"]),
    ("序号\t用人单位\t人数\n1\t县医院\t4\n2\t县档案馆\t3\n", ["县医院", "县档案馆"]),
    ("单位\t金额（万元）\t单位\t金额（万元）\n云溪镇\t120\t和平镇\t200\n南塘乡\t31\t北塘乡\t42\n", ["云溪镇", "和平镇", "南塘乡", "北塘乡"]),
    ("指标\t单位\t数量\n水稻\t万吨\t120\n玉米\t吨\t200\n", ["水稻", "玉米"]),
    ("项目\t责任单位\t投资（万元）\n大桥\t县交通局\t120\n医院\t县卫健局\t200\n", ["大桥", "医院"]),
]  # fmt: skip


@pytest.mark.parametrize("case", range(len(LABELS)))
def test_a_column_of_bodies_names_rows_where_nothing_else_does(case: int) -> None:
    rows, expected = LABELS[case]
    found = process(source_of(HEAD + "表1　安排情况\n" + rows))
    cells = {(c["table_id"], c["row"], c["column"]): c for c in found["table_cells"].to_pylist()}
    values = found["quantities"].to_pylist()
    assert [cells[v["table_id"], v["row"], v["column"]]["row_label"] for v in values] == expected


FIRST = "表1　安排情况\n单位：万元\n乡镇\t水利\t道路\n云溪镇\t120\t35\n和平镇\t200\t42\n\n"
GOING_ON = [
    ("续表1\n\n乡镇\t水利\t道路\n南塘乡\t31\t52\n北塘乡\t42\t63\n", 310000.0),
    ("表1　安排情况（续一）\n\n乡镇\t电力\t通信\n南塘乡\t31\t52\n北塘乡\t42\t63\n", 310000.0),
    ("（续上表）\n\n乡镇\t电力\t通信\n南塘乡\t31\t52\n北塘乡\t42\t63\n", 310000.0),
    ("续表1\n单位：亿元\n乡镇\t水利\t道路\n南塘乡\t31\t52\n北塘乡\t42\t63\n", 3100000000.0),
    ("表2　水库座数\n\n乡镇\t中型\t小型\n南塘乡\t31\t52\n北塘乡\t42\t63\n", 31.0),
]


@pytest.mark.parametrize("case", range(len(GOING_ON)))
def test_a_table_that_goes_on_another_has_its_unit(case: int) -> None:
    rows, expected = GOING_ON[case]
    values = process(source_of(HEAD + FIRST + rows))["quantities"].to_pylist()
    assert [value["low"] for value in values if value["text"] == "31"] == [expected]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ("（42）\t△3", "（42）、△3"),
        ("↓4.5\t12（其中6）", "↓4.5、12（其中6）"),
        ("42\t-3", None),
        ("—\t…", None),
        ("12①\t3万元（含税）", None),
    ],
)
def test_figures_with_marks_that_leave_open_what_they_say_are_told(cells: str, told: str | None) -> None:
    rows = f"单位：万元\n乡镇\t2023年\t2024年\n云溪镇\t120\t35\n和平镇\t{cells}\n"
    problems = process(source_of(HEAD + "表1　安排情况\n" + rows))["problems"].to_pylist()
    found = [p["message"].partition(": ")[2] for p in problems if "marks" in p["message"]]
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("青泽县2024年决算公告\n\n表1　支出情况\n单位：万元\n项目\t金额\n教育\t31\n卫生\t42\n", "青泽县2024年决算公告"),
        ("青泽县水利概况\n单位：万元\n项目\t金额\n教育\t31\n卫生\t42\n", "青泽县水利概况"),
        ("青泽县2024年国民经济和社会发展\n\n统计公报\n\n全县概况\n\n一、综合\n\n全县有水库3座。\n", "青泽县2024年国民经济和社会发展统计公报"),
        ("青泽县城市更新方案\n\n（征求意见稿）\n\n一、目标\n\n改造住房31套。\n", "青泽县城市更新方案（征求意见稿）"),
    ],
)  # fmt: skip
def test_a_title_without_a_number_ends_above_what_follows(text: str, title: str) -> None:
    assert [one["title"] for one in process(source_of(text))["documents"].to_pylist()] == [title]
