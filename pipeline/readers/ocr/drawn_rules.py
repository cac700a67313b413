"""Ruled lines in the picture of a page: long runs of dark pixels along either axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.page.content import Area, Rule

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[Any]]
else:
    Picture = Any

_LONG: Final = 30.0
"""Runs of this many points are ruled lines wherever they stand: no stroke of a character is as long."""
_SHORT: Final = 8.0
"""Shorter runs down to this are ruled lines where both ends meet lines across them: the sides of a low or narrow cell."""
_WIDEST: Final = 6.0
_STICKS_OUT: Final = 4.0
_FALLS_SHORT: Final = 1.5
"""Strokes of characters in a low cell come near its edges, but not this near."""
_FEWEST_SIDES: Final = 4
_ALIKE: Final = 1.0
_SOLID: Final = 0.92
"""Share of a run that is inked; strokes of characters one after another leave more gaps."""


def find_rules(dark: Picture, scale: float, text: Sequence[Area] = ()) -> list[Rule]:
    """The ruled lines of a level page in points, from its inked pixels (height x width); *scale* is pixels to a point.

    *text* holds the em squares of the printed lines, in points: runs within one of them are strokes of its characters.
    """
    runs = [
        [run for run in _runs(dark, across, scale) if not any(_is_within(run, area) for area in text)]
        for across in (True, False)
    ]
    across, down = ([run for run in found if _length(run) >= _LONG] for found in runs)
    down += _held([run for run in runs[1] if _length(run) < _LONG], across)
    across += _held([run for run in runs[0] if _length(run) < _LONG], down)
    return [*across, *down]


def _runs(dark: Picture, across: bool, scale: float) -> Iterable[Rule]:
    """The runs of dark pixels along one axis, of :data:`_SHORT` points or more."""
    import cv2

    length = int(_SHORT * scale)
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
    bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 3) if across else (3, 9))
    runs = cv2.morphologyEx(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, kernel)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(runs)
    for x, y, width, height, _ in boxes[1:].tolist():
        if min(width, height) > _WIDEST * scale or not _is_solid(dark[y : y + height, x : x + width], across):
            continue
        if across:
            middle = (y + height / 2) / scale
            yield Rule(x / scale, middle, (x + width) / scale, middle)
        else:
            middle = (x + width / 2) / scale
            yield Rule(middle, y / scale, middle, (y + height) / scale)


def _is_solid(run: Picture, across: bool) -> bool:
    """Whether the run is one line, and not strokes of characters one after another."""
    inked = run.any(axis=0 if across else 1)
    return float(inked.mean()) >= _SOLID


def _length(rule: Rule) -> float:
    return max(rule.x1 - rule.x0, rule.bottom - rule.top)


def _held(runs: Sequence[Rule], others: Sequence[Rule]) -> list[Rule]:
    """The runs both of whose ends meet lines of the other way, and those of rows that a page break cut open.

    The sides of a cut row end alike where no line is; strokes of characters do not.
    """
    ends = [_meets(run, others) for run in runs]
    half = [run for run, (start, end) in zip(runs, ends, strict=True) if start != end]
    return [
        run
        for run, (start, end) in zip(runs, ends, strict=True)
        if (start and end) or (start != end and sum(_end_alike(run, other) for other in half) >= _FEWEST_SIDES)
    ]


def _is_within(run: Rule, area: Area) -> bool:
    return area.x0 <= run.x0 and run.x1 <= area.x1 and area.top <= run.top and run.bottom <= area.bottom


def _end_alike(one: Rule, other: Rule) -> bool:
    if one.is_horizontal:
        return abs(one.x0 - other.x0) <= _ALIKE and abs(one.x1 - other.x1) <= _ALIKE
    return abs(one.top - other.top) <= _ALIKE and abs(one.bottom - other.bottom) <= _ALIKE


def _meets(rule: Rule, others: Sequence[Rule]) -> tuple[bool, bool]:
    """For each end of the rule whether it meets a line of the other way; it may stick out, but hardly fall short of it."""
    if rule.is_horizontal:
        place, ends = rule.top, (rule.x0, rule.x1)
        crossing = [(other.x0, other.top, other.bottom) for other in others]
    else:
        place, ends = rule.x0, (rule.top, rule.bottom)
        crossing = [(other.top, other.x0, other.x1) for other in others]
    heights = [at for at, start, end in crossing if start - _STICKS_OUT <= place <= end + _STICKS_OUT]
    return (
        any(-_STICKS_OUT <= ends[0] - at <= _FALLS_SHORT for at in heights),
        any(-_STICKS_OUT <= at - ends[1] <= _FALLS_SHORT for at in heights),
    )
