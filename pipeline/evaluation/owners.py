"""Judging owners: do targets carry the agencies and people that their own line names?

Only lines that name their owners plainly are judged: a table row (its line has a tab), or a line whose
agencies stand together in one note. Members of a body own nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from pipeline.evaluation.labels import AgencyLabel, Label, PersonLabel, QuantityLabel
from pipeline.evaluation.matching import overlap, squash
from pipeline.evaluation.mentions import Mention, Report

_WIDEST_GAP: Final = 12
"""Characters between two agencies of one note (，责任单位： and the like)."""
_DUTY_COLUMNS: Final = (
    ("lead", "lead_agencies"),
    ("responsible", "responsible_agencies"),
    ("support", "support_agencies"),
)

Owner = AgencyLabel | PersonLabel


def judge_owners(report: Report, labels: Sequence[Label], targets: Sequence[Mention]) -> None:
    """Compare the owners of target rows with the labelled agencies and people of the target's line."""
    by_line: dict[int, list[Owner]] = defaultdict(list)
    for label in labels:
        if isinstance(label, AgencyLabel | PersonLabel):
            by_line[report.line_of(label.start)[0]].append(label)
    by_start = {row.start: row for row in targets}
    for label in labels:
        if not isinstance(label, QuantityLabel) or label.kind != "target":
            continue
        agencies, people = _owners(by_line.get(report.line_of(label.start)[0], []))
        if (agencies or people) and _plain(report, label, agencies):
            row = by_start.get(label.start) or next((row for row in targets if overlap(label, row)), None)
            _count(report, label, agencies, people, row)


def one_to_one(targets: Sequence[Mention], quantities: Sequence[Mention]) -> bool:
    """Whether each quantity of kind target has exactly one target, and no other quantity has any.

    True where there are none of either.
    """
    wanted = {row.get("quantity_id") for row in quantities if row.get("kind") == "target"}
    found = [row.get("quantity_id") for row in targets]
    return set(found) == wanted and len(found) == len(wanted)


def _owners(owners: Sequence[Owner]) -> tuple[list[AgencyLabel], list[PersonLabel]]:
    agencies = [label for label in owners if isinstance(label, AgencyLabel) and label.duty != "member"]
    people = [label for label in owners if isinstance(label, PersonLabel)]
    return sorted(agencies, key=lambda label: label.start), people


def _plain(report: Report, label: QuantityLabel, agencies: Sequence[AgencyLabel]) -> bool:
    start, end = report.line_of(label.start)
    if "\t" in report.gold.text[start:end]:
        return True
    return all(after.start - before.end <= _WIDEST_GAP for before, after in pairwise(agencies))


def _count(
    report: Report,
    label: QuantityLabel,
    agencies: Sequence[AgencyLabel],
    people: Sequence[PersonLabel],
    row: Mention | None,
) -> None:
    wanted = {(agency.duty, squash(agency.agency)) for agency in agencies}
    found = {
        (duty, squash(agency)) for duty, column in _DUTY_COLUMNS for agency in (row.get(column) if row else None) or ()
    }
    report.count("target_owner", label.start, len(wanted & found), gold=len(wanted), predicted=len(found))
    names = {person.name for person in people}
    carried = {squash(name) for name in (row.get("officials") if row else None) or ()}
    report.count("target_official_recall", label.start, len(names & carried), gold=len(names))
    if row is not None:
        report.judge("targets", row, label, {"lead_agencies": wanted == found, "officials": names <= carried})
    if wanted != found:
        expected = {"owners": sorted(f"{duty}:{agency}" for duty, agency in wanted)}
        actual = {"owners": sorted(f"{duty}:{agency}" for duty, agency in found)}
        report.note("targets", "different", (label.start, label.end), expected, actual)
