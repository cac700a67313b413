"""Proper names by their own kind in front of a phrase: 柳荫小区, 远帆科技, 县人民医院, with what is left to measure.

A name counts where a word of it is in no dictionary or is a name there, and where what follows does or measures something.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.frames.measures import ends_in_measure
from extractors.quantities.frames.regions import place_at_front
from extractors.quantities.frames.subject import Subject, type_of_name
from extractors.quantities.frames.words import is_aggregate, leading_verb, without_change
from extractors.rules.force import in_force
from extractors.rules.registry import lexicon, pattern_of, registry, rules_of_all

NAMED: Final = "subject.named"
_TAILS: Final = "subject.named.tails"
_PUBLIC: Final = "subject.named.public"
_KINDS: Final = (_TAILS, _PUBLIC)
_LONGEST_NAME: Final = 20
_SHORTEST_REST: Final = 2
_LEADING: Final = frozenset({"v", "vn", "vd", "d", "ad", "a", "p", "c", "m"})
_NAMES: Final = frozenset({"j", "nz", "nr"})


def is_proper(name: str) -> bool:
    """Whether *name* names one thing, not a kind: by a place, a title or a word that no dictionary has."""
    if any(sign in name for sign in "“《（") or place_at_front(name):
        return True
    words, kinds = segmenter().lcut(name), lexicon("not_places")
    if any(tag_of(word) == "ns" and word not in kinds for word in words[:-1]):
        return True
    knows = segmenter().knows
    return (
        tag_of(words[0]) not in _LEADING
        and not leading_verb(name)
        and any(tag_of(word) in _NAMES or len(word) == 1 or not knows(word) for word in words[: len(words) - 1 or 1])
    )


def split_named(phrase: str, *, telling: bool = False, signs: int | None = None) -> tuple[Subject, str] | None:
    """The name in front of *phrase* that its own kind shows to be one, and the rest, which does or measures something.

    Of a clause that is *telling* what follows may be anything said of it (柳荫大桥主体封顶). *signs* are those of a text
    that holds the phrase, if known.
    """
    if signs is not None and not rules_of_all(_KINDS, signs):
        return None
    return _split_named(phrase, telling)


@lru_cache(maxsize=8192)
def _split_named(phrase: str, telling: bool) -> tuple[Subject, str] | None:
    if leading_verb(phrase) or not in_force(NAMED):
        return None
    ends = [match.end() for match in registry()[_TAILS].finditer(phrase[:_LONGEST_NAME])]
    if public := pattern_of(_PUBLIC).match(phrase):
        ends = sorted({*ends, public.end()})
    for end in reversed(ends):
        name, rest = phrase[:end], phrase[end:]
        told = telling and len(rest) >= _SHORTEST_REST and not goes_on(rest)
        if (told or does(rest)) and is_name_of_one(name):
            return Subject(name, type_of_name(name), NAMED), rest
    return None


def is_name_of_one(name: str) -> bool:
    """Whether *name* names one place, firm, site or body, not a kind of them."""
    if "的" in name or name.count("“") != name.count("”"):
        return False
    if pattern_of(_PUBLIC).fullmatch(name):
        return True
    if pattern_of("subject.named.kinds").match(name):
        return False
    if place_at_front(name):
        return True
    words = segmenter().lcut(name)
    area = pattern_of("subject.named.areas").search(name) is not None
    if len(words) == 1 and area:
        return len(name) > _SHORTEST_REST and name not in lexicon("not_places")
    deeds = area and any(tag_of(word).startswith("v") for word in words)
    return not deeds and tag_of(words[0])[0] not in "vdpcr" and tag_of(words[0]) != "ad" and is_proper(name)


def goes_on(rest: str) -> bool:
    """Whether *rest* makes what stands before it part of a list, an attribute or a longer word."""
    return pattern_of("subject.named.goes_on").match(rest) is not None


def does(rest: str) -> bool:
    """Whether *rest* does something or measures something of what stands before it."""
    if len(rest) < _SHORTEST_REST:
        return False
    plain = without_change(rest)
    if pattern_of("subject.named.predicate").match(rest) or leading_verb(rest):
        return True
    return ends_in_measure(plain) or is_aggregate(plain)
