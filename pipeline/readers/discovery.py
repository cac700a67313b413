"""Which files of the paths given on the command line are inputs.

A file that is named is always taken. Of a folder every file is taken, whatever its extension, but for
hidden files and folders, unfinished downloads, editors' copies, notes (README, LICENSE) and data files
that go with issues (.json, .csv …). Links to folders are not followed, so that a circle of them ends.

A path may be an address of an object store; what its listing tells of the objects is kept with them.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline import storage

if TYPE_CHECKING:
    from pipeline.storage.objects import Listed, ObjectStorage

_SKIPPED_NAMES: Final = ("readme", "license", "licence", "thumbs.db", "desktop.ini")
_SKIPPED_ENDS: Final = (
    "~", ".part", ".tmp", ".crdownload", ".swp", ".bak", ".log", ".py",
    ".json", ".jsonl", ".toml", ".yaml", ".yml", ".csv", ".tsv", ".parquet",
)  # fmt: skip
SIDECAR: Final = ".listing.json"
"""How the name of a file's sidecar ends."""
FRESH_NS: Final = 2_000_000_000
"""A file changed less than this before it was looked at may change again within one tick of its time stamp."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Size and time of the last change of content or status (``ctime``, which no tool sets back as it can ``mtime``).

    The time is ``None`` where it is too fresh to tell a later change by. An object has a ``tag`` that tells contents
    apart, whatever the time.
    """

    size: int
    changed_ns: int | None
    tag: str | None = None

    def tells_no_change(self, size: int, changed_ns: int | None, tag: str | None) -> bool:
        """Whether what was noted of the file shows that it is the same."""
        if self.tag:
            return (self.size, self.tag) == (size, tag)
        return self.changed_ns is not None and (self.size, self.changed_ns) == (size, changed_ns)


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its absolute path or address, the folder given on the command line that it is named by, its listing."""

    path: str
    root: str
    listed: Stamp | None = None
    has_sidecar: bool = False
    """Whether what a listing says of it stands beside it (:mod:`pipeline.readers.sidecar`)."""

    @property
    def source_path(self) -> str:
        """The path relative to the root, with slashes."""
        return relative(self.path, self.root)


def relative(path: str, root: str) -> str:
    """*path* below *root*, with slashes, as it can be shown."""
    if storage.is_remote(path):
        return path.removeprefix(root.rstrip("/") + "/")
    return shown(Path(path).relative_to(root).as_posix())


_STEERING: Final = {code: repr(chr(code))[1:-1] for code in (*range(0x20), *range(0x7F, 0xA0))}
"""Characters that a terminal obeys, a line feed among them, as they are written in programs."""


def shown(path: str) -> str:
    """*path* in characters that every file and terminal takes: what is no UTF-8 or steers a terminal is written out (``\\xc4``).

    A system's file names are bytes, those of an old archive in GB 18030, say; Python keeps such bytes in a path as lone
    surrogates, which no text file, Parquet column or terminal takes.
    """
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").translate(_STEERING)


def absolute(path: Path | str) -> str:
    """A path or an address in the form in which records name it."""
    return path.rstrip("/") if isinstance(path, str) and storage.is_remote(path) else os.path.abspath(path)


def is_below(path: str, root: str) -> bool:
    """Whether *path* is *root* or lies below it, both absolute."""
    return path == root or path.startswith(root.rstrip("/") + "/")


def discover(paths: Iterable[Path | str]) -> list[Input]:
    """The inputs below *paths* (which exist), each once, ordered by source path and then by path."""
    found: dict[str, Input] = {}
    for path in map(absolute, paths):
        for item in _remote(path) if storage.is_remote(path) else _local(path):
            found.setdefault(item.path, item)
    return sorted(found.values(), key=lambda item: (item.source_path, item.path))


def stamp(item: Input) -> Stamp | None:
    """Size of the file, and the later time of it and its sidecar; ``None`` where it cannot be looked at."""
    if storage.is_remote(item.path):
        return item.listed
    try:
        status = os.stat(item.path)
        beside = os.stat(item.path + SIDECAR) if item.has_sidecar else status
    except OSError:
        return None
    changed = max(status.st_ctime_ns, beside.st_ctime_ns)
    fresh = time.time_ns() - changed < FRESH_NS
    return Stamp(status.st_size, None if fresh else changed)


def digest(path: Path | str) -> str | None:
    """SHA-256 of the file's bytes in hexadecimal, ``None`` where it cannot be read.

    What is no file counts as unreadable: a pipe would wait for ever.
    """
    try:
        if storage.is_remote(path):
            return hashlib.sha256(fetch(str(path))).hexdigest()
        if not Path(path).is_file():
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def digests(paths: Collection[str]) -> dict[str, str | None]:
    """The digests of many files, those of objects several at a time."""
    remote = [path for path in paths if storage.is_remote(path)]
    found = {path: digest(path) for path in paths if not storage.is_remote(path)}
    if remote:
        from pipeline.storage.objects import AT_ONCE

        with ThreadPoolExecutor(AT_ONCE) as threads:
            found |= zip(remote, threads.map(digest, remote), strict=True)
    return found


def fetch(address: str) -> bytes:
    """An object's bytes; raises :class:`OSError`."""
    place, name = _split(address)
    return place.read(name)


