"""OCR by RapidOCR (PP-OCR models on ONNX Runtime), an extra: the picture of a page → characters with places and ruled lines.

The recogniser gives the place of every character, so that the same layout reads scans and text layers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipeline.readers.drawn_rules import find_rules
from pipeline.readers.leaders import find_leaders
from pipeline.readers.ocr_glyphs import is_stack, line_glyphs, stack_glyphs, steps, type_sizes
from pipeline.readers.ocr_spelling import respell_line
from pipeline.readers.pages import Line, PageContent

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[Any]]
else:
    Picture = Any

RESOLUTION: Final = 200
"""Dots per inch at which pages are drawn for OCR."""
_LEAST_SCORE: Final = 0.5
_SURE: Final = 0.9
_MOST_SPACED: Final = 4
_SPACED: Final = 1.2
"""The width of a line in ems of its box's height by which few characters are spaced out; type set solid takes 0.8 each."""
_LEAST_SKEW: Final = 0.15
"""Degrees below which a page counts as straight."""
_LARGEST_SKEW: Final = 15.0


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"Global.log_level": "error"})


def read_page(picture: Picture, scale: float, number: int) -> PageContent:
    """The content of the page that *picture* (height x width x 3, blue-green-red) shows, *scale* pixels to a point."""
    import cv2

    if picture.ndim == 2:
        picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    picture = picture[:, :, :3]
    # The classifier of lines turns one in a hundred over that stands right: pages are turned as a whole instead.
    found = _recognise(picture)
    if _lies_on_its_side(found):
        picture = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
        found = _recognise(picture)
    if _is_upside_down(picture, found):
        picture = cv2.rotate(picture, cv2.ROTATE_180)
        found = _recognise(picture)
    found = [item for item in found if item[2] >= _LEAST_SCORE]
    angle = _skew(found)
    height, width = picture.shape[:2]
    content = PageContent(number, width / scale, height / scale, method="ocr")
    turn = _straightening(angle, width, height)
    dark = _inked(picture, turn)
    content.rules = find_rules(dark, scale)
    lines = [(text, _straight(box, turn), places) for text, box, _, places in found]
    sizes = type_sizes([(text, box) for text, box, _ in lines])
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


_Found = tuple[str, Sequence[Sequence[float]], float, Sequence[tuple[str, float, float]]]
"""Text, its four corners in pixels, its score, and its words with their ends along the line (0 to 1)."""


def _recognise(picture: Picture) -> list[_Found]:
    result = _engine()(
        picture,
        use_det=True,
        use_cls=False,
        use_rec=True,
        return_word_box=True,
        return_single_char_box=True,
        text_score=0.0,
    )
    if result.boxes is None:
        return []
    words = result.word_results or [()] * len(result.txts)
    found: list[_Found] = []
    for text, box, score, line in zip(result.txts, result.boxes, result.scores, words, strict=True):
        if text.strip():
            corners = box.tolist()
            pieces = _spaced_out(picture, corners, text, score)
            found += pieces or [(text, corners, float(score), _places(corners, line))]
    return found


def _spaced_out(picture: Picture, box: Sequence[Sequence[float]], text: str, score: float) -> list[_Found]:
    """The pieces of a heading like 目　　录, which the recogniser reads in part or wrongly; none where *text* fills its box."""
    import cv2

    xs, ys = [int(x) for x, _ in box], [int(y) for _, y in box]
    x0, top, height = max(0, min(xs)), max(0, min(ys)), math.dist(box[0], box[3])
    crop = picture[top : max(ys) + 1, x0 : max(xs) + 1]
    if len(text) > _MOST_SPACED or crop.shape[1] < _SPACED * len(text) * height:
        return []
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    stretches = _stretches((dark > 0).sum(axis=0) > 0.06 * height, 0.5 * height)
    if len(stretches) < len(text) or (len(stretches) == len(text) and score >= _SURE):
        return []
    pieces: list[_Found] = []
    margin = int(0.15 * height)
    for start, end in stretches:
        left, right = max(0, start - margin), min(crop.shape[1], end + margin)
        result = _engine()(crop[:, left:right].copy(), use_det=False, use_cls=False, use_rec=True, text_score=0.0)
        if not result.txts or not result.txts[0].strip() or result.scores[0] < _LEAST_SCORE:
            return []
        corners = [[x0 + start, top], [x0 + end, top], [x0 + end, max(ys)], [x0 + start, max(ys)]]
        pieces.append((result.txts[0], corners, float(result.scores[0]), ()))
    return pieces


def _stretches(inked: Picture, gap: float) -> list[tuple[int, int]]:
    """The stretches of inked columns, parted by blanks of more than *gap* pixels."""
    stretches: list[tuple[int, int]] = []
    for column in inked.nonzero()[0].tolist():
        if stretches and column - stretches[-1][1] <= gap:
            stretches[-1] = (stretches[-1][0], column + 1)
        else:
            stretches.append((column, column + 1))
    return stretches


def _places(box: Sequence[Sequence[float]], words: Sequence[Any]) -> list[tuple[str, float, float]]:
    """The words of a line with their starts and ends along it."""
    (x0, y0), (x1, y1) = box[0], box[1]
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    places = []
    for word in words:
        text, corners = word[0], word[2]
        along = [((x - x0) * dx + (y - y0) * dy) / length for x, y in corners]
        places.append((text, min(along), max(along)))
    return places


def _lies_on_its_side(found: Sequence[_Found]) -> bool:
    """Whether most of the text stands in boxes that are higher than wide."""
    standing = lying = 0
    for text, box, _, _ in found:
        width, height = math.dist(box[0], box[1]), math.dist(box[0], box[3])
        if height > 1.5 * width:
            standing += len(text)
        else:
            lying += len(text)
    return standing > 2 * lying


def _is_upside_down(picture: Picture, found: Sequence[_Found]) -> bool:
    """Whether the longest line is read with more confidence once it is turned over; the recogniser turns lines itself."""
    if not found:
        return False
    _, box, _, _ = max(found, key=lambda item: math.dist(item[1][0], item[1][1]))
    xs, ys = [int(x) for x, _ in box], [int(y) for _, y in box]
    line = picture[max(0, min(ys)) : max(ys) + 1, max(0, min(xs)) : max(xs) + 1]
    return _score(line[::-1, ::-1]) > _score(line)


def _score(line: Picture) -> float:
    result = _engine()(line.copy(), use_det=False, use_cls=False, use_rec=True, text_score=0.0)
    return float(result.scores[0]) if result.scores else 0.0


def _skew(found: Sequence[_Found]) -> float:
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
