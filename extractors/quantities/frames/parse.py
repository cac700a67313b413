"""Parse: the frame of a number, by the first construction of its group of units whose rule matches the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, reduce
from operator import or_
from typing import Final

from extractors.language.noun_phrases import LIST_WORDS
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.quantities.frames.frame import Frame, Slot
from extractors.rules.registry import Rule, rules_for, rules_of

_BEFORE: Final = 120
_AFTER: Final = 48
_SIGNS: Final = "，,、；;：:。—-·的" + "".join(sorted(word for word in LIST_WORDS if len(word) == 1 and word != "和"))
_BEHIND: Final = "_behind"
SHORTEST: Final = 2


def parse(sentence: Sentence, mention: Mention, group: str, standing: bool = True) -> Frame | None:
    """The frame of *mention*, whose unit is of *group* (see :mod:`extractors.quantities.frames.transformation`).

    The number is marked with its comparator words, and where no rule matches so, without them (不得超过总投入的⟨70%⟩).
    Rules for standing rules alone are asked where it is *standing*.
    """
    for rule, match, floor in readings(sentence, mention, group, standing):
        slots = {
            name.removesuffix(_BEHIND): _slot(rule.id, name, words, match.start(name) + floor)
            for name, words in match.groupdict().items()
            if words
        }
        return Frame(rule.id, rule.value or "", {name: slot for name, slot in slots.items() if slot.text})
    return None


def readings(
    sentence: Sentence, mention: Mention, group: str, standing: bool = True
) -> Iterator[tuple[Rule, re.Match[str], int]]:
    """The rules that match over the number of *mention* in the order of trial, as :func:`parse` asks them.

    Each with its match, in a text that begins at the third value, a position of the sentence.
    """
    candidate = mention.candidate
    own = (candidate.start - sentence.start, candidate.end - sentence.start)
    signs = sentence.signs if standing else sentence.signs & ~_of_standing()
    if not rules_for(f"frame.{group}", signs):
        return
    for start, end in dict.fromkeys(((mention.start, mention.end), own)):
        rules = rules_for(f"frame.{group}", signs & sentence.signs_beside(start, end))
        if not rules:
            continue
        floor = max(0, start - _BEFORE)
        text = f"{sentence.text[floor:start]}⟨{sentence.text[start:end]}⟩{sentence.text[end : end + _AFTER]}"
        for rule in rules:
            if match := _over(rule, text, start - floor):
                yield rule, match, floor


@cache
def _of_standing() -> int:
    """The bits of the rules that read the numbers of standing rules alone."""
    return reduce(or_, (rule.bit for rule in rules_of("frame") if rule.flag("standing")), 0)


def _over(rule: Rule, text: str, place: int) -> re.Match[str] | None:
    """The first match of *rule* that holds the *place* of *text*."""
    for match in rule.finditer(text):
        if match.start() <= place < match.end():
            return match
    return None


def _slot(rule_id: str, name: str, words: str, start: int) -> Slot:
    return Slot(cleaned(name.removesuffix(_BEHIND), words), "clause", rule_id, start, start + len(words))


def cleaned(slot: str, words: str) -> str:
    """*words* without what is no part of a *slot*, by the rules for cleaning it."""
    for rule in rules_of(f"frame.clean.{slot}"):
        words = rule.pattern.sub("", words)
    return words.strip(_SIGNS)
