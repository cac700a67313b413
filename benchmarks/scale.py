"""What grows with the number of issues: ledger, looking for what stands, packing, loading; as Markdown.

    python -m benchmarks.scale FOLDER

FOLDER is what ``gongbao run`` made of synthetic issues (it is copied, not changed).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.measure import ROOT, table, timed
from pipeline.analysis.loading import load
from pipeline.storage.json_lines import lines
from pipeline.store import packing
from pipeline.store.committed import committed
from pipeline.store.ledger import SNAPSHOT, InputRecord, Ledger, event_of
from pipeline.store.store import Store
from schemas.datasets import DATASETS

ENTRIES = (1_000, 10_000, 100_000)
SNAPSHOTS = (100_000, 1_000_000)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description="Measure what grows with the number of issues.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--journal", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--snapshot", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.journal:
        print(json.dumps(_journal(chosen.folder, chosen.journal)))
    elif chosen.snapshot:
        print(json.dumps(_snapshot(chosen.folder, chosen.snapshot)))
    else:
        print(report(chosen.folder))


def report(folder: Path) -> str:
    """All tables as Markdown."""
    return "\n\n".join((_ledgers(folder), _looking(folder), _packing(folder))) + "\n"


def _ledgers(folder: Path) -> str:
    rows = []
    for kind, sizes in (("journal", ENTRIES), ("snapshot", SNAPSHOTS)):
        for entries in sizes:
            command = [sys.executable, "-m", "benchmarks.scale", str(folder), f"--{kind}", str(entries)]
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
            rows.append((f"{entries:,}", kind, *json.loads(done.stdout)))
    header = (
        "entries in the ledger", "kept as", "MB", "load, processor s", "memory, MB", "all records read, processor s",
        "written, processor s",
    )  # fmt: skip
    return table(header, rows)


def _entries(folder: Path, entries: int) -> Iterator[InputRecord]:
    """Records like those of *folder*, in the order of their paths."""
    known = list(Ledger(folder).inputs.values())
    for number in range(entries):
        like, digest = known[number % len(known)], hashlib.sha256(str(number).encode()).hexdigest()
        path = f"{Path(like.path).parent}/{number:07}.txt"
        yield replace(like, path=path, sha256=digest, issue_id=digest[:16], changed_ns=int(digest[:15], 16))


def _journal(folder: Path, entries: int) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "_ledger" / "inputs.jsonl"
        path.parent.mkdir()

        def write() -> int:
            return path.write_bytes(lines(map(event_of, _entries(folder, entries))))

        _, writing, _ = timed(write)
        return _loaded(Path(made), path, writing)


def _snapshot(folder: Path, entries: int) -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / SNAPSHOT
        path.parent.mkdir()
        command = [sys.executable, "-c", _WRITE, str(folder), str(entries), str(path)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        return _loaded(Path(made), path, float(done.stdout))


_WRITE = """
import sys
from pathlib import Path
from benchmarks.measure import timed
from benchmarks.scale import _entries
from pipeline.storage.json_lines import lines
from pipeline.store.ledger import event_of
from pipeline.store.snapshot import snapshot
rows = ((record.path.encode(), lines([event_of(record)])) for record in _entries(Path(sys.argv[1]), int(sys.argv[2])))
print(timed(lambda: Path(sys.argv[3]).write_bytes(snapshot(rows)))[1])
"""
"""Writes a snapshot in a process of its own, whose memory is not that of the one that loads it."""


def _loaded(made: Path, path: Path, writing: float) -> list[str]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ledger, loading, _ = timed(lambda: Ledger(made))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    _, reading, _ = timed(lambda: deque(ledger.inputs.values(), maxlen=0))
    size = path.stat().st_size / 1e6
    return [f"{size:.1f}", f"{loading:.2f}", f"{memory / 1024:.0f}", f"{reading:.2f}", f"{writing:.2f}"]


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
