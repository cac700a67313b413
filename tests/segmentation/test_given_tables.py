"""Tables that the reader of a structured format found are taken as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.segmentation import segment
from pipeline.segmentation.clauses.table_lines import is_of_table
from pipeline.segmentation.lines.lines import printed, split_lines
from schemas.records import SourceCell, SourceTable
from schemas.spans import Span
from tests.segmentation.support import assert_sound, source_of

TEXT = "某县人民政府关于下达任务的通知\n\n某政发〔2024〕3号\n\n各乡镇人民政府：\n\n现将任务下达给你们。\n\n乡镇\t任务\n东镇\t5\n西镇\n\n某县人民政府\n\n2024年3月5日\n"


def test_merged_cells_of_a_reader() -> None:
    start = TEXT.index("乡镇\t任务")
    end = TEXT.index("西镇") + 2

    def cell(row: int, column: int, text: str, row_span: int = 1) -> SourceCell:
        at = TEXT.index(text, start)
        return SourceCell(row, column, row_span, 1, Span(at, at + len(text)))

    cells = (cell(0, 0, "乡镇"), cell(0, 1, "任务"), cell(1, 0, "东镇"), cell(1, 1, "5", 2), cell(2, 0, "西镇"))
    source = replace(source_of(TEXT), tables=(SourceTable(Span(start, end), 3, 2, cells, 1),))
    issue = segment(source)
    assert_sound(issue)
    (table,) = issue.documents[0].tables
    assert (table.n_rows, table.n_columns, table.header_rows) == (3, 2, 1)
    assert [(c.row, c.column, c.row_span, c.reading.text) for c in table.cells] == [
        (0, 0, 1, "乡镇"), (0, 1, 1, "任务"), (1, 0, 1, "东镇"), (1, 1, 2, "5"), (2, 0, 1, "西镇"),
    ]  # fmt: skip
    assert [c.row_label for c in table.cells if c.row == 2] == ["西镇"]
    assert [[c.reading.text for c in table.covering(row)] for row in (1, 2)] == [["东镇", "5"], ["西镇", "5"]]
    assert all(c.header == ("任务",) for c in table.covering(2) if c.column == 1)
    assert str(issue.documents[0].signed_date) == "2024-03-05"


MERGED = "某区人民政府办公室关于下达任务的通知\n\n某政办〔2024〕6号\n\n类别\t项目\t牵头单位\t完成时限\n民生\t学校\t区教育局\t6月底\n医院\t区卫健局\n产业\t园区\t同上\t9月底\n"


def test_merged_cells_and_signs_of_repetition_are_followed_alike() -> None:
    """民生 is merged over two rows, 6月底 too; 同上 repeats the agency of the row above."""
    start, end = MERGED.index("类别\t"), MERGED.rindex("底") + 1
    rows = [
        ["类别", "项目", "牵头单位", "完成时限"],
        ["民生", "学校", "区教育局", "6月底"],
        [None, "医院", "区卫健局", None],
        ["产业", "园区", "同上", "9月底"],
    ]
    cells = tuple(
        SourceCell(r, c, 2 if text in ("民生", "6月底") else 1, 1, Span(at, at + len(text)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
        for at in [MERGED.index(text, start)]
    )
    issue = segment(replace(source_of(MERGED), tables=(SourceTable(Span(start, end), 4, 4, cells, 1),)))
    assert_sound(issue)
    (table,) = issue.documents[0].tables
    assert [[cell.reading.text for cell in table.covering(row)] for row in (1, 2, 3)] == [
        ["民生", "学校", "区教育局", "6月底"],
        ["民生", "医院", "区卫健局", "6月底"],
        ["产业", "园区", "区卫健局", "9月底"],
    ]
    assert {cell.row: cell.row_label for cell in table.cells if cell.column == 1} == {
        0: None,
        1: "学校",
        2: "医院",
        3: "园区",
    }


FORM = "项目\t年初\t本年支出\t年末\n编码\t名称\n合计\t\t合计\t基本\t\n\t\t\t\t\n"
FORM_CELLS = [
    (0, 0, 1, 2, "项目"), (0, 2, 2, 1, "年初"), (0, 3, 2, 2, "本年支出"), (0, 5, 2, 1, "年末"),
    (1, 0, 1, 1, "编码"), (1, 1, 1, 1, "名称"), (2, 0, 1, 2, "合计"), (2, 3, 1, 1, "合计"), (2, 4, 1, 1, "基本"),
]  # fmt: skip


def test_a_row_of_sums_under_the_heads_of_its_name_is_no_head() -> None:
    """An empty form prints 合计 over its code and its name, and heads of other columns beside it."""
    text = TEXT.replace("乡镇\t任务\n东镇\t5\n西镇\n", FORM)
    start = at = text.index("项目\t")
    cells = []
    for row, column, height, width, word in FORM_CELLS:
        at = text.index(word, at)
        cells.append(SourceCell(row, column, height, width, Span(at, at + len(word))))
        at += len(word)
    table = SourceTable(Span(start, start + len(FORM) - 1), 4, 6, tuple(cells), None)
    issue = segment(replace(source_of(text), tables=(table,)))
    assert [found.header_rows for found in issue.documents[0].tables] == [2]


CUT = (
    "某区人民政府办公室关于下达任务的通知\n\n某政办〔2024〕6号\n\n现将任务下达给你们。\n\n"
    "项目\t牵头单位\t完成时限\n学校\t区教育局\t6月底\n\n{between}\n\n医院\t区卫健局\t9月底\n园区\t区工信局\t年底\n"
)


@pytest.mark.parametrize(("between", "sizes"), [("— 12 —", [(4, 3)]), ("以下各项另行安排。", [(2, 3), (2, 3)])])
def test_a_table_cut_by_the_foot_of_a_page_is_one(between: str, sizes: list[tuple[int, int]]) -> None:
    """A reader gives each page's piece; only page furniture between two plain pieces makes them one."""
    text = CUT.format(between=between)
    pieces = []
    for first, last in (("项目\t", "6月底"), ("医院\t", "年底")):
        start, end = text.index(first), text.index(last) + len(last)
        cells, at = [], start
        for row, line in enumerate(text[start:end].split("\n")):
            for column, word in enumerate(line.split("\t")):
                cells.append(SourceCell(row, column, 1, 1, Span(at, at + len(word))))
                at += len(word) + 1
        pieces.append(SourceTable(Span(start, end), 2, 3, tuple(cells), 1 if first == "项目\t" else 0))
    issue = segment(replace(source_of(text), tables=tuple(pieces)))
    assert_sound(issue)
    assert [(table.n_rows, table.n_columns) for table in issue.documents[0].tables] == sizes


@pytest.mark.parametrize(
    ("between", "below", "expected"),
    [
        ("平原乡镇", "丙\t14\t5", True),
        ("平原乡镇", "丙\t 14\t5", True),
        ("\n平原乡镇", "丙\t14\t5", True),
        # headings of columns, a wider row, a line without cells, a sentence, a label, a unit, a long line, one that stands apart
        ("平原乡镇", "丙\t好\t坏", False),
        ("平原乡镇", "丙\t14\t5\t6", False),
        ("平原乡镇", "丙 14 5", False),
        ("平原乡镇。", "丙\t14\t5", False),
        ("平原乡镇：", "丙\t14\t5", False),
        ("单位：亩", "丙\t14\t5", False),
        ("平原与丘陵之间的各个乡镇以及沿湖沿江的全部垸区乡镇", "丙\t14\t5", False),
        ("\n平原乡镇\n", "丙\t14\t5", False),
    ],
)
def test_lines_that_name_the_rows_below(between: str, below: str, expected: bool) -> None:
    assert is_of_table(*printed(split_lines(f"甲\t12\t3\n{between}\n{below}"))) is expected
