"""Bearers: what a measure or deed is of, where the words before its number leave that to the words before them.

新建村卫生室68间，每间建筑面积80平方米 → 村卫生室每间建筑面积; 台账保存期限 says what it is of and stays as it is.
A phrase is *bare* where every word of it counts, measures or does something (``lexicons/relational_*.txt``, verbs).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.indicators.reading import Reading, clause_before, leading_verb, without_change
from extractors.rules.registry import lexicon

_LONGEST_BEARER: Final = 16
_LONGEST_DEED: Final = 4
_FARTHEST: Final = 3
_PER: Final = re.compile(r"每[一-鿿]{1,3}|[一二三四五六七八九十百\d]+[年月日天]")
_EACH: Final = re.compile(r"(?:单个?[一-鿿]{1,2}|每[一-鿿]{1,2}|累计|年度)+")
_DEVERBAL: Final = frozenset("率期价额量度费")
_NO_BEARER: Final = re.compile(r"的|应当|必须|按照|可以|^[全我本][国省市县区州旗]$|[率度值]$")
_REACHED: Final = frozenset({"突破", "达到", "超过", "实现", "达", "跃居", "位居", "为", "任", "由", "从"})
_REVENUES: Final = frozenset({"收入", "税收", "利税", "利润"})
"""What a deed names fully: 罚没收入, 查补税收."""
_DEEDS: Final = frozenset({"v", "vn", "vd", "d", "ad"})
_AGAIN_AND_AGAIN: Final = re.compile(r"每(?:[两半一二三四五]个?|个)?(?:年|季度?|月|旬|周|日|天|学期|学年)")


def completed(reading: Reading, index: int, phrase: str) -> str:
    """*phrase* with what bears it in front, where it is bare and the words before its number name a bearer."""
    if not is_bare(phrase):
        return phrase
    reading.bearer = _bearer_before(reading, index) or _carried(reading, phrase)
    if reading.around.in_row and reading.bearer == reading.around.topic and deeds_only(phrase):
        return phrase + reading.bearer
    return reading.bearer + phrase


@lru_cache(maxsize=4096)
def is_bare(phrase: str) -> bool:
    """Whether *phrase* measures or does something without saying what it is of."""
    deed = _AGAIN_AND_AGAIN.match(phrase)
    if deed and 0 < len(phrase) - deed.end() <= _LONGEST_DEED:
        return True
    words = words_of(phrase)
    if words[-1:] and words[-1] in _REVENUES and any(tag_of(word) == "v" for word in words[:-1]):
        return False
    return any(_relates(word) for word in words) and all(_relates(word) or _modifies(word) for word in words)


@lru_cache(maxsize=4096)
def words_of(phrase: str) -> tuple[str, ...]:
    """The words of *phrase*."""
    return tuple(segmenter().lcut(phrase))


def is_aggregate(phrase: str) -> bool:
    """Whether *phrase* is an aggregate of an economy (税收, 就业)."""
    return phrase.endswith(_aggregates())


def _carried(reading: Reading, phrase: str) -> str:
    """What a rate that begins its sentence is of: what the sentence before measured first (…项目180个。开工率达到80%)."""
    return reading.around.carried if phrase.endswith("率") and not reading.named else ""


def modifies_only(phrase: str) -> bool:
    """Whether *phrase* only says how its number counts (单户, 每人每月, 单个县每年)."""
    return bool(phrase) and (_EACH.fullmatch(phrase) is not None or all(_modifies(word) for word in words_of(phrase)))


def _before_bracket(reading: Reading, index: int) -> str:
    """What stands before the bracket in which the number at *index* is (数据中心项目（总投资5亿元，占地60亩）)."""
    mention, outline = reading.sentence.mentions[index], reading.sentence.outline
    if mention.end > len(outline) or outline[mention.end - 1] != "_":
        return ""
    opening = reading.sentence.text.rfind("（", 0, mention.start)
    if opening <= 0 or outline[opening] != "（":
        return ""
    start = max(outline.rfind(sign, 0, opening) for sign in "，,：:；;。") + 1
    whole = re.split(r"(?<=.{2})[任为](?=.{3})", reading.sentence.text[start:opening])[0]
    return bearer_of(whole) or bearer_of(whole.rpartition("、")[2]) or ""


def deeds_only(phrase: str) -> bool:
    """Whether *phrase* only does something (免费安装, 每年布局)."""
    words = words_of(phrase)
    deeds = [tag_of(word) == "v" or leading_verb(word + "＿") == word for word in words]
    return any(deeds) and all(
        deed or tag_of(word) in _DEEDS or _modifies(word) for word, deed in zip(words, deeds, strict=True)
    )


def measures(phrase: str) -> bool:
    """Whether *phrase* ends in a measure (…设立老年医学科的比例)."""
    return phrase.endswith(tuple(_measures()))


def bearer_of(indicator: str) -> str | None:
    """What *indicator* is of, without the verb in front and the measure behind.

    Empty where that bears no measure (an aggregate, a rate), ``None`` where there is nothing but a deed.
    """
    head = without_change(indicator)
    words = words_of(head[len(leading_verb(head)) :])
    first, last = 0, next((place for place, word in enumerate(words) if place and _ends_bearer(word)), len(words))
    while first < last - 1 and tag_of(words[first]) == "v":
        first += 1
    while last > first and (_relates(words[last - 1]) or _modifies(words[last - 1])):
        last -= 1
    bearer = "".join(words[first:last])
    if not bearer:
        return None
    if not 2 <= len(bearer) <= _LONGEST_BEARER or bearer.endswith(_aggregates()) or _NO_BEARER.search(bearer):
        return ""
    return bearer


def _bearer_before(reading: Reading, index: int) -> str:
    """What the comma clause before speaks of, else what the number before measures something of."""
    mention = reading.sentence.mentions[index]
    clause = clause_before(reading, mention.left) if mention.left else ""
    if clause:
        return bearer_of(clause) or ""
    if reading.bearer:
        return reading.bearer
    inside = _before_bracket(reading, index)
    if inside:
        return inside
    borne = (bearer_of(named.indicator) for named in reversed(reading.named[-_FARTHEST:]))
    found = next((bearer for bearer in borne if bearer is not None), None)
    return found if found is not None else (reading.around.topic if reading.around.in_row else "")


def _ends_bearer(word: str) -> bool:
    """Whether *word* begins what is said of a bearer (产业集群产值|突破…, 护林员|每人…)."""
    return bool(_PER.fullmatch(word)) or word in _REACHED


@cache
def _measures() -> frozenset[str]:
    return frozenset(lexicon("relational_nouns"))


@cache
def _modifiers() -> frozenset[str]:
    return frozenset(lexicon("relational_modifiers"))


@cache
def _aggregates() -> tuple[str, ...]:
    return tuple(lexicon("aggregates"))


def _relates(word: str) -> bool:
    tag = tag_of(word)
    if word in _measures() or tag == "v" or leading_verb(word + "＿") == word:
        return True
    return len(word) > 2 and word[-1] in _DEVERBAL and tag_of(word[:-1]).startswith("v")


def _modifies(word: str) -> bool:
    return word in _modifiers() or bool(_PER.fullmatch(word))
