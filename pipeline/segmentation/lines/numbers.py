"""Numbers of documents, dates and types of titles: what their printed forms mean."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from extractors.numbers.numerals import parse_number
from pipeline.segmentation.lines.rules import names, pattern

_ZEROS: Final = str.maketrans("OＯ○0", "〇〇〇〇")
LONGEST: Final = 90
_BRACKETS: Final = "〔［[(（【﹝"
LONGEST_DATE: Final = 14
_BRACKETED: Final = pattern("number.bracketed")
_BARE_YEAR: Final = pattern("number.bare_year")
_ORDER: Final = pattern("number.order")
_SLASHED: Final = pattern("number.slashed")
_NOTICE: Final = pattern("number.notice")
_ORDERING: Final = pattern("number.ordering_body")
_WORDED: Final = pattern("number.worded")
_ORDER_TITLE: Final = pattern("number.order_title")
_ORDER_BODY: Final = pattern("number.order_body")
_SERIAL_LINE: Final = pattern("number.serial_line")
_BEHIND: Final = pattern("number.behind")
_DATED: Final = pattern("number.dated")
_ABOUT: Final = pattern("line.about")
_REPUBLIC: Final = pattern("date.republic")
_DATES: Final = (_REPUBLIC, pattern("date.day"), pattern("date.han_day"))
_YEARS_BEFORE_REPUBLIC: Final = 1911
_WEEKDAY: Final = pattern("date.weekday")
_SHORT_DATE: Final = pattern("date.short")
_TYPES: Final = names("document_types")
_TYPES_BY_LENGTH: Final = tuple(sorted(_TYPES, key=lambda word: -len(word)))
_TAIL_BRACKET: Final = re.compile(r"[（(][^（()）]{1,20}[）)]$|[\[［〔]\d{1,2}[\]］〕]$|[①-⑳]$")


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document number and its parts; orders have no ``year``, numbered announcements (2024年第3号) no ``code``."""

    text: str
    code: str | None
    year: int | None
    serial: int | None

    @property
    def orders(self) -> str | None:
        """The body that an order's number names (某某省人民政府令第312号 → 某某省人民政府), for orders only."""
        named = _ORDER_BODY.fullmatch(self.code or "")
        if named is None or (self.year is not None and not _is_order(named)):
            return None
        return self.body

    @property
    def is_bracketed(self) -> bool:
        """Whether the number prints its year in brackets behind its code."""
        return bool(self.code) and self.year is not None and self.text[len(self.code or "") :][:1] in _BRACKETS

    @property
    def body(self) -> str | None:
        """The body that the number of an order or announcement names."""
        named = _ORDER_BODY.fullmatch(self.code or "")
        if named is None or (self.is_bracketed and not _ORDERING.search(named["body"])):
            return None  # 湘某政令〔2024〕2号 abbreviates its body.
        return named["body"] or None

    @property
    def is_order(self) -> bool:
        """Whether it is an order's own number."""
        named = _ORDER_BODY.fullmatch(self.code or "")
        return named is not None and _is_order(named)

    @property
    def is_whole_name(self) -> bool:
        """Whether the number is all the name that an order has (第12/2024號行政命令): no title stands near it."""
        return self.is_order and self.year is not None and not self.is_bracketed and self.body is None

    @property
    def announces(self) -> bool:
        """Whether an announcement's own name is part of it (某某厅公告2024年第11号), so that it may lack a title."""
        named = _ORDER_BODY.fullmatch(self.code or "")
        return named is not None and not _is_order(named)


def _is_order(named: re.Match[str]) -> bool:
    return _TYPES[named["kind"]] == ORDER


ORDER: Final = _TYPES["命令"]
REPORT: Final = _TYPES["工作报告"]
"""Types that have rules of their own."""


def integer(text: str) -> int | None:
    """The whole number that *text* prints in Arabic or Chinese digits."""
    value = parse_number(text.translate(_ZEROS) if not text.isdecimal() else text)
    return None if value is None else int(value)


