"""Nothing lost, nothing twice: whatever stops a run, the next one ends byte-identical to a clean one."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import packing, running
from pipeline.running import Options
from pipeline.store import DATASET_NAMES, Store
from tests.conftest import ROOT
from tests.operations.made import engine, tree, victim, write_raw

KILLS = 50
SCENES = ("fresh", "changed", "forced", "packed", "forced and packed")


@dataclass(frozen=True)
class Ground:
    """The issues before and after, what was made of those before, and clean trees by scene."""

    folder: Path
    clean: dict[str, dict[str, str]]
    seconds: float
    """How long a run with everything to do takes from its first write."""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("ground")
    write_raw(folder / "before")
    write_raw(folder / "after", changed=True)
    running.run([folder / "before"], folder / "made", engine=engine())
    started = time.monotonic()
    running.run([folder / "after"], folder / "clean", engine=engine())
    seconds = time.monotonic() - started
    clean = {"single": tree(folder / "clean"), "before": tree(folder / "made")}
    for name in ("made", "clean"):
        shutil.copytree(folder / name, folder / f"packed-{name}")
        packing.pack(Store(folder / f"packed-{name}"))
    clean["packed"] = tree(folder / "packed-clean")
    return Ground(folder, clean, seconds)


@pytest.fixture(scope="module")
def struck() -> list[bool]:
    """For each kill so far, whether it found the run at work."""
    return []


@pytest.fixture(scope="module")
def processes() -> Iterator[multiprocessing.context.BaseContext]:
    """Processes that have the line loaded when they start."""
    from pipeline.workers import warm_up

    warm_up()
    yield multiprocessing.get_context("fork")


def _check_whole(out: Path) -> None:
    """Every Parquet file can be read, and what is committed is there in full."""
    store = Store(out)
    assert store.committed() == store.complete()
    for name in DATASET_NAMES:
        for path in (out / name).rglob("*.parquet"):
            pq.ParquetFile(path).read()


def _scene(scene: str, ground: Ground, folder: Path) -> tuple[Path, Path, Options, dict[str, str]]:
    """Raw folder and output folder of a scene, how to run, and what a clean run makes of it.

    The raw folder is always the same path: its issues before, then after.
    """
    raw, out = folder / "raw", folder / "out"
    shutil.copytree(ground.folder / "before", raw)
    if scene != "fresh":
        running.run([raw], out, engine=engine())
    if "packed" in scene:
        packing.pack(Store(out))
    shutil.rmtree(raw)
    shutil.copytree(ground.folder / "after", raw)
    return (
        raw,
        out,
        Options(force="forced" in scene, prune=True),
        ground.clean["packed" if "packed" in scene else "single"],
    )


@pytest.mark.parametrize("kill", range(KILLS))
def test_kill_9_at_any_moment(
    ground: Ground, processes: multiprocessing.context.ForkContext, struck: list[bool], tmp_path: Path, kill: int
) -> None:
    raw, out, options, clean = _scene(SCENES[kill % len(SCENES)], ground, tmp_path)
    started = processes.Event()
    process = processes.Process(target=victim, args=(str(raw), str(out), options, started))
    process.start()
    assert started.wait(60), "the run never began to write"
    time.sleep(random.Random(kill).uniform(0, ground.seconds * 0.9))
    process.kill()
    process.join()
    assert process.exitcode in (-signal.SIGKILL, 0)
    struck.append(process.exitcode == -signal.SIGKILL)
    if not (out / "_ledger" / "switch.json").exists():
        _check_whole(out)
    running.run([raw], out, Options(prune=True), engine=engine())
    assert tree(out) == clean
    _check_whole(out)
    assert running.run([raw], out, Options(prune=True), engine=engine()).made == 0


def test_most_kills_found_the_run_at_work(struck: list[bool]) -> None:
    """Else the fifty kills would prove little; those that came too late are a matter of the machine's pace."""
    if len(struck) < KILLS:
        pytest.skip("only some of the kills were run")
    assert sum(struck) > KILLS // 2


