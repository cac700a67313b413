"""One trace a row: for every column that a rule decided, the rule, its words, and what else spoke and lost.

The rule is the one that the row names; its words and its rivals are found by the same pure functions and patterns that
extraction uses, run again on the row's passage. ``explain``, the site and the counts of overlaps and conflicts all read
this record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractors.quantities.description.describe import Said
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.rules.registry import Rule, rules_of
from pipeline.auditing.passage_reading import PassageReading
from pipeline.auditing.plain import one_line, show
from pipeline.auditing.registry import all_rules, place_of
from pipeline.evaluation.decisions import MAKES
from schemas.datasets import DATASETS

Row = dict[str, Any]
_STOPS: Final = "。！？!?；\n"
_TRIED_ON_TEXT: Final = frozenset({"text", "context", "numerals"})
_AROUND: Final = 40
"""Characters on either side of a mention whose rivals are looked for, where no sentence of numbers is known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule that spoke for a value: its words and where they stand, its weight where evidence is weighed, its fate."""

    rule_id: str
    value: str | None
    words: str
    source: str = ""
    weight: int | None = None
    fate: str = ""


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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a row's decisions were made: its passage, and for a quantity its sentence and what was said of it."""

    read: PassageReading
    start: int
    end: int
    sentence: Sentence | None = None
    mention: Mention | None = None
    said: Said | None = None

    @property
    def near(self) -> tuple[int, int]:
        """The folded positions within which a rule speaks of this row: the words of the number, else the sentence."""
        if self.sentence is not None and self.mention is not None:
            return self.sentence.start + self.mention.left, self.sentence.start + max(
                self.mention.right, self.mention.end
            )
        text = self.read.passage.text
        left = max(text.rfind(sign, 0, self.start) for sign in _STOPS) + 1
        right = min((at for sign in _STOPS if (at := text.find(sign, self.end)) >= 0), default=len(text))
        return max(left, self.start - _AROUND), min(right, self.end + _AROUND)


def column_traces(dataset: str, row: Row, where: Surroundings | None) -> Iterator[ColumnTrace]:
    """The trace of every decision of *row* but that there is one, in the order of its columns."""
    known = all_rules()
    for column, decided in DATASETS[dataset].decisions.items():
        rule = known.get(str(row.get(column)))
        if column == MAKES or rule is None:
            continue
        value = " / ".join(show(row.get(name)) for name in decided)
        own, lost = _claims(column, rule, value, where) if where else (None, ())
        yield ColumnTrace(
            column,
            value,
            rule,
            own.words if own else "",
            own.source if own else "",
            own.weight if own else None,
            tuple(lost),
        )


def _claims(column: str, rule: Rule, value: str, where: Surroundings) -> tuple[Claim | None, Sequence[Claim]]:
    """The claim of the *rule* that decided, and those of its rivals."""
    if column == "kind_rule" and where.said is not None and where.said.weighed:
        return _weighed(rule, value, where.said)
    own = next(iter(_matches(rule, where)), None)
    rivals = [
        Claim(other.id, other.value, one_line(words), "", None, "matches too; the rule that decided goes before it")
        for other in rules_of(rule.id.split(".")[0])
        if other.id != rule.id and other.subject in _TRIED_ON_TEXT
        for words in list(_matches(other, where))[:1]
    ]
    return (Claim(rule.id, rule.value, one_line(own)) if own else None), rivals


def _weighed(rule: Rule, value: str, said: Said) -> tuple[Claim | None, Sequence[Claim]]:
    """The evidence for a kind with its weights: the sum of each value decides."""
    sums: dict[str, int] = {}
    for weight, kind in said.weighed:
        sums[kind.value] = sums.get(kind.value, 0) + weight
    claims = [
        Claim(
            kind.rule_id, kind.value, one_line(kind.words), kind.source, weight,
            f"adds to {value}" if kind.value == value else f"outweighed, {sums[kind.value]} to {sums.get(value, 0)}",
        )
        for weight, kind in said.weighed
    ]  # fmt: skip
    own = next((claim for claim in claims if claim.rule_id == rule.id), None)
    if own is None:  # a number that goes on with the one before it
        own = Claim(rule.id, value, one_line(said.kind.words), said.kind.source)
    return own, [claim for claim in claims if claim is not own]


def _matches(rule: Rule, where: Surroundings) -> Iterator[str]:
    """What *rule* matches of what it is tried on, near the row."""
    passage = where.read.passage
    if rule.subject == "header":
        texts = list(passage.cell.header) if passage.cell is not None else []
    elif rule.subject == "heading":
        texts = [*reversed(passage.headings), (passage.table.caption or "") if passage.table else ""]
    elif rule.subject in _TRIED_ON_TEXT:
        low, high = where.near
        found = (match for match in where.read.find(rule) if match.start() < high and low < match.end())
        yield from (match[0] for match in found if match[0])
        return
    else:
        return
    yield from (match[0] for text in texts if (match := rule.pattern.search(text)) and match[0])


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
