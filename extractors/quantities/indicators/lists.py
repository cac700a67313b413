"""Indicators of numbers that leave something unsaid: lists, parts, changes, measures of what went before."""

from __future__ import annotations

import re
from typing import Final

from extractors.quantities.description.sentences import Mention
from extractors.quantities.indicators.reading import (
    Reading,
    clause_before,
    is_share,
    leading_verb,
    matches,
    without_change,
    without_verb,
)
from extractors.rules.registry import rules_of

_SHARE: Final = re.compile(r"占[^占]{2,16}(?:比例|倍数)$|(?<=[补奖贴返][贴息助励补还])比例$")
_SHORTEST_HEAD: Final = 2
_LONGEST_TWIN: Final = 4


def listed(reading: Reading, index: int) -> str | None:
    """The next item of a list that shares its verb (申报高新技术企业8家、科技型中小企业100家)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    before = reading.previous()
    if before is None or not mention.listed or not core:
        return None
    if any(rule.pattern.search(core) for rule in rules_of("indicator.measure_tail")):
        return None
    shared = len(_common_tail(core, before))
    if (
        len(core) <= _LONGEST_TWIN
        and shared >= _SHORTEST_HEAD
        and len(before) > len(core) > shared
        and not leading_verb(core)
    ):
        return before[: -len(core)] + core
    verb = leading_verb(before)
    return core if not verb or core.startswith(verb) or leading_verb(core) else verb + core


def _common_tail(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return one[len(one) - length :]


def part_of_it(reading: Reading, index: int) -> str | None:
    """A part of the number before (其中早稻39万亩, 其中过10亿元项目3个, 其中国家级1个, 其中税收占比71%)."""
    mention = reading.sentence.mentions[index]
    before = reading.previous(alike=True)
    window = reading.sentence.window(mention)
    if before is None or ("其中" not in window and not _in_part(reading, index)):
        return None
    core = reading.core(mention)
    if not core:
        return None
    share = matches("indicator.share_of_whole", core)
    if share and mention.candidate.unit in ("%", ""):
        return _share_of_whole(share["part"], without_change(reading.previous() or before)) + (share["change"] or "")
    return inherit(core, before)


def _share_of_whole(part: str, whole: str) -> str:
    """A part's share of its whole; a part of the same things stands inside it (引进资金中省外资金占比)."""
    if part[-_SHORTEST_HEAD:] == whole[-_SHORTEST_HEAD:]:
        return f"{whole}中{part}占比"
    return f"{part}占{without_verb(whole)}比重"


def _in_part(reading: Reading, index: int) -> bool:
    mention = reading.sentence.mentions[index]
    if not index or not mention.listed:
        return False
    return reading.named[index - 1].strategy == "part_of_it"


def inherit(core: str, before: str) -> str:
    """*core* with what it leaves unsaid taken from the indicator *before*: level, verb, or measure."""
    if matches("indicator.measure_alone", core):
        return _bearer(before) + core
    if leading_verb(core + "＿") == core:
        return core + without_verb(before)
    if core.endswith(("承担", "负担")):
        return core + before
    level = matches("indicator.level", core)
    if level:
        for rule in rules_of("indicator.level_inside"):
            match = rule.pattern.search(before)
            if match:
                return before[: match.start()] + core + before[match.end() :]
        return leading_verb(before) + core + without_verb(before)
    measure = next((m[0] for rule in rules_of("indicator.measure_tail") if (m := rule.pattern.search(before))), "")
    if measure and not any(rule.pattern.search(core) for rule in rules_of("indicator.measure_tail")):
        return core + (measure[-2:] if core[-1] in "播种植养" else measure)
    verb = leading_verb(before)
    return core if core.startswith(verb) else verb + core


def changed(reading: Reading, index: int) -> str | None:
    """A change of what was measured before (总额286.4亿元，同比增长7.2%; 由41%提高到60%)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if core and not matches("indicator.change_only", core):
        return None
    before = reading.previous() or (reading.around.topic if core else None)
    if not before:
        return None
    head = without_change(before if is_share(mention) else _SHARE.sub("", before) or before)
    deed = matches("indicator.change_only", core)
    if core:
        return head + (deed["deed"] if deed else "")
    return head if _leads_to(reading, mention) or (not is_share(mention) and _SHARE.search(before)) else before


def _leads_to(reading: Reading, mention: Mention) -> bool:
    return bool(re.search(r"[到至]$", reading.sentence.window(mention)))


def verb_alone(reading: Reading, index: int) -> str | None:
    """A verb whose object was named before (累计新增6家，6月底前累计新增18家)."""
    mention = reading.sentence.mentions[index]
    before = reading.previous()
    core = reading.core(mention)
    if before is not None and core in ("累计", "合计", "共计"):
        return without_verb(before)
    if before is None or not core or leading_verb(core + "＿") != core:
        return None
    verb = core.removeprefix("累计").removeprefix("再")
    return before if verb in before else verb + without_verb(before)


def measure_alone(reading: Reading, index: int) -> str | None:
    """A measure whose bearer was named before (粮食播种面积118万亩，总产量50万吨 → 粮食总产量)."""
    mention = reading.sentence.mentions[index]
    core = reading.core(mention)
    if not matches("indicator.measure_alone", core):
        return None
    before = reading.previous()
    subject = clause_before(reading, mention.left)
    bearer = subject or (_bearer(before) if before else reading.around.topic if reading.around.in_row else "")
    return (core if bearer.endswith(core) else bearer + core) if bearer else None


def _bearer(before: str) -> str:
    """What bears the measure of an indicator (粮食播种面积 → 粮食)."""
    head = without_verb(without_change(before))
    for rule in rules_of("indicator.measure_tail"):
        match = rule.pattern.search(head)
        if match:
            return head[: match.start()]
    return "" if head.startswith(("亩均", "人均", "户均")) else head


def consequence(reading: Reading, index: int) -> str | None:
    """Whom the thing before it benefits (改造老旧小区58个，惠及居民4300余户)."""
    before = reading.previous()
    core = reading.core(reading.sentence.mentions[index])
    return before + core if before and matches("indicator.consequence", core) else None
