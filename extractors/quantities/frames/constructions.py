"""The constructions of the code, in the order in which they are asked: the first that fits makes the frame.

A rule of ``rules/frames.toml`` goes before all of them. They go from those that their own words make sure (a rank, a
case of a rule, a counted noun) to those that need antecedents, and end with the direct construction.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
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
    of_place_class,
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
Construction = Callable[[View], Frame | None]
CONSTRUCTIONS: Final[tuple[Construction, ...]] = (
    scored,
    aimed,
    bracketed,
    rank,
    pace_moved,
    class_of_before,
    of_place_class,
    *_STANDING_FIRST,
    *_OWN_WORDS,
    *_ANTECEDENTS,
    *_GRANTS,
    verb_alone,
    listed,
    direct,
)


_OF_STANDING: Final = frozenset({scored, in_circumstances, threshold, attribute, conditional})
"""What reads the numbers of standing rules alone."""
_OF_OTHERS: Final = frozenset({class_of_before, owned, change_of_topic})
"""What reads those of facts and targets alone."""
_BEHIND_OTHERS: Final = frozenset(
    {pace_moved, of_place_class, consequence, against_others, part, in_parallel, capped, listed}
)
"""What goes on with a number before in the sentence."""


@cache
def _asked(*, standing: bool, first: bool) -> tuple[Construction, ...]:
    """The constructions for a number of a *standing* rule or another, the *first* of its sentence or a later one."""
    never = (_OF_OTHERS if standing else _OF_STANDING) | (_BEHIND_OTHERS if first else frozenset())
    return tuple(construction for construction in CONSTRUCTIONS if construction not in never)


def construct(view: View) -> Frame:
    """The frame of a number by the first construction that fits; by the topic of its clause where none does."""
    for construction in _asked(standing=view.kind == "standard", first=not view.index):
        frame = construction(view)
        if frame is not None and frame.phrase.strip() and in_force(frame.rule_id):
            return frame
    topic = view.around.topic or view.sentence.text.strip("，。；：、")
    return made(TOPIC, "{topic}", "heading", topic=topic[:LONGEST])
