"""The headers of a table: how many rows they take, the path of texts above each column, the columns that name rows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Final

from extractors.numbers.units import dimension_of, split_scale, unit_of
from extractors.officials.names import is_name_in_prose, shape
from extractors.rules.registry import pattern_of
from pipeline.segmentation.lines.lines import squash
from pipeline.segmentation.tables.rows import AS_ABOVE, RawCell, RawRow, content_kind

TOTAL: Final = re.compile(r"合计|总计|小计|全[县市区州省]|共计")
"""Names of rows that sum up others."""
SERIAL_HEADER: Final = re.compile(r"序号?|编号|项次|No\.?", re.IGNORECASE)
_PART_IN_GROUP: Final = pattern_of("column.part_in_group")
_UNIT_LABEL: Final = pattern_of("quantity.cell_unit_column")
_BODY: Final = "单位"
_NO_LABEL: Final = re.compile(rf"领导|责任人|备注|{_BODY}$")
"""What heads no names of rows; 单位 does where nothing else differs from row to row."""
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?:年|$|[-—])")
_DEEPEST_HEADER: Final = 3
_DEEPEST_MERGED: Final = 6
_LOOK_AHEAD: Final = 6
"""Rows below a second level of heads among which a value under it stands."""
_LONGEST_NAME: Final = 40
_FURTHEST_LABEL: Final = 5
"""Columns at the left among which the one that names the rows stands."""
_FEWEST_NAMES: Final = 3
_FURTHEST_REACH: Final = 30
"""Columns that a group header may take."""
Spans = Mapping[tuple[int, int], tuple[int, int]]
"""Rows and columns that a merged cell takes, by its row and column."""


def count_header_rows(rows: Sequence[RawRow], spans: Spans | None = None, least: int = 0) -> int:
    """How many rows at the top are headers: the first where it holds short words only, and those that refine it.

    *spans* gives the size of merged cells by place, where a reader found them: a header reaches down as far as its
    cells. *least* rows are headers by the markup.
    """
    if len(rows) < 2 or (not least and (not is_header_row(rows[0]) or _lists_names(rows))):
        return 0
    count = max(1, least)
    if spans:
        count = max(count, _merged_depth(rows, spans))
    deepest = min(_DEEPEST_MERGED if spans else _DEEPEST_HEADER, len(rows) - 1)
    while (
        count < deepest
        and not (spans and _sums_up(rows, count, spans))
        and (
            _refines(rows[:count], rows[count])
            or _states_units(rows[count])
            or _divides(
                rows[count - 1], rows[count], rows[count + 1 :], _wide_columns(spans, count - 1) if spans else None
            )
        )
    ):
        count += 1
    return min(count, len(rows) - 1)


def _sums_up(rows: Sequence[RawRow], number: int, spans: Spans) -> bool:
    """Whether the row is one of sums: its name is merged over columns that have heads of their own above it."""
    width = spans.get((number, 0), (1, 1))[1]
    if width == 1 or not TOTAL.fullmatch(squash(rows[number].cells[0].text)):
        return False
    return all(cell.text for cell in rows[number - 1].cells[:width])


def _lists_names(rows: Sequence[RawRow]) -> bool:
    """Whether the rows, the first included, print a person's name in one and the same column: a roll without a head."""
    if len(rows) < _FEWEST_NAMES:
        return False
    columns = (column for column, cell in enumerate(rows[0].cells) if is_name_in_prose(squash(cell.text)))
    return any(
        all(column < len(row.cells) and is_name_in_prose(squash(row.cells[column].text)) for row in rows)
        for column in columns
    )


def _merged_depth(rows: Sequence[RawRow], spans: Spans) -> int:
    """How far down the cells of the first row reach; no row with a number is a header."""
    depth = max((height for (row, _), (height, _) in spans.items() if row == 0), default=1)
    for number, row in enumerate(rows[1:depth], 1):
        if any(_is_value(cell.text) for cell in row.cells):
            return number
    return depth if depth < len(rows) else 1


def _wide_columns(spans: Spans, row: int) -> frozenset[int]:
    """The columns under the cells over several columns that end in *row*."""
    return frozenset(
        place
        for (top, column), (height, width) in spans.items()
        if top + height == row + 1 and width > 1
        for place in range(column, column + width)
    )


