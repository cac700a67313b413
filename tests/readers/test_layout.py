"""The parts of the page layout on their own: spelling, quality, lattices, furniture, recognised lines."""

from __future__ import annotations

import pytest

from pipeline.readers.ocr.spelling import respell_line
from pipeline.readers.page.content import Area, Glyph, Line, Rule
from pipeline.readers.page.furniture import find_furniture
from pipeline.readers.page.glyphs import respell
from pipeline.readers.page.lines import build_lines
from pipeline.readers.page.quality import GOOD, text_quality
from pipeline.readers.page.tables.lattice import find_lattices

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
