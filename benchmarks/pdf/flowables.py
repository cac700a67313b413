"""Blocks as reportlab flowables."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from blocks import Block, Table, Text
from layouts import Layout
from producers import font_file
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph
from reportlab.platypus import Table as Grid

_ALIGNED: Final = {"title": TA_CENTER, "centre": TA_CENTER, "right": TA_RIGHT}
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def write(blocks: Sequence[Block], layout: Layout) -> bytes:
    """The PDF of *blocks*; all blocks stand within a column. ``serif`` is the viewer's own Song."""
    font = "STSong-Light"
    if layout.font != "serif":
        font = layout.font
        pdfmetrics.registerFont(TTFont(font, font_file(layout.font), subfontIndex=0))
    width = (layout.width - 2 * layout.margin - 24 * (layout.columns - 1)) / layout.columns
    frames = [
        Frame(layout.margin + n * (width + 24), layout.margin, width, layout.height - 2 * layout.margin, 0, 0, 0, 0)
        for n in range(layout.columns)
    ]

    def furnish(canvas: Any, document: Any) -> None:
        number = canvas.getPageNumber()
        canvas.setFont(font, 9)
        draw, x = canvas.drawCentredString, layout.width / 2
        if layout.outer:
            draw, x = (
                (canvas.drawRightString, layout.width - layout.margin)
                if number % 2
                else (canvas.drawString, layout.margin)
            )
        draw(x, layout.margin / 2, layout.foot.format(n=number))
        if layout.head:
            draw(x, layout.height - layout.margin / 2, layout.head)
            canvas.line(
                layout.margin,
                layout.height - layout.margin / 2 - 5,
                layout.width - layout.margin,
                layout.height - layout.margin / 2 - 5,
            )

    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pagesize=(layout.width, layout.height), invariant=1)
    template.addPageTemplates(PageTemplate(frames=frames, onPage=furnish))
    template.build([_text(b, layout, font) if isinstance(b, Text) else _table(b, layout, font, width) for b in blocks])
    return buffer.getvalue()


def _text(block: Text, layout: Layout, font: str) -> Paragraph:
    title = block.kind == "title"
    size = layout.size * (1.4 if title else 1)
    body = TA_JUSTIFY if layout.justify else TA_LEFT
    style = ParagraphStyle(
        block.kind, fontName=font, fontSize=size, leading=layout.size * layout.leading * (1.2 if title else 1),
        alignment=_ALIGNED.get(block.kind, body), wordWrap="CJK", spaceAfter=layout.gap * layout.size,
        firstLineIndent=layout.indent * layout.size if block.kind == "body" else 0,
        rightIndent=2 * layout.size if block.kind == "right" else 0, charSpace=layout.spaced,
    )  # fmt: skip
    return Paragraph("<br/>".join(escape(line) for line in block.lines), style)


def _table(block: Table, layout: Layout, font: str, width: float) -> Grid:
    size = layout.size * 0.85
    rows: list[list[Any]] = [["" for _ in range(block.n_columns)] for _ in range(block.n_rows)]
    commands: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]
    for cell in block.cells:
        head = cell.row < block.header_rows
        style = ParagraphStyle(
            "cell",
            fontName=font,
            fontSize=size,
            leading=size * 1.3,
            wordWrap="CJK",
            alignment=TA_CENTER if head else TA_LEFT,
        )
        rows[cell.row][cell.column] = Paragraph(escape(cell.text).replace("\n", "<br/>"), style)
        start, end = (cell.column, cell.row), (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
        if start != end:
            commands.append(("SPAN", start, end))
        if layout.rules == "rows":
            commands.append(("LINEBELOW", (start[0], end[1]), end, 0.5, "black"))
        if layout.rules == "three" and cell.column_span > 1 and end[1] + 1 < block.header_rows:
            commands.append(("LINEBELOW", (start[0], end[1]), end, 0.4, "black"))
    if layout.rules == "full":
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    if layout.rules == "rows":
        commands.append(("LINEABOVE", (0, 0), (-1, 0), 0.5, "black"))
    if layout.rules == "columns":
        commands.append(("INNERGRID", (0, 0), (-1, block.header_rows - 1), 0.5, "black"))
        commands += [("LINEBEFORE", (n, block.header_rows), (n, -1), 0.5, "black") for n in range(1, block.n_columns)]
    if layout.rules in ("three", "columns"):
        commands += [("LINEABOVE", (0, 0), (-1, 0), 1, "black"), ("LINEBELOW", (0, -1), (-1, -1), 1, "black")]
        commands.append(("LINEBELOW", (0, block.header_rows - 1), (-1, block.header_rows - 1), 0.6, "black"))
    repeat = block.header_rows if layout.repeat else 0
    return Grid(rows, [width * share for share in block.widths], style=commands, repeatRows=repeat, splitInRow=0)
