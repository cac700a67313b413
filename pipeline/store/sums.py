"""What every file of the store holds: its length and digest, noted when it is written, in ``_ledger/sums.jsonl``.

A file of an issue or of many is known by its year's folder and name, so that a line holds all datasets of one. The
digest is the first 16 digits of the SHA-256, as in the ids of issues: it tells damage, not malice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from pipeline.storage import Storage
from pipeline.storage.json_lines import lines, parse

Sum = tuple[int, str]
"""A file's length in bytes, and its digest."""

JOURNAL: Final = "_ledger/sums.jsonl"
_COMPACT_FROM: Final = 1000
_DIGITS: Final = 16


def sum_of(data: bytes) -> Sum:
    """The sum of a file with these bytes."""
    return len(data), hashlib.sha256(data).hexdigest()[:_DIGITS]


def note(files: Storage, *written: Mapping[str, Sum]) -> None:
    """Note files that are written, a line for each issue; durable when this returns."""
    events = [event for sums in written for event in _events(sums)]
    if events:
        files.append(JOURNAL, lines(events))


def note_damage(files: Storage, names: Collection[str]) -> None:
    """Note files that are damaged, so that the next run makes them anew."""
    if names:
        files.append(JOURNAL, lines([{"damaged": sorted(names)}]))


class Sums:
    """The sums of one output folder, read when made."""

    def __init__(self, files: Storage) -> None:
        self._files = files
        self.known: dict[str, Sum] = {}
        """By the file's name; also of files that no longer stand."""
        self.damaged: set[str] = set()
        """Files that were found damaged and not written anew since."""
        self._lines = 0
        for event in parse(files.journal(JOURNAL)):
            self._lines += 1
            self._take(event)

    def compact(self, stand: Callable[[], Collection[str]]) -> None:
        """Rewrite the journal without files that no longer stand (*stand* tells which do), when these are most of it."""
        if self._lines < _COMPACT_FROM and not self._files.is_scattered(JOURNAL):
            return
        standing = stand()
        kept = {name: one for name, one in self.known.items() if name in standing}
        events = list(_events(kept))
        if self._lines < max(_COMPACT_FROM, 2 * len(events)) and not self._files.is_scattered(JOURNAL):
            return
        damaged = sorted(self.damaged & set(standing))
        self._files.rewrite(JOURNAL, lines([*events, *([{"damaged": damaged}] if damaged else [])]))
        self.known, self._lines = kept, len(events)

    def _take(self, event: Mapping[str, Any]) -> None:
        """A line that is none of ours says nothing."""
        damaged, sums = event.get("damaged"), event.get("sums")
        if isinstance(damaged, list):
            self.damaged.update(map(str, damaged))
        if not isinstance(sums, dict):
            return
        for folder, told in sums.items():
            if isinstance(told, list) and len(told) == 2:
                name = f"{folder}/{event.get('at')}"
                self.known[name] = (int(told[0]), str(told[1]))
                self.damaged.discard(name)


def _events(sums: Mapping[str, Sum]) -> Iterator[dict[str, Any]]:
    """A line for each year's folder and name."""
    grouped: dict[str, dict[str, Iterable[object]]] = {}
    for name, one in sums.items():
        folder, _, rest = name.partition("/")
        grouped.setdefault(rest, {})[folder] = list(one)
    for rest, told in grouped.items():
        yield {"at": rest, "sums": told}
