"""What a page holds before it is read: characters with their places, ruled lines, filled areas, pictures.

All lengths are points (1/72 inch) from the top left corner of the page as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Shade = Literal["ink", "white", "unseen"]
Method = Literal["text", "ocr"]


class Glyph(NamedTuple):
    """One printed character; the box is that of its em square, ``turn`` its direction in degrees counter-clockwise.

    ``shade`` is ``ink`` for what is seen, ``white`` for white fill, ``unseen`` for characters that are drawn without ink.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turn: int = 0
    shade: Shade = "ink"


class Rule(NamedTuple):
    """A straight ruled line along an axis (x0 == x1 or top == bottom)."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        return self.top == self.bottom


class Area(NamedTuple):
    """A rectangle on the page."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in the rectangle."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(slots=True)
class PageContent:
    """One page as its format gives it; ``drawn`` counts paths that are no ruled lines, ``curves`` has some of them."""

    number: int
    width: float
    height: float
    rotation: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Area] = field(default_factory=list)
    images: list[Area] = field(default_factory=list)
    drawn: int = 0
    curves: list[Area] = field(default_factory=list)
    method: Method = "text"
    quality: float | None = None
    confidence: float | None = None
    fault: str | None = None
    doubts: list[str] = field(default_factory=list)
    """What recognition is not sure of, in words for people."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or a piece of one between wide gaps; ``blank_end`` says that it ends on a printed blank."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    blank_end: bool = False

    @property
    def middle(self) -> float:
        """Height of its middle on the page."""
        return (self.top + self.bottom) / 2
