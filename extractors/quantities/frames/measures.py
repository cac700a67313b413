"""Measures: nouns that say how much of something, and do not say of what (面积, 覆盖率, 总额)."""

from __future__ import annotations

from functools import cache, lru_cache

from extractors.rules.registry import lexicon


@cache
def measure_nouns() -> tuple[str, ...]:
    """Nouns that measure, and aggregates of an economy."""
    return tuple(sorted({*lexicon("relational_nouns"), *lexicon("aggregates"), "总量", "规模", "增量", "存量", "人次"}))


@lru_cache(maxsize=8192)
def ends_in_measure(phrase: str) -> bool:
    """Whether *phrase* ends in a measure."""
    return phrase.endswith(measure_nouns())


@lru_cache(maxsize=8192)
def measure_at_end(phrase: str) -> str:
    """The longest measure that *phrase* ends in, or nothing."""
    found = [noun for noun in (*measure_nouns(), "零售额", "增加值", "销售额", "进出口额") if phrase.endswith(noun)]
    return max(found, key=len, default="")
