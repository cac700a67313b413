"""Indicators of numbers that leave something unsaid: lists, parts, changes, measures of what went before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.quantities.indicator_bearers import bearer_of, is_aggregate, is_bare, measures, words_of
from extractors.quantities.indicator_reading import (
    Reading,
    changes,
    clause_before,
    clause_bounds,
    is_share,
    leading_verb,
    matches,
    sanction,
    without_change,
    without_verb,
)
from extractors.quantities.indicator_thresholds import threshold_case
from extractors.quantities.sentences import Mention
from extractors.rules import rules_of

_LIST: Final = re.compile(r"、|以及|及其|和|与|及|并")
_PLACES: Final = "一二三四五六七八九十"
_RANKED: Final = re.compile(r"(?:排名|进入|位列|位居|列|获得?)?(?:全[国省市县区])?(?:排名)?$")
_SHARE: Final = re.compile(r"占[^占]{2,16}(?:比例|倍数)$|(?<=[补奖贴返][贴息助励补还])比例$")
_SHORTEST_HEAD: Final = 2
_LONGEST_TWIN: Final = 4
_LONGEST_CORE_OF_ITEMS: Final = 6
_REACH: Final = 40
_SHORTEST_SHARED: Final = 2
_LONGEST_MODIFIER: Final = 3


def distributed(reading: Reading, index: int) -> str | None:
    """A list of numbers over a list of heads (A、B分别增长7%、8%; 区、街道、社区三级站点1个、9个、46个)."""
    mentions = reading.sentence.mentions
    first = index
    while _goes_on(reading, first) and first:
        first -= 1
    last = index
    while last + 1 < len(mentions) and _goes_on(reading, last + 1):
        last += 1
    size = last - first + 1
    if size < 2:
        return None
    opening = mentions[first]
    core = re.sub("分别|依次", "", reading.core(opening))
    levels = matches("indicator.levels", core)
    if levels:
        names = _LIST.split(levels["names"])
        if len(names) == size:
            return f"{levels['verb']}{names[index - first]}级{levels['head']}"
    pair = _paired(core, size)
    if pair:
        return pair[index - first]
    items = reading.items(core)
    if len(items) == size:
        return _shared_tail(items, index - first) + sanction(reading, last)
    named = _items_of_clause(reading, first, size)
    if named and len(core) <= _LONGEST_CORE_OF_ITEMS:
        return _shared_tail(named, index - first) + core + sanction(reading, last)
    own = _own_change(reading, index) if index > first else ""
    deed = matches("indicator.change_only", own or core)
    grant = matches("indicator.grant_alone", core)
    placed = _by_place(reading, first, size, index - first)
    if placed:
        return placed + (sanction(reading, last) or core)
    if first >= size and reading.named[index - size].strategy == "threshold":
        return threshold_case(reading, index - size) + (sanction(reading, last) or core)
    if first >= size and (not core or deed or grant or leading_verb(core + "＿") == core):
        return without_verb(reading.named[index - size].indicator) + (deed["deed"] if deed else core)
    if first >= size and len(core) <= _LONGEST_TWIN and "分别" in reading.sentence.window(opening):
        return (bearer_of(reading.named[index - size].indicator) or "") + core
    return None if index == first or not core else core


def _by_place(reading: Reading, first: int, size: int, place: int) -> str:
    """Whose prize a number is, where as many numbers follow on a rank (进入前三的乡镇，分别奖补10万元、8万元、5万元)."""
    if not first or not reading.sentence.mentions[first - 1].candidate.is_ranking or size > len(_PLACES):
        return ""
    rank = reading.sentence.mentions[first - 1]
    if int(rank.candidate.high) != size:
        return ""
    receiver = re.match(
        r"名?的([^，。；]{1,10})，", reading.sentence.text[rank.end : reading.sentence.mentions[first].start]
    )
    ranked = _RANKED.sub("", reading.core(rank).removeprefix("对"))
    return f"{ranked}第{_PLACES[place]}名{receiver[1] if receiver else ''}"


def _items_of_clause(reading: Reading, first: int, size: int) -> list[str]:
    """The things that the clause before lists, where there are as many as numbers (对国家级、省级平台，分别奖励…)."""
    bounds = clause_bounds(reading, reading.sentence.mentions[first].left)
    if bounds is None or "分别" not in reading.sentence.window(reading.sentence.mentions[first]):
        return []
    items = reading.items(reading.trimmed(*bounds))
    return items if len(items) == size else []


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether nothing but a list sign, or that with a change of its own, parts a number from the one before."""
    return reading.sentence.mentions[index].bare or bool(_own_change(reading, index))


def _own_change(reading: Reading, index: int) -> str:
    """The change that a later number of a list has for itself (分别增长6.0%和下降11.4%)."""
    mention = reading.sentence.mentions[index]
    window = reading.sentence.window(mention)
    if (
        window[:1] not in ("和", "、")
        or "分别" not in reading.sentence.text[max(0, mention.start - _REACH) : mention.start]
    ):
        return ""
    return window[1:] if changes(window[1:]) else ""


def _shared_tail(items: Sequence[str], index: int) -> str:
    """The item at *index* with what all share: a change or measure behind the last, a verb before the first."""
    tail = next((m[0] for rule in rules_of("indicator.shared_tail") if (m := rule.pattern.search(items[-1]))), "")
    level = next((m for rule in rules_of("indicator.level_inside") if (m := rule.pattern.search(items[-1]))), None)
    own = _with_shared_ends(items, index)
    if level and index < len(items) - 1 and own.endswith(("级", "级以上")):
        own += items[-1][level.end() :]
    whole = own.endswith(tail) or (measures(own) and not changes(tail))
    own = own if whole else own + tail
    verb = leading_verb(items[0])
    return own if not index or own.startswith(verb) else verb + own


def _with_shared_ends(items: Sequence[str], index: int) -> str:
    """The item at *index* with what it shares with its list.

    A modifier alone takes the head of the last item (县道和乡道优良路率) and, in the middle, the front of the first
    (限额以上批发、零售、餐饮企业); a measure alone is of what the first is of (粮食播种面积、产量).
    """
    own, last = items[index], items[-1]
    if index and is_bare(own):
        return (bearer_of(items[0]) or "") + own
    modifiers = items[1:-1] or items[:1]
    if own == last or len(words_of(last)) < _SHORTEST_SHARED or not all(map(_modifies_alone, modifiers)):
        return own
    front = "".join(words_of(items[0])[:-1]) if index else ""
    return front + own + last[len(modifiers[0]) :]


def _modifies_alone(item: str) -> bool:
    """Whether *item* is one short word that may stand before a head that it shares (城镇, 零售)."""
    short = len(item) < _LONGEST_MODIFIER or (len(item) == _LONGEST_MODIFIER and len(words_of(item)) == 1)
    return short and not is_bare(item) and not is_aggregate(item)


def _paired(core: str, size: int) -> list[str] | None:
    """The members of a compound that stands for several things (城乡居民收入 → 城镇 …, 农村 …)."""
    for rule in rules_of("indicator.compound"):
        match = rule.pattern.search(core)
        members = (rule.value or "").split("、")
        if match and len(members) == size:
            return [core[: match.start()] + member + core[match.end() :] for member in members]
    return None


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
