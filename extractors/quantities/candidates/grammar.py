"""From a match of a quantity rule to numbers and a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractors.numbers.numerals import LARGE_UNITS, SCALES, parse_number
from extractors.numbers.units import implied_unit
from extractors.rules.registry import Rule

RANKING_UNIT: Final = "名次"
TENTHS: Final = "成"
"""A tenth: 八成 is eighty percent."""
_NOUN_REACH: Final = 24
_NOUN_AFTER: Final = 8
_FRACTION_STEP: Final = Decimal("0.0001")
_DIGITS_ONLY: Final = re.compile(r"[一二三四五六七八九]{2,}")
_CLAUSE_END: Final = re.compile(r"[，。；、！？：,]")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or range with its unit at ``[start, end)`` of the folded text, before its context is judged."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    approximate: bool
    chinese: bool
    rule_id: str

    @property
    def is_range(self) -> bool:
        """Whether two different ends were printed."""
        return self.low != self.high


def measure(rule: Rule, match: re.Match[str], text: str) -> Measure | None:
    """The measure that *match* of *rule* in *text* stands for; ``None`` where its numerals make no number (二三层 is vague)."""
    groups = match.groupdict()
    if _DIGITS_ONLY.fullmatch(groups["low"]):
        return None
    low = parse_number(groups["low"])
    high = parse_number(groups["high"]) if groups.get("high") else low
    if low is None or high is None:
        return None
    if groups.get("below"):
        below = parse_number(groups["below"])
        if not below or low >= below:
            return None
        low = high = (low / below).quantize(_FRACTION_STEP)
    chinese = not groups["low"][-1:].isdecimal()
    unit = _unit(rule.id, groups, text, match)
    scale = _scale(groups.get("scale"))
    if unit == TENTHS:
        unit, scale = "%", scale * 10
    if groups.get("high"):
        if groups.get("low_unit") and not unit.startswith(groups["low_unit"]):
            return None
        low_scale = _scale(groups.get("low_scale")) if groups.get("low_scale") else None
        low *= low_scale if low_scale is not None else _shared_scale(groups, low, high, scale)
    else:
        low *= scale
    high *= scale
    if low > high or (chinese and not high):
        return None
    start, end = match.span("text") if groups.get("text") else match.span()
    return Measure(start, end, low, high, unit, bool(groups.get("more") or groups.get("more_after")), chinese, rule.id)


def _shared_scale(groups: dict[str, str], low: Decimal, high: Decimal, scale: int) -> int:
    """What the low end takes of the high end's scale: 7至8万吨, 七至八万吨, 1万—2万 (its own)."""
    if groups.get("low_unit"):
        return 1
    if scale != 1:
        return scale
    last = groups["high"][-1]
    return LARGE_UNITS[last] if last in LARGE_UNITS and groups["low"][-1] not in LARGE_UNITS and low < high else 1


def _scale(printed: str | None) -> int:
    scale = 1
    for char in printed or "":
        scale *= SCALES[char]
    return scale


def _unit(rule_id: str, groups: dict[str, str], text: str, match: re.Match[str]) -> str:
    if rule_id == "quantity.ranking":
        return RANKING_UNIT
    if rule_id in ("quantity.percent_words", "quantity.structure"):
        return "%"
    if rule_id == "quantity.permille_words":
        return "‰"
    if groups.get("denominator"):
        return f"元/{groups['denominator']}"
    if "unit" in groups:
        plain = groups["unit"].replace("/每", "/")
        return plain.replace("/（", "/").removesuffix("）") if "/（" in plain else plain
    if groups.get("scale") or rule_id == "quantity.chinese_scaled":
        before = implied_unit(noun_phrase_before(text, match.start()))
        return before or implied_unit(_CLAUSE_END.split(text[match.end() : match.end() + _NOUN_AFTER])[0]) or ""
    return ""


def noun_phrase_before(text: str, position: int) -> str:
    """The words of the clause before *position*, at most a phrase long."""
    window = text[max(0, position - _NOUN_REACH) : position]
    return _CLAUSE_END.split(window)[-1]