def is_header_row(row: RawRow) -> bool:
    """Whether the row holds short words in two cells or more, and no numbers but years."""
    texts = [squash(cell.text) for cell in row.cells if cell.text]
    if len(texts) < 2 or any(len(text) > 30 or text in AS_ABOVE for text in texts):
        return False
    if SERIAL_HEADER.fullmatch(texts[0]):
        return True
    if _PART_IN_GROUP.match(texts[0]) and shape(texts[1]):
        return False  # 组长　张三　县长: a roll without a head
    return not any(_is_value(text) for text in texts)


def _is_value(text: str) -> bool:
    """Whether a cell holds a number that is no year."""
    plain = squash(text)
    return content_kind(plain) in ("serial", "number") and not _YEAR.match(plain)


def _refines(above: Sequence[RawRow], row: RawRow) -> bool:
    """Whether *row* is a further level of the header: its words stand where the rows above leave gaps."""
    filled = [i for i, cell in enumerate(row.cells) if cell.text]
    first = above[-1].cells
    if not filled or (row.cells[0].text and first[0].text):
        return False
    if not all(_is_head(row.cells[i].text) for i in filled):
        return False
    gaps = [i for i, cell in enumerate(first) if not cell.text and i]
    return any(i in gaps for i in filled) and len(filled) < len(row.cells)


def _divides(above: RawRow, row: RawRow, rest: Sequence[RawRow], under: frozenset[int] | None) -> bool:
    """Whether *row* names the columns that the heads *above* take together, and values follow below it.

    *under* holds the columns of merged heads; without it, the gaps after a head are what it takes.
    """
    filled = [i for i, cell in enumerate(row.cells) if cell.text]
    gaps = [i for i, cell in enumerate(above.cells) if i and not cell.text]
    divided = under if under is not None else frozenset(gaps)
    if not divided or not divided & set(filled) or not all(_is_head(row.cells[i].text) for i in filled):
        return False
    if under is not None:
        return all(row.cells[i].text for i in under if i < len(row.cells))
    if not all(i < len(row.cells) and row.cells[i].text for i in gaps) or len(row.cells) < len(above.cells):
        return False
    values = [
        any(i < len(below.cells) and _is_value(below.cells[i].text) for below in rest[:_LOOK_AHEAD]) for i in gaps
    ]
    return any(values)


def _states_units(row: RawRow) -> bool:
    """Whether the row prints nothing but the units of its columns: （万元）, 人, %."""
    texts = [squash(cell.text) for cell in row.cells if cell.text]
    if texts and _UNIT_LABEL.search(texts[0]):
        texts = texts[1:]
    return bool(texts) and all(_is_unit(text.strip("（）()")) for text in texts)


def _is_unit(text: str) -> bool:
    unit = split_scale(text)[1]
    return unit_of(unit) is not None or ("/" in unit and dimension_of(unit) is not None)


def _is_head(text: str) -> bool:
    return len(squash(text)) <= 20 and content_kind(text) != "above" and not _is_value(text)


def header_paths(grid: Sequence[Sequence[RawCell]], count: int, reach: int, first: int = 0) -> list[tuple[str, ...]]:
    """The header texts above each column, outermost first; a group header reaches over the gaps to its right.

    Rows before *first* are titles and head no column.
    """
    width = len(grid[0])
    paths: list[list[str]] = [[] for _ in range(width)]
    for level in range(first, count):
        group = ""
        for column in range(min(width, reach)):
            text = squash(grid[level][column].text)
            if text:
                group = text
            elif (level + 1 < count and any(squash(grid[below][column].text) for below in range(level + 1, count))) or (
                level == first and count == first + 1 and column and not any(paths[column])
            ):
                text = group
            if text and paths[column][-1:] != [text]:
                paths[column].append(text)
    return [tuple(path) for path in paths]


def header_spans(
    grid: Sequence[Sequence[RawCell]], row: int, column: int, count: int, reach: int
) -> tuple[int, int] | None:
    """Rows and columns that a header cell takes, or ``None`` for a gap that another cell covers."""
    text = grid[row][column].text
    if not text:
        covered_above = any(grid[above][column].text for above in range(row))
        covered_left = any(cell.text for cell in grid[row][max(0, column - _FURTHEST_REACH) : column])
        return None if covered_above or covered_left else (1, 1)
    height = 1
    while row + height < count and not grid[row + height][column].text:
        height += 1
    breadth = 1
    while (
        breadth < _FURTHEST_REACH
        and column + breadth < reach
        and not grid[row][column + breadth].text
        and ((row + 1 < count and grid[row + 1][column + breadth].text) or count == 1)
    ):
        breadth += 1
    return (1 if breadth > 1 and row + 1 < count and grid[row + 1][column].text else height, breadth)


