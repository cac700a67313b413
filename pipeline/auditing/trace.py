"""One trace a row: for every column that a rule decided, the rule, its words, and what else spoke and lost.

The rule is the one that the row names; its words and its rivals are found by the same pure functions and patterns that
extraction uses, run again on the row's passage. ``explain``, the site and the counts of overlaps and conflicts all read
this record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from extractors.rules.registry import Rule
from pipeline.auditing.claims import Claim, split
from pipeline.auditing.plain import ABSENT, show
from pipeline.auditing.registry import all_rules, place_of
from pipeline.evaluation.decisions import MAKES
from schemas.datasets import DATASETS

Row = dict[str, Any]
Voices = Callable[[str, Rule, str], Iterator[Claim]]
"""Who speaks for a column: the column, the rule that decided it and the value that it gave, to the claims."""


@dataclass(frozen=True, slots=True)
class ColumnTrace:
    """How one decision of a row came about: *lost* are the rivals of the rule that decided."""

    column: str
    value: str
    rule: Rule
    words: str
    source: str
    weight: int | None
    lost: tuple[Claim, ...]

    @property
    def overlaps(self) -> bool:
        """Whether another rule spoke as well."""
        return bool(self.lost)

    @property
    def conflicts(self) -> bool:
        """Whether another rule spoke for another value."""
        return any(claim.value is not None and claim.value != self.value for claim in self.lost)


def column_traces(dataset: str, row: Row, voices: Voices | None) -> Iterator[ColumnTrace]:
    """The trace of every decision of *row* but that there is one, in the order of its columns."""
    known = all_rules()
    for column, decided in DATASETS[dataset].decisions.items():
        rule = known.get(str(row.get(column)))
        if column == MAKES or rule is None:
            continue
        value = " / ".join(show(row.get(name)) or ABSENT for name in decided)
        own, lost = split(rule, voices(column, rule, value)) if voices else (None, ())
        yield ColumnTrace(
            column,
            value,
            rule,
            own.words if own else "",
            own.source if own else "",
            own.weight if own else None,
            lost,
        )


def said_so(trace: ColumnTrace) -> str:
    """The trace of a decision in one line."""
    parts = [f"{trace.value}, by {trace.rule.id} ({place_of(trace.rule)})"]
    if trace.words:
        parts.append(f"from “{trace.words}”")
    if trace.source:
        parts.append(trace.source)
    if trace.weight is not None:
        parts.append(f"weight {trace.weight}")
    return ", ".join(parts)


def rival(claim: Claim) -> str:
    """A claim that did not decide, in one line."""
    weight = f", weight {claim.weight}" if claim.weight is not None else ""
    source = f", {claim.source}" if claim.source else ""
    return f"{claim.rule_id} “{claim.words}” for {show(claim.value)}{source}{weight}: {claim.fate}"
