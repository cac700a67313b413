"""Indicators of numbers whose own words name nothing: the thing was named in a clause before, without a number.

推广智能终端，年内免费安装10万台 → 安装智能终端; 固定资产投资由负转正，同比增长3% → 固定资产投资同比增长;
按设备投资的10%给予补助，单户最高50万元 → 单户补助; 城镇新增就业5万人，完成年度目标的116% → 城镇新增就业完成年度目标比例.
"""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.indicators.bearers import deeds_only, measures, modifies_only
from extractors.quantities.indicators.reading import (
    Reading,
    clause_bounds,
    is_share,
    leading_verb,
    matches,
    without_change,
)

_ADVERBIAL: Final = re.compile(r"^(?:其中|按|根据|扣除|依据|依托|围绕|通过|以|在|对|对于|为了?|随着|作为|经|力争|确保)")
_SHARE_BEHIND: Final = re.compile(r"(?:占.{2,16})?(?:比例|比重|标准|期限?)$")
_REGION: Final = re.compile(r"^[全我本][国省市县区州旗]")
_LONGEST_TOPIC: Final = 24


def clause_object(reading: Reading, index: int) -> str:
    """What the comma clause before the number at *index* does something to."""
    bounds = clause_bounds(reading, reading.sentence.mentions[index].left)
    if bounds is None:
        return ""
    start = reading.phrases.behind_last(*bounds, _is_deed)
    return _topic(reading.trimmed(start, bounds[1]) if start < bounds[1] else "")


def clause_topic(reading: Reading, index: int) -> str:
    """What the comma clause before the number at *index* is about: its subject, else what it does something to."""
    bounds = clause_bounds(reading, reading.sentence.mentions[index].left)
    if bounds is None or _ADVERBIAL.match(reading.sentence.text[bounds[0] : bounds[1]]):
        return ""
    start, end = reading.phrases.trim(*bounds)
    whole = reading.trimmed(start, end)
    if "的" in whole and measures(whole):
        return _topic(whole)
    subject = _topic(reading.trimmed(start, reading.phrases.subject_end_before_verb(start, end)))
    return subject or clause_object(reading, index)


def _topic(words: str) -> str:
    return words if 2 <= len(words) <= _LONGEST_TOPIC else ""


def _is_deed(word: str) -> bool:
    return leading_verb(word + "＿") == word


def deed_alone(reading: Reading, index: int) -> str | None:
    """A verb before the number whose object the clause before names (推广智能终端，免费安装10万台)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not core or is_share(mention):
        return None
    if modifies_only(core) and (deed := _deed_before(reading, index)):
        return core + deed
    if not deeds_only(_REGION.sub("", core)):
        return None
    thing = clause_object(reading, index)
    core = _REGION.sub("", core)
    return core + thing if thing and thing not in core else None


def _deed_before(reading: Reading, index: int) -> str:
    """What the clause before does, as a whole (全面改造公办敬老院，每年不少于90所)."""
    bounds = clause_bounds(reading, reading.sentence.mentions[index].left)
    deed = _topic(reading.trimmed(*bounds)) if bounds else ""
    return deed if leading_verb(deed) else ""


def changed_topic(reading: Reading, index: int) -> str | None:
    """A change, or a number with no words at all, of what the clause before is about."""
    core = reading.core(reading.sentence.mentions[index])
    deed = matches("indicator.change_only", core)
    if (core and not deed) or reading.kinds[index] == "standard":
        return None
    topic = clause_topic(reading, index)
    return topic + (deed["deed"] if deed else "") if topic else None


def capped(reading: Reading, index: int) -> str | None:
    """A bound of the grant before it, for one receiver or period (…给予补助，单户最高50万元)."""
    mention = reading.sentence.mentions[index]
    core, before = reading.core(mention), reading.previous()
    if not core or before is None or mention.candidate.dimension != "money" or not modifies_only(core):
        return None
    grant = _SHARE_BEHIND.sub("", before)
    return core + grant if grant else None


def against_others(reading: Reading, index: int) -> str | None:
    """How far a pace just named is from that of others (增长6.1%，高于全省0.3个百分点)."""
    core, before = reading.core(reading.sentence.mentions[index]), reading.previous()
    if not before or not matches("indicator.against", core):
        return None
    head = without_change(before)
    return head + ("增速" if head != before and not head.endswith("增速") else "") + core


def served(reading: Reading, index: int) -> str | None:
    """What is done for those who are counted (为800户困难家庭实施适老化改造)."""
    mention = reading.sentence.mentions[index]
    if not reading.sentence.window(mention).endswith(("为", "向", "给")):
        return None
    following = [other.start for other in reading.sentence.mentions[index + 1 : index + 2]]
    end = min([*following, len(reading.sentence.text)])
    behind = re.split(r"[，。；：]", reading.sentence.text[mention.end : end])[0]
    match = matches("indicator.served", behind)
    return match["who"] + match["what"] if match else None


def of_the_aim(reading: Reading, index: int) -> str | None:
    """How much of its aim a result is (城镇新增就业5万人，完成年度目标的116%)."""
    core = reading.core(reading.sentence.mentions[index])
    if not matches("indicator.aim", core):
        return None
    before = reading.previous()
    head = without_change(before) if before else reading.around.topic
    return f"{head}完成{core.removeprefix('完成').removeprefix('占')}比例" if head else None
