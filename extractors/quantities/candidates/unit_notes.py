"""Notes that state the units of a table: 单位：万元, （单位：公顷、吨）, 金额单位：元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractors.numbers.units import dimension_of, split_scale, unit_of
from extractors.rules.registry import registry

UNIT_NOTE: Final = "quantity.cell_unit_note"
_PARTING: Final = re.compile(r"[、，,;；\s和及]+")
_RATIOS: Final = frozenset({"%", "‰", "个百分点", "百分点", "倍"})
_SIGNS: Final = str.maketrans({"％": "%", "﹪": "%", "（": "", "）": "", "(": "", ")": ""})
_CURRENCY: Final = re.compile(r"^(?:(?:以)?人民[币幣])|(?:人民[币幣])$")
_FOREIGN: Final = re.compile(r"^(新?[台臺][币幣]|港[币幣元]|澳门[币幣元]|美元)?(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A printed note: its stretch of the text with brackets, and the scale and unit of each unit that it lists."""

    start: int
    end: int
    units: tuple[tuple[int, str], ...]


@lru_cache(maxsize=4096)
def find_unit_note(text: str) -> UnitNote | None:
    """The first note in *text* all of whose units are known; ``None`` for 填报单位：某局 and the like."""
    for match in registry()[UNIT_NOTE].pattern.finditer(text):
        units = _units(match["units"])
        if units:
            return UnitNote(match.start(), match.end(), units)
    return None


def _units(listed: str) -> tuple[tuple[int, str], ...]:
    words = [_CURRENCY.sub("", word) for word in _PARTING.split(listed.translate(_SIGNS).strip("。.")) if word]
    units: list[tuple[int, str]] = []
    for word in words:
        parts = word.split("/")
        if len(parts) > 1 and not set(parts) & _RATIOS:
            parts = [word]  # 元/亩 is one unit, 万元/% a list of two
        known = [known_unit(part) for part in parts]
        if not all(known):
            return ()
        units += [unit for unit in known if unit is not None]
    return tuple(dict.fromkeys(units))


def known_unit(word: str) -> tuple[int, str] | None:
    """Scale and unit of *word* (万元, 公斤/亩, %, ±%), or ``None`` where it is no unit."""
    word = word.lstrip("±+").replace("／", "/")
    if word in _RATIOS:
        return 1, word
    match = _FOREIGN.match(word)
    scale, unit = split_scale(match["rest"] if match and match["rest"] else word)
    if unit_of(unit) is None and dimension_of(unit) is None:
        return None
    prefix = match[1] if match and match[1] and match["rest"] else ""
    return scale, f"{prefix}{unit}"
