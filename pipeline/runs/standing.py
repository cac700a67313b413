"""What a run that had nothing to do leaves behind, so that the next one sees by the stamps of files alone that it has neither.

A fingerprint of everything that a run looks at is taken before it looks: name, size and time of change of every file below
the inputs' paths, of the store and of the ledger, the versions, how it was asked. A run that then finds nothing to do notes
it with its totals; while the fingerprint is the same, so is all that it would find, and no record is read. Memory does
not grow with the number of files.

Local folders alone have times of change that no tool sets back. A file that changed less than a tick before it was looked
at may change again within it: then there is no fingerprint.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Final

from pipeline.readers.discovery import FRESH_NS
from pipeline.runs.plan import Versions
from pipeline.runs.result import Options, Result, Standing, Totals
from pipeline.storage import Storage, is_remote
from pipeline.storage.json_lines import parse
from pipeline.store.ledger import event_of, record_of
from schemas.datasets import DATASETS

NOTED: Final = "_ledger/standing.json"
_LOOKED_AT: Final = (*DATASETS, "texts", "_ledger/parts")
_LEDGER: Final = (
    "_ledger/inputs.jsonl",
    "_ledger/inputs.parquet",
    "_ledger/sums.jsonl",
    "_ledger/packed",
    "_ledger/switch.json",
)
_MODULUS: Final = 1 << 128


def fingerprint(paths: Sequence[str], files: Storage, options: Options, versions: Versions) -> str | None:
    """The fingerprint of a run over *paths* (absolute) into *files*; ``None`` where it has to look at its records.

    The sum of the digests of all entries: it does not depend on the order in which folders list them.
    """
    plain = not (options.force or options.prune or options.since)
    if not plain or any(map(is_remote, (*paths, files.location))):
        return None
    ledger = [os.path.join(files.location, name) for name in _LEDGER]
    store = [os.path.join(files.location, name) for name in _LOOKED_AT]
    newest = total = 0
    for name, size, changed in _entries((*paths, *store, *ledger)):
        newest = max(newest, changed)
        told = f"{name}\0{size}\0{changed}".encode("utf-8", "surrogateescape")
        total += int.from_bytes(blake2b(told, digest_size=16).digest())
    if time.time_ns() - newest < FRESH_NS:
        return None
    asked = json.dumps([list(paths), options.pack, versions.code, versions.rules])
    return blake2b(f"{total % _MODULUS}\n{asked}".encode()).hexdigest()[:32]


def _entries(places: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of the last change of the files at or below *places*, folders named by links left closed."""
    waiting: list[str] = []
    for place in places:
        if os.path.isdir(place):
            waiting.append(place)
        elif os.path.lexists(place):
            status = os.stat(place) if os.path.exists(place) else os.lstat(place)
            yield place, status.st_size, status.st_ctime_ns
    while waiting:
        folder = waiting.pop()
        yield folder, -1, 0
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    try:
                        status = entry.stat()
                    except OSError:
                        status = entry.stat(follow_symlinks=False)
                    yield entry.path, status.st_size, status.st_ctime_ns


def read(files: Storage, now: str | None) -> Result | None:
    """The result of a run that finds what the last one found; ``None`` where *now* is another fingerprint than was noted."""
    if now is None or not files.exists(NOTED):
        return None
    try:
        found = next(parse(files.read(NOTED)))
        if found["fingerprint"] != now:
            return None
        totals = Totals(**found["totals"])
        quarantined = tuple(record_of(event) for event in found["quarantined"])
    except (KeyError, StopIteration, TypeError, ValueError):
        return None
    return Result(standing=Standing(now, totals, quarantined))


def note(files: Storage, before: str | None, result: Result) -> None:
    """Note that a run which began at the fingerprint *before* had nothing to do and nothing to tell but *result*."""
    told = result.missing or result.damaged or result.lost or result.removed or result.made or result.set_aside
    if before is None or told:
        return
    data = {
        "fingerprint": before,
        "totals": asdict(result.totals()),
        "quarantined": [event_of(record) for record in result.quarantined],
    }
    files.write(NOTED, (json.dumps(data) + "\n").encode("ascii"))
