"""The contents page: where it stands, and its entries."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation.lines.form import Form
from pipeline.segmentation.lines.lines import Line, squash
from pipeline.segmentation.lines.rules import pattern
from schemas.records import ContentsEntry
from schemas.spans import Span

_PAGE: Final = re.compile(
    r"(?:\t[\s.…·]*|[.．…·⋯・―—\-]{2,}\s*|[ \u3000]{2,}|\s*[（(/／]\s*)(?P<page>\d{1,4})\s*[）)]?\s*$"
)
_LEADERS: Final = re.compile(r"[\s.．…·⋯・]{2,}$|[\s\u3000]+$")
_NUMBER: Final = pattern("number.listed")
_ORDER_NUMBER: Final = pattern("number.listed_order")
_BARE_NUMBER: Final = pattern("number.listed_bare")
_CHAPTER: Final = pattern("contents.chapter")
_ORDINAL: Final = pattern("contents.ordinal")
_LOOSE_PAGE: Final = re.compile(r"[ \u3000](?P<page>\d{1,3})\s*$")
_OWN_PAGE: Final = re.compile(r"[（(]?(?P<page>\d{1,4})[）)]?")
_FIRST_PAGE: Final = re.compile(r"(?P<page>\d{1,4})[ \u3000\t]+(?=[\u3400-\u9fff《])")
_COUNT: Final = re.compile(r"^\d{1,3}\s*[.．、]\s*(?=[\u3400-\u9fff《])")
_SHORTEST_KEY: Final = 8
_PUNCTUATION: Final = re.compile(r"[\s《》〈〉“”\"'‘’「」『』（）()〔〕\[\]【】,，、。．.:：;；·\-—–*]+")
_REACH: Final = 400
"""Lines that a contents page may run over."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents page: the lines ``[first, last]`` that it takes (by index), and its entries."""

    entries: tuple[ContentsEntry, ...] = ()
    first: int = -1
    last: int = -1


def title_key(title: str) -> str:
    """*title* reduced to what two prints of it share: no blanks, brackets or marks."""
    return _PUNCTUATION.sub("", title)


def alike(key: str, title: str) -> bool:
    """Whether two prints of a title are one: equal, or one letter in ten apart in place."""
    if key == title:
        return True
    if abs(len(key) - len(title)) > 2 or len(key) < 8:
        return False
    common = sum(a == b for a, b in zip(key, title, strict=False))
    return common >= 0.9 * max(len(key), len(title))


def find_contents(lines: Sequence[Line], furniture: frozenset[int]) -> Contents:
    """The contents page of the issue whose printed *lines* are given, empty where there is none."""
    heading = next((i for i, line in enumerate(lines[:120]) if line.form.contents_heading), None)
    if heading is None or any(_begins_document(line) for line in lines[:heading]):
        return Contents()  # A 目录 under a document's number or text is that document's own.
    if heading + 1 < len(lines) and _is_chapter(lines[heading + 1].form):
        return Contents()
    stop = _end(lines, heading)
    entries, last = _entries(lines[heading + 1 : stop], furniture)
    if not entries or _lists_chapters(entries):
        return Contents()
    return Contents(tuple(entries), lines[heading].index, last)


def _begins_document(line: Line) -> bool:
    return line.form.doc_number is not None or (len(line.text) > 40 and line.text[-1] == "。")


def _is_chapter(line: Form) -> bool:
    """Whether the line is a chapter of one plan: numbered, and neither a section of the gazette nor a document."""
    match = _CHAPTER.search(line.text)
    if not match or _NUMBER.search(line.text) or line.about:
        return False
    name = Form(_PAGE.sub("", line.text[match.end() :]))
    return not name.plain_section and name.type is None


def _lists_chapters(entries: Sequence[ContentsEntry]) -> bool:
    """Whether the entries are the chapters of one plan and not documents."""
    chapters = [entry for entry in entries if not entry.doc_number and _is_chapter(Form(entry.title))]
    return len(chapters) * 2 > len(entries)


def _end(lines: Sequence[Line], heading: int) -> int:
    """Position of the first line that can only stand in a document."""
    for position in range(heading + 1, min(len(lines), heading + _REACH)):
        text, form = lines[position].text, lines[position].form
        if form.doc_number or form.is_date or (len(text) > 60 and text.endswith("。")):
            return position
    return min(len(lines), heading + _REACH)


