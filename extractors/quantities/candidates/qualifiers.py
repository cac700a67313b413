"""Amounts that qualify a counted noun: of 过10亿元项目3个 only 3个 is a quantity, 10亿元 says which projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.quantities.candidates.candidate import Candidate
from extractors.rules.registry import pattern_of

QUALIFIER: Final = "exclusion.qualifier"
_COUNTED: Final = frozenset({"count", "people", "households", "animals"})
_BOUNDS: Final = frozenset({">=", ">", "<=", "<"})
_WINDOW: Final = 32
"""Characters after an amount that its rules read."""
_FURTHER: Final = ("且", "并且")
"""What joins a further bound of the same case: 20人以上且年收入2000万元以上的."""
_LIST_SIGNS: Final = ("、", "和")
_CAPACITIES: Final = frozenset({"mass", "volume", "power", "energy"})


def without_qualifiers(text: str, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """*candidates* without those that only qualify a noun which another of them counts."""
    kept: list[Candidate] = []
    below = False
    """Whether the candidate behind only qualifies: a threshold that a list sign joins to it does, too."""
    for index in reversed(range(len(candidates))):
        one, following = candidates[index], candidates[index + 1 : index + 2]
        below = (
            (_is_age_of_a_group(text, one) and not _says_who_is_paid(text, one, following))
            or _names_a_project(text, one)
            or _qualifies_next(text, one, following)
            or _qualifies_previous(text, one, candidates[max(0, index - 1) : index], following)
            or (below and one.comparator in ("<", "<=") and _joined(text, one, following[0]))
        )
        if not below:
            kept.append(one)
    return tuple(reversed(kept))


def _words(name: str) -> re.Pattern[str]:
    """What the rule ``qualifier.<name>`` reads of the words around an amount."""
    return pattern_of(f"qualifier.{name}")


def _after(text: str, end: int) -> str:
    return text[end : end + _WINDOW]


def _is_age_of_a_group(text: str, one: Candidate) -> bool:
    """Whether an age names a group (65岁以上老年人占14%)."""
    return (
        one.dimension == "age"
        and _is_threshold(one)
        and _words("aged").match(_after(text, one.outer_end)) is not None
        and _words("age_stated").search(text[: one.outer_start]) is None
    )


def _says_who_is_paid(text: str, one: Candidate, following: Sequence[Candidate]) -> bool:
    """Whether the age decides who falls under a rule: the sentence goes on with what he gets (80周岁以上老人每月补贴100元)."""
    if following and following[0].dimension == "money" and "。" not in text[one.end : following[0].start]:
        return True
    return _words("grant").match(_after(text, one.outer_end)) is not None


def _names_a_project(text: str, one: Candidate) -> bool:
    """Whether a capacity is part of a project's name (120万吨乙烯项目)."""
    dimension = (one.dimension or "").split("/")[0]
    plain = one.comparator == "=" and one.low == one.high and dimension in _CAPACITIES
    return plain and one.end == one.outer_end and _words("project").match(_after(text, one.end)) is not None


def _joined(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether nothing but a list sign and a measure stands between two thresholds (床位不足30张、入住率低于20%的…)."""
    return _words("joint").fullmatch(text[one.outer_end : other.outer_start]) is not None


def _is_threshold(one: Candidate) -> bool:
    return one.comparator in _BOUNDS and not one.is_ranking and one.unit not in ("%", "个百分点", "百分点")


def _qualifies_next(text: str, one: Candidate, following: Sequence[Candidate]) -> bool:
    if not following:
        return False
    other = following[0]
    gap = text[one.outer_end : other.outer_start]
    if not _words("gap").fullmatch(gap):
        return False
    if other.unit in ("%", "") or other.dimension == "ratio":
        return _is_threshold(one) and _words("of_class").fullmatch(gap) is not None
    if _words("capacity").search(text, max(0, one.start - 6), one.start) and _words("among_others").search(gap):
        return True
    if _is_threshold(one) and _words("events").fullmatch(gap):
        return True
    if other.dimension not in _COUNTED or _words("not_new").match(gap):
        return False
    if _is_threshold(one) and _is_threshold(other) and _words("other_case").search(gap):
        return False
    if _is_threshold(one):
        return True
    return one.dimension == "money" and one.comparator == "=" and _words("class").fullmatch(gap) is not None


def _qualifies_previous(
    text: str, one: Candidate, previous: Sequence[Candidate], following: Sequence[Candidate]
) -> bool:
    """Whether a threshold says which of what the number before counts (新建5家年产值1亿元以上企业, 70个30亿元以上项目)."""
    if not previous or previous[0].dimension not in _COUNTED or not _is_threshold(one):
        return False
    gap = text[previous[0].outer_end : one.outer_start]
    if not re.fullmatch(r"(?:[^，。；、：（）！？]{0,11}[^，。；、：（）！？和与及])?", gap) or gap.startswith(
        _FURTHER
    ):
        return False
    if _is_threshold(previous[0]) and _words("other_case").search(gap):
        return False
    if not gap and previous[0].comparator in _BOUNDS:
        return False  # 三人以上七人以下组成: two ends of one step
    if not gap and not _words("bound_before").fullmatch(text, one.outer_start, one.start):
        return False
    if not gap and following and text[one.outer_end : following[0].outer_start] in _LIST_SIGNS:
        return following[0].dimension in _COUNTED  # 30个5000万元以上、12个亿元以上项目: the noun comes last
    noun = _words("noun_after").match(_after(text, one.end))
    return noun is not None and text[one.outer_end : one.outer_end + 1] not in ("，", "。")
