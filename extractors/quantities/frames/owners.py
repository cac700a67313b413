"""Numbers whose own words are only whose they are, or end in that: what they measure is what the number before does.

新开工电梯20部（其中东河区9部、西山区7部） → 新开工电梯 of 东河区; 波及临川县5个村 → 波及村 of 临川县.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extractors.language.tokens import segmenter
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.measures import measure_at_end
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.subject import (
    AREA_TAILS,
    Subject,
    is_name,
    split_subject,
    type_of_name,
    without_own_area,
)
from extractors.quantities.frames.view import View
from extractors.quantities.frames.words import (
    changes,
    is_aggregate,
    is_deed,
    leading_verb,
    measures,
    noun_in_front,
    without_change,
    without_light_verb,
)
from extractors.rules.registry import lexicon, pattern_of, registry

RULE: Final = "construction.owned"
OWNER: Final = "owner"
SUBJECT: Final = "subject.owner"
WORKS: Final = "phrase.works"
_MONEY: Final = "money"
_COUNT: Final = "count"
_WHOLE: Final = ("其中", "（")
"""What stands between a whole and its parts."""
_LED_TO: Final = tuple("至到往距赴在从与向由经为和、")
"""What makes a place in front of a number a way or an adverbial."""
_COUNTERS: Final = frozenset({"个", "家", "户"})
"""Units of places and firms themselves: 示范县12个 has no owner."""
_SIGN: Final = re.compile(r"[，。；：、（\d]")
_SHORTEST: Final = 2
_LONGEST_NOUN: Final = 8
_LONGEST_NAME: Final = 12


def owned(view: View) -> Frame | None:
    """A number of whose words only the owner is left, or whose counted noun stands behind one."""
    core = view.core
    if not core:
        return None
    if view.candidate.dimension == _MONEY and _reached(view) and pattern_of(WORKS).search(core):
        return made(RULE, "{owner}{part}", "whole", owner=core, part=registry()[WORKS].value or "")
    listed = _goes_on(view)
    if _names(core, view.candidate.unit) or listed or _acts(view):
        part = _of_opening(view) or _of_number_before(view) or _of_sentence_before(view)
        if part or listed:
            return made(RULE, "{owner}{part}", "whole", owner=core, part=part) if part else None
    return _changed(view) or _counted_in(view) or _noun_behind(view)


def _changed(view: View) -> Frame | None:
    """A change of which only whose it is stands before it (进出口增长5%，其中东川市增长8%)."""
    owner = without_change(view.core)
    if owner == view.core or not _names(owner, view.candidate.unit):
        return None
    part = _of_number_before(view) or _of_sentence_before(view) or without_change(view.previous())
    change = view.core[len(owner) :]
    return made(RULE, "{owner}{part}{change}", "whole", owner=owner, part=part, change=change) if part else None


def _noun_behind(view: View) -> Frame | None:
    """What a number right behind the name of a site measures: the noun behind it (青柯产业园60万平方米标准厂房)."""
    if pattern_of("subject.site_in_front").fullmatch(view.core) is None or not is_name(view.core):
        return None
    noun = noun_in_front(_SIGN.split(view.sentence.text[view.mention.end :], maxsplit=1)[0])
    noun = next((noun.removesuffix(area) for area in lexicon("regions") if noun.endswith(area)), noun)
    return made(RULE, "{owner}{part}", owner=view.core, part=noun) if len(noun) <= _LONGEST_NOUN and noun else None


def _goes_on(view: View) -> bool:
    """Whether the number is the next of a list of whose parts are (东河区9个、建设局2个, 西山园12个)."""
    if view.last is None or view.last.rule_id != RULE or not view.mention.listed:
        return False
    alike = view.sentence.mentions[view.index - 1].candidate.unit == view.candidate.unit
    return alike and len(view.core) <= _LONGEST_NAME and not view.behind and not _measured_by(view.core)


def _acts(view: View) -> bool:
    """Whether the words before the number say only who or what reached it (税务部门完成, 西环线完成)."""
    core = view.core
    if not _reached(view) or not _SHORTEST <= len(core) <= _LONGEST_NAME:
        return False
    if not pattern_of("phrase.parts_follow").search(view.sentence.text, 0, view.mention.start):
        return False
    return not _measured_by(core) and not leading_verb(core)


def _reached(view: View) -> bool:
    """Whether a verb of reaching its value stands right in front of the number."""
    return pattern_of("phrase.acted").search(view.window) is not None


def _measured_by(core: str) -> bool:
    """Whether *core* is itself what is measured: a measure, an aggregate or a kind of money."""
    return measures(core) or is_aggregate(core) or pattern_of("phrase.sum").search(core) is not None


def subject_of(frame: Frame, own: frozenset[str]) -> Subject | None:
    """The owner that *frame* names, where that is not the issuer's own area."""
    owner = frame.said(OWNER)
    if not owner or owner in own or owner.rstrip(AREA_TAILS) in own:
        return None
    return Subject(owner, "place" if place_at_front(owner) == len(owner) else type_of_name(owner), SUBJECT)


