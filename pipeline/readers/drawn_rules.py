"""Ruled lines in the picture of a page: long runs of dark pixels along either axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.pages import Rule

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
_SOLID: Final = 0.92
"""Share of a run that is inked; strokes of characters one after another leave more gaps."""


def find_rules(dark: Picture, scale: float) -> list[Rule]:
    """The ruled lines of a level page in points, from its inked pixels (height x width); *scale* is pixels to a point."""
    runs = [list(_runs(dark, across, scale)) for across in (True, False)]
    across, down = ([run for run in found if _length(run) >= _LONG] for found in runs)
    down += [run for run in runs[1] if _length(run) < _LONG and _is_held(run, across)]
    across += [run for run in runs[0] if _length(run) < _LONG and _is_held(run, down)]
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


def _is_held(rule: Rule, others: Sequence[Rule]) -> bool:
    """Whether each end of the rule meets a line that runs the other way; it may stick out, but hardly fall short of it."""
    if rule.is_horizontal:
        place, ends = rule.top, (rule.x0, rule.x1)
        crossing = [(other.x0, other.top, other.bottom) for other in others]
    else:
        place, ends = rule.x0, (rule.top, rule.bottom)
        crossing = [(other.top, other.x0, other.x1) for other in others]
    heights = [at for at, start, end in crossing if start - _STICKS_OUT <= place <= end + _STICKS_OUT]
    return any(-_STICKS_OUT <= ends[0] - at <= _FALLS_SHORT for at in heights) and any(
        -_STICKS_OUT <= at - ends[1] <= _FALLS_SHORT for at in heights
    )
