"""Where documents begin: issuers, title and document number in any of their printed orders."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.segmentation import forms
from pipeline.segmentation.contents import title_key
from pipeline.segmentation.forms import DocNumber
from pipeline.segmentation.lines import Line, squash
from schemas.records import ContentsEntry

_MOST_LINES: Final = 9
_LONGEST: Final = 90
_NUMBERED: Final = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|[一二三四五六七八九十]{1,2}[ \u3000]{1,3}[\u3400-\u9fff]{2,18}$|[㈠-㈩]|[（(]\d{1,3}[)）]|\d{1,3}[、．.](?!\d)|\d{1,2}(?:\.\d{1,2}){0,3}[ \u3000]+[\u3400-\u9fff](?<![年月日个])|第[一二三四五六七八九十百]{1,5}[章节節条條]|第[一二三四五六七八九十][，、]|[①-⑳]"
)
_ABOUT: Final = re.compile(r"关\s*于|转\s*发|印\s*发")
_REPORT: Final = re.compile(r"(?:.{0,12})?政府工作报告")
_REACH: Final = 40
"""Lines under an order in which the title of what it promulgates stands."""
_ISSUES: Final = re.compile(r".{0,60}?(?:关于)?(?:印发|转发|批转|下发|颁发)")
_LETTER: Final = re.compile(r"(?:通知|通报|决定|公告|通告|批复|意见|令|函)(?:[（(].{1,12}[）)])?$")
_TOPIC: Final = re.compile(r"关于.{2,120}")


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


def find_heads(lines: Sequence[Line], entries: Sequence[ContentsEntry]) -> list[Head]:
    """The heads of the documents in the printed *lines* (furniture and contents left out), in order."""
    heads = _numbered_heads(lines)
    taken = {p for head in heads for p in range(head.first, head.stop)}
    issued = _issued_titles(lines, heads)
    heads += _listed_heads(lines, entries, taken, issued)
    heads += _plain_heads(lines, taken, [line for head in heads for line in head.title], issued)
    if not heads and lines:
        heads = [_fallback(lines)]
    return sorted(heads, key=lambda head: head.first)


def _numbered_heads(lines: Sequence[Line]) -> list[Head]:
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
            head = replace(head, number_at=at[1:])
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
    parts = _title_parts(lines, top, position)
    below = position + 1
    while below < len(lines) and below - position <= _MOST_LINES and is_title_line(lines[below]):
        below += 1
    under = _title_parts(lines, position + 1, below)
    if parts is None and top < position:
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
    return all(_is_issuer_line(lines[p]) for p in title) or number.code is None


def _with_registration(lines: Sequence[Line], head: Head, floor: int) -> Head:
    above = head.first - 1
    if above >= floor and forms.is_letterhead(lines[above].text):
        head, above = replace(head, first=above), above - 1
    if above >= floor and forms.read_registration(lines[above].text):
        return replace(head, first=above, registration_at=above)
    return head


def _title_parts(lines: Sequence[Line], top: int, stop: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
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
    while first > top and _is_issuer_line(lines[first - 1]):
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


def _is_issuer_line(line: Line) -> bool:
    return forms.is_organ(line.text) or squash(line.text) in {"办公室", "办公厅"}


def _groups(lines: Sequence[Line], taken: set[int]) -> list[tuple[int, int]]:
    """Runs of title lines that no head has taken."""
    groups: list[tuple[int, int]] = []
    start: int | None = None
    for position in range(len(lines) + 1):
        fits = position < len(lines) and position not in taken and is_title_line(lines[position])
        if fits and start is None:
            start = position
        elif not fits and start is not None:
            groups.append((start, position))
            start = None
    return groups


def is_order(head: Head) -> bool:
    """Whether the head is an order's, whose title is that of what it promulgates."""
    return head.number is not None and not head.title and forms.order_issuer(head.number) is not None


def order_titles(lines: Sequence[Line], start: int, stop: int) -> set[str]:
    """Keys of the title, of up to three lines, that what an order promulgates bears below the order's signature."""
    position = start
    while position < min(stop, start + _REACH):
        end = position
        while end < stop and is_title_line(lines[end]):
            end += 1
        if end > position and not (end < stop and forms.is_date(lines[end].text)):
            return {
                title_key("".join(line.text for line in lines[position : position + count]))
                for count in (1, 2, 3)
                if position + count <= end
            }
        position = end + 1
    return set()


def _issued_titles(lines: Sequence[Line], heads: Sequence[Head]) -> set[str]:
    """Keys of the titles below orders: an order's text is no document of its own, though the contents list its title."""
    found: set[str] = set()
    for head, after in itertools.zip_longest(heads, heads[1:]):
        if is_order(head):
            found |= order_titles(lines, head.stop, after.first if after else len(lines))
    return found


