"""Tables ruled around the head and between the columns alone: rows over all columns, heads of two levels, what is in doubt."""

from __future__ import annotations

import pytest

from pipeline.readers.canonical.text import GridCell
from pipeline.readers.page.content import Area, Glyph, Rule
from pipeline.readers.page.lines import build_rows
from pipeline.readers.page.tables.fused import holds_fused
from pipeline.readers.page.tables.lattice import find_lattices
from pipeline.readers.page.tables.open import find_open_tables
from pipeline.readers.page.tables.ruled import fill
from pipeline.readers.page.tables.stacked import part_rows

_SIZE, _PITCH, _LEFT, _WIDTH = 10.0, 18.0, 50.0, 80.0
_PAGE = Area(0.0, 0.0, 600.0, 800.0)


def across(row: float, columns: int = 3) -> Rule:
    y = 100.0 + _PITCH * row
    return Rule(_LEFT, y, _LEFT + _WIDTH * columns, y)


def down(column: int, *stretches: tuple[float, float]) -> list[Rule]:
    x = _LEFT + _WIDTH * column
    return [Rule(x, 100.0 + _PITCH * top, x, 100.0 + _PITCH * bottom) for top, bottom in stretches]


def printed(rows: list[dict[float, str]]) -> list[Glyph]:
    """The characters of rows of words, each by the column (or place between two) where it begins."""
    glyphs: list[Glyph] = []
    for number, row in enumerate(rows):
        top = 104.0 + _PITCH * number
        for column, word in row.items():
            x = _LEFT + _WIDTH * column + 4.0
            for char in word:
                width = _SIZE / 2 if char.isascii() else _SIZE
                glyphs.append(Glyph(char, x, top, x + width, top + _SIZE, _SIZE))
                x += width
    return glyphs


