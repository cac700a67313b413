"""How far the names of rows stand in: the indents of a table's stub, which say whose parts rows are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.readers.page.content import Line

_FIGURE: Final = re.compile(r"[\d.,，%％‰+\-−－—–…/<>≤≥]+")
_FEWEST: Final = 3
_LEAST: Final = 0.7
_MOST: Final = 10.0
"""Names stand in by so many em at least and at most."""
_MOST_LEVELS: Final = 5
_SAME: Final = 0.3
"""Names whose places differ by less, in em, stand in alike."""
_MOSTLY: Final = 0.6
"""Share of names that begin where a column set flush left has its edge, or where others do."""


def stub_indents(names: Mapping[int, Line]) -> dict[int, int]:
    """How far the *names* of a column, by row, stand in, in half the width of a character; none where they are centred."""
    words = {row: name for row, name in names.items() if not _FIGURE.fullmatch(name.text)}
    if len(words) < _FEWEST or len(words) < len(names):
        return {}
    size = sorted(name.size for name in words.values())[len(words) // 2]
    left = min(name.x0 for name in words.values())
    levels: list[list[Line]] = []
    for name in sorted(words.values(), key=lambda name: name.x0):
        if levels and name.x0 - levels[-1][0].x0 < _SAME * size:
            levels[-1].append(name)
        else:
            levels.append([name])
    places = [(level[0].x0 - left) / size for level in levels]
    if not 1 < len(levels) <= _MOST_LEVELS or places[1] < _LEAST or places[-1] > _MOST:
        return {}
    shared = sum(len(level) for level in levels if len(level) > 1)
    if shared < _MOSTLY * len(words) or not any(_vary(level, size) for level in levels):
        return {}
    away = {row: (name.x0 - left) / size for row, name in words.items()}
    return {row: round(2 * place) for row, place in away.items() if place >= _LEAST}


def _vary(level: Sequence[Line], size: float) -> bool:
    """Whether names of several lengths begin at one place, as they do not where they are centred or set to the right."""
    lengths = [name.x1 - name.x0 for name in level]
    return max(lengths) - min(lengths) > _LEAST * size
