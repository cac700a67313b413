"""Dot leaders of contents pages, which OCR passes over: rows of dots between a title and its page number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.page.content import Glyph, Line

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[Any]]
else:
    Picture = Any

_PAGE_NUMBER: Final = re.compile(r"[（(]?\s?\d{1,4}\s?[）)]?")
_SHORTEST: Final = 2.0
"""A leader fills at least this gap, in em."""
_LARGEST_DOT: Final = 0.35
_FULL: Final = 0.8
"""Share of the gap's stretches of one em that hold a dot of the row; specks on the paper stand here and there."""
_UNEVEN: Final = 0.35
_MOST_REGULAR: Final = 0.7
_DOTS: Final = 3
"""Dots of one …"""


def find_leaders(dark: Picture, lines: Sequence[Line], scale: float) -> list[Glyph]:
    """The leaders among the *lines* of a level page as characters …; *dark* holds its inked pixels."""
    found: list[Glyph] = []
    for number in lines:
        if not _PAGE_NUMBER.fullmatch(number.text.strip()):
            continue
        before = [line for line in lines if line is not number and line.x1 < number.x0 and _are_level(line, number)]
        if not before:
            continue
        title = max(before, key=lambda line: line.x1)
        if number.x0 - title.x1 >= _SHORTEST * number.size:
            found += _leader(dark, title, number, scale)
    return found


def _are_level(one: Line, other: Line) -> bool:
    return abs(one.middle - other.middle) < 0.5 * max(one.size, other.size)


def _leader(dark: Picture, title: Line, number: Line, scale: float) -> list[Glyph]:
    import cv2

    x0, x1, size = title.x1, number.x0, title.size
    top, bottom = min(title.top, number.top), max(title.bottom, number.bottom)
    part = dark[int(top * scale) : int(bottom * scale), int(x0 * scale) : int(x1 * scale)]
    if not part.size:
        return []
    _, _, boxes, centres = cv2.connectedComponentsWithStats(part)
    dots = [
        (x, y)
        for (x, y), (_, _, width, height, area) in zip(centres[1:].tolist(), boxes[1:].tolist(), strict=True)
        if max(width, height) <= _LARGEST_DOT * size * scale and area > 1
    ]
    if not dots:
        return []
    heights = sorted(y for _, y in dots)
    row = heights[len(heights) // 2]
    places = [x / scale for x, y in dots if abs(y - row) <= 0.15 * size * scale]
    slots = max(1, int((x1 - x0) / size))
    filled = {min(slots - 1, int(x / size)) for x in places}
    if len(places) < 2 * _DOTS or len(filled) < _FULL * slots or not _are_regular(sorted(places)):
        return []
    count = max(2, round(len(places) / _DOTS))
    step, middle = (x1 - x0) / count, title.middle
    return [
        Glyph("…", x0 + i * step, middle - size / 2, x0 + (i + 1) * step, middle + size / 2, size) for i in range(count)
    ]


def _are_regular(places: Sequence[float]) -> bool:
    """Whether most of the dots are one distance apart, as specks are not."""
    gaps = sorted(after - before for before, after in pairwise(places))
    usual = gaps[len(gaps) // 2]
    return sum(abs(gap - usual) <= _UNEVEN * usual for gap in gaps) >= _MOST_REGULAR * len(gaps)