def is_there(path: str) -> bool:
    """Whether something stands at a path (a dangling link counts) or at an address."""
    if not storage.is_remote(path):
        return os.path.lexists(path)
    place, name = _split(path)
    return place.exists(name) or bool(place.names(name))


def here(paths: Collection[str]) -> dict[str, Stamp | None]:
    """The stamps of those of *paths* at which something stands, the folders of objects listed once each."""
    found = {
        path: stamp(Input(path, path, has_sidecar=os.path.exists(path + SIDECAR)))
        for path in paths
        if not storage.is_remote(path) and is_there(path)
    }
    for folder in {path.rpartition("/")[0] for path in paths if storage.is_remote(path)}:
        listing = {listed.name: listed for listed in _split(f"{folder}/*")[0].listing()}
        found |= {f"{folder}/{name}": _stamp(one, listing.get(name + SIDECAR)) for name, one in listing.items()}
    return {path: found[path] for path in paths if path in found}


def _split(address: str) -> tuple[ObjectStorage, str]:
    """The place that an object lies at, and its name; of a bucket, the bucket and no name."""
    protocol, _, path = address.partition("://")
    folder, _, name = path.rpartition("/")
    found = storage.at(f"{protocol}://{folder or path}")
    from pipeline.storage.objects import ObjectStorage

    assert isinstance(found, ObjectStorage)
    return found, name if folder else ""


def _remote(address: str) -> Iterable[Input]:
    place, name = _split(address)
    one = place.look(name)
    if one is not None:
        beside = place.look(name + SIDECAR)
        yield Input(address, place.location, _stamp(one, beside), beside is not None)
        return
    whole, _ = _split(f"{address}/*")
    listing = {listed.name: listed for listed in whole.listing()}
    for path, listed in listing.items():
        parts = path.split("/")
        if _is_wanted(parts[-1]) and not any(part.startswith(".") for part in parts):
            beside = listing.get(path + SIDECAR)
            yield Input(f"{address}/{path}", address, _stamp(listed, beside), beside is not None)


def _stamp(listed: Listed, sidecar: Listed | None = None) -> Stamp:
    if sidecar is None:
        return Stamp(listed.size, listed.changed_ns, listed.tag or None)
    return Stamp(listed.size, listed.changed_ns, f"{listed.tag} {sidecar.tag}" if listed.tag and sidecar.tag else None)


def _local(path: str) -> Iterable[Input]:
    if not os.path.isdir(path):
        yield Input(path, os.path.dirname(path), has_sidecar=os.path.exists(path + SIDECAR))
        return
    for file, has_sidecar in _files(path):
        yield Input(file, path, has_sidecar=has_sidecar)


def _files(folder: str) -> Iterable[tuple[str, bool]]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = set(names)
        for name in sorted(names):
            path = os.path.join(parent, name)
            if _is_wanted(name) and (os.path.isfile(path) or not os.path.exists(path)):
                yield path, name + SIDECAR in here


def _is_wanted(name: str) -> bool:
    lowered = name.lower()
    return not name.startswith(".") and not lowered.startswith(_SKIPPED_NAMES) and not lowered.endswith(_SKIPPED_ENDS)
