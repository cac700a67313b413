"""Amounts that qualify a counted noun: of 过10亿元项目3个 only 3个 is a quantity, 10亿元 says which projects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.quantities.candidates.candidate import Candidate

QUALIFIER: Final = "exclusion.qualifier"
_COUNTED: Final = frozenset({"count", "people", "households", "animals"})
_BOUNDS: Final = frozenset({">=", ">", "<=", "<"})
_JOINT: Final = re.compile(r"(?:、|且|并|和|或者?)[\u4e00-\u9fff]{0,8}")
_GAP: Final = re.compile(r"的?[^，。；、：（）！？和及与]{1,16}")
_NOT_NEW: Final = re.compile(r"(?:并|且|同时|和|及|与|、|其中|同比|比|较|达|增长|力争|新增)")
_OF_CLASS: Final = re.compile(
    r"(?:的|的?[^，。；、：（）！？]{0,6}(?:村|企业|项目|户|人|学校|乡镇|园区|单位|机构|社区|产品))[^，。；、：（）]{0,6}(?:比例|占比|比重|覆盖率|达到?|占|为)$"
)
_NOUN_AFTER: Final = re.compile(r"(?:以上|以下|以内|（含）以上)?的?(?!的)[\u4e00-\u9fff“]")
_AGED: Final = re.compile(r"的?(?:老年|老人|高龄|人口|[0-9]|人群|人员|儿童|妇女|居民|群众|城乡|参保|农村|女性|男性)")
_GRANT: Final = re.compile(r"[^，。；]{0,12}(?:给予|享受|发放|领取|可以?申请)")
_CAPACITY: Final = re.compile(r"(?:年产|日产|日处理|总投资|投资)约?$")
_AMONG_OTHERS: Final = re.compile(r"等$")
_CAPACITIES: Final = frozenset({"mass", "volume", "power", "energy"})
_NAMED: Final = re.compile(r"[^，。；、：（）的和及0-9]{1,10}(?:项目|工程|装置|机组|生产线|电站)")
_CLASS_NOUN: Final = re.compile(
    r"(?:级|以上|左右)?的?[^，。；、：（）0-9]{0,6}(?:项目|企业|产业|集群|工程|园区|龙头|平台)"
)


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
            or _qualifies_previous(text, one, candidates[max(0, index - 1) : index])
            or (below and one.comparator in ("<", "<=") and _joined(text, one, following[0]))
        )
        if not below:
            kept.append(one)
    return tuple(reversed(kept))


def _is_age_of_a_group(text: str, one: Candidate) -> bool:
    """Whether an age names a group (65岁以上老年人占14%)."""
    return one.dimension == "age" and _is_threshold(one) and _AGED.match(text, one.outer_end) is not None


def _says_who_is_paid(text: str, one: Candidate, following: Sequence[Candidate]) -> bool:
    """Whether the age decides who falls under a rule: the sentence goes on with what he gets (80周岁以上老人每月补贴100元)."""
    if following and following[0].dimension == "money" and "。" not in text[one.end : following[0].start]:
        return True
    return _GRANT.match(text, one.outer_end) is not None


def _names_a_project(text: str, one: Candidate) -> bool:
    """Whether a capacity is part of a project's name (120万吨乙烯项目)."""
    dimension = (one.dimension or "").split("/")[0]
    plain = one.comparator == "=" and one.low == one.high and dimension in _CAPACITIES
    return plain and one.end == one.outer_end and _NAMED.match(text, one.end) is not None


def _joined(text: str, one: Candidate, other: Candidate) -> bool:
    """Whether nothing but a list sign and a measure stands between two thresholds (床位不足30张、入住率低于20%的…)."""
    return _JOINT.fullmatch(text[one.outer_end : other.outer_start]) is not None


def _is_threshold(one: Candidate) -> bool:
    return one.comparator in _BOUNDS and not one.is_ranking and one.unit not in ("%", "个百分点", "百分点")


def _qualifies_next(text: str, one: Candidate, following: Sequence[Candidate]) -> bool:
    if not following:
        return False
    other = following[0]
    gap = text[one.outer_end : other.outer_start]
    if not _GAP.fullmatch(gap):
        return False
    if other.unit in ("%", "") or other.dimension == "ratio":
        return _is_threshold(one) and _OF_CLASS.fullmatch(gap) is not None
    if _CAPACITY.search(text, max(0, one.start - 6), one.start) and _AMONG_OTHERS.search(gap):
        return True
    if other.dimension not in _COUNTED or _NOT_NEW.match(gap):
        return False
    if _is_threshold(one):
        return True
    return one.dimension == "money" and one.comparator == "=" and _CLASS_NOUN.fullmatch(gap) is not None


def _qualifies_previous(text: str, one: Candidate, previous: Sequence[Candidate]) -> bool:
    if not previous or previous[0].dimension not in _COUNTED or not _is_threshold(one):
        return False
    gap = text[previous[0].outer_end : one.outer_start]
    if not re.fullmatch(r"[^，。；、：（）！？]{0,11}[^，。；、：（）！？和与及]", gap):
        return False
    return _NOUN_AFTER.match(text, one.end) is not None and text[one.outer_end : one.outer_end + 1] not in ("，", "。")
