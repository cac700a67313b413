"""Which files of the paths given on the command line are inputs.

A file that is named is always taken. Of a folder every file is taken, whatever its extension, but for
hidden files and folders, unfinished downloads, editors' copies, notes (README, LICENSE) and data files
that go with issues (.json, .csv …). Links to folders are not followed, so that a circle of them ends.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SKIPPED_NAMES: Final = ("readme", "license", "licence", "thumbs.db", "desktop.ini")
_SKIPPED_ENDS: Final = (
    "~", ".part", ".tmp", ".crdownload", ".swp", ".bak", ".log", ".py",
    ".json", ".jsonl", ".toml", ".yaml", ".yml", ".csv", ".tsv", ".parquet",
)  # fmt: skip
_FRESH_NS: Final = 2_000_000_000
"""A file changed less than this before it was looked at may change again within one tick of its time stamp."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input file: its absolute path, and the folder given on the command line that it is named by."""

    path: Path
    root: Path

    @property
    def source_path(self) -> str:
        """The path relative to the root, with slashes."""
        return self.path.relative_to(self.root).as_posix()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and time of the last change of content or status (``ctime``, which no tool sets back as it can ``mtime``).

    The time is ``None`` where it is too fresh to tell a later change by.
    """

    size: int
    changed_ns: int | None


def discover(paths: Iterable[Path]) -> list[Input]:
    """The inputs below *paths* (which exist), each once, ordered by source path and then by path."""
    found: dict[Path, Input] = {}
    for path in paths:
        path = Path(os.path.abspath(path))
        if path.is_dir():
            for file in _files(path):
                found.setdefault(file, Input(file, path))
        else:
            found.setdefault(path, Input(path, path.parent))
    return sorted(found.values(), key=lambda item: (item.source_path, item.path))


def stamp(path: Path) -> Stamp | None:
    """Size and time of the file, ``None`` where it cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    fresh = time.time_ns() - status.st_ctime_ns < _FRESH_NS
    return Stamp(status.st_size, None if fresh else status.st_ctime_ns)


def digest(path: Path) -> str | None:
    """SHA-256 of the file's bytes in hexadecimal, ``None`` where it cannot be read or is no file (a pipe would wait for ever)."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _files(folder: Path) -> Iterable[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_wanted(name) and (path.is_file() or not path.exists()):
                yield path


def _is_wanted(name: str) -> bool:
    lowered = name.lower()
    return not name.startswith(".") and not lowered.startswith(_SKIPPED_NAMES) and not lowered.endswith(_SKIPPED_ENDS)
