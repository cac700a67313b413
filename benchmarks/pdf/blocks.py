"""What a gazette is printed from: blocks of text and tables, read from a text file.

The blocks are the truth that the reader is measured against, so nothing here knows how a page is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Kind = Literal["title", "centre", "body", "right"]
_PAGE_NUMBER: Final = re.compile(r"[—\-–\s]*\d{1,4}[—\-–\s]*")
_MARKER: Final = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十百]+[章节条]|[◆■●【①-⑩]"
)
_DATE: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_FINAL: Final = "。；：，、！？:;"
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True)
class Text:
    """A paragraph; a title may be printed on several lines."""

    kind: Kind
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.lines)


@dataclass(frozen=True)
class Cell:
    """A cell with its place and spans; several printed lines are parted by a line feed."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Table:
    """A table; the first ``header_rows`` rows are its head, ``widths`` are the columns' shares of its width."""

    n_rows: int
    n_columns: int
    header_rows: int
    cells: tuple[Cell, ...]
    widths: tuple[float, ...]

    def row(self, number: int) -> list[Cell]:
        """The cells that begin in a row, from left to right."""
        return sorted((cell for cell in self.cells if cell.row == number), key=lambda cell: cell.column)


Block = Text | Table


def table_of(rows: Sequence[Sequence[str]], header_rows: int, spans: dict[tuple[int, int], tuple[int, int]]) -> Table:
    """A table of *rows*, where *spans* gives (row span, column span) of the merged cells by place."""
    covered = {
        (r, c)
        for (row, column), (height, width) in spans.items()
        for r in range(row, row + height)
        for c in range(column, column + width)
        if (r, c) != (row, column)
    }
    n_columns = max(map(len, rows))
    cells = [
        Cell(r, c, row[c] if c < len(row) else "", *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c in range(n_columns)
        if (r, c) not in covered
    ]
    longest = [
        max([len(cell.text) for cell in cells if cell.column == c and cell.column_span == 1] or [4])
        for c in range(n_columns)
    ]
    weights = [max(3.0, min(16.0, length)) ** 0.75 for length in longest]
    return Table(len(rows), n_columns, header_rows, tuple(cells), tuple(weight / sum(weights) for weight in weights))


def from_text(path: Path) -> list[Block]:
    """The blocks of a text file: its own running heads and page numbers go, lines of one title are one block."""
    lines = [line.strip(" \u3000\r") for line in path.read_text(encoding="utf-8").split("\n")]
    lines = _without_furniture(lines)
    blocks: list[Block] = []
    rows: list[list[str]] = []
    previous = ""
    for number, line in enumerate(lines):
        if line.count("\t") > 1 or ("\t" in line and not re.search(r"\t\d{1,4}$", line)):
            rows.append([re.sub(r"\s+", " ", cell.strip()) for cell in line.split("\t")])
            continue
        if rows and line:
            blocks.append(_printed_table(rows))
            rows = []
        if line:
            line = re.sub(r"[\t ]+", " ", line)
            kind = _kind(line, next((text for text in lines[number + 1 :] if text), ""))
            last = blocks[-1] if blocks else None
            broken = previous and isinstance(last, Text) and last.kind == "title" and not line.startswith("（此")
            if broken and isinstance(last, Text) and (kind == "title" or line.startswith("（")):
                blocks[-1] = Text("title", (*last.lines, line))
            else:
                blocks.append(Text(kind, (line,)))
        previous = line
    if rows:
        blocks.append(_printed_table(rows))
    return blocks


def _printed_table(rows: list[list[str]]) -> Table:
    """The table of tabbed rows; a head of two rows with empty places is printed with merged cells."""
    if len(rows) < 3 or "" not in rows[0] or "" not in rows[1] or len({*map(len, rows)}) > 1:
        return table_of(rows, 1, {})
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    column = 0
    while column < len(rows[0]):
        end = column + 1
        while end < len(rows[0]) and not rows[0][end] and rows[1][end]:
            end += 1
        spans[0, column] = (1 if rows[1][column] else 2, end - column)
        column = end
    return table_of(rows, 2, spans)


def _without_furniture(lines: list[str]) -> list[str]:
    kept: list[str] = []
    head = next((line for line in lines if line), "")
    skipping = False
    for line in lines:
        if line and _PAGE_NUMBER.fullmatch(line) and "—" in line:
            skipping = True
            while kept and not kept[-1]:
                kept.pop()
            continue
        if skipping and (not line or line == head):
            continue
        if skipping and kept and line:
            skipping = False
            if "\t" not in line and kept[-1][-1] not in "。；：!！" and not _MARKER.match(line):
                kept[-1] += line
                continue
            if "\t" not in line:
                kept.append("")
        kept.append(line)
    return kept


def _kind(line: str, following: str) -> Kind:
    if _DATE.fullmatch(line.replace(" ", "")):
        return "right"
    if len(line) < 30 and _DATE.fullmatch(following.replace(" ", "")) and not line.endswith(tuple(_FINAL)):
        return "right"
    if (
        line[-1] in _FINAL
        or "：" in line
        or _MARKER.match(line)
        or len(line) > _LONGEST_TITLE
        or "…" in line
        or re.search(r"\s\d+$", line)
    ):
        return "body"
    if re.search(r"〔\d{4}〕\d+号$", line) or line.startswith(("（", "附", "---")) or re.search(r"[\d\s（]\S*期", line):
        return "centre"
    return "title"


def plain_text(blocks: Sequence[Block]) -> str:
    """The blocks as a text file would have them: a line for a printed title line, tabs between cells."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Text):
            parts.append("\n".join(block.lines))
            continue
        grid = [["" for _ in range(block.n_columns)] for _ in range(block.n_rows)]
        for cell in block.cells:
            grid[cell.row][cell.column] = cell.text.replace("\n", "")
        parts.append("\n".join("\t".join(row) for row in grid))
    return "\n\n".join(parts) + "\n"
