"""Who signs a document and when: bodies over a date or beside it, a date alone, bodies alone at the very end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.clauses.line_kinds import signed_line
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.rules import reader

_PRINTED: Final = reader("line.printed_date")
_MOST_BODIES: Final = 30


@dataclass(frozen=True, slots=True)
class Signature:
    """The lines of the *bodies* that sign, the line of the *date* if any, and the position after them."""

    bodies: tuple[Line, ...]
    date: Line | None
    end: int


def signature_at(
    lines: Sequence[Line], position: int, stop: int, *, first: bool | None, ended: bool
) -> Signature | None:
    """The signature that begins at *position* of the printed lines of a document that ends at *stop*.

    *first*: nobody has signed the text yet (``None`` in an attachment). Then the day of printing counts as its date where it stands right under
    the bodies, and so do bodies without a date on the text's last lines, behind a finished paragraph (*ended*).
    An official's line below the date of the text is his signature, as gazettes of Macau print it.
    """
    if first is False and lines[position].form.byline:
        return Signature((lines[position],), None, position + 1)
    end = position
    while end < stop and end - position <= _MOST_BODIES and not signed_line(lines[end]):
        if lines[end].tabular or not lines[end].form.is_signatory:
            break
        end += 1
    bodies = tuple(lines[position:end])
    dated = signed_line(lines[end]) if end < stop else None
    if dated is None and end < stop and bodies and first and _PRINTED(lines[end].form.stripped):
        dated = (lines[end],)
    if dated is not None:
        return Signature((*bodies, *dated[:-1]), dated[-1], end + 1)
    if bodies and end == stop and first and ended and all(line.form.organ for line in bodies):
        return Signature(bodies, None, end)
    return None
