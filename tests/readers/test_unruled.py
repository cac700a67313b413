"""Tables without any line: which rows are one, and which only look so."""

from __future__ import annotations

import pytest

from pipeline.readers.page.content import Area, Glyph
from pipeline.readers.page.lines import build_rows
from pipeline.readers.page.tables.open import row_pieces
from pipeline.readers.page.tables.ruled import fill
from pipeline.readers.page.tables.unruled import find_unruled_tables
from pipeline.readers.page.tables.unruled_heads import heads_apart

_SIZE = 10.0


def page(rows: str, pitch: float = 18.0) -> list[Glyph]:
    """The characters of lines of text, one em a full-width one, half an em any other."""
    glyphs: list[Glyph] = []
    for number, row in enumerate(rows.strip("\n").split("\n")):
        x, top = 50.0, 100.0 + pitch * number
        for char in row:
            width = _SIZE / 2 if char.isascii() else _SIZE
            glyphs.append(Glyph(char, x, top, x + width, top + _SIZE, _SIZE))
            x += width
    return glyphs


def read(rows: str, taken: tuple[Area, ...] = ()) -> list[list[list[str]]]:
    """The tables found, as rows of texts; what a merged cell covers is empty."""
    glyphs = page(rows)
    grids = []
    for lattice in find_unruled_tables(build_rows(glyphs), taken).tables:
        table, _ = fill(lattice, glyphs, 1)
        grid = [["" for _ in range(len(table.xs) - 1)] for _ in range(table.n_rows)]
        for cell in table.cells:
            grid[cell.row][cell.column] = cell.text
        grids.append(grid)
    return grids


FIGURES = """
表１　主要产品产量
产　品　　　　产量（万吨）　　　增长（％）
水　泥　　　　     120.5         -3.1
粗　钢　　　　      88.0          4.2
　其中：特钢　      12.4         10.9
以上为初步统计数，正式数据以年鉴为准，请各单位使用时注意。
"""
YEARS = """
年　　份　　2021　　2022　　2023
生产总值　　61.2　　65.0　　71.6
增　　速　　 6.1　　 2.2　　 4.8
"""
GROUPS = """
　　　　　　　生　产　总　值　　　　投　　资
地　区
　　　　　　　总　量　　　增　速　　　总　量　　　增　速
北　片
东河区　　　　  35.2        4.1         12.0        3.3
西岭县　　　　  28.9        3.7          9.4       -1.2
"""
SHARED = """
　　　　　　　　　2021年　　　　　　　　　　2022年
地　区　　　总　量　　　增　速　　　总　量　　　增　速
东河区　　　　35.2　　　　 4.1　　　　12.0　　　　 3.3
西岭县　　　　28.9　　　　 3.7　　　　 9.4　　　　-1.2
南湾县　　　　 8.9　　　　 0.7　　　　 4.4　　　　 1.2
"""
LONG_NAME = """
指　　标　　　　　　　数　值　　　同　比
规模以上工业企业每百
元营业收入中的成本　　  84.2        0.3
资产负债率　　　　　　  55.1       -1.0
"""


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (FIGURES, [["产　品", "产量（万吨）", "增长（％）"], ["水　泥", "120.5", "-3.1"], ["粗　钢", "88.0", "4.2"], ["其中：特钢", "12.4", "10.9"]]),
        (YEARS, [["年　　份", "2021", "2022", "2023"], ["生产总值", "61.2", "65.0", "71.6"], ["增　　速", "6.1", "2.2", "4.8"]]),
        (GROUPS, [["地　区", "生　产　总　值", "", "投　　资", ""], ["", "总　量", "增　速", "总　量", "增　速"], ["北　片", "", "", "", ""],
                  ["东河区", "35.2", "4.1", "12.0", "3.3"], ["西岭县", "28.9", "3.7", "9.4", "-1.2"]]),
        (SHARED, [["地　区", "2021年", "", "2022年", ""], ["", "总　量", "增　速", "总　量", "增　速"], ["东河区", "35.2", "4.1", "12.0", "3.3"],
                  ["西岭县", "28.9", "3.7", "9.4", "-1.2"], ["南湾县", "8.9", "0.7", "4.4", "1.2"]]),
        (LONG_NAME, [["指　　标", "数　值", "同　比"], ["规模以上工业企业每百元营业收入中的成本", "84.2", "0.3"], ["资产负债率", "55.1", "-1.0"]]),
    ],
)  # fmt: skip
def test_rows_of_names_and_numbers_are_tables(rows: str, expected: list[list[str]]) -> None:
    def plain(grid: list[list[str]]) -> list[list[str]]:
        return [["".join(text.split()) for text in row] for row in grid]

    assert [plain(grid) for grid in read(rows)] == [plain(expected)]