def read(rules: list[Rule], rows: list[dict[float, str]]) -> tuple[list[list[str]], int]:
    """The one table as rows of texts, and how many of its rows are in doubt."""
    glyphs = printed(rows)
    (lattice,) = find_lattices(rules, _PAGE)
    parted = part_rows(lattice, glyphs)
    table, outside = fill(parted.lattice, glyphs, 1)
    assert not outside
    grid = [["" for _ in range(len(table.xs) - 1)] for _ in range(table.n_rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text
    return grid, len(parted.doubtful)


BODY: list[dict[float, str]] = [{0: "东河", 1: "12.5", 2: "3.1"}, {0: "西岭", 1: "9.8", 2: "-1.6①"}]
GRID = [["东河", "12.5", "3.1"], ["西岭", "9.8", "-1.6①"]]
HEAD: dict[float, str] = {0: "地区", 1: "总量", 2: "增速"}

TABLES: dict[str, tuple[list[Rule], list[dict[float, str]], list[list[str]]]] = {
    "a note over all columns within the rules": (
        [across(0), across(2), across(4), *down(0, (0, 4)), *down(1, (1, 4)), *down(2, (1, 4)), *down(3, (0, 4))],
        [{2.2: "单位：吨"}, HEAD, *BODY],
        [["单位：吨", "", ""], ["地区", "总量", "增速"], *GRID],
    ),
    "a head over two columns without a line under it": (
        [across(0), across(2), across(4), *down(1, (0, 4)), *down(2, (1, 4))],
        [{0: "地区", 1.5: "上年"}, {1: "总量", 2: "增速"}, *BODY],
        [["地区", "上年", ""], ["", "总量", "增速"], *GRID],
    ),
    "a name of a group, which the lines between the columns leave out": (
        [across(0), across(1), across(6), *down(1, (0, 3), (4, 6)), *down(2, (0, 3), (4, 6))],
        [HEAD, *BODY, {1: "城　镇"}, {0: "南湾", 1: "5", 2: "0.4"}, {0: "北湾", 1: "7.5", 2: "2"}],
        [["地区", "总量", "增速"], *GRID, ["城　镇", "", ""], ["南湾", "5", "0.4"], ["北湾", "7.5", "2"]],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_told_where_no_line_parts_them(name: str) -> None:
    rules, rows, expected = TABLES[name]
    assert read(rules, rows) == (expected, 0)


def test_numbers_below_one_another_that_are_not_parted_are_in_doubt() -> None:
    lines = [across(0), *(across(row) for row in (1, 3, 4, 5)), *down(1, (0, 5)), *down(2, (0, 5))]
    rows: list[dict[float, str]] = [HEAD, *BODY, {0: "南湾", 1: "5"}, {0: "北湾", 1: "7"}]
    grid, doubtful = read(lines, rows)
    assert (len(grid), doubtful) == (4, 1)


def test_a_note_over_the_heads_of_a_three_line_table_bridges_no_columns() -> None:
    rows: list[dict[float, str]] = [{0.6: "单位：万吨及万公顷"}, HEAD, *BODY, {0: "南湾", 1: "5.5", 2: "0.4"}]
    glyphs = printed(rows)
    (lattice,) = find_open_tables([across(0), across(2), across(5)], build_rows(glyphs), ())
    table, _ = fill(lattice, glyphs, 1)
    assert [cell.text for cell in table.cells] == [
        "单位：万吨及万公顷", "地区", "总量", "增速", *[text for row in GRID for text in row], "南湾", "5.5", "0.4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "fused"),
    [
        (("工业 14725.7", "农业 68,995.85"), True),
        (("67,185.95 -35.1", "12 3.4", "7"), True),
        (("工业", "农业 2", "林业"), False),
        (("12.5", "3.1"), False),
    ],
)
def test_columns_taken_for_one(texts: tuple[str, ...], fused: bool) -> None:
    assert holds_fused(GridCell(row, 1, text) for row, text in enumerate(texts)) == fused


def words(*placed: tuple[float, float, str]) -> list[Glyph]:
    """The characters of words by row and column (or places between) where they begin."""
    depth = max(row for row, _, _ in placed)
    halves: list[dict[float, str]] = [{} for _ in range(int(2 * depth) + 1)]
    for row, column, word in placed:
        halves[int(2 * row)][column] = word
    glyphs = []
    for half, row_words in enumerate(halves):
        glyphs += [
            Glyph(g.text, g.x0, g.top + half * _PITCH / 2, g.x1, g.bottom + half * _PITCH / 2, g.size)
            for g in printed([row_words])
        ]
    return glyphs


# Words by row and column, the figures at the right of their columns; the number of columns; the cells of the head.
THREE_LINE: list[tuple[str, int, list[tuple[int, int, int, int, str]]]] = [
    # names of the rows at half the height of the head, the word over two heads at the middle of them
    (
        "0 1.8 支出|0.5 0 地区|1 1.1 预算|1 2.1 决算|2 0 东河|2 1.4 12.5|2 2.4 3.1|3 0 西岭|3 1.4 19.8|3 2.4 1.6",
        3,
        [(0, 0, 2, 1, "地区"), (0, 1, 1, 2, "支出"), (1, 1, 1, 1, "预算"), (1, 2, 1, 1, "决算")],
    ),
    # a word over three heads that stands above the middle one alone
    (
        "0 2.1 支出|0.5 0 地区|1 1.1 预算|1 2.1 调整|1 3.1 决算|2 0 东河|2 1.1 12.5|2 2.1 3.1|2 3.1 4.2|"
        "3 0 西岭|3 1.1 9.8|3 2.1 1.6|3 3.1 5",
        4,
        [(0, 0, 2, 1, "地区"), (0, 1, 1, 3, "支出"), (1, 1, 1, 1, "预算"), (1, 2, 1, 1, "调整"), (1, 3, 1, 1, "决算")],
    ),
    # the dash of an empty cell left of its column's figures and head
    (
        "0 0 地区|0 1.1 预算|0 2.4 决算|1 0 东河|1 1.1 12.5|1 2 —|2 0 西岭|2 1.1 9.8|2 2.4 1.6|3 0 南湾|3 1.1 7.7|3 2.4 0.4",
        3,
        [(0, 0, 1, 1, "地区"), (0, 1, 1, 1, "预算"), (0, 2, 1, 1, "决算")],
    ),
]


@pytest.mark.parametrize("case", range(len(THREE_LINE)))
def test_heads_of_three_line_tables_without_lines_within_them(case: int) -> None:
    placed, columns, heads = THREE_LINE[case]
    split = [word.split() for word in placed.split("|")]
    glyphs = words(*((float(row), float(column), text) for row, column, text in split))
    depth = 1 + max(cell[0] for cell in heads)
    (lattice,) = find_open_tables(
        [across(0, columns), across(depth, columns), across(4, columns)], build_rows(glyphs), ()
    )
    table, outside = fill(lattice, glyphs, 1)
    found = [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells if c.row < depth]
    assert (sorted(found), len(table.xs) - 1, outside) == (sorted(heads), columns, [])
