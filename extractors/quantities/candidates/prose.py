"""Quantities of running text: the quantity rules over the text that the exclusions leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from extractors.numbers.outline import Outline, outline
from extractors.numbers.units import dimension_of
from extractors.quantities.candidates.adverbial import done_so_often
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.comparators import RANK, Bound, comparator_around
from extractors.quantities.candidates.counting import counts
from extractors.quantities.candidates.exclusions import BLANK, blanked, excluded
from extractors.quantities.candidates.grammar import Match, Measure
from extractors.quantities.candidates.productions import produce
from extractors.quantities.candidates.sharing import shared
from extractors.rules.registry import Rule, pattern_of, rules_for, rules_of, signs_of

TOP: Final = "quantity.ranking"
_NUMERAL: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿廿卅卌壹贰叁肆伍陆柒捌玖拾佰仟半]")
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
    if not measures:
        return ()
    floors = [0, *(one.end for one in measures)]
    found = [_candidate(text, one, floor) for one, floor in zip(measures, floors, strict=False)]
    return tuple(shared(text, [one for one, _ in found], [bound for _, bound in found]))


def measured(text: str, marker: str = "") -> tuple[list[Measure], list[Measure]]:
    """The measures of *text* by position, disjoint and outside what is excluded, and the numerals that only look so."""
    kept = blanked(text, excluded(text, marker))
    read = outline(text, kept)
    free = {"numerals": read.marked, "text": kept}
    found: list[Measure] = []
    articles: list[Measure] = []
    for rule in rules_for("quantity", signs_of(text, over=read.marks)):
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
    unit = pattern_of("counting.classifier").sub("", one.unit)
    dimension = dimension_of(unit) if unit else None
    bound = comparator_around(
        text, one.start, one.end, approximate=one.approximate, is_range=one.is_range, floor=floor,
        bare_scale=one.script == "scale", dimension=dimension,
    )  # fmt: skip
    comparator, rule = bound.comparator, bound.rule_id
    if one.rule_id == TOP and comparator == "=":
        comparator, rule = "<=", RANK
    return (
        Candidate(
            one.start, one.end, bound.outer_start, bound.outer_end, one.low, one.high, unit, dimension,
            per_before(text, one), comparator, dimension == "rank", one.rule_id, one.unit_rule, rule,
        ),
        bound,
    )  # fmt: skip


def per_before(text: str, one: Measure) -> str | None:
    """What an amount is per, where 每… stands before it in its clause and not in its unit (每人每月710元 → 人·月)."""
    if "/" in one.unit:
        return None
    before = text[max(0, one.start - 40) : one.start]
    if "每" not in before:
        return None
    window = _PER_BREAK.split(pattern_of("counting.amounts_before").sub("", before))[-1]
    names = [match["per"] for match in pattern_of("counting.per").finditer(window)]
    return "·".join(dict.fromkeys(names)) or None
