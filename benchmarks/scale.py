"""What grows with the number of issues: ledger, looking for what stands, packing, loading; as Markdown.

    python -m benchmarks.scale FOLDER

FOLDER is what ``gongbao run`` made of synthetic issues (it is copied, not changed).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import ROOT, table, timed
from pipeline.analysis.loading import load
from pipeline.store import packing
from pipeline.store.committed import committed
from pipeline.store.ledger import Ledger
from pipeline.store.store import Store
from schemas.datasets import DATASETS

ENTRIES = (1_000, 10_000, 100_000)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description="Measure what grows with the number of issues.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ledger", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.ledger:
        print(json.dumps(_ledger(chosen.folder, chosen.ledger)))
    else:
        print(report(chosen.folder))


def report(folder: Path) -> str:
    """All tables as Markdown."""
    return "\n\n".join((_ledgers(folder), _looking(folder), _packing(folder))) + "\n"


def _ledgers(folder: Path) -> str:
    rows = []
    for entries in ENTRIES:
        command = [sys.executable, "-m", "benchmarks.scale", str(folder), "--ledger", str(entries)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        told = json.loads(subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)
        rows.append((f"{entries:,}", *told))
    header = ("entries in the ledger", "MB", "load, processor s", "memory, MB", "rewrite, processor s")
    return table(header, rows)


def _ledger(folder: Path, entries: int) -> list[str]:
    """Size, time and memory of a ledger with *entries* records like those of *folder*."""
    known = [line for line in (folder / "_ledger" / "inputs.jsonl").read_text().splitlines() if '"path"' in line]
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "_ledger" / "inputs.jsonl"
        path.parent.mkdir()
        with path.open("w") as file:
            for number in range(entries):
                record = json.loads(known[number % len(known)])
                record["path"] = f"{record['path']}.{number:07}"
                record["issue_id"] = f"{number:016x}"
                file.write(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")
        size = path.stat().st_size
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        ledger, loading, _ = timed(lambda: Ledger(Path(made)))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        ledger._lines = 10 * entries  # as if most of it were out of force
        _, rewriting, _ = timed(ledger.compact)
    return [f"{size / 1e6:.1f}", f"{loading:.2f}", f"{memory / 1024:.0f}", f"{rewriting:.2f}"]


def _looking(folder: Path) -> str:
    """How long it takes to see what is complete, for so many issues in files of their own."""
    rows = []
    for issues in ENTRIES[:2]:
        with tempfile.TemporaryDirectory() as made:
            _many_files(Path(made), issues)
            found, cpu, wall = timed(lambda made=made: Store(Path(made)).complete())
            assert len(found) == issues
        rows.append((f"{issues:,} in files of their own", f"{cpu:.2f}", f"{wall:.2f}"))
    packed = _copy(folder)
    try:
        packing.pack(Store(packed))
        found, cpu, wall = timed(lambda: Store(packed).complete())
        rows.append((f"{len(found):,} packed", f"{cpu:.2f}", f"{wall:.2f}"))
    finally:
        shutil.rmtree(packed.parent)
    return table(("issues looked for", "processor s", "wall s"), rows)


def _many_files(folder: Path, issues: int) -> None:
    for dataset in (*DATASETS, "texts"):
        for year in range(2000, 2020):
            (folder / dataset / ("" if dataset == "texts" else f"year={year}")).mkdir(parents=True, exist_ok=True)
        for number in range(issues):
            name = f"{number:016x}"
            place = f"{name}.txt" if dataset == "texts" else f"year={2000 + number % 20}/{name}.parquet"
            os.close(os.open(folder / dataset / place, os.O_CREAT))


def _packing(folder: Path) -> str:
    packed = _copy(folder)
    try:
        store = Store(packed)
        rows = [("files of their own", *_size(packed), *_loads(packed), "–")]
        written, cpu, wall = timed(lambda: packing.pack(store))
        rows.append(("packed", *_size(packed), *_loads(packed), f"{cpu:.1f} ({wall:.1f})"))
        largest = max(store.parts().values(), key=len)
        _, cpu, wall = timed(lambda: (packing.unpack(store, [largest[0]]), packing.pack(store)))
        rows.append(
            (f"one issue of a part of {len(largest)} replaced", *_size(packed), "–", "–", f"{cpu:.1f} ({wall:.1f})")
        )
    finally:
        shutil.rmtree(packed.parent)
    header = (
        "layout", "files", "MB", 'load("targets"), processor s', "rows a second", "to get there, processor (wall) s"
    )  # fmt: skip
    return f"{len(written)} parts per dataset.\n\n{table(header, rows)}"


def _size(folder: Path) -> tuple[str, str]:
    files = [path for name in DATASETS for path in (folder / name).rglob("*.parquet")]
    return f"{len(files):,}", f"{sum(path.stat().st_size for path in files) / 1e6:.1f}"


def _loads(folder: Path) -> Sequence[str]:
    load("problems", folder)  # loads what it loads
    frame, cpu, _ = timed(lambda: load("targets", folder))
    assert committed(folder).places
    return f"{cpu:.2f}", f"{len(frame) / cpu:,.0f}"


def _copy(folder: Path) -> Path:
    made = Path(tempfile.mkdtemp(prefix="gongbao-scale-")) / "processed"
    shutil.copytree(folder, made)
    return made


if __name__ == "__main__":
    main()
