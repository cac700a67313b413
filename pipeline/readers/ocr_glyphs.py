"""Recognised lines → characters with their places, as a text layer gives them.

Boxes are four corners in pixels of the level page; places are words with their starts and ends along the line, 0 to 1.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from typing import Final

from pipeline.readers.pages import Glyph, Rule

Corners = Sequence[tuple[float, float]]
Places = Sequence[tuple[str, float, float]]
_JITTER: Final = 0.6
_HALF_AT_START: Final = "（《〈「『【〔“‘"
_HALF_AT_END: Final = "，。、；：！？）》〉」』】〕”’"
_BLANK_HALF: Final = 0.4


def type_sizes(lines: Sequence[tuple[str, Corners]]) -> list[float]:
    """The size of the type of every line in pixels: its length shared among its characters, or for want of them its height.

    The heights of the boxes differ by a fifth between lines of one size.
    """
    heights = [math.dist(box[0], box[3]) for _, box in lines]
    widths = [math.dist(box[0], box[1]) for _, box in lines]
    ems = [sum(0.52 if char.isascii() else 1.0 for char in text) for text, _ in lines]
    shares = sorted(
        width / em / height for width, em, height in zip(widths, ems, heights, strict=True) if em >= 8 and height
    )
    share = shares[len(shares) // 2] if shares else 0.8
    return [
        width / em if em >= 8 and 0.75 < width / em / (share * height) < 1.33 else share * height
        for width, em, height in zip(widths, ems, heights, strict=True)
    ]


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
