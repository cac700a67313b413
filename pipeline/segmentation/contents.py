"""The contents page: where it stands, and its entries."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.segmentation import forms
from pipeline.segmentation.lines import Line, squash
from schemas.records import ContentsEntry
from schemas.spans import Span

_PAGE: Final = re.compile(
    r"(?:\t[\s.…·]*|[.．…·⋯・―—\-]{2,}\s*|[ \u3000]{2,}|\s*[（(/／]\s*)(?P<page>\d{1,4})\s*[）)]?\s*$"
)
_LEADERS: Final = re.compile(r"[\s.．…·⋯・]{2,}$|[\s\u3000]+$")
_NUMBER: Final = re.compile(
    rf"[（(]\s*(?P<number>{forms.DOC_NUMBER.pattern})\s*(?P<registration>{forms.REGISTRATION.pattern})?\s*[）)]"
)
_ORDER_NUMBER: Final = re.compile(
    r"[（(]\s*(?P<number>(?:[\u3400-\u9fff]{1,20}令\s*)?第\s*[\d〇○零一二三四五六七八九十百]{1,6}\s*[号號]令?)\s*[）)]"
)
_CHAPTER: Final = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节節条條编部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}(?:\.\d{1,2})*[.．、\s])"
)
_ORDINAL: Final = re.compile(r"^[一二三四五六七八九十]{1,2}、")
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
    heading = next((i for i, line in enumerate(lines[:120]) if forms.is_contents_heading(line.text)), None)
    if heading is None or any(_begins_document(line) for line in lines[:heading]):
        return Contents()  # A 目录 under a document's number or text is that document's own.
    if heading + 1 < len(lines) and _is_chapter(lines[heading + 1].text):
        return Contents()
    stop = _end(lines, heading)
    entries, last = _entries(lines[heading + 1 : stop], furniture)
    if not entries or _lists_chapters(entries):
        return Contents()
    return Contents(tuple(entries), lines[heading].index, last)


def _begins_document(line: Line) -> bool:
    return forms.read_doc_number(line.text) is not None or (len(line.text) > 40 and line.text[-1] == "。")


def _is_chapter(text: str) -> bool:
    """Whether the line is a chapter of one plan: numbered, and neither a section of the gazette nor a document."""
    match = _CHAPTER.match(text)
    if not match or _NUMBER.search(text) or "关于" in text:
        return False
    name = _PAGE.sub("", text[match.end() :])
    return not forms.is_plain_section(name) and forms.document_type(name) is None


def _lists_chapters(entries: Sequence[ContentsEntry]) -> bool:
    """Whether the entries are the chapters of one plan and not documents."""
    chapters = [entry for entry in entries if not entry.doc_number and _is_chapter(entry.title)]
    return len(chapters) * 2 > len(entries)


def _end(lines: Sequence[Line], heading: int) -> int:
    """Position of the first line that can only stand in a document."""
    for position in range(heading + 1, min(len(lines), heading + _REACH)):
        text = lines[position].text
        if forms.read_doc_number(text) or forms.is_date(text) or (len(text) > 60 and text.endswith("。")):
            return position
    return min(len(lines), heading + _REACH)


def _entries(lines: Sequence[Line], furniture: frozenset[int]) -> tuple[list[ContentsEntry], int]:
    paged = any(_PAGE.search(line.text) and not _is_ruled(line) for line in lines)
    entries: list[ContentsEntry] = []
    pending: list[Line] = []
    seen: set[str] = set()
    section: str | None = None
    last = -1
    content = [
        line
        for line in lines
        if (line.index not in furniture or forms.is_plain_section(line.text)) and not _is_ruled(line)
    ]
    for line, after in itertools.zip_longest(content, content[1:]):
        name = forms.read_section(line.text)
        if not name and paged and not pending and after is not None and _is_plain_section(line, after):
            name = _ORDINAL.sub("", squash(line.text))
        if name:
            section, pending = name, []
            continue
        pending.append(line)
        if not _completes(pending, paged):
            pending = pending[-4:]
            continue
        entry = _entry(pending, section)
        key = title_key(entry.title)
        if not paged and key in seen:
            break  # Without page numbers, the first title that stands a second time begins the documents.
        seen.add(key)
        entries.append(entry)
        pending, last = [], line.index
    return entries, last


def _is_plain_section(line: Line, after: Line) -> bool:
    """Whether a line without a page names a section: by its words, or as a short line between blank ones."""
    if _PAGE.search(line.text) or len(line.text) > 16 or "关于" in line.text or line.tabular:
        return False
    return forms.is_plain_section(_ORDINAL.sub("", squash(line.text))) or (
        line.gap > 0 and after.gap > 0 and not forms.document_type(line.text)
    )


def _is_ruled(line: Line) -> bool:
    return not re.search(r"\w", line.text)


def _completes(pending: Sequence[Line], paged: bool) -> bool:
    text = pending[-1].text
    if paged:
        return bool(_PAGE.search(text))
    return bool(forms.document_type(_ORDER_NUMBER.sub("", _NUMBER.sub("", text))))


def _entry(pending: Sequence[Line], section: str | None) -> ContentsEntry:
    span = Span(pending[0].start, pending[-1].end)
    joined = "".join(line.text for line in pending)
    page = _PAGE.search(joined)
    body = joined[: page.start()] if page else joined
    body = _LEADERS.sub("", body)
    number = _NUMBER.search(body) or _ORDER_NUMBER.search(body)
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
