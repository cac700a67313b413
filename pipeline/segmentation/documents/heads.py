"""The heads of documents: issuers, title and document number in any of their printed orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.segmentation.documents.metadata import states_field
from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line
from pipeline.segmentation.lines.numbers import DocNumber, order_number
from pipeline.segmentation.lines.rules import pattern

_MOST_LINES: Final = 9
_ISSUES: Final = pattern("title.issues")
_LAW: Final = pattern("title.law")
_LETTER: Final = pattern("title.letter")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: the positions (in the printed lines) of its parts.

    ``under`` is the office that stands over an earlier act of its page, ``closed_at`` the line that closes the acts of
    that office with their day.
    """

    first: int
    stop: int
    title: tuple[int, ...]
    issuers: tuple[int, ...] = ()
    number_at: tuple[int, ...] = ()
    number: DocNumber | None = None
    registration_at: int | None = None
    under: tuple[int, ...] = ()
    closed_at: int | None = None


def is_order(head: Head) -> bool:
    """Whether the head is an order's, whose title is that of what it promulgates."""
    return head.number is not None and not head.title and head.number.orders is not None


def numbered_heads(lines: Sequence[Line]) -> list[Head]:
    heads: list[Head] = []
    floor = 0
    for position, line in enumerate(lines):
        if position < floor or line.tabular or states_field(lines, position):
            continue
        number = line.form.doc_number
        at: tuple[int, ...] = (position,)
        if number is None and position + 1 < len(lines) and len(line.text) <= 50 and line.form.announces:
            number = order_number(line.form.compact, lines[position + 1].form.compact)
            at = (position, position + 1) if number is None or number.code else (position + 1,)
        if number is None or _is_attached(lines, position):
            continue
        order = number.orders is not None or number.is_whole_name
        head = _order_head(lines, at, number, floor) if order else _head_at(lines, at[0], number, floor)
        if head is not None and len(at) == 2 and not order:
            head = replace(head, number_at=at[1:], stop=max(head.stop, at[-1] + 1))
        if head is None and number.announces:
            head = Head(at[0], at[-1] + 1, at[:1], (), at, number)
        if head:
            heads.append(head)
            floor = head.stop
    return heads


def _is_attached(lines: Sequence[Line], position: int) -> bool:
    """Whether the number belongs to a text reprinted as an attachment (a label stands over its title)."""
    for above in range(position - 1, max(-1, position - 6), -1):
        if lines[above].form.attachment is not None:
            return True
        if not lines[above].titular:
            return False
    return False


def _order_head(lines: Sequence[Line], at: tuple[int, ...], number: DocNumber, floor: int) -> Head:
    """The head of an order; where its number stands alone under the title of a law, that law's."""
    titled = _law_over(lines, at[0], floor) if len(at) == 1 else None
    if titled:
        return Head(titled[0], at[0] + 1, titled, (), at, number)
    return Head(at[0], at[-1] + 1, (), at[:1] if number.orders else (), at, number)


def _law_over(lines: Sequence[Line], position: int, floor: int) -> tuple[int, ...] | None:
    """The lines of the title of a law right over *position*."""
    top = position
    while top > floor and position - top < _MOST_LINES and lines[top - 1].titular and lines[top].gap <= 1:
        top -= 1
    parts = title_parts(lines, top, position)
    title = parts[1] if parts and parts[1][-1] == position - 1 else ()
    return title if title and _LAW.search("".join(lines[p].form.compact for p in title)) else None


def _head_at(lines: Sequence[Line], position: int, number: DocNumber, floor: int) -> Head | None:
    top = position
    while top > floor and position - top < _MOST_LINES and lines[top - 1].titular and lines[top].gap <= 3:
        top -= 1
    parts = title_parts(lines, top, position)
    below = position + 1
    while below < len(lines) and below - position <= _MOST_LINES and lines[below].titular:
        below += 1
    under = title_parts(lines, position + 1, below)
    if parts is None and top < position and not number.announces:
        parts = ((), tuple(range(top, position)))
    if parts is not None and under is not None and _is_letterhead_only(lines, parts[1], number):
        first, parts = (*parts[0], *parts[1])[0], None
    else:
        first = position
    if parts is not None:
        issuers, title = parts
        first = (issuers + title)[0]
        return _with_registration(lines, Head(first, position + 1, title, issuers, (position,), number), floor)
    if under is None:
        return None
    issuers, title = under
    if issuers and issuers[0] > position + 3:
        return None
    return _with_registration(lines, Head(first, title[-1] + 1, title, issuers, (position,), number), floor)


def _is_letterhead_only(lines: Sequence[Line], title: Sequence[int], number: DocNumber) -> bool:
    """Whether what stands over a number heads a letter: bodies' names alone, or a series whose numbers have no code."""
    return all(lines[p].form.issuer for p in title) or number.code is None


def _with_registration(lines: Sequence[Line], head: Head, floor: int) -> Head:
    above = head.first - 1
    if above >= floor and lines[above].form.letterhead:
        head, above = replace(head, first=above), above - 1
    if above >= floor and lines[above].form.registration:
        return replace(head, first=above, registration_at=above)
    return head


def title_parts(lines: Sequence[Line], top: int, stop: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Positions of the issuers' lines and of the title's lines in ``[top, stop)``, split where the topic begins."""
    about = next((p for p in range(top, stop) if lines[p].form.topic), None)
    if about is None:
        last = stop - 1
        if last < top or lines[last].form.type is None:
            return None
        about = last
        while about > top and not lines[about - 1].form.organ and lines[about].gap == 0:
            about -= 1
    first = about
    while first > top and lines[first - 1].form.issuer:
        first -= 1
    end = _title_end(lines, about, stop)
    return tuple(range(first, about)), tuple(range(about, end))


def _title_end(lines: Sequence[Line], about: int, stop: int) -> int:
    """End of the title that begins at *about*: after the line on which its type stands, brackets included.

    A title that issues another text (关于印发…规划的通知) ends on the type of the letter, not on that of the text.
    """
    end: int | None = None
    joined = ""
    for position in range(about, min(stop, about + _MOST_LINES)):
        joined += lines[position].form.compact
        follows = lines[position + 1].form.compact if position + 1 < stop else ""
        if not is_whole(joined) or (follows.startswith("的") and lines[position + 1].gap == 0):
            continue
        letter = _LETTER.search(joined) is not None
        if not letter and _goes_on(lines, position + 1, stop):
            continue
        bracketed = lines[position].form.compact.startswith(("（", "(")) and lines[position].gap <= 1
        if end is None or lines[position].gap == 0 or bracketed:
            end = position + 1
        if not follows.startswith(("（", "(")) and (letter or not _ISSUES.search(joined)):
            return end
    return stop if end is None else end


def _goes_on(lines: Sequence[Line], position: int, stop: int) -> bool:
    """Whether the title goes on from *position*: the lines left end on the type of a letter, and open nothing new."""
    rest = lines[position:stop]
    if not rest or any(line.form.issuer or line.form.topic or line.gap > 1 for line in rest):
        return False
    return _LETTER.search("".join(line.form.compact for line in rest)) is not None


def is_whole(title: str) -> bool:
    """Whether *title* ends on its type with all its marks closed."""
    balanced = all(title.count(a) == title.count(b) for a, b in ("《》", "（）", "“”", "()"))
    return balanced and not title.endswith("》") and Form(title).type is not None
