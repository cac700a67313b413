"""Indicators of a list of numbers over a list of heads: A、B分别增长7%、8%; 县、乡、村三级站点1个、9个、46个."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from extractors.quantities.indicators.bearers import bearer_of, is_aggregate, is_bare, measures, words_of
from extractors.quantities.indicators.reading import (
    Reading,
    changes,
    clause_bounds,
    leading_verb,
    matches,
    sanction,
    without_verb,
)
from extractors.quantities.indicators.thresholds import threshold_case
from extractors.rules.registry import rules_of

_LIST: Final = re.compile(r"、|以及|及其|和|与|及|并")
_PLACES: Final = "一二三四五六七八九十"
_RANKED: Final = re.compile(r"(?:排名|进入|位列|位居|列|获得?)?(?:全[国省市县区])?(?:排名)?$")
_LONGEST_HEAD: Final = 4
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
    if first >= size and len(core) <= _LONGEST_HEAD and "分别" in reading.sentence.window(opening):
        return (bearer_of(reading.named[index - size].indicator) or "") + core
    if index == first or not core:
        return None
    before = reading.named[index - 1].indicator
    return before if before.endswith(core) else core


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
        if match and len(members) == size and "、" not in core[: match.start()]:
            return [core[: match.start()] + member + core[match.end() :] for member in members]
    return None
