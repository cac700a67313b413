"""What the tests share: the real issue, and one processed folder that the command line made."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.readers.unreadable import UNREADABLE

ROOT = Path(__file__).resolve().parent.parent
REAL_ISSUE = ROOT / "raw" / "xiangyin" / "2023-01.txt"

Gongbao = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Processed:
    """A folder that ``gongbao run`` made, with what it was made from and what the command said."""

    folder: Path
    raw: Path
    completed: subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def gongbao() -> Gongbao:
    """The command in a process of its own, as a user runs it."""

    def run(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        env.pop("PREFECT_API_URL", None)
        command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
        return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)

    return run


@pytest.fixture(scope="session")
def mixed_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the real issue, a short one in UTF-16, and files that cannot be read, each for a reason of its own."""
    folder = tmp_path_factory.mktemp("raw")
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
def processed(gongbao: Gongbao, mixed_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Processed:
    """The mixed folder processed by one worker."""
    folder = tmp_path_factory.mktemp("processed") / "one"
    completed = gongbao("run", mixed_raw, "--out", folder, "--workers", 1, PYTHONHASHSEED="0")
    return Processed(folder, mixed_raw, completed)
