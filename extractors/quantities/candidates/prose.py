"""Quantities of running text: the quantity rules over the text that the exclusions leave."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from extractors.numbers.units import dimension_of
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.comparators import Bound, comparator_around
from extractors.quantities.candidates.counting import counts
from extractors.quantities.candidates.exclusions import BLANK, blanked, excluded
from extractors.quantities.candidates.grammar import RANKING_UNIT, Measure, measure
from extractors.rules.registry import Rule, rules_of
from schemas.rows import Comparator

_NUMERAL: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿]")
_PER: Final = re.compile(
    r"每((?:[两百千万]|[0-9]{1,6})*(?:个?工作日|平方公里|平方米|立方米|人次|人口|公里|学期|学年|季度|半年|月度?|小时|千瓦时|[人户亩天日月年周次村镇乡县校生名位家所座处台套件吨克米头只羽栋个]))"
)
_JOIN: Final = re.compile(r"(?:、|和|与|及|以及){1,2}")
_PER_BREAK: Final = re.compile(r"[，。；、！？：]")


@cache
def quantity_rules() -> tuple[Rule, ...]:
    """The quantity rules of running text, in the order in which they take text."""
    return tuple(rule for rule in rules_of("quantity") if rule.subject == "text")


def prose_candidates(text: str, marker: str = "") -> tuple[Candidate, ...]:
    """Every measured quantity of *text* (folded, beginning with *marker*), in order of position."""
    if not _NUMERAL.search(text):
        return ()
    measures, _ = measured(text, marker)
    floors = [0, *(one.end for one in measures)]
    found = [_candidate(text, one, floor) for one, floor in zip(measures, floors, strict=False)]
    return tuple(share_comparators(text, [one for one, _ in found], [bound for _, bound in found]))


def measured(text: str, marker: str = "") -> tuple[list[Measure], list[Measure]]:
    """The measures of *text* by position, disjoint and outside what is excluded, and the numerals that only look so."""
    free = blanked(text, excluded(text, marker))
    characters = frozenset(free)
    found: list[Measure] = []
    articles: list[Measure] = []
    for rule in quantity_rules():
        if not rule.may_match(characters):
            continue
        read = [one for match in rule.finditer(free) if (one := measure(rule, match, text))]
        taken: list[Measure] = []
        for one in read:
            (taken if counts(text, one) else articles).append(one)
        free = _take(free, taken)
        found.extend(taken)
    return sorted(found, key=lambda one: one.start), articles


def _take(free: str, measures: Iterable[Measure]) -> str:
    parts: list[str] = []
    position = 0
    for one in measures:
        parts += (free[position : one.start], BLANK * (one.end - one.start))
        position = one.end
    return "".join((*parts, free[position:]))


def _candidate(text: str, one: Measure, floor: int) -> tuple[Candidate, Bound]:
    bound = comparator_around(text, one.start, one.end, approximate=one.approximate, is_range=one.is_range, floor=floor)
    is_ranking = one.unit == RANKING_UNIT
    comparator = "<=" if is_ranking and bound.comparator == "=" else bound.comparator
    return (
        Candidate(
            one.start, one.end, bound.outer_start, bound.outer_end, one.low, one.high, one.unit,
            dimension_of(one.unit), per_before(text, one), comparator, is_ranking, one.rule_id,
        ),
        bound,
    )  # fmt: skip


def per_before(text: str, one: Measure) -> str | None:
    """What an amount is per, where 每… stands before it in its clause and not in its unit (每人每月710元 → 人·月)."""
    if "/" in one.unit:
        return None
    window = _PER_BREAK.split(text[max(0, one.start - 40) : one.start])[-1]
    names = [match[1] for match in _PER.finditer(window)] if "每" in window else []
    return "·".join(dict.fromkeys(names)) or None


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
            shared[index] = replace(one, comparator=carried)
    for index in range(len(shared) - 1, 0, -1):
        left, right = shared[index - 1], shared[index]
        about = right.comparator == "~" and not bounds[index].before
        if left.comparator == "=" and about and _listed(text, left, right):
            shared[index - 1] = replace(left, comparator="~")
    return shared


def _listed(text: str, left: Candidate, right: Candidate) -> bool:
    return left.unit == right.unit and bool(_JOIN.fullmatch(text, left.end, right.outer_start))
