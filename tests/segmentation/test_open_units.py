"""Notes of several units: settled by the columns, else a problem of the table."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from tests.segmentation.support import source_of

HEAD = "青泽县统计局关于公布数据的通知\n青统〔2024〕3号\n各乡镇人民政府：\n现将数据公布如下：\n表1　主要指标\n"
CASES = [
    # as many columns as units, units that the headers name, one unit left over, ratios: settled
    ("单位：公顷、吨\n作物\t甲\t乙\n水稻\t120\t860\n玉米\t200\t930\n", []),
    ("单位：万元、人\n乡镇\t投资额\t就业人数\t其他\n云溪镇\t120\t86\t3\n和平镇\t200\t93\t4\n", []),
    ("单位：万元、%\n行业\t产值\t税收\t增速\n纺织\t120\t86\t3.1\n化工\t200\t93\t4.2\n", []),
    ("单位：万元、人\n指标\t2022\t2023\t2024\n投资（万元）\t120\t86\t3\n就业（人）\t200\t93\t4\n", []),
    # neither header nor row says which: a problem
    ("单位：万元、人\n乡镇\t甲\t乙\t丙\n云溪镇\t120\t86\t3\n和平镇\t200\t93\t4\n", [1, 2, 3]),
    ("单位：万元、吨\n乡镇\t就业人数\t乙\t丙\n云溪镇\t120\t86\t3\n和平镇\t200\t93\t4\n", [2, 3]),
]


@pytest.mark.parametrize(("rows", "columns"), CASES)
def test_units_that_a_note_leaves_open(rows: str, columns: list[int]) -> None:
    problems = [p for p in segment(source_of(HEAD + rows)).problems if "is a guess" in p.message]
    told = [f"the unit of column {', '.join(map(str, columns))} is a guess"] if columns else []
    assert [problem.message.partition(": ")[2] for problem in problems] == told
    assert all((p.category, p.severity) == ("unknown_unit", "warning") and p.span is not None for p in problems)


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("单位：亩\n项目\t2022\t2023\n耕地\t120\t86\n征地补偿支出\t30\t31\n", "征地补偿支出"),
        ("单位：万元\n乡镇\t投资额\t就业人数\n云溪镇\t120\t86\n和平镇\t200\t93\n", "就业人数"),
        ("单位：万元\n项目\t2022\t2023\n财政收入\t120\t86\n增长率\t3.0\t3.1\n面积（亩）\t5\t6\n", None),
        ("单位：万元、人\n乡镇\t投资额\t就业人数\n云溪镇\t120\t86\n和平镇\t200\t93\n", None),
    ],
)
def test_names_that_a_note_does_not_fit(rows: str, names: str | None) -> None:
    problems = [p for p in segment(source_of(HEAD + rows)).problems if p.category == "unknown_unit"]
    told = [f"set aside for {names}, whose name says another quantity"] if names else []
    assert [problem.message.partition(": ")[2] for problem in problems] == told


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "项目\t投资\t面积\n\t（万元）\t（万平方米）\n大桥\t5600\t1.2\n医院\t3800\t2.5\n",
            (2, ("投资", "（万元）"), None),
        ),
        ("指标\t产值\t人口\n计量单位\t万元\t人\n云溪镇\t5600\t12\n和平镇\t380\t25\n", (2, ("产值", "万元"), None)),
        ("项目\t投资\t面积\n大桥\t万元\t亩\n医院\t3800\t2.5\n", (1, ("投资",), None)),  # a row with a name of its own
        (
            "单位：亿元\n债务限额\n地区\t一般债务\t专项债务\n云溪镇\t12.5\t7.0\n和平镇\t20.0\t8\n",
            (1, ("一般债务",), "单位：亿元"),
        ),
    ],
)
def test_units_in_a_row_of_the_head_and_in_a_note_over_the_title(
    rows: str, expected: tuple[int, tuple[str, ...], str]
) -> None:
    (table,) = segment(source_of(HEAD + rows)).documents[0].tables
    headers = next(cell.header for cell in table.cells if cell.column == 1 and not cell.is_header)
    assert (table.header_rows, headers, table.unit_note) == expected
