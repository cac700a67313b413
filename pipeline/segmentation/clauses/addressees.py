"""Whom a letter addresses: the lines right under its head that end on a colon, or begin a line that goes on with the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.clauses.line_kinds import names_addressees
from pipeline.segmentation.lines.form import FINAL
from pipeline.segmentation.lines.lines import Line, cut_line

_REACH: Final = 8
"""Lines from where a letter begins to its addressees, and over which they run."""
_SHORTEST_TEXT: Final = 30
"""Characters from which on a line that ends like a sentence is one, and no line of a head."""
_INLINE: Final = re.compile(r"(?P<bodies>[^：:。]{4,90}[：:])[ \u3000]+(?=\S.{20})")


@dataclass(frozen=True, slots=True)
class Addressed:
    """The *lines* that name addressees, the position *end* behind them, and the *rest* of a line that goes on with the text."""

    lines: tuple[Line, ...]
    end: int
    rest: Line | None = None


def addressees_at(lines: Sequence[Line], position: int, anchor: int, stop: int) -> Addressed | None:
    """The addressees that stand at *position* of a letter that begins at *anchor*, else ``None``.

    Nothing addresses behind running text: a line of it that ends on a colon opens a list.
    """
    if position - anchor > _REACH or any(map(_is_text, lines[anchor:position])):
        return None
    opening = _INLINE.match(lines[position].text)
    if opening:
        first, rest = cut_line(lines[position], opening.end("bodies"), opening.end())
        return Addressed((first,), position + 1, rest) if names_addressees((first,)) else None
    end = position
    while end < stop and end - position < _REACH and not lines[end].tabular:
        text, form = lines[end].text, lines[end].form
        if text[-1] in "：:" and not form.enumerated:
            found = tuple(lines[position : end + 1])
            return Addressed(found, end + 1) if names_addressees(found) else None
        if "。" in text or form.person or form.enumerated or (lines[end].gap > 1 and end > position):
            return None
        end += 1
    return None


def _is_text(line: Line) -> bool:
    text = line.text
    return len(text) >= _SHORTEST_TEXT and text[-1] in FINAL and "。" in text and not line.form.field
