"""What is read from the picture of a page besides its characters: ruled lines, dot leaders; and where characters stand."""

from __future__ import annotations

import random

import numpy as np
import pytest

from pipeline.readers.canonical.text import GridCell
from pipeline.readers.ocr import engine
from pipeline.readers.ocr.characters import line_glyphs, stack_glyphs
from pipeline.readers.ocr.drawn_rules import find_rules
from pipeline.readers.ocr.leaders import find_leaders
from pipeline.readers.ocr.spelling import respell_line
from pipeline.readers.page.content import Area, Line, Rule
from pipeline.readers.page.lines import build_lines
from pipeline.readers.page.tables.columns import match_columns
from pipeline.readers.page.tables.lattice import find_lattices
from pipeline.readers.page.tables.ruled import PageTable, begin, extend, goes_on

SCALE = 200 / 72


def inked(*rectangles: tuple[float, float, float, float]) -> engine.Picture:
    """The inked pixels of a page of 300 by 200 points with these rectangles in black."""
    dark = np.zeros((int(200 * SCALE), int(300 * SCALE)), np.uint8)
    for x0, top, x1, bottom in rectangles:
        dark[int(top * SCALE) : int(bottom * SCALE) + 1, int(x0 * SCALE) : int(x1 * SCALE) + 1] = 255
    return dark


def across(y: float, x0: float = 20, x1: float = 280) -> tuple[float, float, float, float]:
    return x0, y, x1, y + 0.7


def down(x: float, top: float, bottom: float) -> tuple[float, float, float, float]:
    return x, top, x + 0.7, bottom


def test_a_row_lower_than_a_long_line_has_its_sides() -> None:
    stroke = down(60, 42.5, 56)  # of a character that nearly fills its cell
    dark = inked(across(40), across(59), *(down(x, 40, 59) for x in (20, 100, 180, 279)), stroke)
    (lattice,) = find_lattices(find_rules(dark, SCALE), Area(0, 0, 300, 200))
    assert [round(x, -1) for x in lattice.xs] == [20, 100, 180, 280]


def test_a_row_cut_open_by_the_page_has_its_sides() -> None:
    strokes = [down(x, 40, 55 + x / 20) for x in (60, 130, 210)]
    dark = inked(across(40), *(down(x, 40, 60) for x in (20, 100, 180, 279)), *strokes)
    assert sorted(round(rule.x0, -1) for rule in find_rules(dark, SCALE) if not rule.is_horizontal) == [
        20,
        100,
        180,
        280,
    ]


def test_strokes_of_a_line_of_text_are_no_rules() -> None:
    strokes = [across(44, 30, 80), across(55, 30, 80), *(down(x, 44, 55) for x in (30, 45, 60, 79))]
    text = [Area(28, 43, 120, 57)]
    assert find_rules(inked(*strokes), SCALE) != []
    assert find_rules(inked(*strokes), SCALE, text) == []


def test_a_line_within_a_narrow_column() -> None:
    dark = inked(across(40), across(100), *(down(x, 40, 100) for x in (20, 45, 279)), across(70, 20, 45))
    (lattice,) = find_lattices(find_rules(dark, SCALE), Area(0, 0, 300, 200))
    assert [(c.row, c.column, c.row_span) for c in lattice.cells] == [(0, 0, 1), (0, 1, 2), (1, 0, 1)]


def line(text: str, x0: float, x1: float, top: float = 50) -> Line:
    return Line(text, x0, top, x1, top + 12, 12)


@pytest.mark.parametrize(
    ("pitch", "number", "count"), [(4.0, "12", 12), (4.0, "（12）", 12), (30.0, "12", 0), (4.0, "12月", 0)]
)
def test_dot_leaders(pitch: float, number: str, count: int) -> None:
    dots = [(x, 58, x + 1, 59) for x in np.arange(104, 250, pitch).tolist()]
    glyphs = find_leaders(inked(*dots), [line("关于防汛的通知", 20, 104), line(number, 250, 270)], SCALE)
    assert "".join(glyph.text for glyph in glyphs) == "…" * count


def test_specks_are_no_leader() -> None:
    chance = random.Random(3)
    specks = [(x, 58, x + 1, 59) for x in (chance.uniform(104, 250) for _ in range(40))]
    assert find_leaders(inked(*specks), [line("关于防汛的通知", 20, 104), line("12", 250, 270)], SCALE) == []


