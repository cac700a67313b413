"""Tables copied from a page with a cell a line: found where their columns are certain, else a problem."""

from __future__ import annotations

import pytest

from pipeline.segmentation import segment
from schemas.records import Issue
from tests.segmentation.support import assert_sound, source_of

NOTICE = "青柳县人民政府关于下达任务的通知\n\n青政发〔2024〕3号\n\n各乡镇人民政府：\n\n现将任务下达给你们。\n\n青柳县人民政府\n\n2024年3月5日\n\n附件\n\n青柳县任务清单\n\n"
SERIAL = [
    "序号",
    "任 务",
    "牵头单位",
    "1",
    "修渠",
    "县水利局",
    "一、教育方面（共2项）",
    "2",
    "建校",
    "县教育局",
    "3",
    "招生",
    "县教育局",
]
FIGURES = ["单位：人", "乡镇", "2023年招生", "扩招", "分年任务", "2024年", "2025年"]
ROWS = ["合计", "90", "30", "40", "50", "东镇", "45（实招40）", "10", "20", "25", "西镇", "45", "20", "20", "—"]


def _read(cells: list[str], gap: str = "\n\n") -> Issue:
    issue = segment(source_of(NOTICE + gap.join(cells) + "\n"))
    assert_sound(issue)
    return issue


def _rows(issue: Issue) -> list[list[str]]:
    (table,) = issue.documents[0].tables
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.reading.text)
    return rows


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_rows_that_a_serial_opens(gap: str) -> None:
    issue = _read(SERIAL, gap)
    (table,) = issue.documents[0].tables
    assert (table.n_rows, table.n_columns, table.header_rows) == (5, 3, 1)
    assert _rows(issue)[1:4] == [["1", "修渠", "县水利局"], ["一、教育方面（共2项）"], ["2", "建校", "县教育局"]]
    assert {cell.header for cell in table.cells if cell.column == 2 and not cell.is_header} == {("牵头单位",)}


def test_rows_left_out_and_a_last_column_that_is_often_empty() -> None:
    head = ["编号", "横坐标", "纵坐标", "说明"]
    rows = [
        "1",
        "15.5",
        "103.5",
        "2",
        "14.5",
        "103.0",
        "起点",
        "3",
        "13.5",
        "102.5",
        "二、其他方面",
        "7",
        "12.5",
        "101.5",
        "终点",
    ]
    issue = _read(head + rows)
    assert _rows(issue)[1:] == [["1", "15.5", "103.5", ""], ["2", "14.5", "103.0", "起点"], ["3", "13.5", "102.5", ""], ["二、其他方面"], ["7", "12.5", "101.5", "终点"]]  # fmt: skip


def test_names_with_as_many_figures_each() -> None:
    issue = _read(FIGURES + ROWS)
    (table,) = issue.documents[0].tables
    assert (table.n_rows, table.n_columns, table.header_rows, table.unit_note is not None) == (5, 5, 2, True)
    last = [cell for cell in table.cells if cell.column == 4 and not cell.is_header]
    assert [(cell.reading.text, cell.row_label) for cell in last] == [("50", "合计"), ("25", "东镇"), ("—", "西镇")]
    assert last[0].header == ("分年任务", "2025年")


@pytest.mark.parametrize(
    "cells",
    [
        FIGURES[:3] + ROWS,  # fewer heads than columns
        FIGURES + ROWS[:8] + ROWS[9:],  # a row that lacks a figure
    ],
)
def test_columns_that_are_not_certain_are_a_problem(cells: list[str]) -> None:
    issue = _read(cells)
    assert not issue.documents[0].tables
    assert [problem.severity for problem in issue.problems if problem.category == "table_shape"] == ["warning"]


@pytest.mark.parametrize(
    "lines",
    [
        ["一、修渠", "县水利局负责。", "二、建校", "县教育局负责。"],
        ["序号使用规则", "1", "修渠。", "2", "建校。"],
        ["优惠对象", "0", "1", "多子女家庭", "0", "2", "新市民"],
    ],
)
def test_other_short_lines_are_no_table(lines: list[str]) -> None:
    issue = _read(lines)
    assert not issue.documents[0].tables
    assert not [problem for problem in issue.problems if problem.category == "table_shape"]
