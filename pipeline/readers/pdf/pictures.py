"""Pictures in title position on pages of text: a title drawn as a picture, which the text layer does not tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from pipeline.readers.page.content import Area, Glyph
from pipeline.readers.page.layout import PageLayout
from pipeline.readers.page.lines import build_lines
from schemas.records import Problem

_LEAST_WIDTH: Final = 0.25
"""A title takes this share of the page's width at least."""
_LEAST_HEIGHT, _MOST_HEIGHT = 1.0, 10.0
"""Its height in ems of the text below it."""
_UPPER: Final = 0.5

ReadPicture = Callable[[PageLayout, Area], Sequence[Glyph]]
"""What reads an area of a page by OCR: its characters, in points of the page."""


def read_title_pictures(layouts: Sequence[PageLayout], read: ReadPicture | None) -> list[Problem]:
    """Add what pictures in title position print to the lines of their pages; a problem for each that is not read.

    *read* is ``None`` where OCR is not installed. A picture at the same place of several pages is a running head.
    """
    places = [(layout, area) for layout in layouts for area in _over_the_text(layout)]
    usual = Counter(_place(area) for _, area in places)
    problems: list[Problem] = []
    for layout, area in places:
        if usual[_place(area)] > 1:
            continue
        if read is None:
            said = f"page {layout.number}: a picture stands where a title does, and OCR is not installed (gongbao[ocr])"
            problems.append(Problem("unread_picture", "info", said, None, layout.number))
            continue
        layout.lines = sorted([*build_lines(read(layout, area)), *layout.lines], key=lambda line: line.top)
    return problems


def _place(area: Area) -> tuple[int, int, int, int]:
    return round(area.x0), round(area.top), round(area.x1), round(area.bottom)


def _over_the_text(layout: PageLayout) -> list[Area]:
    """The pictures right over all the text of a page whose text layer is read, of a title's size."""
    if layout.method != "text" or layout.fault or not layout.lines:
        return []
    first = min(layout.lines, key=lambda line: line.top)
    return [
        area
        for area in layout.images
        if area.x1 - area.x0 >= _LEAST_WIDTH * layout.width
        and _LEAST_HEIGHT * first.size <= area.bottom - area.top <= _MOST_HEIGHT * first.size
        and area.bottom <= min(first.top + 0.5 * first.size, _UPPER * layout.height)
        and area.top >= 0
    ]
