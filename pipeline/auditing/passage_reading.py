"""What rules find in one passage, looked for once however many of its rows are explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from extractors.language.passages import Passage
from extractors.numbers.outline import Outline, outline
from extractors.quantities.candidates.candidate import Candidate
from extractors.quantities.candidates.exclusions import Stretch, excluded
from extractors.quantities.candidates.find import find_candidates, marker
from extractors.quantities.candidates.prose import measured, quantity_rules
from extractors.rules.registry import Rule, registry, signs_of

Found = tuple[re.Match[str], ...]


@dataclass(frozen=True)
class PassageReading:
    """A passage with its candidates, its exclusions, and the matches of every rule that was asked for."""

    passage: Passage
    _found: dict[str, Found] = field(default_factory=dict, repr=False)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Its quantities, in folded positions."""
        return find_candidates(self.passage)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """What exclusions hold."""
        return tuple(excluded(self.passage.text, marker(self.passage)))

    @cached_property
    def taken(self) -> list[tuple[int, int, str]]:
        """Start, end and rule of what the quantity rules took before qualifiers were dropped."""
        return [(one.start, one.end, one.rule_id) for one in measured(self.passage.text, marker(self.passage))[0]]

    @cached_property
    def read(self) -> Outline:
        """Its text with the numerals marked."""
        return outline(self.passage.text)

    @cached_property
    def numbers(self) -> list[tuple[Rule, re.Match[str]]]:
        """Every match of every quantity rule, rule by rule in the order of trial."""
        texts = {True: self.read.marked, False: self.passage.text}
        return [
            (rule, match)
            for rule in quantity_rules()
            for match in rule.pattern.finditer(texts[rule.subject == "numerals"])
        ]

    @cached_property
    def _signs(self) -> int:
        return signs_of(self.passage.text)

    def find(self, rule: Rule) -> Found:
        """The matches of *rule* in the folded text."""
        if rule.id not in self._found:
            may = rule.id not in registry() or rule.may_match(self._signs)
            self._found[rule.id] = tuple(rule.pattern.finditer(self.passage.text)) if may else ()
        return self._found[rule.id]
