"""Seals: round or square stamps of red ink, printed over signatures and dates.

On the red channel of the picture red ink is as bright as paper: what is printed in black under a seal can be read there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from pipeline.readers.ocr.engine import Picture

_RED: Final = 40
"""By how much red outweighs green and blue in the ink of a seal, of 255."""
_LEAST, _LARGEST = 0.08, 0.5
"""The side of a seal as a share of the page's width; letters of a red letterhead are smaller, and stand in rows."""
_NARROWEST: Final = 0.6
_PIECES: Final = 0.02
"""The share of the page's width over which the strokes of one seal are joined."""
_STEP: Final = 4
"""Pixels of the picture to one in which seals are looked for."""


class Seal(NamedTuple):
    """The box of a seal in pixels."""

    x0: int
    top: int
    x1: int
    bottom: int

    def touches(self, x0: float, top: float, x1: float, bottom: float) -> bool:
        """Whether the box of a line stands in the seal's."""
        return x0 < self.x1 and self.x0 < x1 and top < self.bottom and self.top < bottom


def find_seals(picture: Picture) -> list[Seal]:
    """The seals of a picture (height x width x 3, blue-green-red), from top to bottom."""
    import cv2
    import numpy as np

    small = picture[::_STEP, ::_STEP].astype("int16")
    blue, green, red = small[:, :, 0], small[:, :, 1], small[:, :, 2]
    inked = ((red - green > _RED) & (red - blue > _RED)).astype("uint8")
    if not inked.any():
        return []
    width = small.shape[1]
    reach = max(1, round(_PIECES * width))
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, found, _ = cv2.connectedComponentsWithStats(joined)
    seals = []
    for x, y, across, down, _ in found[1:].tolist():
        if all(_LEAST * width <= side <= _LARGEST * width for side in (across, down)) and (
            min(across, down) >= _NARROWEST * max(across, down)
        ):
            seals.append(Seal(x * _STEP, y * _STEP, (x + across) * _STEP, (y + down) * _STEP))
    return sorted(seals, key=lambda seal: (seal.top, seal.x0))


def without_seals(picture: Picture) -> Picture:
    """The picture with its seals faded; the same one where it has none."""
    seals = find_seals(picture)
    if not seals:
        return picture
    faded = picture.copy()
    for x0, top, x1, bottom in seals:
        faded[top:bottom, x0:x1] = picture[top:bottom, x0:x1, 2:3]
    return faded
