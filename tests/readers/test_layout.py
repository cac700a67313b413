"""The parts of the page layout on their own: spelling, quality, lattices, furniture, recognised lines."""

from __future__ import annotations

import pytest

from pipeline.readers.ocr.spelling import respell_line
from pipeline.readers.page.columns import reading_order
from pipeline.readers.page.completeness import count_printed, lost_text
from pipeline.readers.page.content import Area, Glyph, Line, PageContent, Rule
from pipeline.readers.page.figures import drawn_figures, edges_beside, figures_of, words_in_figures
from pipeline.readers.page.furniture import find_furniture
from pipeline.readers.page.glyphs import respell
from pipeline.readers.page.lines import build_lines
from pipeline.readers.page.paragraphs import Placed, join_paragraphs
from pipeline.readers.page.quality import GOOD, text_quality
from pipeline.readers.page.tables.lattice import Lattice, find_lattices
from pipeline.readers.page.tables.stacked import part_rows
from schemas.records import Box, Furniture

PAGE = Area(0, 0, 595, 842)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﬁnance", "finance"),
        ("⼈⺠政府", "人民政府"),
        ("︵一︶", "（一）"),
        ("\uf06c要点", "●要点"),
        ("⸺", "——"),
        ("⼾籍260⼾（2024―2026年）", "户籍260户（2024—2026年）"),
        ("苏・锡⋯", "苏·锡…"),
        ("金額", "金額"),
    ],
)
def test_code_points(text: str, expected: str) -> None:
    assert respell(text) == expected


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("到2025年，全县粮食播种面积稳定在118万亩以上，其中早稻39万亩。", True),
        ("1 2 3.5 4 21.70 33% -2.8 XYDR-2023-01001", True),
        ("鄱阳县饶州街道芝阳村、枧田街乡、凰岗镇、莲湖乡、双港镇、田畈街镇", True),
        ("中華民國一百十二年度總預算案，業經立法院審議通過，茲依規定公布施行，各機關應切實執行。", True),
        ("本條例由環境局局長以憲報公告指定的日期起實施。《建築物條例》第三十九條現予修訂，廢除第二款。", True),
        ("行政院農業委員會處務規程，第三條第一項規定辦理之畜牧業登記，其申請書格式由主管機關訂定之。", True),
        ("ÎÒÊÇÒ»¸öÖÐ¹úÈËÃñÕþ¸®¹«±¨ÎÄ¼þ", False),
        ("鍏徃涓婂競鍏憡鐨勬暟鎹簱绠＄悊绯荤粺浣跨敤璇存槑涔︽湰鍏徃钁ｄ簨浼氬強鍏ㄤ綋钁ｄ簨淇濊瘉", False),
        ("\ufffd\ufffd\ufffd政府\ufffd\ufffd", False),
        ("\ue001\ue002\ue003\ue004工作\ue005\ue006", False),
        (
            "\ufffd\ufffd\ufffd\ufffd年，全县粮食播种面积稳定在\ufffd\ufffd\ufffd万亩以上，其中早稻\ufffd\ufffd万亩。",
            False,
        ),
        ("".join(chr(0x4E00 + 7 * n % 900) for n in range(400)).encode("gb2312", "ignore").decode("gb2312") * 2, False),
        ("烫烫锟斤拷鐨勬暟鎹鍏憡鎶ュ憡鍘垮煄", False),
        ("XkqzPwvT bHgjR ddkXq zzRtk pqWxv nMbvc qwrtp sdfgh XkqzP wvTbH gjRdd", False),
    ],
)
def test_text_quality(text: str, good: bool) -> None:
    quality = text_quality(text)
    assert quality is not None and (quality >= GOOD) is good


def test_quality_of_nothing() -> None:
    assert text_quality(" \n\u3000") is None


