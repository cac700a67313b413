"""Throughput, memory, scaling and orchestration share of ``gongbao run`` on synthetic issues, as Markdown.

    python -m benchmarks.throughput --count 1000

Every run is the real command. What it costs to begin and end (Prefect's server and client, the dictionary) is
measured on four issues with as many workers, and taken off: the figures are those of the issues. The orchestration
share is the part of all processor time that goes to the command's own process and to Prefect's server, neither of
which works on issues when there are two workers.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path

from benchmarks import synthetic
from benchmarks.measure import Measured, gongbao, table

RUNS = {
    "1 worker": ("--workers", "1"),
    "2 workers": ("--workers", "2"),
    "Dask, 2 workers": ("--runner", "dask", "--workers", "2"),
}


def main() -> None:
    """Print the table for ``--count`` issues."""
    parser = argparse.ArgumentParser(description="Measure gongbao run on synthetic issues.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="Leave raw and processed folders here.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gongbao-bench-") as folder:
        print(report(chosen.keep or Path(folder), chosen.count, chosen.seed))


def report(folder: Path, count: int, seed: int = 1) -> str:
    """The measurements of *count* issues as Markdown; *folder* is left with ``raw`` and the runs' outputs."""
    characters = synthetic.write(folder / "raw", count, seed)
    synthetic.write(folder / "few", 4, seed)
    gongbao("run", folder / "few", "--out", folder / "warm", "--quiet")  # makes Prefect's database
    runs: dict[str, tuple[Measured, Measured]] = {}
    for name, options in RUNS.items():
        if "dask" in options and importlib.util.find_spec("distributed") is None:
            continue
        short = gongbao("run", folder / "few", "--out", folder / f"few {name}", "--quiet", *options)
        runs[name] = short, gongbao("run", folder / "raw", "--out", folder / name, "--quiet", *options)
    again = gongbao("run", folder / "raw", "--out", folder / "2 workers", "--quiet")
    return _report(count, characters, runs, again, _own_seconds(folder / "1 worker"))


def _report(
    count: int, characters: int, runs: dict[str, tuple[Measured, Measured]], again: Measured, own: float
) -> str:
    one = _steady(*runs["1 worker"])
    rows = []
    for name, (short, whole) in runs.items():
        steady = _steady(short, whole)
        share = f"{steady.orchestration / steady.total:.1%}" if name != "1 worker" else "–"
        rows.append(
            (
                name, f"{whole.seconds:.1f}", f"{short.seconds:.1f}", f"{count / steady.seconds:.1f}",
                f"{one.seconds / steady.seconds:.2f}×", f"{steady.total:.1f}", f"{steady.total / one.total:.2f}×", share,
                f"{whole.megabytes:.0f}",
            )
        )  # fmt: skip
    header = (
        "run", "wall s", "of it to begin and end", "issues/s after that", "against 1 worker", "processor s of the issues",
        "against 1 worker", "orchestration", "peak MB",
    )  # fmt: skip
    beyond = one.total - own
    return (
        f"{count} issues, {characters:,} characters ({characters // count:,} an issue).\n\n{table(header, rows)}\n\n"
        f"With 1 worker the issues' own seconds (reading, processing; beside that writing and waiting for the disk) are "
        f"{own:.1f} in {one.seconds:.1f} s; processor time beyond them: {max(0.0, beyond):.1f} s. "
        f"Run again with nothing to do: {again.seconds:.2f} s, {again.total:.2f} s of processor time.\n"
    )


def _steady(short: Measured, whole: Measured) -> Measured:
    """What *whole* took beyond *short*."""
    cpu = {role: max(0.0, used - short.cpu.get(role, 0.0)) for role, used in whole.cpu.items()}
    return Measured(whole.seconds - short.seconds, cpu, whole.megabytes)


def _own_seconds(out: Path) -> float:
    records = [json.loads(line) for line in (out / "_ledger" / "inputs.jsonl").read_text().splitlines()]
    return sum({record["path"]: record["seconds"] for record in records if "path" in record}.values())


if __name__ == "__main__":
    main()
