"""OCR by RapidOCR (PP-OCR models on ONNX Runtime), an extra: the picture of a page → characters with places and ruled lines.

The recogniser gives the place of every character, so that the same layout reads scans and text layers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final, NamedTuple

from pipeline.readers.ocr.characters import em_squares, is_stack, line_glyphs, stack_glyphs, steps, type_sizes
from pipeline.readers.ocr.doubts import doubts
from pipeline.readers.ocr.drawn_rules import find_rules
from pipeline.readers.ocr.engine import LEAST_SCORE, Found, Picture, line_score, recognise
from pipeline.readers.ocr.leaders import find_leaders
from pipeline.readers.ocr.seals import without_seals
from pipeline.readers.ocr.spelling import respell_line
from pipeline.readers.page.content import Line, PageContent

RESOLUTION: Final = 200
"""Dots per inch at which pages are drawn for OCR."""
_SURE: Final = 0.85
"""Lines that stand right are read with more certainty, those that stand on their head with less."""
_ASKED: Final = 5
_PIECE: Final = 8.0
_LEAST_SKEW: Final = 0.15
"""Degrees below which a page counts as straight."""
_LARGEST_SKEW: Final = 15.0


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read_page(picture: Picture, scale: float, number: int) -> PageContent:
    """The content of the page that *picture* (height x width x 3, blue-green-red) shows, *scale* pixels to a point."""
    import cv2

    if picture.ndim == 2:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    picture = picture[:, :, :3]
    # The classifier of lines turns one in a hundred over that stands right: pages are turned as a whole instead.
    printed_on, picture = picture, without_seals(picture)
    found = recognise(picture)
    if _lies_on_its_side(found):
        printed_on, picture = (cv2.rotate(one, cv2.ROTATE_90_CLOCKWISE) for one in (printed_on, picture))
        found = recognise(picture)
    if _is_upside_down(picture, found):
        printed_on, picture = (cv2.rotate(one, cv2.ROTATE_180) for one in (printed_on, picture))
        found = recognise(picture)
    doubtful = list(doubts(printed_on, found))
    found = [item for item in found if item[2] >= LEAST_SCORE]
    angle = _skew(found)
    height, width = picture.shape[:2]
    content = PageContent(number, width / scale, height / scale, method="ocr", doubts=doubtful)
    turn = _straightening(angle, width, height)
    dark = _inked(picture, turn)
    lines = [(text, _straight(box, turn), places) for text, box, _, places in found]
    sizes = type_sizes(lines)
    content.rules = find_rules(
        dark, scale, [em_squares(box, size, scale) for (_, box, _), size in zip(lines, sizes, strict=True)]
    )
    printed: list[Line] = []
    for (text, box, places), size in zip(lines, sizes, strict=True):
        text = respell_line(text, steps(text, box, places, size))
        if is_stack(text, box):
            content.glyphs += stack_glyphs(text, box, scale, content.rules)
        else:
            glyphs = line_glyphs(text, box, places, size, scale)
            content.glyphs += glyphs
            printed.append(Line(text, glyphs[0].x0, glyphs[0].top, glyphs[-1].x1, glyphs[0].bottom, glyphs[0].size))
    content.glyphs += find_leaders(dark, printed, scale)
    scores = [(score, len(text)) for text, _, score, _ in found]
    total = sum(length for _, length in scores)
    content.confidence = round(sum(score * length for score, length in scores) / total, 4) if total else None
    return content


def _lies_on_its_side(found: Sequence[Found]) -> bool:
    """Whether most of the text stands in boxes that are higher than wide."""
    standing = lying = 0
    for text, box, _, _ in found:
        width, height = math.dist(box[0], box[1]), math.dist(box[0], box[3])
        if height > 1.5 * width:
            standing += len(text)
        else:
            lying += len(text)
    return standing > 2 * lying


def _is_upside_down(picture: Picture, found: Sequence[Found]) -> bool:
    """Whether the page stands on its head: its long lines are read with doubt, and the longest with more once it is turned over."""
    longest = sorted(found, key=lambda item: -math.dist(item[1][0], item[1][1]))[:_ASKED]
    if not longest or sorted(score for _, _, score, _ in longest)[len(longest) // 2] >= _SURE:
        return False
    piece = _middle(picture, longest[0][1])
    return line_score(piece[::-1, ::-1]) > line_score(piece)


def _middle(picture: Picture, box: Sequence[Sequence[float]]) -> Picture:
    """The middle of a line, short enough to hold no other line where the page is askew."""
    height = math.dist(box[0], box[3])
    middle, half = sum(x for x, _ in box) / 4, min(_PIECE * height, math.dist(box[0], box[1])) / 2
    centre = sum(y for _, y in box) / 4
    return picture[
        max(0, int(centre - 0.6 * height)) : int(centre + 0.6 * height) + 1,
        max(0, int(middle - half)) : int(middle + half),
    ]


def _skew(found: Sequence[Found]) -> float:
    """The angle of the page's lines in degrees, by the middle of its long lines."""
    angles = []
    for text, box, _, _ in found:
        if len(text) >= 8:
            angles.append(math.degrees(math.atan2(box[1][1] - box[0][1], box[1][0] - box[0][0])))
    if not angles:
        return 0.0
    angle = sorted(angles)[len(angles) // 2]
    return angle if _LEAST_SKEW <= abs(angle) <= _LARGEST_SKEW else 0.0


class Straightening(NamedTuple):
    """Cosine and sine of the turn that lays a page level, and the point that stays, in pixels."""

    cos: float
    sin: float
    x: float
    y: float


def _straightening(angle: float, width: int, height: int) -> Straightening:
    """The turn that lays the lines level."""
    radians = math.radians(angle)
    return Straightening(math.cos(radians), math.sin(radians), width / 2, height / 2)


def _straight(points: Sequence[Sequence[float]], turn: Straightening) -> list[tuple[float, float]]:
    cos, sin, cx, cy = turn
    return [(cx + (x - cx) * cos + (y - cy) * sin, cy - (x - cx) * sin + (y - cy) * cos) for x, y in points]


def _inked(picture: Picture, turn: Straightening) -> Picture:
    """The inked pixels of the straightened page, whatever the shade of its paper."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if turn.sin:
        cos, sin, x, y = turn
        matrix = np.array([[cos, sin, x - x * cos - y * sin], [-sin, cos, y + x * sin - y * cos]])
        grey = cv2.warpAffine(grey, matrix, (grey.shape[1], grey.shape[0]), borderValue=255)
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
