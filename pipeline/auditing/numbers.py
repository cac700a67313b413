"""Which rules wanted a number, which got it, and why the others did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.language.passages import Passage
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.counting import counts
from extractors.quantities.candidates.exclusions import MARKER, Stretch
from extractors.quantities.candidates.grammar import Match
from extractors.quantities.candidates.productions import produce
from extractors.rules.registry import Rule, registry
from pipeline.auditing.explanation import Line, Part
from pipeline.auditing.passage_reading import PassageReading
from pipeline.auditing.plain import show


@dataclass(frozen=True, slots=True)
class Claimant:
    """A rule that matches over a number: what it would take, what it captures, and what became of it."""

    rule_id: str
    start: int
    end: int
    groups: tuple[tuple[str, str], ...]
    outcome: str


def candidate_over(read: PassageReading, start: int, end: int) -> Candidate | None:
    """The quantity of the passage that overlaps the folded positions ``[start, end)``."""
    return next((one for one in read.candidates if one.start < end and start < one.end), None)


def claimants(read: PassageReading, start: int, end: int) -> list[Claimant]:
    """Every rule that matches over ``[start, end)`` of the folded text, the winner first, then in the order of trial."""
    text = read.passage.text
    winner = candidate_over(read, start, end)
    stretches = [one for one in read.stretches if one.start < end and start < one.end]
    found = [
        Claimant(one.rule_id, one.start, one.end, (), "keeps the number from being a quantity") for one in stretches
    ]
    for rule, match in read.numbers:
        if match.start() < end and start < match.end():
            outcome = _outcome(rule, Match(rule.id, match, read.read), winner, stretches, read.taken)
            found.append(Claimant(rule.id, match.start(), match.end(), groups_of(match, text), outcome))
    if winner is not None and not any(one.rule_id == winner.rule_id for one in found):
        found.append(Claimant(winner.rule_id, winner.start, winner.end, (), "wins"))
    return sorted(found, key=lambda one: one.outcome != "wins")


def _outcome(
    rule: Rule, match: Match, winner: Candidate | None, stretches: list[Stretch], taken: list[tuple[int, int, str]]
) -> str:
    start, end = match.stretch
    if winner is not None and rule.id == winner.rule_id and start <= winner.start and winner.end <= end:
        return "wins"
    text = match.outline.text
    blocking = next((one for one in stretches if one.start < end and start < one.end), None)
    if blocking is not None:
        return f"lost: {blocking.rule_id} holds “{text[blocking.start : blocking.end]}”"
    made = produce(match, rule.value or "")
    if not made:
        return "lost: its numerals make no quantity"
    if not any(counts(text, one) for one in made):
        return "lost: its words say that it counts nothing here"
    other = next((item for item in taken if item[0] < end and start < item[1] and item != (start, end, rule.id)), None)
    if other is not None:
        shorter = " and is shorter" if end - start < other[1] - other[0] else ""
        return f"lost: {other[2]} is tried before it{shorter}"
    return "lost: it only qualifies a noun that another number counts (exclusion.qualifier)"


def groups_of(match: re.Match[str], text: str) -> tuple[tuple[str, str], ...]:
    """The named groups that *match* captured of *text*, in the order of the pattern."""
    return tuple((name, text[slice(*match.span(name))]) for name, value in match.groupdict().items() if value)


def rule_parts(read: PassageReading, start: int, end: int) -> Iterator[Part]:
    """The rule that got the number at ``[start, end)`` with what it captured, and its competitors."""
    passage = read.passage
    found = claimants(read, start, end)
    winners = [one for one in found if one.outcome == "wins"]
    losers = [one for one in found if one.outcome != "wins"]
    if winners:
        yield Part("rule", tuple(_rule_lines(passage, winners[0])))
    text = passage.text
    yield Part("competitors", tuple((one.rule_id, f"“{text[one.start : one.end]}” {one.outcome}") for one in losers))


def _rule_lines(passage: Passage, winner: Claimant) -> Iterator[Line]:
    rule = registry().get(winner.rule_id)
    yield "fired", winner.rule_id
    yield "purpose", rule.purpose if rule else show(None)
    yield "matched", passage.text[winner.start : winner.end]
    if winner.groups:
        yield "captured", ", ".join(f"{name} “{value}”" for name, value in winner.groups)
    elif rule is not None and rule.subject == "header" and passage.cell is not None:
        yield "read from", " / ".join(passage.cell.header) or show(None)


def excluding_rule(read: PassageReading, start: int, end: int) -> str:
    """The rule that keeps ``[start, end)`` from being a quantity, or what is known instead."""
    for one in read.stretches:
        if one.start < end and start < one.end:
            return "the clause's own marker" if one.rule_id == MARKER else one.rule_id
    return "no exclusion rule"
