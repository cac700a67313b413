"""PDF with a text layer: reading order, paragraphs, furniture, tables, characters that are not what they seem."""

from __future__ import annotations

import pytest

from pipeline.readers import read_bytes
from schemas.records import SourceTable, SourceText
from tests.readers.sheets import HEIGHT, WIDTH, Sheet, pdf, wrap

LONG = (
    "为进一步规范城镇污水处理设施运行管理，改善水环境质量，根据国家和省有关规定，结合我市实际，制定本办法。"
    "各级排水主管部门应当按照职责分工，加强对污水处理厂进出水水质和运行台账的监督检查，确保出水稳定达标。"
)
SECOND = "到二〇二五年，全市城镇污水集中收集率达到百分之七十以上，新建改建管网一百二十公里，消除黑臭水体六处，生活污水直排口基本消除。"
HEADER = [
    (0, 0, 3, 1, "序号"), (0, 1, 3, 1, "乡镇"), (0, 2, 1, 3, "目标任务（万亩）"), (0, 5, 3, 1, "责任领导"),
    (1, 2, 1, 2, "面积"), (1, 4, 2, 1, "产量"), (2, 2, 1, 1, "早稻"), (2, 3, 1, 1, "晚稻"),
]  # fmt: skip
XS = [60, 100, 190, 250, 310, 380, 500]


def read(data: bytes) -> SourceText:
    source = read_bytes(data, "a.pdf")
    assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
    ends = [0, *(page.span.end for page in source.pages)]
    assert [page.span.start for page in source.pages] == ends[:-1] and ends[-1] == len(source.text)
    return source


def paragraphs(source: SourceText) -> list[str]:
    return [line for line in source.text.split("\n") if line]


def cells(source: SourceText, table: SourceTable) -> dict[tuple[int, int, int, int], str]:
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span): source.text[cell.span.start : cell.span.end]
        for cell in table.cells
    }


def test_paragraph_lines_are_joined_and_new_paragraphs_stand_in() -> None:
    def draw(sheet: Sheet) -> None:
        y = sheet.column(90, 100, wrap(LONG, 34))
        sheet.column(90, y, wrap(SECOND, 34))

    assert paragraphs(read(pdf([draw]))) == [LONG, SECOND]


def test_two_columns_with_a_title_over_both() -> None:
    left, right = wrap(LONG, 15), wrap(SECOND, 15)
    half = (len(left) + len(right)) // 2
    lines = [*left, *right]

    def draw(sheet: Sheet) -> None:
        sheet.centred(WIDTH / 2, 80, "关于印发城镇污水处理设施运行管理办法的通知", 18)
        sheet.column(90, 120, lines[:half])
        sheet.column(90 + 15 * 12 + 40, 126, lines[half:])

    assert paragraphs(read(pdf([draw]))) == ["关于印发城镇污水处理设施运行管理办法的通知", LONG, SECOND]


def test_paragraph_goes_on_over_pages_without_heads_and_numbers() -> None:
    lines = [*wrap(LONG, 34), *wrap(SECOND, 34)]

    def page(number: int, body: list[str]) -> None:
        def draw(sheet: Sheet) -> None:
            sheet.centred(WIDTH / 2, 40, "桐埠市人民政府公报　2024年第7期", 9)
            sheet.column(90, 100, body)
            sheet.centred(WIDTH / 2, HEIGHT - 30, f"— {number} —", 9)

        pages.append(draw)

    pages: list[object] = []
    for number in range(3):
        page(number + 11, lines[2 * number : 2 * number + 2] if number < 2 else lines[4:])
    source = read(pdf(pages))  # type: ignore[arg-type]
    assert paragraphs(source) == [LONG, SECOND]
    assert [item.text for item in source.furniture] == [
        text for number in (11, 12, 13) for text in ("桐埠市人民政府公报　2024年第7期", f"— {number} —")
    ]
    assert [item.box.page for item in source.furniture] == [1, 1, 2, 2, 3, 3]
    assert source.text[slice(*source.pages[1].span)].startswith(lines[2])