def test_characters_below_one_another_are_one_line_in_each_cell() -> None:
    box = [(100.0, 100.0), (140.0, 100.0), (140.0, 340.0), (100.0, 340.0)]
    one = build_lines(stack_glyphs("牵头部门", box, SCALE, []))
    assert [item.text for item in one] == ["牵头部门"]
    two = build_lines(stack_glyphs("罗桑白玛", box, SCALE, [Rule(20, 220 / SCALE, 280, 220 / SCALE)]))
    assert [item.text for item in two] == ["罗桑", "白玛"]


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        ("871.2", [(0, 0.5), (0.5, 1), (1, 1.5), (2, 2.2), (2.6, 3)], "871.2"),  # digits stand unevenly, but not apart
        ("二、重点", [(0, 0.9), (1, 1.3), (2.2, 3), (3, 4)], "二、重点"),  # the blank half of a mark's square
        ("关（一）", [(0, 0.9), (1.6, 2), (2, 3), (3, 3.3)], "关（一）"),
        ("郁杉", [(0, 0.9), (1.9, 2.8)], "郁 杉"),
    ],
)
def test_the_jitter_of_places_makes_no_blanks(text: str, ems: list[tuple[float, float]], expected: str) -> None:
    places = [(char, start / 4, end / 4) for char, (start, end) in zip(text, ems, strict=True)]
    box = [(0.0, 0.0), (160.0, 0.0), (160.0, 40.0), (0.0, 40.0)]
    glyphs = line_glyphs(text, box, places, 40, SCALE)
    assert [item.text for item in build_lines(glyphs, gap=2)] == [expected]


@pytest.mark.parametrize(
    ("text", "steps", "expected"),
    [
        ("二、招商,聚焦", [0, 1.9, 2, 2, 2.1, 2, 0], "二、招商，聚焦"),
        ("二、招商,聚焦", [0, 1.9, 2, 2, 1.3, 2, 0], "二、招商,聚焦"),
        ("(二)强化", [0, 1.5, 1.3, 2, 0], "(二)强化"),
        ("(二)强化", [0, 2.0, 2.1, 2, 0], "（二）强化"),
        ("第1-2期", [0, 1.3, 1.5, 1.3, 0], "第1—2期"),
        ("第1-2期", [0, 1.3, 0.9, 1.3, 0], "第1-2期"),
        ("-4一", [], "—4—"),
        ("(%)", [], "（%）"),
    ],
)
def test_narrow_and_wide_marks_by_their_places(text: str, steps: list[float], expected: str) -> None:
    assert respell_line(text, steps) == expected


class _Result:
    def __init__(self, text: str) -> None:
        self.txts, self.scores = (text,), (1.0,)


def test_spaced_out_headings_are_read_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = iter("目录")
    monkeypatch.setattr(engine, "_engine", lambda: lambda crop, **_: _Result(next(texts)))
    picture = np.full((100, 400, 3), 255, np.uint8)
    picture[30:70, 40:80] = picture[30:70, 300:340] = 0
    box = [[40, 25], [340, 25], [340, 75], [40, 75]]
    found = engine._spaced_out(picture, box, "目", 1.0)
    assert [(text, [corners[0][0], corners[1][0]]) for text, corners, _, _ in found] == [
        ("目", [40, 80]),
        ("录", [300, 340]),
    ]
    assert engine._spaced_out(picture, box, "木隆州人民", 1.0) == []


def part(page: int, xs: tuple[float, ...], *rows: str) -> PageTable:
    """A part of a ruled table: cells parted by ``|``, each as many columns wide as ``-`` stand after it and one more."""
    cells = []
    for row, text in enumerate(rows):
        column = 0
        for cell in text.split("|"):
            width = 1 + cell.count("-")
            cells.append(GridCell(row, column, cell.strip("-"), 1, width))
            column += width
    return PageTable(page, Area(xs[0], 0, xs[-1], 20.0 * len(rows)), xs, len(rows), cells)


def test_a_head_with_fewer_columns_than_the_next_page_shows() -> None:
    table = begin(part(1, (0, 30, 100, 200), "序号|投资|单位"))
    following = match_columns(table, part(2, (2, 32, 60, 102, 202), "|总额|年度|", "1|5|2|市水利局"))
    assert goes_on(table, following)
    extend(table, following)
    grid, _ = table.grid()
    assert [(c.row, c.column, c.column_span) for c in grid.cells if c.text in ("投资", "年度", "单位")] == [
        (0, 1, 2), (0, 3, 1), (1, 2, 1),
    ]  # fmt: skip
    last = match_columns(table, part(3, (0, 30, 100, 200), "合计|9|"))
    assert [(cell.column, cell.column_span) for cell in last.cells] == [(0, 1), (1, 2), (3, 1)]


def test_tables_of_other_columns_stay_apart() -> None:
    table = begin(part(1, (0, 30, 100, 200), "1|2|3"))
    other = part(2, (0, 50, 110, 150, 200), "1|2|3|4")
    assert match_columns(table, other) is other
    assert not goes_on(table, other)
