"""What an issue says of itself on its first page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.language.characters import as_read
from extractors.numbers.numerals import parse_number
from pipeline.segmentation.lines import numbers
from pipeline.segmentation.lines.lines import Line, squash
from schemas.records import Masthead
from schemas.spans import Span

_TITLE: Final = re.compile(r"[\u3400-\u9fff]{2,24}(?:公报|政报|公報|政報)")
_JOINT: Final = r"(?:[—–－‐\-~～至、,，/／·与和及]{1,2}第?)"
"""What stands between the numbers of a combined issue."""
_N: Final = r"[\d〇零一二三四五六七八九十]{1,4}"
_NUMBER: Final = re.compile(rf"(?:第|(?<=年))({_N})(?:[期号]?{_JOINT}{_N}){{0,10}}?(?:[期号]?{_JOINT}({_N}))?[期号]")
_T: Final = r"[\d〇零一二三四五六七八九十百千]{1,6}"
_TOTAL: Final = re.compile(rf"(?:总|累计)(?:第|号|期数?)?[:：]?第?({_T})(?:[期号]?{_JOINT}({_T}))?[期号]?")
_SPECIAL: Final = re.compile(rf"(?P<name>增刊|特刊|专刊|号外)(?:[（(第]*(?P<number>{_N})[）)期号]+)?")
_SAYS_WHICH: Final = re.compile(
    rf"\d{{4}}年|[〇○零一二三四五六七八九]{{4}}年|{_N}[期号]|[（(]?{_SPECIAL.pattern}[）)]?$"
)
"""A line of the masthead that says which issue it is: there alone 增刊 is more than a word of a title."""
_YEAR: Final = re.compile(r"(\d{4}|[〇○零一二三四五六七八九]{4})年")
_PUBLISHER_FIELD: Final = re.compile(
    r"(?:主办(?:单位)?|编辑出版|编印(?:单位)?|出版(?:单位)?|主管(?:单位)?|编辑(?:单位)?)[:：]?([\u3400-\u9fff]{4,30})"
)
_PUBLISHER: Final = re.compile(
    r"([\u3400-\u9fff]{2,24}(?:人民政府|政府|办公室|办公厅|委员会))(?:主办|编印?|编辑|出版|编辑出版)?(?:\d{4}年.{0,14})?"
)
_FIRST_LINES: Final = 24


def read_masthead(lines: Sequence[Line], stop: int) -> Masthead:
    """The masthead in the printed *lines* before the offset *stop*; empty where there is none."""
    head = [line for line in lines[:_FIRST_LINES] if line.start < stop]
    title_line = next((line for line in head if len(line.text) < 60 and _TITLE.search(squash(line.text))), None)
    if title_line is None:
        return Masthead()
    text = squash("|".join(line.text for line in head if len(line.text) < 60 and line.form.doc_number is None))
    title = _TITLE.search(squash(title_line.text))
    text = as_read(text)
    total = _TOTAL.search(text)
    special = _special(head)
    number = _NUMBER.search(_TOTAL.sub("|", text))
    which = (number[1], number[2]) if number else (special["number"] if special else None, None)
    year = _YEAR.search(text)
    return Masthead(
        title=title[0] if title else None,
        publisher=_publisher(head),
        publication_date=numbers.date(text),
        publication_year=_value(year[1]) if year else None,
        number=_digits(which[0]),
        number_last=_digits(which[1]),
        number_total=_value(total[1]) if total else None,
        number_total_last=_value(total[2]) if total and total[2] else None,
        special=special["name"] if special else None,
        span=Span(head[0].start, head[-1].end),
    )


def _special(head: Sequence[Line]) -> re.Match[str] | None:
    """What a line of the masthead calls an issue beside the numbered ones."""
    lines = (as_read(squash(line.text)) for line in head if len(line.text) < 60)
    return next((found for line in lines if _SAYS_WHICH.search(line) and (found := _SPECIAL.search(line))), None)


def _publisher(head: Sequence[Line]) -> str | None:
    for line in head:
        match = _PUBLISHER_FIELD.search(squash(line.text))
        if match:
            return match[1].removesuffix("编")
    for line in head:
        if len(line.text) < 60 and "关于" not in line.text:
            match = _PUBLISHER.fullmatch(squash(line.text))
            if match:
                return match[1]
    return None


def _digits(text: str | None) -> str | None:
    value = _value(text) if text else None
    return None if value is None else str(value)


def _value(text: str) -> int | None:
    value = parse_number(text)
    return None if value is None else int(value)
