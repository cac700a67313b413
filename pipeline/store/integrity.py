"""Whether the files of the store are those that were written: cut short, flipped or lost ones are told by name.

A run looks at the lengths of all files and at the bytes of those that changed since the last look, by the storage's own
clock: who flips a bit with a program changes a file's time. Where a disk forgets in silence, :func:`damage` with
``everything`` reads every byte.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.store.store import PART, Store
from pipeline.store.sums import Sum, Sums, sum_of
from schemas.datasets import DATASETS

CHECKED: Final = "_ledger/checked"
ASIDE: Final = "_damaged"
"""Where damaged files go, so that their issues count as incomplete."""
_TEXTS: Final = "texts"
_MARGIN_NS: Final = 2_000_000_000
"""Clocks of file systems go in steps; so much before the last look is looked at again."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written: its name, the reason in a few words, and the issues that it holds rows of."""

    name: str
    why: str
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: the damage, and how many files stand, were read, and have no sum to be held against."""

    damage: tuple[Damage, ...] = ()
    files: int = 0
    read: int = 0
    without_sum: int = 0


def look(store: Store, everything: bool = False) -> Found:
    """Hold the files of *store* against their sums; with *everything* each is read, else those that changed lately."""
    sums = Sums(store.files)
    since = 0 if everything else _last_look(store)
    stamps = dict(_stamps(store))
    damage: list[Damage] = []
    read = without = 0
    parts = store.parts()
    for name, (size, changed) in sorted(stamps.items()):
        known = sums.known.get(name)
        reason = "found damaged before" if name in sums.damaged else _length(size, known)
        without += known is None
        if reason is None and (changed is None or changed >= since) and (known or everything):
            reason, read = _bytes(store, name, known), read + 1
        if reason is not None:
            damage.append(Damage(name, reason, _issues(name, parts)))
    return Found(tuple(damage), len(stamps), read, without)


def lay_aside(store: Store, damage: Collection[Damage]) -> None:
    """Take damaged files out of the datasets: their issues count as incomplete from then on."""
    store.files.rename([(one.name, f"{ASIDE}/{one.name}") for one in damage])


def looked(store: Store) -> None:
    """Note that all that stands now has been looked at or written by us."""
    store.files.write(CHECKED, b"")
    Sums(store.files).compact(lambda: {name for name, _ in _stamps(store)})


def _last_look(store: Store) -> int:
    found = store.files.stamps("_ledger").get(CHECKED.rpartition("/")[2])
    return (found[1] or 0) - _MARGIN_NS if found else 0


def _stamps(store: Store) -> Iterator[tuple[str, tuple[int, int | None]]]:
    for folder in (*DATASETS, _TEXTS):
        end = ".txt" if folder == _TEXTS else ".parquet"
        for name, one in store.files.stamps(folder).items():
            if name.endswith(end):
                yield f"{folder}/{name}", one


def _length(size: int, known: Sum | None) -> str | None:
    return f"{size} bytes of {known[0]}" if known and size != known[0] else None


def _bytes(store: Store, name: str, known: Sum | None) -> str | None:
    try:
        data = store.files.read(name)
    except FileNotFoundError:
        return None  # it was replaced meanwhile; what is lost shows as incomplete
    except OSError as error:
        return error.strerror or str(error)
    if known:
        return None if sum_of(data) == known else "other bytes than were written"
    return _form(name, data)


def _form(name: str, data: bytes) -> str | None:
    """What is wrong with a file without a sum, by its own form."""
    if name.startswith(f"{_TEXTS}/"):
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        pq.ParquetFile(io.BytesIO(data), page_checksum_verification=True).read()
    except (pa.ArrowException, OSError) as error:
        return str(error).splitlines()[0]
    return None


def _issues(name: str, parts: dict[tuple[str, str], tuple[str, ...]]) -> tuple[str, ...]:
    folder, _, rest = name.partition("/")
    partition, _, file = rest.rpartition("/")
    stem = file.rpartition(".")[0]
    if folder != _TEXTS and stem.startswith(PART):
        return parts.get((partition, stem), ())
    return (stem,)
