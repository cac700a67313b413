"""Printed lines → whole paragraphs, also where a column or a page ends within one.

A line ends its paragraph where the first word of the next line would still have fitted on it; a next line
that stands in, or stands off, begins a new one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from pipeline.readers.page.content import Line

_MARKER: Final = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,6}[章节条编款]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,3}[.．、](?!\d)|[①-⑳]|[●◆■▲•·])"
)
_ALONE: Final = re.compile(
    r"[（(]?[\u3400-\u9fff]{1,12}[〔\[［（(]\d{4}[〕\]］）)]第?\d{1,5}号[）)]?|\d{4}年\d{1,2}月\d{1,2}日|[（(]?此件.{2,12}[）)]?|附\s*件\s*\d{0,2}"
)
"""Lines that are always paragraphs of their own: document numbers, dates, notes of disclosure, labels of attachments."""
_FINAL: Final = "。！？；：!?;:"
_LEADER: Final = re.compile(r"(?:[.．…·\-_—]{3,}|…)\s*[（(]?\d{1,4}[）)]?\s*$")
_WORD: Final = re.compile(r"[(\[≤≥<>±≈＜＞￥¥$]?[A-Za-z0-9.,%~\-—/@:_#&=+?]{1,60}")
_OPENING: Final = "“‘（《【〔「『([{"
_CLOSING: Final = "，。、；：？！”’）》】〕」』…％%)]}"
_QUOTES: Final = ("“", "”", "‘", "’")
_LATIN: Final = re.compile(r"[A-Za-z]")
_SIZE_STEP: Final = 0.12
"""Type that differs by this share is of another size; the size of a short line of a scan is known half as well."""
_INDENT: Final = 1.2
_FEW_DISTANCES: Final = 7
_ALIKE: Final = 1.08
_NO_EXCEPTION: Final = 0.2
"""Distances this near to one another, as a factor, are one; one that takes this share of all is no exception."""
_SLACK: Final = 0.35
"""Justified lines end this near their column's edge, in em."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its page, the edges of its column and the usual distance of lines in em; ``flow`` numbers its column."""

    line: Line
    page: int
    flow: int
    left: float
    right: float
    pitch: float

    @property
    def indent(self) -> float:
        """How far it stands in, in em."""
        return (self.line.x0 - self.left) / self.line.size

    @property
    def room(self) -> float:
        """What is free after it, in em."""
        return (self.right - self.line.x1) / self.line.size

    @property
    def is_centred(self) -> bool:
        """Whether it stands in on both sides alike."""
        return self.indent > 0.8 and self.is_level

    @property
    def is_level(self) -> bool:
        """Whether it leaves as much free on its left as on its right."""
        return abs(self.indent - self.room) < 1.2


def join_paragraphs(lines: list[Placed]) -> list[list[Placed]]:
    """The lines in reading order, grouped to paragraphs."""
    paragraphs: list[list[Placed]] = []
    for placed in lines:
        if paragraphs and _continues(paragraphs[-1], placed):
            paragraphs[-1].append(placed)
        else:
            paragraphs.append([placed])
    return paragraphs


def _continues(paragraph: list[Placed], following: Placed) -> bool:
    last = paragraph[-1]
    sizes = last.line.size, following.line.size
    if max(sizes) - min(sizes) > (_SIZE_STEP if len(following.line.text) >= 8 else 2 * _SIZE_STEP) * max(sizes):
        return False
    if last.flow == following.flow and _stands_off(last, following):
        return False
    ended = last.line.text[-1] in _FINAL
    centred = following.is_centred and last.is_level and not ended and not _hangs(paragraph, following)
    room = last.room + max(0.0, last.indent) if centred else last.room
    if room > needed_width(following.line.text) + _SLACK or _LEADER.search(last.line.text):
        return False
    if len(paragraph) == 1 and last.indent >= 2 * _INDENT and _ALONE.fullmatch(last.line.text.replace(" ", "")):
        return False
    if _ALONE.fullmatch(following.line.text.replace(" ", "")) and (ended or following.indent >= _INDENT):
        return False
    marked = bool(_MARKER.match(following.line.text))
    if last.flow != following.flow and last.line.text[-1] in "：:" and paragraph[0].indent < _INDENT:
        return False  # where paragraphs do not stand in, a full line of a column says no more than this
    if following.indent >= _INDENT:
        return not marked and (centred or _hangs(paragraph, following) or _stands_in(paragraph, following, ended))
    if last.is_centred and len(paragraph) > 1 and paragraph[0].is_centred:
        return False
    return not (marked and (ended or last.line.text[-1] in "）)"))


