"""What recognition is not sure of: lines under a seal, numbers and dates of low scores, lines too faint to be kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.readers.ocr.engine import LEAST_SCORE, Found, Picture

_SURE: Final = 0.85
_NUMBER: Final = re.compile(r"\d|[年月日%％〇零一二三四五六七八九十]{2}")
_RED: Final = 50
"""By how much red outweighs green and blue in the ink of a seal, of 255."""
_TOUCHED: Final = 0.03
"""The share of a line's box that red ink covers under a seal."""
_SHOWN: Final = 40


def doubts(picture: Picture, found: Sequence[Found]) -> Iterator[str]:
    """For every line of *found* that is in doubt, what and why; faint ones that are left out are counted."""
    red = _red(picture)
    black = _black(picture)
    faint = 0
    for text, box, score, _ in found:
        if score < LEAST_SCORE:
            faint += 1
            continue
        shown = text.strip()[:_SHOWN]
        xs, ys = [int(x) for x, _ in box], [int(y) for _, y in box]
        area = slice(max(0, min(ys)), max(ys) + 1), slice(max(0, min(xs)), max(xs) + 1)
        covered = float(red[area].mean()) if red[area].size else 0.0
        if covered >= _TOUCHED and float(black[area].mean()) >= _TOUCHED:
            yield f"characters under a seal, read with certainty {score:.2f}: {shown}"
        elif score < _SURE and _NUMBER.search(shown):
            yield f"a number or date read with certainty {score:.2f}: {shown}"
    if faint:
        yield f"{faint} lines too unclear to be read are left out"


def _red(picture: Picture) -> Picture:
    """The pixels of red ink (the picture is blue-green-red)."""
    blue, green, red = (picture[:, :, n].astype("int16") for n in range(3))
    marked: Picture = (red - green > _RED) & (red - blue > _RED)
    return marked


def _black(picture: Picture) -> Picture:
    """The pixels of dark ink of no colour."""
    brightest: Picture = picture.max(axis=2) < 120
    return brightest
