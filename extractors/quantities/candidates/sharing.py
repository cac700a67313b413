"""What the quantities of a sentence share: the unit or comparator that one prints and its neighbours mean, too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.comparators import RAISED, SHARED, Bound
from extractors.quantities.candidates.grammar import CURRENCY, NONE
from extractors.quantities.candidates.grammar import SHARED as SHARED_UNIT
from extractors.rules.force import in_force
from extractors.rules.registry import pattern_of
from schemas.rows import Comparator

_JOIN: Final = re.compile(r"(?:、|和|与|及|以及){1,2}")
_NEXT_OF_LIST: Final = re.compile(r"[、和与及][一-鿿]{1,6}")
_BETWEEN_BOUNDS: Final = re.compile(r"[、，]?[一-鿿]{0,3}")
"""What stands between a lower bound and its upper one: nothing, a sign, or 低于, 不超过."""
_SCALES: Final = "千万亿"
_FEWEST: Final = 2
_MONEY: Final = "money"
_COUNT: Final = "count"
_RATIOS: Final = frozenset({"%", "‰", "个百分点", "百分点", "倍", "名次"})


def shared(text: str, candidates: Sequence[Candidate], bounds: Sequence[Bound]) -> list[Candidate]:
    """*candidates* of *text*, whose words *bounds* tells, by position, with what they share."""
    if len(candidates) < _FEWEST:
        return [*candidates]
    return share_units(text, share_comparators(text, candidates, bounds))


def share_units(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """*candidates* with the units that they leave to their neighbours.

    A number of a list that names none has that of the next one (存栏羊30万、牛2万、猪8万头), or of the one before, where
    nothing but its place in the order is new (奖励10万、二等奖5万); a count alone that another became (由15个工作日减至3个)
    and an upper bound (1万元以上5万以下, 新台币三百万元以上六百万元以下) have that of the one before.
    """
    found = list(candidates)
    if not in_force(SHARED_UNIT):
        return found
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index : index + 2]
        if _takes(text, one, following) and _NEXT_OF_LIST.fullmatch(text, one.end, following.start):
            found[index] = _with_unit_of(one, following)
    for index in range(1, len(found)):
        before, one = found[index - 1 : index + 1]
        if _is_next_step(text, before, one) or _is_reached(text, before, one) or _is_upper_bound(text, before, one):
            found[index] = _with_unit_of(one, before)
    return found


def _with_unit_of(one: Candidate, other: Candidate) -> Candidate:
    return replace(one, unit=other.unit, dimension=other.dimension, unit_rule=SHARED_UNIT)


def _takes(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether *one* names a scale and no unit, and *other* has a unit of amounts to give."""
    bare = not one.unit and not one.is_ranking and one.unit_rule == NONE and text[one.end - 1] in _SCALES
    return bare and bool(other.unit) and other.unit not in _RATIOS


def _is_next_step(text: str, before: Candidate, one: Candidate) -> bool:
    step = pattern_of("counting.next_step")
    return _takes(text, one, before) and step.fullmatch(text, before.end, one.start) is not None


def _is_reached(text: str, before: Candidate, one: Candidate) -> bool:
    """Whether *one*, a count alone (个) at the end of its phrase, is what *before* (个工作日) became."""
    if one.dimension != _COUNT or len(before.unit) <= len(one.unit) or not before.unit.startswith(one.unit):
        return False
    ends = pattern_of("counting.ends").match(text[one.outer_end : one.outer_end + 4])
    return ends is not None and pattern_of("counting.reached").fullmatch(text, before.end, one.outer_start) is not None


def _is_upper_bound(text: str, before: Candidate, one: Candidate) -> bool:
    """Whether *one* ends the step that *before* begins, and names no unit, or 元 behind another currency."""
    bounds = before.comparator in (">=", ">") and one.comparator in ("<=", "<")
    if not bounds or not _BETWEEN_BOUNDS.fullmatch(text, before.outer_end, one.start):
        return False
    return _takes(text, one, before) or (before.unit_rule == CURRENCY and one.dimension == _MONEY)


def share_comparators(text: str, candidates: Sequence[Candidate], bounds: Sequence[Bound]) -> list[Candidate]:
    """A word before a plain list of values counts for all of it, 左右 after it likewise (7%、8%左右); 以上 does not."""
    found = list(candidates)
    carried: Comparator = "="
    for index, (one, bound) in enumerate(zip(candidates, bounds, strict=True)):
        if index == 0 or not _listed(text, candidates[index - 1], one):
            carried = "="
        if bound.before:
            carried = one.comparator
        elif one.comparator == "=":
            found[index] = _sharing(one, carried)
            if carried == "=" and index and _raised(text, found[index - 1], one):
                found[index] = _sharing(one, found[index - 1].comparator, RAISED)
    for index in range(len(found) - 1, 0, -1):
        left, right = found[index - 1], found[index]
        about = right.comparator == "~" and not bounds[index].before
        if left.comparator == "=" and about and _listed(text, left, right):
            found[index - 1] = _sharing(left, "~")
    return found


def _sharing(one: Candidate, comparator: Comparator, rule: str = SHARED) -> Candidate:
    return one if comparator == "=" or not in_force(rule) else replace(one, comparator=comparator, comparator_rule=rule)


def _raised(text: str, left: Candidate, right: Candidate) -> bool:
    """Whether *right* is what the limit *left* is raised to or lowered to."""
    same = left.unit == right.unit and left.comparator in ("<=", ">=")
    return same and pattern_of(RAISED).fullmatch(text, left.outer_start, right.outer_start) is not None


def _listed(text: str, left: Candidate, right: Candidate) -> bool:
    return left.unit == right.unit and bool(_JOIN.fullmatch(text, left.end, right.outer_start))
