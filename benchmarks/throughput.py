"""Throughput, memory and orchestration share of ``gongbao run`` on synthetic issues, as Markdown.

    python benchmarks/throughput.py --count 1000

Every run is the real command in a process of its own. Peak memory is the sum over the run's processes of
their proportional shares, sampled; the orchestration share is what remains of the wall time of one worker
when the same issues' own seconds (read, process, write, as the ledger records them) are taken off.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import synthetic

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Measured:
    """One run: wall seconds, peak memory in megabytes, the issues' own seconds, and how many there were."""

    name: str
    seconds: float
    megabytes: float
    own: float
    issues: int


def run(name: str, raw: Path, out: Path, *options: str) -> Measured:
    """``gongbao run`` over *raw* with *options*."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipeline", "run", str(raw), "--out", str(out), "--quiet", *options]
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory(process.pid))
        time.sleep(0.2)
    seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    records = [json.loads(line) for line in (out / "_ledger" / "inputs.jsonl").read_text().splitlines()]
    made = {record["path"]: record["seconds"] for record in records if "path" in record}
    return Measured(name, seconds, peak, sum(made.values()), len(made))


def _memory(root: int) -> float:
    """Megabytes of a process and its descendants, shared pages by share."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue  # it has just ended
            children.setdefault(parent, []).append(int(entry.name))
    total, waiting = 0.0, [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


def table(runs: list[Measured], base: float) -> str:
    """The runs as a Markdown table; *base* is what a run costs before its first issue, in seconds."""
    one = next(item for item in runs if item.name == "1 worker")
    lines = ["| run | wall s | issues/s | against 1 worker | peak MB |", "| --- | --- | --- | --- | --- |"]
    for item in runs:
        steady = item.seconds - base
        lines.append(
            f"| {item.name} | {item.seconds:.1f} | {item.issues / steady:.1f} | {(one.seconds - base) / steady:.2f}× | {item.megabytes:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table for ``--count`` issues."""
    parser = argparse.ArgumentParser(description="Measure gongbao run on synthetic issues.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gongbao-bench-"))
    try:
        characters = synthetic.write(folder / "raw", chosen.count, chosen.seed)
        synthetic.write(folder / "one", 1, chosen.seed)
        run("warm-up", folder / "one", folder / "warm")
        base = run("start", folder / "one", folder / "start", "--workers", "1").seconds
        runs = [
            run("1 worker", folder / "raw", folder / "1", "--workers", "1"),
            run("2 workers", folder / "raw", folder / "2", "--workers", "2"),
        ]
        if importlib.util.find_spec("prefect_dask"):
            runs.append(run("Dask, 2 workers", folder / "raw", folder / "3", "--runner", "dask", "--workers", "2"))
        again = run("no-op", folder / "raw", folder / "2")
        print(f"{chosen.count} synthetic issues, {characters} characters; a run starts in {base:.1f} s.\n")
        print(table(runs, base))
        share = (runs[0].seconds - base - runs[0].own) / runs[0].seconds
        print(f"\nOrchestration share with 1 worker: {share:.1%}. Re-run with nothing to do: {again.seconds:.2f} s.")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
