"""Folding: one spelling for what OCR and typesetting print in many, with every offset kept.

Traditional characters, variants and radicals are read as simplified characters
(:mod:`extractors.language.characters`), full-width digits, Latin letters and signs become ASCII, blanks beside Chinese characters and digits
vanish, LaTeX scars (``$\\geq 36\\%$``) become the signs that they stand for. The result is a
:class:`~schemas.spans.Reading`: rules match on it, spans come back in the source.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extractors.language.characters import as_read
from extractors.numbers.characters import numeral_table
from extractors.numbers.units import unit_pattern
from extractors.rules.prepared import compiled
from schemas.spans import Reading

_WIDE: Final = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（），：；！？［］｛｝｜＂＇"
}
_SIGNS: Final = {
    "﹪": "%", "﹣": "-", "－": "-", "−": "-", "∶": "：", "︰": "：", "﹕": "：", "꞉": "：", ":": "：", ";": "；", "!": "！", "?": "？",
    "(": "（", ")": "）", "［": "〔", "］": "〕",
}  # fmt: skip
_SAME: Final = str.maketrans({**{chr(wide): chr(plain) for wide, plain in _WIDE.items()}, **_SIGNS})
_COMMA: Final = re.compile(r",(?![0-9])|(?<![0-9]),")
_WIDE_THOUSANDS: Final = re.compile(r"，(?<=[０-９]，)(?=[０-９]{3}(?![０-９]))")
_FULL_STOP_AS_POINT: Final = re.compile(r"(?<=[0-9])。(?=[0-9]{1,2}(?:[%‰亿万]))")
"""A Chinese full stop typed for the point of a decimal (增长3。5%)."""
_DOTS: Final = "[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65]"
_OWN: Final = "[\ue000-\uf8ff]"
_RAISED: Final = re.compile(f"{_DOTS}|{_OWN}")
_RESPELT: Final = re.compile(f"[{''.join(re.escape(chr(code)) for code in _SAME)}]")
_ZEROS: Final = re.compile(r"(?<=[一二三四五六七八九〇○◯ＯO])[○◯ＯO](?=[一二三四五六七八九〇○◯ＯO年])")
_ZERO_FORMS: Final = re.compile(r"[○◯O]")
_BLANKS: Final = r"[ \u3000\u00a0\u2002\u2003\u2009\t\r\n]+"
_DROPPED: Final = compiled(
    rf"(?P<blanks>{_BLANKS})|\$?\\(?P<sign>geq?|leq?|sim|times|pm)(?![a-z])\s?|\\(?P<percent>%)\$?|(?<![A-Z])\$(?=[0-9][^$\u4e00-\u9fff]{{0,14}}\$(?![0-9]))|(?<=[0-9])\$"
)
_LATEX_SIGNS: Final = {"ge": "≥", "geq": "≥", "le": "≤", "leq": "≤", "sim": "~", "times": "×", "pm": "±"}
_LATIN: Final = re.compile(r"[A-Za-z]")
_LEFT_DIGITS: Final = re.compile(r"(?:^|[^0-9.,])([0-9]+)$")
_RIGHT_DIGITS: Final = re.compile(r"[0-9]+")
_GROUP_REACH: Final = 5
_LIST_NUMBER: Final = re.compile(r"(?:\A|[。；！？\t\n])[ \u3000]*[0-9]{1,2}\.\Z")
"""The number of an item at the beginning of a text or sentence (1. 18—40周岁 is no 1.18)."""
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_GLANCE: Final = 14
_LONGEST_UNIT: Final = 3
"""Chinese characters of a unit (亿元): a cell of a number that OCR cut (3. 5亿元) has no more."""


@lru_cache(maxsize=8192)
def fold(reading: Reading) -> Reading:
    """*reading* folded; each character keeps the offset of the (first) source character that it stands for.

    Blanks are dropped except between two Latin letters and between two whole numbers (12 500 and 1 5
    are one number that OCR cut, 2023 156 are two). Commas, colons and brackets become the Chinese ones, so that
    rules need one kind; a comma inside a number (1,200) stays.
    """
    text = as_read(_WIDE_THOUSANDS.sub(",", reading.text))
    if _RESPELT.search(text):
        text = text.translate(_SAME)
    if _ZERO_FORMS.search(text):
        text = _ZEROS.sub("〇", text)
    if "l" in text:
        text = _ones().sub("1", text)
    if _RAISED.search(text):
        text = _points().sub(".", text)
    if "。" in text:
        text = _FULL_STOP_AS_POINT.sub(".", text)
    if "," in text:
        text = _COMMA.sub("，", text)
    positions: list[int] = []
    parts: list[str] = []
    kept_to = 0
    for match in _DROPPED.finditer(text):
        start, end = match.span()
        if match["blanks"] and _separates(text, start, end):
            continue
        positions.extend(range(kept_to, start))
        parts.append(text[kept_to:start])
        kept_to = end
        if match["sign"]:
            positions.append(start)
            parts.append(_LATEX_SIGNS[match["sign"]])
        elif match["percent"]:
            positions.append(match.start("percent"))
            parts.append("%")
    if not kept_to:
        return Reading(text, reading.offsets)
    positions.extend(range(kept_to, len(text)))
    parts.append(text[kept_to:])
    return reading.keep(positions, "".join(parts))


@cache
def _points() -> re.Pattern[str]:
    """What stands for the point of a decimal that has a unit: a raised dot (2·5米; that of a date has none, “5·12”), and
    a character of some font's own, if fewer than three digits follow, which it could part as thousands."""
    unit = rf"(?:[%‰]|[{''.join(numeral_table().scales)}]*{unit_pattern()})"
    dot = rf"{_DOTS}(?=[0-9]{{1,3}}{unit})(?<![0-9]{_DOTS}[0-9]{_DOTS})"
    return re.compile(rf"(?<=[0-9])(?:{dot}|{_OWN}(?=[0-9]{{1,2}}{unit}))")


@cache
def _ones() -> re.Pattern[str]:
    """The letter l that OCR read for a one: between digits, before a scale (25l亿) or a fraction's stroke (l/3)."""
    scales = "".join(numeral_table().scales)
    return re.compile(rf"(?<=[0-9])l(?=[0-9.]|[{scales}])|(?<![A-Za-z0-9./])l(?=[0-9{scales}]|/[0-9])")


def _separates(text: str, start: int, end: int) -> bool:
    """Whether the blanks ``[start, end)`` stand between two Latin words, two whole numbers, or behind a list number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if _LATIN.match(before) and _LATIN.match(after):
        return True
    if before == "." and after.isdecimal():
        more_than_unit = len(_HAN.findall(text, end, end + _GLANCE)) > _LONGEST_UNIT
        return more_than_unit and _LIST_NUMBER.search(text, 0, start) is not None
    if not (before.isdecimal() and after.isdecimal()):
        return False
    left = _LEFT_DIGITS.search(text[max(0, start - _GROUP_REACH) : start])
    right = _RIGHT_DIGITS.match(text[end : end + _GROUP_REACH])
    if left is None or right is None:
        return False
    return min(len(left[1]), len(right[0])) > 1 and (len(left[1]), len(right[0])) not in ((2, 3), (3, 3))


def squash(text: str) -> str:
    """*text* without any blanks: the form in which names, agencies and headers are compared."""
    return "".join(text.split())
