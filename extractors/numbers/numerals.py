"""Chinese and Arabic numerals → exact numbers.

Values are :class:`decimal.Decimal`; they become floats only in the datasets. The character values
follow GB/T 15835—2011 (numerals in publications), the capital forms 壹贰叁 … the Bill Law's list.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

DIGITS: Final = {
    "〇": 0, "○": 0, "Ｏ": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
SMALL_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS: Final = {"万": 10**4, "亿": 10**8}
SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

NUMERAL_CLASS: Final = "".join([*DIGITS, *SMALL_UNITS, *LARGE_UNITS])
"""All characters of Chinese numerals, for use inside a regular expression's character class."""

_ARABIC: Final = re.compile(r"[+\-−]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_FRACTION: Final = re.compile(r"(.+?)分之(.+)")


def parse_arabic(text: str) -> Decimal | None:
    """The value of an Arabic number with optional sign, thousands separators and decimals."""
    return Decimal(text.replace(",", "").replace("−", "-")) if _ARABIC.fullmatch(text) else None


def parse_chinese(text: str) -> Decimal | None:
    """The value of a Chinese numeral (一百二十, 二〇二三, 八点五, 三万五), or ``None`` if it is none.

    A numeral without units is read digit by digit (二〇二三 → 2023); a digit after the last unit
    stands for the next lower one (三万五 → 35000), as in speech.
    """
    whole, point, decimals = text.partition("点")
    if point:
        left, right = parse_chinese(whole), _digits(decimals)
        return None if left is None or right is None else left + Decimal(f"0.{right}")
    if not whole or any(c not in DIGITS and c not in SMALL_UNITS and c not in LARGE_UNITS for c in whole):
        return None
    if all(c in DIGITS for c in whole):
        return Decimal(_digits(whole) or "")
    return _positional(whole)


def _digits(text: str) -> str | None:
    return "".join(str(DIGITS[c]) for c in text) if text and all(c in DIGITS for c in text) else None


def _positional(text: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    last_unit, zero_seen = 1, False
    for char in text:
        if char in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[char]
            zero_seen = zero_seen or digit == 0
        elif char in SMALL_UNITS:
            last_unit = SMALL_UNITS[char]
            section += (1 if digit is None else digit) * last_unit
            digit, zero_seen = None, False
        else:
            last_unit = LARGE_UNITS[char]
            section += digit or 0
            if last_unit == 10**8:
                total = (total + (section or (0 if total else 1))) * last_unit
            else:
                total += (section or 1) * last_unit
            section, digit, zero_seen = 0, None, False
    if digit:
        section += digit * (1 if zero_seen else max(1, last_unit // 10))
    return Decimal(total + section)


def parse_fraction(text: str) -> Decimal | None:
    """The value of 三分之二, 百分之八, 千分之五 …; ``None`` if *text* is no fraction."""
    match = _FRACTION.fullmatch(text)
    if not match:
        return None
    below, above = parse_number(match[1]), parse_number(match[2])
    return None if not below or above is None else above / below


def parse_number(text: str) -> Decimal | None:
    """The value of one number in any notation, scale included (3.3亿, 5千, 二十三万, 1,200), or ``None``."""
    plain = text.strip()
    scale = 1
    if plain[:1].isdecimal() or plain[:1] in "+-−":
        while plain and plain[-1] in SCALES:
            scale *= SCALES[plain[-1]]
            plain = plain[:-1]
        value = parse_arabic(plain)
    else:
        value = parse_chinese(plain)
    return None if value is None else value * scale
