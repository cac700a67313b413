"""Text beside a figure: the edges that its lines have there are not those of their column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.readers.page.content import Area, Line

_LEAST_SIDE: Final = 3.0
"""A figure is this many em high and wide at least; what is smaller is a sign, what takes the page a background."""
_MOST_OF_PAGE: Final = 0.8
_MOST_MARGIN: Final = 2.0
"""Between a figure and the text beside it there are so many em at most."""


def figures_of(images: Sequence[Area], width: float, height: float, size: float) -> list[Area]:
    """Those of the *images* on a page that may stand beside text of *size*."""
    least = _LEAST_SIDE * size
    return [
        area
        for area in images
        if area.x1 - area.x0 >= least
        and area.bottom - area.top >= least
        and not (area.x1 - area.x0 > _MOST_OF_PAGE * width and area.bottom - area.top > _MOST_OF_PAGE * height)
    ]


def edges_beside(
    line: Line, lines: Sequence[Line], figures: Sequence[Area], left: float, right: float
) -> tuple[float, float]:
    """The edges of *line*, one of the *lines* of a column between *left* and *right*, as a figure beside it sets them."""
    for figure in figures:
        if figure.x1 <= left or figure.x0 >= right or not _beside(line, figure):
            continue
        together = [other for other in lines if _beside(other, figure)]
        margin = _MOST_MARGIN * line.size
        if line.x1 <= figure.x0 + 1 and right > figure.x0:
            right = max(figure.x0 - margin, max(other.x1 for other in together if other.x1 <= figure.x0 + 1))
        elif line.x0 >= figure.x1 - 1 and left < figure.x1:
            left = min(figure.x1 + margin, min(other.x0 for other in together if other.x0 >= figure.x1 - 1))
    return left, right


def _beside(line: Line, figure: Area) -> bool:
    return figure.top - line.size < line.middle < figure.bottom + line.size
