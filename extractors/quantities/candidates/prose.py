"""Quantities of running text: the quantity rules over the text that the exclusions leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from extractors.numbers.outline import Outline, outline
from extractors.numbers.units import dimension_of
from extractors.quantities.candidates.adverbial import done_so_often
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.comparators import RAISED, RANK, SHARED, Bound, comparator_around
from extractors.quantities.candidates.counting import counts
from extractors.quantities.candidates.exclusions import BLANK, blanked, excluded
from extractors.quantities.candidates.grammar import CURRENCY, NONE, Match, Measure
from extractors.quantities.candidates.grammar import SHARED as SHARED_UNIT
from extractors.quantities.candidates.productions import produce
from extractors.rules.force import in_force
from extractors.rules.registry import Rule, pattern_of, rules_for, rules_of, signs_of, signs_with
from schemas.rows import Comparator

TOP: Final = "quantity.ranking"
_NUMERAL: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟半]")
_JOIN: Final = re.compile(r"(?:、|和|与|及|以及){1,2}")
_NEXT_OF_LIST: Final = re.compile(r"[、和与及][一-鿿]{1,6}")
_SCALES: Final = "千万亿"
_MONEY: Final = "money"
_COUNT: Final = "count"
_BETWEEN_BOUNDS: Final = re.compile(r"[、，]?[一-鿿]{0,3}")
"""What stands between a lower bound and its upper one: nothing, a sign, or 低于, 不超过."""
_RATIOS: Final = frozenset({"%", "‰", "个百分点", "百分点", "倍", "名次"})
_PER_BREAK: Final = re.compile(r"[，。；、！？：]")


@cache
def quantity_rules() -> tuple[Rule, ...]:
    """The quantity rules of running text, in the order in which they take text."""
    return tuple(rule for rule in rules_of("quantity") if rule.subject in ("text", "numerals"))


def prose_candidates(text: str, marker: str = "") -> tuple[Candidate, ...]:
    """Every measured quantity of *text* (folded, beginning with *marker*), in order of position."""
    if not _NUMERAL.search(text):
        return ()
    measures, _ = measured(text, marker)
    floors = [0, *(one.end for one in measures)]
    found = [_candidate(text, one, floor) for one, floor in zip(measures, floors, strict=False)]
    shared = share_comparators(text, [one for one, _ in found], [bound for _, bound in found])
    return tuple(share_units_of_bounds(text, share_units_reached(text, share_units(text, shared))))


def measured(text: str, marker: str = "") -> tuple[list[Measure], list[Measure]]:
    """The measures of *text* by position, disjoint and outside what is excluded, and the numerals that only look so."""
    kept = blanked(text, excluded(text, marker))
    read = outline(text, kept)
    free = {"numerals": read.marked, "text": kept}
    found: list[Measure] = []
    articles: list[Measure] = []
    for rule in rules_for("quantity", signs_of(text) | signs_with(read.marks)):
        if rule.subject not in free:
            continue
        left = True
        while left:
            made, left = measures_of(rule, free[rule.subject], read)
            taken: list[Measure] = []
            for one in made:
                (taken if counts(text, one) or done_so_often(text, one) else articles).append(one)
            if taken:
                free = {subject: _take(one, taken) for subject, one in free.items()}
                found.extend(taken)
            left = left and bool(taken)
    return sorted(found, key=lambda one: one.start), articles


def measures_of(rule: Rule, free: str, read: Outline) -> tuple[list[Measure], bool]:
    """The measures that *rule* makes of *free* (the text or its outline *read*, what is taken blanked), by position.

    And whether one of them left the end of its match to others, so that the rule is to be tried again.
    """
    found: list[Measure] = []
    left = False
    for match in rule.finditer(free):
        made = produce(Match(rule.id, match, read), rule.value or "")
        left = left or bool(made and made[-1].end < match.end())
        found.extend(made)
    return found, left


def _take(free: str, measures: Iterable[Measure]) -> str:
    parts: list[str] = []
    position = 0
    for one in measures:
        parts += (free[position : one.start], BLANK * (one.end - one.start))
        position = one.end
    return "".join((*parts, free[position:]))


def _candidate(text: str, one: Measure, floor: int) -> tuple[Candidate, Bound]:
    dimension = dimension_of(one.unit) if one.unit else None
    bound = comparator_around(
        text, one.start, one.end, approximate=one.approximate, is_range=one.is_range, floor=floor,
        bare_scale=one.script == "scale", dimension=dimension,
    )  # fmt: skip
    comparator, rule = bound.comparator, bound.rule_id
    if one.rule_id == TOP and comparator == "=":
        comparator, rule = "<=", RANK
    return (
        Candidate(
            one.start, one.end, bound.outer_start, bound.outer_end, one.low, one.high, one.unit, dimension,
            per_before(text, one), comparator, dimension == "rank", one.rule_id, one.unit_rule, rule,
        ),
        bound,
    )  # fmt: skip


def per_before(text: str, one: Measure) -> str | None:
    """What an amount is per, where 每… stands before it in its clause and not in its unit (每人每月710元 → 人·月)."""
    if "/" in one.unit:
        return None
    window = _PER_BREAK.split(text[max(0, one.start - 40) : one.start])[-1]
    names = [match["per"] for match in pattern_of("counting.per").finditer(window)] if "每" in window else []
    return "·".join(dict.fromkeys(names)) or None


def share_units(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """*candidates* in which a number of a list that names no unit has that of the next (存栏羊30万、牛2万、猪8万头).

    Else it has that of the one before, where nothing but its place in the order is new (奖励10万、二等奖5万).
    """
    shared = list(candidates)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index : index + 2]
        if one.unit or one.is_ranking or one.unit_rule != NONE or not following.unit or following.unit in _RATIOS:
            continue
        listed = _NEXT_OF_LIST.fullmatch(text, one.end, following.start) and text[one.end - 1] in _SCALES
        if listed and in_force(SHARED_UNIT):
            shared[index] = replace(one, unit=following.unit, dimension=following.dimension, unit_rule=SHARED_UNIT)
    step = pattern_of("counting.next_step")
    for index in range(1, len(shared)):
        before, one = shared[index - 1 : index + 1]
        if one.unit or one.unit_rule != NONE or not before.unit or before.is_ranking or before.unit in _RATIOS:
            continue
        if text[one.end - 1] in _SCALES and step.fullmatch(text, before.end, one.start):
            shared[index] = replace(one, unit=before.unit, dimension=before.dimension, unit_rule=SHARED_UNIT)
    return shared


def share_units_reached(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """*candidates* in which a count alone that the one before became has its unit (由15个工作日减至3个)."""
    shared = list(candidates)
    for index in range(1, len(shared)):
        one, reached = shared[index - 1 : index + 1]
        longer = len(one.unit) > len(reached.unit) > 0 and one.unit.startswith(reached.unit)
        gap = text[one.end : reached.outer_start]
        ends = pattern_of("counting.ends").match(text[reached.outer_end : reached.outer_end + 4])
        if longer and reached.dimension == _COUNT and ends and pattern_of("counting.reached").fullmatch(gap):
            shared[index] = replace(reached, unit=one.unit, dimension=one.dimension, unit_rule=SHARED_UNIT)
    return shared


def share_units_of_bounds(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """*candidates* in which an upper bound has the unit of the lower one before it, where it names none or 元 alone.

    处1万元以上5万以下 is 50000 元, 新台币三百万元以上六百万元以下 ends at 6,000,000 of that currency.
    """
    shared = list(candidates)
    for index in range(1, len(shared)):
        low, high = shared[index - 1 : index + 1]
        bounds = low.comparator in (">=", ">") and high.comparator in ("<=", "<")
        if not bounds or not _BETWEEN_BOUNDS.fullmatch(text, low.outer_end, high.start):
            continue
        bare = high.unit_rule == NONE and low.unit and text[high.end - 1] in _SCALES
        if bare or (low.unit_rule == CURRENCY and high.dimension == _MONEY):
            shared[index] = replace(high, unit=low.unit, dimension=low.dimension, unit_rule=SHARED_UNIT)
    return shared


def share_comparators(text: str, candidates: Sequence[Candidate], bounds: Sequence[Bound]) -> list[Candidate]:
    """A word before a plain list of values counts for all of it, 左右 after it likewise (7%、8%左右); 以上 does not."""
    shared = list(candidates)
    carried: Comparator = "="
    for index, (one, bound) in enumerate(zip(candidates, bounds, strict=True)):
        if index == 0 or not _listed(text, candidates[index - 1], one):
            carried = "="
        if bound.before:
            carried = one.comparator
        elif one.comparator == "=":
            shared[index] = _sharing(one, carried)
            if carried == "=" and index and _raised(text, shared[index - 1], one):
                shared[index] = _sharing(one, shared[index - 1].comparator, RAISED)
    for index in range(len(shared) - 1, 0, -1):
        left, right = shared[index - 1], shared[index]
        about = right.comparator == "~" and not bounds[index].before
        if left.comparator == "=" and about and _listed(text, left, right):
            shared[index - 1] = _sharing(left, "~")
    return shared


def _sharing(one: Candidate, comparator: Comparator, rule: str = SHARED) -> Candidate:
    return one if comparator == "=" or not in_force(rule) else replace(one, comparator=comparator, comparator_rule=rule)


def _raised(text: str, left: Candidate, right: Candidate) -> bool:
    """Whether *right* is what the limit *left* is raised to or lowered to."""
    same = left.unit == right.unit and left.comparator in ("<=", ">=")
    return same and pattern_of(RAISED).fullmatch(text, left.outer_start, right.outer_start) is not None


def _listed(text: str, left: Candidate, right: Candidate) -> bool:
    return left.unit == right.unit and bool(_JOIN.fullmatch(text, left.end, right.outer_start))
