"""Tables that the reader of a structured format found are taken as they are."""

from __future__ import annotations

from dataclasses import replace

from pipeline.segmentation import segment
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
    assert str(issue.documents[0].signed_date) == "2024-03-05"
