"""Table rows as printed: the cells of a line, and what kind of content each holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.segmentation.lines.lines import SPACES, Line, is_piped, page_turns, squash
from pipeline.segmentation.lines.rules import pattern
from schemas.making import quickly_made
from schemas.spans import Reading, Span

_TAG: Final = re.compile(r"</?p>")
_BLANK: Final = " \u3000\xa0\r"
AS_ABOVE: Final = frozenset({"〃", "″", "”", '"', "同上", "〞", "々", "同 上"})
"""Signs that repeat the cell above."""

_NUMBER: Final = re.compile(
    r"[<>≤≥＜＞约]?[+\-－−]?\d[\d,，.]*(?:[%％‰]|[万亿千百]?[\u3400-\u9fff]{0,3}|[/／].{1,4})?(?:[①-⑳⁰¹²³⁴-⁹*※△▲]{1,3}|[\[〔【]\d{1,2}[\]〕】])?|[/／—–\-－…⋯]{1,3}"
)
_SERIAL: Final = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}")
_NAME: Final = re.compile(
    r"[\u3400-\u9fff·]{1,4}(?:[\s、]+[\u3400-\u9fff·]{1,4}){0,9}|[\u3400-\u9fff]{2,6}·[\u3400-\u9fff·]{1,8}"
)


@quickly_made
@dataclass(frozen=True, slots=True)
class RawCell:
    """One printed cell: its stretches (tags and blanks at its ends left out; two where a page cut it) and its text."""

    pieces: tuple[Span, ...]
    text: str
    breaks: tuple[int, ...] = ()
    """Positions of its text where one printed paragraph ends and the next begins."""

    @property
    def span(self) -> Span:
        """From its first character to its last."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


@quickly_made
@dataclass(frozen=True, slots=True)
class RawRow:
    """One printed row and the lines that it stands on: more than one where a page cut it."""

    lines: tuple[Line, ...]
    cells: tuple[RawCell, ...]

    @property
    def span(self) -> Span:
        """From the first character of its first line to the last of its last."""
        return Span(self.lines[0].start, self.lines[-1].end)


def read_rows(lines: Sequence[Line]) -> list[RawRow]:
    """The rows on the *lines* of a table, those that a page cut in the middle made whole."""
    parts = [RawRow((line,), _read_cells(line)) for line in lines]
    width = _common([len(part.cells) for part in parts])
    rows: list[RawRow] = []
    for part in parts:
        if rows and page_turns(rows[-1].lines[-1], part.lines[0]) and _completes(rows[-1], part, width):
            rows[-1] = _joined(rows[-1], part, width)
        else:
            rows.append(part)
    return rows


def _completes(row: RawRow, rest: RawRow, width: int) -> bool:
    """Whether *rest* is the remainder of *row*: together they are as wide as the table."""
    total = len(row.cells) + len(rest.cells)
    if content_kind(rest.cells[0].text) == "serial" or not row.cells[-1].text:
        return False
    if len(rest.cells) == 1:
        return not rest.lines[0].tabular and len(row.cells) <= width
    return len(row.cells) < width and total in (width, width + 1)


def _joined(row: RawRow, rest: RawRow, width: int) -> RawRow:
    cells = row.cells + rest.cells
    if len(cells) != width:
        last, first = row.cells[-1], rest.cells[0]
        whole = RawCell(last.pieces + first.pieces, last.text + first.text)
        cells = (*row.cells[:-1], whole, *rest.cells[1:])
    return RawRow(row.lines + rest.lines, cells)


def _read_cells(line: Line) -> tuple[RawCell, ...]:
    cells: list[RawCell] = []
    start, text, mark = line.start, line.text, "\t"
    if is_piped(text):
        start, text, mark = start + 1, text[1:-1], "|"
    if line.spaced:
        blanks = [
            (line.start, line.start),
            *((start + m.start(), start + m.end()) for m in SPACES.finditer(text)),
            (line.end, line.end),
        ]
        return tuple(_cell(text[a - start : b - start], a) for (_, a), (b, _) in itertools.pairwise(blanks))
    for field in text.split(mark):
        cells.append(_cell(field, start))
        start += len(field) + 1
    return tuple(cells)


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
    stretches = list(_between_tags(field, start, end))
    pieces = [Span(offset + a, offset + b) for a, b in stretches]
    at = offset + start
    lengths = itertools.accumulate(b - a for a, b in stretches)
    breaks = tuple(n for n, (a, b) in zip(lengths, stretches, strict=True) if not field[a:b].strip(_BLANK))
    return RawCell(tuple(pieces) or (Span(at, at),), _TAG.sub("", field[start:end]), breaks)


def _between_tags(field: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of ``field[start:end]`` without paragraph tags."""
    for match in _TAG.finditer(field, start, max(start, end)):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if end > start:
        yield start, end


def cell_reading(source: str, cell: RawCell) -> Reading:
    """The reading of a cell: its text without paragraph tags."""
    return Reading.join(source, cell.pieces)


@lru_cache(maxsize=4096)
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
        return "agency" if plain.count("、") >= 2 and len(pattern("cell.agency").findall(text)) >= 3 else "text"
    if pattern("cell.agency").search(text):
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
