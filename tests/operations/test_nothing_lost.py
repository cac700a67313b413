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
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.readers.discovery import Input
from pipeline.runs import runner, steps
from pipeline.runs.plan import Seen, Task
from pipeline.runs.runner import Options
from pipeline.store import packing
from pipeline.store.ledger import holder, lock
from pipeline.store.store import Store
from schemas.datasets import DATASETS
from tests.conftest import ROOT, command_environment
from tests.operations.made import PLACES, STRIKES, engine, text_of, tree, victim, write_raw

KILLS = 50
SHORT = 10
"""Kills in ``make test``, two a scene; the others are for ``make soak``."""
SCENES = ("fresh", "changed", "forced", "packed", "forced and packed")
STEPS = {"fresh": 168, "changed": 126, "forced": 213, "packed": 126, "forced and packed": 213}
"""How many steps the store takes in a run of each scene, until what was replaced is removed."""
MANY = 80
"""Issues of a run that is struck: what workers are at is finished, so there have to be batches that nobody has begun."""
TO_END = 30.0
"""Seconds that a run has to end after a SIGTERM; it needs one where the machine is not busy."""


@dataclass(frozen=True)
class Ground:
    """The issues before and after, what was made of those before, and clean trees by scene."""

    folder: Path
    clean: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("ground")
    write_raw(folder / "before")
    write_raw(folder / "after", changed=True)
    runner.run([folder / "before"], folder / "made", engine=engine())
    runner.run([folder / "after"], folder / "clean", engine=engine())
    clean = {"single": tree(folder / "clean"), "before": tree(folder / "made")}
    for name in ("made", "clean"):
        shutil.copytree(folder / name, folder / f"packed-{name}")
        packing.pack(Store(folder / f"packed-{name}"))
    clean["packed"] = tree(folder / "packed-clean")
    return Ground(folder, clean)


@pytest.fixture(scope="module")
def struck() -> list[str]:
    """For each kill so far, when it hit: between the first and the last write, after that, or after the run."""
    return []


@pytest.fixture(scope="module")
def processes() -> Iterator[multiprocessing.context.BaseContext]:
    """Processes that have the line loaded when they start."""
    from pipeline.orchestration.workers import warm_up

    warm_up()
    yield multiprocessing.get_context("fork")


def _check_whole(out: Path) -> None:
    """Every Parquet file can be read, and what is committed is there in full."""
    store = Store(out)
    assert store.committed() == store.complete()
    for name in DATASETS:
        for path in (out / name).rglob("*.parquet"):
            pq.ParquetFile(path).read()


def _scene(scene: str, ground: Ground, folder: Path) -> tuple[Path, Path, Options, dict[str, str]]:
    """Raw folder and output folder of a scene, how to run, and what a clean run makes of it.

    The raw folder is always the same path: its issues before, then after.
    """
    raw, out = folder / "raw", folder / "out"
    shutil.copytree(ground.folder / "before", raw)
    if scene != "fresh":
        runner.run([raw], out, engine=engine())
    if "packed" in scene:
        packing.pack(Store(out))
    shutil.rmtree(raw)
    shutil.copytree(ground.folder / "after", raw)
    return (
        raw,
        out,
        Options(force="forced" in scene, prune=True, yes=True),
        ground.clean["packed" if "packed" in scene else "single"],
    )


