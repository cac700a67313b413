"""What the tests share: the real issue, and one processed folder that the command line made."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest

from tests.readers.unreadable import UNREADABLE

ROOT = Path(__file__).resolve().parent.parent
REAL_ISSUE = ROOT / "raw" / "xiangyin" / "2023-01.txt"

Gongbao = Callable[..., "subprocess.CompletedProcess[str]"]
Made = TypeVar("Made")


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: a test that waits for a command or a server leaves its core to others."""
    return len(os.sched_getaffinity(0)) + 1


MEMORY = Path("/dev/shm")
MEMORY_NEEDED = 2 << 30


def pytest_configure() -> None:
    """Temporary folders in memory where there is room: the store syncs every file, which takes a disk most of the time.

    What a test that was killed leaves on a disk and in memory is the same; no test cuts the power.
    """
    with suppress(OSError):
        if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


LONGEST = ("tests/operations/test_schedules.py", "tests/operations/test_dask.py", "tests/operations/test_object_store.py",
           "tests/operations/", "tests/pipeline/test_whole_line.py")  # fmt: skip
"""What waits for commands, servers and clocks starts first: the others fill the time, and none is alone at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest modules first, the others in their order."""

    def rank(item: pytest.Item) -> int:
        return next((number for number, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=rank)


@dataclass(frozen=True)
class Processed:
    """A folder that ``gongbao run`` made, with what it was made from and what the command said."""

    folder: Path
    raw: Path
    completed: subprocess.CompletedProcess[str]


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What *make* makes in a folder *name*: once for all workers of a run of the tests, the others wait and take it.

    Nobody changes what is in the folder: who has to, copies it.
    """
    root = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    result = root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            folder = root / name
            folder.mkdir()
            result.write_bytes(pickle.dumps(make(folder)))
        made: Made = pickle.loads(result.read_bytes())
    return made


def command_environment(api: str | None = None) -> dict[str, str]:
    """The environment of a command, which reports to the Prefect server at *api*, else starts one of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PREFECT_API_URL", None)
    return environment | ({"PREFECT_API_URL": api} if api else {})


@pytest.fixture(scope="session")
def prefect_api() -> Iterator[str]:
    """Address of a Prefect server: for tests of commands that are not about the server which a command starts itself.

    Starting one takes as long as a dozen small issues.
    """
    from pipeline.orchestration import server
    from pipeline.orchestration.cache_folder import cache_folder

    server.prepare_environment(cache_folder())
    with server.ephemeral(cache_folder()) as own:
        yield own.url()


@pytest.fixture(scope="session")
def gongbao() -> Gongbao:
    """The command in a process of its own, as a user runs it."""

    def run(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        env = command_environment(environment.pop("PREFECT_API_URL", None)) | environment
        command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)

    return run


@pytest.fixture(scope="session")
def mixed_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real issue, a short one in UTF-16, and files that cannot be read, each for a reason of its own."""
    return made_once(tmp_path_factory, "raw", _write_mixed)


def _write_mixed(folder: Path) -> Path:
    (folder / "county").mkdir()
    (folder / "county" / "2023-01.txt").write_bytes(REAL_ISSUE.read_bytes())
    short = (ROOT / "tests" / "gold" / "other" / "B1.txt").read_text(encoding="utf-8")
    (folder / "wide.txt").write_bytes(short.encode("utf-16"))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "noise.dat").write_bytes(bytes((index * index * 7 + index * 31 + 128) % 256 for index in range(20_000)))
    for name, (data, _, _) in UNREADABLE.items():
        (folder / name).write_bytes(data)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    return folder


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real issue alone in a processed folder that nobody changes, made in this process."""
    from tests.auditing.folders import made

    text = REAL_ISSUE.read_bytes().decode("utf-8")
    return made_once(tmp_path_factory, "real-issue", lambda folder: made(folder, text, REAL_ISSUE.name))


@pytest.fixture(scope="session")
def processed(gongbao: Gongbao, mixed_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Processed:
    """The mixed folder processed by one worker."""

    def make(folder: Path) -> Processed:
        completed = gongbao("run", mixed_raw, "--out", folder / "one", "--workers", 1, PYTHONHASHSEED="0")
        return Processed(folder / "one", mixed_raw, completed)

    made = made_once(tmp_path_factory, "processed", make)
    own = tmp_path_factory.mktemp("processed") / "one"
    return replace(made, folder=shutil.copytree(made.folder, own, symlinks=True))
