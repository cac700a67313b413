"""Files below a folder of this machine: temporary name, ``fsync``, rename, ``fsync`` of the folder; the kernel's lock."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from pipeline.storage.base import Locked, Staged, Storage

_HIDDEN: Final = "_tmp"
_LOCK: Final = "_ledger/lock"


class LocalStorage(Storage):
    """The files below *folder*."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.location = str(folder)

    def names(self, folder: str) -> list[str]:
        try:
            return os.listdir(self.folder / folder)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def find(self, folder: str) -> list[str]:
        root = self.folder / folder
        found: list[str] = []
        for parent, _, names in os.walk(root):
            inside = os.path.relpath(parent, root)
            found.extend(names if inside == "." else (f"{inside}/{name}" for name in names))
        return sorted(found)

    def stamps(self, folder: str) -> dict[str, tuple[int, int | None]]:
        found: dict[str, tuple[int, int | None]] = {}
        waiting = [""]
        while waiting:
            inside = waiting.pop()
            try:
                with os.scandir(self.folder / folder / inside) as entries:
                    for entry in entries:
                        if entry.is_dir():
                            waiting.append(f"{inside}{entry.name}/")
                        else:
                            status = entry.stat()
                            found[f"{inside}{entry.name}"] = status.st_size, status.st_ctime_ns
            except (FileNotFoundError, NotADirectoryError):
                continue
        return found

    def exists(self, name: str) -> bool:
        return (self.folder / name).exists()

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def read_all(self, names: Sequence[str]) -> Iterable[bytes]:
        return map(self.read, names)

    def write(self, name: str, data: bytes) -> None:
        staged = self.stage({name: data}, _nothing)
        try:
            staged.publish([name], _nothing)
        finally:
            staged.drop()

    def hide(self, name: str, data: bytes) -> None:
        make_folder((self.folder / name).parent)
        _write_synced(self.folder / name, data)

    def stage(self, files: Mapping[str, bytes], before: Callable[[str], None]) -> Staged:
        staged = _Files(self.folder)
        try:
            for name, data in files.items():
                before(name)
                staged.add(name, data)
        except BaseException:
            staged.drop()
            raise
        return staged

    def remove(self, names: Collection[str]) -> None:
        paths = [self.folder / name for name in names]
        for path in paths:
            path.unlink(missing_ok=True)
        self._sync(paths)

    def rename(self, pairs: Sequence[tuple[str, str]]) -> None:
        for name, new in pairs:
            make_folder((self.folder / new).parent)
            (self.folder / name).replace(self.folder / new)
        self._sync([self.folder / new for _, new in pairs])

    def append(self, name: str, data: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # a kill cut the last line short
                    file.write(b"\n")
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def journal(self, name: str) -> bytes:
        try:
            return self.read(name)
        except FileNotFoundError:
            return b""

    def rewrite(self, name: str, data: bytes) -> None:
        self.write(name, data)

    def is_scattered(self, name: str) -> bool:
        return False

    @contextmanager
    def lock(self) -> Iterator[None]:
        """The lock is the kernel's, and falls with the process that holds it, however that ends."""
        path = self.folder / _LOCK
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                process = self.holder().partition(" ")[0] or "unknown"
                raise Locked(
                    f"another run (process {process}) is writing to {self.location}; wait for it or choose another --out"
                ) from error
            file.truncate(0)
            file.write(f"{os.getpid()} {uuid4().hex}\n")
            file.flush()
            yield

    def holder(self) -> str:
        try:
            return self.read(_LOCK).decode("utf-8").strip()
        except FileNotFoundError:
            return ""

    def clear_temporary(self) -> None:
        self.remove([f"{_HIDDEN}/{name}" for name in self.names(_HIDDEN)])

    def _sync(self, paths: Iterable[Path]) -> None:
        for folder in dict.fromkeys(path.parent for path in paths):
            if folder.is_dir():
                sync_folder(folder)


class _Files(Staged):
    """Files under temporary names in ``_tmp/``, synced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[str, Path] = {}

    def add(self, name: str, data: bytes) -> None:
        """Write one; raises :class:`OSError` and then leaves nothing of it."""
        hidden = self._folder / _HIDDEN
        make_folder(hidden)
        path = hidden / f"{name.replace('/', '.')}.{socket.gethostname()}.{os.getpid()}.part"
        self._waiting[name] = path
        _write_synced(path, data)

    def publish(self, names: Sequence[str], before: Callable[[str], None]) -> None:
        for name in names:
            before(name)
            final = self._folder / name
            make_folder(final.parent)
            self._waiting[name].replace(final)
            del self._waiting[name]
        for parent in dict.fromkeys((self._folder / name).parent for name in names):
            sync_folder(parent)

    def drop(self) -> None:
        for path in self._waiting.values():
            path.unlink(missing_ok=True)
        self._waiting.clear()


def make_folder(folder: Path) -> None:
    """Make *folder* and its parents, durably."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in *folder* durable (POSIX; elsewhere folders cannot be opened)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _nothing(_name: str) -> None:
    return None
