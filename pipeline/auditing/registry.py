"""The rule registry as a table of decisions: what each rule is for, what it decided here, how often that is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from extractors.rules.registry import Rule, registry
from pipeline.auditing.folders import Folder, Row
from pipeline.evaluation.decisions import Decisions, Key, own_decisions
from pipeline.evaluation.report import decision_data
from pipeline.evaluation.run import Evaluation
from pipeline.readers.rules import PACKAGE as READERS
from pipeline.segmentation.lines.rules import PACKAGE as SEGMENTATION
from schemas.datasets import DATASETS

_NAMED: Final = frozenset(
    {"quantity", "unit", "comparator", "kind", "construction", "frame", "transformation", "deadline", "period", "part",
     "time_period", "stretch", "subject", "owner", "official", "responsibility", "citation", "milestone", "genre"}
)  # fmt: skip
"""The families of rules that rows name; rules of other families help these, or are named by no row (exclusions)."""


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule with what it decided, column by column; nothing where it never fired, or where nothing was looked at."""

    rule: Rule
    decisions: tuple[Decisions, ...]

    def of_column(self, column: str) -> RuleEntry:
        """The same rule with its decisions in *column* (``kind_rule``, or ``kind`` for short) alone."""
        names = (column, f"{column}_rule")
        return replace(self, decisions=tuple(one for one in self.decisions if one.column in names))

    @property
    def decided(self) -> int:
        """How often it decided, over all columns."""
        return sum(one.decided for one in self.decisions)

    @property
    def counted(self) -> bool:
        """Whether what was looked at could tell that it decided: an exclusion is in no row, a helper names no column."""
        return bool(self.decisions) or self.rule.id.split(".")[0] in _NAMED

    @property
    def right(self) -> int:
        """How many of its decisions are right by their labels."""
        return sum(one.right for one in self.decisions)

    @property
    def judged(self) -> int:
        """How many of its decisions labels judge."""
        return sum(one.judged for one in self.decisions)

    @property
    def precision(self) -> float | None:
        """The share of right ones among its judged decisions, ``None`` without one."""
        return round(self.right / self.judged, 4) if self.judged else None


def all_rules() -> dict[str, Rule]:
    """The rules of the extractors, those of segmentation and those of the readers, by id."""
    return {**registry(), **registry(SEGMENTATION), **registry(READERS)}


def place_of(rule: Rule) -> str:
    """Where *rule* is written, as FILE:LINE below the project."""
    return f"{rule.file}:{rule.line}"


def entries(decisions: Iterable[Decisions]) -> list[RuleEntry]:
    """The registry in its order, each rule with its *decisions*."""
    by_rule: dict[str, list[Decisions]] = {}
    for one in decisions:
        by_rule.setdefault(one.rule_id, []).append(one)
    return [RuleEntry(rule, tuple(by_rule.get(rule.id, ()))) for rule in all_rules().values()]


def decisions_in(folder: Folder) -> Counter[Key]:
    """How often each rule of each column decided in the rows of *folder*."""
    counts: Counter[Key] = Counter()
    for name in folder.datasets:
        wanted = list(own_decisions(DATASETS[name]))
        for table in folder.columns(name, wanted) if wanted else ():
            for column in table.column_names:
                for item in table.column(column).value_counts().to_pylist():
                    if item["values"]:
                        counts[name, column, str(item["values"])] += int(item["counts"])
    return counts


def rows_of_rule(folder: Folder, rule_id: str) -> Iterator[tuple[str, str, Row]]:
    """The rows in which one rule decided, with dataset and rule column, issue by issue in text order."""
    for issue_id in folder.issues:
        for name in folder.datasets:
            columns = own_decisions(DATASETS[name])
            for row in folder.rows(name, issue_id) if columns else ():
                yield from ((name, column, row) for column in columns if row.get(column) == rule_id)


def pooled(evaluation: Evaluation) -> list[Decisions]:
    """The decisions over all label sets of an evaluation; a row that two sets judge counts in both."""
    found: dict[Key, Decisions] = {}
    for one in (decision for part in evaluation.sets for decision in part.decisions):
        key = (one.dataset, one.column, one.rule_id)
        found[key] = found[key].plus(one) if key in found else one
    return list(found.values())


def to_data(found: Sequence[RuleEntry]) -> list[dict[str, Any]]:
    """The registry as plain data for JSON."""
    return [_data(entry) for entry in found]


def _data(entry: RuleEntry) -> dict[str, Any]:
    rule = entry.rule
    return {
        "id": rule.id,
        "dataset": rule.dataset,
        "purpose": rule.purpose,
        "subject": rule.subject,
        "value": rule.value,
        "file": rule.file,
        "line": rule.line,
        "written": rule.written,
        "pattern": rule.pattern.pattern,
        "examples": [{"text": example.text, "match": example.match} for example in rule.examples],
        "counter_examples": list(rule.counter_examples),
        "decided": entry.decided if entry.counted else None,
        "decisions": [decision_data(one) for one in entry.decisions],
    }
