"""Characters as they show: glyphs of symbol fonts in the private use area, digits that are printed raised.

A raised digit is a mark of a note or an exponent (m²); as a plain digit it would lengthen the number before it.
"""

from __future__ import annotations

from typing import Final

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
"""Signs of the fonts Symbol and Wingdings that mean the same wherever the font is not known."""

_BY_FONT: Final = {
    "Wingdings": {
        0x52: "☼", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "◆",
        0x80: "⓪", **{0x80 + n: chr(ord("①") + n - 1) for n in range(1, 11)}, 0x8B: "⓿", **{0x8B + n: chr(ord("❶") + n - 1) for n in range(1, 11)},
        0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xFB: "✗", 0xFC: "✓",
        0xFD: "☒", 0xFE: "☑",
    },
    "Wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x98: "●", 0x9A: "○", 0xA2: "■", 0xA3: "□"},
    "Symbol": {
        0x6D: "μ", 0x71: "θ", 0x61: "α", 0x62: "β", 0x67: "γ", 0x44: "Δ", 0x57: "Ω", 0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±",
        0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD6: "√", 0xD7: "·", 0xE5: "∑",
    },
}  # fmt: skip
"""Signs by font and by the code that the font gives them (low byte of the private code point)."""


def symbol(font: str | None, code: int) -> str:
    """The character that *font* shows for *code*; the code point itself where that is not known."""
    known = _BY_FONT.get(font or "", {}).get(code & 0xFF if 0xF000 <= code <= 0xF0FF or code <= 0xFF else -1)
    if known:
        return known
    char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else ""
    return BULLETS.get(char, char)


_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEVEL: Final = {ord(high): low for low, high in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)}


def raised(text: str) -> str:
    """*text* that is printed above the line: its digits as superscripts."""
    return text.translate(_RAISED)


def level(text: str) -> str:
    """*text* with the digits that are raised as plain ones."""
    return text.translate(_LEVEL)
