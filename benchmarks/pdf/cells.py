"""Blocks printed with fpdf2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blocks import Block, Table, Text
from fpdf import FPDF
from fpdf.enums import TableHeadingsDisplay, WrapMode, XPos, YPos
from fpdf.fonts import FontFace
from layouts import Layout
from producers import Missing, font_file


class _Gazette(FPDF):
    def __init__(self, layout: Layout) -> None:
        super().__init__(unit="pt", format=(layout.width, layout.height))
        self.layout = layout
        self.add_font("cjk", fname=font_file(layout.font), collection_font_number=0)
        self.set_margin(layout.margin)
        self.set_auto_page_break(True, layout.margin)

    def _edge(self, y: float, text: str) -> None:
        align = "C" if not self.layout.outer else "R" if self.page_no() % 2 else "L"
        self.set_font("cjk", size=9)
        self.set_xy(self.layout.margin, y)
        self.cell(w=self.layout.width - 2 * self.layout.margin, h=10, text=text, align=align)

    def header(self) -> None:
        if self.layout.head:
            self._edge(self.layout.margin / 2, self.layout.head)
        self.set_y(self.layout.margin)

    def footer(self) -> None:
        self._edge(self.layout.height - self.layout.margin / 2 - 5, self.layout.foot.format(n=self.page_no()))


def write(blocks: Sequence[Block], layout: Layout) -> bytes:
    """The PDF of *blocks*; tables are ruled fully or not at all. Stretches of text stand in balanced columns; titles and tables span them."""
    pdf = _Gazette(layout)
    pdf.add_page()
    pending: list[Text] = []
    for block in blocks:
        if isinstance(block, Text) and (layout.columns == 1 or block.kind == "body"):
            pending.append(block)
            continue
        _texts(pdf, pending, layout)
        pending = []
        if isinstance(block, Text):
            _line(pdf, block, layout)
        else:
            _table(pdf, block, layout)
    _texts(pdf, pending, layout)
    return bytes(pdf.output())


def _texts(pdf: FPDF, blocks: Sequence[Text], layout: Layout) -> None:
    if not blocks:
        return
    pdf.set_font("cjk", size=layout.size)
    if layout.columns == 1:
        for block in blocks:
            _line(pdf, block, layout)
        return
    align = "J" if layout.justify else "L"
    with pdf.text_columns(
        ncols=layout.columns,
        gutter=24,
        balance=True,
        text_align=align,
        line_height=layout.leading,
        wrapmode=WrapMode.CHAR,
    ) as columns:
        for block in blocks:
            with columns.paragraph(
                bottom_margin=layout.gap * layout.size, first_line_indent=layout.indent * layout.size
            ) as paragraph:
                paragraph.write(block.text)


def _line(pdf: FPDF, block: Text, layout: Layout) -> None:
    size = layout.size * (1.4 if block.kind == "title" else 1)
    align = {"title": "C", "centre": "C", "right": "R"}.get(block.kind, "J" if layout.justify else "L")
    pdf.set_font("cjk", size=size)
    pdf.set_char_spacing(layout.spaced)
    text = "\n".join(block.lines)
    if block.kind == "body" and layout.indent:
        text = "\u3000" * round(layout.indent) + text
    below: dict[str, Any] = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT, "wrapmode": WrapMode.CHAR}
    pdf.multi_cell(
        w=0, h=layout.size * layout.leading * (1.2 if block.kind == "title" else 1), text=text, align=align, **below
    )
    pdf.set_char_spacing(0)
    if layout.gap:
        pdf.ln(layout.gap * layout.size)


def _table(pdf: FPDF, block: Table, layout: Layout) -> None:
    pdf.set_font("cjk", size=layout.size * 0.85)
    pdf.ln(4)
    if layout.rules in ("three", "rows", "columns"):
        raise Missing("fpdf2 draws no such tables")
    borders = "ALL" if layout.rules == "full" else "NONE"
    widths = tuple(round(share * 1000) for share in block.widths)
    with pdf.table(
        col_widths=widths, borders_layout=borders, num_heading_rows=block.header_rows, first_row_as_headings=True,
        repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE if layout.repeat else TableHeadingsDisplay.NONE,
        line_height=layout.size * 1.15, wrapmode=WrapMode.CHAR, text_align="LEFT", headings_style=FontFace(), padding=2,
    ) as table:  # fmt: skip
        for number in range(block.n_rows):
            row = table.row()
            for cell in block.row(number):
                row.cell(cell.text, colspan=cell.column_span, rowspan=cell.row_span)
    pdf.ln(6)
