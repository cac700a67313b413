"""Blocks as typst markup. Its columns know no block that spans them, so all blocks stand within a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blocks import Block, Table, Text
from layouts import FAMILIES, Layout


def write(blocks: Sequence[Block], layout: Layout) -> str:
    """The markup of *blocks* in *layout*."""
    return "\n\n".join([_setting(layout), *(_text(b) if isinstance(b, Text) else _table(b, layout) for b in blocks)])


def _setting(layout: Layout) -> str:
    side = "if calc.odd(here().page()) { right } else { left }" if layout.outer else "center"
    before, _, after = layout.foot.partition("{n}")
    foot = f'context align({side}, text(9pt)[#"{before}"#counter(page).display()#"{after}"])'
    head = f'context align({side}, text(9pt)[#"{layout.head}"])' if layout.head else "none"
    leading = layout.size * (layout.leading - 1)
    return f"""#set page(width: {layout.width}pt, height: {layout.height}pt, margin: {layout.margin}pt, columns: {layout.columns}, header: {head}, footer: {foot})
#set columns(gutter: 24pt)
#set text(font: "{FAMILIES[layout.font]}", size: {layout.size}pt, lang: "zh", tracking: {layout.spaced}pt)
#set par(justify: {str(layout.justify).lower()}, leading: {leading}pt, spacing: {leading + layout.gap * layout.size}pt, first-line-indent: (amount: {layout.indent}em, all: true))
#show table: set text(size: 0.85em, tracking: 0pt)
#show table: set par(leading: 0.5em, first-line-indent: 0em, justify: false)
#show figure: set block(breakable: true)"""


def _quote(text: str) -> str:
    parts = [re.sub(r'(["\\])', r"\\\1", line) for line in text.split("\n")]
    return "#linebreak()".join(f'#"{part}"' for part in parts)


def _text(block: Text) -> str:
    if block.kind == "title":
        return f'#block(above: 1.2em, below: 1em, width: 100%, align(center, text(1.4em, weight: "bold")[{_quote(chr(10).join(block.lines))}]))'
    if block.kind == "centre":
        return f"#align(center)[{_quote(block.text)}]"
    if block.kind == "right":
        return f"#align(right)[{_quote(block.text)}#h(2em)]"
    return _quote(block.text)


def _table(block: Table, layout: Layout) -> str:
    columns = ", ".join(f"{share:.3f}fr" for share in block.widths)
    cells = {
        number: [_cell(cell.text, cell.row_span, cell.column_span) for cell in block.row(number)]
        for number in range(block.n_rows)
    }
    head = [cell for number in range(block.header_rows) for cell in cells[number]]
    rest = [cell for number in range(block.header_rows, block.n_rows) for cell in cells[number]]
    line, groups = "table.hline(stroke: 0.6pt)", ""
    if layout.rules in ("three", "columns"):
        head, rest = [line, *head, line], [*rest, line]
        for cell in block.cells:
            if cell.column_span > 1 and cell.row + cell.row_span < block.header_rows:
                end = cell.column + cell.column_span
                groups += (
                    f"table.hline(y: {cell.row + cell.row_span}, start: {cell.column}, end: {end}, stroke: 0.4pt), "
                )
    if layout.rules == "columns":
        groups += "".join(f"table.vline(x: {n}, stroke: 0.6pt), " for n in range(1, block.n_columns))
    stroke = {"full": "0.6pt", "rows": "(x: none, y: 0.5pt)"}.get(layout.rules, "none")
    return (
        f"#table(columns: ({columns}), stroke: {stroke}, inset: 3pt, {groups}table.header(repeat: {str(layout.repeat).lower()}, {', '.join(head)}), "
        f"{', '.join(rest)})"
    )


def _cell(text: str, row_span: int, column_span: int) -> str:
    return f"table.cell(rowspan: {row_span}, colspan: {column_span})[{_quote(text)}]"
