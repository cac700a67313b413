"""One run at a time on an object store, which has no locks: a lease that is renewed, and ends when it no longer is.

Leases are numbered objects in ``_ledger/leases/``, each made by a PUT that must create; the highest number is in
force. A run that finds one that was not renewed for :data:`SECONDS` (by the store's own clock) takes the next number,
which only one run can get. A holder that finds its lease gone or overtaken stops at its next entry in the ledger. A
process that slept through all of this can still write an issue or two when it wakes; as equal inputs make equal bytes,
that does no harm unless its code differs from the other run's.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import threading
import uuid
from contextlib import suppress
from types import TracebackType
from typing import Any

from pipeline.storage.base import Locked, SharedStorage, StorageError

SECONDS = 120.0
"""A lease that was not renewed for so long is free. Renewals come six times as often."""
_FOLDER = "_ledger/leases"
_CLOCK = "_ledger/clock"


class Lease:
    """A lease on *storage*, held within a ``with`` block; raises :class:`Locked` where another run has it."""

    def __init__(self, storage: SharedStorage) -> None:
        self._storage = storage
        told = {"host": socket.gethostname(), "process": os.getpid(), "token": uuid.uuid4().hex}
        self._data = json.dumps(told).encode()
        self._name = ""
        self._lost = False
        self._over = threading.Event()
        self._renewals = threading.Thread(target=self._renew, daemon=True)

    def __enter__(self) -> Lease:
        before = self._leases()
        self._refuse(before)
        self._name = f"{_FOLDER}/{int(before[-1]) + 1 if before else 1:09}"
        if not self._storage.create(self._name, self._data):
            raise Locked(f"another run has just begun to write to {self._storage.location}")
        try:
            if self._storage.create(self._name, self._data):
                raise StorageError(
                    errno.EOPNOTSUPP,
                    f"{self._storage.location} overwrites what must not exist yet (If-None-Match), so that two runs "
                    "could not be kept apart there",
                )
            self._refuse([name for name in self._leases() if name not in before and not self._is_own(name)])
        except (Locked, OSError):
            self._storage.remove([self._name])
            raise
        self._storage.remove([f"{_FOLDER}/{name}" for name in before])
        self._renewals.start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._renewals.join()
        if not self._lost:
            with suppress(OSError):  # it ends by itself
                self._storage.remove([self._name])

    def check(self) -> None:
        """Raise :class:`StorageError` where another run has taken the place over."""
        if self._lost:
            raise StorageError(errno.EBUSY, f"another run took {self._storage.location} over from this one")

    def _leases(self) -> list[str]:
        return _leases(self._storage)

    def _is_own(self, name: str) -> bool:
        return f"{_FOLDER}/{name}" == self._name

    def _refuse(self, leases: list[str]) -> None:
        """Raise :class:`Locked` where the last of *leases* is in force."""
        if not leases:
            return
        name = f"{_FOLDER}/{leases[-1]}"
        self._storage.write(_CLOCK, b"")
        try:
            age = (self._storage.changed(_CLOCK) - self._storage.changed(name)).total_seconds()
            holder: dict[str, Any] = json.loads(self._storage.read(name))
        except FileNotFoundError:  # its run has just ended
            return
        if age < SECONDS:
            raise Locked(
                f"another run (process {holder['process']} on {holder['host']}) is writing to {self._storage.location}; "
                f"wait for it or choose another --out (if it was killed, its lease ends in {SECONDS - age:.0f} s)"
            )

    def _renew(self) -> None:
        while not self._over.wait(SECONDS / 6):
            with suppress(OSError):  # the network may come back before the lease has ended
                try:
                    own = self._is_own(self._leases()[-1]) and self._storage.read(self._name) == self._data
                except (FileNotFoundError, IndexError):
                    own = False
                if not own:
                    self._lost = True
                    return
                self._storage.write(self._name, self._data)


def holder(storage: SharedStorage) -> str:
    """What the lease in force says of its run, words that no other run has; none where there is no lease."""
    try:
        return storage.read(f"{_FOLDER}/{_leases(storage)[-1]}").decode("utf-8")
    except (FileNotFoundError, IndexError):
        return ""


def _leases(storage: SharedStorage) -> list[str]:
    return sorted(name for name in storage.names(_FOLDER) if name.isdigit())
