"""What a quantity rule's match is made of: numbers read by the outline, and a unit with what said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractors.numbers.numerals import Numeral, Script
from extractors.numbers.outline import Outline
from extractors.numbers.units import implied_unit, unit_at_end, unit_behind
from extractors.rules.force import in_force
from schemas.making import quickly_made

RANKING_UNIT: Final = "名次"
PRINTED: Final = "unit.printed"
IN_WORDS: Final = "unit.in_words"
SHARED: Final = "unit.shared"
CURRENCY: Final = "unit.currency"
NOUN: Final = "unit.noun"
UNKNOWN: Final = "unit.unknown"
NONE: Final = "unit.none"
_NOUN_REACH: Final = 24
_NOUN_AFTER: Final = 16
_CLAUSE_END: Final = re.compile(r"[，。；、！？：,]")
_REACHING: Final = re.compile(
    r"(?:(?:首次|总|共|已|累计|合计)?(?:达到?|突破|超过?|逾|过|约|近|为|至|到|了|在|共|增至|降至|完成|实现|控制|保持|稳定|力争|以上)){0,3}$"
)
_BREAK_AFTER: Final = re.compile(r"[，。；、！？：,）（”]|及?以[上下内]|左右|$")


@quickly_made
@dataclass(frozen=True, slots=True)
class Measure:
    """A number or range with its unit at ``[start, end)`` of the folded text, before its context is judged."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    unit: str
    unit_rule: str
    approximate: bool
    script: Script
    rule_id: str

    @property
    def is_range(self) -> bool:
        """Whether two different ends were printed."""
        return self.low != self.high


@quickly_made
@dataclass(frozen=True, slots=True)
class Match:
    """A match of a quantity rule on an outline."""

    rule_id: str
    found: re.Match[str]
    outline: Outline

    def numeral(self, group: str) -> Numeral | None:
        """The numeral that *group* captured, or ``None``."""
        return self.outline.numerals.get(self.found.start(group)) if self.has(group) else None

    def has(self, group: str) -> bool:
        """Whether the pattern has *group* and it captured something."""
        return group in self.found.re.groupindex and bool(self.found[group])

    def printed(self, group: str) -> str:
        """The folded text of *group*; empty where it captured nothing."""
        return self.outline.text[slice(*self.found.span(group))] if self.has(group) else ""

    @property
    def stretch(self) -> tuple[int, int]:
        """The quantity's own stretch."""
        return self.found.span("text") if self.has("text") else self.found.span()

    @property
    def end(self) -> int:
        """The end of the stretch; before a second number that a slash joins to the unit (20万千瓦/40万千瓦时)."""
        return self._joined() or self.stretch[1]

    def unit(self) -> str:
        """The printed unit; its denominator may hold a power of ten (件/10万人), no other number."""
        start, end = self.found.span("unit")
        return self.outline.text[start : self._joined() or end].replace("/每", "/")

    def _joined(self) -> int | None:
        if not self.has("unit"):
            return None
        start, end = self.found.span("unit")
        known = self.outline.numerals
        for position in range(start + 1, end):
            if position in known and not _is_power(known[position].high):
                return max(self.outline.text.rfind(sign, start, position) for sign in "/每")
        return None

    def numerals(self) -> list[Numeral]:
        """All numerals of the match, by position."""
        known, (start, end) = self.outline.numerals, self.found.span()
        return [known[position] for position in range(start, end) if position in known]

    def ends_phrase(self) -> bool:
        """Whether no noun follows the number: a stop, a bound or the end does."""
        behind = _BREAK_AFTER.split(self.outline.text[self.stretch[1] : self.stretch[1] + _NOUN_AFTER])[0]
        return not behind or behind.startswith("的")

    def unit_of_noun(self) -> tuple[str, str]:
        """The unit that the noun before the number, else one behind it, else the words before it imply, and the rule.

        A noun that the number alone, or a verb of reaching with it, follows is what is measured: 完成投资3亿支持农户.
        """
        text, (start, end) = self.outline.text, self.stretch
        behind = _BREAK_AFTER.split(text[end : end + _NOUN_AFTER])[0]
        before = noun_phrase_before(text, start)
        unit = unit_at_end(_REACHING.sub("", before)) or unit_behind(behind) or implied_unit(before)
        return (unit, NOUN) if unit and in_force(NOUN) else ("", NONE)


def shared_unit(unit: str) -> tuple[str, str]:
    """The *unit* that a list prints once, behind its last number, and the rule."""
    return (unit, SHARED) if in_force(SHARED) else ("", NONE)


def _is_power(value: Decimal) -> bool:
    return str(int(value)).strip("0") == "1"


def noun_phrase_before(text: str, position: int) -> str:
    """The words of the clause before *position*, at most a phrase long."""
    window = text[max(0, position - _NOUN_REACH) : position]
    return _CLAUSE_END.split(window)[-1]
