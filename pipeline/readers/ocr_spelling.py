"""Recognised lines with their marks as Chinese print has them."""

from __future__ import annotations

import re
from typing import Final

_WIDE: Final = {"(": "（", ")": "）", ":": "：", ";": "；", ",": "，", "?": "？", "!": "！"}
_YEAR_BRACKETS: Final = re.compile(r"(?<=[\u3400-\u9fff])[\[〔(（](\d{4})[\]〕)）](?=\d{1,5}号)")
_DASH: Final = re.compile(r"(?<=\d)一(?=\d)")
_PAGE_NUMBER: Final = re.compile(r"[-—–一]\s?(\d{1,4})\s?[-—–一]")
_BRACKETED_UNIT: Final = re.compile(r"\([^()\s]{1,8}\)")
_PARTNERS: Final = {"（": "）", "〔": "〕", "《": "》", "【": "】", "〈": "〉", "(": ")", "[": "]"}
_CLOSERS: Final = frozenset(_PARTNERS.values())


def respell_line(text: str) -> str:
    """A recognised line with its marks as Chinese print has them; no character comes or goes.

    Marks beside an ideograph are wide, as are those around a unit that has its line to itself; a closing bracket is of
    the kind of its opening one.
    """
    if _PAGE_NUMBER.fullmatch(text):
        return f"—{text[1:-1]}—"
    if _BRACKETED_UNIT.fullmatch(text):
        return f"（{text[1:-1]}）"
    text = _YEAR_BRACKETS.sub(r"〔\1〕", _DASH.sub("—", text))
    chars = list(text)
    for index, char in enumerate(chars):
        if char in _WIDE:
            around = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
            if any("\u3400" <= other <= "\u9fff" or other in "〔〕《》（）“”" for other in around):
                chars[index] = _WIDE[char]
    opened: list[int] = []
    for index, char in enumerate(chars):
        if char in _PARTNERS:
            opened.append(index)
        elif char in _CLOSERS and opened:
            first = opened.pop()
            if _PARTNERS[chars[first]] == char:
                continue
            if chars[first] in "([" and char not in ")]":
                chars[first] = next(opening for opening, closing in _PARTNERS.items() if closing == char)
            else:
                chars[index] = _PARTNERS[chars[first]]
    return "".join(chars)
