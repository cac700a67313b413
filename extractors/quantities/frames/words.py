"""The words of a phrase: which measure, do or modify something, which change it, which stand for themselves.

A phrase is *bare* where every word of it counts, measures or does something (``lexicons/relational_*.txt``, verbs): 新建
村卫生室68间，每间建筑面积80平方米 leaves unsaid what 每间建筑面积 is of; 台账保存期限 says it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.candidates.candidate import Candidate
from extractors.rules.registry import lexicon, pattern_of, rules_of

_BRACKET_ALONE: Final = re.compile(r"（[^（）]*）")
_QUOTED_MODIFIER: Final = re.compile(r"“[^”]{6,}”的(?=[^，。]{3})")
_LIST_END: Final = re.compile(r"(?:、|和|与|及|以及)+$")
_DEVERBAL: Final = frozenset("率期价额量度费")
_DEEDS: Final = frozenset({"v", "vn", "vd", "d", "ad"})
_REVENUES: Final = frozenset({"收入", "税收", "利税", "利润"})
"""What a deed names fully: 罚没收入, 查补税收."""
_REACHED: Final = frozenset({"突破", "达到", "超过", "实现", "达", "跃居", "位居", "为", "任", "由", "从"})
_RATIO_UNITS: Final = frozenset({"%", "百分点", "‰", "名次", ""})
_LONGEST_BEARER: Final = 16
_LONGEST_RATE: Final = 4
"""Characters of a rate that names nothing of which it is (参配率)."""
_ATTRIBUTIVE: Final = ("性", "型")
"""The end of a word that leaves its head to the next (预防性养护)."""
_LONGEST_DEED: Final = 4
_SHORTEST: Final = 2
_LEFT_OF_LIGHT_VERB: Final = 4


@lru_cache(maxsize=1024)
def tidy(text: str) -> str:
    """*text* without stray signs at its ends and without unbalanced quotation marks."""
    text = pattern_of("phrase.defined").sub("", without_marker(text))
    if _BRACKET_ALONE.fullmatch(text):
        return ""
    text = _QUOTED_MODIFIER.sub("", text.strip("，,、；;：:。—-·的"))
    for opening, closing in ("“”", "（）", "《》"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, "").replace(closing, "")
    return text


def without_marker(text: str) -> str:
    """*text* without the number of a list item in front (（二）粮食产量 → 粮食产量)."""
    match = first_match("phrase.marker", text)
    return text[match.end() :] if match else text


def without_list_sign(text: str) -> str:
    """*text* without a list sign at its end (重点新能源企业和 → 重点新能源企业)."""
    return _LIST_END.sub("", text)


def matches(prefix: str, text: str) -> re.Match[str] | None:
    """The first whole match of *text* by a rule whose id begins with *prefix*."""
    for rule in rules_of(prefix):
        if match := rule.pattern.fullmatch(text):
            return match
    return None


def first_match(prefix: str, text: str) -> re.Match[str] | None:
    """The first match at the beginning of *text* by a rule whose id begins with *prefix*."""
    for rule in rules_of(prefix):
        if match := rule.pattern.match(text):
            return match
    return None


def first_found(prefix: str, text: str) -> re.Match[str] | None:
    """The first match anywhere in *text* by a rule whose id begins with *prefix*."""
    for rule in rules_of(prefix):
        if match := rule.pattern.search(text):
            return match
    return None


def is_share(candidate: Candidate) -> bool:
    """Whether a number is a ratio, a rank or the like, not an amount of things."""
    return candidate.unit in _RATIO_UNITS


@lru_cache(maxsize=8192)
def words_of(phrase: str) -> tuple[str, ...]:
    """The words of *phrase*."""
    return tuple(segmenter().lcut(phrase))


@lru_cache(maxsize=8192)
def without_change(phrase: str) -> str:
    """*phrase* without the change that it may end in (税收同比增长 → 税收)."""
    match = first_found("indicator.change_tail", phrase)
    return phrase[: match.start()] if match and match.start() else phrase


def amount_of(phrase: str) -> str:
    """The amount that *phrase* says the share of (销售面积占全省比重 → 销售面积); *phrase* where it says none."""
    return pattern_of("phrase.share_of_amount").sub("", phrase)


def without_new(phrase: str) -> str:
    """*phrase* without the word at its end that only says that so much was added (通车里程新增 → 通车里程)."""
    match = first_found("indicator.new_tail", phrase)
    return phrase[: match.start()] if match and match.start() else phrase


@lru_cache(maxsize=8192)
def changes(words: str) -> bool:
    """Whether *words* are a change (同比增长)."""
    return matches("indicator.change_only", words) is not None


@lru_cache(maxsize=8192)
def leading_verb(phrase: str) -> str:
    """The verb that *phrase* begins with (新增高新技术企业 → 新增), or nothing."""
    match = first_match("indicator.leading_verb", phrase)
    return match[0] if match and match.end() < len(phrase) else ""


def is_deed(word: str) -> bool:
    """Whether *word* is a verb of achieving."""
    return bool(word) and leading_verb(word + "＿") == word


def without_verb(phrase: str) -> str:
    """*phrase* without its leading verb."""
    return phrase[len(leading_verb(phrase)) :]


def without_giver(core: str) -> str:
    """*core* without who pays (市级财政给予一次性奖励 → 一次性奖励)."""
    match = first_match("indicator.giver", core)
    return core[match.end() :] if match else core


def without_light_verb(core: str) -> str:
    """*core* without a verb that adds nothing (完成财政总收入 → 财政总收入), where enough is left."""
    match = first_match("indicator.light_verb", core)
    return core[match.end() :] if match and len(core) - match.end() >= _LEFT_OF_LIGHT_VERB else core


@lru_cache(maxsize=8192)
def noun_in_front(text: str) -> str:
    """The noun phrase that *text* begins with, up to a verb or measure (农产品|产量居, 共建重点项目|完成投资), or nothing."""
    kept: list[str] = []
    last = 0
    for word in words_of(text):
        tag = tag_of(word)
        ends = tag in ("d", "p", "r") or is_deed(word) or _ends_bearer(word) or (tag == "v" and len(word) == 1)
        if kept and (word in _measures() or ends or _begins_result(kept[-1], word)):
            break
        kept.append(word)
        last = len(kept) if tag[0] in "nj" or tag in ("vn", "l", "i") else last
    noun = "".join(kept[:last])
    return noun if len(noun) >= _SHORTEST and not noun.endswith(tuple(_measures())) else ""


def _begins_result(noun: str, word: str) -> bool:
    """Whether *word* begins what firms or bodies counted by *noun* took in or made (合作社|年经营收入)."""
    said = word == "年" or word.endswith(tuple(_measures()))
    return said and pattern_of("phrase.counted_body").search(noun) is not None


@lru_cache(maxsize=8192)
def is_bare(phrase: str) -> bool:
    """Whether *phrase* measures or does something without saying what it is of."""
    deed = pattern_of("phrase.again_and_again").match(phrase)
    if deed and 0 < len(phrase) - deed.end() <= _LONGEST_DEED:
        return True
    words = words_of(phrase)
    if words[-1:] and words[-1] in _REVENUES and any(tag_of(word) == "v" for word in words[:-1]):
        return False
    return any(_relates(word) for word in words) and all(_relates(word) or _modifies(word) for word in words)


@lru_cache(maxsize=8192)
def modifies_only(phrase: str) -> bool:
    """Whether *phrase* only says how its number counts (单户, 每人每月, 单个县每年)."""
    return bool(phrase) and (
        pattern_of("phrase.each").fullmatch(phrase) is not None or all(_modifies(word) for word in words_of(phrase))
    )


@lru_cache(maxsize=8192)
def deeds_only(phrase: str) -> bool:
    """Whether *phrase* only does something (免费安装, 每年布局)."""
    does = False
    for word in words_of(phrase):
        if tag_of(word) == "v" or is_deed(word):
            does = True
        elif tag_of(word) not in _DEEDS and not _modifies(word):
            return False
    return does


def measures(phrase: str) -> bool:
    """Whether *phrase* ends in a measure (…设立老年医学科的比例)."""
    return phrase.endswith(tuple(_measures()))


def is_aggregate(phrase: str) -> bool:
    """Whether *phrase* is an aggregate of an economy (税收, 就业)."""
    return phrase.endswith(_aggregates())


@lru_cache(maxsize=8192)
def bearer_of(phrase: str) -> str | None:
    """What *phrase* is of, without the verb in front and the measure behind.

    Empty where that bears no measure (an aggregate, a rate), ``None`` where there is nothing but a deed.
    """
    head = without_change(phrase)
    if len(head) <= _LONGEST_RATE and head.endswith("率"):
        return None
    words = words_of(head[len(leading_verb(head)) :])
    first, last = 0, next((place for place, word in enumerate(words) if place and _ends_bearer(word)), len(words))
    while first < last - 1 and tag_of(words[first]) == "v":
        first += 1
    while last > first and (_relates(words[last - 1]) or _modifies(words[last - 1])):
        if last - first > 1 and words[last - 2].endswith(_ATTRIBUTIVE):
            break
        last -= 1
    bearer = "".join(words[first:last])
    if not bearer:
        return None
    if (
        not _SHORTEST <= len(bearer) <= _LONGEST_BEARER
        or bearer.endswith(_aggregates())
        or pattern_of("phrase.no_bearer").search(bearer)
    ):
        return ""
    return bearer


def borne_by(phrase: str) -> str:
    """What bears the measure that *phrase* ends in (粮食播种面积 → 粮食)."""
    head = without_verb(without_change(phrase))
    match = first_found("indicator.measure_tail", head)
    if match:
        return head[: match.start()]
    return "" if head.startswith(("亩均", "人均", "户均")) else head


def _ends_bearer(word: str) -> bool:
    """Whether *word* begins what is said of a bearer (产业集群产值|突破…, 护林员|每人…)."""
    return bool(pattern_of("phrase.per").fullmatch(word)) or word in _REACHED


@cache
def _measures() -> frozenset[str]:
    return frozenset(lexicon("relational_nouns"))


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(lexicon("relational_modifiers"))


@cache
def _aggregates() -> tuple[str, ...]:
    return tuple(lexicon("aggregates"))


@lru_cache(maxsize=8192)
def _relates(word: str) -> bool:
    tag = tag_of(word)
    if word in _measures() or tag == "v" or is_deed(word):
        return True
    return len(word) > _SHORTEST and word[-1] in _DEVERBAL and tag_of(word[:-1]).startswith("v")


def _modifies(word: str) -> bool:
    return word in _modifiers() or bool(pattern_of("phrase.per").fullmatch(word))
