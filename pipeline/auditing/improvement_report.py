"""Fixed and broken as plain lines, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from pipeline.auditing.compare_report import line
from pipeline.auditing.improvement import Case, Improvement
from pipeline.auditing.plain import show, table

_NUMBERS: Final = ("cases", "right in A", "right in B", "fixed", "broken", "difference", "95 % interval")


def to_data(found: Improvement) -> dict[str, Any]:
    """The verdict, the columns with their paired intervals, the cases, and the changes that no label judges."""
    return {
        "verdict": found.verdict,
        "columns": [
            asdict(one) | {"difference": round(one.difference, 4), "interval": one.interval} for one in found.columns
        ],
        "cases": [asdict(case) for case in found.cases],
        "unlabelled": [asdict(change) for change in found.unlabelled],
    }


def to_lines(found: Improvement, most: int, *, only_figures: bool = False) -> Iterator[str]:
    """The verdict last: columns, then up to *most* cases and unjudged changes; of held-out texts figures alone."""
    rows = [
        (one.dataset, one.column, one.cases, one.before, one.after, one.fixed, one.broken, f"{one.difference:+.4f}",
         f"{one.interval[0]:+.3f} to {one.interval[1]:+.3f}")
        for one in found.columns
        if one.fixed or one.broken or not found.cases
    ]  # fmt: skip
    if rows:
        yield from table(("dataset", "column", *_NUMBERS), rows, _NUMBERS)
    if not only_figures:
        yield from _listed(found, most)
    unlabelled = "" if only_figures else f", {len(found.unlabelled)} changed without a label"
    yield f"{found.verdict}: {found.count('fixed')} fixed, {found.count('broken')} broken{unlabelled}"


def _listed(found: Improvement, most: int) -> Iterator[str]:
    cases = sorted(found.cases, key=lambda case: (case.category, case.dataset, case.column))
    yield from (_case(case) for case in cases[:most])
    if len(cases) > most:
        yield f"… and {len(cases) - most} more cases: --most {len(cases)}"
    for change in found.unlabelled[:most]:
        yield f"no label  {line(change)}"
    if len(found.unlabelled) > most:
        yield f"… and {len(found.unlabelled) - most} more changes without a label: --most {len(found.unlabelled)}"


def _case(case: Case) -> str:
    said = f"{show(case.before)} → {show(case.after)}, label {show(case.label)}"
    return f"{case.category:7}  {case.dataset}.{case.column}  {case.text_name}:{case.start}  {case.context}  [{said}]"