def serial_column(headers: Sequence[tuple[str, ...]]) -> int | None:
    """The column of running numbers (序号), if there is one."""
    return next((i for i, path in enumerate(headers) if path and SERIAL_HEADER.fullmatch(path[-1])), None)


def label_column(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> int | None:
    """The column that names the rows: the first whose own short words differ from row to row.

    Codes and figures name none where words do; without any, whole numbers in the first column may (月份, 档次, 科目编码).
    """
    serial = serial_column(headers)
    body = grid[count:]
    best: int | None = None
    bodies: int | None = None
    for column in range(min(_FURTHEST_LABEL, len(headers))):
        if column == serial:
            continue
        texts = [squash(row[column].text) for row in body]
        filled = [text for text in texts if text]
        if not filled or _holds_values(filled):
            continue
        differ = len(filled) >= 0.7 * len(texts) and len(set(filled)) >= 0.6 * len(filled)
        if header := _NO_LABEL.search("".join(headers[column])):
            if bodies is None and differ and header[0] == _BODY and _names_bodies(body, column):
                bodies = column
            continue
        if sum(len(text) > _LONGEST_NAME for text in filled) * 2 > len(filled):
            continue  # Prose names no row.
        if best is None:
            best = column
        if differ:
            after = [squash(row[column + 1].text) for row in body] if column + 1 < len(headers) else []
            return column + 1 if _groups(texts) and _names_rows(after) else column
    if bodies is not None and (best is None or bodies < best):
        return bodies
    return best if best is not None or not headers else _numbered_column([squash(row[0].text) for row in body])


def _names_bodies(body: Sequence[Sequence[RawCell]], column: int) -> bool:
    """Whether a column headed 单位 names those whose figures stand beside it: it holds no units, and no prose is left of it.

    Behind prose it says whose task that is.
    """
    texts = [squash(row[column].text) for row in body]
    before = [squash(cell.text) for row in body for cell in row[:column]]
    if any(unit_of(text) for text in texts) or any(len(text) > _LONGEST_NAME for text in (*texts, *before)):
        return False
    return any(_holds_values([row[n].text for row in body]) for n in range(column + 1, len(body[0])))


def _numbered_column(texts: Sequence[str]) -> int | None:
    """The first column where its whole numbers, no two alike, are all that could name the rows."""
    filled = [text for text in texts if text]
    counts = len(filled) > 1 and len(set(filled)) == len(filled) and all(text.isdecimal() for text in filled)
    return 0 if counts else None


def label_columns(grid: Sequence[Sequence[RawCell]], count: int, headers: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """The columns that name what stands to their right: one, or one for each side of a table of two sides.

    A second side has a column of words headed like the first one's names, or between two columns of values headed alike.
    """
    first = label_column(grid, count, headers)
    if first is None:
        return ()
    body = grid[count:]
    ends = [path[-1] if path else "" for path in headers]
    values = [_holds_values([row[column].text for row in body]) for column in range(len(headers))]
    words = [not held and any(row[n].text for row in body) for n, held in enumerate(values)]
    found = [first]
    for column in range(first - 2, -1, -1):
        # 收入 with few rows beside 支出 with many: its own names stand further left.
        if words[column] and any(values[column + 1 : found[0]]) and ends[column] == ends[first] != "":
            found.insert(0, column)
    for column in range(first + 2, len(headers) - 1):
        if not words[column] or not any(values[found[-1] + 1 : column]) or not any(values[column + 1 :]):
            continue
        again = ends[column] == ends[first] != ""
        alike = values[column + 1] and ends[column + 1] in ends[first + 1 : column] and ends[column + 1] != ""
        if again or alike:
            found.append(column)
    return tuple(found)


def _holds_values(texts: Sequence[str]) -> bool:
    """Whether what is printed in a column is numbers for the most part."""
    filled = [text for text in texts if text.strip()]
    return bool(filled) and 2 * sum(_is_value(text) for text in filled) > len(filled)


def _groups(texts: Sequence[str]) -> bool:
    """Whether a value stands in rows that follow each other: a cell merged over them."""
    return any(a and a == b for a, b in itertools.pairwise(texts))


def _names_rows(texts: Sequence[str]) -> bool:
    """Whether the texts are short words that differ from row to row; what states a number is no name."""
    if any(char.isdigit() for text in texts for char in text):
        return False
    kinds = {content_kind(text) for text in texts}
    return bool(texts) and len(set(texts)) == len(texts) and not kinds & {"empty", "number", "serial", "text", "above"}
