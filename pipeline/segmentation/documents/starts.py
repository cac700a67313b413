"""Where the documents of an issue begin: at their numbers, at listed titles, at titles that stand by themselves."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.language.characters import as_read
from extractors.rules.registry import pattern_of
from pipeline.segmentation.documents import batches
from pipeline.segmentation.documents.contents import title_key
from pipeline.segmentation.documents.heads import Head, is_order, is_whole, numbered_heads, title_parts
from pipeline.segmentation.documents.history import note_end
from pipeline.segmentation.documents.metadata import states_field
from pipeline.segmentation.documents.named_acts import named_acts
from pipeline.segmentation.documents.office_pages import office_acts
from pipeline.segmentation.lines.form import FINAL, Form
from pipeline.segmentation.lines.lines import Line, page_turns
from pipeline.segmentation.lines.rules import pattern
from schemas.records import ContentsEntry

_FIRST_LINES: Final = 9
_PERSONNEL: Final = pattern("title.personnel")
_LONGEST_HEADLINE: Final = 40
_RUNNING: Final = 15
"""Characters of a line that is running text and no part of a masthead."""
_REPORT: Final = pattern("title.report")
_REACH: Final = 40
"""Lines under an order in which the title of what it promulgates stands."""
_TOPIC: Final = pattern("title.topic")
_CITED: Final = pattern("title.cited")
_IN_FORCE: Final = pattern("provision.force")
_ONE: Final = "一、"
_SPOKEN: Final = pattern_of("speaker.spoken")


def find_heads(lines: Sequence[Line], entries: Sequence[ContentsEntry]) -> list[Head]:
    """The heads of the documents in the printed *lines* (furniture and contents left out), in order."""
    heads = numbered_heads(lines)
    taken = {p for head in heads for p in range(head.first, head.stop)}
    heads += office_acts(lines, taken)
    heads += named_acts(lines, taken)
    issued = _issued_titles(lines, heads)
    heads += _listed_heads(lines, entries, taken, issued)
    heads += _plain_heads(lines, taken, [line for head in heads for line in head.title], issued)
    if not heads and lines:
        heads = [_fallback(lines)]
    heads = _headed_twice(lines, sorted(heads, key=lambda head: head.first))
    heads = batches.apart(lines, _apart_at_numbers(lines, heads))
    untitled = _before_first(lines, heads[0].first) if heads and not entries else None
    return [untitled, *heads] if untitled else heads


def _headed_twice(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """The heads; a title that stands again under nothing but notes of its adoption heads one document, not two."""
    found: list[Head] = []
    for head in heads:
        before = found[-1] if found else None
        if before is not None and before.number is None and _same_title(lines, before, head):
            between = lines[before.stop : head.first]
            known = title_key("".join(lines[p].text for p in (*before.issuers, *before.title)))
            if all(
                _tells_adoption(line) or line.form.organ or known.endswith(title_key(line.text)) for line in between
            ):
                head = replace(found.pop(), stop=head.stop, title=head.title, issuers=head.issuers, number=head.number, number_at=head.number_at)  # fmt: skip
        found.append(head)
    return found


def _tells_adoption(line: Line) -> bool:
    """Whether the line says how or from when a text is in force, or is a field of the page (2023年3月1日 施行)."""
    act = line.form.date is not None and not line.form.is_date and line.text[-1] not in FINAL
    return bool(line.form.adopted or line.form.field) or act


def _same_title(lines: Sequence[Line], one: Head, other: Head) -> bool:
    keys = [title_key("".join(lines[p].text for p in (*head.issuers, *head.title))) for head in (one, other)]
    return bool(all(keys)) and (keys[0].endswith(keys[1]) or keys[1].endswith(keys[0]))


def _apart_at_numbers(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """The heads, and one after each number that closes an act on a page of appointments and is not its last."""
    found: list[Head] = []
    for head, after in itertools.zip_longest(heads, heads[1:]):
        found.append(head)
        stop = after.first if after else len(lines)
        if head.number is None and _PERSONNEL.search("".join(lines[p].text for p in head.title)):
            closing = [p for p in range(head.stop, stop - 1) if _closes_act(lines[p])]
            found += [Head(p + 1, p + 1, ()) for p in closing if any(not _closes_act(x) for x in lines[p + 1 : stop])]
    return found


def _closes_act(line: Line) -> bool:
    return line.text[0] in "（(" and line.text[-1] in "）)" and line.form.doc_number is not None


def _before_first(lines: Sequence[Line], stop: int) -> Head | None:
    """The head of running text over the first document that shows one: a text is a document, though its head says little."""
    text = [p for p in range(stop) if len(lines[p].text) > _RUNNING and lines[p].text[-1] in FINAL and re.search("[，,]", lines[p].text)]  # fmt: skip
    if len(text) < 2:
        return None
    top = text[0]
    while top > 0 and text[0] - top < _FIRST_LINES and lines[top - 1].titular and lines[top].gap <= 1:
        top -= 1
    return Head(top, text[0], tuple(range(top, text[0])))


def _groups(lines: Sequence[Line], taken: set[int]) -> list[tuple[int, int]]:
    """Runs of title lines that no head has taken."""
    groups: list[tuple[int, int]] = []
    start: int | None = None
    for position in range(len(lines) + 1):
        fits = position < len(lines) and position not in taken and lines[position].titular
        if fits and start is None:
            start = position
        elif not fits and start is not None:
            groups.append((start, position))
            start = None
    return groups


def order_titles(lines: Sequence[Line], start: int, stop: int) -> set[str]:
    """Keys of the titles, of up to three lines, that stand between an order and what it promulgates."""
    keys: set[str] = set()
    position = start
    while position < min(stop, start + _REACH) and not _begins_text(lines[position]):
        end = position
        while end < stop and lines[end].titular:
            end += 1
        if end > position and not (end < stop and lines[end].form.is_date):
            keys |= {
                title_key("".join(line.text for line in lines[position : position + count]))
                for count in (1, 2, 3)
                if position + count <= end
            }
        position = end + (end == position)
    return keys


def _begins_text(line: Line) -> bool:
    return line.form.enumerated or line.form.contents_heading is not None


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
    numbers = {number.text for p in taken if (number := lines[p].form.doc_number)}
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
            parts = title_parts(lines, top, match)
            issuers, title = parts if parts and parts[1][0] == first else ((), tuple(range(first, match)))
            while not issuers and first - 1 > top and lines[first - 1].form.issuer:
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
        if top and lines[top - 1].form.attachment is not None:
            continue
        report = next((p for p in range(top, stop) if _REPORT.fullmatch(lines[p].form.compact)), None)
        if report is not None and not heads and title_key(lines[report].text) not in subjects:
            heads.append(Head(report, report + 1, (report,)))
            continue
        spoken = _given_at(lines, top, stop)
        said = Form("".join(line.text for line in lines[top:spoken]) if spoken else "")
        if spoken is not None and said.type and title_key(said.compact) not in subjects:
            heads.append(Head(top, spoken, tuple(range(top, spoken))))
            continue
        again = _printed_again(lines, top, stop)
        if again and lines[again].form.type and title_key(lines[again].text) not in {subjects, *of_orders}:
            heads.append(Head(top, again + 1, (again,), tuple(range(top + 1, again))))
            continue
        signed = _signed_end(lines, top, stop)
        adopted = stop < len(lines) and note_end(lines, stop, len(lines)) is not None
        parts = title_parts(lines, top, signed)
        if parts is None or stop >= len(lines):
            continue
        issuers, title = parts
        joined = "".join(lines[p].form.compact for p in title)
        issued = bool(issuers) or not Form(joined).opens_topic
        if title_key(joined) in subjects or title_key(joined) in of_orders or not Form(joined).type:
            continue
        if not issuers and _CITED.fullmatch(joined):
            continue
        if (
            (_TOPIC.search(joined) and issued)
            or _stands_by_itself(lines, issuers, title, signed < stop or adopted)
            or _follows_closed_act(lines, title)
        ):
            heads.append(Head((issuers + title)[0], title[-1] + 1, title, issuers))
    return heads


def _given_at(lines: Sequence[Line], top: int, stop: int) -> int | None:
    """The line in ``(top, stop]`` that says when and where the text titled over it was given, or by whom it is spoken."""
    for position in range(top + 1, min(stop + 1, len(lines))):
        form = lines[position].form
        if form.spoken or (form.byline and _SPOKEN.search(as_read(lines[position - 1].form.compact))):
            return position
    return None


def _printed_again(lines: Sequence[Line], top: int, stop: int) -> int | None:
    """Where the title that stands first in ``[top, stop)`` stands again, its issuers alone between the two."""
    end = top + 1
    while end < stop and lines[end].form.issuer:
        end += 1
    again = top + 1 < end < stop and title_key(lines[end].text) == title_key(lines[top].text)
    return end if again else None


def _signed_end(lines: Sequence[Line], top: int, stop: int) -> int:
    """End of the title lines in ``[top, stop)``, the issuers printed between a title and its date left out."""
    if stop >= len(lines) or not lines[stop].form.is_date:
        return stop
    end = stop
    while end > top and lines[end - 1].form.organ:
        end -= 1
    return end if end > top else stop


def _follows_closed_act(lines: Sequence[Line], title: Sequence[int]) -> bool:
    """Whether a title with its topic stands behind an act that a provision of force closes, and begins another.

    Both count their clauses from 一; what a letter to somebody brings with it is a part of that letter.
    """
    first, below = title[0], title[-1] + 1
    if not first or not _IN_FORCE.search(lines[first - 1].form.compact) or lines[first - 1].text[-1] != "。":
        return False
    letter = any(line.text[-1] in "：:" and not line.form.enumerated for line in lines[: min(first, _FIRST_LINES)])
    numbers = [[line for line in part if line.text.startswith(_ONE)] for part in (lines[:first], lines[below:])]
    return not letter and all(numbers) and lines[below].text[-1] in FINAL


def _stands_by_itself(lines: Sequence[Line], issuers: Sequence[int], title: Sequence[int], signed: bool) -> bool:
    """Whether a title without 关于 begins a document: it has issuers over it, or below it with their date (*signed*).

    It begins one only where nothing goes on: at the beginning, or after a finished text; and over a date, a number
    or a paragraph.
    """
    if not title or not (issuers or signed) or title[-1] + 1 >= len(lines):
        return False
    if issuers and page_turns(lines[issuers[-1]], lines[title[0]]):
        return False
    first = (*issuers, *title)[0]
    before, after = lines[first - 1] if first else None, lines[title[-1] + 1]
    finished = (
        before is None
        or before.text[-1] in FINAL
        or before.tabular
        or before.form.is_date
        or before.form.imprint is not None
        or (before.gap + lines[first].gap > 0 and first < _FIRST_LINES)
    )
    opened = signed or after.form.is_date or after.form.enumerated or after.text[-1] in FINAL
    return finished and opened and lines[first].gap >= lines[title[0]].gap


def _title_below(lines: Sequence[Line], first: int) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Issuers and title of a document right under the headline of the page that reports it (住房补贴来了！).

    A headline is one line that closes like speech; the title has a topic and a type.
    """
    below = first + 1
    if len(lines) <= below or len(lines[first].text) > _LONGEST_HEADLINE or lines[first].text[-1] not in "！!？?":
        return None
    end = below
    while end < len(lines) and lines[end].titular and end - below < _FIRST_LINES:
        end += 1
    parts = title_parts(lines, below, end)
    joined = Form("".join(lines[p].form.compact for p in parts[1])) if parts else None
    return parts if parts and parts[1][0] <= below + 1 and joined and joined.type and joined.topic else None


def _fallback(lines: Sequence[Line]) -> Head:
    """The head of a text that shows none: its first title lines, fields of a web page passed over."""
    first = 0
    while first < len(lines) - 1 and states_field(lines, first):
        first += 1
    parts = _title_below(lines, first)
    if parts:
        return Head(parts[1][0], parts[1][-1] + 1, parts[1], parts[0])
    stop = first
    while stop < min(first + 4, len(lines)) and lines[stop].titular and not _ends_above(lines, first, stop):
        stop += 1
    return Head(first, stop, tuple(range(first, stop)))


def _ends_above(lines: Sequence[Line], first: int, stop: int) -> bool:
    """Whether the title that begins at *first* ends above the line *stop*.

    When and where a speech was given stands under its title; so do what stands over a table, and, behind an empty line,
    whatever follows a title with its type.
    """
    line = lines[stop]
    if stop == first:
        return False
    if line.form.spoken or line.form.caption:
        return True
    title = "".join(above.form.compact for above in lines[first:stop])
    again = title in line.form.compact or line.form.compact in title
    return is_whole(title) and line.gap > 0 and line.text[0] not in "（(" and not again
