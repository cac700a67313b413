"""The rows of a table as parts of others: 其中：…, #…, indents of the stub, rows that head those below them.

A row marked as a part belongs to the row above it. Those after it do too, as far as they add up with it to the whole,
or as far as they stand in alike: below the mark, or below the name behind it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractors.numbers.numerals import parse_arabic
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.headers import TOTAL
from pipeline.segmentation.tables.rows import RawCell, content_kind

PART: Final = re.compile(r"(?:其中|在.{1,8}中)[:：]?|[#＃]|按.{1,10}分[:：]")
"""What marks a row as a part of one above it."""
_DIVIDES: Final = re.compile(r"在.{1,8}中[:：]?|按.{1,10}分[:：]")
_RATE: Final = re.compile(r"[%％‰率]|增速|增长|增幅|占比|比重|比上年|同比|指数")
_NUMBERED: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
)
_INDENT: Final = " \u3000\xa0\u2002\u2003"
_NARROW: Final = " \xa0\u2002"
_ROUGH: Final = 2
"""Names beside one that is marked stand this far off it at most, in half the width of a character."""
_MOSTPARTS: Final = 40
_TOLERANCE: Final = Decimal("0.006")
"""Rounded parts add up to their whole within this share."""


@dataclass(frozen=True, slots=True)
class Stub:
    """Where a row stands: the names of the rows over it, outermost first, and the row of which it is a part."""

    groups: tuple[str, ...] = ()
    whole: int | None = None


def read_stub(
    source: str, grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]], column: int
) -> list[Stub]:
    """For every row where it stands by the names in *column*; the first *count* rows are the header."""
    names = [squash(row[column].text) for row in grid]
    sums = _Sums(
        [_values(row, headers) for row in grid],
        [bool(PART.match(name)) for name in names],
        {number: bool(_DIVIDES.match(name)) for number, name in enumerate(names)},
    )
    stubs = [Stub()] * len(grid)
    indents = [_indent(source, row[column]) for row in grid]
    places = [indent + _width_of_mark(row[column].text) for indent, row in zip(indents, grid, strict=True)]
    stood = len({indents[n] for n in range(count, len(grid)) if grid[n][column].text}) > 1
    heading: str | None = None
    parents: list[int] = []
    beside: set[int] = set()
    last: int | None = None
    for number in range(count, len(grid)):
        row = grid[number]
        name = squash(row[column].text)
        if not name or TOTAL.fullmatch(name):
            continue
        if _heads_rows(row, column) and number + 1 < len(grid):
            heading, parents, last = name, [], None
            continue
        if stood:
            over = [*parents, last] if last is not None else parents
            parents = [row for row in over if _stands_under(places[row], places[number], rough=row in beside)]
            if sums.marked[number] or _stands_beside(over[len(parents) :], places, number, beside):
                beside.add(number)
        else:
            parents = _by_marks(sums, squash(row[column].text), number, last, parents, stubs)
        whole = parents[-1] if parents else None
        names_over = [bare_name(grid[parent][column].text) for parent in parents]
        stubs[number] = Stub((*([heading] if heading else []), *names_over), whole)
        last = number
    return stubs


def bare_name(text: str) -> str:
    """The name of a row without 其中, # and its number."""
    name = squash(text)
    return _NUMBERED.sub("", PART.sub("", name, count=1), count=1) or name


def _indent(source: str, cell: RawCell) -> int:
    """How far the cell's text stands in, in half the width of a character."""
    start = at = cell.span.start
    while at > 0 and source[at - 1] in _INDENT:
        at -= 1
    return sum(map(_width, source[at:start])) if cell.text else 0


def _width(char: str) -> int:
    return 1 if char in _NARROW else 2


def _width_of_mark(name: str) -> int:
    """How far behind a row's mark as a part its own name begins, in half the width of a character."""
    mark = PART.match(name)
    return sum(1 if char.isascii() else 2 for char in mark[0]) if mark else 0


