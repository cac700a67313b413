"""What a storage is: files below one place, and how it says that it cannot be used."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime


class Locked(Exception):
    """Another run is at work in the same place."""


class StorageError(OSError):
    """A place that cannot be used: no such protocol, its package is not installed, its lease is lost."""


class Staged(ABC):
    """Files that are ready to be put in place: as much as can go wrong beforehand has not."""

    @abstractmethod
    def publish(self, names: Sequence[str], before: Callable[[str], None]) -> None:
        """Put these in place, durably; *before* is called with each name. Any of them may stand when this fails."""

    @abstractmethod
    def drop(self) -> None:
        """Forget those that were not put in place."""


class Storage(ABC):
    """Files below one place. Names are relative to it, with slashes; a file is whole at every moment.

    All but the look-ups raise :class:`OSError`, and what they did lasts when they return.
    """

    location: str
    """The place as the user named it."""

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """The names directly in a folder, in no order; none where there is no such folder."""

    @abstractmethod
    def find(self, folder: str) -> list[str]:
        """The files anywhere below a folder, by their names relative to it, in order."""

    @abstractmethod
    def stamps(self, folder: str) -> dict[str, tuple[int, int | None]]:
        """Size and time of the last change (ns, by the storage's clock) of every file below a folder, by its name in it."""

    @abstractmethod
    def exists(self, name: str) -> bool:
        """Whether a file stands."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """A file's bytes; raises :class:`FileNotFoundError`."""

    @abstractmethod
    def read_all(self, names: Sequence[str]) -> Iterable[bytes]:
        """The bytes of several files, in order."""

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Put one file in place."""

    @abstractmethod
    def hide(self, name: str, data: bytes) -> None:
        """Write a file below ``_tmp/``, which nobody reads before it is renamed and so need not be whole before."""

    @abstractmethod
    def stage(self, files: Mapping[str, bytes], before: Callable[[str], None]) -> Staged:
        """Make files ready under a hidden name (*before* is called with each), so that no full disk strikes later."""

    @abstractmethod
    def remove(self, names: Collection[str]) -> None:
        """Take files away, in order; those that are gone are no error."""

    @abstractmethod
    def rename(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Give files new names, in order, in place of what has them; each new one is whole at every moment."""

    @abstractmethod
    def append(self, name: str, data: bytes) -> None:
        """Add lines to a journal; what a kill cuts short is at most these."""

    @abstractmethod
    def journal(self, name: str) -> bytes:
        """All lines of a journal, oldest first; none where there is no such journal."""

    @abstractmethod
    def rewrite(self, name: str, data: bytes) -> None:
        """Put *data*, which must come to the same as the journal when read, in its place."""

    @abstractmethod
    def is_scattered(self, name: str) -> bool:
        """Whether a journal lies in so many pieces that it is to be rewritten."""

    @abstractmethod
    def lock(self) -> AbstractContextManager[None]:
        """Hold the place for one run; raises :class:`Locked` where another has it."""

    @abstractmethod
    def holder(self) -> str:
        """The run that holds the place, or held it last: words that no other run has; none where none did."""

    @abstractmethod
    def clear_temporary(self) -> None:
        """Drop what a run that was killed left under hidden names; for the holder of the lock."""


class SharedStorage(Storage):
    """A storage without locks, where a file can be written on the condition that it does not exist yet."""

    @abstractmethod
    def create(self, name: str, data: bytes) -> bool:
        """Write a file that must not exist yet; says whether it did not."""

    @abstractmethod
    def changed(self, name: str) -> datetime:
        """When a file was last written, by the storage's clock; raises :class:`FileNotFoundError`."""
