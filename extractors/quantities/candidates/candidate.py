"""A measured quantity as found, before it is known what it measures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from schemas.making import quickly_made
from schemas.rows import Comparator


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """A number with its unit in a passage's folded text.

    ``[start, end)`` covers number and unit; ``[outer_start, outer_end)`` the comparator words too
    (不低于 … 左右). ``low`` and ``high`` have 万, 亿, 千 multiplied out; ``unit`` is without scale.
    ``unit_rule`` and ``comparator_rule`` said the unit and the comparator.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    low: Decimal
    high: Decimal
    unit: str
    dimension: str | None
    per: str | None
    comparator: Comparator
    is_ranking: bool
    rule_id: str
    unit_rule: str = "unit.none"
    comparator_rule: str = "comparator.default"