def rules(*lines: tuple[float, float, float, float]) -> list[Rule]:
    return [Rule(*line) for line in lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A frame, and a line under a heading: no tables.
        (
            rules((50, 50, 500, 50), (50, 300, 500, 300), (50, 50, 50, 300), (500, 50, 500, 300), (60, 400, 300, 400)),
            [],
        ),
        # Two by two, the upper cells merged.
        (
            rules(
                (50, 50, 250, 50),
                (50, 70, 250, 70),
                (50, 90, 250, 90),
                (50, 50, 50, 90),
                (250, 50, 250, 90),
                (150, 70, 150, 90),
            ),
            [[(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]],
        ),
        # Open at its sides: the lines across go beyond the only line down.
        (
            rules((50, 50, 250, 50), (50, 70, 250, 70), (50, 90, 250, 90), (150, 50, 150, 90)),
            [[(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]],
        ),
    ],
)
def test_lattices(lines: list[Rule], expected: list[list[tuple[int, int, int, int]]]) -> None:
    found = [[(c.row, c.column, c.row_span, c.column_span) for c in item.cells] for item in find_lattices(lines, PAGE)]
    assert found == expected


def line(text: str, top: float) -> Line:
    return Line(text, 90, top, 90 + 12.0 * len(text), top + 12, 12)


def test_marks_set_close_keep_their_order() -> None:
    glyphs = [Glyph("会", 90, 90, 102, 102, 12), Glyph(",", 102, 90, 105, 102, 12), Glyph("“", 101, 90, 113, 102, 12)]
    assert [item.text for item in build_lines(glyphs)] == ["会,“"]


@pytest.mark.parametrize(
    ("size", "foot", "read"),
    [
        (6.0, 96.0, "198¹元"),
        (9.9, 98.0, "198¹元"),
        (6.0, 102.0, "1981元"),
        (6.0, 101.0, "1981元"),
        (11.5, 99.0, "1981元"),
    ],
)
def test_small_digits_set_high_are_raised(size: float, foot: float, read: str) -> None:
    glyphs = [Glyph(c, 60 + 12 * i, 90, 72 + 12 * i, 102, 12) for i, c in enumerate("198")]
    mark = Glyph("1", 96, foot - size, 96 + size, foot, size)
    after = Glyph("元", 97 + size, 90, 109 + size, 102, 12)
    assert [line.text for line in build_lines([*glyphs, mark, after])] == [read]
    assert lost_text([(1, count_printed(["1981元"]))], read, []) == []


def test_furniture_by_repetition_and_by_form() -> None:
    pages = [
        (
            842.0,
            [
                line("县人民政府公报", 30),
                line(f"附件{n}", 80),
                line("正文", 110),
                line("正文末行", 700),
                line(f"- {n} -", 800),
            ],
        )
        for n in range(1, 4)
    ]
    pages[1][1][1] = line("第一条　总则", 80)
    assert find_furniture(pages) == [{0, 4}] * 3


def test_a_number_in_the_text_is_no_page_number() -> None:
    body = [line("正文", 100 + 16 * n) for n in range(38)]
    assert find_furniture([(842.0, [*body, line("12", 100 + 16 * 38)])]) == [set()]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("(一)实施素质教育:", "（一）实施素质教育："),
        ("湘政发〔2021]28号", "湘政发〔2021〕28号"),
        ("湘政发[2021]28号)", "湘政发〔2021〕28号）"),
        ("[2021]28号", "〔2021〕28号"),
        ("2023一2025年", "2023—2025年"),
        ("PM2.5 (ug/m3)", "PM2.5 (ug/m3)"),
        ("增长3,500元", "增长3,500元"),
    ],
)
def test_marks_of_recognised_lines(read: str, expected: str) -> None:
    assert respell_line(read) == expected


@pytest.mark.parametrize(
    ("text", "left_out", "expected"),
    [
        ("收入12万元", "— 3 —", []),
        ("收入1万元", "— 3 —", [("error", "1 printed characters (1 digits) are not in the text: 2")]),
        ("收入12元", "— 3 —", [("warning", "1 printed characters (0 digits) are not in the text: 万")]),
        ("收入12万元", "", [("error", "3 printed characters (1 digits) are not in the text: 3——")]),
    ],
)
def test_what_is_printed_and_neither_text_nor_furniture_is_told(
    text: str, left_out: str, expected: list[tuple[str, str]]
) -> None:
    printed = [(4, count_printed(["收", "入", "1", "2", " ", "万", "元", "—", "3", "—"]))]
    furniture = [Furniture(left_out, Box(4, 0, 0, 1, 1))]
    found = lost_text(printed, text, furniture)
    assert [(problem.severity, problem.message) for problem in found] == expected
    assert all(problem.page == 4 for problem in found)


def _column(texts: list[str], x: float, top: float, pitch: float = 20.0) -> list[Glyph]:
    return [
        Glyph(char, x + 10 * n, top + pitch * row, x + 10 * n + 10, top + pitch * row + 10, 10.0)
        for row, text in enumerate(texts)
        for n, char in enumerate(text)
    ]


OPEN = [
    Rule(0, 0, 200, 0), Rule(0, 20, 200, 20), Rule(0, 100, 200, 100), Rule(100, 0, 100, 100),
    Rule(0, 0, 0, 100), Rule(200, 0, 200, 100),
]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "values", "rows", "doubtful"),
    [
        (["粮食", "油料", "蔬菜"], ["1.5", "2", "-3"], 4, 0),
        (["粮食", "油料"], ["1.5", "2"], 3, 0),
        (["一句话说明", "写在两行"], ["某某", "某某"], 2, 0),
        (["某项指标"], ["1.5"], 2, 0),
    ],
)
def test_rows_without_lines_between_them(names: list[str], values: list[str], rows: int, doubtful: int) -> None:
    (lattice,) = find_lattices(OPEN, PAGE)
    head = _column(["名称"], 5, 5) + _column(["产量"], 120, 5)
    parted = part_rows(lattice, [*head, *_column(names, 5, 25), *_column(values, 120, 25)])
    assert len(parted.lattice.ys) - 1 == rows
    assert len(parted.doubtful) == doubtful


def _set(text: str, x0: float, x1: float, row: int, page: int = 1, left: float = 85.0) -> Placed:
    return Placed(Line(text, x0, row * 23.0, x1, row * 23.0 + 14, 14.0), page, page, left, 525.0, 1.64)


