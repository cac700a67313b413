"""What the measurements share: processor and wall time of a function, and of a command with all its processes."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")
_SERVER = b"gongbao-server"
_TICKS = os.sysconf("SC_CLK_TCK")


def timed(function: Callable[[], T]) -> tuple[T, float, float]:
    """The function's result, its processor seconds and its wall seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = function()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def median(values: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(list(values))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


@dataclass
class Measured:
    """One run of a command: wall seconds, processor seconds by role, peak memory in megabytes."""

    seconds: float
    cpu: dict[str, float] = field(default_factory=dict)
    megabytes: float = 0.0

    @property
    def total(self) -> float:
        """Processor seconds of all processes."""
        return sum(self.cpu.values())

    @property
    def orchestration(self) -> float:
        """Processor seconds of the command's own process and of the orchestrator's server."""
        return self.cpu.get("parent", 0.0) + self.cpu.get("server", 0.0)


def gongbao(*arguments: object) -> Measured:
    """``gongbao`` in a process of its own. Sampled: memory is the sum of proportional shares."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    started = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    roles: dict[int, str] = {}
    cpu: dict[int, float] = {}
    peak, looked = 0.0, 0.0
    while process.poll() is None:
        found = _family(process.pid)
        for one in found:
            cpu[one] = max(cpu.get(one, 0.0), _cpu(one))
            roles[one] = "parent" if one == process.pid else _role(one) or roles.get(one, "worker")
        if time.monotonic() - looked > 2:  # the kernel walks all pages to tell
            looked = time.monotonic()
            peak = max(peak, sum(map(_megabytes, found)))
        time.sleep(0.2)
    seconds = time.monotonic() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    measured = Measured(seconds, megabytes=peak)
    for one, used in cpu.items():
        measured.cpu[roles[one]] = measured.cpu.get(roles[one], 0.0) + used
    return measured


def _family(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            children.setdefault(_parent(int(entry.name)), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting += children.get(process, [])
    return found


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []  # it has just ended


def _parent(process: int) -> int:
    fields = _stat(process)
    return int(fields[1]) if fields else 0


def _cpu(process: int) -> float:
    fields = _stat(process)
    return (int(fields[11]) + int(fields[12])) / _TICKS if fields else 0.0


def _role(process: int) -> str | None:
    """By its name, where it is a copy of the command's process, else by how it was called; ``None`` of one that has ended."""
    try:
        name, line = (Path(f"/proc/{process}/{told}").read_bytes() for told in ("comm", "cmdline"))
    except OSError:
        return None
    return "server" if name.strip() == _SERVER or b"pipeline.orchestration.server" in line else "worker"


def _megabytes(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
