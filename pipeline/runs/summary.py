"""A run for machines: one JSON object, and metrics in the text format of Prometheus."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.runs.runner import Result

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


def as_json(result: Result) -> dict[str, Any]:
    """What a run did. Counts of rows and problems are those of all its inputs' issues, made now or before."""
    totals = result.totals()
    return {
        "inputs": totals.inputs,
        "made": result.made,
        "issues": totals.issues,
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
        "rows": dict(totals.rows),
        "problems": dict(totals.problems),
        "seconds": round(result.seconds, 3),
    }


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
    totals = result.totals()
    single = (
        ("last_success_timestamp_seconds", "when the last run that went through ended", time.time()),
        ("run_seconds", "how long it took", result.seconds),
        ("inputs", "inputs that it looked at", totals.inputs),
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
    for name, label, counts in (("rows", "dataset", totals.rows), ("problems", "category", totals.problems)):
        gauge = Gauge(f"gongbao_{name}", f"{name} in the data, by {label}", [label], registry=registry)
        for key, count in counts.items():
            gauge.labels(key).set(count)
    return registry
