"""Worker processes: copies of one another that answer calls, and what becomes of a call whose process ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from pipeline.orchestration import workers
from pipeline.orchestration.group import Group, GroupEnded
from pipeline.orchestration.workers import WorkerDied, Workers
from tests.conftest import ROOT

LIGHT = "json"
"""A module that is loaded at once."""


class Unsendable(Exception):
    def __init__(self, one: str, _other: str) -> None:
        super().__init__(one)


def double(number: int, *, more: int = 0) -> int:
    return 2 * number + more


def fail(error: Exception) -> None:
    raise error


def fail_unsendably() -> None:
    raise Unsendable("as read", "by nobody")


def unsendable() -> object:
    return threading.Lock()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path) -> int:
    if not mark.exists():
        mark.touch()
        die()
    return os.getpid()


def wait_for(mark: Path, own: Path) -> int:
    own.touch()
    while not mark.exists():
        time.sleep(0.005)
    return os.getpid()


def _until(what: Callable[[], bool]) -> bool:
    end = time.monotonic() + 60
    while not what() and time.monotonic() < end:
        time.sleep(0.005)
    return what()


def _lives(process: int) -> bool:
    with suppress(OSError):
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    return False


@pytest.fixture
def group() -> Iterator[Group]:
    group = Group(2, LIGHT)
    yield group
    group.end()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(workers, "Group", partial(Group, module=LIGHT))
    with Workers(2) as made:
        yield made


def _both(group: Group, folder: Path) -> tuple[set[int], Path]:
    """The processes of *group*, each at a call that ends when the file is there."""
    mark, begun = folder / "mark", [folder / "1", folder / "2"]
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(group.call, wait_for, (mark, one), {}) for one in begun]
        assert _until(lambda: all(one.exists() for one in begun))
        mark.touch()
    return {call.result() for call in calls}, mark


def test_calls_are_answered_by_every_process(group: Group, tmp_path: Path) -> None:
    assert group.call(double, (4,), {"more": 1}) == 9
    processes, _ = _both(group, tmp_path)
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_what_a_function_raises_is_raised_here_and_the_process_goes_on(group: Group) -> None:
    with pytest.raises(KeyError, match="青河县"):
        group.call(fail, (KeyError("青河县"),), {})
    with pytest.raises(RuntimeError, match="Unsendable: as read"):
        group.call(fail_unsendably, (), {})
    with pytest.raises(TypeError, match="pickle"):
        group.call(unsendable, (), {})
    assert group.call(double, (1,), {}) == 2


def test_after_a_stop_what_is_under_way_is_finished_and_nothing_begun(group: Group, tmp_path: Path) -> None:
    mark, begun = tmp_path / "mark", [tmp_path / "1", tmp_path / "2", tmp_path / "3"]
    with ThreadPoolExecutor(3) as pool:
        calls = [pool.submit(group.call, wait_for, (mark, one), {}) for one in begun]
        assert _until(lambda: sum(one.exists() for one in begun) == 2)
        group.stop()
        mark.touch()
    errors = [call.exception() for call in calls]
    assert sorted(type(error).__name__ for error in errors) == ["CancelledError", "NoneType", "NoneType"]
    with pytest.raises(CancelledError):
        group.call(double, (1,), {})


def test_a_group_that_has_lost_a_process_is_ended_as_a_whole(tmp_path: Path) -> None:
    group = Group(2, LIGHT)
    processes, _ = _both(group, tmp_path)
    with pytest.raises(GroupEnded):
        group.call(die, (), {})
    with pytest.raises(GroupEnded):
        group.call(double, (1,), {})
    group.end()
    assert not any(map(_lives, processes))


def test_a_call_whose_process_ended_is_made_once_more(made: Workers, tmp_path: Path) -> None:
    assert made.call(die_once, tmp_path / "mark") != os.getpid()
    with pytest.raises(WorkerDied, match="twice"):
        made.call(die)
    assert made.call(double, 3) == 6


def test_stopped_workers_are_not_made_anew(made: Workers, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        mark, own = tmp_path / "mark", tmp_path / "own"
        call = pool.submit(made.call, _die_after, mark, own)
        assert _until(own.exists)
        made.stop()
        mark.touch()
    assert isinstance(call.exception(), CancelledError)


def _die_after(mark: Path, own: Path) -> None:
    wait_for(mark, own)
    die()


def test_they_end_with_the_process_that_made_them(tmp_path: Path) -> None:
    """Killed while they are at a call."""
    code = (
        "import sys, threading; from pathlib import Path; from pipeline.orchestration.group import Group;"
        "from tests.operations.test_group import tell_and_wait, LIGHT; group = Group(2, LIGHT);"
        "[threading.Thread(target=group.call, args=(tell_and_wait, (Path(sys.argv[1]),), {})).start() for _ in range(2)]"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env=environment)
    assert _until(lambda: len([*tmp_path.iterdir()]) == 2)
    processes = [int(path.name) for path in tmp_path.iterdir()]
    assert all(map(_lives, processes))
    process.kill()
    process.wait()
    assert _until(lambda: not any(map(_lives, processes)))


def tell_and_wait(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(600)
