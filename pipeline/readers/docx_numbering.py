"""Automatic numbering of Word documents, rendered as the markers that Word prints (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS: Final = "零一二三四五六七八九"
_LEGAL: Final = "零壹贰叁肆伍陆柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_HAN_FORMATS: Final = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
BULLETS: Final = {
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf0b7": "•",
    "\uf075": "◆",
    "\uf0d8": "➢",
    "\uf0fc": "✓",
    "\uf0a7": "▪",
    "\uf077": "◆",
}
"""Glyphs of the Symbol and Wingdings fonts that stand in the private use area, as the characters that they show."""


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: number format, text with %1 … %9 for the numbers, first number, what parts it from the text."""

    number_format: str
    text: str
    start: int
    suffix: str
    legal: bool


class Numbering:
    """The lists of a document and how far each has been counted."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._abstract_of: dict[str, str] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._seen: set[str] = set()
        self._styles = _style_numbers(styles)
        if numbering is not None:
            self._load(numbering)

    def marker(self, properties: etree._Element | None) -> str:
        """The marker of a paragraph with these properties (``w:pPr``), counted on; empty where it has none."""
        number_id, level = self._number_of(properties)
        abstract = self._abstract_of.get(number_id or "")
        if not number_id or number_id == "0" or abstract is None:
            return ""
        levels = self._levels[abstract]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * 9)
        if number_id not in self._seen:
            self._seen.add(number_id)
            for (owner, at), start in self._restarts.items():
                if owner == number_id:
                    counts[at] = start - 1
        current = counts[level]
        counts[level] = levels[level].start if current is None else current + 1
        for deeper in range(level + 1, 9):
            counts[deeper] = None
        return self._render(levels, counts, level)

    def _render(self, levels: dict[int, Level], counts: list[int | None], level: int) -> str:
        own = levels[level]
        if own.number_format == "bullet":
            mark = "".join(BULLETS.get(char, char) for char in own.text)
            return f"{mark} " if mark else ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            shown = levels.get(at, own)
            count = counts[at]
            value = shown.start if count is None else count
            return format_number(value, "decimal" if own.legal else shown.number_format)

        text = re.sub(r"%([1-9])", number, own.text)
        return text + (" " if (text and own.suffix == "space") or re.search(r"[A-Za-z0-9]$", text) else "")

    def _number_of(self, properties: etree._Element | None) -> tuple[str | None, int]:
        if properties is None:
            return None, 0
        style = properties.find(f"{W}pStyle")
        inherited = self._styles.get(style.get(f"{W}val") or "", (None, 0)) if style is not None else (None, 0)
        own = properties.find(f"{W}numPr")
        if own is None:
            return inherited
        number_id, level = _pair(own)
        return (number_id if number_id is not None else inherited[0]), (level if level is not None else inherited[1])

    def _load(self, numbering: etree._Element) -> None:
        for abstract in numbering.iterfind(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId") or ""
            self._levels[name] = {
                _integer(item.get(f"{W}ilvl"), 0): _level(item) for item in abstract.iterfind(f"{W}lvl")
            }
        for item in numbering.iterfind(f"{W}num"):
            number_id = item.get(f"{W}numId") or ""
            abstract_id = item.find(f"{W}abstractNumId")
            name = (abstract_id.get(f"{W}val") or "") if abstract_id is not None else ""
            if name not in self._levels:
                continue
            self._abstract_of[number_id] = name
            for override in item.iterfind(f"{W}lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._restarts[number_id, _integer(override.get(f"{W}ilvl"), 0)] = _integer(start.get(f"{W}val"), 1)


def _pair(properties: etree._Element) -> tuple[str | None, int | None]:
    number_id, level = properties.find(f"{W}numId"), properties.find(f"{W}ilvl")
    return (
        number_id.get(f"{W}val") if number_id is not None else None,
        _integer(level.get(f"{W}val"), 0) if level is not None else None,
    )


def _style_numbers(styles: etree._Element | None) -> dict[str, tuple[str | None, int]]:
    """The list and level that each paragraph style brings, those of the style that it is based on included."""
    own: dict[str, tuple[str | None, int | None]] = {}
    based: dict[str, str] = {}
    for style in styles.iterfind(f"{W}style") if styles is not None else ():
        name = style.get(f"{W}styleId") or ""
        found = style.find(f"{W}pPr/{W}numPr")
        own[name] = _pair(found) if found is not None else (None, None)
        parent = style.find(f"{W}basedOn")
        if parent is not None:
            based[name] = parent.get(f"{W}val") or ""
    resolved: dict[str, tuple[str | None, int]] = {}
    for name in own:
        number_id, level = own[name]
        at, steps = name, 0
        while number_id is None and at in based and steps < 20:
            at, steps = based[at], steps + 1
            number_id = own.get(at, (None, None))[0]
            level = own.get(at, (None, None))[1] if level is None else level
        resolved[name] = (number_id, level or 0)
    return resolved


def _level(item: etree._Element) -> Level:
    def value(tag: str, default: str) -> str:
        found = item.find(f"{W}{tag}")
        return default if found is None else found.get(f"{W}val") or default

    text = item.find(f"{W}lvlText")
    legal = item.find(f"{W}isLgl")
    return Level(
        value("numFmt", "decimal"),
        "" if text is None else text.get(f"{W}val") or "",
        _integer(value("start", "1"), 1),
        value("suff", "tab"),
        legal is not None and legal.get(f"{W}val") not in ("0", "false"),
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


def format_number(value: int, number_format: str) -> str:
    """*value* in a number format of Word (ST_NumberFormat); formats that gazettes do not use come out as digits."""
    if number_format in _HAN_FORMATS:
        return _han(value, _DIGITS, "十百千")
    if number_format in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _han(value, _LEGAL, "拾佰仟", brief=False)
    if number_format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))
    if number_format in ("lowerRoman", "upperRoman"):
        return _roman(value) if number_format == "lowerRoman" else _roman(value).upper()
    if number_format in ("lowerLetter", "upperLetter") and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letters if number_format == "lowerLetter" else letters.upper()
    if number_format.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if number_format == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if number_format == "decimalZero":
        return f"{value:02d}"
    if number_format == "ideographTraditional" and 1 <= value <= 10:
        return _STEMS[value - 1]
    if number_format == "ideographZodiac" and 1 <= value <= 12:
        return _BRANCHES[value - 1]
    return "" if number_format == "none" else str(value)


def _han(value: int, digits: str, scales: str, brief: bool = True) -> str:
    """A number below ten thousand in Chinese numerals; *brief* drops the 一 of 一十 at the front."""
    if not 0 < value < 10_000:
        return str(value) if value else digits[0]
    text = ""
    gap = False
    for position in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**position % 10
        if not digit:
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[digit] + (scales[position - 1] if position else "")
        gap = False
    return text[1:] if brief and 10 <= value < 20 else text


def _roman(value: int) -> str:
    text = ""
    for unit, letters in _ROMAN:
        text += letters * (value // unit)
        value %= unit
    return text
