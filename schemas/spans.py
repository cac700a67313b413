"""Spans of the canonical text, and readings that remember where each character came from.

Every record of the project carries half-open offsets into the *unmodified* canonical text of its
issue. Cleaning (joining a paragraph that a page break cut, folding full-width digits, dropping the
blanks that OCR put inside a number) never edits that text: it makes a :class:`Reading`, a string
with one source offset per character, and every position in it can be taken back to the source.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from schemas.making import quickly_made


class Span(NamedTuple):
    """Half-open character range ``[start, end)`` of the canonical text."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Whether *other* lies inside this span (equal ends included)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@quickly_made
@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Text as a reader reads it, each character tied to its offset in the canonical text.

    ``text`` has *n* characters and ``offsets`` *n* ascending source offsets; characters of the
    source that nobody reads (a line break inside a paragraph, a running head that cut it) are
    absent. A reading never invents a character without a source offset.
    """

    text: str
    offsets: Sequence[int]

    def __post_init__(self) -> None:
        if len(self.text) != len(self.offsets):
            raise ValueError(f"reading of {len(self.text)} characters has {len(self.offsets)} offsets")

    def __len__(self) -> int:
        return len(self.text)

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Reading:
        """The stretch ``source[start:end]`` exactly as printed."""
        return cls(source[start:end], range(start, end))

    @classmethod
    def join(cls, source: str, pieces: Iterable[Span]) -> Reading:
        """The ascending, disjoint *pieces* of *source* read as one text."""
        joined = tuple(pieces)
        if len(joined) == 1:
            return cls.of(source, *joined[0])
        offsets = array("I")
        for start, end in joined:
            offsets.extend(range(start, end))
        return cls("".join([source[start:end] for start, end in joined]), offsets)

    def keep(self, positions: Sequence[int], text: str | None = None) -> Reading:
        """The reading made of the characters at *positions* (ascending), optionally respelt as *text*."""
        chosen = "".join([self.text[i] for i in positions]) if text is None else text
        offsets = self.offsets
        return Reading(chosen, array("I", [offsets[i] for i in positions]))

    def slice(self, start: int, end: int) -> Reading:
        """The part ``[start, end)`` of this reading, in reading positions."""
        return Reading(self.text[start:end], self.offsets[start:end])

    def span(self, start: int, end: int) -> Span:
        """Source span of the reading positions ``[start, end)``; must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"[{start}, {end}) is no stretch of a reading of {len(self.text)} characters")
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def whole(self) -> Span:
        """Source span of the whole reading; must not be empty."""
        return self.span(0, len(self.text))

    def pieces(self, start: int, end: int) -> tuple[Span, ...]:
        """The runs of adjacent source characters behind the reading positions ``[start, end)``."""
        offsets = self.offsets[start:end]
        if len(offsets) and offsets[-1] - offsets[0] == len(offsets) - 1:
            return (Span(offsets[0], offsets[-1] + 1),)
        runs: list[Span] = []
        first = previous = -2
        for offset in offsets:
            if offset != previous + 1:
                if first >= 0:
                    runs.append(Span(first, previous + 1))
                first = offset
            previous = offset
        if first >= 0:
            runs.append(Span(first, previous + 1))
        return tuple(runs)

    def fragments(self, source: str, start: int, end: int) -> tuple[Span, ...] | None:
        """The pieces of a mention that a break cut, or ``None`` where it stands whole.

        A mention is cut where the source between two of its characters holds a line break; blanks
        that OCR put inside a number or a name do not cut it.
        """
        if start >= end or self.offsets[end - 1] - self.offsets[start] == end - start - 1:
            return None  # as nearly all stand
        pieces = self.pieces(start, end)
        merged = [pieces[0]]
        for piece in pieces[1:]:
            gap = source[merged[-1].end : piece.start]
            if "\n" in gap or "\r" in gap:
                merged.append(piece)
            else:
                merged[-1] = Span(merged[-1].start, piece.end)
        return tuple(merged) if len(merged) > 1 else None

    def position_of(self, offset: int) -> int:
        """First reading position whose source offset is at least *offset* (``len`` if none)."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low
