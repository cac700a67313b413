"""What a heading or the opening words of a paragraph say of the part that they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from extractors.rules.registry import Rule, pattern_of, rules_of
from extractors.times.periods import PeriodMention, periods
from pipeline.segmentation.parts.years import Years
from schemas.records import SectionRole

Side = Literal["past", "coming", "end"]
SIDES: Final[dict[SectionRole, Side]] = {
    "review": "past", "situation": "past", "plan": "coming", "goals": "coming", "list": "coming", "closing": "end",
}  # fmt: skip
_WORDS: Final = re.compile(r"[^\W\d年月日时分]{2}")
_OPENING: Final = 60
"""Characters in which the opening words of a paragraph name their time."""
_BEGINS: Final = "。！，、回顾望首在—"
_REACH: Final = 12
_DATED: Final = "dated"
_ASKED: Final = "asked"
"""What the rule of a question says: it begins no part."""
_READ: Final = 120
SINCE: Final = "part.since"
"""The rule of a look back that counts from a year that its first paragraph names."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part: its role, the period that it speaks of, and the rule that said so.

    ``timed``: the words that began it name a time, or are a rule's own; a part below may then not turn its side.
    """

    role: SectionRole
    period: str | None
    rule_id: str
    timed: bool = False

    @property
    def side(self) -> Side:
        """Whether the part looks back, looks ahead, or ends the text."""
        return SIDES[self.role]


def part_of_genre(genre: str | None, years_of: Years) -> Part | None:
    """The part that a document is as a whole."""
    for rule in rules_of("part.genre"):
        if rule.pattern.search(genre or ""):
            role = cast(SectionRole, rule.value)
            return Part(role, _whole_period(role, genre, years_of), rule.id)
    return None


def _whole_period(role: SectionRole, genre: str | None, years_of: Years) -> str | None:
    if genre == "plan":
        return years_of.period  # The year in which a plan is issued is not the one that it is for.
    if genre == "review_and_plan" or years_of.period is None:
        return default_period(role, years_of)
    return years_of.period


def default_period(role: SectionRole, years_of: Years) -> str | None:
    """The period of a part that names none: the year reported on, or the year planned."""
    year = years_of.report if SIDES[role] == "past" else years_of.this if SIDES[role] == "coming" else None
    return None if year is None else f"{year}"


def side_of(period: PeriodMention, turn: int | None) -> Side | None:
    """On which side of the *turn*, the first year that a document does not look back on, a period ends."""
    if turn is None:
        return None
    return "past" if period.last_year < turn else "coming"


def heading_part(heading: str, years_of: Years, *, spoken: bool) -> Part | None:
    """The part that a heading begins, by its words; in a report (*spoken*) also by the times that it names."""
    rule = next((rule for rule in rules_of("part.heading") if rule.search(heading)), None)
    if rule is None and not spoken:
        return None
    named = periods(heading, years_of.this)
    if rule is None:
        relation = _relation(heading, named, years_of.turn)
        rule = next((rule for rule in rules_of("part.relation") if rule.search(relation)), None)
    return None if rule is None or rule.value == _ASKED else _part(rule, named, years_of)


def _relation(heading: str, named: Sequence[PeriodMention], turn: int | None) -> str:
    if not _WORDS.search(heading) or any(item.value.count("-") > 1 for item in named):
        return "none"  # A date.
    sides = {side_of(item, turn) for item in named}
    return sides.pop() or "none" if len(sides) == 1 else "none"


def _part(rule: Rule, named: Sequence[PeriodMention], years_of: Years) -> Part:
    role = cast(SectionRole, rule.value)
    own = [item for item in named if side_of(item, years_of.turn) in (None, SIDES[role])]
    if role == "plan" and own and own[0].first_year != own[0].last_year:
        role = "goals"
    return Part(role, own[0].value if own else default_period(role, years_of), rule.id, bool(own))


def opening_part(text: str, years_of: Years) -> Part | None:
    """The part that the first words of a paragraph begin."""
    found = ((rule, match) for rule in rules_of("part.opening") if (match := rule.search(text[:_READ])))
    rule, match = next(found, (None, None))
    if rule is None or match is None:
        return None
    year = years_of.this if rule.value == _DATED else years_of.turn
    named = periods(text[: min(match.end() + _REACH, _OPENING)], year)
    if rule.value != _DATED:
        opened = _part(rule, named, years_of)
    else:
        side = side_of(named[0], years_of.turn) if named else None
        if side is None or not _WORDS.search(text[named[0].end : _READ]):
            return None
        role: SectionRole = "review" if side == "past" else "plan" if named[0].value == f"{years_of.turn}" else "goals"
        opened = Part(role, named[0].value, rule.id, timed=True)
    return _over_a_term(opened, text, years_of) if opened.role == "review" else opened


def _over_a_term(opened: Part, text: str, years_of: Years) -> Part:
    """2025年是收官之年。五年来，…: what the second sentence looks back on holds for what follows."""
    terms = [
        item
        for item in periods(text[:_READ], years_of.turn)
        if item.rule_id == "period.back" and (not item.start or text[item.start - 1] in _BEGINS)
    ]
    return replace(opened, period=terms[0].value) if terms else opened


def since_then(part: Part | None, text: str, years_of: Years) -> Part | None:
    """A look back on a year whose paragraph begins with a year since when it counts (2018年以来，…): all of them."""
    since = pattern_of(SINCE).match(text) if part is not None and part.role == "review" else None
    if since is None or part is None or years_of.turn is None or part.period != f"{years_of.turn - 1}":
        return None
    first = int(since["year"])
    return replace(part, period=f"{first}/{part.period}", rule_id=SINCE) if first < years_of.turn - 1 else None
