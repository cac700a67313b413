"""Rows whose cells were printed over several lines, made whole.

Text copied from a page breaks a cell where its column ends: the rest of the cell begins the next line, and the
cells after it follow there. Where rows are numbered, the lines between two numbers are one row if their cells,
each broken cell counted once, are as many as the header has.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from extractors.quantities.candidates.unit_notes import known_unit
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.headers import SERIAL_HEADER
from pipeline.segmentation.tables.rows import RawCell, RawRow, content_kind
from schemas.spans import Span

_TOTAL: Final = re.compile(r"合计|总计|小计|共计")
_NUMBERED: Final = re.compile(
    r"\s*(?:\d{1,3}\s?[.．、]|[（(]\d{1,2}[）)]|[①-⑳]|[（(]?[一二三四五六七八九十]{1,3}[、）)])"
)
_SENTENCE_END: Final = "。；！？;"
_BRANCH: Final = re.compile(r"^办公[室厅]$|^.{0,6}(?:分局|分公司|支队|大队|中队|支行)$")
"""What goes on with the name of an agency on the line before it."""
_PROSE: Final = re.compile(r"[，。；：]")
_MOST_LINES: Final = 12
"""Lines that one row may be printed on."""


def is_numbered(rows: Sequence[RawRow]) -> bool:
    """Whether the rows are counted: the first cell of the first one says 序号."""
    return bool(rows) and bool(SERIAL_HEADER.fullmatch(squash(rows[0].cells[0].text)))


def join_broken_rows(rows: Sequence[RawRow]) -> list[RawRow]:
    """The rows, those that a numbered table printed over several lines made one each."""
    if not is_numbered(rows):
        return list(rows)
    width = len(rows[0].cells)
    last = Counter(content_kind(row.cells[-1].text) for row in rows[1:] if len(row.cells) == width)
    joined: list[RawRow] = []
    for group in _groups(rows):
        whole = _whole(group, width, max(last, key=lambda kind: (last[kind], kind), default=""))
        joined += [whole] if whole else group
    return joined


def _groups(rows: Sequence[RawRow]) -> Iterator[list[RawRow]]:
    """The lines from one row number to the next; the header and totals stand alone."""
    group: list[RawRow] = []
    for number, row in enumerate(rows):
        first = row.cells[0].text
        alone = number == 0 or bool(_TOTAL.match(squash(first)))
        if group and (alone or not first or content_kind(first) == "serial" or len(group) == _MOST_LINES):
            yield group
            group = []
        group.append(row)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _whole(group: Sequence[RawRow], width: int, last_kind: str) -> RawRow | None:
    """The one row that the lines of *group* are, or ``None`` where they do not make one."""
    if len(group) < 2 or content_kind(group[0].cells[0].text) != "serial":
        return None
    if sum(len(row.cells) for row in group) - len(group) + 1 != width:
        return None
    if any(_ends_in_value(row, rest, width) for row, rest in itertools.pairwise(group)):
        return None
    row = group[0]
    for rest in group[1:]:
        if len(row.cells) == width and content_kind(row.cells[-1].text + rest.cells[0].text) != last_kind:
            return None
        row = _glued(row, rest)
    return row


def _ends_in_value(row: RawRow, rest: RawRow, width: int) -> bool:
    """Whether a whole row ends in a number that the words below do not go on with."""
    words = squash(rest.cells[0].text)
    return (
        len(row.cells) == width
        and content_kind(row.cells[-1].text) in ("serial", "number")
        and bool(words)
        and content_kind(words) not in ("serial", "number")
        and known_unit(words.strip("（）()")) is None
    )


def _glued(row: RawRow, rest: RawRow) -> RawRow:
    left, right = row.cells[-1], rest.cells[0]
    line = row.lines[-1]
    pieces, text = left.pieces + right.pieces, left.text + right.text
    if _are_apart(left.text, right.text) and line.stop > line.end == left.span.end:
        # Two entries of one cell: the line break between them is read.
        pieces = (*left.pieces[:-1], Span(left.pieces[-1].start, line.end + 1), *right.pieces)
        text = f"{left.text}\n{right.text}"
    return RawRow(row.lines + rest.lines, (*row.cells[:-1], RawCell(pieces, text), *rest.cells[1:]))


def _are_apart(left: str, right: str) -> bool:
    """Whether a cell's line ends with one entry and the next begins another: two agencies, names, items."""
    if not left or not right or left[-1] in "、，,（(":
        return False
    if left[-1] in _SENTENCE_END or _NUMBERED.match(right):
        return True
    kinds = content_kind(re.split(r"[、，,；;\s]", left)[-1]), content_kind(right)
    if kinds[0] == "agency":
        return len(squash(right)) > 1 and not _BRANCH.search(squash(right))
    return kinds == ("name", "name") and not _PROSE.search(left) and min(len(squash(left)), len(squash(right))) > 1
