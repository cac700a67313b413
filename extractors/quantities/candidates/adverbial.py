"""Events counted by a Chinese numeral that stands as an adverb (两次实地调查) or points back (这两次震动)."""

from __future__ import annotations

from typing import Final

from extractors.language.tokens import segmenter, tag_of
from extractors.quantities.candidates.grammar import Measure
from extractors.rules.registry import lexicon, pattern_of

CHINESE: Final = "quantity.chinese"
_LEAST: Final = 2
_WINDOW: Final = 12
_PREDICATES: Final = "adil"


def done_so_often(text: str, one: Measure) -> bool:
    """Whether the Chinese numeral *one* of *text* counts events: a predicate follows it, or 这 stands before it."""
    if one.rule_id != CHINESE or one.low < _LEAST or one.unit not in lexicon("units_of_events"):
        return False
    if pattern_of("counting.points_back").search(text, 0, one.start):
        return True
    return pattern_of("counting.ordinal").match(text, one.start) is None and _predicate_at(text, one.end)


def _predicate_at(text: str, position: int) -> bool:
    """Whether a verb, adverb or adjective stands at *position*, and no noun that the events are (两次党代会)."""
    words = segmenter().lcut(text[position : position + _WINDOW])[:2]
    tags = [tag_of(word) for word in words]
    if not tags:
        return False
    return tags[0][:1] in _PREDICATES or tags[0] == "v" or (tags[0] == "n" and tags[-1] == "v" and len(words) > 1)
