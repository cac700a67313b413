"""By when a quantity of prose has to be met: a time of its sentence, else the lead-in that covers it, else its column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.language.passages import Passage
from extractors.numbers.units import TERMS
from extractors.quantities.description import cells
from extractors.quantities.description.deadline import TimeExpression, governing
from extractors.quantities.description.findings import Finding
from extractors.quantities.description.lead_ins import LeadIns
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import rules_of
from schemas.making import quickly_made
from schemas.rows import QuantityKind


@quickly_made
@dataclass(frozen=True, slots=True)
class Dues:
    """What sets deadlines around the sentences of a passage: lead-ins, the table that it is a cell of, the plan year."""

    lead_ins: LeadIns
    table: cells.TableView | None
    plan_year: int | None

    def of(
        self, kind: QuantityKind, passage: Passage, sentence: Sentence, index: int, times: Sequence[TimeExpression]
    ) -> Finding[str] | None:
        """The deadline of mention *index* of *sentence*, ``None`` where none is said.

        A fact has none; of standing rules, one among goals has that of the lead-in that covers it.
        """
        mention = sentence.mentions[index]
        if kind == "fact":
            return None
        if kind == "standard":
            return self._led(passage, sentence, mention, among_goals=True)
        times = [time for time in times if self._is_due(sentence, mention, time)]
        several = one_each(sentence, index, times)
        if several is not None:
            return _timed(sentence, several, "one of several times over several numbers")
        start, end = mention.stretch
        found = governing(times, start, mention.start, sentence.clause_end(mention, end))
        if found is not None:
            return _timed(sentence, found, "a time in the sentence")
        term = mention.candidate.dimension in TERMS  # 三年内完成: its own term, whatever time stands over the clause
        led = None if term else self._led(passage, sentence, mention)
        if led is None and self.table is not None and passage.cell is not None:
            return cells.cell_deadline(self.table, passage.cell, self.plan_year)
        return led

    def _is_due(self, sentence: Sentence, mention: Mention, time: TimeExpression) -> bool:
        """Whether a target may be due by *time*: no year gone by in brackets, no month of an event before its clause."""
        if mention.end <= time.start:
            return self.plan_year is None or int(time.date[:4]) >= self.plan_year
        return not is_of_an_event(sentence.text[time.start : mention.start])

    def _led(
        self, passage: Passage, sentence: Sentence, mention: Mention, *, among_goals: bool = False
    ) -> Finding[str] | None:
        position = sentence.start + mention.start
        if among_goals and not self.lead_ins.reaches(passage, position):
            return None
        led = self.lead_ins.over(passage, position)
        return None if led is None else Finding(led[0], "a lead-in that covers the clause", "", led[1])


def is_of_an_event(words: str) -> bool:
    """Whether *words*, from a time to a number, say what is begun at that time before they go on (6月启动二期，整治渠道)."""
    return any(rule.search(words) for rule in rules_of("deadline_of_event"))


def _timed(sentence: Sentence, time: TimeExpression, source: str) -> Finding[str]:
    return Finding(time.date, source, sentence.text[time.start : time.end], time.rule_id)


def one_each(sentence: Sentence, index: int, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """4月、5月、6月…分别不低于6亿元、6.5亿元和7.2亿元: each number has its own time."""
    mentions = sentence.mentions
    first = index
    while first and mentions[first].bare:
        first -= 1
    last = index
    while last + 1 < len(mentions) and mentions[last + 1].bare:
        last += 1
    size = last - first + 1
    own = [item for item in times if mentions[first].left <= item.start and item.end <= mentions[first].start]
    return own[index - first] if size > 1 and len(own) == size else None
