"""Table rows as printed: the cells of a line, and what kind of content each holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.lines import Line, squash
from schemas.spans import Reading, Span

_TAG: Final = re.compile(r"</?p>")
_BLANK: Final = " \u3000\xa0\r"
AS_ABOVE: Final = frozenset({"〃", "″", "”", "\"", "同上", "〞", "々", "同 上"})
"""Signs that repeat the cell above."""

_NUMBER: Final = re.compile(r"[<>≤≥＜＞约]?[+\-－−]?\d[\d,，.]*(?:[%％‰]|[万亿千百]?[\u3400-\u9fff]{0,3}|[/／].{1,4})?|[/／—–\-－]")
_SERIAL: Final = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}")
_NAME: Final = re.compile(r"[\u3400-\u9fff·]{1,4}(?:[\s、]+[\u3400-\u9fff·]{1,4}){0,9}|[\u3400-\u9fff]{2,6}·[\u3400-\u9fff·]{1,8}")
_AGENCY: Final = re.compile(
    r"(?:局|办|委|部|中心|集团|公司|院|会|厅|指挥部|单位|政府|街道|各乡镇|银行|社|科|处|行|支队|大队|镇|乡|办事处|分局|学校|医院|小组)"
    r"(?=[、\s,，；;（(]|$)"
)


@dataclass(frozen=True, slots=True)
class RawCell:
    """One printed cell: its stretch (tags and blanks at its ends left out) and its text without tags."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row."""

    line: Line
    cells: tuple[RawCell, ...]


def read_row(line: Line) -> RawRow:
    """The cells of a tabular *line*."""
    cells: list[RawCell] = []
    start = line.start
    for field in line.text.split("\t"):
        cells.append(_cell(field, start))
        start += len(field) + 1
    return RawRow(line, tuple(cells))


def _cell(field: str, offset: int) -> RawCell:
    start, end = 0, len(field)
    previous = None
    while previous != (start, end):
        previous = (start, end)
        while start < end and field[start] in _BLANK:
            start += 1
        while end > start and field[end - 1] in _BLANK:
            end -= 1
        if field.startswith("<p>", start, end):
            start += 3
        if field.endswith("</p>", start, end):
            end -= 4
    return RawCell(Span(offset + start, offset + max(start, end)), _TAG.sub("", field[start:end]))


def cell_reading(source: str, span: Span) -> Reading:
    """The reading of a cell: its text without paragraph tags."""
    pieces: list[Span] = []
    start = span.start
    for match in _TAG.finditer(source, span.start, span.end):
        if match.start() > start:
            pieces.append(Span(start, match.start()))
        start = match.end()
    if span.end > start:
        pieces.append(Span(start, span.end))
    return Reading.join(source, pieces)


def content_kind(text: str) -> str:
    """What a cell holds: ``empty``, ``serial``, ``number``, ``name``, ``agency``, ``text`` (long) or ``short``."""
    plain = squash(text)
    if not plain:
        return "empty"
    if plain in AS_ABOVE:
        return "above"
    if _SERIAL.fullmatch(plain):
        return "serial"
    if _NUMBER.fullmatch(plain):
        return "number"
    if len(plain) > 24:
        return "agency" if plain.count("、") >= 2 and len(_AGENCY.findall(text)) >= 3 else "text"
    if _AGENCY.search(text):
        return "agency"
    return "name" if _NAME.fullmatch(text.strip()) else "short"


def width_of(rows: Sequence[RawRow]) -> int:
    """The number of columns: of the first row, trailing columns that no row fills left out."""
    filled = [max((i for i, cell in enumerate(row.cells, 1) if cell.text), default=0) for row in rows]
    return max(1, filled[0] if filled else 1, _common(filled))


def _common(values: Sequence[int]) -> int:
    counts: dict[int, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return max(counts, key=lambda value: (counts[value], value), default=1)
