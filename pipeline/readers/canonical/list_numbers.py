"""Numbers of lists in the formats of Word (ST_NumberFormat, ECMA-376 part 1, 17.18.59) and of CSS."""

from __future__ import annotations

from typing import Final

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
_SERIES: Final = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "ideographZodiacTraditional": tuple(_STEMS[n % 10] + _BRANCHES[n % 12] for n in range(60)),
}
"""Formats that count through signs of their own; beyond these come digits."""


def format_number(value: int, number_format: str) -> str:
    """*value* in a number format of Word; formats that gazettes do not use come out as digits."""
    series = _SERIES.get(number_format, "")
    if 1 <= value <= len(series):
        return series[value - 1]
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
    if number_format in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    if number_format == "decimalZero":
        return f"{value:02d}"
    if number_format == "numberInDash":
        return f"- {value} -"
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
