"""Objects below a prefix of an object store, through fsspec: S3 is tested, others come with their packages.

A PUT is atomic there, and nothing can be renamed or locked. So the order of PUTs and DELETEs alone makes an issue
whole (its commit mark goes first and comes last), journals grow by objects that must not exist yet, and a run holds
the place by a :mod:`lease <pipeline.storage.lease>`. Needs a store that reads its own writes and lists what was
written, and honours a PUT that must create (S3: ``If-None-Match``).

Credentials and endpoint are the environment's (``AWS_ACCESS_KEY_ID``, ``AWS_ENDPOINT_URL`` …, ``FSSPEC_<PROTOCOL>_…``).
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from pipeline.storage import lease
from pipeline.storage.base import SharedStorage, Staged, StorageError

A = TypeVar("A")
B = TypeVar("B")

AT_ONCE: Final = 16
"""Requests under way at a time where many objects are asked for."""
_OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {name: {"max_concurrency": 1} for name in ("s3", "s3a")}
"""For the library of a protocol. s3fs asks for the size of an object before it reads one in pieces at once: we read
many objects at once instead, each in one request."""
_PIECES: Final = ".d"
_MOST_PIECES: Final = 64


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as a listing tells of it; ``tag`` changes with its content."""

    name: str
    size: int
    tag: str
    changed_ns: int | None


