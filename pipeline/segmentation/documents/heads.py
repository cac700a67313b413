"""The heads of documents: issuers, title and document number in any of their printed orders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.segmentation.lines import forms
from pipeline.segmentation.lines.forms import DocNumber
from pipeline.segmentation.lines.lines import Line, squash

_MOST_LINES: Final = 9
_LONGEST: Final = 90
_NUMBERED: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|[一二三四五六七八九十]{1,2}[ \u3000]{1,3}[\u3400-\u9fff]{2,18}$|[㈠-㈩]|[（(]\d{1,3}[)）]|\d{1,3}[、．.](?!\d)|\d{1,2}(?:\.\d{1,2}){0,3}[ \u3000]+[\u3400-\u9fff](?<![年月日个])|第[一二三四五六七八九十百]{1,5}[章节節条條]|第[一二三四五六七八九十][，、]|\d{1,2}(?:\.\d{1,2}){1,3}[\u3400-\u9fff]|[①-⑳]"
)
_ABOUT: Final = re.compile(r"关\s*于|转\s*发|印\s*发")
_ISSUES: Final = re.compile(r".{0,60}?(?:关于)?(?:印发|转发|批转|下发|颁发)")
_LETTER: Final = re.compile(r"(?:通知|通报|决定|公告|通告|批复|意见|令|函)(?:[（(].{1,12}[）)])?$")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a document: the positions (in the printed lines) of its parts."""

    first: int
    stop: int
    title: tuple[int, ...]
    issuers: tuple[int, ...] = ()
    number_at: tuple[int, ...] = ()
    number: DocNumber | None = None
    registration_at: int | None = None


def is_order(head: Head) -> bool:
    """Whether the head is an order's, whose title is that of what it promulgates."""
    return head.number is not None and not head.title and forms.order_issuer(head.number) is not None


def is_numbered(text: str) -> bool:
    """Whether the line begins with what looks like a clause's number."""
    return bool(_NUMBERED.match(text))


def is_title_line(line: Line) -> bool:
    """Whether the line could be part of a title: short, without closing mark, no number, no label."""
    text = line.text
    if not text or line.tabular or len(text) > _LONGEST or text[-1] in forms.FINAL or text[-1] in "，,":
        return False
    if _NUMBERED.match(text) or forms.is_date(text) or forms.read_disclosure(text) or forms.read_section(text):
        return False
    if (
        forms.attachment_number(text) is not None
        or forms.attachment_list(text) is not None
        or forms.read_registration(text)
    ):
        return False
    return not (
        forms.is_letterhead(text)
        or forms.is_metadata(text)
        or forms.is_imprint(text)
        or forms.is_note(text)
        or forms.is_contents_heading(text)
        or forms.ADOPTED.fullmatch(text)
        or forms.read_doc_number(text)
    )


def numbered_heads(lines: Sequence[Line]) -> list[Head]:
    heads: list[Head] = []
    floor = 0
    for position, line in enumerate(lines):
        if position < floor or line.tabular:
            continue
        number = forms.read_doc_number(line.text)
        at: tuple[int, ...] = (position,)
        if (
            number is None
            and position + 1 < len(lines)
            and len(line.text) <= 50
            and "令公告".find(squash(line.text)[-1:]) >= 0
        ):
            number = forms.read_order_number(line.text, lines[position + 1].text)
            at = (position, position + 1) if number is None or number.code else (position + 1,)
        if number is None or _is_attached(lines, position):
            continue
        order = forms.order_issuer(number) is not None
        head = _order_head(at, number) if order else _head_at(lines, at[0], number, floor)
        if head is not None and len(at) == 2 and not order:
            head = replace(head, number_at=at[1:], stop=max(head.stop, at[-1] + 1))
        if head is None and forms.is_announcement(number):
            head = Head(at[0], at[-1] + 1, at[:1], (), at, number)
        if head:
            heads.append(head)
            floor = head.stop
    return heads


def _is_attached(lines: Sequence[Line], position: int) -> bool:
    """Whether the number belongs to a text reprinted as an attachment (a label stands over its title)."""
    for above in range(position - 1, max(-1, position - 6), -1):
        if forms.attachment_number(lines[above].text) is not None:
            return True
        if not is_title_line(lines[above]):
            return False
    return False


def _order_head(at: tuple[int, ...], number: DocNumber) -> Head:
    return Head(at[0], at[-1] + 1, (), at[:1] if forms.order_issuer(number) else (), at, number)


def _head_at(lines: Sequence[Line], position: int, number: DocNumber, floor: int) -> Head | None:
    top = position
    while top > floor and position - top < _MOST_LINES and is_title_line(lines[top - 1]) and lines[top].gap <= 3:
        top -= 1
    parts = title_parts(lines, top, position)
    below = position + 1
    while below < len(lines) and below - position <= _MOST_LINES and is_title_line(lines[below]):
        below += 1
    under = title_parts(lines, position + 1, below)
    if parts is None and top < position and not forms.is_announcement(number):
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
    return all(is_issuer_line(lines[p]) for p in title) or number.code is None


def _with_registration(lines: Sequence[Line], head: Head, floor: int) -> Head:
    above = head.first - 1
    if above >= floor and forms.is_letterhead(lines[above].text):
        head, above = replace(head, first=above), above - 1
    if above >= floor and forms.read_registration(lines[above].text):
        return replace(head, first=above, registration_at=above)
    return head


def title_parts(lines: Sequence[Line], top: int, stop: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Positions of the issuers' lines and of the title's lines in ``[top, stop)``, split where the topic begins."""
    about = next((p for p in range(top, stop) if _ABOUT.search(lines[p].text)), None)
    if about is None:
        last = stop - 1
        if last < top or forms.document_type(lines[last].text) is None:
            return None
        about = last
        while about > top and not forms.is_organ(lines[about - 1].text) and lines[about].gap == 0:
            about -= 1
    first = about
    while first > top and is_issuer_line(lines[first - 1]):
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
        joined += squash(lines[position].text)
        follows = squash(lines[position + 1].text) if position + 1 < stop else ""
        if not _is_whole(joined) or (follows.startswith("的") and lines[position + 1].gap == 0):
            continue
        if end is None or lines[position].gap == 0:
            end = position + 1
        if not follows.startswith(("（", "(")) and (not _ISSUES.match(joined) or _LETTER.search(joined)):
            return end
    return stop if end is None else end


def _is_whole(title: str) -> bool:
    """Whether *title* ends on its type with all its marks closed."""
    balanced = all(title.count(a) == title.count(b) for a, b in ("《》", "（）", "“”", "()"))
    return balanced and not title.endswith("》") and forms.document_type(title) is not None


def is_issuer_line(line: Line) -> bool:
    return forms.is_organ(line.text) or squash(line.text) in {"办公室", "办公厅"}
