"""The recogniser (RapidOCR: PP-OCR models on ONNX Runtime): lines of a picture with their boxes, and the places of their characters.

What it is known to lose is read again: the ends of lines, and headings whose characters are spaced out.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[Any]]
else:
    Picture = Any

LEAST_SCORE: Final = 0.5
_SURE: Final = 0.9
_MOST_SPACED: Final = 4
_SPACED: Final = 1.2
"""The width of a line in ems of its box's height by which few characters are spaced out; type set solid takes 0.8 each."""
_LOOKED_FOR: Final = 1600
"""Pixels of the longer side of the picture in which lines are looked for: A4 at 137 dots per inch."""
_SMALL: Final = 15
"""Pixels of height there below which a line is of small type."""
_TAIL: Final = 6
"""Characters at the end of a line that are read again with room after them."""
_UNREAD: Final = 0.3
"""The share of a box's height that the recogniser leaves unread at its end where it lost a bracket."""
_ENDS: Final = frozenset("）〕》】」』”’。；，：、)];,:")

Found = tuple[str, Sequence[Sequence[float]], float, Sequence[tuple[str, float, float]]]
"""Text, its four corners in pixels, its score, and its words with their ends along the line (0 to 1)."""


_OWN: Final = threading.local()
"""The engine of each thread: it keeps the options of its last call."""


def _engine() -> Any:
    """The thread's engine. It computes on that thread alone: pages go side by side instead (see the PDF reader)."""
    if not hasattr(_OWN, "engine"):
        import logging

        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        params = {
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Rec.rec_batch_num": 1,  # Lines of one batch are padded to its longest: a third of the time went there.
        }
        _OWN.engine = RapidOCR(params=params)
    return _OWN.engine


def recognise(picture: Picture) -> list[Found]:
    """The lines that stand in *picture* (height x width x 3), those of low scores too.

    Lines are looked for at a lower resolution than they are read at, and at the full one where type is small.
    """
    longest = max(picture.shape[:2])
    result = _read(picture, _LOOKED_FOR)
    if longest > _LOOKED_FOR and result.boxes is not None and _is_small(result.boxes, _LOOKED_FOR / longest):
        result = _read(picture, longest)
    if result.boxes is None:
        return []
    words = result.word_results or [()] * len(result.txts)
    found: list[Found] = []
    for text, box, score, line in zip(result.txts, result.boxes, result.scores, words, strict=True):
        if text.strip():
            corners = box.tolist()
            pieces = _spaced_out(picture, corners, text, score)
            found += pieces or [_whole(picture, (text, corners, float(score), _places(corners, line)))]
    return found


def _read(picture: Picture, side: int) -> Any:
    engine = _engine()
    detector = engine.text_det if engine.text_det is not None else engine.cfg.Det  # made from this at the first call
    detector.limit_side_len = side
    return engine(
        picture,
        use_det=True,
        use_cls=False,
        use_rec=True,
        return_word_box=True,
        return_single_char_box=True,
        text_score=0.0,
    )


def _is_small(boxes: Sequence[Any], scale: float) -> bool:
    """Whether a tenth of the lines or more are so low at *scale* that neighbours may have been taken for one."""
    low = sum(math.dist(box[0], box[3]) * scale < _SMALL for box in boxes)
    return 10 * low >= len(boxes)


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


def _whole(picture: Picture, found: Found) -> Found:
    """The line with the bracket or mark at its end where the recogniser stopped short of the box's end."""
    import cv2

    text, box, score, places = found
    (x0, y0), (x1, y1) = box[0], box[1]
    length, height = math.dist(box[0], box[1]), math.dist(box[0], box[3])
    if len(places) < _TAIL or (1 - places[-1][2]) * length < _UNREAD * height or abs(y1 - y0) > 0.3 * (x1 - x0):
        return found
    begin = places[-_TAIL][1]
    left, right = int(x0 + begin * (x1 - x0)), int(x1)
    shift = y0 + begin * (y1 - y0)
    top, bottom = int(min(shift, y1)), int(max(shift, y1) + height)
    tail = picture[max(0, top) : bottom, max(0, left) : right]
    if not tail.size:
        return found
    room = int(0.8 * height)
    tail = cv2.copyMakeBorder(tail, 0, 0, 0, room, cv2.BORDER_CONSTANT, value=[int(v) for v in tail.max(axis=(0, 1))])
    result = _engine()(tail, use_det=False, use_cls=False, use_rec=True, text_score=0.0)
    again, known = (result.txts or ("",))[0], text.rstrip()[-3:]
    at = again.rfind(known)
    end = again[at + len(known) :].strip() if at >= 0 else ""
    if not end or len(end) > 2 or not set(end) <= _ENDS or result.scores[0] < LEAST_SCORE:
        return found
    last, step = places[-1][2], (1 - places[-1][2]) / len(end)
    added = [(char, last + i * step, last + (i + 1) * step) for i, char in enumerate(end)]
    return text.rstrip() + end, box, score, [*places, *added]


def _spaced_out(picture: Picture, box: Sequence[Sequence[float]], text: str, score: float) -> list[Found]:
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
    pieces: list[Found] = []
    margin = int(0.15 * height)
    for start, end in stretches:
        left, right = max(0, start - margin), min(crop.shape[1], end + margin)
        result = _engine()(crop[:, left:right].copy(), use_det=False, use_cls=False, use_rec=True, text_score=0.0)
        if not result.txts or not result.txts[0].strip() or result.scores[0] < LEAST_SCORE:
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


def line_score(line: Picture) -> float:
    """How sure the recogniser is of the one line that *line* shows."""
    result = _engine()(line.copy(), use_det=False, use_cls=False, use_rec=True, text_score=0.0)
    return float(result.scores[0]) if result.scores else 0.0
