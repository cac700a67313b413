"""The ledger: the only memory of what was done, in ``_ledger/`` of the output folder.

``inputs.jsonl`` has one line per event, the last one of a path being in force; ``runs.jsonl`` one per
run. Lines are appended and synced, so that a kill loses at most the line it cuts, which is skipped when
read. The file is rewritten (in one rename) when most of its lines are out of force.

Issues that a run is about to write are noted first (``begun``), so that what a killed run wrote can be
told from what belongs there even when its input has changed or gone by the next run.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal
from uuid import uuid4

from pipeline.journal import events

Status = Literal["done", "quarantined"]
_COMPACT_FROM: Final = 1000
_FORMAT: Final = 1


class Locked(Exception):
    """Another run is at work in the same output folder."""


@dataclass(frozen=True, slots=True)
class InputRecord:
    """What became of one input file. ``path`` is absolute and is the record's key.

    ``twin_of`` is the path whose issue this one's bytes are, where two paths hold the same.
    ``changed_ns`` is ``None`` where the file was too fresh for its time stamp to tell a later change;
    ``superseded`` names the issues that stood at this path before and are to be removed.
    """

    path: str
    source_path: str
    size: int
    changed_ns: int | None
    sha256: str | None
    status: Status
    code_version: str
    rules_version: str
    seconds: float
    issue_id: str | None = None
    year: int | None = None
    title: str | None = None
    cause: str | None = None
    reason: str | None = None
    detail: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Mapping[str, Any], ...] = ()
    superseded: tuple[str, ...] = ()
    twin_of: str | None = None


_NAMES: Final = frozenset(item.name for item in fields(InputRecord))


class Ledger:
    """The ledger of one output folder, read when made."""

    def __init__(self, output: Path) -> None:
        self.folder = output / "_ledger"
        self.inputs: dict[str, InputRecord] = {}
        self.begun: set[str] = set()
        """Issues that a run began to write, until the store is known to hold nothing but what records name."""
        self._lines = 0
        for event in events(self.folder / "inputs.jsonl"):
            self._lines += 1
            if "forget" in event:
                self.inputs.pop(event["forget"], None)
            elif "begun" in event:
                self.begun.update(event["begun"])
            elif "settled" in event:
                self._settle()
            else:
                record = _record(event)
                self.inputs[record.path] = record

    def record(self, record: InputRecord) -> None:
        """Put *record* in force for its path; durable when this returns."""
        self._append("inputs.jsonl", {**asdict(record), "format": _FORMAT})
        self._lines += 1
        self.inputs[record.path] = record

    def forget(self, path: str) -> None:
        """Drop the record of a path that is gone."""
        self._append("inputs.jsonl", {"forget": path})
        self._lines += 1
        self.inputs.pop(path, None)

    def begin(self, issues: Iterable[str]) -> None:
        """Note the issues that are about to be written."""
        listed = sorted(set(issues) - self.begun)
        if listed:
            self._append("inputs.jsonl", {"begun": listed})
            self._lines += 1
            self.begun.update(listed)

    def settle(self) -> None:
        """Note that the store holds nothing of replaced contents and of what was begun in vain."""
        if self.begun or any(record.superseded for record in self.inputs.values()):
            self._append("inputs.jsonl", {"settled": True})
            self._lines += 1
            self._settle()

    def _settle(self) -> None:
        self.begun.clear()
        for path, record in self.inputs.items():
            if record.superseded:
                self.inputs[path] = replace(record, superseded=())

    def record_run(self, run: Mapping[str, Any]) -> None:
        """Note a run: when, of what, with which versions, and how it ended."""
        self._append("runs.jsonl", run)

    def runs(self) -> list[Mapping[str, Any]]:
        """All runs, oldest first."""
        return list(events(self.folder / "runs.jsonl"))

    def compact(self) -> None:
        """Rewrite the inputs without the lines that are out of force, when they have become most of it."""
        if self._lines < max(_COMPACT_FROM, 2 * len(self.inputs)):
            return
        target = self.folder / "inputs.jsonl"
        temporary = self.folder / "inputs.jsonl.part"
        with temporary.open("wb") as file:
            if self.begun:
                file.write(_line({"begun": sorted(self.begun)}))
            for record in self.inputs.values():
                file.write(_line({**asdict(record), "format": _FORMAT}))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        self._lines = len(self.inputs)

    def _append(self, name: str, event: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write(_line(event))
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def lock(output: Path) -> Iterator[None]:
    """Hold the output folder for one run; raises :class:`Locked` where another has it.

    The lock is the kernel's, and falls with the process that holds it, however that ends.
    """
    folder = output / "_ledger"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            process = holder(output).partition(" ")[0] or "unknown"
            raise Locked(
                f"another run (process {process}) is writing to {output}; wait for it or choose another --out"
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()} {uuid4().hex}\n")
        file.flush()
        yield


def holder(output: Path) -> str:
    """The run that holds the output folder, or held it last: its process, and a word that no other run has."""
    try:
        return (output / "_ledger" / "lock").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _line(event: Mapping[str, Any]) -> bytes:
    return (json.dumps(event, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8")


def _record(event: Mapping[str, Any]) -> InputRecord:
    known = {name: value for name, value in event.items() if name in _NAMES}
    return InputRecord(**{**known, "problems": tuple(known["problems"]), "superseded": tuple(known["superseded"])})
