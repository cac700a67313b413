"""What a web page prints around its text, in texts copied from one: buttons, trail, source and time, the page's foot.

One short line alone says little (大 may be a cell, 首页 a heading): a row of buttons is believed from three on, the steps
of a trail where its label or their separators stand beside them, the foot where nothing but short lines follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.segmentation.lines.lines import Line

_FEWEST_BUTTONS: Final = 3
_LONGEST_STEP: Final = 16
_TOP: Final = 16
"""Printed lines among which source and time of a page stand."""
_LONGEST_FOOT: Final = 30
_LONGEST_FOOT_LINE: Final = 80


def page_parts(content: Sequence[Line]) -> set[int]:
    """The indexes of those of the printed lines *content* that belong to the page."""
    plain = [line for line in content if not line.tabular]
    positions = {*_buttons(plain), *_trails(plain), *_sources(plain), *_foot(plain)}
    return {plain[position].index for position in positions}


def _buttons(lines: Sequence[Line]) -> Iterator[int]:
    start = 0
    for position in range(len(lines) + 1):
        if position < len(lines) and lines[position].form.button:
            continue
        if position - start >= _FEWEST_BUTTONS:
            yield from range(start, position)
        start = position + 1


def _trails(lines: Sequence[Line]) -> Iterator[int]:
    for position, line in enumerate(lines):
        if line.form.trail_label:
            yield position
            if _is_step(lines, position + 1) and _separates(lines, position + 2):
                yield position + 1
        elif line.form.trail_step:
            yield position
            yield from (near for near in (position - 1, position + 1) if _is_step(lines, near))


def _is_step(lines: Sequence[Line], position: int) -> bool:
    return 0 <= position < len(lines) and len(lines[position].text) <= _LONGEST_STEP


def _separates(lines: Sequence[Line], position: int) -> bool:
    return position < len(lines) and lines[position].form.trail_step is not None


def _sources(lines: Sequence[Line]) -> Iterator[int]:
    """Source and time at the top, a label's value on the next line with it; captions of photographs anywhere."""
    for position, line in enumerate(lines):
        if line.form.photo:
            yield position
        elif position < _TOP and (line.form.stamp or line.form.source):
            yield position
            if line.text[-1] in ":：" and _is_step(lines, position + 1):
                yield position + 1


def _foot(lines: Sequence[Line]) -> Iterator[int]:
    first = len(lines)
    while first > 0 and len(lines) - first < _LONGEST_FOOT and len(lines[first - 1].text) <= _LONGEST_FOOT_LINE:
        first -= 1
    begins = next((p for p in range(max(first, 1), len(lines)) if lines[p].form.foot), None)
    if begins is not None:
        yield from range(begins, len(lines))
