"""A picture where a title stands, on a page whose text layer is read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.readers.page.content import Area, Glyph, PageContent
from pipeline.readers.page.layout import PageLayout, lay_out
from pipeline.readers.pdf.pictures import read_title_pictures

WIDTH, HEIGHT, SIZE = 595.0, 842.0, 16.0
TITLE = Area(120, 90, 470, 130)


def _row(text: str, top: float, x0: float = 80.0) -> list[Glyph]:
    return [Glyph(c, x0 + i * SIZE, top, x0 + (i + 1) * SIZE, top + SIZE, SIZE) for i, c in enumerate(text)]


def _page(number: int, *images: Area) -> PageLayout:
    glyphs = _row("各镇人民政府，县直各单位：", 160) + _row("现将防汛工作有关事项通知如下。", 190)
    return lay_out(PageContent(number, WIDTH, HEIGHT, glyphs=glyphs, images=list(images)))


def _reads(_: PageLayout, area: Area) -> Sequence[Glyph]:
    return _row("关于加强防汛工作的通知", area.top + 4, area.x0)


def test_what_the_picture_prints_stands_over_the_text() -> None:
    page = _page(1, TITLE)
    assert read_title_pictures([page], _reads) == []
    assert [line.text for line in page.lines] == [
        "关于加强防汛工作的通知",
        "各镇人民政府，县直各单位：",
        "现将防汛工作有关事项通知如下。",
    ]


def test_without_ocr_it_is_a_problem_of_its_page() -> None:
    page = _page(1, TITLE)
    (problem,) = read_title_pictures([page], None)
    assert (problem.category, problem.page) == ("unread_picture", 1)
    assert len(page.lines) == 2


@pytest.mark.parametrize(
    "area",
    [
        Area(120, 90, 150, 120),  # an emblem
        Area(120, 400, 470, 440),  # below the text
        Area(0, 0, WIDTH, HEIGHT),  # a background
        Area(80, 150, 470, 185),  # beside the first line
    ],
)
def test_other_pictures_are_left_alone(area: Area) -> None:
    assert read_title_pictures([_page(1, area)], None) == []


def test_the_picture_that_every_page_has_is_its_head() -> None:
    assert read_title_pictures([_page(1, TITLE), _page(2, TITLE)], None) == []
