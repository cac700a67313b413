"""The constructions of the code, in the order in which they are asked: the first that fits makes the frame.

A rule of ``rules/frames.toml`` goes before all of them. They go from those that their own words make sure (a rank, a
case of a rule, a counted noun) to those that need antecedents, and end with the direct construction.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from extractors.quantities.frames.aims import aimed, from_the_aim, of_the_aim
from extractors.quantities.frames.classes import class_of_before, pace_moved
from extractors.quantities.frames.counted import attributive, bracketed, counted, funds
from extractors.quantities.frames.direct import direct, listed
from extractors.quantities.frames.elided import (
    against_others,
    capped,
    change,
    change_of_topic,
    consequence,
    in_parallel,
    measure_alone,
    part,
    verb_alone,
)
from extractors.quantities.frames.frame import Frame, made
from extractors.quantities.frames.lists import distributed
from extractors.quantities.frames.owners import owned
from extractors.quantities.frames.points import scored
from extractors.quantities.frames.ranks import rank, share_of_deed
from extractors.quantities.frames.standing import (
    attribute,
    conditional,
    grant_alone,
    in_circumstances,
    provided,
    sanctioned,
    threshold,
    time_limit,
)
from extractors.quantities.frames.view import View
from extractors.rules.force import in_force

TOPIC: Final = "construction.topic"
LONGEST: Final = 60
_STANDING_FIRST: Final = (in_circumstances, provided, attribute, threshold, time_limit, sanctioned)
_OWN_WORDS: Final = (funds, owned, consequence, attributive, distributed, share_of_deed, counted)
_ANTECEDENTS: Final = (
    against_others,
    of_the_aim,
    from_the_aim,
    part,
    change_of_topic,
    change,
    in_parallel,
    measure_alone,
)
_GRANTS: Final = (grant_alone, capped, conditional)
CONSTRUCTIONS: Final[tuple[Callable[[View], Frame | None], ...]] = (
    scored,
    aimed,
    bracketed,
    rank,
    pace_moved,
    class_of_before,
    *_STANDING_FIRST,
    *_OWN_WORDS,
    *_ANTECEDENTS,
    *_GRANTS,
    verb_alone,
    listed,
    direct,
)


def construct(view: View) -> Frame:
    """The frame of a number by the first construction that fits; by the topic of its clause where none does."""
    for construction in CONSTRUCTIONS:
        frame = construction(view)
        if frame is not None and frame.phrase.strip() and in_force(frame.rule_id):
            return frame
    topic = view.around.topic or view.sentence.text.strip("，。；：、")
    return made(TOPIC, "{topic}", "heading", topic=topic[:LONGEST])