def test_table_with_merged_cells_and_three_header_rows() -> None:
    body = [(3, 0, 1, 1, "1"), (3, 1, 1, 1, "木隆镇"), (3, 2, 1, 1, "0.82"), (3, 3, 1, 1, "1.10"), (3, 4, 1, 1, "0.9"),
            (3, 5, 1, 1, "张　奕　李明\n欧阳鹤鸣"), (4, 0, 1, 2, "合计"), (4, 2, 1, 1, "0.82"), (4, 3, 1, 1, ""), (4, 4, 1, 1, "-2.8%"),
            (4, 5, 1, 1, "")]  # fmt: skip
    ys = [120, 140, 160, 180, 220, 240]

    def draw(sheet: Sheet) -> None:
        sheet.text(90, 100, "附表　粮食生产任务分解表")
        sheet.grid(XS, ys, [*HEADER, *body])

    source = read(pdf([draw]))
    (table,) = source.tables
    expected = {cell[:4]: cell[4].replace("\n", " ") for cell in (*HEADER, *body)}
    assert cells(source, table) == expected
    assert (table.n_rows, table.n_columns) == (5, 6)
    lines = source.text[slice(*table.span)].split("\n")
    assert [line.count("\t") for line in lines] == [5, 5, 5, 5, 5, 0]


def test_table_ruled_across_only() -> None:
    rows = [
        ("单位", "联系人", "面积（亩）"),
        ("市农业农村局", "简　汀", "12.5"),
        ("市林业局", "欧阳鹤鸣", ""),
        ("市水利局", "陆　昉", "8"),
    ]

    def draw(sheet: Sheet) -> None:
        sheet.column(90, 80, wrap(SECOND, 34))
        for y in (180, 200, 270):
            sheet.line(90, y, 500, y)
        for number, row in enumerate(rows):
            for x, text in zip((95, 240, 400), row, strict=True):
                sheet.text(x, 195 + 22 * number, text, 10.5)
        sheet.text(114, 300, "联系电话不再另行公布。")

    source = read(pdf([draw]))
    (table,) = source.tables
    assert list(cells(source, table).values()) == [text for row in rows for text in row]
    assert paragraphs(source)[0] == SECOND and paragraphs(source)[-1] == "联系电话不再另行公布。"


@pytest.mark.parametrize("repeated", [True, False])
def test_table_over_two_pages(repeated: bool) -> None:
    def row(number: int, at: int) -> list[tuple[int, int, int, int, str]]:
        return [(at, 0, 1, 1, str(number)), (at, 1, 1, 1, f"第{number}镇"), (at, 2, 1, 1, "0.5"), (at, 3, 1, 1, "0.6"),
                (at, 4, 1, 1, "7"), (at, 5, 1, 1, "简汀")]  # fmt: skip

    def first(sheet: Sheet) -> None:
        sheet.grid(XS, [700, 720, 740, 760, 780], [*HEADER, *row(1, 3)])

    def second(sheet: Sheet) -> None:
        head = HEADER if repeated else []
        start = 3 if repeated else 0
        ys = [80 + 20 * i for i in range(start + 3)]
        sheet.grid(XS, ys, [*head, *row(2, start), *row(3, start + 1)])
        sheet.text(90, 400, "注：产量单位为万吨。")

    source = read(pdf([first, second]))
    (table,) = source.tables
    assert table.n_rows == 6
    assert [text for (_, column, _, _), text in cells(source, table).items() if column == 1] == [
        "乡镇",
        "第1镇",
        "第2镇",
        "第3镇",
    ]
    assert table.header_rows == (3 if repeated else None)
    assert paragraphs(source)[-1] == "注：产量单位为万吨。"
    assert len(source.furniture) == repeated


def test_row_cut_by_the_page_and_merged_cell_that_goes_on() -> None:
    xs = [60, 100, 160, 160 + 150]

    def first(sheet: Sheet) -> None:
        sheet.grid(xs, [700, 720, 740, 780], [
            (0, 0, 1, 1, "序号"), (0, 1, 1, 1, "类别"), (0, 2, 1, 1, "任务"), (1, 0, 1, 1, "1"), (1, 1, 2, 1, "生态"),
            (1, 2, 1, 1, "植树造林"), (2, 0, 1, 1, "2"), (2, 2, 1, 1, "新建污水管网十二公里，改造老")])  # fmt: skip

    def second(sheet: Sheet) -> None:
        sheet.grid(
            xs,
            [80, 100, 120],
            [
                (0, 0, 1, 1, ""),
                (0, 1, 2, 1, ""),
                (0, 2, 1, 1, "旧管网六公里。"),
                (1, 0, 1, 1, "3"),
                (1, 2, 1, 1, "清淤"),
            ],
        )

    source = read(pdf([first, second]))
    found = cells(source, source.tables[0])
    assert found[2, 2, 1, 1] == "新建污水管网十二公里，改造老旧管网六公里。"
    assert found[1, 1, 3, 1] == "生态" and found[3, 0, 1, 1] == "3"


