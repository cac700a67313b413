"""Segmenting and extracting against another revision: processes of both in turn, in one run, processor time.

    python -m benchmarks --against REV

Each process works through all texts twice and counts the second time. The revision is checked out beside (a git worktree
in the temporary folder) and runs with this environment's packages. A stage whose processor time rose by more than a tenth
in the middle of the pairs makes the command end with 1.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ISSUE = ROOT / "raw" / "xiangyin" / "2023-01.txt"
BESIDE = ROOT.parent / "shared" / "real" / "reports"
STAGES = ("segment", "extract")
PAIRS = 5
MOST = 1.1
"""How much longer than before a stage may take."""


def texts(quick: bool = False) -> list[Path]:
    """The real issue, and unless it has to be *quick* the work reports of provinces where they are there."""
    return [ISSUE] if quick else [ISSUE, *sorted(BESIDE.glob("*.txt"))]


def compare(revision: str, pairs: int = PAIRS, most: float = MOST, quick: bool = False) -> tuple[str, bool]:
    """The table of *pairs* of processes as Markdown, and whether no stage takes *most* times as long as before."""
    read = texts(quick)
    with _checkout(revision) as before:
        for root in (before, ROOT):
            _measured(root, read[:1])  # compiles modules and patterns
        found = [(_measured(before, read), _measured(ROOT, read)) for _ in range(pairs)]
    characters = sum(len(path.read_text(encoding="utf-8")) for path in read)
    lines = [
        f"{len(read)} texts, {characters:,} characters, {pairs} pairs of processes, processor seconds (median).",
        "",
    ]
    lines += [
        f"| stage | {revision} | now | times as fast | lowest | highest |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    sound = True
    for name, stages in (*((stage, (stage,)) for stage in STAGES), ("together", STAGES)):
        old = [sum(one[stage] for stage in stages) for one, _ in found]
        new = [sum(one[stage] for stage in stages) for _, one in found]
        ratios = [one / other for one, other in zip(old, new, strict=True)]
        sound = sound and median(ratios) * most >= 1
        lines.append(
            f"| {name} | {median(old):.2f} | {median(new):.2f} | {median(ratios):.2f}× | {min(ratios):.2f}× | {max(ratios):.2f}× |"
        )
    return "\n".join(lines), sound


@contextmanager
def _checkout(revision: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="gongbao-against-") as folder:
        root = Path(folder) / "before"
        _git("worktree", "add", "--quiet", "--detach", str(root), revision)
        try:
            yield root
        finally:
            _git("worktree", "remove", "--force", str(root))


def _git(*arguments: str) -> None:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmarks: {done.stderr.strip() or f'git {arguments[0]} failed'}")


def _measured(root: Path, paths: Sequence[Path]) -> dict[str, float]:
    """Processor seconds by stage of the checkout at *root* on the texts at *paths*, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, str(Path(__file__).resolve()), *map(str, paths)]
    made = subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(made.stdout)
    return found


def _measure(paths: Sequence[Path]) -> dict[str, float]:
    from extractors.extract import extract
    from pipeline.readers import read
    from pipeline.segmentation import segment

    sources = [read(path) for path in paths]
    for _ in range(2):
        start = time.process_time()
        issues = [segment(source) for source in sources]
        middle = time.process_time()
        for issue in issues:
            extract(issue)
        seconds = dict(zip(STAGES, (middle - start, time.process_time() - middle), strict=True))
    return seconds


if __name__ == "__main__":  # run so by _measured, with the checkout that it names first on the path
    print(json.dumps(_measure([Path(name) for name in sys.argv[1:]])))