def _listed_heads(
    lines: Sequence[Line], entries: Sequence[ContentsEntry], taken: set[int], issued: set[str]
) -> list[Head]:
    """Heads of listed documents without a number of their own line, found by their title on the contents page."""
    numbers = {number.text for p in taken if (number := forms.read_doc_number(lines[p].text))}
    known = title_key("".join(lines[p].text for p in sorted(taken)))
    wanted = [
        key for entry in entries
        if not (entry.doc_number and entry.doc_number in numbers) and (key := title_key(entry.title)) not in known and key not in issued
    ]  # fmt: skip
    heads: list[Head] = []
    for top, stop in _groups(lines, taken) if wanted else []:
        for first in range(top, stop):
            match = next(
                (
                    s
                    for s in range(first + 1, min(stop, first + 5) + 1)
                    if title_key("".join(x.text for x in lines[first:s])) in wanted
                ),
                None,
            )
            if match is None:
                continue
            parts = _title_parts(lines, top, match)
            issuers, title = parts if parts and parts[1][0] == first else ((), tuple(range(first, match)))
            while not issuers and first - 1 > top and _is_issuer_line(lines[first - 1]):
                issuers = (first - 1,)
            heads.append(Head((issuers + title)[0], match, title, issuers))
            taken.update(range(heads[-1].first, match))
            wanted.remove(title_key("".join(x.text for x in lines[first:match])))
            break
    return heads


def _plain_heads(lines: Sequence[Line], taken: set[int], known: Sequence[int], of_orders: set[str]) -> list[Head]:
    """Heads without number and contents entry: an issuer over its topic, or a government work report."""
    heads: list[Head] = []
    subjects = title_key("".join(lines[p].text for p in known))
    for top, stop in _groups(lines, taken):
        if top and forms.attachment_number(lines[top - 1].text) is not None:
            continue
        report = next((p for p in range(top, stop) if _REPORT.fullmatch(squash(lines[p].text))), None)
        if report is not None and not heads and title_key(lines[report].text) not in subjects:
            heads.append(Head(report, report + 1, (report,)))
            continue
        signed = _signed_end(lines, top, stop)
        adopted = stop < len(lines) and bool(forms.ADOPTED.fullmatch(lines[stop].text))
        parts = _title_parts(lines, top, signed)
        if parts is None or stop >= len(lines):
            continue
        issuers, title = parts
        joined = squash("".join(lines[p].text for p in title))
        issued = bool(issuers) or not joined.startswith("关于")
        if title_key(joined) in subjects or title_key(joined) in of_orders or not forms.document_type(joined):
            continue
        if (_TOPIC.search(joined) and issued) or _stands_by_itself(lines, issuers, title, signed < stop or adopted):
            heads.append(Head((issuers + title)[0], title[-1] + 1, title, issuers))
    return heads


def _signed_end(lines: Sequence[Line], top: int, stop: int) -> int:
    """End of the title lines in ``[top, stop)``, the issuers printed between a title and its date left out."""
    if stop >= len(lines) or not forms.is_date(lines[stop].text):
        return stop
    end = stop
    while end > top and forms.is_organ(lines[end - 1].text):
        end -= 1
    return end if end > top else stop


def _stands_by_itself(lines: Sequence[Line], issuers: Sequence[int], title: Sequence[int], signed: bool) -> bool:
    """Whether a title without 关于 begins a document: it has issuers over it, or below it with their date (*signed*).

    It begins one only where nothing goes on: at the beginning, or after a finished text; and over a date, a number
    or a paragraph.
    """
    if not title or not (issuers or signed) or title[-1] + 1 >= len(lines):
        return False
    first = (*issuers, *title)[0]
    before, after = lines[first - 1] if first else None, lines[title[-1] + 1]
    finished = (
        before is None
        or before.text[-1] in forms.FINAL
        or before.tabular
        or forms.is_date(before.text)
        or forms.is_imprint(before.text)
        or (before.gap + lines[first].gap > 0 and first < _MOST_LINES)
    )
    opened = signed or forms.is_date(after.text) or bool(_NUMBERED.match(after.text)) or after.text[-1] in forms.FINAL
    return finished and opened and lines[first].gap >= lines[title[0]].gap


def _fallback(lines: Sequence[Line]) -> Head:
    """The head of a text that shows none: its first title lines, fields of a web page passed over."""
    first = 0
    while first < len(lines) - 1 and forms.is_metadata(lines[first].text):
        first += 1
    stop = first
    while stop < min(first + 4, len(lines)) and is_title_line(lines[stop]):
        stop += 1
    return Head(first, stop, tuple(range(first, stop)))
