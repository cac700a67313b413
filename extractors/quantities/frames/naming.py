"""Naming: from the phrase that a number measures to its subject and its metric.

The metric is without whose it is, without the issuer's own area and without the change that the transformation says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from extractors.quantities.frames.proper import split_named
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.subject import (
    AREA_TAILS,
    Subject,
    named_by_place,
    split_subject,
    subject_of_row,
    without_own_area,
)
from extractors.quantities.frames.transformation import Change
from extractors.quantities.frames.words import without_change, without_marker, without_new
from extractors.rules.registry import Rule, pattern_of, rules_for, rules_of, rules_of_all, signs_of
from schemas.making import quickly_made

RANKED_PLACE: Final = "subject.ranked_place"
_CLAUSES: Final = ("metric.listed", "metric.clause")
"""What a metric is without, in the order of trial."""
_SIGNS: Final = "，,、；;：:。—-·的"
_CHANGED: Final = frozenset({"growth", "change"})
_PACES: Final = ("增速", "增幅", "降幅", "涨幅", "跌幅")
"""What changes where a pace itself does: 增速提高0.9个百分点."""
_SHORTEST: Final = 2
_SHORTEST_RANKED: Final = 4
"""Characters of what a place at its end is ranked by."""
_LONGEST_METRIC: Final = 60


@quickly_made
@dataclass(frozen=True, slots=True)
class Name:
    """What a value measures: subject (if one is named) and metric."""

    subject: Subject | None
    metric: str


def named(phrase: str, change: Change, own: frozenset[str], whole: bool = False, signs: int | None = None) -> Name:
    """The name of what *phrase* says that a number measures; a *whole* one has no subject in front.

    *signs* are those of a text that holds *phrase*, if known: all that is cut off it leaves a part of it.
    """
    signs = signs_of(phrase) if signs is None else signs
    timeless = _untimed_front(without_marker(phrase) or phrase)
    by_name = named_by_place(timeless) or split_named(timeless, signs=signs)
    plain = timeless if by_name else without_own_area(timeless, own)
    of_a_pace = change.transformation == "change" and plain.endswith(_PACES)
    if change.transformation in _CHANGED and not of_a_pace:
        plain = without_new(without_change(plain).removesuffix("翻"))
    subject, rest = (None, plain) if whole else _split(plain, own, signs)
    if change.transformation == "rank":
        rest = _unranked(rest)
        subject, rest = _ranked_place(rest, own) if subject is None and not whole else (subject, rest)
    metric = _stripped(rest, signs)
    if len(metric) < _SHORTEST:
        subject, metric = None, _stripped(plain, signs)
    metric = f"{metric}比" if metric.endswith("占") else metric  # 过夜游客占34%
    return Name(subject, (metric or plain or phrase)[:_LONGEST_METRIC])


def _split(phrase: str, own: frozenset[str], signs: int) -> tuple[Subject | None, str]:
    """The subject at the front of *phrase* and the rest: a longer name by its own kind before the place that it begins with."""
    subject, rest = split_subject(phrase, own, signs)
    longer = split_named(phrase, signs=signs) if subject is None or subject.type == "place" else None
    if longer is None or longer[0].text in own or (subject and not longer[0].text.startswith(subject.text)):
        return subject, rest
    return longer


def _unranked(phrase: str) -> str:
    """*phrase* without among whom it is ranked (自主创新指数连续五年排名全国 → 自主创新指数)."""
    for rule in rules_of("metric.rank_tail"):
        match = rule.pattern.search(phrase)
        if match and match.start() >= _SHORTEST:
            return phrase[: match.start()]
    return phrase


def _ranked_place(phrase: str, own: frozenset[str]) -> tuple[Subject | None, str]:
    """The place at the end of what is ranked, and what it is ranked by (环境满意度测评青柯州居全省第一 → 环境满意度测评)."""
    if pattern_of(RANKED_PLACE).match(phrase) is None:
        return None, phrase
    for start in range(_SHORTEST_RANKED, len(phrase) - 1):
        place = phrase[start:]
        if place_at_front(place) == len(place) and place not in own and place.rstrip(AREA_TAILS) not in own:
            return Subject(place, "place", RANKED_PLACE), phrase[:start]
    return None, phrase


def _untimed_front(phrase: str) -> str:
    """*phrase* without the times and adverbs in front (一季度全市粮食产量 → 全市粮食产量)."""
    for rule in rules_of("metric.front.time"):
        match = rule.pattern.match(phrase)
        if match and len(phrase) - match.end() >= _SHORTEST:
            phrase = phrase[match.end() :]
    return phrase


def named_cell(row: str, column: str, phrase: str, change: Change, own: frozenset[str]) -> Name:
    """The name of what a number alone in a cell measures: *row* and *column* are what names them.

    A row that is whose its values are is the subject; a column of times or plain values leaves the metric to the row.
    """
    subject = subject_of_row(row) if column else None
    if subject is not None and subject.text.rstrip(AREA_TAILS) not in own and subject.text not in own:
        return Name(subject, _stripped(_untimed(column)) or column)
    timed = _untimed(column)
    if row and not timed:
        return named(row, change, own)
    if row and column and phrase.startswith(row + column):
        phrase = f"{row}{timed}{phrase[len(row + column) :]}"
    return named(phrase, change, own)


def _untimed(column: str) -> str:
    """*column* without the years, plans and plain words of its header (2024年目标 → nothing)."""
    for rule in rules_of("metric.header_time"):
        column = rule.pattern.sub("", column)
    return column


def _stripped(phrase: str, signs: int | None = None) -> str:
    signs = signs_of(phrase) if signs is None else signs
    for rule in rules_of_all(_CLAUSES, signs):
        shorter = rule.pattern.sub("", phrase)
        if _SHORTEST <= len(shorter) < len(phrase):
            phrase, signs = _stripped_on(shorter, rule)
            break
    for rule in rules_for("metric.front", signs):
        match = rule.pattern.match(phrase)
        if match and len(phrase) - match.end() >= _SHORTEST:
            phrase = phrase[match.end() :]
    return re.sub(r"[（(][^（）()]*$", "", phrase.strip(_SIGNS)) or phrase


@cache
def _behind(rule_id: str) -> tuple[Rule, ...]:
    """The rules for clauses that are tried behind that one."""
    rules = tuple(rule for prefix in _CLAUSES for rule in rules_of(prefix))
    return rules[next(place for place, rule in enumerate(rules, 1) if rule.id == rule_id) :]


def _stripped_on(phrase: str, last: Rule) -> tuple[str, int]:
    """*phrase*, which the rule *last* has shortened, by the rules behind that one, with its signs.

    What now stands side by side may be more than the phrase held.
    """
    signs = signs_of(phrase)
    for rule in _behind(last.id):
        shorter = rule.pattern.sub("", phrase) if rule.may_match(signs) else phrase
        if _SHORTEST <= len(shorter) < len(phrase):
            phrase, signs = shorter, signs_of(shorter)
    return phrase, signs
