"""Recognised lines with their marks as Chinese print has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_WIDE: Final = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
_YEAR_BRACKETS: Final = re.compile(r"(?:^|(?<=[\u3400-\u9fff]))[\[〔(（](\d{4})[\]〕)）](?=\d{1,5}号)")
_DASH: Final = re.compile(r"(?<=\d)一(?=\d)")
_PAGE_NUMBER: Final = re.compile(r"[-—–一]\s?(\d{1,4})\s?[-—–一]")
_BRACKETED_UNIT: Final = re.compile(r"\([^()\s]{1,8}\)")
_PARTNERS: Final = {"（": "）", "〔": "〕", "《": "》", "【": "】", "〈": "〉", "(": ")", "[": "]"}
_CLOSERS: Final = frozenset(_PARTNERS.values())


_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_NARROW: Final = 1.62
"""Two ideographs with a wide mark between them are 2 em apart, with a narrow one 1.3."""
_DASHED: Final = 1.2
"""Two digits with a dash between them are 1.5 em apart, with a hyphen 0.9."""


def respell_line(text: str, steps: Sequence[float] = ()) -> str:
    """A recognised line with its marks as Chinese print has them; no character comes or goes.

    Marks beside an ideograph are wide, as are those around a unit that has its line to itself; a closing bracket is of
    the kind of its opening one. *steps* tells for each character how far apart its neighbours stand, in em (0: not
    known): the recogniser confuses narrow marks with wide ones, and their places tell them apart.
    """
    if _PAGE_NUMBER.fullmatch(text):
        return f"—{text[1:-1]}—"
    if _BRACKETED_UNIT.fullmatch(text):
        return f"（{text[1:-1]}）"
    steps = steps or [0.0] * len(text)
    text = _YEAR_BRACKETS.sub(r"〔\1〕", _DASH.sub("—", text))
    chars = list(text)
    narrow: set[int] = set()
    for index, char in enumerate(chars):
        if char == "-" and steps[index] > _DASHED and text[index - 1].isdigit() and text[index + 1].isdigit():
            chars[index] = "—"
        elif char in _WIDE and 0 < steps[index] < _NARROW and all(map(_HAN.match, (text[index - 1], text[index + 1]))):
            narrow.add(index)
        elif char in _WIDE:
            around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
            if any("\u3400" <= other <= "\u9fff" or other in "〔〕《》（）“”" for other in around):
                chars[index] = _WIDE[char]
    opened: list[int] = []
    for index, char in enumerate(chars):
        if char in _PARTNERS:
            opened.append(index)
        elif char in _CLOSERS and opened:
            first = opened.pop()
            if index in narrow and char == ")" and chars[first] == "（":
                chars[first] = "("
            if _PARTNERS[chars[first]] == char:
                continue
            if chars[first] in "([" and char not in ")]":
                chars[first] = next(opening for opening, closing in _PARTNERS.items() if closing == char)
            else:
                chars[index] = _PARTNERS[chars[first]]
    return "".join(chars)
