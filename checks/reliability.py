"""How far columns can be trusted, measured on labels: ``python -m checks.reliability`` writes schemas/reliability.tsv.

The labels are those of tests/gold/heldout, which writers of rules do not read, judged as ``gongbao evaluate`` does; each
figure comes with its 95 % interval. The data dictionary shows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.evaluation import evaluate, load_gold
from schemas.reliability import FILE

ROOT: Final = Path(__file__).resolve().parent.parent
GOLD: Final = ROOT / "tests" / "gold" / "heldout"
_HEAD: Final = """\
# How far columns can be trusted: shares right on labels, with 95 % intervals. Written by python -m checks.reliability.
# day: {day}
# set: {name}, {texts} texts that writers of rules do not read
"""
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "quantity_span": ("quantities.text", "quantities.char_start", "quantities.char_end"),
    "quantity_value_unit": ("quantities.low", "quantities.high", "quantities.unit"),
    "comparator_accuracy": ("quantities.comparator",),
    "kind_accuracy": ("quantities.kind",),
    "deadline_accuracy": ("quantities.deadline",),
    "deadline_stated_accuracy": ("targets.deadline", "targets.deadline_date"),
    "stretch_accuracy": ("quantities.stretch", "targets.stretch"),
    "indicator_match": ("quantities.indicator", "targets.indicator"),
    "target_value_unit_cmp": ("targets.low", "targets.high", "targets.unit", "targets.comparator"),
    "target_owner": ("targets.lead_agencies", "targets.responsible_agencies", "targets.support_agencies"),
    "target_official_recall": ("targets.officials",),
    "official_name": ("officials.name",),
    "official_role_accuracy": ("officials.role",),
    "agency": ("responsibilities.agency",),
    "agency_duty": ("responsibilities.duty",),
    "document": ("documents.document_id",),
    "document_title_accuracy": ("documents.title",),
    "document_number_accuracy": ("documents.doc_number",),
    "document_issuers_accuracy": ("documents.issuers",),
    "document_signed_date_accuracy": ("documents.signed_date",),
    "clause": ("clauses.marker", "clauses.level"),
}
"""What each figure of the evaluation says of columns; F1 for what can be missed or made up, else the share right."""


def lines(figures: Mapping[str, Any], intervals: Mapping[str, Any]) -> Iterator[str]:
    """A line a column: dataset, column, figure, value, and the ends of its interval."""
    for figure, columns in COLUMNS.items():
        value, interval = figures.get(figure), intervals.get(figure)
        if isinstance(value, dict):
            value, interval = value.get("f1"), interval and interval["f1"]
        if value is None or interval is None:
            continue
        for column in columns:
            dataset, name = column.split(".")
            yield f"{dataset}\t{name}\t{figure}\t{value:.3f}\t{interval[0]:.3f}\t{interval[1]:.3f}\n"


def main() -> None:
    """Measure and write the file."""
    (result,) = evaluate([load_gold(GOLD)]).sets
    head = _HEAD.format(day=dt.date.today().isoformat(), name=result.name, texts=len(result.texts))
    body = "".join(sorted(lines(result.figures, result.intervals)))
    (ROOT / "schemas" / FILE).write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
