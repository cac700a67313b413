"""Judging people and agencies: a label is met by an overlapping row of the same name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.evaluation.labels import AgencyLabel, PersonLabel
from pipeline.evaluation.matching import overlap, same_role, squash
from pipeline.evaluation.mentions import Mention, Report

NamedLabel = TypeVar("NamedLabel", PersonLabel, AgencyLabel)


def judge_people(report: Report, labels: Sequence[PersonLabel], rows: Sequence[Mention]) -> None:
    """Compare official rows that have a name with the labels; two acts of one printed name count once."""
    once: dict[tuple[int, int, str], Mention] = {}
    for row in rows:
        if row.get("name"):
            once.setdefault((row.start, row.end, squash(row.get("name"))), row)
    named = sorted(once.values(), key=lambda row: (row.start, row.end))
    pairs, extra = _meet(labels, named, lambda label, row: squash(row.get("name")) == label.name)
    for row in named:
        report.count("official_name", row.start, predicted=1)
    for label, met in pairs:
        report.count("official_name", label.start, met is not None, gold=1)
        if met is None:
            report.note("officials", "missed", (label.start, label.end), {"name": label.name, "role": label.role}, {})
            continue
        role = met.get("role")
        agrees = same_role(role, label.role)
        report.count("official_role_accuracy", label.start, agrees, gold=1)
        report.judge("officials", met, label, {"name": True, "role": agrees})
        if not agrees:
            span, rule = (label.start, label.end), met.get("rule_id")
            report.note("officials", "different", span, {"role": label.role}, {"role": role}, rule)
    for row in extra:
        found = {"name": row.get("name"), "role": row.get("role")}
        report.note("officials", "extra", (row.start, row.end), {}, found, row.get("rule_id"))
        report.judge("officials", row, None)


def judge_agencies(report: Report, labels: Sequence[AgencyLabel], rows: Sequence[Mention]) -> None:
    """Compare responsibility rows with the labels, by name and then by duty."""
    pairs, extra = _meet(labels, rows, lambda label, row: squash(row.get("agency")) == squash(label.agency))
    for figure in ("agency", "agency_duty"):
        for row in rows:
            report.count(figure, row.start, predicted=1)
    for label, met in pairs:
        duty = met.get("duty") if met else None
        report.count("agency", label.start, met is not None, gold=1)
        report.count("agency_duty", label.start, duty == label.duty, gold=1)
        span = (label.start, label.end)
        if met is None:
            expected = {"agency": label.agency, "duty": label.duty}
            report.note("responsibilities", "missed", span, expected, {})
            continue
        report.judge("responsibilities", met, label, {"agency": True, "duty": duty == label.duty})
        if duty != label.duty:
            rule = met.get("rule_id")
            report.note("responsibilities", "different", span, {"duty": label.duty}, {"duty": duty}, rule)
    for row in extra:
        found = {"agency": row.get("agency"), "duty": row.get("duty")}
        report.note("responsibilities", "extra", (row.start, row.end), {}, found, row.get("rule_id"))
        report.judge("responsibilities", row, None)


def _meet(
    labels: Sequence[NamedLabel], rows: Sequence[Mention], same: Callable[[NamedLabel, Mention], bool]
) -> tuple[list[tuple[NamedLabel, Mention | None]], list[Mention]]:
    """Each label with the first unused row that overlaps it and has its name, and the rows left over."""
    used: set[int] = set()
    pairs: list[tuple[NamedLabel, Mention | None]] = []
    for label in labels:
        met: Mention | None = None
        for index, row in enumerate(rows):
            if index not in used and overlap(label, row) and same(label, row):
                used.add(index)
                met = row
                break
        pairs.append((label, met))
    return pairs, [row for index, row in enumerate(rows) if index not in used]
