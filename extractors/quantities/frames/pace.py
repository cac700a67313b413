"""The pace of a growth: an average a year, or that of all the years together."""

from __future__ import annotations

from typing import Final

from extractors.rules.registry import pattern_of

_CHANGES: Final = ("growth", "change")
_YEARLY: Final = "pace.yearly"


def is_yearly(transformation: str, per: str | None, sentence: str, text: str | None) -> bool:
    """Whether the growth or change *text* of *sentence* is an average a year: 年均增长6%, not 五年增长34%.

    *per* is what the row says that it is an amount per.
    """
    if transformation not in _CHANGES:
        return False
    plain = "".join((text or "").split())
    before = "".join(sentence.split()).partition(plain)[0] if plain else ""
    return bool(per and pattern_of("pace.year").fullmatch(per)) or pattern_of(_YEARLY).search(f"{before}⟨") is not None
