"""Indicators of thresholds: what a rule's case measures, named by what follows on it.

对抛荒一年以上的耕地，取消补贴 → 取消补贴的耕地抛荒时间; 年营业收入突破10亿元的企业，给予奖励 → 享受奖励的年营业收入.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.indicators.reading import Reading, tidy
from extractors.rules.registry import rules_of

TIMES: Final = frozenset({"time", "days", "working_days", "months", "terms"})
"""Dimensions of lengths of time."""
_TAILS: Final = {**dict.fromkeys(sorted(TIMES), "时间"), "area": "面积"}
"""What a threshold of a dimension is called where its own words do not say."""
_LONGEST_CORE: Final = 12
_REACH: Final = 60
_CONDITION: Final = re.compile(r"满|达到?|连续|累计|排名")
_BOUNDS: Final = ("以上", "以下", "及以上", "及以下")
_NUMBER_OF_TIMES: Final = "次"
_CASE_WORDS: Final = re.compile(r"^(?:凡|对于?|如|若|出现|因)|(?:的?累计|连续)$")


def threshold(reading: Reading, index: int) -> str | None:
    """What a number inside a rule's case measures, with the consequence that the case has."""
    mention = reading.sentence.mentions[index]
    if reading.kinds[index] != "standard" or mention.candidate.unit == "":
        return None
    if mention.bare and reading.named[-1].strategy == "threshold":
        return reading.named[-1].indicator
    if mention.candidate.comparator == "=" and not _CONDITION.search(reading.sentence.window(mention)):
        return None
    number_end = mention.candidate.end - reading.sentence.start
    behind = reading.sentence.text[number_end : number_end + _REACH]
    if mention.candidate.dimension in TIMES and behind.startswith(("内", "以内", "之内")):
        return None
    rules = rules_of("indicator.threshold")
    match = next((found for rule in rules if (found := rule.pattern.match(behind))), None)
    if match is None:
        return None
    consequence = _consequence(
        match["then"], _up_to_next(reading, index, number_end + match.start("then"), match["then"])
    )
    core = _CASE_WORDS.sub("", reading.core(mention) or reading.sentence.window(mention).lstrip("，、"))
    core = core or reading.threshold or (reading.around.topic if reading.around.in_row else "")
    if not core or not consequence:
        return None
    core = core.rpartition("对")[2] or core
    reading.threshold = core
    return f"{consequence}的{measure_of(core, mention.candidate, tidy(match['noun'] or ''))}"


def measure_of(core: str, candidate: Candidate, noun: str = "") -> str:
    """*core* with the *noun* behind its number, where it is short, and the measure that its number's unit implies."""
    tail = _TAILS.get(candidate.dimension or "", "次数" if candidate.unit == _NUMBER_OF_TIMES else "")
    if len(core) + len(noun) <= _LONGEST_CORE and not core.endswith(tail or "额"):
        core += noun
    return core if not tail or core.endswith((tail, "期限", "周期", "时长")) else core + tail


def _up_to_next(reading: Reading, index: int, start: int, words: str) -> str:
    """*words*, which begin at *start*, up to the next number."""
    following = reading.sentence.mentions[index + 1 : index + 2]
    return words[: max(0, following[0].start - start)] if following else words


def threshold_case(reading: Reading, index: int) -> str:
    """The case that the threshold at *index* sets apart, with its number (年营业收入首次突破10亿元)."""
    mention = reading.sentence.mentions[index]
    first = index
    while reading.sentence.mentions[first].bare and first:
        first -= 1
    opening = reading.sentence.mentions[first]
    front = reading.sentence.text[opening.left : opening.candidate.start - reading.sentence.start]
    start, end = (place - reading.sentence.start for place in (mention.candidate.start, mention.candidate.end))
    behind = reading.sentence.text[end : end + _REACH]
    bound = next((words for words in _BOUNDS if behind.startswith(words)), "")
    front = _CASE_WORDS.sub("", front.lstrip("，、")) or reading.threshold
    return front + reading.sentence.text[start:end] + bound


def consequence_of(words: str) -> str:
    """The consequence that *words* say, in short (应当退出公租房 → 须退出公租房)."""
    return _consequence(words, words)


def _consequence(words: str, first: str) -> str:
    """The consequence in short: what is granted is enjoyed (享受…补助), a duty stands with 须.

    Any other is read in *first* alone, the *words* before the next number.
    """
    for rule in rules_of("indicator.consequence_of_case"):
        match = rule.pattern.search(words if rule.value else first or words)
        if match:
            return (rule.value or "") + tidy(match["what"])
    return ""