def _entries(lines: Sequence[Line], furniture: frozenset[int]) -> tuple[list[ContentsEntry], int]:
    content = [
        line for line in lines
        if (line.index not in furniture or line.form.plain_section or _OWN_PAGE.fullmatch(line.text)) and not _is_ruled(line)
    ]  # fmt: skip
    paged = any(_page_at_end(line.text) for line in content)
    leading = not paged and _pages_lead(content)
    apart = not paged and not leading and _pages_stand_apart(content)
    entries: list[ContentsEntry] = []
    pending: list[Line] = []
    seen: list[str] = []
    section: str | None = None
    last = -1
    for line, after in itertools.zip_longest(content, content[1:]):
        name = line.form.section
        if not name and not pending and after is not None and _is_plain_section(line, after, paged):
            name = _ORDINAL.sub("", line.form.compact)
        if name:
            section, pending = name, []
            continue
        pending.append(line)
        if not (_OWN_PAGE.fullmatch(line.text) if apart else _completes(pending, paged)):
            pending = pending[-4:]
            continue
        entry = _entry(pending, section, leading, apart)
        key = title_key(entry.title)
        if not paged and any(_same_title(key, known) for known in seen) and not _listed_twice(key, seen, after):
            break  # Without page numbers, the first title that stands a second time begins the documents.
        if key:
            seen.append(key)
            entries.append(entry)
        pending, last = [], line.index
    return entries, last


def _listed_twice(key: str, seen: Sequence[str], after: Line | None) -> bool:
    """Whether a title that stands a second time is one more entry: another title follows, and it is not the first."""
    return after is not None and not _same_title(key, seen[0]) and after.form.type is not None


def _same_title(key: str, known: str) -> bool:
    """Whether two prints of a title are one, with its issuer or without."""
    return key == known or (min(len(key), len(known)) >= _SHORTEST_KEY and (key.endswith(known) or known.endswith(key)))


def _page_at_end(text: str) -> re.Match[str] | None:
    """The page number at the end of a line of contents: behind leaders or blanks, in brackets, or behind a whole title."""
    found = _PAGE.search(text)
    if found:
        return found
    loose = _LOOSE_PAGE.search(text)
    before = text[: loose.start()].rstrip() if loose else ""
    return loose if before and (before[-1] in "）)》" or Form(before).type) else None


def _pages_lead(content: Sequence[Line]) -> bool:
    """Whether numbers stand before the titles (3　关于…的通知)."""
    return sum(bool(_FIRST_PAGE.match(line.text)) for line in content[:40]) >= 2


def _pages_stand_apart(content: Sequence[Line]) -> bool:
    """Whether each page number stands on a line of its own below its title."""
    pairs = itertools.pairwise(content[:40])
    return sum(bool(_OWN_PAGE.fullmatch(b.text)) and not _OWN_PAGE.fullmatch(a.text) for a, b in pairs) >= 2


def _is_plain_section(line: Line, after: Line, paged: bool) -> bool:
    """Whether a line without a page names a section: by its words, or as a short line between blank ones."""
    if _page_at_end(line.text) or len(line.text) > 16 or line.form.about or line.tabular:
        return False
    return Form(_ORDINAL.sub("", line.form.compact)).plain_section is not None or (
        paged and line.gap > 0 and after.gap > 0 and not line.form.type
    )


def _is_ruled(line: Line) -> bool:
    return not re.search(r"\w", line.text)


def _completes(pending: Sequence[Line], paged: bool) -> bool:
    text = pending[-1].text
    if paged:
        return _page_at_end(text) is not None
    return Form(_ORDER_NUMBER.sub("", _NUMBER.sub("", text))).type is not None


def _entry(pending: Sequence[Line], section: str | None, leading: bool, apart: bool) -> ContentsEntry:
    span = Span(pending[0].start, pending[-1].end)
    joined = "".join(line.text for line in (pending[:-1] if apart else pending))
    page = _OWN_PAGE.fullmatch(pending[-1].text) if apart else _page_at_end(joined)
    body = joined[: page.start()] if page and not apart else joined
    if leading and (first := _FIRST_PAGE.match(joined)):
        page, body = first, joined[first.end() :]
    body = _COUNT.sub("", _LEADERS.sub("", body))
    number = _NUMBER.search(body) or _ORDER_NUMBER.search(body) or _BARE_NUMBER.search(body)
    title = squash(body[: number.start()] + body[number.end() :]) if number else squash(body)
    return ContentsEntry(
        span=span,
        title=title.lstrip("·•●○◇◆■□▲△-—"),
        section=section,
        doc_number=squash(number["number"]) if number else None,
        doc_number_span=_locate(pending, number["number"]) if number else None,
        page=int(page["page"]) if page else None,
        registration_number=number["registration"] if number and number.re is _NUMBER else None,
    )


def _locate(pending: Sequence[Line], text: str) -> Span | None:
    """Where *text* is printed, if it stands on one line."""
    for line in pending:
        at = line.text.find(text)
        if at >= 0:
            return Span(line.start + at, line.start + at + len(text))
    return None