def doc_number(plain: str) -> DocNumber | None:
    """The document number that the whole of *plain* (without blanks) is; of joint numbers the first."""
    if len(plain) > LONGEST:
        return None
    match = _first_of_numbers(plain)
    if match:
        return DocNumber(match[0], match["code"], integer(match["year"]), int(match["serial"]))
    match = _BARE_YEAR.fullmatch(plain)
    if match:
        return DocNumber(plain.strip("（）()"), None, int(match["year"]), int(match["serial"]))
    match = _WORDED.fullmatch(plain)
    if match:
        return DocNumber(plain, match["code"], None, None)  # The serial holds the year, and is too long for a count.
    match = _SLASHED.fullmatch(plain) or _ORDER.fullmatch(plain) or _NOTICE.fullmatch(plain)
    if not match:
        return None
    year = int(match["year"]) if match["year"] else None
    text = plain[1:].rstrip("）)") if plain[0] in "（(" else plain
    return DocNumber(text, match["code"], year, integer(match["serial"]))


def _first_of_numbers(plain: str) -> re.Match[str] | None:
    """The first of the numbers that the line consists of: bodies that act together may each print their own."""
    dated = _DATED.match(plain)
    first = _BRACKETED.match(plain, dated.end() if dated else plain[:1] in "（(")
    at = first.end() if first else 0
    while at and (after := _BRACKETED.match(plain, at + (plain[at : at + 1] in "、，；"))):
        at = after.end()
    if first and _ABOUT.search(first["code"]):
        return None  # A title with its number in brackets.
    return first if first and _BEHIND.fullmatch(plain, at) else None


def number_behind(title: str) -> tuple[str, DocNumber] | None:
    """A *title* (without blanks) whose number stands behind it in brackets, apart from that number."""
    opening = max(title.rfind("（"), title.rfind("("))
    number = doc_number(title[opening:]) if opening > 0 and title[-1:] in ("）", ")") else None
    return (title[:opening], number) if number else None


def order_number(title: str, serial: str) -> DocNumber | None:
    """The number of an order printed on two lines: *title* (某某省人民政府令) over *serial* (第312号), without blanks."""
    number = _SERIAL_LINE.fullmatch(serial)
    if not number or not _ORDER_TITLE.fullmatch(title):
        return None
    year = int(number[1]) if number[1] else None
    if _ABOUT.search(title):
        return None if year is None else DocNumber(serial.strip("（）()"), None, year, integer(number[2]))
    return DocNumber(title + serial.strip("（）()"), title, year, integer(number[2]))


def serial_number(plain: str) -> DocNumber | None:
    """The number of an act that prints its serial alone (第12号, 2024年第3号), on a line of its own without blanks."""
    found = _SERIAL_LINE.fullmatch(plain)
    if not found:
        return None
    return DocNumber(plain.strip("（）()"), None, int(found[1]) if found[1] else None, integer(found[2]))


def date(plain: str) -> dt.date | None:
    """The first full date in *plain* (without blanks), in Arabic or Chinese numerals."""
    match = next((m for one in _DATES if (m := one.search(plain))), None) or _SHORT_DATE.fullmatch(
        plain.strip("（）()")
    )
    if not match:
        return None
    year, month, day = (integer(part) or 0 for part in match.groups())
    try:
        return dt.date(year + (_YEARS_BEFORE_REPUBLIC if match.re is _REPUBLIC else 0), month, day)
    except ValueError:
        return None


def is_date(plain: str) -> bool:
    """Whether *plain* (without blanks) is a date and nothing else."""
    bare = _WEEKDAY.sub("", plain).strip("（）()")
    return len(bare) <= LONGEST_DATE and any(one.fullmatch(bare) for one in (*_DATES, _SHORT_DATE))


def document_type(plain: str) -> str | None:
    """The type that a title (without blanks) ends on (通知, 办法 …), brackets such as （试行） left aside."""
    previous = None
    while plain != previous:
        previous, plain = plain, _TAIL_BRACKET.sub("", plain)
    plain = plain.rstrip("》”")
    if not plain.endswith(_TYPES_BY_LENGTH):
        return None
    return next(_TYPES[word] for word in _TYPES_BY_LENGTH if plain.endswith(word))
