"""Blocks as a Word file, which LibreOffice prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from blocks import Block, Table, Text
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from layouts import FAMILIES, Layout


def write(blocks: Sequence[Block], layout: Layout, path: Path) -> None:
    """Write *blocks* to *path*; in two columns, wide blocks stand in sections of one column."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(layout.size), FAMILIES[layout.font]
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FAMILIES[layout.font])
    _page(document.sections[0], layout)
    _heads(document, layout)
    columns = 1
    for number, block in enumerate(blocks):
        wide = layout.wide and (isinstance(block, Table) or block.kind != "body")
        wanted = 1 if wide else layout.columns
        if wanted != columns and number:
            document.add_section(WD_SECTION.CONTINUOUS)
        _columns(document.sections[-1], wanted)
        columns = wanted
        if isinstance(block, Text):
            _text(document.add_paragraph(), block, layout)
        else:
            _table(document, block, layout)
    document.save(str(path))


def _page(section: Any, layout: Layout) -> None:
    section.page_width, section.page_height = Pt(layout.width), Pt(layout.height)
    if layout.width > layout.height:
        section.orientation = WD_ORIENT.LANDSCAPE
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Pt(layout.margin))


def _columns(section: Any, count: int) -> None:
    element = section._sectPr.find(qn("w:cols"))
    if element is None:
        element = OxmlElement("w:cols")
        section._sectPr.append(element)
    element.set(qn("w:num"), str(count))
    element.set(qn("w:space"), "480")


def _heads(document: Any, layout: Layout) -> None:
    document.settings.odd_and_even_pages_header_footer = layout.outer
    section = document.sections[0]
    sides = [(section.header, section.footer, ALIGN.RIGHT if layout.outer else ALIGN.CENTER)]
    if layout.outer:
        sides.append((section.even_page_header, section.even_page_footer, ALIGN.LEFT))
    for head, foot, align in sides:
        head.paragraphs[0].text, head.paragraphs[0].alignment = layout.head, align
        paragraph = foot.paragraphs[0]
        paragraph.alignment = align
        before, _, after = layout.foot.partition("{n}")
        paragraph.add_run(before)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        paragraph.add_run(after)
        for item in (*head.paragraphs[0].runs, *paragraph.runs):
            item.font.size = Pt(9)


def _text(paragraph: Any, block: Text, layout: Layout) -> None:
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(layout.gap * layout.size)
    shape.line_spacing = Pt(layout.size * layout.leading)
    for number, line in enumerate(block.lines):
        run = paragraph.add_run(line)
        if number + 1 < len(block.lines):
            run.add_break()
        if block.kind == "title":
            run.font.size, run.font.bold = Pt(layout.size * 1.4), True
        if layout.spaced:
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:val"), str(round(layout.spaced * 20)))
            run._r.get_or_add_rPr().append(spacing)
    if block.kind == "body":
        shape.first_line_indent = Pt(layout.indent * layout.size)
        paragraph.alignment = ALIGN.JUSTIFY if layout.justify else ALIGN.LEFT
    elif block.kind == "right":
        shape.right_indent = Pt(2 * layout.size)
        paragraph.alignment = ALIGN.RIGHT
    else:
        paragraph.alignment = ALIGN.CENTER
        if block.kind == "title":
            shape.line_spacing, shape.space_before, shape.space_after = Pt(layout.size * 2), Pt(12), Pt(8)


def _table(document: Any, block: Table, layout: Layout) -> None:
    table = document.add_table(block.n_rows, block.n_columns)
    table.autofit = False
    if layout.rules == "full":
        table.style = "Table Grid"
    room = layout.width - 2 * layout.margin
    if layout.columns > 1 and not layout.wide:
        room = (room - 24 * (layout.columns - 1)) / layout.columns
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Pt(room * share)
        for cell in column.cells:
            cell.width = Pt(room * share)
    for cell in block.cells:
        corner = table.cell(cell.row, cell.column)
        if cell.row_span > 1 or cell.column_span > 1:
            corner = corner.merge(table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
        for paragraph in corner.paragraphs[1:]:
            paragraph._p.getparent().remove(paragraph._p)
        run = corner.paragraphs[0].add_run(cell.text)
        run.font.size = Pt(layout.size * 0.85)
        corner.paragraphs[0].paragraph_format.space_after = Pt(0)
        if cell.row < block.header_rows:
            corner.paragraphs[0].alignment = ALIGN.CENTER
    for number, row in enumerate(table.rows):
        if number < block.header_rows and layout.repeat:
            flag = OxmlElement("w:tblHeader")
            flag.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(flag)
    if layout.rules in ("three", "rows"):
        _rule(table, block, layout)
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _rule(table: Any, block: Table, layout: Layout) -> None:
    """Borders of single cells: above and below the table, below its head and its groups, or below every row."""
    for cell in block.cells:
        last = cell.row + cell.row_span
        edges = {"top"} if cell.row == 0 else set()
        group = cell.column_span > 1 and last < block.header_rows
        if last in (block.n_rows, block.header_rows) or group or layout.rules == "rows":
            edges.add("bottom")
        for row in range(cell.row, last):
            for column in range(cell.column, cell.column + cell.column_span):
                wanted = {
                    edge for edge in edges if (edge == "top" and row == 0) or (edge == "bottom" and row == last - 1)
                }
                _border(table.cell(row, column)._tc, wanted)


def _border(element: Any, edges: set[str]) -> None:
    properties = element.get_or_add_tcPr()
    borders = properties.find(qn("w:tcBorders"))
    if borders is None:
        borders = OxmlElement("w:tcBorders")
        properties.append(borders)
    for edge in sorted(edges):
        item = OxmlElement(f"w:{edge}")
        item.set(qn("w:val"), "single")
        item.set(qn("w:sz"), "6")
        borders.append(item)
