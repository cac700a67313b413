"""Points of a scheme: what earns or costs them, at which rate (办理居住证，每满1年计8分，最高20分; 一等功（首次20分）).

What earns points stands in the words before the number, before its bracket, in the comma clause before, or is that of
the points before, which a cap is of.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import first_found
from extractors.rules.registry import rules_of

POINTS: Final = "construction.scored"
MERIT: Final = "merit"
_UNIT: Final = "分"
_DEEDS: Final = {"减": "减分", "扣": "扣分", "加": "加分", "少": "少加分"}
_EARNED: Final = "计分"
_LONGEST: Final = 30
_LONG: Final = 16
_SHORT_WORD: Final = 2
_SIGNS: Final = "，；：。"
_ENDS: Final = "；。"
_PARTED: Final = ("，", "；", "。", "：", "）")
_NOTE: Final = re.compile("（[^（）]*）")


def scored(view: View) -> Frame | None:
    """What the points of the number are for, where its words say that they are given or stand in a bracket alone."""
    if view.candidate.unit != _UNIT:
        return None
    words = view.sentence.text[: view.mention.start]
    tail, bracket = first_found("points.tail", words), first_found("points.bracket", words)
    if tail is None and bracket is None and not (view.candidate.comparator != "=" and words.endswith(_PARTED)):
        return None
    end = tail.start() if tail else len(words)
    merit = _merit(view, bracket.start() if bracket and bracket.start() < end else end, noun=bracket is not None)
    rate, deed = (tail["rate"] or "", tail["deed"] or "") if tail else ("", "")
    score = _DEEDS.get(deed[:1], _EARNED)
    return made(POINTS, "{merit}{rate}{score}", merit=merit, rate=_NOTE.sub("", rate), score=score) if merit else None


def _merit(view: View, end: int, *, noun: bool) -> str:
    """What earns the points whose own words begin at *end*: the noun there or the clause before, else as before.

    A short deed goes with what earned the points before (…人员（10分），工作每满1年); the *noun* of a bracket stands alone.
    """
    text, outline = view.sentence.text, view.sentence.outline
    earlier = [(mention, frame) for mention, frame in zip(view.sentence.mentions, view.before, strict=False)]
    points = [mention.start for mention, frame in earlier if frame.rule_id == POINTS]
    last = next((frame.said(MERIT) for _, frame in reversed(earlier) if frame.rule_id == POINTS), "")
    while end > 0:
        note = first_found("points.note", text[:end])
        stop = note.start() if note else end
        start = max(outline.rfind(sign, 0, stop) for sign in _SIGNS) + 1
        if any(start <= place < end for place in points):
            return last
        for mention, frame in earlier:
            if mention.start < stop <= mention.end and len(frame.phrase) <= _LONGEST:
                return frame.phrase
        clause = _plain(text[start:stop])
        if clause and not first_found("points.no_merit", clause):
            return last + clause if len(clause) <= _SHORT_WORD and not noun else _shorter(clause)
        if start and text[start - 1] in _ENDS:
            break
        end = start - 1
    return last or view.around.carried or view.around.topic


def _plain(words: str) -> str:
    """*words* without the number of their item, who earns the points, and the light verb in front."""
    for rule in rules_of("points.front"):
        words = rule.pattern.sub("", words)
    return words.strip(_SIGNS + "、的 ")


def _shorter(words: str) -> str:
    """*words*, or where they are long the last deed or thing of their series."""
    for rule in rules_of("points.shorter"):
        words = words if len(words) <= _LONG else rule.pattern.sub("", words)
    return words[-_LONGEST:]
