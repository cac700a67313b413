"""Ties between the quantities of one sentence: parts of a whole, baselines, and firm values with their stretch values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.quantities.description.sentences import Sentence
from schemas.making import quickly_made

_PART: Final = re.compile(r"其中|（含|（其中")
_RAISED: Final = re.compile(
    r"^(?:左右)?(?:[^，。；]{0,6})(?:提高|增加?|提升|扩大|下降|降低?|上升|减少?|调整|压减|上调)(?:到|至|为)$"
)


@quickly_made
@dataclass(frozen=True, slots=True)
class Ties:
    """For one mention, the indexes in its sentence that it is tied to."""

    baseline: int | None = None
    whole: int | None = None
    group: int | None = None


def ties(sentence: Sentence, indicators: Sequence[str], stretched: Sequence[bool]) -> tuple[Ties, ...]:
    """The ties of each mention of *sentence*, in order."""
    found: list[Ties] = []
    whole: int | None = None
    for index, mention in enumerate(sentence.mentions):
        if index and mention.stretch != sentence.mentions[index - 1].stretch:
            whole = None
        between = sentence.text[sentence.mentions[index - 1].end : mention.start] if index else ""
        if index and _PART.search(between):
            whole = index - 1
        elif (index and "，" in between.lstrip("）")) or between.startswith("）"):
            whole = None
        baseline = index - 1 if index and _RAISED.match(between) else None
        found.append(Ties(baseline, whole, _partner(index, indicators, stretched)))
    firm = {tie.group for tie in found if tie.group is not None}
    return tuple(
        Ties(tie.baseline, tie.whole, index if index in firm else tie.group) for index, tie in enumerate(found)
    )


def _partner(index: int, indicators: Sequence[str], stretched: Sequence[bool]) -> int | None:
    """The firm value of the same indicator before a stretch value."""
    if index and stretched[index] and not stretched[index - 1] and indicators[index] == indicators[index - 1]:
        return index - 1
    return None