def needed_width(text: str) -> float:
    """The width in em that the first word of *text* takes, marks that may not begin a line included."""
    width, end = 0.0, 0
    while end < min(len(text) - 1, 4) and text[end] in _OPENING:
        width, end = width + 1.0, end + 1
    match = _WORD.match(text, end)
    width, end = (width + 0.55 * len(match[0]), match.end()) if match else (width + 1.0, end + 1)
    while end < min(len(text), 30) and text[end] in _CLOSING:
        # Some typesetters break neither before nor after a quotation mark (UAX 14, class QU).
        quoted = text[end] in _QUOTES and text[end + 1 : end + 2] not in ("", *_QUOTES, *_CLOSING)
        width, end = width + 1.0 + quoted, end + 1 + quoted
    if text[end : end + 1] in _QUOTES and end + 1 < len(text):
        width += 2.0
    return width


def _stands_off(last: Placed, following: Placed) -> bool:
    """Whether the gap between two lines of a column is more than that between the lines of a paragraph."""
    distance = following.line.bottom - last.line.bottom
    return distance > 1.35 * following.pitch * following.line.size or distance < 0


def _hangs(paragraph: list[Placed], following: Placed) -> bool:
    """Whether the paragraph's first line stands out before its other lines, of which this is one."""
    first, last = paragraph[0], paragraph[-1]
    if len(paragraph) > 1:
        return abs(last.indent - _indent_by(last, following)) < 0.7
    marker = _MARKER.match(first.line.text)
    by = _indent_by(first, following) - first.indent
    if marker is None or by <= 0.8:
        return False
    return last.line.text[-1] not in _FINAL or abs(by - needed_em(marker[0])) < 0.6


def _indent_by(first: Placed, following: Placed) -> float:
    """The indent of *following* as the frame of *first* measures it: pages of one width may show edges of their own."""
    one_frame = first.page != following.page and abs(first.right - following.right) < 0.5 * first.line.size
    return (following.line.x0 - first.left) / following.line.size if one_frame else following.indent


def needed_em(text: str) -> float:
    """The width of *text* in em: half an em a character of ASCII."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _stands_in(paragraph: list[Placed], following: Placed, ended: bool) -> bool:
    """Whether the whole paragraph stands in as the next line does: a block of its own below a heading or marker."""
    first, last = paragraph[0], paragraph[-1]
    if len(paragraph) > 1:
        return abs(last.indent - following.indent) < 0.4
    if ended or last.flow != following.flow:
        return False
    # A block without an indent of its own, or the indent of the block's first line.
    return abs(first.indent - following.indent) < 0.4 or 1.6 < first.indent - following.indent < 2.4


def glue(before: str, after: str, blank_end: bool) -> str:
    """What stands between two lines of a paragraph: a blank between Latin words, else nothing."""
    if not before or not after:
        return ""
    latin = bool(_LATIN.match(before[-1])), bool(_LATIN.match(after[0]))
    ascii_sides = before[-1].isascii() and after[0].isascii() and before[-1].isalnum() and after[0].isalnum()
    return " " if all(latin) or (blank_end and ascii_sides) else ""


def pitch_of(lines: list[Line], usual: float | None = None) -> float:
    """The usual distance between the lines of a column in em; where it holds few, *usual*, that of the file's type."""
    distances = line_distances(lines)
    if usual is not None and len(distances) < _FEW_DISTANCES:
        return usual
    return usual_of(distances) or 1.6


def line_distances(lines: list[Line]) -> list[float]:
    """The distances in em between neighbours of one size."""
    return [
        (b.bottom - a.bottom) / a.size
        for a, b in itertools.pairwise(lines)
        if 0 < b.bottom - a.bottom < 4 * a.size and abs(a.size - b.size) < 0.12 * a.size
    ]


def usual_of(distances: list[float]) -> float | None:
    """The least distance that is no exception: gaps between paragraphs are greater, and may be more."""
    ordered = sorted(distances)
    for index, distance in enumerate(ordered):
        alike = bisect_right(ordered, _ALIKE * distance) - index
        if alike >= _NO_EXCEPTION * len(ordered):
            return ordered[index + alike // 2]
    return None
