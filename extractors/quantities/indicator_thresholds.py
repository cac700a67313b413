"""Indicators of thresholds: what a rule's case measures, named by what follows on it.

对抛荒一年以上的耕地，取消补贴 → 取消补贴的耕地抛荒时间; 年营业收入突破10亿元的企业，给予奖励 → 享受奖励的年营业收入.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.indicator_reading import Reading, tidy
from extractors.rules import rules_of

_TAILS: Final = {"time": "时间", "duration": "时间", "area": "面积"}
"""What a threshold of a dimension is called where its own words do not say."""
_LONGEST_CORE: Final = 12
_REACH: Final = 60
_NUMBER_OF_TIMES: Final = "次"
_CASE_WORDS: Final = re.compile(r"^(?:凡|对于?|如|若|出现|因)|(?:的?累计|连续)$")


def threshold(reading: Reading, index: int) -> str | None:
    """What a number inside a rule's case measures, with the consequence that the case has."""
    mention = reading.sentence.mentions[index]
    if reading.kinds[index] != "standard" or mention.candidate.unit == "":
        return None
    number_end = mention.candidate.end - reading.sentence.start
    behind = reading.sentence.text[number_end : number_end + _REACH]
    rules = rules_of("indicator.threshold")
    match = next((found for rule in rules if (found := rule.pattern.match(behind))), None)
    if match is None:
        return None
    consequence = _consequence(match["then"])
    core = _CASE_WORDS.sub("", reading.core(mention)) or (reading.around.topic if reading.around.in_row else "")
    if not core or not consequence:
        return None
    unit = mention.candidate.unit
    noun = tidy(match["noun"] or "")
    tail = _TAILS.get(mention.candidate.dimension or "", "次数" if unit == _NUMBER_OF_TIMES else "")
    if len(core) + len(noun) <= _LONGEST_CORE and not core.endswith(tail or "额"):
        core += noun
    if tail and not core.endswith((tail, "期限", "周期")):
        core += tail
    return f"{consequence}的{core}"


def _consequence(words: str) -> str:
    """The consequence in short: what is granted is enjoyed (享受…补助), a duty stands with 须."""
    for rule in rules_of("indicator.consequence_of_case"):
        match = rule.pattern.search(words)
        if match:
            return (rule.value or "") + tidy(match["what"])
    return ""
