"""Numbers that measure nothing: dates, document numbers, names, set phrases, each by a rule of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.rules.registry import Rule, registry, rules_for, signs_of
from schemas.making import quickly_made

BLANK: Final = "\ufffc"
"""Stands for an excluded character in the text that the quantity rules read: no rule matches it."""

MARKER: Final = "exclusion.clause_marker"

_NUMERAL: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万亿几数“《]")


@quickly_made
@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch ``[start, end)`` of a passage's folded text and the rule that speaks for it."""

    start: int
    end: int
    rule_id: str


def excluded(text: str, marker: str = "") -> tuple[Stretch, ...]:
    """The stretches of *text* (folded) whose numbers are no quantities, by rule and position; they may overlap.

    *marker* is the clause's own number as printed at the beginning of *text*, blanks removed.
    """
    found = [Stretch(0, len(marker), MARKER)] if marker and text.startswith(marker) else []
    if not _NUMERAL.search(text):
        return tuple(found)
    body = BLANK * found[0].end + text[found[0].end :] if found else text
    for rule in rules_for("exclusion", signs_of(text)):
        if rule.subject != "text":
            continue
        stretches = [_stretch(match) for match in rule.finditer(body)]
        prior = _prior(rule, body) if stretches else []
        for start, end in stretches:
            if not prior or not any(first < end and start < last for first, last in prior):
                found.append(Stretch(start, end, rule.id))
    return tuple(found)


def _prior(rule: Rule, text: str) -> list[tuple[int, int]]:
    """Where the rule that goes before *rule* matches."""
    if rule.unless is None:
        return []
    return [match.span("text") for match in registry()[rule.unless].finditer(text)]


def _stretch(match: re.Match[str]) -> tuple[int, int]:
    if "number" in match.re.groupindex and match.start("number") >= 0:
        return match.span("number")
    return match.span()


def blanked(text: str, stretches: Sequence[Stretch]) -> str:
    """*text* with the stretches replaced by :data:`BLANK`, position for position."""
    parts: list[str] = []
    position = 0
    for stretch in sorted(stretches, key=lambda stretch: stretch.start):
        if stretch.end > position:
            start = max(stretch.start, position)
            parts += (text[position:start], BLANK * (stretch.end - start))
            position = stretch.end
    return "".join((*parts, text[position:]))


def explanations(length: int, stretches: Sequence[Stretch]) -> list[str]:
    """For each of *length* positions the rule of the first of *stretches* that covers it, or ``""``."""
    rules = [""] * length
    for stretch in reversed(stretches):
        rules[stretch.start : stretch.end] = [stretch.rule_id] * (stretch.end - stretch.start)
    return rules