@lru_cache(maxsize=8192)
def _names(core: str, unit: str) -> bool:
    """Whether *core* names places, a firm or a body, and does not itself say what *unit* counts (示范县12个)."""
    if place_at_front(core) == len(core):
        return True
    return unit not in _COUNTERS and pattern_of(SUBJECT).fullmatch(core) is not None and is_name(core)


def _of_number_before(view: View) -> str:
    """What the nearest number of the same unit measures: the whole of which this is a part, or a part beside it."""
    mentions = view.sentence.mentions
    for index in range(view.index - 1, -1, -1):
        if mentions[index].candidate.unit != view.candidate.unit:
            continue
        frame = view.before[index]
        if part := _said_again(view.before[: index + 1], frame.phrase):
            return part
        phrase = without_own_area(without_change(frame.phrase), view.around.own)
        between = view.sentence.text[mentions[index].end : view.mention.start]
        if any(sign in between for sign in _WHOLE) or pattern_of("phrase.parts_follow").search(between):
            return phrase
        subject, rest = split_subject(phrase, frozenset())
        counts = view.candidate.dimension == _COUNT and view.behind
        return rest if subject else measure_at_end(phrase) if counts else _of_all(phrase)
    return ""


def of_number_before(view: View) -> str:
    """What the nearest number of the same unit, or else the number before, measures of another or of all."""
    return _of_number_before(view) or without_change(view.previous())


def _of_all(phrase: str) -> str:
    """What *phrase* measures of all, without the class of places in front; its measure where it may begin with a name."""
    classed = pattern_of("phrase.class_in_front").match(phrase)
    rest = phrase[classed.end() :] if classed else phrase
    measure = measure_at_end(rest)
    words, knows = segmenter().lcut(rest.removesuffix(measure)), segmenter().knows
    told = any(not knows(word) or is_deed(word) for word in words) or len(words[0] if words else measure) < _SHORTEST
    return measure if told else rest


def _of_opening(view: View) -> str:
    """What the sentence opens with as what it gives the parts of (地方收入按部门分：税务部门完成…)."""
    opening = pattern_of("phrase.parts_follow").search(view.sentence.text, 0, view.mention.start)
    head = view.sentence.text[: opening.start()] if opening else ""
    if not head or len(head) > _LONGEST_NAME or _SIGN.search(head):
        return ""
    return without_own_area(head, view.around.own)


def _said_again(before: Sequence[Frame], phrase: str) -> str:
    """The part of the owned number of *before* that *phrase* is of, or a change of."""
    return next((one.said("part") for one in reversed(before) if one.rule_id == RULE and one.phrase == phrase), "")


def _of_sentence_before(view: View) -> str:
    """What the last number of the same unit in the sentence before measures, of which this sentence gives the parts."""
    if not pattern_of("phrase.parts_follow").match(view.sentence.text):
        return ""
    if view.last is not None and view.last.rule_id == RULE:
        return view.last.said("part")
    whole = next((phrase for unit, phrase in reversed(view.around.wholes) if unit == view.candidate.unit), "")
    return without_light_verb(without_own_area(whole, view.around.own))


def _counted_in(view: View) -> Frame | None:
    """A counted noun behind a place that the words before the number end in (有感范围涉及临川县5个村)."""
    core, noun = view.core, view.behind
    if view.candidate.dimension != "count" or not 0 < len(noun) <= _LONGEST_NOUN or changes(core):
        return None
    for start in range(_SHORTEST, len(core) - _SHORTEST):
        if place_at_front(core[start:]) == len(core) - start and not core[:start].endswith(_LED_TO):
            if core.count("、", start) + 1 == view.candidate.low:
                return None  # 做强东州、西州2大基地: the places are what is counted
            return made(RULE, "{owner}{part}", owner=core[start:], part=core[:start] + noun)
    return None
