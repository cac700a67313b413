"""Classes of what the sentence before measured, and paces that move: words whose measure or bearer was said before.

粮食产量90万吨。其中，夏粮30万吨 → 夏粮产量; 投资增长9%，增速回落2个百分点 → 投资增速.
"""

from __future__ import annotations

from typing import Final

from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.measures import ends_in_measure, measure_at_end
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import changes, is_aggregate, leading_verb, without_change
from extractors.rules.registry import pattern_of

_POINTS: Final = "percentage_points"
_COUNTED: Final = frozenset({"count", "people", "visits", "households"})
"""Dimensions of what is counted, whose parts name themselves or their owner."""
_OVERLAP: Final = 2
"""Characters in which a class may end as its measure begins."""


def class_of_before(view: View) -> Frame | None:
    """One class of what the sentence before measured, where this one opens as giving its classes (分门类看，制造业增长6%)."""
    opening = pattern_of("phrase.classed").match(view.sentence.text)
    if opening is None or changes(view.core) or view.candidate.dimension in _COUNTED:
        return None
    name = without_change(view.core)
    if pattern_of("phrase.class_name").fullmatch(name) is None or leading_verb(name) or _measured(name):
        return None
    wholes = (phrase for unit, phrase in reversed(view.around.wholes) if unit == view.candidate.unit)
    said = (opening["by"] or "", *map(without_change, wholes))
    measure = next((found for phrase in said if (found := measure_at_end(phrase))), "")
    if not measure or pattern_of("phrase.share_measure").search(measure):
        return None
    change = view.core[len(name) :]
    name = name.removesuffix(measure[:_OVERLAP])  # 商品零售|零售额
    return made("construction.class_of_before", "{name}{measure}{change}", name=name, measure=measure, change=change)


def _measured(name: str) -> bool:
    return ends_in_measure(name) or bool(measure_at_end(name)) or is_aggregate(name)


def pace_moved(view: View) -> Frame | None:
    """How far the pace of what was measured before moved (投资增长9%，增速回落2个百分点; 降幅比上月收窄1个百分点)."""
    moved = pattern_of("phrase.pace_moved").fullmatch(view.core) if view.index else None
    if moved is None or view.candidate.dimension != _POINTS:
        return None
    part = without_change(view.said_of())
    pace = "" if part.endswith(moved["pace"]) else moved["pace"]
    return made("construction.pace_moved", "{part}{pace}", part=part, pace=pace) if part else None
