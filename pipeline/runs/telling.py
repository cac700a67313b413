"""What a run tells of an issue that it made: its rows by dataset, kind, problem and rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.runs.outcomes import Made
from schemas.datasets import DATASETS
from schemas.ids import issue_id as id_of
from schemas.records import SourceText


class Telling:
    """Counts the rows of an issue batch by batch."""

    def __init__(self) -> None:
        self._rows: Counter[str] = Counter()
        self._by_column: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._rules: Counter[str] = Counter()
        self._confidence, self._confidences = 0.0, 0
        self._year: int | None = None
        self._title: str | None = None

    def add(self, name: str, batch: pa.RecordBatch) -> None:
        """Take in a *batch* of the dataset *name*."""
        self._rows[name] += batch.num_rows
        if DATASETS[name].has_rules:
            self._rules.update({str(rule): count for rule, count in _counts(batch.column("rule_id")).items()})
        if name == "issues":
            self._year = batch.column("publication_year")[0].as_py()
            self._title = batch.column("title")[0].as_py()
        elif name == "quantities":
            self._count(name, "kind", batch)
            confidences = batch.column("kind_confidence")
            self._confidence += pc.sum(confidences).as_py() or 0.0
            self._confidences += len(confidences) - confidences.null_count
        elif name == "problems":
            self._count(name, "category", batch)

    def made(self, source: SourceText) -> Made:
        """What is told of the issue of *source*, all of whose batches were taken in."""
        return Made(
            issue_id=id_of(source.source_sha256),
            sha256=source.source_sha256,
            year=self._year,
            title=self._title,
            rows={name: self._rows[name] for name in DATASETS},
            kinds=_in_order(self._by_column["quantities", "kind"]),
            problems=_in_order(self._by_column["problems", "category"]),
            characters=len(source.text),
            rules=dict(self._rules),
            confidence=(round(self._confidence, 3), self._confidences),
        )

    def _count(self, name: str, column: str, batch: pa.RecordBatch) -> None:
        self._by_column[name, column].update(_counts(batch.column(column)))


def _counts(column: pa.Array) -> dict[str, int]:
    counts: list[dict[str, Any]] = pc.value_counts(column).to_pylist()
    return _in_order({item["values"]: item["counts"] for item in counts})


def _in_order(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: str(item[0])))
