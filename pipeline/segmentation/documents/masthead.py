"""What an issue says of itself on its first page, and the edition's key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pypinyin import Style, lazy_pinyin

from extractors.numbers.numerals import parse_number
from pipeline.segmentation.lines import numbers
from pipeline.segmentation.lines.lines import Line, squash
from schemas.records import Masthead
from schemas.spans import Span

_TITLE: Final = re.compile(r"[\u3400-\u9fff]{2,24}(?:公报|政报)")
_NUMBER: Final = re.compile(r"(?<!总)(?<!总号)第([\d〇零一二三四五六七八九十]{1,4})[期号]")
_TOTAL: Final = re.compile(r"总(?:第|号|期)?[:：]?第?([\d〇零一二三四五六七八九十百千]{1,6})[期号]?")
_YEAR: Final = re.compile(r"(\d{4}|[〇○零一二三四五六七八九]{4})年")
_PUBLISHER_FIELD: Final = re.compile(
    r"(?:主办(?:单位)?|编辑出版|编印(?:单位)?|出版(?:单位)?|主管(?:单位)?|编辑(?:单位)?)[:：]?([\u3400-\u9fff]{4,30})"
)
_PUBLISHER: Final = re.compile(
    r"([\u3400-\u9fff]{2,24}(?:人民政府|政府|办公室|办公厅|委员会))(?:主办|编印?|编辑|出版|编辑出版)?(?:\d{4}年.{0,14})?"
)
_PLACE: Final = re.compile(
    r"(?P<place>[\u3400-\u9fff]{2,12}?(?P<level>自治区|自治州|自治县|新区|地区|省|州|市|县|区|旗|盟|镇|乡))(?=人民政府|政府|公报|政报|$)"
)
_LEVELS: Final = {
    "省": "sheng", "自治区": "zizhiqu", "市": "shi", "州": "zhou", "自治州": "zhou", "地区": "diqu", "盟": "meng", "县": "xian",
    "自治县": "xian", "区": "qu", "新区": "xinqu", "旗": "qi", "镇": "zhen", "乡": "xiang",
}  # fmt: skip
_FIRST_LINES: Final = 24


def read_masthead(lines: Sequence[Line], stop: int) -> Masthead:
    """The masthead in the printed *lines* before the offset *stop*; empty where there is none."""
    head = [line for line in lines[:_FIRST_LINES] if line.start < stop]
    title_line = next((line for line in head if len(line.text) < 60 and _TITLE.search(squash(line.text))), None)
    if title_line is None:
        return Masthead()
    text = squash("|".join(line.text for line in head if len(line.text) < 60 and line.form.doc_number is None))
    title = _TITLE.search(squash(title_line.text))
    number, total = _NUMBER.search(text), _TOTAL.search(text)
    date = numbers.date(text)
    year = _YEAR.search(text)
    return Masthead(
        title=title[0] if title else None,
        publisher=_publisher(head),
        publication_date=date,
        publication_year=_value(year[1]) if year else None,
        number=str(_value(number[1])) if number else None,
        number_total=_value(total[1]) if total else None,
        span=Span(head[0].start, head[-1].end),
    )


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


def _value(text: str) -> int | None:
    value = parse_number(text)
    return None if value is None else int(value)


def edition_key(masthead: Masthead, organ: str | None) -> str | None:
    """The edition's name for people (``xiangyin-xian-2023-01``), of the gazette's title or, for lack of it, *organ*."""
    match = next((m for m in (_PLACE.search(name) for name in (masthead.title, organ) if name) if m), None)
    if not match or masthead.publication_year is None:
        return None
    level = match["level"]
    place = match["place"].removesuffix(level)
    name = "".join(lazy_pinyin(place, style=Style.NORMAL, errors="ignore"))
    if not name:
        return None
    number = f"{int(masthead.number):02d}" if masthead.number else "00"
    return f"{name}-{_LEVELS[level]}-{masthead.publication_year}-{number}"
