"""Where files lie: a folder of this machine, or a prefix of an object store (``s3://…`` and what else fsspec speaks to).

Store, ledger, packing, cache, loader and discovery see one interface, :class:`Storage`; what is safe rests on this:

| | folder (:mod:`pipeline.storage.local`) | object store (:mod:`pipeline.storage.objects`) |
| --- | --- | --- |
| a file is whole at every moment | temporary name, ``fsync``, rename | a PUT shows the old object or the new one |
| what is done lasts | ``fsync`` of file and folder | the store's answer to the PUT |
| one run at a time | ``flock``, which falls with the process | a lease, made by a PUT that must create, renewed |
| the journal grows | append and ``fsync`` | one object an event, made by a PUT that must create |
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pipeline.storage.base import Locked, Staged, Storage, StorageError

__all__ = ["Locked", "Place", "Staged", "Storage", "StorageError", "at", "is_remote", "join"]

_REMOTE: Final = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://")

Place = str | Path | Storage
"""How callers name a place: a path, an address, or what :func:`at` made of one."""


def at(place: Place) -> Storage:
    """The storage at *place*. Raises :class:`StorageError` for an address that nothing installed can speak to."""
    if isinstance(place, Storage):
        return place
    if is_remote(place):
        from pipeline.storage.objects import ObjectStorage

        return ObjectStorage(str(place))
    from pipeline.storage.local import LocalStorage

    return LocalStorage(Path(str(place).removeprefix("file://")))


def is_remote(place: str | Path) -> bool:
    """Whether *place* is the address of an object store and not a path of this machine."""
    return isinstance(place, str) and _REMOTE.match(place) is not None


def join(place: str | Path, name: str) -> str | Path:
    """A file below a place, of the place's own kind."""
    if isinstance(place, Path):
        return place / name
    return f"{place.rstrip('/')}/{name}"
