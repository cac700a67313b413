"""Places in front of a phrase: divisions by their full or short names, waters and lands by their kind.

A name of the table of divisions counts as it stands (和田地区, 青柯县), its short form (张家界, 阿坝) where the dictionary
knows no other word of that shape; a name of several provinces (京津冀) as it stands. A list of places is one (内江、眉山).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.places.divisions import divisions
from extractors.rules.registry import lexicon, pattern_of

_TAIL: Final = re.compile(r"(?:自治)?[省市县区州盟旗]$|地区$|林区$|特别行政区$")
_LONGEST_NAME: Final = 15
_SHORTEST: Final = 2
_LIST: Final = "、和"
_AUTONOMOUS: Final = "州"


@lru_cache(maxsize=8192)
def place_at_front(phrase: str) -> int:
    """How many characters of *phrase* name a place, or several; 0 where none stands in front."""
    end = _one(phrase)
    if not end:
        water = pattern_of("subject.lands").match(phrase)
        word = water["name"] if water else ""
        return len(word) if word and tag_of(word) == "ns" and word not in lexicon("not_places") else 0
    while end < len(phrase):
        step = end + (phrase[end] in _LIST)
        following = _one(phrase[step:])
        if not following:
            break
        end = step + following
    return end


def without_areas(name: str, shortest: int) -> str:
    """*name* without as many of the divisions in front of it as leave it *shortest* characters (云川省临川市白麓煤矿 → 白麓煤矿)."""
    cut = end = 0
    while step := _one(name[end:]):
        end += step
        cut = end if len(name) - end >= shortest else cut
    return name[cut:]


def _one(phrase: str) -> int:
    full, short = _names()
    for length in range(min(_LONGEST_NAME, len(phrase)), _SHORTEST - 1, -1):
        name = phrase[:length]
        if name in full or (name in short and _stands_alone(phrase, length)):
            return with_area(phrase, length)
    return 0


def with_area(phrase: str, end: int) -> int:
    """Where the name of a place that ends at *end* of *phrase* does with the word for its area (苏北地区粮食产量)."""
    match = pattern_of("subject.area").match(phrase, end)
    return match.end() if match else end


def _stands_alone(phrase: str, length: int) -> bool:
    """Whether a short name is no beginning of another word of the dictionary (新建区: 新建)."""
    first = segmenter().lcut(phrase[: length + 4])[0]
    return len(first) <= length


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    full = set(lexicon("macro_regions"))
    short: set[str] = set()
    peoples = re.compile("(?:" + "|".join(map(re.escape, lexicon("ethnic_names"))) + ")+$")
    for division in divisions():
        stem = peoples.sub("", _TAIL.sub("", division.name))
        of_note = division.level != "county"
        if stem in lexicon("not_places"):
            continue
        full.add(division.name)
        if len(stem) < _SHORTEST:
            continue
        if of_note or tag_of(stem) == "ns":
            short.add(stem)
        if of_note and division.name.endswith(_AUTONOMOUS):
            short.add(stem + division.name[-1])
    return frozenset(name for name in full if len(name) > _SHORTEST), frozenset(short)
