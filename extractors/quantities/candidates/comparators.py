"""The comparator words around a quantity: 不低于 … 以上, 突破, 控制在 … 以内, 约 … 左右."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from extractors.numbers.units import TERMS
from extractors.rules.force import in_force
from extractors.rules.registry import Rule, registry, rules_for, signs_of
from schemas.making import quickly_made
from schemas.rows import Comparator

_REACH: Final = 36
"""Characters before a number within which its comparator words stand."""

INCLUSIVE: Final = "comparator.inclusive"
_INCLUDED_AFTER: Final = frozenset({(">", ">="), ("<", "<=")})
"""A word before that leaves the value out and one behind that takes it in: the latter counts (超40万元以上)."""
EXCLUSIVE: Final = "comparator.exclusive"
_WITHOUT_BOUND: Final[dict[str, Comparator]] = {">=": ">", "<=": "<"}
_WITH_BOUND: Final[dict[str, Comparator]] = {">": ">=", "<": "<="}
INSIDE: Final = "comparator.inside"
SHARED: Final = "comparator.shared"
RAISED: Final = "comparator.raised"
RANK: Final = "comparator.rank"
DEFAULT: Final = "comparator.default"
_DAYS: Final = "days"
_RELATIVE: Final = frozenset({"multiple", "ratio"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Bound:
    """A comparator and the stretch of text that its words and the quantity take; ``rules`` found the words, ``rule_id`` decided."""

    comparator: Comparator
    outer_start: int
    outer_end: int
    before: bool = False
    after: bool = False
    rules: tuple[str, ...] = ()
    rule_id: str = DEFAULT


def comparator_around(
    text: str, start: int, end: int, *,
    approximate: bool, is_range: bool, floor: int = 0, bare_scale: bool = False, dimension: str | None = None,
) -> Bound:  # fmt: skip
    """The comparator of the quantity at ``[start, end)`` of *text* (folded).

    *approximate* says that 余 or 多 stands inside the quantity. A bound wins over 约, 余, 近 and 左右;
    of two bounds the one before the number wins, unless the one behind takes the value in (超40万元以上). 控制在 bounds a single value only. Words before *floor*, where the
    number before ends, belong to that. A *bare_scale* (万 of 上万吨) is bounded by 上 too, and a term (by its *dimension*) by 前.
    """
    near, signs = max(floor, start - _REACH), signs_of(text)
    before = next(
        ((rule, match.start()) for rule in rules_for("comparator.before", signs)
         if (not rule.attributes or _suits_before(rule, text, start, end, bare_scale=bare_scale, dimension=dimension))
         and (match := rule.pattern.search(text, near, start))), None)  # fmt: skip
    behind = text[end : end + 16]
    after = next(
        ((rule, end + match.end()) for rule in rules_for("comparator.after", signs)
         if (not rule.attributes or _suits_after(rule, dimension)) and (match := rule.pattern.match(behind))), None)  # fmt: skip
    if before and before[0].flag("weak") and (after or is_range or approximate):
        before = None
    outer_start, outer_end = before[1] if before else start, after[1] if after else end
    rules = [found[0] for found in (before, after) if found]
    approximate = approximate and in_force(INSIDE)
    chosen = next((rule for rule in rules if rule.value != "~"), rules[0] if rules else None)
    if before and after and (before[0].value, after[0].value) in _INCLUDED_AFTER:
        chosen = after[0]
    comparator = cast(Comparator, chosen.value) if chosen else "~" if approximate else "="
    rule_id = chosen.id if chosen else INSIDE if approximate else DEFAULT
    if comparator in _WITHOUT_BOUND and registry()[EXCLUSIVE].pattern.match(text[end : end + 24]):
        comparator, rule_id = _WITHOUT_BOUND[comparator], EXCLUSIVE
    if comparator in _WITH_BOUND and registry()[INCLUSIVE].pattern.match(text[outer_end : outer_end + 16]):
        comparator, rule_id = _WITH_BOUND[comparator], INCLUSIVE
    return Bound(
        comparator, outer_start, outer_end, before is not None, after is not None,
        tuple(rule.id for rule in rules), rule_id,
    )  # fmt: skip


def _suits_before(rule: Rule, text: str, start: int, end: int, *, bare_scale: bool, dimension: str | None) -> bool:
    """Whether *rule* may bound from before the value of *dimension* at ``[start, end)``."""
    return (
        (bare_scale or not rule.flag("of_bare_scales"))
        and (dimension in TERMS or not rule.flag("of_terms"))
        and (not rule.flag("of_multiples") or (dimension in _RELATIVE and _narrows(text, end)))
        and (not rule.flag("of_parts") or registry()["comparator.part"].pattern.search(text, start, end) is not None)
    )


def _suits_after(rule: Rule, dimension: str | None) -> bool:
    """Whether *rule* may bound a value of *dimension* from behind."""
    return (dimension in TERMS or not rule.flag("of_terms")) and (dimension != _DAYS or not rule.flag("not_of_days"))


def _narrows(text: str, end: int) -> bool:
    """Whether a case or its noun follows the value that ends at *end* (3倍的人才), so that it is not how far something is above."""
    return registry()["comparator.multiple_narrows"].pattern.match(text, end) is not None
