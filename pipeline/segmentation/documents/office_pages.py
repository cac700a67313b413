"""Pages on which one office after another prints its acts, as the gazette of Macau does: 某局, 批示摘錄, …, 聲明, …

Each act has its kind alone for a title; the office stands once, over the first of its acts; the day and place of signing
(二零二五年三月三日於某局) close all of them, so that an act without a day of its own has that one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.language.characters import as_read
from pipeline.segmentation.documents.heads import Head
from pipeline.segmentation.lines.form import FINAL
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.rules import pattern

_KIND: Final = pattern("issuer.office_act")
_WIDEST_GAP: Final = 3
"""Empty lines between an office and the first of its acts."""


def office_acts(lines: Sequence[Line], taken: set[int]) -> list[Head]:
    """Heads of the acts on such a page, those in *taken* left out; none where no line says where an act was signed."""
    closings = [position for position, line in enumerate(lines) if line.form.given_at]
    heads: list[Head] = []
    office: int | None = None
    for position, line in enumerate(lines) if closings else ():
        if position in taken or not line.titular or not _KIND.fullmatch(as_read(line.form.compact)):
            continue
        above = position - 1
        if above >= 0 and above not in taken and lines[above].form.organ and line.gap <= _WIDEST_GAP:
            office = above
            heads.append(Head(above, position + 1, (position,), (above,)))
        elif office is not None and _finished(lines[above]):
            heads.append(Head(position, position + 1, (position,), under=(office,)))
        else:
            continue
        closing = next((p for p in closings if p > position), None)
        heads[-1] = replace(heads[-1], closed_at=closing)
        taken.update(range(heads[-1].first, heads[-1].stop))
    return heads


def _finished(line: Line) -> bool:
    """Whether the text that ends on *line* is finished: by a stop, or by its signature."""
    return line.text[-1] in FINAL or bool(line.form.person or line.form.is_date or line.form.given_at)
