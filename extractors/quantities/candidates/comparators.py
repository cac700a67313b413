"""The comparator words around a quantity: 不低于 … 以上, 突破, 控制在 … 以内, 约 … 左右."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from extractors.rules.registry import Rule, rules_of
from schemas.rows import Comparator

_REACH: Final = 24
"""Characters before a number within which its comparator words stand."""

_WEAK: Final = ("comparator.before.held",)


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparator and the stretch of text that its words and the quantity take; ``rules`` found the words."""

    comparator: Comparator
    outer_start: int
    outer_end: int
    before: bool = False
    after: bool = False
    rules: tuple[str, ...] = ()


@cache
def _rules(place: str) -> tuple[Rule, ...]:
    return rules_of(f"comparator.{place}")


def comparator_around(text: str, start: int, end: int, *, approximate: bool, is_range: bool, floor: int = 0) -> Bound:
    """The comparator of the quantity at ``[start, end)`` of *text* (folded).

    *approximate* says that 余 or 多 stands inside the quantity. A bound wins over 约, 余, 近 and 左右;
    of two bounds the one before the number wins. 控制在 bounds a single value only. Words before *floor*, where the
    number before ends, belong to that.
    """
    near = max(floor, start - _REACH)
    characters = frozenset(text[near:start])
    before = next(
        ((rule, match.start()) for rule in _rules("before")
         if rule.may_match(characters) and (match := rule.pattern.search(text, near, start))), None)  # fmt: skip
    after = next(
        ((rule, end + match.end()) for rule in _rules("after") if (match := rule.pattern.match(text[end : end + 16]))),
        None,
    )
    if before and before[0].id in _WEAK and (after or is_range or approximate):
        before = None
    outer_start, outer_end = before[1] if before else start, after[1] if after else end
    values = [cast(Comparator, found[0].value) for found in (before, after) if found]
    strong = next((value for value in values if value != "~"), None)
    comparator: Comparator = strong or ("~" if values or approximate else "=")
    rules = tuple(found[0].id for found in (before, after) if found)
    return Bound(comparator, outer_start, outer_end, before is not None, after is not None, rules)