def test_row_over_three_pages() -> None:
    xs, text = [60, 100, 160, 160 + 156], LONG[:45]

    def page(number: int) -> None:
        def draw(sheet: Sheet) -> None:
            part = text[15 * number : 15 * number + 15]
            first = [
                (0, 0, 1, 1, "7" if not number else ""),
                (0, 1, 1, 1, "生态" if not number else ""),
                (0, 2, 1, 1, part),
            ]
            rest = [(1, 0, 1, 1, "8"), (1, 1, 1, 1, "产业"), (1, 2, 1, 1, "清淤")] if number == 2 else []
            sheet.grid(xs, [700, 720, 740] if rest else [700, 720], [*first, *rest])

        pages.append(draw)

    pages: list[object] = []
    for number in range(3):
        page(number)
    source = read(pdf(pages))  # type: ignore[arg-type]
    assert list(cells(source, source.tables[0]).values()) == ["7", "生态", text, "8", "产业", "清淤"]


def test_numbered_rows_after_a_full_cell_are_rows_of_their_own() -> None:
    xs, long = [60, 100, 260], LONG[:15]

    def page(number: int, y: float) -> None:
        pages.append(lambda sheet: sheet.grid(xs, [y, y + 20, y + 40], [
            (0, 0, 1, 1, str(number)), (0, 1, 1, 1, long), (1, 0, 1, 1, str(number + 1)), (1, 1, 1, 1, long)]))  # fmt: skip

    pages: list[object] = []
    page(1, 740)
    page(3, 80)
    source = read(pdf(pages))  # type: ignore[arg-type]
    assert list(cells(source, source.tables[0]).values()) == ["1", long, "2", long, "3", long, "4", long]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_page_whose_text_is_turned(turn: int) -> None:
    def draw(sheet: Sheet) -> None:
        canvas = sheet.canvas
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(turn)
        canvas.translate(-280, -280)
        upright = Sheet(canvas, 560)
        upright.column(40, 60, wrap(LONG, 34))
        upright.grid(
            [40, 200, 420],
            [300, 330, 360],
            [(0, 0, 1, 1, "单位"), (0, 1, 1, 1, "面积"), (1, 0, 1, 1, "静河"), (1, 1, 1, 1, "3.5")],
        )

    source = read(pdf([draw]))
    assert paragraphs(source)[0] == LONG
    assert list(cells(source, source.tables[0]).values()) == ["单位", "面积", "静河", "3.5"]
    assert source.pages[0].rotation == turn


def test_vertical_writing() -> None:
    columns = [SECOND[:20], SECOND[20:40], SECOND[40:]]

    def draw(sheet: Sheet) -> None:
        for number, column in enumerate(columns):
            for place, char in enumerate(column):
                sheet.text(500 - 24 * number, 100 + 14 * place, char)

    assert paragraphs(read(pdf([draw]))) == [SECOND]


def test_heads_of_several_levels_over_open_columns() -> None:
    """三线表 with lines under the heads of groups, cells of two lines and a row that the next page goes on."""

    def draw(sheet: Sheet) -> None:
        sheet.centred(295, 170, "附表　粮食生产")
        for x0, y, x1 in ((90, 180, 500), (200, 200, 380), (90, 222, 500), (90, 312, 500)):
            sheet.line(x0, y, x1, y)
        for x, y, word in (
            (95, 205, "乡镇"),
            (270, 195, "面积（万亩）"),
            (205, 215, "早稻"),
            (300, 215, "晚稻"),
            (400, 205, "责任单位"),
        ):
            sheet.text(x, y, word, 10)
        for number, (town, early, late) in enumerate(
            (("木隆镇", "0.82", "1.10"), ("静河乡", "", "0.60"), ("合计", "0.82", "1.70"))
        ):
            for x, word in ((95, town), (205, early), (300, late)):
                sheet.text(x, 240 + 30 * number, word, 10)
            sheet.column(400, 240 + 30 * number, ["县农业农村局、县自然", "资源局"], 10, 13)
        sheet.text(114, 340, "注：合计数不含飞地。")

    source = read(pdf([draw]))
    (table,) = source.tables
    found = {place[:2]: text for place, text in cells(source, table).items() if text}
    assert found == {
        (0, 0): "乡镇", (0, 1): "面积（万亩）", (0, 3): "责任单位", (1, 1): "早稻", (1, 2): "晚稻",
        (2, 0): "木隆镇", (2, 1): "0.82", (2, 2): "1.10", (2, 3): "县农业农村局、县自然资源局",
        (3, 0): "静河乡", (3, 2): "0.60", (3, 3): "县农业农村局、县自然资源局",
        (4, 0): "合计", (4, 1): "0.82", (4, 2): "1.70", (4, 3): "县农业农村局、县自然资源局",
    }  # fmt: skip
    assert paragraphs(source)[0] == "附表　粮食生产" and paragraphs(source)[-1] == "注：合计数不含飞地。"


