"""How far the text layer of a page can be trusted: the share of its characters that a Chinese gazette would print.

Fonts without a character map come out as control characters, private or rare code points; a wrong map
gives rare ideographs, or common ones that make no words. Of the ideographs of running text, 98 in 100 stand in
level 1 of GB 2312—80, or in level 1 of Big5 where the script is traditional; a wrong map mixes the two.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from extractors.rules.registry import lexicon
from pipeline.readers.rules import PACKAGE

_LEVEL_1: Final = frozenset(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if (row, cell) < (0xD7, 0xFA)
)
_TRADITIONAL: Final = frozenset(
    bytes((row, cell)).decode("big5")
    for row in range(0xA4, 0xC7)
    for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    if (row, cell) < (0xC6, 0x7F)
) | frozenset(lexicon("variants", PACKAGE))
"""Level 1 of Big5, and the forms that Hong Kong and Taiwan print beside them."""
_SCRIPTS: Final = (_LEVEL_1, _TRADITIONAL)
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
_POOR: Final = 0.7
_MOST_LOST: Final = 0.05
"""A page that lost a larger share of its characters lacks more than a sign here and there: all its digits, perhaps."""
_UNKNOWN: Final = "\ufffd"
_WORDS: Final = frozenset(lexicon("common_words", PACKAGE))
"""Words of two characters that hardly a page of any gazette lacks: a wrong map of characters leaves none of them."""
_FEWEST_WORDS: Final = 0.006
"""Running text has twenty times as many of them, lists of names seven times, for every ideograph."""
_ENOUGH_TO_TELL: Final = 150


def text_quality(text: str) -> float | None:
    """Share of trustworthy characters, from 0 to 1; ``None`` where there is nothing to judge."""
    printed = [char for char in text if not char.isspace()]
    if not printed:
        return None
    han = [char for char in printed if "\u3400" <= char <= "\u9fff"]
    common = max(sum(char in script for char in han) for script in _SCRIPTS)
    rare = len(han) - common
    forgiven = min(rare, _USUAL_RARE * len(han)) if rare <= 0.3 * len(han) else 0
    ascii_count = sum("!" <= char <= "~" for char in printed)
    marks = sum(char in _COMMON for char in printed)
    good = common + forgiven + marks + ascii_count - _gibberish(text, len(han), ascii_count)
    share = max(0.0, min(1.0, good / len(printed)))
    if printed.count(_UNKNOWN) > _MOST_LOST * len(printed):
        share = min(share, _POOR)
    return 0.0 if _says_nothing(text, len(han)) else round(share, 4)


def _says_nothing(text: str, han: int) -> bool:
    """Whether common ideographs stand in an order in which no language has them."""
    if han < _ENOUGH_TO_TELL:
        return False
    return sum(a + b in _WORDS for a, b in pairwise(text)) < _FEWEST_WORDS * han


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