HANGING = {
    "goes on over a page whose left edge is another": (
        [_set("3. 县区政府：由水务局通知可能影响地区之县区", 148, 525, 30), _set("政府应急小组集结待命。", 170, 324, 2, 2, 99)], 1,
    ),
    "a full line that ends on a stop has its rest under it": (
        [_set("（2）事故地区进口货物（食品、农产品等）之管制。", 163, 525, 3), _set("（财政局、经信局、交通局）", 199, 380, 4)], 1,
    ),
    "a paragraph of its own stands in more": (
        [_set("（2）事故地区进口货物（食品、农产品等）之管制。", 163, 525, 3), _set("财政局、经信局、交通局负责。", 227, 400, 4)], 2,
    ),
    "a date at the right edge ends nothing and begins nothing": (
        [_set("2024年7月8日", 430, 522, 3), _set("附件", 85, 113, 4)], 2,
    ),
    "another marker begins another": (
        [_set("（2）事故地区进口货物（食品、农产品等）之管制。", 163, 525, 3), _set("（3）作业海域之监控。", 163, 300, 4)], 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HANGING)
def test_lines_under_a_marker_that_stands_out(case: str) -> None:
    lines, expected = HANGING[case]
    assert len(join_paragraphs(lines)) == expected


THREE = [[f"{column}栏第{row}行文字排满这一栏" for row in range(14)] for column in "甲乙丙"]
FULL_TABLE = Lattice((60.0, 180.0, 330.0, 535.0), (330.0, 350.0, 370.0), ())


def test_three_columns_are_read_one_after_another_and_a_caption_with_its_table() -> None:
    lines = [
        Line(text, 60 + 165 * column, 60 + 18.0 * row, 205 + 165 * column, 70 + 18.0 * row, 10.0)
        for column, texts in enumerate(THREE)
        for row, text in enumerate(texts)
    ]
    caption = Line("表1 计划", 275, 315, 320, 325, 10.0)
    flows = reading_order([*lines, caption], [FULL_TABLE])
    read = [item.text if isinstance(item, Line) else "表" for flow in flows for item in flow.items]
    assert read == [*THREE[0], *THREE[1], *THREE[2], "表1 计划", "表"]


@pytest.mark.parametrize(("x0", "figure"), [(60.0, Area(310, 80, 525, 180)), (280.0, Area(60, 80, 270, 180))])
def test_text_beside_a_figure_is_whole(x0: float, figure: Area) -> None:
    texts = ["　各县区要加快推进重点项目建设", "强化要素保障，提升服务的水平，", "完善工作机制。"]
    lines = [
        Line(text.strip(), x0 + 24 * (row == 0), 84 + 20.0 * row, x0 + (240 if row < 2 else 84), 96 + 20.0 * row, 12.0)
        for row, text in enumerate(texts)
    ]
    placed = [Placed(line, 1, 1, *edges_beside(line, lines, [figure], 60, 525), 1.66) for line in lines]
    assert len(join_paragraphs(placed)) == 1


def _beside_a_drawing(texts: list[str], labels: list[tuple[str, float, float]]) -> tuple[str, str]:
    """What is read as text and as words of a drawing at its right, of lines that begin at the left edge."""
    glyphs = [
        Glyph(char, 60 + 12.0 * column, 84 + 20.0 * row, 72 + 12.0 * column, 96 + 20.0 * row, 12.0)
        for row, text in enumerate(texts)
        for column, char in enumerate(text)
    ]
    glyphs += [
        Glyph(char, x + 5.0 * place, top, x + 5.0 * place + 5, top + 10, 10.0)
        for text, x, top in labels
        for place, char in enumerate(text)
    ]
    bars = [Area(330.0 + 30 * n, 150.0 - 15 * n, 345.0 + 30 * n, 170.0) for n in range(4)]
    content = PageContent(1, 595.0, 842.0, glyphs=glyphs, fills=bars, curves=[Area(330, 90, 440, 130)])
    outside, words = words_in_figures(glyphs, drawn_figures(content, glyphs, []))
    return "".join(g.text for g in outside), "".join(g.text for g in words)


LABELS = [("61.2", 330.0, 125.0), ("71.6", 420.0, 85.0), ("2023", 330.0, 172.0)]


def test_words_of_a_drawing_stand_in_no_sentence_beside_it() -> None:
    texts = ["全市粮食总产量比上年增长百分之三点一", "油料播种面积扩大三万亩，蔬菜产量", "继续增加。"]
    assert _beside_a_drawing(texts, LABELS) == ("".join(texts), "71.661.22023")


def test_words_under_a_drawn_seal_stay() -> None:
    texts = ["", "", "　" * 24 + "某市人民政府", "　" * 23 + "某年某月某日某时"]
    assert _beside_a_drawing(texts, [])[1] == ""


def test_a_background_and_a_sign_are_no_figures() -> None:
    areas = [Area(0, 0, 595, 842), Area(60, 80, 80, 100), Area(60, 80, 270, 180)]
    assert figures_of(areas, 595, 842, 12.0) == [Area(60, 80, 270, 180)]
