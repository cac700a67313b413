"""The stages of the line on the real issue, and how they grow with the text, as Markdown.

    python -m benchmarks.stages

Each measurement runs in a fresh process that has processed a few lines before, as a run does; medians of several.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import synthetic
from benchmarks.measure import ROOT, median, table, timed

ISSUE = ROOT / "raw" / "xiangyin" / "2023-01.txt"
REPEATS = 3
GROWTH = (1, 4, 16)


def main() -> None:
    """Print both tables; with a task as argument, do that here and print its seconds as JSON."""
    if len(sys.argv) > 1:
        print(json.dumps(_TASKS[sys.argv[1]](*sys.argv[2:])))
    else:
        print(report())


def report() -> str:
    """Both tables as Markdown."""
    runs = [_fresh("stages") for _ in range(REPEATS)]
    cpu = {name: median(run[name][0] for run in runs) for name in runs[0]}
    wall = {name: median(run[name][1] for run in runs) for name in runs[0]}
    whole = sum(cpu.values())
    rows = [(name, f"{cpu[name]:.2f}", f"{wall[name]:.2f}", f"{cpu[name] / whole:.0%}") for name in cpu]
    rows.append(("together", f"{whole:.2f}", f"{sum(wall.values()):.2f}", "100%"))
    size = len(ISSUE.read_text(encoding="utf-8"))
    return (
        f"`{ISSUE.relative_to(ROOT)}`, {size:,} characters, medians of {REPEATS} processes.\n\n"
        + table(("stage", "processor s", "wall s", "share"), rows)
        + "\n\nGrowth of segmenting and extracting with the text:\n\n"
        + _growth()
    )


def _growth() -> str:
    rows = []
    for name in ("the issue, repeated", "synthetic, no two documents alike"):
        found = {times: _fresh("growth", name, times) for times in GROWTH}
        first = found[GROWTH[0]]
        for times, (characters, segmenting, extracting) in found.items():
            ratio = (segmenting + extracting) / (first[1] + first[2]) / (characters / first[0])
            rows.append(
                (name, f"{times}×", f"{characters:,}", f"{segmenting:.2f}", f"{extracting:.2f}", f"{ratio:.2f}")
            )
    header = ("text", "size", "characters", "segment, processor s", "extract, processor s", "per character, against 1×")
    return table(header, rows)


def _fresh(task: str, *arguments: object) -> Any:
    command = [sys.executable, "-m", "benchmarks.stages", task, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)


def stages() -> dict[str, tuple[float, float]]:
    """Processor and wall seconds of every stage, each working on what those before it made."""
    import tempfile

    from extractors.citations import Citations
    from extractors.extract import extract
    from extractors.language.passages import shared_passages
    from extractors.officials import extract_officials
    from extractors.quantities import extract_quantities
    from extractors.responsibilities import extract_responsibilities
    from extractors.targets import extract_targets
    from extractors.targets.owners import owners_index
    from pipeline.orchestration.workers import warm_up
    from pipeline.readers import read
    from pipeline.segmentation import segment
    from pipeline.store.parquet import to_parquet
    from pipeline.store.store import Store
    from schemas.batches import to_batch
    from schemas.datasets import DATASETS
    from schemas.ids import IdMaker
    from schemas.tabulate import rows_of

    warm_up()
    found: dict[str, tuple[float, float]] = {}

    def stage(name: str, function: Callable[[], Any]) -> Any:
        result, cpu, wall = timed(function)
        found[name] = cpu, wall
        return result

    source = stage("read", lambda: read(ISSUE))
    issue = stage("segment", lambda: segment(source))
    ids, passages = IdMaker(issue.issue_id), shared_passages()
    officials = stage("extract: officials", lambda: extract_officials(issue, ids, passages))
    duties = stage("extract: responsibilities", lambda: extract_responsibilities(issue, ids, passages))
    quantities = stage(
        "extract: quantities",
        lambda: [extract_quantities(issue, document, ids, passages) for document in issue.documents],
    )
    stage(
        "extract: targets",
        lambda: [
            extract_targets(
                issue,
                document,
                rows,
                owners_index(document, duties, officials),
                ids,
            )
            for document, rows in zip(issue.documents, quantities, strict=True)
        ],
    )
    citations = Citations.of(issue)
    stage(
        "extract: citations",
        lambda: [citations.in_document(document, ids, passages) for document in issue.documents],
    )
    extraction = extract(issue)  # the same again in one go: what the rows are made of
    rows = stage("rows", lambda: rows_of(issue, extraction))
    metadata = {"source_sha256": source.source_sha256}
    batches = stage("record batches", lambda: {name: to_batch(name, rows[name], metadata) for name in DATASETS})
    files = stage("Parquet", lambda: {name: to_parquet(batch) for name, batch in batches.items()})
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        stage("write, 14 files synced", lambda: store.write(issue.issue_id, 2023, files, source.text))
    return found


def growth(name: str, times: str) -> tuple[int, float, float]:
    """Characters, and processor seconds of segmenting and of extracting, of so many times the text."""
    from extractors.extract import extract
    from pipeline.orchestration.workers import warm_up
    from pipeline.segmentation import segment
    from schemas.records import SourceText

    warm_up()
    if name.startswith("synthetic"):
        text = synthetic.issue(random.Random(7), 1, documents=10 * int(times))
    else:
        text = ISSUE.read_text(encoding="utf-8") * int(times)
    issue, segmenting, _ = timed(lambda: segment(SourceText(text, "growth.txt", "0" * 64)))
    _, extracting, _ = timed(lambda: extract(issue))
    return len(text), segmenting, extracting


_TASKS: dict[str, Callable[..., Any]] = {"stages": stages, "growth": growth}

if __name__ == "__main__":
    main()
