"""Whether a Chinese numeral with its measure word counts (新建三座) or belongs to a phrase (三座大山)."""

from __future__ import annotations

import re
from typing import Final

from extractors.language.tokens import tag_of
from extractors.numbers.units import TERMS, unit_of
from extractors.quantities.candidates.grammar import UNKNOWN, Measure
from extractors.rules.registry import pattern_of

_PEOPLE: Final = "people"
_MONEY: Final = "money"
_TEN: Final = 10
_LARGE: Final = 11
_SURELY: Final = 10**4
"""So large a number measures, whatever else its unit may be (三千六百亿度, but 热度)."""
_COUNT: Final = "count"
_ARTICLES: Final = frozenset({"人", "户", "天", "日", "元", "米", "亩", "株"})
"""Units with which 一 may be an article, as with every measure word of things."""
_TIMES_AS_MUCH: Final = frozenset({"倍"})
"""Units of which one is a value and no article (增加近一倍)."""
_EVENTS: Final = frozenset({"批", "批次", "届", "轮", "次", "回", "场", "场次"})
"""Units whose counts are events, whatever is done in them (三批政策清单)."""


def _words(name: str) -> re.Pattern[str]:
    """What the rule ``counting.<name>`` reads of the words before or after a numeral."""
    return pattern_of(f"counting.{name}")


def counts(text: str, one: Measure) -> bool:
    """Whether the measure *one* measures something in *text*.

    A Chinese numeral counts only where the words around say so, and a unit that the table lacks only where the
    dictionary knows it as a measure word (tag q) or the words before lead to a value and no noun follows.
    """
    if one.unit_rule == UNKNOWN:
        return one.unit.isascii() or len(one.unit) > 1 or tag_of(one.unit) == "q" or _measures(text, one)
    if one.rule_id != "quantity.chinese":
        return True
    if one.low < 0:  # 零下五度
        return True
    unit = unit_of(one.unit)
    use = "free" if unit is None else unit.chinese
    if one.unit in _TIMES_AS_MUCH:
        return True
    if use == "never" and unit is not None and unit.dimension == _MONEY:
        return _words("price").search(text, max(0, one.start - 8), one.start) is not None
    if use == "never":
        bounded = one.low >= _LARGE and _words("bound").match(text, one.end) is not None
        return one.low >= _SURELY or bounded or _is_strength(text, one)
    more = one.low >= _TEN and (unit is None or unit.dimension not in TERMS)  # 十余个项目
    if one.approximate and (one.is_range or more):
        return True
    before, after = text[max(0, one.start - 16) : one.start], text[one.end : one.end + 12]
    article = one.low == 1 and unit is not None and (unit.dimension == _COUNT or one.unit in _ARTICLES)
    if use == "free" and not article:
        if unit is not None and unit.dimension == _COUNT and _words("abstract").match(after):
            return False
        return one.low != 1 or _words("bound").match(after) is not None or _words("again").search(before) is None
    if _words("frequency").search(before):
        return True
    if one.low == 1 and unit is not None and unit.dimension in TERMS and _words("within").match(after):
        return _words("again").search(before) is None
    if unit is not None and unit.dimension == _PEOPLE and one.low > 1 and _words("persons").match(after):
        return True
    if unit is not None and unit.dimension == _PEOPLE and _words("casualty").match(after):
        return True
    if one.low > 1 and _words("listed_before").search(before) and _words("bodies").match(after):
        return True
    if one.low == 1 and one.unit in _EVENTS and _words("one_held").search(before) and _words("one_deed").match(after):
        return True
    if one.low == 1:
        return _words("again").search(before) is None and _words("one_ends").match(after) is not None and bool(before)
    if one.unit not in _EVENTS and _words("abstract").match(after):
        return False
    if one.low >= _LARGE:
        return True
    return _words("done").search(before) is not None or _words("ends").match(after) is not None


def _is_strength(text: str, one: Measure) -> bool:
    """Whether *one* is how strong a wind or earthquake is (风力达到七级), or how many grades there are."""
    found = _words("strength").finditer(text, max(0, one.start - 16), one.end + 12)
    return any(match.span("text") == (one.start, one.end) for match in found)


def _measures(text: str, one: Measure) -> bool:
    """Whether the words around a number with an unknown measure word say that it measures: 新建渔船35苑。"""
    return (
        _words("unknown_after").match(text[one.end : one.end + 4]) is not None
        and _words("unknown_before").search(text[max(0, one.start - 16) : one.start]) is not None
    )