def test_what_a_killed_run_wrote_goes_when_its_input_is_gone(ground: Ground, tmp_path: Path) -> None:
    """Killed after the first write and before its record; by the next run that input has changed."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(ground.folder / "after", raw)

    class Killed(BaseException):
        pass

    def dies(tasks, store, count, done) -> None:  # type: ignore[no-untyped-def]
        def die(_outcome: object) -> None:
            raise Killed

        engine()(tasks, store, count, die)

    (raw / "1.txt").write_text("青河县人民政府公报\n2024年第1期\n误印。\n", encoding="utf-8")
    with pytest.raises(Killed):
        running.run([raw], out, engine=dies)
    assert Store(out).committed()
    shutil.copy(ground.folder / "after" / "1.txt", raw / "1.txt")
    running.run([raw], out, engine=engine())
    assert tree(out) == ground.clean["single"]


def test_a_full_disk(ground: Ground, tmp_path: Path) -> None:
    """In a mount namespace of its own: disks from too small for one issue up to nearly enough."""
    out = tmp_path / "out"
    out.mkdir()
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", str(out)]
    if shutil.which("unshare") is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here (needs root or user namespaces)")
    needed = sum(-(-path.stat().st_size // 4096) * 4 for path in (ground.folder / "made").rglob("*") if path.is_file())
    sizes = [needed * share // 100 for share in (4, 25, 50, 75, 95)]
    folders = (ground.folder / "before", ground.folder / "after", out)
    completed = subprocess.run(
        ["unshare", "-rm", sys.executable, "-m", "tests.operations.made", *map(str, (*folders, *sizes))],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert completed.returncode == 0, completed.stderr
    ends = [json.loads(line) for line in completed.stdout.splitlines()]
    assert len(ends) == len(sizes)
    assert sum("No space left" in str(end) for end, _ in ends) == len(sizes), [end for end, _ in ends]
    both = ground.clean["single"] | ground.clean["before"]
    for _, made in ends:
        assert {path: digest for path, digest in made.items() if path in ground.clean["single"]} == ground.clean[
            "single"
        ]
        assert set(made) <= set(both)


def test_two_runs_at_once(ground: Ground, tmp_path: Path) -> None:
    """The second ends with one clear line and the first goes on; both through the command."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(ground.folder / "after", raw)
    first = _command(raw, out)
    _wait_for(out / "_ledger" / "lock", first)
    second = _command(raw, out)
    said = second.communicate(timeout=120)[1].decode()
    assert second.returncode == 1
    assert f"another run (process {first.pid}) is writing to {out}" in said
    first.communicate(timeout=120)
    assert first.returncode == 3
    assert tree(out) == ground.clean["single"]


def test_kill_9_of_the_command(ground: Ground, tmp_path: Path) -> None:
    """Prefect, worker processes and all."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(ground.folder / "after", raw)
    process = _command(raw, out)
    _wait_for(out / "_tmp", process)
    time.sleep(0.1)
    process.kill()
    process.communicate()
    completed = _command(raw, out)
    completed.communicate(timeout=120)
    assert completed.returncode == 3
    assert tree(out) == ground.clean["single"]


def test_dask_makes_the_same(ground: Ground, tmp_path: Path) -> None:
    pytest.importorskip("prefect_dask", reason="needs the extra dask")
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(ground.folder / "after", raw)
    process = _command(raw, out, "--runner", "dask")
    _, said = process.communicate(timeout=240)
    assert process.returncode == 3, said.decode()
    assert tree(out) == ground.clean["single"]


def _command(raw: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PREFECT_API_URL", None)
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", str(raw), "--out", str(out), "--workers", "2", *more],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def _wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not path.exists() and time.monotonic() < end and process.poll() is None:
        time.sleep(0.005)