@pytest.mark.parametrize(
    "kill", [pytest.param(kill, marks=[pytest.mark.soak] if kill >= SHORT else []) for kill in range(KILLS)]
)
def test_kill_9_at_any_moment(
    ground: Ground, processes: multiprocessing.context.ForkContext, struck: list[str], tmp_path: Path, kill: int
) -> None:
    """At a random moment between the first write of the run and its end."""
    scene = SCENES[kill % len(SCENES)]
    raw, out, options, clean = _scene(scene, ground, tmp_path)
    steps = processes.Value("i", 0)
    process = processes.Process(target=victim, args=(str(raw), str(out), options, steps))
    process.start()
    chance = random.Random(kill)
    after = chance.randrange(STEPS[scene] * 11 // 10)
    end = time.monotonic() + 60
    while steps.value <= min(after, STEPS[scene] - 1) and process.is_alive() and time.monotonic() < end:
        time.sleep(0.0005)
    if after >= STEPS[scene]:
        time.sleep(chance.uniform(0, 0.1))  # while it packs, or notes what it did
    process.kill()
    process.join()
    assert steps.value, "the run never began to write"
    assert process.exitcode in (-signal.SIGKILL, 0)
    struck.append("after the run" if process.exitcode == 0 else _when(out, clean))
    if not (out / "_ledger" / "switch.json").exists():
        _check_whole(out)
    runner.run([raw], out, Options(prune=True, yes=True), engine=engine())
    assert tree(out) == clean
    _check_whole(out)
    assert runner.run([raw], out, Options(prune=True, yes=True), engine=engine()).made == 0


def _when(out: Path, clean: dict[str, str]) -> str:
    return "after the last write" if tree(out) == clean else "in the middle"


@pytest.mark.soak
def test_most_kills_hit_between_the_first_and_the_last_write(struck: list[str]) -> None:
    """Else the kills would prove little."""
    if len(struck) < KILLS - SHORT:
        pytest.skip("only some of the kills were run")
    print(Counter(struck))
    assert struck.count("in the middle") >= len(struck) * 4 // 5, Counter(struck)


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
        runner.run([raw], out, engine=dies)
    assert Store(out).committed()
    shutil.copy(ground.folder / "after" / "1.txt", raw / "1.txt")
    runner.run([raw], out, engine=engine())
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


def test_two_runs_at_once(ground: Ground, prefect_api: str, tmp_path: Path) -> None:
    """The second ends with one clear line and the first goes on; both through the command."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(ground.folder / "after", raw)
    first = _command(raw, out, api=prefect_api)
    _wait_until(lambda: _holder(out) == first.pid, first)
    first.send_signal(signal.SIGSTOP)  # it is not done before the second one has looked
    second = _command(raw, out, api=prefect_api)
    said = second.communicate(timeout=120)[1].decode()
    first.send_signal(signal.SIGCONT)
    assert second.returncode == 1
    assert f"another run (process {first.pid}) is writing to {out}" in said
    first.communicate(timeout=120)
    assert first.returncode == 3
    assert tree(out) == ground.clean["single"]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """So many issues that they go in batches, which worker processes write."""
    folder = tmp_path_factory.mktemp("many")
    (folder / "after").mkdir()
    for number in range(1, MANY + 1):
        text = text_of(f"{PLACES[number % 6]}第{number}乡", number)
        (folder / "after" / f"{number}.txt").write_text(text, encoding="utf-8")
    runner.run([folder / "after"], folder / "clean", engine=engine())
    return Ground(folder, {"single": tree(folder / "clean")})


@pytest.mark.parametrize(
    "how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=["new, Ctrl-C", "new, SIGTERM", "forced, kill -9"]
)
def test_the_command_is_stopped(
    many: Ground, tmp_path: Path, how: signal.Signals, request: pytest.FixtureRequest
) -> None:
    """Worker processes in the middle of their batches: they end, and the next run, at once, does not meet them.

    The one that a SIGTERM ends has a Prefect server of its own to end, too.
    """
    raw = many.folder / "after"
    api = None if how == signal.SIGTERM else request.getfixturevalue("prefect_api")
    told = []
    for number in range(STRIKES):
        out = tmp_path / f"out{number}"
        if how == signal.SIGKILL:
            runner.run([raw], out, engine=engine())
        process, said, seconds = _struck(raw, out, how, api)
        if process.returncode and (how == signal.SIGKILL or len(Store(out).committed()) < MANY):
            break
        told.append((process.returncode, seconds, said.decode()[-200:]))
    else:
        raise AssertionError(f"it was always stopped too late to prove anything: {told}")
    if how == signal.SIGKILL:
        assert process.returncode == -how
    else:
        code = 130 if how == signal.SIGINT else 143
        assert (process.returncode, said.count(b"Traceback")) == (code, 0), said.decode()
        assert how == signal.SIGINT or seconds < TO_END
        assert b"stopped; what was finished is kept" in said
    runner.run([raw], out, Options(prune=True, yes=True), engine=engine())
    _group_ends(process.pid)
    assert tree(out) == many.clean["single"]
    assert runner.run([raw], out, engine=engine()).made == 0


def _struck(raw: Path, out: Path, how: signal.Signals, api: str | None) -> tuple[subprocess.Popen[bytes], bytes, float]:
    """A run that was struck when it had begun to write: the process, what it said, and how long it took to end."""
    process = _command(raw, out, *(["--force"] if how == signal.SIGKILL else []), api=api)
    _wait_until(lambda: (out / "_tmp").exists() and any((out / "_tmp").iterdir()), process)
    struck = time.monotonic()
    with suppress(ProcessLookupError):
        if how == signal.SIGKILL:
            process.kill()
        else:
            os.killpg(process.pid, how)  # as a terminal does, and systemd
    _, said = process.communicate(timeout=120)
    return process, said, time.monotonic() - struck


def test_a_worker_writes_no_more_once_another_run_holds_the_folder(ground: Ground, tmp_path: Path) -> None:
    out = tmp_path / "out"
    path = ground.folder / "after" / "1.txt"
    item = Task(Seen(Input(str(path), str(path.parent)), None, None), "new")
    with lock(out):
        run = holder(out)
        assert steps.make_all([item], out, run)[0].made
    before = tree(out)
    with lock(out), pytest.raises(steps.StoreError, match="another run has taken"):
        steps.make_all([item], out, run)
    assert tree(out) == before


def _command(raw: Path, out: Path, *more: str, api: str | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", str(raw), "--out", str(out), "--workers", "2", *more],
        cwd=ROOT, env=command_environment(api), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True, preexec_fn=_heeding_ctrl_c,
    )  # fmt: skip


def _heeding_ctrl_c() -> None:
    """As from a terminal: a run that another test made in this process may have left Ctrl-C blocked, which is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _holder(out: Path) -> int | None:
    """The process that holds the folder."""
    number = holder(out).partition(" ")[0]
    return int(number) if number else None


def _wait_until(what: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while not what() and time.monotonic() < end and process.poll() is None:
        time.sleep(0.005)


def _group_ends(group: int) -> None:
    """Every process that the killed one had started ends too."""
    end = time.monotonic() + 60
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < end:
            os.killpg(group, 0)
            time.sleep(0.02)
