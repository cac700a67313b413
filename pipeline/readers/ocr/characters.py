"""Recognised lines → characters with their places, as a text layer gives them.

Boxes are four corners in pixels of the level page; places are words with their starts and ends along the line, 0 to 1.
"""

from __future__ import annotations

import math
import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.readers.page.content import Area, Glyph, Rule

Corners = Sequence[tuple[float, float]]
Places = Sequence[tuple[str, float, float]]
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_FEWEST_GAPS: Final = 6
_JITTER: Final = 0.6
_HALF_AT_START: Final = "（《〈「『【〔“‘"
_HALF_AT_END: Final = "，。、；：！？）》〉」』】〕”’"
_BLANK_HALF: Final = 0.4


def type_sizes(lines: Sequence[tuple[str, Corners, Places]]) -> list[float]:
    """The size of the type of every line in pixels.

    It is the distance of neighbouring ideographs where the line has some, else the line's length shared among its
    characters, or for want of them its height: the heights of the boxes differ by a fifth between lines of one size.
    """
    heights = [math.dist(box[0], box[3]) for _, box, _ in lines]
    widths = [math.dist(box[0], box[1]) for _, box, _ in lines]
    ems = [sum(0.52 if char.isascii() else 1.0 for char in text) for text, _, _ in lines]
    pitches = [_pitch(text, width, places) for (text, _, places), width in zip(lines, widths, strict=True)]
    sizes = [pitch or width / em for pitch, width, em in zip(pitches, widths, ems, strict=True)]
    shares = sorted(size / height for size, height, em in zip(sizes, heights, ems, strict=True) if em >= 8 and height)
    share = shares[len(shares) // 2] if shares else 0.8
    return [
        size if em >= 8 and 0.75 < size / (share * height) < 1.33 else share * height
        for size, height, em in zip(sizes, heights, ems, strict=True)
    ]


def _pitch(text: str, width: float, places: Places) -> float | None:
    """The usual distance in pixels from one ideograph to the next; ``None`` for a line with few of them side by side."""
    if "".join(word for word, _, _ in places) != text.replace(" ", ""):
        return None
    middles = [(word, (start + end) / 2 * width) for word, start, end in places]
    gaps = sorted(after - before for (a, before), (b, after) in pairwise(middles) if _HAN.match(a) and _HAN.match(b))
    if len(gaps) < _FEWEST_GAPS:
        return None
    usual = gaps[len(gaps) // 2]
    near = [gap for gap in gaps if abs(gap - usual) <= 0.25 * usual]
    return sum(near) / len(near)


def steps(text: str, box: Corners, places: Places, size: float) -> list[float]:
    """For each character how far apart its neighbours' middles are, in em; 0 where that is not known."""
    steps = [0.0] * len(text)
    printed = [index for index, char in enumerate(text) if char != " "]
    if len(places) != len(printed) or any(len(word) != 1 for word, _, _ in places):
        return steps
    length = math.dist(box[0], box[1]) / size
    middles = [(start + end) / 2 * length for _, start, end in places]
    for at in range(1, len(printed) - 1):
        if printed[at + 1] - printed[at - 1] == 2:
            steps[printed[at]] = middles[at + 1] - middles[at - 1]
    return steps


def line_glyphs(text: str, box: Corners, places: Places, size: float, scale: float) -> list[Glyph]:
    """The characters of one line; those whose places the recogniser does not give share the line evenly."""
    left, right = (box[0][0] + box[3][0]) / 2 / scale, (box[1][0] + box[2][0]) / 2 / scale
    middle = sum(y for _, y in box) / 4 / scale
    size /= scale
    if not places or len("".join(word for word, _, _ in places).replace(" ", "")) != len(text.replace(" ", "")):
        places = [(text, 0.0, 1.0)]
    printed = iter(text.replace(" ", ""))
    glyphs: list[Glyph] = []
    for word, start, end in places:
        step = (end - start) / len(word)
        for index, char in enumerate(word):
            x0 = left + (right - left) * (start + index * step)
            x1 = x0 + (right - left) * step
            shown = char if char == " " else next(printed, char)
            if glyphs and _is_jitter(glyphs[-1], shown, x0, size):
                glyphs[-1] = glyphs[-1]._replace(x1=x0)
            glyphs.append(Glyph(shown, x0, middle - size / 2, x1, middle + size / 2, size))
    return _to_em_squares(glyphs, size)


def em_squares(box: Corners, size: float, scale: float) -> Area:
    """What the characters of a line of this size take, in points; its box in pixels is higher."""
    middle = sum(y for _, y in box) / 4
    x0, x1 = min(x for x, _ in box), max(x for x, _ in box)
    return Area(x0 / scale, (middle - size / 2) / scale, x1 / scale, (middle + size / 2) / scale)


def is_stack(text: str, box: Sequence[Sequence[float]]) -> bool:
    """Whether the characters of the line stand below one another, as in a narrow cell."""
    return len(text) > 1 and math.dist(box[0], box[3]) > 1.5 * math.dist(box[0], box[1])


def stack_glyphs(text: str, box: Corners, scale: float, rules: Sequence[Rule]) -> list[Glyph]:
    """The characters of a stack as one line across it, at its middle; a stack that ruled lines cross is one for each part."""
    left, right = (box[0][0] + box[3][0]) / 2 / scale, (box[1][0] + box[2][0]) / 2 / scale
    top, bottom = (box[0][1] + box[1][1]) / 2 / scale, (box[2][1] + box[3][1]) / 2 / scale
    text = text.replace(" ", "")
    step, middle = (bottom - top) / len(text), (left + right) / 2
    crossing = sorted(rule.top for rule in rules if rule.is_horizontal and rule.x0 < middle < rule.x1)
    parts: dict[int, list[tuple[str, float]]] = {}
    for index, char in enumerate(text):
        place = top + (index + 0.5) * step
        parts.setdefault(bisect(crossing, place), []).append((char, place))
    glyphs = []
    for part in parts.values():
        width, height = (right - left) / len(part), sum(place for _, place in part) / len(part)
        for index, (char, _) in enumerate(part):
            x0 = left + index * width
            glyphs.append(Glyph(char, x0, height - step / 2, x0 + width, height + step / 2, step))
    return glyphs


def _is_jitter(last: Glyph, char: str, x0: float, size: float) -> bool:
    """Whether the gap before *char* is no printed blank.

    The places of characters are known to about half an em, and brackets and marks leave half of their square blank.
    """
    if " " in (last.text, char) or x0 <= last.x1:
        return False
    if char in _HALF_AT_START or last.text in _HALF_AT_END:
        return x0 < last.x1 + (0.5 + _JITTER) * size
    return x0 < last.x1 + _JITTER * size and last.text.isascii() and char.isascii()


def _to_em_squares(glyphs: list[Glyph], size: float) -> list[Glyph]:
    """The line with the blank half of a bracket or mark at its ends, which the box of its ink leaves out."""
    if glyphs and glyphs[0].text in _HALF_AT_START:
        glyphs[0] = glyphs[0]._replace(x0=glyphs[0].x0 - _BLANK_HALF * size)
    if glyphs and glyphs[-1].text in _HALF_AT_END:
        glyphs[-1] = glyphs[-1]._replace(x1=glyphs[-1].x1 + _BLANK_HALF * size)
    return glyphs
