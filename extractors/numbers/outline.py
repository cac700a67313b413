"""A text with its numerals read: what the quantity rules match on.

Each numeral is replaced, character for character, by a mark that says how it is written and by fillers, so that one
pattern covers every spelling of a number, and what the number is worth is looked up at the mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from extractors.numbers.numerals import Numeral, Script, numerals
from schemas.making import quickly_made

MARKS: Final[Mapping[Script, str]] = {"arabic": "\ue000", "chinese": "\ue001", "scale": "\ue002"}
FILLER: Final = "\ue003"


@quickly_made
@dataclass(frozen=True, slots=True)
class Outline:
    """``text`` as printed (folded), ``marked`` with its numerals as marks, as long as it; ``numerals`` by start."""

    text: str
    marked: str
    numerals: Mapping[int, Numeral]

    @property
    def marks(self) -> str:
        """The characters that stand in ``marked`` for its numerals."""
        return "".join(sorted({FILLER, *(MARKS[numeral.script] for numeral in self.numerals.values())}))


def outline(text: str, free: str | None = None) -> Outline:
    """The outline of *text*; where *free* is given, the same text with stretches blanked in which no numeral is read."""
    read = text if free is None else free
    found = {numeral.start: numeral for numeral in numerals(read)}
    parts: list[str] = []
    position = 0
    for numeral in found.values():
        parts += (read[position : numeral.start], MARKS[numeral.script], FILLER * (numeral.end - numeral.start - 1))
        position = numeral.end
    return Outline(text, "".join((*parts, read[position:])), found)
