"""Remarks: clauses behind a deed that say how, by whom or under what rule it is done, and are no deeds by its time.

5月底前完成摸底，摸底由各村负责，合格的给予补助: the time says by when the survey is to be made, and nothing of what follows.
"""

from __future__ import annotations

from typing import Final

from extractors.milestones.says import said
from extractors.rules.registry import Rule, rules_for

_SHORTEST_THING: Final = 2
_LONGEST_PART: Final = 6
"""Characters of a thing that may be named by its first word before (完成摸底，摸底工作由…)."""
_PASSING: Final = "passing"
_CONDITION: Final = "milestone.remark_condition"
_EVENT: Final = "milestone.remark_event"


def has_deed(told: str) -> bool:
    """Whether the words *told* between a time and a clause hold a clause of their own."""
    return len(told.strip("，,、：: \n")) > _SHORTEST_THING


def is_remark(words: str, told: str, signs: int) -> bool | None:
    """Whether the clause *words*, behind a deed *told* in its sentence, remarks on it; ``None`` where it does not.

    ``True``: what stands behind it does so too. ``False``: deeds may go on behind it.
    """
    words = words.strip()
    before, _, case = told.rstrip("，, ").rpartition("，")
    if has_deed(before) and (said(_CONDITION, case, signs) or said(_EVENT, case, signs)):
        return True
    found = next((rule for rule in rules_for("milestone.remark", signs) if _remarks(rule, words, told)), None)
    return None if found is None else found.value != _PASSING


def _remarks(rule: Rule, words: str, told: str) -> bool:
    """Whether *rule* finds a remark in *words*: where it names a thing, on one of which something has been *told*."""
    match = rule.search(words)
    if match is None:
        return False
    thing = match.groupdict().get("thing")
    return thing is None or thing in told or (len(thing) <= _LONGEST_PART and thing[:_SHORTEST_THING] in told)
