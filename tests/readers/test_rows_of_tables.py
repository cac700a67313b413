"""Rows of tables that no line or figure tells: names of groups, rows without figures, one row on a page of its own."""

from __future__ import annotations

import pytest

from pipeline.readers import read_bytes
from schemas.records import SourceText
from tests.readers.sheets import Sheet, pdf

_LEFT, _TOP, _WIDE, _PITCH = 90.0, 140.0, 80.0, 20.0
_HEAD = ("项目", "产量（吨）", "增长（%）")


def _table(sheet: Sheet, rows: list[tuple[str, ...]], lines: str, name_width: float = 80.0) -> None:
    """Rows *_PITCH* apart, ruled under each row, under the head and at the end (``three``), or around the head and between columns."""
    right, bottom = _LEFT + name_width + 2 * _WIDE, _TOP + _PITCH * len(rows)
    places = (_LEFT, _LEFT + name_width, _LEFT + name_width + _WIDE)
    for number, row in enumerate(rows):
        for place, word in zip(places, row, strict=False):
            sheet.text(place + 3, _TOP + _PITCH * number + 14, word, 11)
    ruled = range(len(rows) + 1) if lines == "each" else (0, 1, len(rows)) if lines != "none" else ()
    for number in ruled:
        sheet.line(_LEFT, _TOP + _PITCH * number, right, _TOP + _PITCH * number)
    for place in places[1:] if lines == "open" else ():
        sheet.line(place, _TOP, place, bottom)


def _read(rows: list[tuple[str, ...]], lines: str, name_width: float = 80.0) -> SourceText:
    def draw(sheet: Sheet) -> None:
        sheet.text(90, 100, "现将有关数据公告如下。")
        _table(sheet, rows, lines, name_width)
        sheet.text(90, _TOP + _PITCH * len(rows) + 60, "特此公告。")

    return read_bytes(pdf([draw]), "table.pdf")


def _rows(source: SourceText) -> list[list[str]]:
    (table,) = source.tables
    return [line.split("\t") for line in source.text[table.span.start : table.span.end].rstrip("\n").split("\n")]


_ROWS: list[tuple[str, ...]] = [
    _HEAD, ("东河区", "12.5", "3.1"), ("城镇单位",), ("西岭县", "9.8", "-1.6"), ("其中：北镇", "4.1", "2.2"), ("南湾县", "8.8", "0.4"),
]  # fmt: skip


@pytest.mark.parametrize("lines", ["each", "three", "open", "none"])
@pytest.mark.parametrize("group", ["按产业分", "城镇单位", "其中：农村"])
def test_the_name_of_a_group_is_a_row(lines: str, group: str) -> None:
    """The names fill their column, whose width nothing shows but the names themselves."""
    rows = [*_ROWS[:2], (group,), *_ROWS[3:]]
    source = _read(rows, lines, 64.0)
    assert _rows(source) == [[*row, *[""] * (3 - len(row))] for row in rows]
    told = [problem.category for problem in source.problems]
    assert told == (["table_shape"] if group == "城镇单位" and lines in ("three", "open") else [])


@pytest.mark.parametrize("last", [("其中：北镇",), ("暂无数据",)], ids=["a part", "a name"])
def test_a_row_without_figures_ends_the_table(last: tuple[str, ...]) -> None:
    assert _rows(_read([*_ROWS, last], "each"))[-1] == [last[0], "", ""]


def test_names_without_figures_between_lines_are_rows_of_two_columns() -> None:
    rows = [
        ("项目", "数量"),
        ("东河区", "12"),
        ("按产业分",),
        ("西岭县", "9"),
        ("南湾县", "7"),
        ("北岗市", "8"),
        ("白沙区", "6"),
    ]
    assert [row[0] for row in _rows(_read(rows, "each"))] == [row[0] for row in rows]


def test_a_caption_between_two_ruled_tables_is_in_none() -> None:
    def draw(sheet: Sheet) -> None:
        _table(sheet, _ROWS[:2] * 2, "each")
        sheet.text(92, _TOP + 94, "单位：万元", 11)
        for number, row in enumerate([("名称", "金额"), ("甲", "5"), ("乙", "6")]):
            for column, word in enumerate(row):
                sheet.text(93 + 100 * column, _TOP + 114 + 20 * number, word, 11)
        for number in range(4):
            sheet.line(_LEFT, _TOP + 100 + 20 * number, _LEFT + 240, _TOP + 100 + 20 * number)

    assert "单位：万元" in read_bytes(pdf([draw]), "two.pdf").text.split("\n")


def test_one_row_on_the_next_page_is_of_its_table() -> None:
    def first(sheet: Sheet) -> None:
        sheet.text(90, 100, "现将有关数据公告如下。")
        for number, row in enumerate([_HEAD, *[(f"第{n}镇", f"{n}2.5", f"{n}.1") for n in range(1, 8)]]):
            for column, word in enumerate(row):
                sheet.text(93 + 110 * column, 600 + 20 * number, word, 11)

    def second(sheet: Sheet) -> None:
        for column, word in enumerate(("末镇", "7.25", "6.1")):
            sheet.text(93 + 110 * column, 90, word, 11)
        sheet.text(90, 150, "特此公告。")

    assert _rows(read_bytes(pdf([first, second]), "pages.pdf"))[-1] == ["末镇", "7.25", "6.1"]


def test_a_line_whose_blanks_are_pulled_wide_is_one() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(90, 100, "依托监管平台，推行")
        sheet.text(218, 100, " ")
        sheet.text(238, 100, "PDCA")
        sheet.text(290, 100, " ")
        sheet.text(314, 100, "闭环管理，数据按月报送。")

    assert "推行 PDCA 闭环管理" in read_bytes(pdf([draw]), "line.pdf").text


def test_a_head_behind_a_bracket_stands_apart() -> None:
    """Typesetters take the blank half of a closing bracket away, so that the next column begins within an em of it."""
    rows = [
        ("项目（亿公顷）", "总量", "增长（%）"),
        ("东河区", "12.5", "3.1"),
        ("西岭县", "9.8", "-1.6"),
        ("南湾县", "8.8", "0.4"),
    ]
    assert _rows(_read(rows, "three", 82.0))[0] == list(rows[0])
