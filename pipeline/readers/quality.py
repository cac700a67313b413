"""How far the text layer of a page can be trusted: the share of its characters that a Chinese gazette would print.

Fonts without a character map come out as control characters, private or rare code points; a wrong map
gives rare ideographs. Of the ideographs of running text, 98 in 100 stand in level 1 of GB 2312—80.
"""

from __future__ import annotations

import re
from typing import Final

_LEVEL_1: Final = frozenset(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA)
)
_COMMON: Final = frozenset(
    "，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·－～％‰℃℉㎡㎥×÷±≥≤≈＋＝／％＊＃＆＠○●◆◇■□▲△★☆※→←↑↓№①②③④⑤⑥⑦⑧⑨⑩〇　"
    "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－．，：；（）㎎㎏㎜㎝㎞°′″αβμΦφΩ²³"
)
_ASCII: Final = re.compile(r"[!-~]")
_USUAL_RARE: Final = 0.12
"""Share of ideographs beyond level 1 that names and places account for."""
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_VOWEL: Final = re.compile(r"[aeiouyAEIOUY]")
GOOD: Final = 0.75
"""Pages below this are read by OCR."""


def text_quality(text: str) -> float | None:
    """Share of trustworthy characters, from 0 to 1; ``None`` where there is nothing to judge."""
    printed = [char for char in text if not char.isspace()]
    if not printed:
        return None
    han = [char for char in printed if "\u3400" <= char <= "\u9fff"]
    common = sum(char in _LEVEL_1 for char in han)
    rare = len(han) - common
    forgiven = min(rare, _USUAL_RARE * len(han)) if rare <= 0.3 * len(han) else 0
    ascii_count = sum("!" <= char <= "~" for char in printed)
    marks = sum(char in _COMMON for char in printed)
    good = common + forgiven + marks + ascii_count - _gibberish(text, len(han), ascii_count)
    return round(max(0.0, min(1.0, good / len(printed))), 4)


def _gibberish(text: str, han: int, ascii_count: int) -> float:
    """ASCII characters that are no language: a page of them with hardly an ideograph and few words that could be said."""
    if ascii_count < 40 or han > 0.1 * ascii_count:
        return 0
    words = _WORD.findall(text)
    letters = sum(len(word) for word in words)
    digits = sum(char.isdigit() for char in text)
    if digits + letters < 0.5 * ascii_count:
        return ascii_count
    spoken = sum(
        len(word)
        for word in words
        if len(word) < 16 and len(_VOWEL.findall(word)) >= 0.2 * len(word) and (word[1:].islower() or word.isupper())
    )
    return letters - spoken if spoken < 0.6 * letters else 0
