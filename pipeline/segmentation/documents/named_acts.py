"""Acts whose head is their name alone (某部公告, 總統令, 公告) over a date or a number, as batches of short acts print them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.segmentation.documents.heads import Head
from pipeline.segmentation.lines.form import FINAL, Form
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.numbers import DocNumber, serial_number
from pipeline.segmentation.lines.rules import pattern

_NAMED_ACT: Final = pattern("issuer.named_act")
_WIDEST_GAP: Final = 2
"""Empty lines between the lines of such a head."""
_STATEMENTS: Final = 2
"""Lines below the name that are its date and its number."""


def named_acts(lines: Sequence[Line], taken: set[int]) -> list[Head]:
    """Their heads among the lines that no other head has taken."""
    heads: list[Head] = []
    for position in range(len(lines)):
        head = _act_at(lines, position, taken) if position not in taken else None
        if head:
            heads.append(head)
            taken.update(range(head.first, head.stop))
    return heads


def _act_at(lines: Sequence[Line], position: int, taken: set[int]) -> Head | None:
    line = lines[position]
    act = _NAMED_ACT.fullmatch(line.form.compact) if line.titular else None
    if act is None or not _opens(lines, position):
        return None
    dated = False
    number: DocNumber | None = None
    number_at: tuple[int, ...] = ()
    stop = position + 1
    while stop < min(len(lines), position + 1 + _STATEMENTS) and stop not in taken and lines[stop].gap <= _WIDEST_GAP:
        found = lines[stop].form.doc_number or serial_number(lines[stop].form.compact)
        if lines[stop].form.is_date and not dated:
            dated = True
        elif found and number is None:
            number, number_at = found, (stop,)
        else:
            break
        stop += 1
    body = act["organ"]
    given = body is not None and Form(body).gives_acts
    if stop == len(lines) or not (number or (dated and given)) or (body is not None and not given):
        return None
    return Head(position, stop, (position,), (), number_at, number)


def _opens(lines: Sequence[Line], position: int) -> bool:
    """Whether nothing goes on over *position*: the first line, or below a finished text, its date or who signed it."""
    if position == 0:
        return True
    before = lines[position - 1]
    form = before.form
    return (
        before.text[-1] in FINAL
        or before.tabular
        or form.is_date
        or form.person is not None
        or form.imprint is not None
    )
