"""OCR by RapidOCR (PP-OCR models on ONNX Runtime), an extra: the picture of a page → characters with places and ruled lines.

The recogniser gives the place of every character, so that the same layout reads scans and text layers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from pipeline.readers.pages import Glyph, PageContent, Rule

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[Any]]
else:
    Picture = Any

RESOLUTION: Final = 200
"""Dots per inch at which pages are drawn for OCR."""
_LEAST_SCORE: Final = 0.5
_LEAST_SKEW: Final = 0.15
"""Degrees below which a page counts as straight."""
_LARGEST_SKEW: Final = 15.0
_SHORTEST_RULE: Final = 30.0
"""Ruled lines are at least this long, in points: longer than any stroke of a character."""

_SOLID: Final = 0.92


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
    found = _recognise(picture)
    if _lies_on_its_side(found):
        picture = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
        found = _recognise(picture)
    if _is_upside_down(picture, found):
        picture = cv2.rotate(picture, cv2.ROTATE_180)
        found = _recognise(picture)
    angle = _skew(found)
    height, width = picture.shape[:2]
    content = PageContent(number, width / scale, height / scale, method="ocr")
    matrix = _straightening(angle, width, height)
    lines = [(respell_line(text), _straight(box, matrix), places) for text, box, _, places in found]
    sizes = _sizes([(text, box) for text, box, _ in lines])
    for (text, box, places), size in zip(lines, sizes, strict=True):
        content.glyphs += _glyphs(text, box, places, size, scale)
    content.rules = _rules(picture, matrix, scale)
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
        use_cls=True,
        use_rec=True,
        return_word_box=True,
        return_single_char_box=True,
        text_score=_LEAST_SCORE,
    )
    if result.boxes is None:
        return []
    words = result.word_results or [()] * len(result.txts)
    return [
        (text, box.tolist(), float(score), _places(box.tolist(), line))
        for text, box, score, line in zip(result.txts, result.boxes, result.scores, words, strict=True)
        if text.strip()
    ]


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
    _, box, _, _ = max(found, key=lambda item: len(item[0]))
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


def _straightening(angle: float, width: int, height: int) -> tuple[float, float, float, float]:
    """Cosine and sine of the turn that lays the lines level, and the point that stays."""
    radians = math.radians(angle)
    return math.cos(radians), math.sin(radians), width / 2, height / 2


def _straight(
    points: Sequence[Sequence[float]], matrix: tuple[float, float, float, float]
) -> list[tuple[float, float]]:
    cos, sin, cx, cy = matrix
    return [(cx + (x - cx) * cos + (y - cy) * sin, cy - (x - cx) * sin + (y - cy) * cos) for x, y in points]


def _sizes(lines: Sequence[tuple[str, Sequence[tuple[float, float]]]]) -> list[float]:
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


def _glyphs(
    text: str, box: Sequence[tuple[float, float]], places: Sequence[tuple[str, float, float]], size: float, scale: float
) -> list[Glyph]:
    """The characters of one line; those whose places the recogniser does not give share the line evenly."""
    left, right = (box[0][0] + box[3][0]) / 2 / scale, (box[1][0] + box[2][0]) / 2 / scale
    middle = sum(y for _, y in box) / 4 / scale
    size /= scale
    if not places or len("".join(word for word, _, _ in places).replace(" ", "")) != len(text.replace(" ", "")):
        places = [(text, 0.0, 1.0)]
    printed = iter(text.replace(" ", ""))
    glyphs = []
    for word, start, end in places:
        step = (end - start) / len(word)
        for index, char in enumerate(word):
            x0 = left + (right - left) * (start + index * step)
            shown = char if char == " " else next(printed, char)
            glyphs.append(Glyph(shown, x0, middle - size / 2, x0 + (right - left) * step, middle + size / 2, size))
    return glyphs


_WIDE: Final = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
_YEAR_BRACKETS: Final = re.compile(r"(?<=[\u3400-\u9fff])[\[〔(（](\d{4})[\]〕)）](?=\d{1,5}号)")
_DASH: Final = re.compile(r"(?<=\d)一(?=\d)")
_PARTNERS: Final = {"（": "）", "〔": "〕", "《": "》", "【": "】", "〈": "〉", "(": ")", "[": "]"}
_CLOSERS: Final = frozenset(_PARTNERS.values())


def respell_line(text: str) -> str:
    """A recognised line with its marks as Chinese print has them; no character comes or goes.

    Marks beside an ideograph are wide, and a closing bracket is of the kind of its opening one.
    """
    text = _YEAR_BRACKETS.sub(r"〔\1〕", _DASH.sub("—", text))
    chars = list(text)
    for index, char in enumerate(chars):
        if char in _WIDE:
            around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
            if any("\u3400" <= other <= "\u9fff" or other in "〔〕《》（）“”" for other in around):
                chars[index] = _WIDE[char]
    opened: list[int] = []
    for index, char in enumerate(chars):
        if char in _PARTNERS:
            opened.append(index)
        elif char in _CLOSERS and opened:
            first = opened.pop()
            if _PARTNERS[chars[first]] == char:
                continue
            if chars[first] in "([" and char not in ")]":
                chars[first] = next(opening for opening, closing in _PARTNERS.items() if closing == char)
            else:
                chars[index] = _PARTNERS[chars[first]]
    return "".join(chars)


def _rules(picture: Picture, matrix: tuple[float, float, float, float], scale: float) -> list[Rule]:
    """The ruled lines of the straightened picture, long runs of dark pixels along either axis."""
    import cv2
    import numpy as np

    cos, sin, cx, cy = matrix
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    if sin:
        turn = np.array([[cos, sin, cx - cx * cos - cy * sin], [-sin, cos, cy + cx * sin - cy * cos]])
        grey = cv2.warpAffine(grey, turn, (grey.shape[1], grey.shape[0]), borderValue=255)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    length = int(_SHORTEST_RULE * scale)
    rules: list[Rule] = []
    for across in (True, False):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (length, 1) if across else (1, length))
        bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 3) if across else (3, 9))
        runs = cv2.morphologyEx(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, bridge), cv2.MORPH_OPEN, kernel)
        _, _, boxes, _ = cv2.connectedComponentsWithStats(runs)
        for x, y, width, height, _ in boxes[1:].tolist():
            if min(width, height) > 6 * scale or not _is_solid(dark[y : y + height, x : x + width], across):
                continue
            if across:
                middle = (y + height / 2) / scale
                rules.append(Rule(x / scale, middle, (x + width) / scale, middle))
            else:
                middle = (x + width / 2) / scale
                rules.append(Rule(middle, y / scale, middle, (y + height) / scale))
    return rules


def _is_solid(run: Picture, across: bool) -> bool:
    """Whether the run is one line, and not strokes of characters one after another."""
    inked = run.any(axis=0 if across else 1)
    return float(inked.mean()) >= _SOLID
