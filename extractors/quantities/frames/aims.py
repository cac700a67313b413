"""Results held against their aims: the aim itself, how much of it is reached, how far a pace is ahead of it.

收入完成9亿元，完成年初预算数20亿元的45% → 年初预算数 of 收入, then how much of it 收入 is. The aim stands in front of its share, in a
bracket behind its name (占全年目标（6亿元）的150%), or its name behind its amount (占今年8万户任务数的80%).
"""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.subject import without_own_area
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import is_share, matches, without_change, without_light_verb
from extractors.rules.registry import lexicon, pattern_of

OF_THE_AIM: Final = "construction.of_the_aim"
AIMED: Final = "construction.aimed"
_SHARE_OF_IT: Final = re.compile(r"）?的")
_AGAINST: Final = tuple("比较")
_SHORTEST: Final = 2


def aimed(view: View) -> Frame | None:
    """An aim with its amount, in front of how much of it is reached or how far the result is from it."""
    mentions = view.sentence.mentions
    if view.index + 1 >= len(mentions):
        return None
    between = view.sentence.text[view.mention.end : mentions[view.index + 1].start]
    if between[-1:] not in lexicon("aim_ends"):
        return None
    own = matches("indicator.aim", view.core)
    if own and _SHARE_OF_IT.fullmatch(between) and is_share(mentions[view.index + 1].candidate):
        return _aim_of(view, own["head"] or "", own["aim"])
    if own and view.core[0] in _AGAINST and pattern_of("phrase.apart").fullmatch(between):
        return _aim_of(view, "", own["aim"])
    behind = pattern_of("phrase.aim_behind").fullmatch(between)
    led = pattern_of("phrase.to_the_aim").fullmatch(view.window) if behind else None
    return _aim_of(view, led["head"], behind["aim"]) if led and behind else None


def _aim_of(view: View, head: str, aim: str) -> Frame | None:
    part = _result(view, head) or _before(view)
    whose = _without_twin(part, aim)
    return made(AIMED, "{whose}{aim}", part=part, aim=aim, whose=whose) if part else None


def _without_twin(part: str, aim: str) -> str:
    """*part* without the noun that it and its *aim* both end in (青柯桥完成投资, 年度计划投资 → 青柯桥)."""
    twin = next((size for size in range(len(aim), _SHORTEST - 1, -1) if part.endswith(aim[-size:])), 0)
    return pattern_of("phrase.reached").sub("", part[: len(part) - twin]) if twin else part


def of_the_aim(view: View) -> Frame | None:
    """How much of its aim a result is (城镇新增就业5万人，完成年度目标的116%)."""
    if not view.is_share():
        return None
    last = view.last
    if last is not None and last.rule_id == AIMED and view.index and _goes_on(view):
        part, aim = last.said("part"), last.said("aim")
    elif match := matches("indicator.aim", view.core):
        part, aim = _result(view, match["head"] or "") or _before(view), match["aim"]
    else:
        return None
    return made(OF_THE_AIM, "{part}完成{aim}比例", part=part, aim=aim) if part else None


def from_the_aim(view: View) -> Frame | None:
    """How far a result is from its aim (失业率3.3%，比年度目标4%低0.7个百分点; 超出计划投资3000万元)."""
    last = view.last
    if matches("indicator.beyond_the_aim", view.core) and (before := _before(view)):
        return made("construction.from_the_aim", "{part}", part=before)
    if last is None or last.rule_id != AIMED or not pattern_of("phrase.apart").fullmatch(view.window):
        return None
    return made("construction.from_the_aim", "{part}", part=last.said("part"))


def _goes_on(view: View) -> bool:
    """Whether the share of the aim before stands right behind it (的⟨45%⟩, 任务数的⟨80%⟩)."""
    between = view.sentence.text[view.sentence.mentions[view.index - 1].end : view.mention.start]
    return (_SHARE_OF_IT.fullmatch(between) or pattern_of("phrase.aim_behind").fullmatch(between)) is not None


def _before(view: View) -> str:
    """The result before the number that is held against its aim, else what the heading speaks of."""
    before = view.said_of() if view.index else ""
    return _result(view, without_change(before)) if before else view.around.topic


def _result(view: View, words: str) -> str:
    """*words* without the own area and how they say that something was reached (全县预算收入累计完成 → 预算收入)."""
    plain = pattern_of("phrase.reached").sub("", without_light_verb(without_own_area(words, view.around.own)))
    return plain if len(plain) >= _SHORTEST else words
