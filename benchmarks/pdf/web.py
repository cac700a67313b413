"""Blocks as a web page: the common source of the producers that print HTML."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from blocks import Block, Cell, Table, Text
from layouts import FAMILIES, Layout

_BORDERS = {
    "full": "td, th { border: 0.75pt solid #000 }",
    "three": "table { border-top: 1.2pt solid; border-bottom: 1.2pt solid } thead tr:last-child > * { border-bottom: 0.6pt solid }"
    " th.group { border-bottom: 0.4pt solid }",
    "rows": "table { border-top: 1pt solid } tr > * { border-bottom: 0.5pt solid } thead th.tall { border-bottom: 0.5pt solid }",
    "columns": "table { border-top: 1.2pt solid; border-bottom: 1.2pt solid } thead tr:last-child > * { border-bottom: 0.6pt solid }"
    " td + td, th + th { border-left: 0.6pt solid } th.group { border-bottom: 0.4pt solid }",
    "none": "",
}


def page(blocks: Sequence[Block], layout: Layout, spanning: str = "h2, table, p.centre, p.right") -> str:
    """The blocks as one HTML document with a style sheet for print; *spanning* selects what spans the columns."""
    body = "\n".join(_text(block) if isinstance(block, Text) else table(block) for block in blocks)
    return f"<!doctype html><html lang='zh-CN'><meta charset='utf-8'><style>{_style(layout, spanning)}</style><main>{body}</main></html>"


def _text(block: Text) -> str:
    text = "<br>".join(escape(line) for line in block.lines)
    return f"<h2>{text}</h2>" if block.kind == "title" else f"<p class='{block.kind}'>{text}</p>"


def table(block: Table) -> str:
    """A table with its head in ``thead``."""
    widths = "".join(f"<col style='width:{share * 100:.1f}%'>" for share in block.widths)
    rows = ["".join(_cell(cell, block) for cell in block.row(number)) for number in range(block.n_rows)]
    head = "".join(f"<tr>{row}</tr>" for row in rows[: block.header_rows])
    rest = "".join(f"<tr>{row}</tr>" for row in rows[block.header_rows :])
    return f"<table><colgroup>{widths}</colgroup><thead>{head}</thead><tbody>{rest}</tbody></table>"


def _cell(cell: Cell, block: Table) -> str:
    name = "th" if cell.row < block.header_rows else "td"
    group = cell.column_span > 1 and name == "th" and cell.row + cell.row_span < block.header_rows
    spans = (f" rowspan={cell.row_span}" if cell.row_span > 1 else "") + (
        f" colspan={cell.column_span}" if cell.column_span > 1 else ""
    )
    text = escape(cell.text).replace("\n", "<br>")
    return f"<{name}{spans}{' class=group' if group else ''}>{text}</{name}>"


def _style(layout: Layout, spanning: str) -> str:
    first, second = ("right", "left") if layout.outer else ("center", "center")
    before, _, after = layout.foot.partition("{n}")
    foot = f"content: '{before}' counter(page) '{after}'; font-size: 9pt"
    head = f"content: '{layout.head}'; font-size: 9pt; border-bottom: 0.5pt solid" if layout.head else ""
    repeat = "" if layout.repeat else "thead { display: table-row-group }"
    span = f"{spanning} {{ column-span: all }}" if layout.columns > 1 and layout.wide else ""
    return f"""
@page {{ size: {layout.width}pt {layout.height}pt; margin: {layout.margin}pt }}
@page :right {{ @top-{first} {{ {head} }} @bottom-{first} {{ {foot} }} }}
@page :left {{ @top-{second} {{ {head} }} @bottom-{second} {{ {foot} }} }}
html {{ font-family: '{FAMILIES[layout.font]}'; font-size: {layout.size}pt; line-height: {layout.leading} }}
body {{ margin: 0 }}
main {{ {f"column-count: {layout.columns}; column-gap: 24pt; column-fill: balance;" if layout.columns > 1 else ""}
  letter-spacing: {layout.spaced}pt; text-align: {"justify" if layout.justify else "left"} }}
p {{ margin: 0 0 {layout.gap}em; text-indent: {layout.indent}em; orphans: 1; widows: 1 }}
p.centre {{ text-align: center; text-indent: 0 }} p.right {{ text-align: right; text-indent: 0; margin-right: 2em }}
h2 {{ font-size: 1.4em; text-align: center; margin: 1em 0 0.6em; line-height: 1.4; font-weight: bold }}
table {{ border-collapse: collapse; width: 100%; font-size: 0.85em; line-height: 1.35; margin: 0.4em 0; letter-spacing: 0 }}
td, th {{ padding: 2pt 4pt; text-align: left; font-weight: normal }} th {{ text-align: center }}
tr {{ break-inside: auto }}
{_BORDERS[layout.rules]} {repeat} {span}
"""
