"""Frames: how a sentence says what a number measures, slot by slot, before anything is written from it.

A frame is of one construction, a rule of ``rules/frames.toml``: the rule's named groups are the slots that the sentence
fills itself, its ``value`` the template that :mod:`extractors.quantities.frames.naming` writes the metric from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from schemas.making import quickly_made

AGAINST: Final = "construction.against_others"
"""The rule of how far what is measured is from that of others."""
Zone = Literal["clause", "sentence", "before", "whole", "lead_in", "article", "heading", "row"]
"""Where a slot was filled from, in the order in which antecedents are looked for."""

_OF_LISTS: Final = frozenset({"grant", "granted", "merit", "bound"})
_SLOT: Final = re.compile(r"\{([a-z_]+)\}")
_ITEM_NUMBER: Final = re.compile(r"^\s*(?:[0-9]{1,2}\.)?\s+|\s+$|(?<=[\u3400-\u9fff])\s+")
"""The number of a list item with the blank that parts it from the words, and what is left of that blank."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Slot:
    """Words in a slot; ``start`` and ``end`` are positions in the sentence where they stand there, else -1."""

    text: str
    zone: Zone
    rule_id: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Proposal:
    """What resolving a slot found: the words, from which zone, and what was done to them."""

    slot: str
    text: str
    zone: Zone
    operation: str


@dataclass(frozen=True)
class Frame:
    """One construction with its slots; ``proposals`` are the first three that resolving made for its empty ones.

    Slots that the template does not name are kept for the numbers that follow (the case of a fine, the bearer of a
    measure).
    """

    rule_id: str
    template: str
    slots: Mapping[str, Slot]
    proposals: tuple[Proposal, ...] = ()

    @property
    def of_list(self) -> bool:
        """Whether its words stand around a whole list of numbers (grants, bounds): all of them have its frame."""
        return any(name in _OF_LISTS for name in self.wanted)

    @property
    def wanted(self) -> tuple[str, ...]:
        """The slots of the template, in its order."""
        return _slots_of(self.template)

    @property
    def empty(self) -> tuple[str, ...]:
        """The slots of the template that nothing fills yet."""
        return tuple(name for name in self.wanted if name not in self.slots)

    @cached_property
    def phrase(self) -> str:
        """The template with its slots' words, without the number of a list item; an empty slot leaves nothing."""
        return _ITEM_NUMBER.sub("", _SLOT.sub(lambda match: self.said(match[1]), self.template))

    def said(self, slot: str) -> str:
        """The words in *slot*, or nothing."""
        return self.slots[slot].text if slot in self.slots else ""


@lru_cache(maxsize=1024)
def _slots_of(template: str) -> tuple[str, ...]:
    return tuple(_SLOT.findall(template))


def made(rule_id: str, template: str, zone: Zone = "clause", **words: str) -> Frame:
    """The frame of a construction of the code, its slots' *words* from one *zone*."""
    return Frame(rule_id, template, {name: Slot(text, zone, rule_id) for name, text in words.items() if text})


def unranked(frame: Frame) -> str:
    """What the numbers behind *frame* go on with: what it ranked, or held against its aim or others, without that."""
    return (
        frame.said("part")
        if "aim" in frame.slots or frame.rule_id == AGAINST
        else frame.phrase.removesuffix(frame.said("rank"))
    )
