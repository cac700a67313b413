"""Folding: one spelling for what OCR and typesetting print in many, with every offset kept.

Full-width digits, Latin letters and signs become ASCII, blanks beside Chinese characters and digits
vanish, LaTeX scars (``$\\geq 36\\%$``) become the signs that they stand for. The result is a
:class:`~schemas.spans.Reading`: rules match on it, spans come back in the source.
"""

from __future__ import annotations

import re
from typing import Final

from schemas.spans import Reading

_WIDE: Final = {
    code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（），：；！？［］｛｝｜＂＇"
}
_SIGNS: Final = {"﹪": "%", "﹣": "-", "−": "-", "∶": ":", "(": "（", ")": "）", "［": "〔", "］": "〕"}
_SAME: Final = str.maketrans({**{chr(wide): chr(plain) for wide, plain in _WIDE.items()}, **_SIGNS})
_LATEX: Final = re.compile(r"\$?\\(geq?|leq?|sim|times|pm)\s?|\\%\$?|\$(?=\d)|(?<=\d)\$")
_LATEX_SIGNS: Final = {"ge": "≥", "geq": "≥", "le": "≤", "leq": "≤", "sim": "~", "times": "×", "pm": "±"}
_BLANKS: Final = " \u3000\u00a0\u2002\u2003\u2009\t\r\n"
_LATIN: Final = re.compile(r"[A-Za-z]")


def fold(reading: Reading) -> Reading:
    """*reading* folded; each character keeps the offset of the (first) source character that it stands for.

    Blanks are dropped except between two Latin letters. Commas and full stops of Chinese
    punctuation stay; ASCII brackets become Chinese ones, so that rules need one kind.
    """
    text = reading.text.translate(_SAME)
    signs = {match.start(): match for match in _LATEX.finditer(text)} if "$" in text or "\\" in text else {}
    positions: list[int] = []
    characters: list[str] = []
    skip_to = 0
    for index, char in enumerate(text):
        if index < skip_to:
            continue
        if index in signs:
            match = signs[index]
            skip_to = match.end()
            sign = _LATEX_SIGNS.get(match[1] or "") or ("%" if "%" in match[0] else "")
            if sign:
                positions.append(index)
                characters.append(sign)
        elif char not in _BLANKS or _between_letters(text, index):
            positions.append(index)
            characters.append(char)
    return reading.keep(positions, "".join(characters))


def _between_letters(text: str, index: int) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    return bool(_LATIN.match(before) and _LATIN.match(after))


def squash(text: str) -> str:
    """*text* without any blanks: the form in which names, agencies and headers are compared."""
    return "".join(text.split())