class ObjectStorage(SharedStorage):
    """The objects below the address *location*."""

    def __init__(self, location: str) -> None:
        self.location = location.rstrip("/")
        protocol = location.partition("://")[0]
        try:
            from fsspec.core import url_to_fs

            self._fs, root = url_to_fs(self.location, use_listings_cache=False, **_OPTIONS.get(protocol, {}))
        except (ImportError, ValueError) as error:
            extra = " (pip install 'gongbao[s3]')" if protocol in ("s3", "s3a") else ""
            raise StorageError(errno.EPROTONOSUPPORT, f"cannot open {location}: {error}{extra}") from error
        self._root = str(root).rstrip("/")
        self._lease: lease.Lease | None = None
        self._next: dict[str, int] = {}

    def names(self, folder: str) -> list[str]:
        with _plainly(self.location):
            try:
                listed = self._fs.ls(self._path(folder), detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return []
        paths = [str(path).rstrip("/") for path in listed]
        return [path.rpartition("/")[2] for path in paths if path != self._path(folder)]

    def find(self, folder: str) -> list[str]:
        with _plainly(self.location):
            try:
                found = self._fs.find(self._path(folder))
            except FileNotFoundError:
                return []
        start = len(self._path(folder)) + 1
        return sorted(str(path)[start:] for path in found)

    def stamps(self, folder: str) -> dict[str, tuple[int, int | None]]:
        return {listed.name: (listed.size, listed.changed_ns) for listed in self.listing(folder)}

    def listing(self, folder: str = "") -> list[Listed]:
        """All objects below a folder of the place, from one listing."""
        root = self._path(folder)
        with _plainly(self.location):
            try:
                found: dict[str, dict[str, Any]] = self._fs.find(root, detail=True)
            except FileNotFoundError:
                return []
        start = len(root) + 1
        return [_listed(path[start:], info) for path, info in sorted(found.items()) if info["type"] == "file"]

    def look(self, name: str) -> Listed | None:
        """One object, ``None`` where there is none."""
        with _plainly(self.location):
            try:
                info = self._fs.info(self._path(name))
            except FileNotFoundError:
                return None
        return _listed(name, info) if info["type"] == "file" else None

    def exists(self, name: str) -> bool:
        return self.look(name) is not None

    def read(self, name: str) -> bytes:
        with _plainly(self.location):
            data: bytes = self._fs.cat_file(self._path(name))
        return data

    def read_all(self, names: Sequence[str]) -> Iterable[bytes]:
        return _at_once(self.read, names)

    def write(self, name: str, data: bytes) -> None:
        with _plainly(self.location):
            self._fs.pipe_file(self._path(name), data)

    def hide(self, name: str, data: bytes) -> None:
        self.write(name, data)

    def create(self, name: str, data: bytes) -> bool:
        with _plainly(self.location):
            try:
                self._fs.pipe_file(self._path(name), data, mode="create")
            except FileExistsError:
                return False
        return True

    def changed(self, name: str) -> datetime:
        with _plainly(self.location):
            moment: datetime = self._fs.modified(self._path(name))
        return moment

    def stage(self, files: Mapping[str, bytes], before: Callable[[str], None]) -> Staged:
        for name in files:
            before(name)
        return _Objects(self, files)

    def remove(self, names: Collection[str]) -> None:
        _at_once(self._remove, names)

    def rename(self, pairs: Sequence[tuple[str, str]]) -> None:
        _at_once(lambda pair: self._rename(*pair), pairs)

    def append(self, name: str, data: bytes) -> None:
        if self._lease:
            self._lease.check()
        number = self._next.get(name) or max(self._pieces(name), default=0) + 1
        if not self.create(f"{name}{_PIECES}/{number:012}", data):
            raise StorageError(errno.EBUSY, f"another run writes to {self.location}")
        self._next[name] = number + 1

    def journal(self, name: str) -> bytes:
        pieces = [f"{name}{_PIECES}/{number:012}" for number in sorted(self._pieces(name))]
        with suppress(FileNotFoundError):
            return self.read(name) + b"".join(self.read_all(pieces))
        return b"".join(self.read_all(pieces))

    def rewrite(self, name: str, data: bytes) -> None:
        """Pieces that a kill leaves are read after the whole, and bring it to what it is."""
        pieces = [f"{name}{_PIECES}/{number:012}" for number in sorted(self._pieces(name))]
        if self._lease:
            self._lease.check()
        self.write(name, data)
        self.remove(pieces)

    def is_scattered(self, name: str) -> bool:
        return len(self._pieces(name)) > _MOST_PIECES

    @contextmanager
    def lock(self) -> Iterator[None]:
        """The lease of a run that is killed ends by itself (:data:`pipeline.storage.lease.SECONDS`)."""
        with lease.Lease(self) as self._lease:
            yield
        self._lease = None

    def holder(self) -> str:
        return lease.holder(self)

    def clear_temporary(self) -> None:
        self.remove([f"_tmp/{name}" for name in self.names("_tmp")])

    def _pieces(self, name: str) -> list[int]:
        return [int(piece) for piece in self.names(f"{name}{_PIECES}") if piece.isdigit()]

    def _remove(self, name: str) -> None:
        with _plainly(self.location), suppress(FileNotFoundError):
            self._fs.rm_file(self._path(name))

    def _rename(self, name: str, new: str) -> None:
        with _plainly(self.location):
            self._fs.cp_file(self._path(name), self._path(new))
        self._remove(name)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root


class _Objects(Staged):
    """What is to be put, held in memory."""

    def __init__(self, storage: ObjectStorage, files: Mapping[str, bytes]) -> None:
        self._storage = storage
        self._waiting = dict(files)

    def publish(self, names: Sequence[str], before: Callable[[str], None]) -> None:
        for name in names:
            before(name)
        _at_once(lambda name: self._storage.write(name, self._waiting[name]), names)

    def drop(self) -> None:
        self._waiting.clear()


def _at_once(function: Callable[[A], B], items: Collection[A]) -> list[B]:
    if len(items) < 2:
        return [function(item) for item in items]
    with ThreadPoolExecutor(min(AT_ONCE, len(items))) as threads:
        return list(threads.map(function, items))


@contextmanager
def _plainly(location: str) -> Iterator[None]:
    """Whatever a store's library raises is an :class:`OSError`, as a disk's faults are."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise OSError(errno.EIO, f"{location}: {type(error).__name__}: {error}") from error


def _listed(name: str, info: Mapping[str, Any]) -> Listed:
    moment = info.get("LastModified") or info.get("mtime") or info.get("updated") or info.get("created")
    changed = int(moment.timestamp() * 1e9) if isinstance(moment, datetime) else None
    tag = str(info.get("ETag") or info.get("etag") or info.get("md5Hash") or moment or "").strip('"')
    return Listed(name, int(info["size"] or 0), tag, changed)