@pytest.mark.parametrize(
    "rows",
    [
        "第一章　总则　　　　　　　1\n第二章　职责分工　　　　　3\n第三章　附则　　　　　　　7",
        "张　某　　　李某某　　　王某某\n赵某某　　　孙　某　　　周某某\n吴某某　　　郑　某　　　冯某某",
        "２０２４年全市粮食产量　　稳定在４５万吨以上，\n不低于上年，油菜面积　　扩大３万亩，蔬菜产量\n继续增加，生猪出栏数　　保持基本稳定。",
        "联系人　　张某　　　电话　　123456",
    ],
)
def test_contents_rolls_and_columns_of_text_are_none(rows: str) -> None:
    assert not read(rows)


def test_no_table_reaches_over_one_that_lines_show() -> None:
    taken = Area(40.0, 136.0, 400.0, 152.0)
    assert not any(len(grid) > 3 for grid in read(FIGURES, (taken,)))


def test_rows_with_serial_numbers_that_cannot_be_settled_are_doubtful() -> None:
    rows = """
１　　新建高标准农田，　　　市农业局　　　年底前
　　　登记上图入库　　　　　　　　　　　　完　成
２　　改造老旧小区　　　　　市住建局　　　持续推进
３　　建设污水管网，　　　　市水利局　　　年底前
　　　消除黑臭水体
"""
    found = find_unruled_tables(build_rows(page(rows)), ())
    assert not found.tables
    assert len(found.doubtful) == 1


UNHEADED = """
地　区　　　　总　量
东河区　　　　35.2　　　　 4.1
西岭县　　　　28.9　　　　 3.7
南湾县　　　　 8.9　　　　 0.7
"""
FUSED = """
名　称　　　　　　　　目标值　　　完成值
水泥产量（吨）2163.2　　　　　　　514.9
从业人员（人）477.21　　　　　　　60526
粮食产量（吨）512.53　　　　　　　52655
"""


@pytest.mark.parametrize("rows", [UNHEADED, FUSED])
def test_columns_without_a_head_and_names_that_touch_numbers_are_in_doubt(rows: str) -> None:
    found = find_unruled_tables(build_rows(page(rows)), ())
    assert len(found.tables) == 1
    assert len(found.doubtful) == 1


def test_heads_nearer_to_one_another_than_the_cells_below_are_parted() -> None:
    columns = [(50.0, 70.0), (100.0, 130.0), (150.0, 180.0)]
    glyphs = page("地区　　 总量吨")
    glyphs += [glyph._replace(x0=glyph.x0 + 72.0, x1=glyph.x1 + 72.0) for glyph in page("　　　增速率")]
    row = [glyph for glyph in glyphs if glyph.text.strip()]
    (parted,) = heads_apart([(row_pieces(row), row)], columns)
    assert [piece.text for piece in parted] == ["地区", "总量吨", "增速率"]


def test_a_last_column_without_a_word_in_it_takes_its_head() -> None:
    rows = "乡　镇　　　里程　　　资金　　　备注\n东河镇　　　50.2　　　19.5\n西岭乡　　　73.1　　　25.6\n南湾镇　　　29.2　　　74.7"
    (grid,) = read(rows)
    assert [row[1:] for row in grid[:2]] == [["里程", "资金", "备注"], ["50.2", "19.5", ""]]