def test_table_that_goes_on_in_the_next_column() -> None:
    xs = [60, 90, 200, 290]

    def draw(sheet: Sheet) -> None:
        y = sheet.column(60, 100, wrap(LONG, 19), 12, 20)
        sheet.grid(xs, [y, y + 20, y + 40], [(0, 0, 1, 1, "序号"), (0, 1, 1, 1, "单位"), (0, 2, 1, 1, "亩"), (1, 0, 1, 1, "1"),
                   (1, 1, 1, 1, "静河"), (1, 2, 1, 1, "3.5")])  # fmt: skip
        right = [x + 260 for x in xs]
        sheet.grid(right, [90, 110], [(0, 0, 1, 1, "2"), (0, 1, 1, 1, "木隆"), (0, 2, 1, 1, "4")])
        sheet.column(320, 134, wrap(SECOND, 19), 12, 20)

    source = read(pdf([draw]))
    assert paragraphs(source)[0] == LONG and paragraphs(source)[-1] == SECOND
    assert [list(cells(source, table).values()) for table in source.tables] == [
        ["序号", "单位", "亩", "1", "静河", "3.5", "2", "木隆", "4"]
    ]


def test_what_is_not_seen_is_not_read_and_bold_is_read_once() -> None:
    def draw(sheet: Sheet) -> None:
        canvas = sheet.canvas
        for shift in (0, 0.3, 0.6):
            sheet.text(90 + shift, 100, "第一章　总则")
        sheet.text(90, 140, "早稻面积达到三十九万亩。")
        canvas.setFillGray(1)
        sheet.text(90, 180, "白色文字")
        canvas.setFillGray(0)
        sheet.text(90, 200, "极小文字", 1)
        sheet.text(WIDTH + 50, 220, "页外文字")
        canvas.saveState()
        hidden = canvas.beginText(90, 500)
        hidden.setFont("STSong-Light", 12)
        hidden.setTextRenderMode(3)
        hidden.textOut("无墨文字")
        canvas.drawText(hidden)
        canvas.restoreState()
        canvas.setFillGray(0.3)
        canvas.rect(80, 300, 200, 30, fill=1)
        canvas.setFillGray(1)
        sheet.text(90, HEIGHT - 310, "反白标题")

    assert paragraphs(read(pdf([draw]))) == ["第一章　总则", "早稻面积达到三十九万亩。", "反白标题"]


def test_unseen_text_layer_of_a_scan_is_read() -> None:
    def draw(sheet: Sheet) -> None:
        layer = sheet.canvas.beginText(90, 700)
        layer.setFont("STSong-Light", 12)
        layer.setTextRenderMode(3)
        layer.textOut("扫描件的隐藏文字层。")
        sheet.canvas.drawText(layer)

    assert paragraphs(read(pdf([draw]))) == ["扫描件的隐藏文字层。"]


def test_watermark_is_furniture() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.column(90, 100, wrap(LONG, 34))
        sheet.canvas.translate(200, 300)
        sheet.canvas.rotate(45)
        Sheet(sheet.canvas, 0).text(0, 0, "内部资料", 40)

    source = read(pdf([draw]))
    assert paragraphs(source) == [LONG]
    assert [item.text for item in source.furniture] == ["内部资料"]


def test_reading_twice_gives_the_same() -> None:
    data = pdf([lambda sheet: sheet.grid(XS, [120, 140, 160, 180], HEADER)])
    assert read(data) == read(data)
