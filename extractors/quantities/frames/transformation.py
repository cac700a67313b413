"""Transformation and direction: what a value is of its metric (level, growth, change, share …), and which way it goes.

The unit settles which group of rules is asked (``rules/transformations.toml``): points, ratio, doubling, time, times,
amount or rank. The words around the number decide within the group; a number that only goes on with the list before it
(分别增长5%、8%; 增长6%、力争7%) takes what that said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from extractors.numbers.units import TERMS
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.force import in_force
from extractors.rules.registry import pattern_of, rules_for, rules_of, signs_of
from schemas.making import quickly_made
from schemas.rows import Direction, Transformation

_POINTS: Final = frozenset({"个百分点", "百分点", "个千分点", "千分点", "个基点", "基点", "个BP", "BP"})
_RATIOS: Final = frozenset({"%", "‰", "倍"})
_DOUBLING: Final = "番"
_TIMES: Final = frozenset({"次", "回", "次/年", "次/月", "次/周"})
_FRACTION: Final = re.compile(r"分之|/|[:：∶]|成$")
STANDING: Final = "transformation.time.limit"


@quickly_made
@dataclass(frozen=True, slots=True)
class Change:
    """What a value is of its metric, which way it goes, and the rule that said so."""

    transformation: Transformation
    direction: Direction | None
    rule_id: str


def group_of(candidate: Candidate, text: str) -> str:
    """The group of rules for *candidate*, printed as *text*."""
    unit = candidate.unit
    if candidate.is_ranking:
        return "rank"
    if unit in _POINTS:
        return "points"
    if unit in _RATIOS or (not unit and _FRACTION.search(text)):
        return "ratio"
    if unit == _DOUBLING:
        return "doubling"
    if unit in _TIMES:
        return "times"
    return "time" if candidate.dimension in TERMS else "amount"


def changes_of(sentence: Sentence, kinds: Sequence[str]) -> tuple[Change, ...]:
    """The change of each mention of *sentence*; *kinds* are their kinds (a standing length of time is a limit)."""
    found: list[Change] = []
    groups: list[str] = []
    for index, mention in enumerate(sentence.mentions):
        group = _group(sentence, mention)
        before = found[-1] if found and groups[-1] == group and _goes_on(sentence, index) else None
        own = _first(group, sentence.marked(mention), sentence.signs_beside(mention.start, mention.end))
        found.append(
            before
            if before is not None and _says_nothing(own, before) and not _reaches(sentence, mention, group)
            else _standing(own, group, kinds[index])
        )
        groups.append(group)
    return tuple(found)


def change_of_cell(candidate: Candidate, text: str, header: Sequence[str], row: str, kind: str) -> Change:
    """The change of a number alone in a cell, by its headers (innermost last) and the name of its row."""
    group = group_of(candidate, text)
    for words in (*reversed(header), row):
        for rule in rules_of("transformation.header"):
            if rule.pattern.search(words) and (group in ("ratio", "time") or "limit" not in (rule.value or "")):
                return _signed(_made(rule.value or "", rule.id), group, candidate)
    words = f"{row}{''.join(header)}⟨{text}⟩"
    return _standing(_first(group, words, signs_of(words)), group, kind)


def _signed(change: Change, group: str, candidate: Candidate) -> Change:
    """*change* of a cell whose number prints its own sign; an amount under 增减 is a difference."""
    direction: Direction | None = "down" if change.direction and candidate.high < 0 else change.direction
    transformation: Transformation = "change" if change.direction and group != "ratio" else change.transformation
    return Change(transformation, direction, change.rule_id)


def _group(sentence: Sentence, mention: Mention) -> str:
    candidate = mention.candidate
    start, end = candidate.start - sentence.start, candidate.end - sentence.start
    group = group_of(candidate, sentence.text[start:end])
    bare = group == "amount" and not candidate.unit
    return "ratio" if bare and pattern_of("phrase.ratio_head").search(sentence.text[: mention.start]) else group


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Whether the mention at *index* only goes on with the one before it."""
    mention = sentence.mentions[index]
    between = sentence.text[sentence.mentions[index - 1].end : mention.start]
    return mention.bare or pattern_of("phrase.goes_on").fullmatch(between) is not None


def _reaches(sentence: Sentence, mention: Mention, group: str) -> bool:
    """Whether an amount is what a change before it leads to (新增1700公里、突破7000公里)."""
    return group == "amount" and reached(sentence, mention)


def reached(sentence: Sentence, mention: Mention) -> bool:
    """Whether the number is said to be reached or passed (突破7000公里)."""
    return any(rule.pattern.match(sentence.text, mention.start) for rule in rules_of("transformation.reached"))


def _says_nothing(own: Change, before: Change) -> bool:
    """Whether *own* is only what counts where no words speak, so that the list's change holds."""
    defaults = ("transformation.ratio.share", "transformation.amount.level", "transformation.points.up")
    return own.rule_id in defaults and before.rule_id not in defaults


def _standing(change: Change, group: str, kind: str) -> Change:
    """A length of time that is set, not found, is a limit, whatever its words."""
    if group == "time" and kind != "fact" and change.rule_id == "transformation.time.level" and in_force(STANDING):
        return Change("limit", None, STANDING)
    return change


def _first(group: str, marked: str, signs: int) -> Change:
    """What the first rule of *group* that matches says; the last rule of a group matches always."""
    for rule in rules_for(f"transformation.{group}", signs):
        if rule.pattern.search(marked):
            return _made(rule.value or "", rule.id)
    return Change("level", None, f"transformation.{group}")


@lru_cache(maxsize=1024)
def _made(value: str, rule_id: str) -> Change:
    transformation, _, direction = value.partition(".")
    return Change(cast(Transformation, transformation), cast(Direction, direction) if direction else None, rule_id)
