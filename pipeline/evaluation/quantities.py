"""Judging quantities: spans, values, comparators, kinds, deadlines, stretch, indicators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.evaluation.columns import quantity_agreement
from pipeline.evaluation.labels import QuantityLabel
from pipeline.evaluation.matching import Pairing, pair, same_value, same_wording, unit_key, wording_f1
from pipeline.evaluation.mentions import Mention, Report

_LOOSE: Final = {">": ">=", "<": "<="}


def judge_quantities(report: Report, labels: Sequence[QuantityLabel], rows: Sequence[Mention]) -> None:
    """Compare quantity rows (those of labelled stretches) with the labels."""
    pairing = pair(labels, rows)
    _count_sides(report, labels, rows, ("quantity_span", "quantity_value_unit", "quantity_value_unit_cmp"))
    for label, row in pairing.pairs:
        _count_pair(report, label, row)
    _count_targets(report, labels, rows)
    _explain(report, pairing)


def _count_sides(
    report: Report, labels: Sequence[QuantityLabel], rows: Sequence[Mention], figures: Sequence[str]
) -> None:
    for figure in figures:
        for label in labels:
            report.count(figure, label.start, gold=1)
        for row in rows:
            report.count(figure, row.start, predicted=1)


def _count_pair(report: Report, label: QuantityLabel, row: Mention) -> None:
    at = label.start
    comparator, deadline = row.get("comparator"), row.get("deadline") or None
    report.count("quantity_span", at, 1)
    report.count("quantity_value_unit", at, same_quantity(label, row))
    report.count("quantity_value_unit_cmp", at, _same_bound(label, row))
    loose = _LOOSE.get(str(comparator), comparator) == _LOOSE.get(label.comparator, label.comparator)
    shares: list[tuple[str, float]] = [
        ("comparator_accuracy", comparator == label.comparator),
        ("comparator_accuracy_loose", loose),
        ("kind_accuracy", row.get("kind") == label.kind),
        ("deadline_accuracy", deadline == label.deadline),
        ("stretch_accuracy", bool(row.get("stretch")) == label.stretch),
        ("indicator_char_f1", wording_f1(row.get("indicator"), label.indicator)),
        ("indicator_match", same_wording(row.get("indicator"), label.indicator)),
    ]
    if report.gold.accepted:
        shares.append(("indicator_match_second_guide", _by_either_guide(report, label, row)))
    if deadline or label.deadline:
        shares.append(("deadline_stated_accuracy", deadline == label.deadline))
    for figure, hits in shares:
        report.count(figure, at, hits, gold=1)


def _by_either_guide(report: Report, label: QuantityLabel, row: Mention) -> bool:
    """Whether *row* says what its label says, or what the second guide accepts in its stead."""
    accepted = report.gold.accepted.get(label.start)
    return same_wording(row.get("indicator"), label.indicator) or (accepted is not None and accepted.allows(row.values))


def _count_targets(report: Report, labels: Sequence[QuantityLabel], rows: Sequence[Mention]) -> None:
    """Targets are paired among themselves: a target taken for a fact counts on both sides."""
    wanted = [label for label in labels if label.kind == "target"]
    found = [row for row in rows if row.get("kind") == "target"]
    _count_sides(report, wanted, found, ("target_value_unit_cmp", "target_complete"))
    for label, row in pair(wanted, found).pairs:
        bound = _same_bound(label, row)
        report.count("target_value_unit_cmp", label.start, bound)
        complete = bound and same_wording(row.get("indicator"), label.indicator)
        report.count("target_complete", label.start, complete)


def same_quantity(label: QuantityLabel, row: Mention) -> bool:
    """Whether value and unit agree."""
    return (
        same_value(row.get("low"), label.low)
        and same_value(row.get("high"), label.high)
        and unit_key(row.get("unit")) == unit_key(label.unit)
    )


def _same_bound(label: QuantityLabel, row: Mention) -> bool:
    return same_quantity(label, row) and row.get("comparator") == label.comparator


def _explain(report: Report, pairing: Pairing[QuantityLabel, Mention]) -> None:
    for label in pairing.missed:
        expected = {"kind": label.kind, "indicator": label.metric or label.indicator}
        report.note("quantities", "missed", (label.start, label.end), expected, {})
    for row in pairing.extra:
        found = {"kind": row.get("kind"), "indicator": row.get("indicator")}
        report.note("quantities", "extra", (row.start, row.end), {}, found, row.get("rule_id"))
        report.judge("quantities", row, None)
    for label, row in pairing.pairs:
        agrees = quantity_agreement(label, row)
        report.judge("quantities", row, label, agrees)
        differing = [column for column, same in agrees.items() if not same]
        if differing:
            expected = {column: getattr(label, column) for column in differing}
            found = {column: row.get(column) for column in differing}
            report.note("quantities", "different", (label.start, label.end), expected, found, row.get("rule_id"))
