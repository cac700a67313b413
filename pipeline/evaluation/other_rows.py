"""Judging the rows of all other datasets (citations, milestones, clauses, owners as given) column by column."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.evaluation.columns import row_agreement
from pipeline.evaluation.labels import RowLabel
from pipeline.evaluation.matching import pair
from pipeline.evaluation.mentions import Mention, Report
from schemas.datasets import DATASETS


def judge_rows(report: Report, dataset: str, labels: Sequence[RowLabel], rows: Sequence[Mention]) -> None:
    """Compare the rows of *dataset* in its labelled stretches with *labels*; what a label does not state is not judged."""
    judged = DATASETS[dataset].judged
    pairing = pair(labels, rows)
    for label in pairing.missed:
        report.note(dataset, "missed", (label.start, label.end), label.stated, {})
    for row in pairing.extra:
        found = {column: row.get(column) for column in judged}
        report.note(dataset, "extra", (row.start, row.end), {}, found, row.get("rule_id"))
        report.judge(dataset, row, None)
    for label, row in pairing.pairs:
        agrees = row_agreement(label.stated, row.values)
        report.judge(dataset, row, label, agrees)
        differing = [column for column, same in agrees.items() if not same]
        if differing:
            expected = {column: label.stated[column] for column in differing}
            found = {column: row.get(column) for column in differing}
            report.note(dataset, "different", (label.start, label.end), expected, found, row.get("rule_id"))
