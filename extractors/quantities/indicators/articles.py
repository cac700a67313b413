"""Indicators of regulations: circumstances in a list, what must be provided for each so many, attributes of a thing.

有下列情形之一的，应当退出公租房：（一）连续六个月以上闲置的 → 须退出公租房的连续闲置时间;
按每200户不少于1名的标准配备管理员 → 每200户配备管理员; 设置容量不少于120升的收集容器 → 收集容器容量.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.indicators.bearers import is_bare
from extractors.quantities.indicators.reading import Reading, is_share, leading_verb, tidy
from extractors.quantities.indicators.thresholds import TIMES, consequence_of, measure_of
from extractors.rules.registry import rules_of

_NOUN: Final = re.compile(r"(?:及?以[上下内])?的?(?P<noun>[^，。；、的0-9]{2,14})(?=[，。；、]|$)")
_ATTRIBUTE: Final = re.compile(r"(?:及?以[上下内])?的(?P<noun>[^，。；的0-9]{2,14})(?=[，。；]|$)")
_CONDITION_TAIL: Final = re.compile(r"(?:满|达到?)$")


def in_circumstances(reading: Reading, index: int) -> str | None:
    """A bound in a list of circumstances whose lead-in says what follows on them."""
    mention = reading.sentence.mentions[index]
    then = reading.around.list_consequence
    if not then or reading.kinds[index] != "standard" or mention.candidate.comparator == "=":
        return None
    core = _CONDITION_TAIL.sub("", reading.core(mention))
    consequence = consequence_of(then)
    return f"{consequence}的{measure_of(core, mention.candidate)}" if core and consequence else None


def provided(reading: Reading, index: int) -> str | None:
    """What must be provided or set aside at a rate that stands before its verb (按每百户30平方米的标准配建养老设施)."""
    mention = reading.sentence.mentions[index]
    behind = reading.sentence.text[mention.end :]
    match = next((found for rule in rules_of("indicator.provided") if (found := rule.pattern.match(behind))), None)
    if match is None:
        return None
    core = reading.core(mention).rpartition("按")[2]
    rate = "比例" if is_share(mention) else ""
    return tidy(f"{core}{match['deed']}{match['what']}{rate}") if core else None


def attribute(reading: Reading, index: int) -> str | None:
    """A measure that a thing must have (设置容量不少于120升的收集容器), or how long it must last (签订1年以上劳动合同)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    verb = leading_verb(core) or (core if leading_verb(core + "＿") == core else "")
    if reading.kinds[index] != "standard" or not verb or mention.candidate.comparator == "=":
        return None
    behind = reading.sentence.text[mention.candidate.end - reading.sentence.start :]
    measure = core[len(verb) :]
    if measure and is_bare(measure) and (match := _ATTRIBUTE.match(behind)):
        return match["noun"] + measure
    if not measure and mention.candidate.dimension in TIMES and (match := _NOUN.match(behind)):
        return f"{match['noun']}期限"
    return None
