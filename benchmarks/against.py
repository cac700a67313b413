"""Segmenting and extracting against another revision: a process of each, in turn, in one run, processor time.

    python -m benchmarks --against REV [--unseen]

The two processes stand side by side and take the texts in turn, so that what else the machine does meets both alike; of
several rounds behind a first the least time of each text counts. With ``--unseen`` each second text is read by copies of
processes that have seen the others, as where a run reads many: what is remembered of words and sentences helps little then.
The revision is checked out beside (a git worktree in the temporary folder) and runs with this environment's packages. A stage
that takes over a tenth more processor time, by the least and in the middle of the rounds, makes the command end with 1; where one
seems to, as many rounds again are taken three times over, and all of them count: on a busy machine a few rounds may mislead.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
ISSUE = ROOT / "raw" / "xiangyin" / "2023-01.txt"
BESIDE = ROOT.parent / "shared" / "real" / "reports"
STAGES = ("segment", "extract")
ROUNDS = 5
MOST = 1.1
"""How much longer than before a stage may take."""
AGAIN = 3
"""How many times as many rounds are added where a stage seems to be slower."""
Seconds = dict[str, float]
"""Processor seconds by stage."""
Round = tuple[list[Seconds], list[Seconds]]
"""What each of the texts took before, and now."""


def texts(quick: bool = False) -> list[Path]:
    """The real issue, and unless it has to be *quick* the work reports of provinces where they are there."""
    return [ISSUE] if quick else [ISSUE, *sorted(BESIDE.glob("*.txt"))]


def compare(
    revision: str, rounds: int = ROUNDS, most: float = MOST, *, quick: bool = False, unseen: bool = False
) -> tuple[str, bool]:
    """The table of *rounds* as Markdown, and whether no stage takes over *most* times as long as before."""
    read = texts(quick)
    with _checkout(revision) as before, ExitStack() as both:
        old, new = (both.enter_context(_Process(root)) for root in (before, ROOT))
        _round(old, new, read[::2] if unseen else read)
        read = read[1::2] if unseen else read
        if not read:
            raise SystemExit(f"benchmarks: --unseen needs texts in {BESIDE}")
        found = [_round(old, new, read, copied=unseen, turned=bool(number % 2)) for number in range(rounds)]
        if not held(found, most)[1]:
            found += [
                _round(old, new, read, copied=unseen, turned=bool(number % 2)) for number in range(AGAIN * rounds)
            ]
    characters = sum(len(path.read_text(encoding="utf-8")) for path in read)
    rows, sound = held(found, most)
    lines = [
        f"{len(read)} texts, {characters:,} characters, {'unseen, ' * unseen}taken in turn in {len(found)} rounds; processor "
        "seconds, least of each text.",
        "",
        f"| stage | {revision} | now | times as fast | in the middle of the rounds |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join((*lines, *rows)), sound


def held(found: Sequence[Round], most: float = MOST) -> tuple[list[str], bool]:
    """A row of the table for each stage and for both, and whether none takes over *most* times as long as before.

    A stage does where it takes as long by the least times of the texts and in the middle of the rounds.
    """
    rows: list[str] = []
    sound = True
    for name, stages in (*((stage, (stage,)) for stage in STAGES), ("together", STAGES)):
        old, new = (
            sum(
                min(_sum(one, stages) for one in of_text)
                for of_text in zip(*(each[side] for each in found), strict=True)
            )
            for side in (0, 1)
        )
        middle = median(_all(before, stages) / _all(now, stages) for before, now in found)
        sound = sound and (new <= most * old or middle * most >= 1)
        rows.append(f"| {name} | {old:.2f} | {new:.2f} | {old / new:.2f}× | {middle:.2f}× |")
    return rows, sound


def _round(old: _Process, new: _Process, read: Sequence[Path], *, copied: bool = False, turned: bool = False) -> Round:
    """What each of the texts takes the two processes, or *copied* ones; *turned*: the new one goes first."""
    taken: Round = ([], [])
    for path in read:
        for side in (1, 0) if turned else (0, 1):
            taken[side].append((old, new)[side].seconds(path, copied=copied))
    return taken


def _all(taken: Sequence[Seconds], stages: Sequence[str]) -> float:
    return sum(_sum(one, stages) for one in taken)


def _sum(taken: Seconds, stages: Sequence[str]) -> float:
    return sum(taken[stage] for stage in stages)


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


class _Process:
    """A process of the checkout at *root* that measures the texts named to it, one after the other."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, str(Path(__file__).resolve())]
        environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "0"}
        self._process = subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> _Process:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def seconds(self, path: Path, *, copied: bool) -> Seconds:
        """What the text at *path* takes it, or a copy of it. Raises :class:`SystemExit` where it has ended."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps([str(path), copied]), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("benchmarks: the revision cannot be measured")
        found: Seconds = json.loads(line)
        return found


def _serve() -> None:
    """Measure each text named on standard input; what is loaded is kept out of the collector's sight, as in a run."""
    for line in sys.stdin:
        name, copied = json.loads(line)
        if copied and (child := os.fork()):
            os.waitpid(child, 0)
            continue
        print(json.dumps(_measure(Path(name))), flush=True)
        if copied:
            os._exit(0)
        gc.collect()
        gc.freeze()


def _measure(path: Path) -> Seconds:
    from extractors.extract import extract
    from pipeline.readers import read
    from pipeline.segmentation import segment

    source = read(path)
    start = time.process_time()
    issue = segment(source)
    middle = time.process_time()
    extract(issue)
    return dict(zip(STAGES, (middle - start, time.process_time() - middle), strict=True))


if __name__ == "__main__":  # run so by _Process, with its checkout on the path
    _serve()