def _stands_under(upper: int, lower: int, *, rough: bool) -> bool:
    """Whether a name at *lower* is that of a part of the row with its name at *upper*, which a mark may place but *rough*ly."""
    return lower - upper > (_ROUGH if rough else 0)


def _stands_beside(rows: Sequence[int], places: list[int], number: int, beside: Collection[int]) -> bool:
    """Whether the first of *rows* is a part that its mark places and row *number* another: it takes the place of the first."""
    if not rows or rows[0] not in beside or abs(places[rows[0]] - places[number]) > _ROUGH:
        return False
    places[number] = places[rows[0]]
    return True


def _heads_rows(row: Sequence[RawCell], column: int) -> bool:
    """Whether the row holds its name alone."""
    return not any(cell.text for n, cell in enumerate(row) if n != column and cell is not row[column])


def _by_marks(
    sums: _Sums, name: str, number: int, last: int | None, parents: list[int], stubs: Sequence[Stub]
) -> list[int]:
    """The rows of which row *number* is a part, outermost first, by its mark or by what the parts add up to."""
    if sums.marked[number] and last is not None:
        own = [*parents, last] if stubs[last].whole == (parents[-1] if parents else None) else parents
        if _DIVIDES.match(name):
            return parents or own  # 在总计中：轻工业, 重工业; 在总计中：国有企业 …
        for depth in range(len(parents), 0, -1):
            # 其中：男性 after 城镇 and 乡村, which are all of 人口: another way of parting the same whole begins.
            if sums.may_be(parents[depth - 1], number) and sums.adds_up(parents[depth - 1], range(number, number + 1)):
                return parents[:depth]
        while len(own) > 1 and not sums.may_be(own[-1], number):
            own = own[:-1]
        return own
    while parents:
        start = sums.begin(last if last is not None else number, parents[-1], stubs)
        divided = sums.divides.get(start, False)
        if divided or sums.adds_up(parents[-1], range(start, number + 1)):
            return parents
        parents = parents[:-1]
    return parents


@dataclass(frozen=True, slots=True)
class _Sums:
    """The amounts of every row by column, and which rows are marked as parts."""

    rows: Sequence[Sequence[Decimal | None]]
    marked: Sequence[bool]
    divides: dict[int, bool]

    def begin(self, last: int, whole: int, stubs: Sequence[Stub]) -> int:
        """The first row of the run of parts of *whole* that ends with *last*: a marked one, or the one after it."""
        first = last
        while first > whole + 1 and not self.marked[first]:
            first -= 1
        while first < last and stubs[first].whole != whole:
            first += 1
        return first

    def may_be(self, whole: int, part: int) -> bool:
        """Whether the part is no more than the whole, as far as amounts are printed."""
        pairs = [
            (a, b) for a, b in zip(self.rows[whole], self.rows[part], strict=True) if a is not None and b is not None
        ]
        return not pairs or pairs[0][1] <= pairs[0][0]

    def adds_up(self, whole: int, parts: range) -> bool:
        """Whether the parts, with some of the rows after them, make up the whole."""
        limit = min(len(self.rows), parts.start + _MOSTPARTS)
        return any(
            self._complete(whole, range(parts.start, end)) for end in range(max(parts.stop, parts.start + 2), limit + 1)
        )

    def _complete(self, whole: int, parts: range) -> bool:
        for column, amount in enumerate(self.rows[whole]):
            values = [self.rows[number][column] for number in parts]
            known = [value for value in values if value is not None]
            if amount is not None and len(known) == len(values):
                return abs(amount - sum(known, Decimal(0))) <= _TOLERANCE * abs(amount)
        return False


def _values(row: Sequence[RawCell], headers: Sequence[tuple[str, ...]]) -> list[Decimal | None]:
    """The amounts of a row by column; rates and growth, which do not add up, are none."""
    return [
        parse_arabic(squash(cell.text))
        if content_kind(cell.text) in ("number", "serial") and not _RATE.search("".join(path))
        else None
        for cell, path in zip(row, headers, strict=True)
    ]
