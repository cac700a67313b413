"""Names of rows that stand in, as a PDF, a web page and a Word file print them: blanks before them, parts of rows."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from pipeline.process import process
from pipeline.readers import read_bytes
from pipeline.readers.page.content import Line
from pipeline.readers.page.tables.indents import stub_indents
from schemas.records import SourceText
from tests.readers.sheets import Sheet, pdf

_TITLE = "某市2023年统计公报"
_ROWS = (
    ("项目", "产量（吨）"), ("粮食", "9"), ("　夏粮", "4"), ("　秋粮和薯类", "5"), ("　　其中：薯类", "2"), ("油料作物", "3"),
)  # fmt: skip


def _web() -> SourceText:
    rows = "".join(f"<tr><td> {a.replace('　', '&emsp;')}</td><td>{b}</td></tr>" for a, b in _ROWS)
    page = f"<html><body><h1>{_TITLE}</h1><p>现公布有关数据如下，请查阅。</p><table>{rows}</table></body></html>"
    return read_bytes(page.encode(), "a.html")


def _word(*, by_blanks: bool) -> SourceText:
    document = docx.Document()
    document.add_paragraph(_TITLE)
    table = document.add_table(len(_ROWS), 2)
    for number, (name, figure) in enumerate(_ROWS):
        paragraph = table.cell(number, 0).paragraphs[0]
        paragraph.text = name if by_blanks else name.lstrip("　")
        if not by_blanks:
            paragraph.paragraph_format.left_indent = Pt(10.5 * (len(name) - len(name.lstrip("　"))))
        table.cell(number, 1).text = figure
        table.cell(number, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    stream = io.BytesIO()
    document.save(stream)
    return read_bytes(stream.getvalue(), "a.docx")


def _printed(lines: str) -> SourceText:
    def draw(sheet: Sheet) -> None:
        sheet.centred(297, 80, _TITLE, 16)
        for number, (name, figure) in enumerate(_ROWS):
            sheet.text(103 + 11 * (len(name) - len(name.lstrip("　"))), 134 + 20 * number, name.lstrip("　"), 11)
            sheet.text(253, 134 + 20 * number, figure, 11)
        for row in range(len(_ROWS) + 1) if lines == "each" else (0, 1, len(_ROWS)):
            sheet.line(100, 120 + 20 * row, 350, 120 + 20 * row)

    return read_bytes(pdf([draw]), "a.pdf")


_SOURCES: dict[str, Callable[[], SourceText]] = {
    "web page": _web,
    "Word, blanks": lambda: _word(by_blanks=True),
    "Word, indents": lambda: _word(by_blanks=False),
    "PDF, ruled across": lambda: _printed("each"),
    "PDF, three lines": lambda: _printed("three"),
}


@pytest.mark.parametrize("form", _SOURCES)
def test_names_that_stand_in_are_parts(form: str) -> None:
    source = _SOURCES[form]()
    assert [row.partition("\t")[0] for row in source.text.rstrip("\n").split("\n")[-5:]] == [
        name for name, _ in _ROWS[1:]
    ]
    cells = process(source)["table_cells"].to_pylist()
    assert [row["part_of_row"] for row in cells if row["column"] == 1] == [None, None, 1, 1, 3, None]
    assert [row["text"] for row in cells if row["column"] == 0] == [name.lstrip("　") for name, _ in _ROWS]


def _lines(*names: tuple[str, float]) -> dict[int, Line]:
    return {
        n: Line(text, x0, 20.0 * n, x0 + 10.0 * len(text), 20.0 * n + 10, 10.0) for n, (text, x0) in enumerate(names)
    }


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([("粮食", 50), ("夏粮产量", 70), ("秋粮", 70), ("油料作物", 50)], {1: 4, 2: 4}),
        ([("粮食", 60), ("夏粮产量", 50), ("秋粮", 60), ("油料作物", 50)], {}),
        ([("粮食", 70), ("夏粮产量", 50), ("秋粮", 70), ("油料作物", 50)], {}),
        ([("粮食", 50), ("夏粮产量", 50), ("秋粮", 50)], {}),
        ([("201", 50), ("20105", 60), ("粮食", 50), ("油料作物", 60)], {}),
    ],
    ids=["in", "centred", "right", "flush", "codes"],
)
def test_what_stands_in(names: list[tuple[str, float]], expected: dict[int, int]) -> None:
    assert stub_indents(_lines(*names)) == expected
