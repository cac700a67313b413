"""Backfills on Dask: the same bytes from a cluster, whatever happens to its workers; what is amiss is said in one line."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from pipeline.orchestration import engine as orchestration
from pipeline.orchestration import server
from pipeline.readers.discovery import Input
from pipeline.runs import calls, runner
from pipeline.runs.plan import Seen, Task
from pipeline.store.ledger import holder, lock
from pipeline.store.store import Store
from tests.conftest import ROOT, command_environment
from tests.operations.made import STRIKES, engine, text_of, tree

if find_spec("distributed") is None:  # found, but not imported: that takes long
    pytest.skip("needs the extra dask", allow_module_level=True)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many issues that they go in batches."""
    folder = tmp_path_factory.mktemp("raw")
    for number in range(1, 17):
        (folder / f"{number:02}.txt").write_text(text_of(f"第{number}乡", number), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def clean(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("clean")
    runner.run([raw], out, engine=engine())
    return tree(out)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler on loopback with two workers in processes of their own, started anew when they die."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50, host="127.0.0.1"
    ) as made:
        yield made


def _command(raw: Path, out: Path, api: str, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "run", str(raw), "--out", str(out), "--quiet", "--runner", "dask"]
    return subprocess.Popen(
        [*command, *more], cwd=ROOT, env=command_environment(api), stderr=subprocess.PIPE, text=True
    )


def test_a_cluster_of_its_own_makes_the_same(
    raw: Path, clean: dict[str, str], prefect_api: str, tmp_path: Path
) -> None:
    process = _command(raw, tmp_path / "out", prefect_api, "--workers", "2")
    _, said = process.communicate(timeout=240)
    assert (process.returncode, said) == (3, "quarantined: empty.txt: the file is empty\n")
    assert tree(tmp_path / "out") == clean


def test_a_worker_killed_in_the_middle_changes_nothing(
    raw: Path, clean: dict[str, str], cluster: Any, prefect_api: str, tmp_path: Path
) -> None:
    import distributed

    for number in range(STRIKES):
        out = tmp_path / f"out{number}"
        with distributed.Client(cluster, timeout="60s") as client:
            client.wait_for_workers(2, timeout=120)
            victim = next(iter(client.run(os.getpid).values()))
        process = _command(raw, out, prefect_api, "--scheduler", cluster.scheduler_address)
        _wait_until_made(out, 3, process)
        made = len(Store(out).committed())
        os.kill(victim, signal.SIGKILL)
        _, said = process.communicate(timeout=240)
        assert process.returncode == 3, said
        assert tree(out) == clean
        if made < 16:
            return
    raise AssertionError("the kill always came too late to prove anything")


def test_sigterm_ends_a_run_within_seconds(raw: Path, prefect_api: str, tmp_path: Path) -> None:
    for number in range(STRIKES):
        out = tmp_path / f"out{number}"
        process = _command(raw, out, prefect_api, "--workers", "2")
        _wait_until_made(out, 1, process)
        process.terminate()
        _, said = process.communicate(timeout=60)
        if process.returncode != 3:
            break
    assert process.returncode == 143, said
    assert said == "gongbao: stopped; what was finished is kept, run again to go on\n"


def _wait_until_made(out: Path, count: int, process: subprocess.Popen[str]) -> None:
    """Until so many issues are made, or the run is over."""
    end = time.monotonic() + 120
    while len(Store(out).committed()) < count and time.monotonic() < end and process.poll() is None:
        time.sleep(0.01)


def _task(raw: Path, name: str = "01.txt") -> Task:
    return Task(Seen(Input(str(raw / name), str(raw)), None, None), "new")


@pytest.mark.parametrize("scheduler", ["tcp://127.0.0.1:9", "nonsense"])
def test_no_cluster_is_said_in_one_line(scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.orchestration import dask_cluster

    monkeypatch.setattr(dask_cluster, "_ANSWER", "1s")
    with pytest.raises(server.ServerError, match=f"no Dask scheduler answers at {scheduler}: .+"):
        dask_cluster.joined(scheduler, str(tmp_path)).__enter__()


def test_a_scheduler_that_did_not_answer_does_not_stand_in_the_way_of_the_next(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left of a client that was never made whole may be collected by the starting thread of the next one."""
    import distributed
    from distributed import utils

    from pipeline.orchestration import dask_cluster

    loop_factory, collected = utils.get_loop_factory, []
    monkeypatch.setattr(dask_cluster, "_ANSWER", "1s")
    monkeypatch.setattr(utils, "get_loop_factory", lambda: (collected.append(gc.collect()), loop_factory())[1])
    with pytest.raises(server.ServerError):
        dask_cluster.joined("nonsense", str(tmp_path)).__enter__()
    begun = len(collected)
    with distributed.Client(cluster.scheduler_address, timeout="30s") as client:
        assert client.scheduler_info()["workers"]
    assert len(collected) == begun + 1, "the starting thread did not collect: nothing is proved"


def test_a_cluster_that_is_not_fit_is_said_in_one_line(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.orchestration import dask_cluster

    address = cluster.scheduler_address
    with lock(tmp_path):
        with dask_cluster.joined(address, str(tmp_path)) as (_, threads):
            assert threads == 2
        with monkeypatch.context() as patched, pytest.raises(server.ServerError, match="has other code"):
            patched.setattr(dask_cluster, "code_version", lambda: "another")
            dask_cluster.joined(address, str(tmp_path)).__enter__()
        with monkeypatch.context() as patched, pytest.raises(server.ServerError, match=r"does not see .* folder"):
            patched.setattr(dask_cluster, "holder", lambda _output: "another")
            dask_cluster.joined(address, str(tmp_path)).__enter__()


def test_dask_that_is_not_installed_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orchestration, "find_spec", lambda _name: None)
    with pytest.raises(server.ServerError, match=r"pip install 'gongbao\[dask\]'"):
        orchestration.run_on_dask([], Store(tmp_path), 1, None, lambda _outcome: None)


def test_an_issue_that_takes_its_workers_down_leaves_the_others(raw: Path, tmp_path: Path) -> None:
    """The batch goes again issue by issue; the one that is to blame is an outcome."""
    from distributed.scheduler import KilledWorker

    from pipeline.orchestration import dask_cluster, flow

    class Future:
        def __init__(self, function: Callable[..., Any], items: list[Task], *rest: Any) -> None:
            self.called, self.items = (function, items, *rest), items

        def result(self) -> Any:
            if any(item.seen.input.source_path == "02.txt" for item in self.items):
                raise KilledWorker("key", None, 3)
            function, *arguments = self.called
            return function(*arguments)

    class Client:
        def submit(self, loaded: Callable[..., Any], *called: Any, pure: bool) -> Future:
            assert loaded is dask_cluster._loaded and not pure
            return Future(*called)

    items = [_task(raw, name) for name in ("01.txt", "02.txt", "03.txt")]
    state = flow.batch.fn(items, tmp_path, dask_cluster.DaskWorkers(Client()), holder(tmp_path))
    assert state.name == "Quarantined"
    assert [(item.made is not None, item.failure and item.failure.cause) for item in state.data] == [
        (True, None), (False, "internal"), (True, None),
    ]  # fmt: skip


def test_workers_need_nothing_of_prefect(raw: Path, clean: dict[str, str], tmp_path: Path) -> None:
    """Not even a way to its API: they may be on machines that reach the folders alone."""
    import distributed

    from pipeline.orchestration.dask_cluster import DaskWorkers

    hidden = "import sys; sys.modules['prefect'] = None"
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50, host="127.0.0.1"
        ) as alone,
        distributed.Client(alone, timeout="60s") as client,
        lock(tmp_path),
    ):
        client.run(exec, hidden)
        outcomes = DaskWorkers(client).call(calls.make_all, [_task(raw)], str(tmp_path), holder(tmp_path))
    assert [outcome.failure for outcome in outcomes] == [None]
    made = tree(tmp_path)
    assert made and made.items() <= clean.items()
