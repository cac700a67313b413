"""The rule registry as a table: what each rule is for, its examples, what it made here, how often it is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.rules.registry import Rule, registry
from pipeline.auditing.folders import Folder, Row
from pipeline.evaluation.run import Evaluation
from pipeline.readers.rules import PACKAGE as READERS
from pipeline.segmentation.lines.rules import PACKAGE as SEGMENTATION
from schemas.datasets import DATASETS


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a rule's rows in labelled text meet a label."""

    met: float
    judged: int

    @property
    def share(self) -> float | None:
        """The precision, ``None`` where no row was judged."""
        return round(self.met / self.judged, 4) if self.judged else None


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One rule with what it made; ``rows`` is ``None`` for a rule that makes none, or where no folder was looked at."""

    rule: Rule
    rows: int | None
    precision: Precision | None


def all_rules() -> dict[str, Rule]:
    """The rules of the extractors, those of segmentation and those of the readers, by id."""
    return {**registry(), **registry(SEGMENTATION), **registry(READERS)}


def ruled() -> list[str]:
    """The datasets whose rows name their rule."""
    return [name for name, dataset in DATASETS.items() if dataset.has_rules]


def entries(rows: Mapping[str, int] | None, precisions: Mapping[str, Precision] | None) -> list[RuleEntry]:
    """The registry in its order, each rule with its count of *rows* and its precision.

    Only rules whose ids begin as a dataset says make rows; the others describe rows or keep numbers from becoming one.
    """
    makers = {dataset.rule_family for dataset in DATASETS.values()}
    return [
        RuleEntry(
            rule,
            None if rows is None or rule.id.split(".")[0] not in makers else rows.get(rule.id, 0),
            None if precisions is None else precisions.get(rule.id, Precision(0, 0)),
        )
        for rule in all_rules().values()
    ]


def rows_by_rule(folder: Folder) -> Counter[str]:
    """How many rows of *folder* each rule made."""
    counts: Counter[str] = Counter()
    for dataset in ruled():
        for issue_id in folder.issues:
            counts.update(row["rule_id"] for row in folder.rows(dataset, issue_id))
    return counts


def rows_of_rule(folder: Folder, rule_id: str) -> list[tuple[str, Row]]:
    """The rows that one rule made, with their dataset, issue by issue in text order."""
    return [
        (dataset, row)
        for issue_id in folder.issues
        for dataset in ruled()
        for row in folder.rows(dataset, issue_id)
        if row["rule_id"] == rule_id
    ]


def precision_by_rule(evaluation: Evaluation) -> dict[str, Precision]:
    """The precision of every rule over all label sets of an evaluation."""
    sums: dict[str, list[float]] = {}
    for part in evaluation.sets:
        for rule in part.rules:
            total = sums.setdefault(rule.rule_id, [0.0, 0.0])
            total[0] += rule.precision * rule.rows
            total[1] += rule.rows
    return {rule_id: Precision(round(met), int(judged)) for rule_id, (met, judged) in sums.items()}


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
        "pattern": rule.pattern.pattern,
        "examples": [{"text": example.text, "match": example.match} for example in rule.examples],
        "counter_examples": list(rule.counter_examples),
        "rows": entry.rows,
        "precision": entry.precision.share if entry.precision else None,
        "judged": entry.precision.judged if entry.precision else None,
    }
