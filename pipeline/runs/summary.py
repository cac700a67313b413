"""A run for machines: one JSON object, and metrics in the text format of Prometheus."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.runs.runner import Result
from pipeline.store.ledger import InputRecord
from schemas.datasets import DATASETS

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


def as_json(result: Result) -> dict[str, Any]:
    """What a run did. Counts of rows and problems are those of all its inputs' issues, made now or before."""
    rows, problems = totals(result.records)
    return {
        "inputs": len(result.records),
        "made": result.made,
        "issues": len({record.issue_id for record in result.records if record.status == "done"}),
        "quarantined": [
            {"source_path": record.source_path, "cause": record.cause, "reason": record.reason}
            for record in result.quarantined
        ],
        "removed": result.removed,
        "missing": result.missing,
        "damaged": result.damaged,
        "lost": result.lost,
        "set_aside": result.set_aside,
        "drift": result.drift,
        "mean_confidence": result.confidence,
        "rows": rows,
        "problems": problems,
        "seconds": round(result.seconds, 3),
    }


def totals(records: Iterable[InputRecord]) -> tuple[dict[str, int], dict[str, int]]:
    """Rows by dataset and problems by category, each issue once."""
    rows: Counter[str] = Counter(dict.fromkeys(DATASETS, 0))
    problems: Counter[str] = Counter()
    for record in {record.issue_id: record for record in records if record.status == "done"}.values():
        rows.update(record.rows)
        problems.update(record.problems)
    return dict(rows), dict(sorted(problems.items()))


def write_metrics(result: Result, path: Path) -> None:
    """Put the metrics of a run that went through into the file *path*, as a whole. Raises :class:`OSError`."""
    from prometheus_client import generate_latest

    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.write_bytes(generate_latest(_metrics(result)))
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _metrics(result: Result) -> CollectorRegistry:
    from prometheus_client import CollectorRegistry, Gauge

    registry = CollectorRegistry()
    rows, problems = totals(result.records)
    single = (
        ("last_success_timestamp_seconds", "when the last run that went through ended", time.time()),
        ("run_seconds", "how long it took", result.seconds),
        ("inputs", "inputs that it looked at", len(result.records)),
        ("issues_made", "issues that it made or made anew", result.made),
        ("quarantined", "inputs that cannot be read", len(result.quarantined)),
        ("damaged_files", "files of the store that were not as they had been written", len(result.damaged)),
        (
            "drifting",
            "datasets and rules with rows a character out of the band of the last ten runs",
            len(result.drift),
        ),
    )
    for name, help_text, value in single:
        Gauge(f"gongbao_{name}", help_text, registry=registry).set(value)
    if result.confidence is not None:
        told = "mean confidence of the kinds of the quantities that it made"
        Gauge("gongbao_confidence_mean", told, registry=registry).set(result.confidence)
    for name, label, counts in (("rows", "dataset", rows), ("problems", "category", problems)):
        gauge = Gauge(f"gongbao_{name}", f"{name} in the data, by {label}", [label], registry=registry)
        for key, count in counts.items():
            gauge.labels(key).set(count)
    return registry
