"""Numbers that measure nothing: dates, document numbers, names, set phrases, each by a rule of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

from extractors.rules import Rule, rules_of

BLANK: Final = "\ufffc"
"""Stands for an excluded character in the text that the quantity rules read: no rule matches it."""

_NUMERAL: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿几数“《]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch ``[start, end)`` of a passage's folded text and the rule that speaks for it."""

    start: int
    end: int
    rule_id: str


@cache
def exclusion_rules() -> tuple[Rule, ...]:
    """The exclusion rules in the order of their file."""
    return rules_of("exclusion")


def excluded(text: str) -> tuple[Stretch, ...]:
    """The stretches of *text* (folded) whose numbers are no quantities, by position; they may overlap."""
    if not _NUMERAL.search(text):
        return ()
    found: list[Stretch] = []
    for rule in exclusion_rules():
        for match in rule.pattern.finditer(text):
            start, end = _stretch(match)
            found.append(Stretch(start, end, rule.id))
    return tuple(sorted(found, key=lambda stretch: stretch.start))


def _stretch(match: re.Match[str]) -> tuple[int, int]:
    groups = match.groupdict()
    return match.span("number") if groups.get("number") is not None else match.span()


def blanked(text: str, stretches: tuple[Stretch, ...]) -> str:
    """*text* with the stretches replaced by :data:`BLANK`, position for position."""
    parts: list[str] = []
    position = 0
    for stretch in stretches:
        if stretch.end > position:
            start = max(stretch.start, position)
            parts += (text[position:start], BLANK * (stretch.end - start))
            position = stretch.end
    return "".join((*parts, text[position:]))


def first_touching(stretches: tuple[Stretch, ...], start: int, end: int) -> Stretch | None:
    """The first of *stretches* (sorted by start) that shares a character with ``[start, end)``."""
    stop = bisect_left(stretches, end, key=lambda stretch: stretch.start)
    reach = list(accumulate((stretch.end for stretch in stretches[:stop]), max))
    at = bisect_left(reach, start + 1)
    return stretches[at] if at < stop else None
